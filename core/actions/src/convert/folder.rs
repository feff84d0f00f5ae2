//! Every archive of a folder, converted into another folder.

use super::{Format, Wishes, run};
use crate::batch::{Batch, File, Outcome};
use crate::{ActionError, Result};
use parcours_course::report::Counts;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The journal, beside what was made.
const JOURNAL: &str = ".parcours-convert.jsonl";

/// What became of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// Relative to the folder of the output.
    pub output: String,
    /// Of all steps, each item once.
    #[serde(flatten)]
    pub counts: Counts,
    /// Lines that a person should look at, of all steps.
    pub remarks: usize,
}

/// Converts every archive of a folder into `into`, under the same names with the format's own end, `at_a_time` at a time.
///
/// A batch that was stopped goes on where it was. `said` is whatever makes these wishes differ from others: what was converted under other wishes is done again.
///
/// # Errors
/// `Io` when a folder cannot be read or made; what one archive fails with is its own outcome.
pub fn folder(
    from: &Path,
    into: &Path,
    wishes: &(dyn Fn() -> Result<Wishes> + Sync),
    said: &str,
    at_a_time: usize,
    tell: impl Fn(&Outcome<Converted>) + Sync,
) -> Result<Vec<Outcome<Converted>>> {
    std::fs::create_dir_all(into).map_err(ActionError::io(format!("making {}", into.display())))?;
    let journal = into.join(JOURNAL);
    let batch = Batch { from, journal: Some(&journal), wishes: said.to_owned(), at_a_time };
    let work = |file: &File| {
        let wishes = wishes()?;
        let name = named(&file.name, wishes.to.unwrap_or(Format::Mbz));
        let output: PathBuf = into.join(&name);
        if let Some(folder) = output.parent() {
            std::fs::create_dir_all(folder).map_err(ActionError::io(format!("making {}", folder.display())))?;
        }
        let steps = run(&file.path, &output, &Wishes { to: Some(wishes.to.unwrap_or(Format::Mbz)), ..wishes })?;
        let report = super::whole(&steps);
        let remarks = report.findings.iter().filter(|f| f.reason != parcours_course::Reason::AsItCame).count();
        Ok(Converted { output: name, counts: report.counts(), remarks })
    };
    batch.run(|_, done: &Converted| into.join(&done.output).exists(), work, tell)
}

/// `sub/course.mbz` as `sub/course.epub`.
fn named(name: &str, to: Format) -> String {
    let cut = name.len().saturating_sub(".mbz".len());
    format!("{}{}", name.get(..cut).unwrap_or(name), to.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_stays_and_its_end_is_the_formats() {
        assert_eq!(named("sub/été.MBZ", Format::Mbz), "sub/été.mbz");
    }
}
