//! The files that go along, and what each is called outside of an archive.

use parcours_course::outline::File;
use parcours_mbz::{Error, Unpacked};
use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read, Seek, SeekFrom, Write};

/// A file beside the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    pub path: String,
    /// As people called it.
    pub name: String,
    pub mime: String,
    /// Bytes.
    pub size: u64,
    /// A link leads to it; else it is only shown in pages.
    pub linked: bool,
    source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Content(String),
    /// Where it stands in the drawer.
    Drawer(u64),
}

/// How files are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// `files/<hash>/name`: once, whoever uses it.
    ByContent,
    /// Beside each page: `<folder>/files/<page>/name`.
    Beside,
}

impl Asset {
    /// Whether it is this content of the archive.
    pub fn is(&self, hash: &str) -> bool {
        matches!(&self.source, Source::Content(h) if h == hash)
    }
}

pub struct Files {
    naming: Naming,
    by: HashMap<(String, String), usize>,
    all: Vec<Asset>,
    taken: HashSet<String>,
    /// Pictures that stood in texts themselves.
    drawer: Option<std::fs::File>,
    end: u64,
}

impl Files {
    pub fn new(naming: Naming) -> Self {
        Files { naming, by: HashMap::new(), all: Vec::new(), taken: HashSet::new(), drawer: None, end: 0 }
    }

    pub fn all(&self) -> &[Asset] {
        &self.all
    }

    /// The place of a file for the page at `page`.
    pub fn place(&mut self, file: &File, page: &str, linked: bool) -> String {
        let (folder, inside) = match self.naming {
            Naming::ByContent => (format!("files/{}", file.hash.get(..12).unwrap_or("0")), ascii(file.name())),
            Naming::Beside => {
                let (folder, name) = page.rsplit_once('/').map_or((String::new(), page), |(f, n)| (format!("{f}/"), n));
                (
                    format!("{folder}files/{}", name.strip_suffix(".md").unwrap_or(name)),
                    file.path.split('/').filter(|s| !s.is_empty()).map(safe).collect::<Vec<_>>().join("/"),
                )
            }
        };
        let key = (file.hash.clone(), format!("{folder}/{inside}"));
        if let Some(at) = self.by.get(&key).copied() {
            return self
                .all
                .get_mut(at)
                .map(|a| {
                    a.linked |= linked;
                    a.path.clone()
                })
                .unwrap_or_default();
        }
        let path = free(&mut self.taken, &key.1);
        self.by.insert(key, self.all.len());
        let mime = file.mime.clone().unwrap_or_default();
        self.all.push(Asset {
            path: path.clone(),
            name: file.name().to_owned(),
            mime,
            size: file.size,
            linked,
            source: Source::Content(file.hash.clone()),
        });
        path
    }

    /// Puts a picture that stood in a text into a file of its own.
    pub fn keep(&mut self, bytes: &[u8], mime: &str, page: &str) -> Result<String, Error> {
        if self.drawer.is_none() {
            self.drawer = Some(tempfile::tempfile()?);
        }
        let Some(drawer) = &mut self.drawer else { return Ok(String::new()) };
        drawer.seek(SeekFrom::Start(self.end))?;
        drawer.write_all(bytes)?;
        let name = format!("image-{}.{}", self.all.len() + 1, mime.rsplit('/').next().unwrap_or("bin"));
        let folder = match (self.naming, page.rsplit_once('/')) {
            (Naming::Beside, Some((folder, _))) => format!("{folder}/files"),
            _ => "files".to_owned(),
        };
        let path = free(&mut self.taken, &format!("{folder}/{name}"));
        let size = bytes.len() as u64;
        self.all.push(Asset { path: path.clone(), name, mime: mime.to_owned(), size, linked: false, source: Source::Drawer(self.end) });
        self.end += size;
        Ok(path)
    }

    /// Shows what is in a file.
    pub fn read(&mut self, asset: &Asset, from: &mut Unpacked, see: impl FnOnce(&mut dyn Read) -> Result<(), Error>) -> Result<(), Error> {
        match &asset.source {
            Source::Content(hash) => match from.content(hash)? {
                Some(mut content) => see(&mut content),
                None => see(&mut Cursor::new([])),
            },
            Source::Drawer(at) => {
                let Some(drawer) = &mut self.drawer else { return Ok(()) };
                drawer.seek(SeekFrom::Start(*at))?;
                see(&mut drawer.take(asset.size))
            }
        }
    }
}

/// A path that is not taken: with a number before its extension, or as it is. File systems that do not tell cases apart are thought of.
pub fn free(taken: &mut HashSet<String>, path: &str) -> String {
    let (stem, end) = match path.rsplit_once('.') {
        Some((stem, end)) if !end.contains('/') && !stem.is_empty() && !stem.ends_with('/') => (stem, format!(".{end}")),
        _ => (path, String::new()),
    };
    let mut found = path.to_owned();
    let mut n = 2;
    while !taken.insert(found.to_lowercase()) {
        found = format!("{stem}-{n}{end}");
        n += 1;
    }
    found
}

/// A name of ASCII letters, digits, dots, dashes and underscores.
pub fn ascii(name: &str) -> String {
    let mapped: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' }).collect();
    shorten(&mapped)
}

/// A name that every file system takes, in any alphabet.
pub fn safe(name: &str) -> String {
    let bad = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{fffe}' | '\u{ffff}');
    let mapped: String = name.chars().map(|c| if bad(c) { '-' } else { c }).collect();
    shorten(mapped.trim_matches(|c: char| c == ' ' || c == '.').trim())
}

fn shorten(name: &str) -> String {
    const LONGEST: usize = 80;
    let name = name.trim_matches('.');
    let (stem, end) = match name.rsplit_once('.') {
        Some((stem, end)) if end.chars().count() <= 8 => (stem, format!(".{end}")),
        _ => (name, String::new()),
    };
    let stem: String = stem.chars().take(LONGEST).collect();
    if stem.is_empty() && end.is_empty() { "file".to_owned() } else { stem + &end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_content_is_one_file_and_two_of_one_name_are_two() {
        let mut files = Files::new(Naming::ByContent);
        let file = |path, hash| File::new("content", 0, path, hash, 1);
        let a = files.place(&file("/d/été 1.png", "aaaaaaaaaaaaaaaa"), "p.html", false);
        assert_eq!((a.as_str(), files.place(&file("/été 1.png", "aaaaaaaaaaaaaaaa"), "q.html", true)), ("files/aaaaaaaaaaaa/-t--1.png", a.clone()));
        assert!(files.all()[0].linked);
        let mut files = Files::new(Naming::Beside);
        assert_eq!(files.place(&file("/d/été.png", "a"), "01-x/02-y.md", false), "01-x/files/02-y/d/été.png");
        assert_eq!(files.place(&file("/d/été.png", "b"), "01-x/02-y.md", false), "01-x/files/02-y/d/été-2.png");
    }

    #[test]
    fn names_lead_nowhere_else() {
        assert_eq!(["..", "a/b\u{0}.png", " .x. ", ""].map(safe), ["file", "a-b-.png", "x", "file"]);
        assert_eq!(ascii("../é.pdf"), "--.pdf");
    }
}
