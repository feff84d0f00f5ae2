//! Running one activity: the module's pages and forms.

use crate::{App, Result, Viewer};

/// One request to a module.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub course: i64,
    pub cm: i64,
    /// Module name as in the address; must be the activity's own.
    pub module: String,
    /// Path below the activity's address; empty for its front page.
    pub route: String,
    pub query: Vec<(String, String)>,
    pub form: Vec<(String, String)>,
    pub uploads: Vec<Upload>,
    pub lang: String,
    /// The session's form token, which `pc-form` writes into forms.
    pub csrf: String,
}

/// A file somebody sent with a form, already on disk.
#[derive(Debug)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub file: std::fs::File,
    pub size: u64,
}

impl Clone for Upload {
    fn clone(&self) -> Self {
        Upload { field: self.field.clone(), name: self.name.clone(), file: self.file.try_clone().unwrap_or_else(|_| unreachable!("a handle can be cloned")), size: self.size }
    }
}

/// What the module answered, checked and expanded: safe to put on a page as it is.
#[derive(Debug)]
pub enum Answer {
    Page(Page),
    /// Path to go to (303).
    Redirect(String),
    Json(String),
    Download { name: String, mime: String, bytes: Vec<u8> },
    File(crate::file::Served),
}

#[derive(Debug, Clone, Default)]
pub struct Page {
    pub title: String,
    /// Name of the activity and of its course, for the frame.
    pub activity: String,
    pub course_name: String,
    pub course: i64,
    pub html: String,
    /// Steps between the activity and this page: name, path.
    pub crumbs: Vec<(String, String)>,
    pub status: u16,
    /// CSS of the module, already scoped; empty when it ships none. Served under `/static/module/{module}.css`.
    pub module: String,
    pub previous: Option<(String, String)>,
    pub next: Option<(String, String)>,
}

/// A page of an activity. Nothing is written, but for the viewer's own "seen" tick, which is a request of its own.
pub fn view(app: &App, viewer: &Viewer, request: Request) -> Result<Answer> {
    let _ = (app, viewer, request);
    Err(crate::ActionError::NotFound)
}

/// A form sent to an activity: one write transaction that commits when the module says ok and rolls back otherwise.
pub fn act(app: &App, viewer: &Viewer, request: Request) -> Result<Answer> {
    let _ = (app, viewer, request);
    Err(crate::ActionError::NotFound)
}

/// CSS of a module by name, scoped to its pages.
pub fn css(app: &App, module: &str) -> Option<String> {
    let _ = (app, module);
    None
}
