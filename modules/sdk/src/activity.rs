//! What a module gives: one trait.

use crate::{Cx, Error, Html, Request, Result};

/// What an activity looks like on the course page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Card {
    /// Empty: the activity's own name.
    pub name: String,
    pub summary: Html,
    pub badges: Vec<String>,
    /// Nothing to show at all.
    pub hidden: bool,
}

/// A page inside the frame of the shell, whose `h1` is the activity's name: a module's headings begin at `h2`.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub title: String,
    pub html: Html,
    /// Name and address of the pages above this one, outermost first.
    pub crumbs: Vec<(String, String)>,
    pub status: u16,
    /// How long a browser may keep it; 0 not at all.
    pub cache_seconds: u32,
}

impl Page {
    pub fn new(title: impl Into<String>, html: impl Into<Html>) -> Page {
        Page { title: title.into(), html: html.into(), crumbs: Vec::new(), status: 200, cache_seconds: 0 }
    }
    pub fn crumb(mut self, name: impl Into<String>, url: impl Into<String>) -> Page {
        self.crumbs.push((name.into(), url.into()));
        self
    }
    pub fn status(mut self, status: u16) -> Page {
        self.status = status;
        self
    }
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The rule after every successful `act` (post, redirect, get).
    Redirect(String),
    Page(Page),
    /// A part of a page, for a request that asked for one.
    Fragment(Html),
    Json(String),
    Download {
        name: String,
        mime: String,
        data: Vec<u8>,
    },
    /// A file of an area, sent by the host.
    File {
        area: String,
        item: i64,
        path: String,
    },
}

impl From<Page> for Outcome {
    fn from(p: Page) -> Outcome {
        Outcome::Page(p)
    }
}

/// An activity module. Every function runs in an instance of its own, so there is no `self` and nothing to keep between calls.
///
/// Backup and restore are not here: the host does both from the declaration.
pub trait Activity {
    /// On the course page. Reads only.
    fn describe(cx: &Cx) -> Result<Card> {
        let _ = cx;
        Ok(Card::default())
    }

    /// A GET. Reads only: a write is answered with [`crate::Code::Denied`].
    fn view(cx: &Cx, req: &Request) -> Result<Outcome>;

    /// A POST, in one transaction: `Ok` commits, `Err` undoes everything. Give a form that cannot be accepted back as a page with status 422 and
    /// everything the person typed still in it.
    fn act(cx: &Cx, req: &Request) -> Result<Outcome> {
        let _ = cx;
        Err(Error::not_found(format!("nothing to send to at `{}`", req.route)))
    }

    /// The settings form was saved.
    fn configure(cx: &Cx, created: bool, settings: &[(String, String)]) -> Result<()> {
        let _ = (cx, created, settings);
        Ok(())
    }

    fn reset(cx: &Cx, rules: &[String]) -> Result<()> {
        let _ = (cx, rules);
        Ok(())
    }

    fn task(cx: &Cx, name: &str, payload: &str) -> Result<()> {
        let _ = (cx, payload);
        Err(Error::unsupported(format!("no task `{name}`")))
    }

    fn on_event(cx: &Cx, event: &str, subject: Option<i64>, user: Option<i64>, data: &[(String, String)]) -> Result<()> {
        let _ = (cx, event, subject, user, data);
        Ok(())
    }

    fn upgrade(cx: &Cx, from: u32) -> Result<()> {
        let _ = (cx, from);
        Ok(())
    }
}
