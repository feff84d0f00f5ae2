//! A host for `cargo test`: the module's own declaration and strings, tables in memory, people with Moodle's archetypes, a clock that is set.
//!
//! It keeps the rules a module can run into in production: records of other activities do not exist, a view cannot write, an error in an act
//! undoes it, undeclared tables, columns, areas and rights are refused, so are questions to a large table
//! that no declared index serves, and every page is checked to be in the allowed subset.

mod check;
mod data;
mod fold;
mod imports;
mod languages;
mod plan;

use crate::{Activity, Cx, GroupMode, Method, Outcome, Request, Result, Value};
use data::Data;
use parcours_declare::Declaration;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

pub use check::check;
pub use languages::same_strings;

/// Rights of the core that modules may be granted, with Moodle's archetypes.
const CORE_RIGHTS: &[(&str, &[&str])] = &[
    ("moodle/site:accessallgroups", &["editingteacher", "manager"]),
    ("moodle/course:viewhiddenactivities", &["teacher", "editingteacher", "manager"]),
    ("moodle/course:manageactivities", &["editingteacher", "manager"]),
];

#[derive(Debug, Clone)]
struct Person {
    name: String,
    role: String,
    lang: String,
}

/// A file a test put somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Folder and name: `/a/b.txt`.
    pub path: String,
    pub mime: String,
    pub data: Vec<u8>,
}

/// Something the module told the rest of the system.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub what: &'static str,
    pub name: String,
    pub subject: Option<i64>,
    pub user: Option<i64>,
}

/// The test host. Methods take `&self`: a test sets things up, calls, looks, changes the user and calls again.
pub struct Host {
    declaration: Declaration,
    data: Rc<RefCell<Data>>,
    people: RefCell<BTreeMap<i64, Person>>,
    groups: RefCell<BTreeMap<i64, BTreeSet<i64>>>,
    overrides: RefCell<HashMap<(i64, String), bool>>,
    strings: HashMap<String, HashMap<String, String>>,
    uploads: RefCell<HashMap<String, Vec<File>>>,
    told: RefCell<Vec<Told>>,
    group_mode: Cell<GroupMode>,
    user: Cell<i64>,
    now: Cell<i64>,
    seed: Cell<u64>,
    writing: Cell<bool>,
    calls: Cell<u32>,
    instance: i64,
}

impl Host {
    /// A host for the module with this `module.json`. The activity is number 7 of course 1, its page number 70, and the clock stands at
    /// 1,700,000,000.
    ///
    /// # Panics
    /// When the declaration is not sound.
    pub fn new(manifest: &str) -> Host {
        let declaration = Declaration::parse(manifest).unwrap_or_else(|e| panic!("module.json: {e}"));
        let data = Data::new(&declaration);
        let host = Host {
            declaration,
            data: Rc::new(RefCell::new(data)),
            people: RefCell::default(),
            groups: RefCell::default(),
            overrides: RefCell::default(),
            strings: HashMap::new(),
            uploads: RefCell::default(),
            told: RefCell::default(),
            group_mode: Cell::default(),
            user: Cell::new(0),
            now: Cell::new(1_700_000_000),
            seed: Cell::new(1),
            writing: Cell::new(false),
            calls: Cell::new(0),
            instance: 7,
        };
        host.put("instance", 7, &[("name", "Test".into())]);
        host
    }

    /// Adds the strings of one language, as in `lang/<lang>.json`.
    ///
    /// # Panics
    /// When it is not an object of texts.
    pub fn strings(mut self, lang: &str, json: &str) -> Host {
        self.strings.insert(lang.to_owned(), serde_json::from_str(json).unwrap_or_else(|e| panic!("lang/{lang}.json: {e}")));
        self
    }

    /// Adds a person with one of Moodle's archetypes (`student`, `teacher`, `editingteacher`, `manager`, `guest`); the first becomes the
    /// current user.
    pub fn person(&self, id: i64, name: &str, role: &str) -> &Host {
        self.people.borrow_mut().insert(id, Person { name: name.into(), role: role.into(), lang: "en".into() });
        if self.user.get() == 0 {
            self.user.set(id);
        }
        self
    }

    pub fn group(&self, id: i64, members: &[i64]) -> &Host {
        self.groups.borrow_mut().insert(id, members.iter().copied().collect());
        self
    }

    pub fn group_mode(&self, mode: GroupMode) -> &Host {
        self.group_mode.set(mode);
        self
    }

    /// Sets the current user.
    pub fn as_user(&self, id: i64) -> &Host {
        self.user.set(id);
        self
    }

    pub fn lang(&self, id: i64, lang: &str) -> &Host {
        if let Some(p) = self.people.borrow_mut().get_mut(&id) {
            p.lang = lang.into();
        }
        self
    }

    /// Gives or takes one right, whatever the archetype says.
    pub fn right(&self, user: i64, capability: &str, has: bool) -> &Host {
        self.overrides.borrow_mut().insert((user, capability.to_owned()), has);
        self
    }

    pub fn at(&self, now: i64) -> &Host {
        self.now.set(now);
        self
    }

    /// Changes columns of the activity's own record.
    pub fn set(&self, fields: &[(&str, Value)]) -> &Host {
        self.put("instance", self.instance, fields)
    }

    /// Writes a record past all rules, as an import would.
    ///
    /// # Panics
    /// When the declaration has no such table or column.
    pub fn put(&self, table: &str, id: i64, fields: &[(&str, Value)]) -> &Host {
        self.data.borrow_mut().put(table, id, fields).unwrap_or_else(|e| panic!("{table}: {e}"));
        self
    }

    /// One value of a record; `None` when the record is not there.
    ///
    /// # Panics
    /// When the declaration has no such table or column.
    pub fn value(&self, table: &str, id: i64, column: &str) -> Option<Value> {
        let data = self.data.borrow();
        let rows = data.table(table).unwrap_or_else(|e| panic!("{table}: {e}"));
        let at = rows.column(column).unwrap_or_else(|e| panic!("{table}: {e}"));
        rows.rows.get(&id).map(|r| r.get(id, at))
    }

    /// A whole number of a record; -999 when the record is not there or holds something else.
    pub fn int(&self, table: &str, id: i64, column: &str) -> i64 {
        match self.value(table, id, column) {
            Some(Value::Int(n)) => n,
            _ => -999,
        }
    }

    /// Numbers of all records of a table.
    ///
    /// # Panics
    /// When the declaration has no such table.
    pub fn ids(&self, table: &str) -> Vec<i64> {
        self.data.borrow().table(table).unwrap_or_else(|e| panic!("{table}: {e}")).rows.keys().copied().collect()
    }

    pub fn file(&self, area: &str, item: i64, path: &str, mime: &str, data: &[u8]) -> &Host {
        let file = File { path: path.into(), mime: mime.into(), data: data.into() };
        self.data.borrow_mut().files.entry((area.into(), item)).or_default().push(file);
        self
    }

    /// Paths of the files of an item.
    pub fn file_paths(&self, area: &str, item: i64) -> Vec<String> {
        self.data.borrow().files.get(&(area.to_owned(), item)).into_iter().flatten().map(|f| f.path.clone()).collect()
    }

    /// Puts a file into the next act's upload field.
    pub fn upload(&self, field: &str, name: &str, mime: &str, data: &[u8]) -> &Host {
        let file = File { path: format!("/{name}"), mime: mime.into(), data: data.into() };
        self.uploads.borrow_mut().entry(field.into()).or_default().push(file);
        self
    }

    /// What was emitted, notified, graded since the host was made.
    pub fn told(&self) -> Vec<Told> {
        self.told.borrow().clone()
    }

    /// How many times the last call asked the host for something; production stops a call at 5000.
    pub fn calls(&self) -> u32 {
        self.calls.get()
    }

    /// A GET of `route?name=value&…` (values percent-encoded by the caller where needed).
    ///
    /// # Errors
    /// The module's.
    ///
    /// # Panics
    /// When the page is not in the allowed subset of HTML.
    pub fn view<A: Activity>(&self, address: &str) -> Result<Outcome> {
        self.writing.set(false);
        self.calls.set(0);
        let out = A::view(&Cx::new(self), &request(Method::Get, address, &[]));
        self.look(&out);
        out
    }

    /// A POST. As in production, what it wrote stays only when it succeeds.
    ///
    /// # Errors
    /// The module's.
    ///
    /// # Panics
    /// When a page it gives is not in the allowed subset of HTML.
    pub fn act<A: Activity>(&self, address: &str, form: &[(&str, &str)]) -> Result<Outcome> {
        self.writing.set(true);
        self.calls.set(0);
        let before = self.data.borrow().clone();
        let out = A::act(&Cx::new(self), &request(Method::Post, address, form));
        self.writing.set(false);
        self.uploads.borrow_mut().clear();
        if out.is_err() {
            *self.data.borrow_mut() = before;
        }
        self.look(&out);
        out
    }

    /// The page's HTML; for a card of the course page use [`Host::card`].
    ///
    /// # Panics
    /// When the module answers with anything but a page.
    pub fn html<A: Activity>(&self, address: &str) -> String {
        match self.view::<A>(address) {
            Ok(Outcome::Page(p)) => p.html.into_string(),
            other => panic!("{address} gave no page: {other:?}"),
        }
    }

    /// What stands on the course page.
    ///
    /// # Errors
    /// The module's.
    ///
    /// # Panics
    /// When the card is not in the allowed subset of HTML.
    pub fn card<A: Activity>(&self) -> Result<crate::Card> {
        self.writing.set(false);
        self.calls.set(0);
        let card = A::describe(&Cx::new(self))?;
        check(card.summary.as_str()).unwrap_or_else(|e| panic!("{e}\n{}", card.summary.as_str()));
        Ok(card)
    }

    fn look(&self, out: &Result<Outcome>) {
        assert!(self.calls.get() <= 5000, "{} calls to the host; production stops at 5000", self.calls.get());
        let html = match out {
            Ok(Outcome::Page(p)) => &p.html,
            Ok(Outcome::Fragment(h)) => h,
            _ => return,
        };
        check(html.as_str()).unwrap_or_else(|e| panic!("{e}\n{}", html.as_str()));
    }
}

fn request(method: Method, address: &str, form: &[(&str, &str)]) -> Request {
    let (route, query) = address.split_once('?').unwrap_or((address, ""));
    let pair = |p: &str| {
        let (n, v) = p.split_once('=').unwrap_or((p, ""));
        (decode(n), decode(v))
    };
    Request {
        method,
        route: route.to_owned(),
        query: query.split('&').filter(|p| !p.is_empty()).map(pair).collect(),
        form: form.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
        ..Request::default()
    }
}

fn decode(s: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = s.bytes();
    while let Some(b) = bytes.next() {
        let hex = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16)).unwrap_or(0) as u8;
        out.push(match b {
            b'%' => hex(bytes.next()) * 16 + hex(bytes.next()),
            b'+' => b' ',
            other => other,
        });
    }
    String::from_utf8_lossy(&out).into_owned()
}
