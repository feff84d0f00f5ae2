//! Serving a stored file to somebody who may read it.

use crate::activity::call::Call;
use crate::look::Look;
use crate::{ActionError, App, Result, Viewer};
use parcours_host::Outcome;
use parcours_store::files::{self, Area, File};
use parcours_store::{Conn, records};
use std::io::{Read, Seek};

/// Where a file stands, in the archive's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub course: i64,
    pub context: i64,
    pub component: String,
    pub area: String,
    pub item: i64,
    /// With leading `/`: folders and name.
    pub path: String,
}

/// A file ready to be sent.
#[derive(Debug)]
pub struct Served {
    pub name: String,
    /// From the content's first bytes, never from the archive (SECURITY E03).
    pub mime: String,
    /// Whether a browser may show it in place: raster images, audio, video, PDF, plain text. Everything else is a download.
    pub inline: bool,
    pub size: u64,
    /// Strong: the content's hash.
    pub etag: String,
    pub file: std::fs::File,
}

/// Areas of the course's own context that every participant may read.
const COURSE_AREAS: &[(&str, &str)] =
    &[("course", "summary"), ("course", "overviewfiles"), ("course", "section"), ("group", "description"), ("group", "icon")];

/// Opens a file after checking that the viewer may see the activity and the record it belongs to.
///
/// # Errors
/// `NotFound` for everything that is not there or not theirs: the two cannot be told apart.
pub fn open(app: &App, viewer: &Viewer, address: &Address) -> Result<Served> {
    let read = app.domain.read()?;
    let look = Look::at(&read, viewer, address.course, app.now())?;
    let Some(cm) = look.outline.activities().find(|a| a.context == address.context && a.context != 0).map(|a| a.cm) else {
        of_course(&look, address)?;
        return serve(&read, &find(&read, address, 0)?);
    };
    let activity = look.enter(cm)?.clone();
    let module = address.component.strip_prefix("mod_").filter(|m| *m == activity.module && activity.readable);
    let Some(area) = module.and_then(|m| app.modules.declaration(m)).and_then(|d| d.areas.get(&address.area)) else {
        // Nobody here knows whose it is: only those who manage the course may look.
        return if look.member.manages() { serve(&read, &find(&read, address, cm)?) } else { Err(ActionError::NotFound) };
    };
    if area.item.is_none() {
        return serve(&read, &find(&read, address, cm)?);
    }
    // It belongs to a record, and only the module knows who may see that one.
    let place = [("area", address.area.clone()), ("item", address.item.to_string()), ("path", address.path.clone())];
    let query = place.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
    let request =
        crate::activity::Request { course: address.course, cm, module: activity.module.clone(), route: "file".into(), query, ..Default::default() };
    match crate::activity::ask(app, viewer, read, &look, &activity, request)? {
        (Outcome::File((area, item, path)), call) if area == address.area && item == address.item => of_activity(&call, &area, item, &path),
        _ => Err(ActionError::NotFound),
    }
}

/// A file of one of the activity's own areas.
pub(crate) fn of_activity(call: &Call, area: &str, item: i64, path: &str) -> Result<Served> {
    let scope = records::Scope::open(&call.hold, call.member.course, call.activity.cm)?;
    let area = Area::of(&call.hold, &scope, area, item)?;
    let (folder, name) = path_of(path);
    serve(&call.hold, &files::find(&call.hold, &area, &folder, &name)?.ok_or(ActionError::NotFound)?)
}

fn of_course(look: &Look, address: &Address) -> Result<()> {
    let context = look.details.as_ref().map(|d| d.context);
    let open = context == Some(address.context) && COURSE_AREAS.contains(&(address.component.as_str(), address.area.as_str()));
    let own = address.area != "section" || look.outline.sections.iter().any(|(s, _)| s.id == address.item && look.section(s).sight.enters());
    if (open && own) || look.member.manages() { Ok(()) } else { Err(ActionError::NotFound) }
}

fn find(conn: &Conn, a: &Address, cm: i64) -> Result<File> {
    let (folder, name) = path_of(&a.path);
    let area = Area { course: a.course, cm, context: a.context, component: a.component.clone(), area: a.area.clone(), item: a.item };
    files::find(conn, &area, &folder, &name)?.ok_or(ActionError::NotFound)
}

fn serve(conn: &Conn, file: &File) -> Result<Served> {
    let hash = file.hash.as_ref().ok_or(ActionError::NotFound)?;
    let mut content = conn.pool().open_file(hash)?;
    let size = content.metadata().map_err(ActionError::io("reading a stored file"))?.len();
    let mut head = [0; 512];
    let n = content.read(&mut head).map_err(ActionError::io("reading a stored file"))?;
    content.rewind().map_err(ActionError::io("reading a stored file"))?;
    let (mime, inline) = sniff(head.get(..n).unwrap_or_default());
    Ok(Served { name: file.name.clone(), mime: mime.to_owned(), inline, size, etag: hash.as_str().to_owned(), file: content })
}

/// Folder (with `/` at both ends) and name.
pub(crate) fn path_of(path: &str) -> (String, String) {
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    match path.rsplit_once('/') {
        Some((folder, name)) => (format!("{folder}/"), name.to_owned()),
        None => ("/".into(), path),
    }
}

/// Percent-encodes a path, keeping its `/`.
pub(crate) fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    for b in path.bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(b)),
            _ => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

/// What a content is by its first bytes, and whether a browser may show it in place.
fn sniff(head: &[u8]) -> (&'static str, bool) {
    const MAGIC: &[(usize, &[u8], &str)] = &[
        (0, b"\x89PNG\r\n\x1a\n", "image/png"),
        (0, b"\xff\xd8\xff", "image/jpeg"),
        (0, b"GIF8", "image/gif"),
        (8, b"WEBP", "image/webp"),
        (4, b"ftypavif", "image/avif"),
        (0, b"%PDF-", "application/pdf"),
        (0, b"OggS", "audio/ogg"),
        (0, b"ID3", "audio/mpeg"),
        (0, b"\xff\xfb", "audio/mpeg"),
        (0, b"fLaC", "audio/flac"),
        (8, b"WAVE", "audio/wav"),
        (4, b"ftypM4A", "audio/mp4"),
        (4, b"ftyp", "video/mp4"),
        (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    ];
    for (at, magic, mime) in MAGIC {
        if head.get(*at..).is_some_and(|rest| rest.starts_with(magic)) {
            return (mime, true);
        }
    }
    if head.starts_with(b"PK\x03\x04") {
        return ("application/zip", false);
    }
    // Markup is text too, and must never be shown as a page: what begins like it is a download.
    let text = std::str::from_utf8(head).is_ok_and(|t| !t.contains('\0'))
        || std::str::from_utf8(head).is_err_and(|e| e.error_len().is_none() && e.valid_up_to() > 0);
    let markup = head.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<');
    if text && !markup && !head.is_empty() { ("text/plain; charset=utf-8", true) } else { ("application/octet-stream", false) }
}

/// The type Moodle would note for a file of that name; never what it is served as.
pub(crate) fn by_name(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "txt" => "text/plain",
        "html" | "htm" => "text/html",
        "csv" => "text/csv",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "svg" => "image/svg+xml",
        "mp3" => "audio/mp3",
        "zip" => "application/zip",
        _ => "document/unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_in_a_browser_is_never_shown_in_place() {
        for bad in [&b"<html>"[..], b"  <svg xmlns", b"<?xml", b"\0\0\0", b"PK\x03\x04", b""] {
            assert!(!sniff(bad).1, "{bad:?}");
        }
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n..."), ("image/png", true));
        assert_eq!(sniff("Bonjour é".as_bytes()), ("text/plain; charset=utf-8", true));
    }

    #[test]
    fn paths_fall_into_folder_and_name() {
        assert_eq!(path_of("/a/b c.txt"), ("/a/".into(), "b c.txt".into()));
        assert_eq!(path_of("x"), ("/".into(), "x".into()));
        assert_eq!(encode("/a b/é?.txt"), "/a%20b/%C3%A9%3F.txt");
    }
}
