//! EPUB 3: a course to read offline.
//!
//! Pages are those of [`reading`](crate::reading), as XHTML, in the order of the course. Pictures, sound and films stand in them; every other file that a page leads to is in
//! the book too, outside of the reading order, with the list of files as what a reader shows in its place. Nothing is loaded from elsewhere.

mod nav;
mod package;
mod page;
mod time;

use crate::reading::{Layout, Options, Reading, Sink, Zipped, is_safe};
use package::Item;
use parcours_course::{Fate, Reason, Report};
use parcours_mbz::{Error, Unpacked};
use std::io::{Cursor, Read, Seek, Write};

const LAYOUT: Layout = Layout {
    end: "xhtml",
    tree: false,
    // What every reading system shows, and films, which have no such list.
    shows: &["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "audio/mpeg", "audio/mp4", "video/mp4", "video/webm"],
};
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
                         <rootfile full-path=\"book/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

/// Writes a course as a book. `modified` is the time of making, in Unix seconds.
///
/// One page at a time is in memory. The report counts the course, every section, activity and block once.
///
/// # Errors
/// What is wrong with a document of the archive, and the device.
pub fn write<W: Write + Seek>(course: &mut Unpacked, options: &Options, modified: i64, out: W) -> Result<(W, Report), Error> {
    let mut reading = Reading::open(course, options, LAYOUT)?;
    let mut zip = Zipped::new(out);
    zip.stored("mimetype", b"application/epub+zip")?;
    put(&mut zip, "META-INF/container.xml", CONTAINER)?;
    let mut places = vec![Vec::new(); reading.plan.pages.len()];
    reading.each(course, |plan, at, body| {
        put(&mut zip, &format!("book/{}", plan.pages.get(at).map_or("", |p| p.path.as_str())), &page::xhtml(plan, at, &body))?;
        if let Some(of) = places.get_mut(at) {
            *of = body.places;
        }
        Ok(())
    })?;
    let items = assets(&mut reading, course, &mut zip)?;
    if items.iter().any(|i| i.linked) {
        put(&mut zip, "book/files.xhtml", &page::files(&reading.plan, &items))?;
    }
    put(&mut zip, "book/style.css", include_str!("style.css"))?;
    put(&mut zip, "book/nav.xhtml", &nav::xhtml(&reading.plan, &places))?;
    put(&mut zip, "book/package.opf", &package::opf(&reading, course.manifest(), &items, modified))?;
    Ok((zip.finish()?, reading.report))
}

fn put(zip: &mut Zipped<impl Write + Seek>, path: &str, text: &str) -> Result<(), Error> {
    Ok(zip.file(path, &mut Cursor::new(text))?)
}

/// Puts the files into the book.
fn assets(reading: &mut Reading, course: &mut Unpacked, zip: &mut Zipped<impl Write + Seek>) -> Result<Vec<Item>, Error> {
    let cover = reading.plan.outline.files.iter().find(|f| f.area == "overviewfiles").map(|f| f.hash.clone());
    let mut items = Vec::new();
    for asset in reading.files.all().to_vec() {
        if !is_safe(&asset.path) {
            reading.report.remark(Fate::Refused, Reason::OtherFormat, "file", asset.path, asset.name);
            continue;
        }
        reading.files.read(&asset, course, |content: &mut dyn Read| Ok(zip.file(&format!("book/{}", asset.path), content)?))?;
        let cover = cover.as_ref().is_some_and(|hash| asset.is(hash)) && asset.mime.starts_with("image/");
        items.push(Item {
            path: asset.path,
            name: asset.name,
            mime: package::mime(&asset.mime).to_owned(),
            size: asset.size,
            linked: asset.linked,
            cover,
        });
    }
    Ok(items)
}
