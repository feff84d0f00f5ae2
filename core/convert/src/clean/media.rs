//! A dump of a central media store, given along because no backup holds what is in one (MAGISTERE §9.1).

use serde_json::Value;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// What kind of thing a medium is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Image,
    Video,
    Audio,
    Other,
}

/// One row of the dump: a resource of the store.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Medium {
    /// The number in tokens: 40 hexadecimal digits, in small letters.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// `video`, `audio`, `image`, `document` … as the store says; may be empty.
    pub kind: String,
    pub filename: String,
    pub extension: String,
    /// What the store calls its content.
    pub hash: String,
    /// Where the content lies among the files of the dump, if the dump says so.
    pub path: String,
    /// Where it can be had on the web, if the dump says so.
    pub url: String,
}

/// The contents that belong to a dump.
pub trait Files {
    /// A medium's content; nothing where the dump does not hold it.
    ///
    /// # Errors
    /// What reading fails with.
    fn open(&self, medium: &Medium) -> io::Result<Option<Box<dyn Read>>>;
}

/// A dump: the list, and the contents.
pub struct Media {
    list: HashMap<String, Medium>,
    files: Box<dyn Files>,
}

/// Why a list is none.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    #[error("the list of media could not be read: {0}")]
    Io(#[from] io::Error),
    #[error("the list of media is not JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the list of media has no column `resourceid` with 40 hexadecimal digits")]
    NoIds,
    #[error("the list of media is larger than {LIST} bytes")]
    TooLong,
}

/// Bytes of the longest list that is read.
const LIST: u64 = 64 << 20;

/// Names of columns, ours first; the others are those of the store's own table and of what people write.
const COLUMNS: &[(&str, &[&str])] = &[
    ("id", &["resourceid", "id", "token", "cr", "resource"]),
    ("name", &["name", "title", "nom", "titre"]),
    ("kind", &["type", "kind"]),
    ("filename", &["cleanname", "filename", "file", "fichier"]),
    ("extension", &["extension", "ext"]),
    ("hash", &["hashname", "hash", "contenthash"]),
    ("path", &["path", "contentpath", "chemin"]),
    ("url", &["url", "link", "lien", "address"]),
];

impl Media {
    /// Reads a list: JSON (an array of objects, or an object of id → object or address), or CSV (comma, semicolon or tab) with a first line of column names.
    ///
    /// # Errors
    /// [`MediaError`].
    pub fn read(list: impl Read, files: impl Files + 'static) -> Result<Media, MediaError> {
        let mut bytes = Vec::new();
        list.take(LIST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LIST {
            return Err(MediaError::TooLong);
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let rows = if text.starts_with(['[', '{']) { json(text)? } else { table(text) };
        let list: HashMap<String, Medium> = rows.iter().filter_map(Medium::of).map(|m| (m.id.clone(), m)).collect();
        if list.is_empty() && !rows.is_empty() {
            return Err(MediaError::NoIds);
        }
        Ok(Media { list, files: Box::new(files) })
    }

    pub fn get(&self, id: &str) -> Option<&Medium> {
        self.list.get(id)
    }

    /// A medium's content; nothing where the dump does not hold it.
    ///
    /// # Errors
    /// What reading fails with.
    pub fn open(&self, medium: &Medium) -> io::Result<Option<Box<dyn Read>>> {
        self.files.open(medium)
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

type Row = Vec<(String, String)>;

fn json(text: &str) -> Result<Vec<Row>, serde_json::Error> {
    let plain = |v: &Value| v.as_str().map_or_else(|| if v.is_null() { String::new() } else { v.to_string() }, str::to_owned);
    let row = |v: &Value| v.as_object().map(|o| o.iter().map(|(k, v)| (k.to_ascii_lowercase(), plain(v))).collect::<Row>());
    Ok(match serde_json::from_str(text)? {
        Value::Array(all) => all.iter().filter_map(row).collect(),
        Value::Object(all) => all
            .iter()
            .filter_map(|(id, v)| {
                let mut row = match v {
                    Value::String(s) if s.contains("://") => vec![("url".to_owned(), s.clone())],
                    Value::String(s) => vec![("path".to_owned(), s.clone())],
                    v => row(v)?,
                };
                row.insert(0, ("resourceid".to_owned(), id.clone()));
                Some(row)
            })
            .collect(),
        _ => Vec::new(),
    })
}

/// A table with quotes as spreadsheets write them.
fn table(text: &str) -> Vec<Row> {
    let first = text.lines().next().unwrap_or_default();
    let mark = ['\t', ';', ','].into_iter().max_by_key(|m| first.matches(*m).count()).unwrap_or(',');
    let mut lines = records(text, mark).into_iter();
    let names: Vec<String> = lines.next().unwrap_or_default().iter().map(|n| n.trim().to_ascii_lowercase()).collect();
    lines.map(|line| names.iter().cloned().zip(line).collect()).collect()
}

fn records(text: &str, mark: char) -> Vec<Vec<String>> {
    let (mut all, mut line, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted || field.is_empty() => quoted = !quoted,
            c if c == mark && !quoted => line.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                line.push(std::mem::take(&mut field));
                all.push(std::mem::take(&mut line));
            }
            '\r' if !quoted => {}
            c => field.push(c),
        }
    }
    if !field.is_empty() || !line.is_empty() {
        line.push(field);
        all.push(line);
    }
    all.retain(|l| l.iter().any(|f| !f.trim().is_empty()));
    all
}

impl Medium {
    fn of(row: &Row) -> Option<Medium> {
        let value = |ours: &str| {
            let names = COLUMNS.iter().find(|(n, _)| *n == ours).map_or(&[][..], |(_, names)| names);
            let found = names.iter().find_map(|n| row.iter().find(|(k, v)| k == n && !v.trim().is_empty()));
            found.map(|(_, v)| v.trim().to_owned()).unwrap_or_default()
        };
        // A dump of the table has a running number as `id` beside the one that tokens use.
        let id = COLUMNS.first()?.1.iter().find_map(|n| row.iter().find(|(k, v)| k == n && is_id(v.trim())))?.1.trim().to_ascii_lowercase();
        Some(Medium {
            id,
            name: value("name"),
            kind: value("kind").to_ascii_lowercase(),
            filename: value("filename"),
            extension: value("extension").trim_start_matches('.').to_ascii_lowercase(),
            hash: value("hash"),
            path: value("path"),
            url: Some(value("url")).filter(|u| ["https://", "http://"].iter().any(|s| u.to_ascii_lowercase().starts_with(s))).unwrap_or_default(),
        })
    }

    /// What a person reads: its name, else its file's.
    pub fn title(&self) -> &str {
        [&self.name, &self.filename, &self.id].into_iter().find(|t| !t.is_empty()).map_or("", String::as_str)
    }

    /// The name it gets in a file area: one segment, with its extension.
    pub fn file_name(&self) -> String {
        let base = if self.filename.is_empty() { format!("{}.{}", self.id, self.extension) } else { self.filename.clone() };
        let clean: String =
            base.chars().map(|c| if c.is_control() || matches!(c, '/' | '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c }).collect();
        let clean = clean.trim().trim_matches('.').to_owned();
        let mut name = if clean.is_empty() { self.id.clone() } else { clean };
        if !self.extension.is_empty() && !name.to_ascii_lowercase().ends_with(&format!(".{}", self.extension)) {
            name = format!("{name}.{}", self.extension);
        }
        name.chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect()
    }

    pub fn sort(&self) -> Sort {
        let name = self.file_name().to_ascii_lowercase();
        let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
        match (self.kind.as_str(), mime(extension).split('/').next()) {
            ("image" | "thumbnail" | "indexthumb", _) | ("" | "file", Some("image")) => Sort::Image,
            ("video", _) | ("" | "file", Some("video")) => Sort::Video,
            ("audio", _) | ("" | "file", Some("audio")) => Sort::Audio,
            _ => Sort::Other,
        }
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The type of a file by the end of its name, as Moodle writes it into `files.xml`.
pub fn mime(extension: &str) -> &'static str {
    match extension {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mov" => "video/quicktime",
        "avi" => "video/x-ms-wm",
        "flv" => "video/x-flv",
        "mp3" => "audio/mp3",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "m4a" => "audio/mp4",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "txt" => "text/plain",
        "vtt" => "text/vtt",
        "srt" => "application/x-subrip",
        _ => "document/unknown",
    }
}

/// No contents: a list of addresses only.
pub struct NoFiles;

impl Files for NoFiles {
    fn open(&self, _: &Medium) -> io::Result<Option<Box<dyn Read>>> {
        Ok(None)
    }
}

/// Contents in a folder: at the path that the list gives, or as the store keeps them (in folders of two letters), or by name.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Folder(folder.into())
    }
}

impl Files for Folder {
    fn open(&self, medium: &Medium) -> io::Result<Option<Box<dyn Read>>> {
        let mut tries = vec![medium.path.clone()];
        for name in [medium.hash.as_str(), medium.id.as_str()].into_iter().filter(|n| !n.is_empty()) {
            for name in [name.to_owned(), format!("{name}.{}", medium.extension)] {
                tries.push(format!("{}/{name}", name.get(..2).unwrap_or_default()));
                tries.push(name);
            }
        }
        tries.push(medium.filename.clone());
        for name in tries.iter().filter(|n| !n.is_empty()) {
            // The list is given by the same person as the folder, and still leads nowhere else.
            if !Path::new(name).components().all(|c| matches!(c, Component::Normal(_))) {
                continue;
            }
            match File::open(self.0.join(name)) {
                Ok(file) if file.metadata()?.is_file() => return Ok(Some(Box::new(file))),
                Ok(_) => {}
                Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
                Err(e) => return Err(e),
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn a_list_is_read_in_every_form() {
        let csv = format!("id;name;resourceid;type;extension;cleanname\n7;\"A \"\"film\"\"; \";{};video;mp4;film.mp4\n", ID.to_uppercase());
        let m = Media::read(csv.as_bytes(), NoFiles).unwrap();
        let film = m.get(ID).unwrap();
        assert_eq!((film.title(), film.file_name().as_str(), film.sort()), ("A \"film\";", "film.mp4", Sort::Video));
        let tsv = format!("resourceid\tfilename\n{ID}\ta/b.png");
        assert_eq!(Media::read(tsv.as_bytes(), NoFiles).unwrap().get(ID).map(|m| (m.file_name(), m.sort())), Some(("a_b.png".into(), Sort::Image)));
        let json = format!("[{{\"resourceid\":\"{ID}\",\"url\":\"https://x.fr/a\"}}]");
        assert_eq!(Media::read(json.as_bytes(), NoFiles).unwrap().get(ID).map(|m| m.url.as_str()), Some("https://x.fr/a"));
        let map = format!("{{\"{ID}\":\"javascript:alert(1)\"}}");
        assert_eq!(Media::read(map.as_bytes(), NoFiles).unwrap().get(ID).map(|m| m.url.as_str()), Some(""));
        assert!(matches!(Media::read("a,b\n1,2".as_bytes(), NoFiles), Err(MediaError::NoIds)));
    }

    #[test]
    fn contents_are_found_in_the_folder_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("ab")).unwrap();
        std::fs::write(folder.path().join("ab/abcd"), "content").unwrap();
        std::fs::write(folder.path().parent().unwrap().join("parcours-clean-outside"), "secret").unwrap();
        let files = Folder::new(folder.path());
        let read = |m: Medium| {
            files.open(&m).unwrap().map(|mut f| {
                let mut s = String::new();
                f.read_to_string(&mut s).unwrap();
                s
            })
        };
        assert_eq!(read(Medium { hash: "abcd".into(), ..Medium::default() }).as_deref(), Some("content"));
        assert_eq!(read(Medium { path: "../parcours-clean-outside".into(), ..Medium::default() }), None);
        assert_eq!(read(Medium { path: "ab".into(), ..Medium::default() }), None);
        std::fs::remove_file(folder.path().parent().unwrap().join("parcours-clean-outside")).unwrap();
    }
}
