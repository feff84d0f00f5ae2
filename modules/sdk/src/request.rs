//! What came from the browser. Everything in it is hostile.

use crate::{Cx, Error, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    #[default]
    Get,
    Post,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    pub method: Method,
    /// Path below the activity, without slashes at its ends; empty for its first page.
    pub route: String,
    pub query: Vec<(String, String)>,
    pub form: Vec<(String, String)>,
    /// JSON routes only.
    pub body: Option<Vec<u8>>,
    /// A part of a page is wanted, not the whole.
    pub fragment: bool,
}

impl Request {
    /// The first query parameter of that name; empty when there is none.
    pub fn query(&self, name: &str) -> &str {
        find(&self.query, name)
    }

    /// A number of the query. `None` for anything that is not a number above 0.
    pub fn number(&self, name: &str) -> Option<i64> {
        positive(self.query(name))
    }

    /// A number the page cannot do without.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`]: an address without it leads nowhere.
    pub fn need(&self, cx: &Cx, name: &str) -> Result<i64> {
        self.number(name).or_else(|| self.form_number(name)).ok_or_else(|| Error::not_found(cx.tr("not_found", &[])))
    }

    /// A field of the form, as typed; empty when there is none.
    pub fn form(&self, name: &str) -> &str {
        find(&self.form, name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.form.iter().any(|(n, _)| n == name)
    }

    pub fn form_number(&self, name: &str) -> Option<i64> {
        positive(self.form(name))
    }

    /// Whether a check box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !matches!(self.form(name), "" | "0")
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
}

fn positive(s: &str) -> Option<i64> {
    s.parse().ok().filter(|n| *n > 0)
}
