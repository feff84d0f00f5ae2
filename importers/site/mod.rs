//! A static, accessible web site of a course: pages and files that any browser opens from a disk, without a server, scripts or anything from elsewhere.

mod page;

use crate::reading::{Layout, Options, Reading, Sink, is_safe};
use parcours_course::Report;
use parcours_mbz::{Error, Unpacked};
use std::io::Cursor;

const LAYOUT: Layout = Layout {
    end: "html",
    tree: false,
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
const STYLE: &str = include_str!("style.css");

/// Writes a course as a site: `index.html`, a page for each section and activity, `style.css`, and files in `files/`.
///
/// One page at a time is in memory. The report counts the course, every section, activity and block once.
///
/// # Errors
/// What is wrong with a document of the archive, and what the sink fails with.
pub fn write(course: &mut Unpacked, options: &Options, to: &mut dyn Sink) -> Result<Report, Error> {
    let mut reading = Reading::open(course, options, LAYOUT)?;
    reading.each(course, |plan, at, body| {
        let html = page::html(plan, at, &body);
        let path = plan.pages.get(at).map_or("index.html", |p| p.path.as_str());
        put(to, path, html.as_bytes())
    })?;
    put(to, "style.css", STYLE.as_bytes())?;
    let assets = reading.files.all().to_vec();
    for asset in assets.iter().filter(|a| is_safe(&a.path)) {
        reading.files.read(asset, course, |content| Ok(to.file(&asset.path, content)?))?;
    }
    Ok(reading.report)
}

fn put(to: &mut dyn Sink, path: &str, bytes: &[u8]) -> Result<(), Error> {
    Ok(to.file(path, &mut Cursor::new(bytes))?)
}
