//! A course as a tree of files.

use super::page;
use crate::reading::{Layout, Options, Reading, Sink, is_safe};
use parcours_course::Report;
use parcours_mbz::{Error, Unpacked};
use std::io::Cursor;

const LAYOUT: Layout = Layout {
    end: "md",
    tree: true,
    shows: &[
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/svg+xml",
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
        "audio/wav",
        "audio/opus",
        "audio/flac",
        "video/mp4",
        "video/webm",
        "video/ogg",
    ],
};

/// Writes a course as a tree of Markdown files, as [`markdown`](super) lays it out.
///
/// One page at a time is in memory. The report counts the course, every section, activity and block once.
///
/// # Errors
/// What is wrong with a document of the archive, and what the sink fails with.
pub fn write(course: &mut Unpacked, options: &Options, to: &mut dyn Sink) -> Result<Report, Error> {
    let mut reading = Reading::open(course, options, LAYOUT)?;
    reading.each(course, |plan, at, body| {
        let path = plan.pages.get(at).map(|p| p.path.clone()).unwrap_or_default();
        Ok(to.file(&path, &mut Cursor::new(page::file(plan, at, body)))?)
    })?;
    let assets = reading.files.all().to_vec();
    for asset in assets.iter().filter(|a| is_safe(&a.path)) {
        reading.files.read(asset, course, |content| Ok(to.file(&asset.path, content)?))?;
    }
    Ok(reading.report)
}
