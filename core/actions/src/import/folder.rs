//! Every archive of a folder as a course of its own.

use super::{Choices, Progress};
use crate::batch::{Batch, File, Outcome};
use crate::{App, Result};
use parcours_course::report::Counts;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;

/// The journal of imports, in the domain's folder.
const JOURNAL: &str = "imports.jsonl";

/// What became of an archive that was brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    pub course: i64,
    pub name: String,
    #[serde(flatten)]
    pub counts: Counts,
}

/// Imports every archive of a folder, as [`run`](super::run) does one, `at_a_time` at a time.
///
/// A batch that was stopped goes on where it was: an archive of the same name, size and time is not brought in again while its course is there.
///
/// # Errors
/// `Io` when the folder or the journal cannot be read; what one archive fails with is its own outcome.
pub fn folder(app: &App, from: &Path, choices: &Choices, at_a_time: usize, tell: impl Fn(&Outcome<Brought>) + Sync) -> Result<Vec<Outcome<Brought>>> {
    let here = origins(app)?;
    let journal = app.folder.join(JOURNAL);
    let batch = Batch { from, journal: Some(&journal), wishes: wishes(choices), at_a_time };
    let still = |file: &File, done: &Brought| here.get(&origin(file)) == Some(&done.course);
    let work = |file: &File| {
        let origin = origin(file);
        // Published, and stopped before the journal was told.
        if let Some(course) = here.get(&origin) {
            return brought(app, *course);
        }
        let choices = Choices { origin: Some(origin), ..choices.clone() };
        let done = super::run(app, &file.path, &choices, &mut |_: Progress| true)?;
        Ok(Brought { course: done.course, name: done.name, counts: done.report.counts() })
    };
    batch.run(still, work, tell)
}

/// Whatever makes these choices differ from others. What was open from the start stays so.
fn wishes(c: &Choices) -> String {
    let asked = [("without_secrets", c.without_secrets), ("same_people", c.same_people)].into_iter().filter(|(_, yes)| *yes);
    asked.fold(format!("without_people={}", c.without_people), |all, (name, _)| format!("{all} {name}"))
}

fn origin(file: &File) -> String {
    format!("{} {} {}", file.name, file.size, file.modified)
}

/// Courses that came from a batch.
fn origins(app: &App) -> Result<HashMap<String, i64>> {
    let all = parcours_store::courses::list(&*app.domain.read()?)?;
    let of = |source: &str| serde_json::from_str::<serde_json::Value>(source).ok()?.get("origin")?.as_str().map(str::to_owned);
    Ok(all.into_iter().filter_map(|c| Some((of(&c.source)?, c.id))).collect())
}

fn brought(app: &App, course: i64) -> Result<Brought> {
    let read = app.domain.read()?;
    let name = parcours_store::courses::get(&read, course)?.map(|c| c.fullname).unwrap_or_default();
    let report = parcours_store::courses::report(&read, course)?.unwrap_or_default();
    let counts = serde_json::from_str::<parcours_course::Report>(&report).map(|r| r.counts()).unwrap_or_default();
    Ok(Brought { course, name, counts })
}
