//! Bringing an archive in: upload, inventory, choices, progress, report, withdrawal.

mod document;
mod folder;
mod items;
mod jobs;
pub(crate) mod other;
mod people;
mod run;

pub use folder::{Brought, folder};
pub use jobs::Jobs;
pub use other::Made;

use crate::{ActionError, App, Result, Viewer};
use parcours_course::Language;
use parcours_course::report::Report;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

/// What to do with the archive.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub without_people: bool,
    /// The people of the archive are those of this domain: they are joined to accounts in use, too. Never to one of an administrator.
    pub same_people: bool,
    /// Passwords and keys stay outside; else they are kept sealed.
    pub without_secrets: bool,
    /// The course is open to its people at once; else only those who run the domain see it ([`crate::publish`]).
    pub publish: bool,
    /// Of what the report says beyond its reasons, and of what is added to a course in another format.
    pub language: Language,
    /// Kept with the course: which archive of a batch it came from, so that the batch does not bring it in twice.
    pub origin: Option<String>,
}

/// The end of an import.
#[derive(Debug, Clone, Serialize)]
pub struct Imported {
    pub course: i64,
    pub name: String,
    pub report: Report,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
pub struct Progress {
    pub stage: Stage,
    /// In the stage's own unit (bytes, documents).
    pub done: u64,
    /// 0 when nobody knows yet.
    pub of: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    #[default]
    Unpacking,
    People,
    Activities,
    Publishing,
}

/// Imports one file, in the calling thread: a backup, or a course in another format, which is made a backup first.
///
/// `tell` hears how far it is and answers whether to go on; `false` ends it and leaves nothing.
///
/// # Errors
/// `Archive` when it cannot be read; `Cancelled`; `Store` when the disk or the database fails. In every case nothing is left behind.
pub fn run(app: &App, file: &Path, choices: &Choices, tell: &mut dyn FnMut(Progress) -> bool) -> Result<Imported> {
    let folder = tempfile::tempdir_in(app.uploads()).map_err(ActionError::io("making room for the course"))?;
    let archive = folder.path().join("course.mbz");
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match other::backup(app, file, &name, choices.language, &archive)? {
        None => run::run(app, file, choices, None, tell),
        Some(made) => run::run(app, &archive, choices, Some(&made), tell),
    }
}

/// A job of the wizard: an uploaded archive waiting, running or done. Jobs belong to the account that made them.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: String,
    pub file_name: String,
    pub size: u64,
    /// What it was, when it came in another format than a backup.
    pub made: Option<Made>,
    pub state: State,
}

#[derive(Debug, Clone)]
pub enum State {
    /// Inventory taken, waiting for choices.
    Ready(Box<parcours_mbz::inspect::Inventory>),
    Running(Progress),
    Done {
        course: i64,
    },
    /// Why. What is not the archive's fault stands in the log too.
    Failed(Arc<ActionError>),
    Cancelled,
}

/// Takes an upload (a file in [`App::uploads`], which is moved) and makes its inventory; a course in another format is made a backup first. Nothing is written to the domain.
///
/// # Errors
/// `Archive`, `Foreign`, `NoQuestions` when it is nothing that is read here: the upload is removed.
pub fn receive(app: &App, viewer: &Viewer, file_name: &str, language: Language, upload: &Path) -> Result<Job> {
    may(viewer)?;
    let id = crate::chance::name::<16>()?;
    app.jobs.receive(app, id, viewer, file_name, language, upload)
}

/// The viewer's jobs that wait or run, by file name.
///
/// # Errors
/// `Denied` to those who bring no courses in.
pub fn jobs(app: &App, viewer: &Viewer) -> Result<Vec<Job>> {
    may(viewer)?;
    Ok(app.jobs.unfinished(viewer))
}

/// A job of this viewer.
///
/// # Errors
/// `NotFound`, also when it is somebody else's.
pub fn job(app: &App, viewer: &Viewer, id: &str) -> Result<Job> {
    app.jobs.job(viewer, id)
}

/// Starts a ready job on a thread of its own.
///
/// # Errors
/// `Busy` when enough imports are running.
pub fn start(app: &Arc<App>, viewer: &Viewer, id: &str, choices: Choices) -> Result<()> {
    may(viewer)?;
    app.jobs.start(app, viewer, id, choices)
}

/// Cancels a waiting or running job; nothing of it stays.
///
/// # Errors
/// `NotFound`.
pub fn cancel(app: &App, viewer: &Viewer, id: &str) -> Result<()> {
    app.jobs.cancel(viewer, id)
}

/// The report of an import, for those who manage the course.
///
/// # Errors
/// `NotFound` when there is no such course for this viewer; `Denied` when they do not manage it.
pub fn report(app: &App, viewer: &Viewer, course: i64) -> Result<Report> {
    let read = app.domain.read()?;
    crate::course::manager(&read, viewer, course, app.now())?;
    let text = parcours_store::courses::report(&read, course)?.ok_or(ActionError::NotFound)?;
    serde_json::from_str(&text).map_err(|e| ActionError::invalid(format!("the report of this import cannot be read: {e}")))
}

/// Takes a course away again, with everything in it: for those who may delete courses, as in Moodle.
///
/// # Errors
/// `NotFound` when there is no such course for this viewer; `Denied` when they may not delete it.
pub fn withdraw(app: &App, viewer: &Viewer, course: i64) -> Result<()> {
    crate::course::may(&*app.domain.read()?, viewer, course, parcours_rules::capabilities::COURSE_DELETE, app.now())?;
    app.works.forget(course);
    Ok(parcours_store::courses::withdraw(&app.domain, course)?)
}

fn may(viewer: &Viewer) -> Result<()> {
    if viewer.admin { Ok(()) } else { Err(ActionError::Denied("only those who run the domain bring courses in".into())) }
}
