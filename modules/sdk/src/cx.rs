//! The context of one call: the host, and what of it does not change during the call.

use crate::{Error, Host, Place, Query, Record, Result, User, Value, url::Url};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

/// What a module works with. It is the host itself (everything of [`Host`] is there), and remembers for the length of one call what cannot
/// change in it: who, where, rights, strings and addresses. A page of fifty posts asks for the word “Reply” once.
pub struct Cx<'a> {
    host: &'a dyn Host,
    user: OnceCell<User>,
    place: OnceCell<Place>,
    rights: RefCell<HashMap<String, bool>>,
    strings: RefCell<HashMap<String, String>>,
    routes: RefCell<HashMap<String, String>>,
}

impl<'a> std::ops::Deref for Cx<'a> {
    type Target = dyn Host + 'a;
    fn deref(&self) -> &Self::Target {
        self.host
    }
}

impl<'a> Cx<'a> {
    pub fn new(host: &'a dyn Host) -> Cx<'a> {
        Cx {
            host,
            user: OnceCell::new(),
            place: OnceCell::new(),
            rights: RefCell::default(),
            strings: RefCell::default(),
            routes: RefCell::default(),
        }
    }

    pub fn user(&self) -> &User {
        self.user.get_or_init(|| self.host.user())
    }

    pub fn place(&self) -> &Place {
        self.place.get_or_init(|| self.host.place())
    }

    /// Whether the current user has a right of the module's declaration (its short name) or a granted one of the core.
    #[inline(never)]
    pub fn can(&self, capability: &str) -> bool {
        if let Some(known) = self.rights.borrow().get(capability) {
            return *known;
        }
        let can = self.host.can(capability);
        self.rights.borrow_mut().insert(capability.to_owned(), can);
        can
    }

    /// # Errors
    /// [`crate::Code::Denied`] without the right.
    pub fn require(&self, capability: &str) -> Result<()> {
        if self.can(capability) { Ok(()) } else { Err(Error::denied(self.tr("denied", &[]))) }
    }

    /// A string of the module's `lang/`, in the current user's language, with `{name}` replaced.
    #[inline(never)]
    pub fn tr(&self, key: &str, args: &[(&str, &str)]) -> String {
        if !args.is_empty() {
            return self.host.tr(key, args);
        }
        if let Some(known) = self.strings.borrow().get(key) {
            return known.clone();
        }
        let s = self.host.tr(key, &[]);
        self.strings.borrow_mut().insert(key.to_owned(), s.clone());
        s
    }

    /// A counted string: `key_one` for 1 (and for 0 in French), else `key_many`, with `{n}` replaced.
    pub fn count(&self, key: &str, n: usize) -> String {
        let one = n == 1 || (n == 0 && self.user().lang.starts_with("fr"));
        self.host.tr(&format!("{key}_{}", if one { "one" } else { "many" }), &[("n", &n.to_string())])
    }

    /// A size for people, in thousands of bytes: the module's strings `bytes`, `kilobytes` and `megabytes`, with `{n}` replaced.
    pub fn size(&self, bytes: u64) -> String {
        let (key, n) = match bytes {
            0..1_000 => ("bytes", bytes),
            1_000..1_000_000 => ("kilobytes", bytes.div_ceil(1_000)),
            _ => ("megabytes", bytes.div_ceil(1_000_000)),
        };
        self.tr(key, &[("n", &n.to_string())])
    }

    /// The address of a route of this activity, to which [`Url::q`] adds parameters.
    #[inline(never)]
    pub fn url(&self, route: &str) -> Url {
        if let Some(known) = self.routes.borrow().get(route) {
            return Url::new(known.clone());
        }
        let u = self.host.url(route, &[]);
        self.routes.borrow_mut().insert(route.to_owned(), u.clone());
        Url::new(u)
    }

    /// A record by number; `None` when this activity has no such record.
    ///
    /// # Errors
    /// What the store answers, or a value that does not fit the struct.
    pub fn find<R: Record>(&self, id: i64) -> Result<Option<R>> {
        self.host.get(R::TABLE, id, R::COLUMNS)?.map(R::from_row).transpose()
    }

    /// A record that must be there.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`] when it is not in this activity.
    pub fn fetch<R: Record>(&self, id: i64) -> Result<R> {
        self.find(id)?.ok_or_else(|| Error::not_found(self.tr("not_found", &[])))
    }

    /// The activity's own record.
    ///
    /// # Errors
    /// As [`Cx::fetch`].
    pub fn instance<R: Record>(&self) -> Result<R> {
        self.fetch(self.place().instance)
    }

    /// Records by number, in no particular order; numbers that are not there are left out. Any number of them: asked for in slices.
    ///
    /// # Errors
    /// As [`Cx::find`].
    pub fn find_many<R: Record>(&self, ids: &[i64]) -> Result<Vec<R>> {
        let mut all = Vec::with_capacity(ids.len());
        for slice in ids.chunks(500) {
            for row in self.host.get_many(R::TABLE, slice, R::COLUMNS)? {
                all.push(R::from_row(row)?);
            }
        }
        Ok(all)
    }

    /// One page of records and the cursor of the next. The query's columns are replaced by the struct's.
    ///
    /// # Errors
    /// As [`Cx::find`].
    pub fn page<R: Record>(&self, mut q: Query) -> Result<(Vec<R>, Option<String>)> {
        q.columns = R::COLUMNS.to_vec();
        let got = self.host.select(&q)?;
        let rows = got.rows.into_iter().map(R::from_row).collect::<Result<_>>()?;
        Ok((rows, got.next))
    }

    /// Every record the query means, page after page, up to `most`.
    ///
    /// # Errors
    /// As [`Cx::find`].
    pub fn every<R: Record>(&self, mut q: Query, most: usize) -> Result<Vec<R>> {
        let mut all = Vec::new();
        q.limit = 1000;
        loop {
            let (rows, next) = self.page::<R>(q.clone())?;
            all.extend(rows);
            if next.is_none() || all.len() >= most {
                all.truncate(most);
                return Ok(all);
            }
            q.after = next;
        }
    }

    /// The first record the query means.
    ///
    /// # Errors
    /// As [`Cx::find`].
    pub fn first<R: Record>(&self, q: Query) -> Result<Option<R>> {
        Ok(self.page::<R>(q.limit(1))?.0.into_iter().next())
    }

    /// How many records the filter means.
    ///
    /// # Errors
    /// What the store answers.
    pub fn number_of(&self, table: &str, filter: impl Into<crate::Filter>) -> Result<i64> {
        let rows = self.host.summarise(table, &filter.into(), &[], &[(crate::Agg::Count, "id")], 1)?;
        match rows.first().and_then(|r| r.first()) {
            Some(Value::Int(n)) => Ok(*n),
            _ => Ok(0),
        }
    }
}
