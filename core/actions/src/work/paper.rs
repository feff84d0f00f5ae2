//! The files that a work leaves.

use super::desk::Bench;
use super::{Done, Paper, Part};
use crate::convert::{self, Step};
use crate::{ActionError, Result};
use parcours_course::{Language, Reason};
use std::io::Write;

/// A file that stands in the work's folder already.
pub(super) fn kept(bench: &Bench<'_>, part: Part, name: String) -> Result<Paper> {
    let size = std::fs::metadata(bench.path(part)).map_err(ActionError::io("looking at what was written"))?.len();
    Ok(Paper { part, name, size })
}

/// Writes a file into the work's folder.
pub(super) fn put(bench: &Bench<'_>, part: Part, name: String, text: &str) -> Result<Paper> {
    let writing = || ActionError::io(format!("writing {part}"));
    let mut file = std::fs::File::create_new(bench.path(part)).map_err(writing())?;
    file.write_all(text.as_bytes()).map_err(writing())?;
    Ok(Paper { part, name, size: text.len() as u64 })
}

/// The course and its report, of a conversion that has written [`Part::Course`]. `name` is what the download is called, `of` what was converted.
pub(super) fn converted(bench: &Bench<'_>, steps: &[Step], name: String, of: &str, language: Language) -> Result<Done> {
    let report = convert::whole(steps);
    let remarks = report.findings.iter().filter(|f| f.reason != Reason::AsItCame).count();
    let (stem, _) = name.split_once('.').unwrap_or((&name, ""));
    let said = |end: &str| format!("{stem}-{}.{end}", language.of("report", "rapport"));
    let papers = vec![
        put(bench, Part::Report, said("html"), &convert::page(steps, of, language))?,
        put(bench, Part::ReportData, said("json"), &format!("{:#}\n", convert::json(steps)))?,
        kept(bench, Part::Course, name)?,
    ];
    Ok(Done { counts: Some((report.counts(), remarks)), papers, ..Done::default() })
}
