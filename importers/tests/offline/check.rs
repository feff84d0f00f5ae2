//! What holds of all pages, whatever the course.

use parcours_course::Report;
use parcours_mbz::links::decode;
use parcours_mbz::xml::{Reader, Step};
use parcours_mbz::{Limits, Unpacked, outline};
use std::collections::{HashMap, HashSet};
use std::io::{self, Cursor, Read, Seek};

/// The pages of a site, book or tree, and the paths of all its files.
#[derive(Default)]
pub struct Kept {
    pub pages: HashMap<String, String>,
    pub paths: HashSet<String>,
}

impl parcours_importers::reading::Sink for Kept {
    fn file(&mut self, path: &str, content: &mut dyn Read) -> io::Result<()> {
        assert!(parcours_importers::reading::is_safe(path), "{path:?}");
        assert!(self.paths.insert(path.to_owned()), "twice: {path}");
        if path.ends_with("html") && !path.starts_with("files/") || path.ends_with(".md") && !path.contains("files/") {
            let mut text = String::new();
            content.read_to_string(&mut text)?;
            self.pages.insert(path.to_owned(), text);
            return Ok(());
        }
        io::copy(content, &mut io::sink()).map(drop)
    }
}

/// Opens a book.
pub fn book(epub: impl Read + Seek) -> Kept {
    let mut zip = zip::ZipArchive::new(epub).unwrap();
    let mut kept = Kept::default();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let path = entry.name().unwrap().into_owned();
        if at == 0 {
            assert_eq!((path.as_str(), entry.compression(), entry.size()), ("mimetype", zip::CompressionMethod::Stored, 20));
        }
        if let Some(path) = path.strip_prefix("book/") {
            parcours_importers::reading::Sink::file(&mut kept, path, &mut entry).unwrap();
            if path == "package.opf" {
                drop(entry);
                let mut text = String::new();
                zip.by_name("book/package.opf").unwrap().read_to_string(&mut text).unwrap();
                kept.pages.insert("package.opf".to_owned(), text);
            }
        }
    }
    kept
}

/// Names of elements, each with its attributes.
type Tags = Vec<(String, Vec<(String, String)>)>;

/// Start tags of a page, each with its attributes, and whether it is well-formed XML.
pub fn tags(page: &str) -> Result<Tags, String> {
    let mut xml = Reader::new(page.as_bytes(), "page", &Limits::default());
    let mut all = Vec::new();
    loop {
        match xml.step().map_err(|e| e.to_string())? {
            Step::End => return Ok(all),
            Step::Open => all.push((xml.name().to_owned(), xml.attributes().map(|(n, v)| (n.to_owned(), v.to_owned())).collect())),
            _ => {}
        }
    }
}

/// HTML as this program writes it, as XML: elements without content closed.
pub fn as_xml(html: &str) -> String {
    let mut out = html.replace("<!DOCTYPE html>\n", "");
    for void in ["br", "img", "hr", "wbr", "source", "track", "meta", "link"] {
        let mut made = String::new();
        let mut rest = out.as_str();
        while let Some(at) = rest.find(&format!("<{void}")) {
            let (before, from) = rest.split_at(at);
            made.push_str(before);
            let end = from.find('>').unwrap();
            let whole = from[1 + void.len()..].starts_with([' ', '>']);
            made.push_str(&from[..end]);
            made.push_str(if whole { "/>" } else { ">" });
            rest = &from[end + 1..];
        }
        made.push_str(rest);
        out = made;
    }
    out
}

/// Every link and picture leads somewhere, nothing acts, nothing is loaded from elsewhere, no id stands twice.
pub fn pages(kept: &Kept) -> Result<(), String> {
    let mut ids: HashMap<&str, HashSet<String>> = HashMap::new();
    let mut links = Vec::new();
    for (path, page) in kept.pages.iter().filter(|(p, _)| p.ends_with("html")) {
        let xml = if path.ends_with(".xhtml") { page.clone() } else { as_xml(page) };
        let mut own = HashSet::new();
        for (name, attributes) in tags(&xml).map_err(|e| format!("{path}: {e}"))? {
            if matches!(name.as_str(), "script" | "iframe" | "object" | "embed" | "style" | "form") {
                return Err(format!("{path}: <{name}>"));
            }
            for (attribute, value) in attributes {
                match attribute.as_str() {
                    "id" if !own.insert(value.clone()) => return Err(format!("{path}: id {value} twice")),
                    "href" | "src" | "poster" => links.push((path.as_str(), name.clone(), value)),
                    a if a.starts_with("on") || a == "style" => return Err(format!("{path}: {a}")),
                    _ => {}
                }
            }
        }
        ids.insert(path, own);
    }
    for (path, name, value) in links {
        if name == "a" && ["http://", "https://", "mailto:", "tel:"].iter().any(|s| value.starts_with(s)) {
            continue;
        }
        if value.contains(':') {
            return Err(format!("{path}: <{name}> leads to {value}"));
        }
        let (file, place) = value.split_once('#').map_or((value.as_str(), None), |(f, p)| (f, Some(p)));
        let file = if file.is_empty() { path.to_owned() } else { decode(file) };
        if !kept.paths.contains(&file) {
            return Err(format!("{path}: <{name}> leads to {value}, which is not there"));
        }
        if let Some(place) = place.filter(|p| !ids.get(file.as_str()).is_some_and(|i| i.contains(*p))) {
            return Err(format!("{path}: no place {place} in {file}"));
        }
    }
    Ok(())
}

/// Everything in the package is there, and everything there is in the package.
pub fn package(kept: &Kept) -> Result<(), String> {
    let mut listed: HashSet<String> = ["package.opf".to_owned()].into();
    let mut refs = Vec::new();
    let mut ids = HashSet::new();
    for (name, attributes) in tags(&kept.pages["package.opf"])? {
        let get = |a: &str| attributes.iter().find(|(n, _)| n == a).map(|(_, v)| v.clone()).unwrap_or_default();
        match name.as_str() {
            "item" => {
                assert!(listed.insert(get("href")) && ids.insert(get("id")), "{} twice", get("href"));
                assert!(!get("media-type").is_empty());
            }
            "itemref" => refs.push(get("idref")),
            _ => {}
        }
    }
    let mut here: Vec<_> = kept.paths.symmetric_difference(&listed).collect();
    here.sort();
    if !here.is_empty() || refs.iter().any(|r| !ids.contains(r)) || refs.is_empty() {
        return Err(format!("the package is not what is there: {here:?}"));
    }
    Ok(())
}

/// The words of a page, in one line each.
pub fn words(page: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside && !c.is_whitespace() => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

pub fn epub(course: &mut Unpacked, options: &parcours_importers::reading::Options) -> (Kept, Report) {
    let (out, report) = parcours_importers::epub::write(course, options, 1_790_000_000, tempfile::tempfile().unwrap()).unwrap();
    (book(out), report)
}

/// Every item of a course has one line in the report.
pub fn adds_up(course: &mut Unpacked, report: &Report) -> Result<(), String> {
    let outline = outline::read(course).unwrap();
    let c = report.counts();
    let expected = 1 + outline.sections.len() + outline.activities().count() + outline.blocks.len();
    (c.items_in == expected && c.items_in == c.imported + c.approximated + c.kept + c.refused)
        .then_some(())
        .ok_or(format!("{expected} items, and {c:?}"))
}

/// A tree in memory, in the order of paths.
pub fn tree(course: &mut Unpacked, options: &parcours_importers::reading::Options) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let report = parcours_importers::markdown::write(course, options, &mut files).unwrap();
    adds_up(course, &report).unwrap();
    files.sort();
    files
}

pub fn back(files: Vec<(String, Vec<u8>)>) -> Unpacked {
    let language = parcours_course::Language::English;
    let spool = parcours_mbz::Spool::new().unwrap();
    let (mut made, report) =
        parcours_importers::markdown::read(files.into_iter().map(Ok), spool, &Limits::default(), 1_790_000_000, language).unwrap();
    let c = report.counts();
    assert_eq!(c.items_in, c.imported + c.approximated + c.kept + c.refused);
    let archive = made.write(Cursor::new(Vec::new()), parcours_mbz::Container::Tgz).unwrap();
    let verdict = parcours_mbz::validate(Cursor::new(archive.into_inner()), &Limits::default()).unwrap();
    let worse: Vec<_> = verdict.findings.iter().filter(|f| f.severity != parcours_mbz::validate::Severity::Note).collect();
    assert!(worse.is_empty(), "{worse:#?}");
    made
}
