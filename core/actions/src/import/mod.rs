//! Bringing an archive in: upload, inventory, choices, progress, report, withdrawal.

use crate::{App, Result, Viewer};
use parcours_course::report::Report;
use serde::Serialize;
use std::path::Path;

/// What to do with the archive.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub without_people: bool,
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
    /// Done and whole, in the stage's own unit (bytes, documents).
    pub done: u64,
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

/// Imports one archive file, in the calling thread.
///
/// `progress` is told at most a few hundred times and answers whether to go on; `false` cancels and leaves nothing.
pub fn run(app: &App, archive: &Path, choices: &Choices, progress: &mut dyn FnMut(Progress) -> bool) -> Result<Imported> {
    let _ = (app, archive, choices, progress);
    Err(crate::ActionError::NotFound)
}

/// A job of the wizard: an uploaded archive waiting, running or done. Jobs belong to the account that made them.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: String,
    pub file_name: String,
    pub size: u64,
    pub state: State,
}

#[derive(Debug, Clone)]
pub enum State {
    /// Inventory taken, waiting for choices.
    Ready(Box<parcours_mbz::inspect::Inventory>),
    Running(Progress),
    Done { course: i64 },
    /// Why, in words for the person.
    Failed(String),
    Cancelled,
}

/// Takes an uploaded archive (already on disk, moved into the job's folder) and makes its inventory. Nothing is written to the domain.
///
/// # Errors
/// `Archive` when it is none: the upload is removed.
pub fn receive(app: &App, viewer: &Viewer, file_name: &str, upload: &Path) -> Result<Job> {
    let _ = (app, viewer, file_name, upload);
    Err(crate::ActionError::NotFound)
}

/// A job of this viewer.
pub fn job(app: &App, viewer: &Viewer, id: &str) -> Result<Job> {
    let _ = (app, viewer, id);
    Err(crate::ActionError::NotFound)
}

/// Starts a ready job on a thread of its own.
pub fn start(app: &std::sync::Arc<App>, viewer: &Viewer, id: &str, choices: Choices) -> Result<()> {
    let _ = (app, viewer, id, choices);
    Ok(())
}

/// Cancels a waiting or running job; nothing of it stays.
pub fn cancel(app: &App, viewer: &Viewer, id: &str) -> Result<()> {
    let _ = (app, viewer, id);
    Ok(())
}

/// The report of an import, for those who manage the course.
pub fn report(app: &App, viewer: &Viewer, course: i64) -> Result<Report> {
    let _ = (app, viewer, course);
    Ok(Report::default())
}

/// Takes an imported course away again, with everything in it.
pub fn withdraw(app: &App, viewer: &Viewer, course: i64) -> Result<()> {
    let _ = (app, viewer, course);
    Ok(())
}
