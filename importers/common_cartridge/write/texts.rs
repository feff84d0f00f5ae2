//! Texts on their way out: links to files and between activities.

use super::super::{Error, markup, path};
use super::Writing;
use super::package::Package;
use parcours_course::outline::{Activity, File, Outline};
use parcours_course::report::{Fate, Reason, Report};
use parcours_course::{Language, Text};
use parcours_mbz::Unpacked;
use parcours_mbz::links::{self, Kind, Space};
use std::collections::HashMap;
use std::io::{Seek, Write};

/// Where the files of an activity or question are in the cartridge: by area, record and path.
#[derive(Default)]
pub(super) struct Files {
    by_link: HashMap<(String, i64, String), String>,
    /// Area, record, path in the cartridge.
    all: Vec<(String, i64, String)>,
}

impl Files {
    pub fn all(&self) -> Vec<String> {
        self.all.iter().map(|(_, _, to)| to.clone()).collect()
    }

    /// Those of one record of an area.
    pub fn of(&self, area: &str, item: i64) -> Vec<String> {
        self.all.iter().filter(|(a, i, _)| a == area && *i == item).map(|(_, _, to)| to.clone()).collect()
    }

    pub fn get(&self, area: &str, item: i64, path: &str) -> Option<&String> {
        self.by_link.get(&(area.to_owned(), item, path.to_owned()))
    }

    pub fn add(&mut self, area: &str, item: i64, path: &str, to: String) {
        self.all.push((area.to_owned(), item, to.clone()));
        self.by_link.insert((area.to_owned(), item, path.to_owned()), to);
    }
}

/// Areas that hold what the course gives, by module; nothing that people handed in or wrote.
pub(super) fn areas(module: &str) -> &'static [&'static str] {
    match module {
        // Their descriptions are plain, or have no place.
        "url" | "lti" => &[],
        "page" | "resource" | "folder" => &["intro", "content"],
        "book" => &["intro", "chapter"],
        "glossary" => &["intro", "entry", "attachment"],
        "lesson" => &["intro", "page_contents", "page_answers", "page_responses"],
        "feedback" => &["intro", "item"],
        "wiki" => &["intro", "attachments"],
        "assign" => &["intro", "introattachment", "activityattachment"],
        "workshop" => &["intro", "instructauthors"],
        "h5pactivity" | "hvp" | "scorm" => &["intro", "package"],
        "imscp" => &["intro", "backup"],
        _ => &["intro"],
    }
}

/// What links of a text may lead to.
#[derive(Default)]
pub(super) struct Targets {
    /// Course module: path in the cartridge, or an address.
    pub activities: HashMap<i64, String>,
    /// Course module and chapter.
    pub chapters: HashMap<(i64, i64), String>,
}

impl Targets {
    fn of(&self, token: &links::Token<'_>, outline: &Outline) -> Option<&String> {
        let known = links::known(token.name)?;
        let first = *token.ids.first()?;
        let cm = match (known.kind, known.spaces.first()?) {
            (Kind::View | Kind::Page(_), Space::Module) => first,
            (Kind::Page(_), Space::Instance) => outline.activities().find(|(_, a)| a.module == known.module && a.id == first)?.1.cm,
            _ => return None,
        };
        let chapter = token.ids.get(1).and_then(|c| self.chapters.get(&(cm, *c)));
        chapter.or_else(|| self.activities.get(&cm))
    }
}

/// Where a text stands.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    pub path: &'a str,
    /// What stands before addresses.
    pub base: &'a str,
}

/// In a descriptor, which is no web page: addresses begin with the mark for its folder.
pub(super) const DESCRIPTOR: From<'static> = From { path: "descriptors/x.xml", base: "$IMS-CC-FILEBASE$" };

/// Everything a text is turned into HTML with.
pub(super) struct Linker<'a> {
    pub outline: &'a Outline,
    pub targets: &'a Targets,
    pub language: Language,
}

impl Linker<'_> {
    /// A text of a document. What its links lead to is addressed from there.
    pub fn html(&self, text: &Text, from: From<'_>, files: &Files, area: (&str, i64), place: &str, report: &mut Report) -> String {
        let html = markup::html_of(text);
        let local = |to: &str| match to.contains("://") {
            true => to.to_owned(),
            false => format!("{}{}", from.base, path::relative(from.path, to)),
        };
        let mut out = String::with_capacity(html.len());
        let mut done = 0;
        for link in links::files(&html) {
            out.push_str(html.get(done..link.range.start).unwrap_or_default());
            done = link.range.end;
            match files.get(area.0, area.1, &link.path) {
                Some(to) => out.push_str(&local(to)),
                None => {
                    out.push_str(&links::encode(path::file_name(&link.path)));
                    report.remark(Fate::Refused, Reason::MissingContent, "file", place, link.path);
                }
            }
        }
        out.push_str(html.get(done..).unwrap_or_default());
        let linked = links::replace(&out, |token| {
            if let Some(to) = self.targets.of(token, self.outline) {
                return Some(local(to));
            }
            let address = token.address(&self.outline.site).filter(|_| !self.outline.site.is_empty());
            let there =
                self.language.of("this link leads to the site the course was made on, or nowhere", "ce lien mène au site d’origine, ou nulle part");
            report.remark(Fate::Approximated, Reason::OtherFormat, "link", place, format!("{}: {there}", token.name));
            Some(address.unwrap_or_else(|| "#".to_owned()))
        });
        linked.into_owned()
    }
}

/// Writes files of an archive into a folder of the cartridge. What is `shared` is written once for all texts that show a file of this name and content; not what opens other
/// files beside it.
pub(super) fn put<'f, W: Write + Seek>(
    course: &mut Unpacked,
    package: &mut Package<W>,
    files: impl Iterator<Item = (&'f File, String)>,
    shared: bool,
    place: &str,
    report: &mut Report,
) -> Result<Files, Error> {
    let mut put = Files::default();
    for (file, wanted) in files {
        let key = (file.hash.clone(), file.name().to_owned());
        if let Some(to) = package.shared.get(&key).filter(|_| shared) {
            put.add(&file.area, file.item, &file.path, to.clone());
            continue;
        }
        let Some(content) = course.content(&file.hash)? else {
            report.remark(Fate::Refused, Reason::MissingContent, "file", place, &file.path);
            continue;
        };
        let to = package.reserve(&wanted);
        package.put(&to, content, file.size)?;
        if shared {
            package.shared.insert(key, to.clone());
        }
        put.add(&file.area, file.item, &file.path, to);
    }
    Ok(put)
}

impl<W: Write + Seek> Writing<'_, W> {
    /// Writes what files the course gives with an activity.
    pub fn files(&mut self, of: &Activity, place: &str) -> Result<Files, Error> {
        if self.package.version.is_thin() {
            return Ok(Files::default());
        }
        let folder = format!("web_resources/{}_{}", of.module, of.cm);
        let areas = areas(&of.module);
        let wanted = |f: &File| match f.area.as_str() {
            "content" | "package" | "backup" => format!("{folder}{}", f.path),
            area if f.item == 0 => format!("{folder}/{area}{}", f.path),
            area => format!("{folder}/{area}_{}{}", f.item, f.path),
        };
        // A chapter that is not taken along leaves its files.
        let chapters = &self.targets.chapters;
        let taken = |f: &&File| areas.contains(&f.area.as_str()) && (f.area != "chapter" || chapters.contains_key(&(of.cm, f.item)));
        let files = of.files.iter().filter(taken).map(|f| (f, wanted(f)));
        let shared = !matches!(of.module.as_str(), "resource" | "folder" | "h5pactivity" | "hvp" | "scorm" | "imscp");
        put(self.course, &mut self.package, files, shared, place, &mut self.report)
    }

    /// A text of an activity, in a document at `from`.
    pub fn html(&mut self, text: &Text, from: &str, files: &Files, area: (&str, i64), place: &str) -> String {
        let linker = Linker { outline: self.outline, targets: &self.targets, language: self.options.language };
        linker.html(text, From { path: from, base: "" }, files, area, place, &mut self.report)
    }

    /// The same in a descriptor.
    pub fn based(&mut self, text: &Text, files: &Files, area: (&str, i64), place: &str) -> String {
        let linker = Linker { outline: self.outline, targets: &self.targets, language: self.options.language };
        linker.html(text, DESCRIPTOR, files, area, place, &mut self.report)
    }
}
