//! The list of courses, and one course as its people see it.

use crate::{App, Result, Viewer};

/// One line of "my courses".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub course: i64,
    pub name: String,
    pub short_name: String,
    /// The viewer's roles here, as archetypes: `student`, `teacher`, `editingteacher`, `manager`; empty for an administrator who only looks.
    pub roles: Vec<String>,
    pub hidden: bool,
    pub activities: usize,
    /// Activities with completion done by the viewer, and how many there are.
    pub done: (usize, usize),
}

/// A course on screen.
#[derive(Debug, Clone, Default)]
pub struct CoursePage {
    pub course: i64,
    pub name: String,
    pub short_name: String,
    /// Clean HTML.
    pub summary: String,
    pub sections: Vec<SectionView>,
    /// Whether the viewer may export, withdraw and read the import report.
    pub manage: bool,
    pub has_report: bool,
}

#[derive(Debug, Clone, Default)]
pub struct SectionView {
    /// The section's number in the archive (not its position).
    pub id: i64,
    pub position: i64,
    /// As named, or `None` for the default name (the shell says "Section 3" / "Généralités" in its language).
    pub name: Option<String>,
    /// Clean HTML.
    pub summary: String,
    /// Shown to those who may see hidden things.
    pub hidden: bool,
    /// Why it is closed or under which conditions it opens, in words of the viewer's language, one line each.
    pub restrictions: Vec<String>,
    pub open: bool,
    pub activities: Vec<ActivityView>,
    /// For a subsection (delegated section): the `cm` of the activity it belongs to; shown inside that activity's place.
    pub inside: Option<i64>,
}

#[derive(Debug, Clone, Default)]
pub struct ActivityView {
    pub cm: i64,
    /// Moodle's module name.
    pub module: String,
    /// The module's name for people.
    pub kind: String,
    /// Moodle's purpose (`collaboration`, `content` …), for the icon's colour.
    pub purpose: String,
    pub name: String,
    pub indent: i64,
    /// Path of its page; `None` when it has none (label), is closed, or no module runs it.
    pub url: Option<String>,
    /// Clean HTML that belongs on the course page: a label's text, a description.
    pub html: String,
    pub badges: Vec<String>,
    pub hidden: bool,
    pub restrictions: Vec<String>,
    pub open: bool,
    pub completion: Completion,
    /// Whether no installed module runs it: kept whole, shown as "not available here".
    pub kept: bool,
}

/// What the tick beside an activity shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Completion {
    #[default]
    None,
    /// The learner ticks it.
    Manual { done: bool },
    /// It ticks itself.
    Automatic { done: bool },
}

/// The courses the viewer takes part in (all of them for an administrator), newest first.
pub fn list(app: &App, viewer: &Viewer) -> Result<Vec<Card>> {
    let _ = (app, viewer);
    Ok(Vec::new())
}

/// One course, with what this viewer may see of it.
///
/// # Errors
/// `NotFound` when there is no such course or the viewer takes no part in it.
pub fn page(app: &App, viewer: &Viewer, course: i64, lang: &str) -> Result<CoursePage> {
    let _ = (app, viewer, course, lang);
    Ok(CoursePage::default())
}
