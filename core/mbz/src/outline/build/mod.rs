//! A new archive, made of an outline.
//!
//! The shape is that of Moodle 4.1, which 4.1 and every later one restore: all documents Moodle writes, all settings, no people (MBZ-FORMAT §13, "Advice to writers").

mod course;
mod documents;
mod files;
mod grades;
mod manifest;
mod mime;
mod new;
mod numbers;
mod quiz;
mod record;
mod tree;
mod words;

pub use files::Stored;
pub use mime::of as mime;
pub use new::{Info, NewActivity, NewSection};

use crate::error::Error;
use crate::limits::Limits;
use crate::spool::Spool;
use crate::unpacked::Unpacked;
use crate::xml::Element;
use files::Listing;
use numbers::Numbers;
use parcours_course::outline::{Content, File};
use std::collections::HashSet;
use std::io::{self, Read};

/// The course in the archive. 1 is the front page of a site.
const COURSE: i64 = 2;
/// The system.
const SYSTEM: i64 = 1;
/// The course's context.
const CONTEXT: i64 = 2;

/// Numbers that are asked for begin behind those that records get by themselves.
const APART: i64 = 1_000_000;

/// An archive that is being made.
///
/// ```
/// use parcours_course::{Text, outline::{Content, File}};
/// use parcours_mbz::outline::{Build, Info, NewActivity, NewSection};
/// use parcours_mbz::{Container, Limits, Spool};
/// # fn main() -> Result<(), parcours_mbz::Error> {
/// let info = Info { fullname: "Birds".into(), shortname: "birds".into(), now: 1_700_000_000, ..Info::default() };
/// let mut build = Build::new(Spool::new()?, &Limits::default(), info);
/// build.section(NewSection::default())?;
/// let section = build.section(NewSection::named("Owls"))?;
/// let stored = build.store("…".as_bytes())?;
/// let page = NewActivity::new("Barn owl", Content::Page(Text::html("<img src=\"@@PLUGINFILE@@/owl.png\">")));
/// build.activity(section, page.with(stored.file("content", 0, "/owl.png")))?;
/// build.finish()?.write(std::io::Cursor::new(Vec::new()), Container::Tgz)?;
/// # Ok(()) }
/// ```
pub struct Build {
    to: Unpacked,
    info: Info,
    numbers: Numbers,
    listing: Listing,
    sections: Vec<Section>,
    activities: Vec<Listed>,
    idnumbers: HashSet<String>,
    /// What `course/inforef.xml` lists.
    files: Vec<i64>,
    categories: Vec<i64>,
    /// Some content is taken for people's work, and comes with people only (MBZ-FORMAT §12, glossary).
    work: bool,
}

struct Section {
    id: i64,
    number: i64,
    new: NewSection,
    files: Vec<i64>,
}

/// An activity as the manifest lists it.
struct Listed {
    cm: i64,
    section: i64,
    module: &'static str,
    title: String,
    work: bool,
}

impl Build {
    pub fn new(spool: Spool, limits: &Limits, info: Info) -> Self {
        let mut numbers = Numbers::default();
        numbers.take("context", SYSTEM);
        numbers.take("context", CONTEXT);
        Build {
            to: Unpacked::new(spool, limits),
            info,
            numbers,
            listing: Listing::default(),
            sections: Vec::new(),
            activities: Vec::new(),
            idnumbers: HashSet::new(),
            files: Vec::new(),
            categories: Vec::new(),
            work: false,
        }
    }

    /// Says something else of the course than at the beginning: for those who learn it from what they store.
    pub fn describe(&mut self, info: Info) {
        self.info = info;
    }

    /// Stores a content; [`Stored::file`] then says where it is used. The same content is stored once.
    ///
    /// # Errors
    /// What reading fails with, and the device.
    pub fn store(&mut self, from: impl Read) -> Result<Stored, Error> {
        let (hash, size) = self.to.put_content(from)?;
        Ok(Stored { hash, size })
    }

    /// Files of the course itself: areas `summary`, and `overviewfiles` for its picture.
    pub fn course_files(&mut self, files: Vec<File>) {
        let ids = self.listing.add(CONTEXT, "course", files);
        self.files.extend(ids);
    }

    /// Adds a section; the first is the one above all others, number 0. Answers its number for [`activity`](Self::activity), which is also that of its files and of
    /// `$@COURSESECTIONBYID*…@$`.
    ///
    /// # Errors
    /// The device.
    pub fn section(&mut self, new: NewSection) -> Result<i64, Error> {
        let id = self.numbers.next("section");
        let number = i64::try_from(self.sections.len()).unwrap_or(i64::MAX);
        let mut new = new;
        let files = std::mem::take(&mut new.files).into_iter().map(|f| File { area: "section".to_owned(), item: id, ..f }).collect();
        let files = self.listing.add(CONTEXT, "course", files);
        self.sections.push(Section { id, number, new, files });
        Ok(id)
    }

    /// Gives a section another name.
    pub fn rename(&mut self, section: i64, name: &str) {
        if let Some(section) = self.sections.iter_mut().find(|s| s.id == section) {
            name.clone_into(&mut section.new.name);
        }
    }

    /// The number of an activity that will be added ([`NewActivity::cm`]), so that texts can lead to it before.
    pub fn reserve(&mut self) -> i64 {
        self.numbers.next("module")
    }

    /// A number for a record inside an activity: chapter, entry, item, band. Each is given once, in all of the archive.
    pub fn number(&mut self) -> i64 {
        APART + self.numbers.next("any")
    }

    /// Adds an activity at the end of a section; where there is no such section, of the last one. Answers its course module.
    ///
    /// Records of its content that have a number keep it, unless it is taken; those that have none get one. Files follow their records.
    ///
    /// # Errors
    /// The device; and [`io::ErrorKind::Unsupported`] for what [`makes`](Self::makes) says no to.
    pub fn activity(&mut self, section: i64, new: NewActivity) -> Result<i64, Error> {
        let Some(module) = record::module(&new.content) else {
            return Err(Error::Io(io::Error::new(io::ErrorKind::Unsupported, "no activity of this kind is made")));
        };
        if self.sections.is_empty() {
            self.section(NewSection::default())?;
        }
        let at = self.sections.iter().position(|s| s.id == section).unwrap_or(self.sections.len().saturating_sub(1));
        let (section, number) = self.sections.get(at).map_or((section, 0), |s| (s.id, s.number));
        let mut new = new;
        new.cm = self.numbers.keep_reserved("module", new.cm);
        if !self.idnumbers.insert(new.idnumber.clone()) {
            new.idnumber.clear();
        }
        new.name = words::name(&new.name, &new.intro, module);
        let title = words::plain(&new.name);
        let work = matches!(&new.content, Content::Glossary(entries) if !entries.is_empty());
        self.work |= work;
        let cm = self.write(module, new, section, number)?;
        self.activities.push(Listed { cm, section, module, title, work });
        Ok(cm)
    }

    /// Whether [`activity`](Self::activity) makes activities of this content.
    pub fn makes(content: &Content) -> bool {
        record::module(content).is_some()
    }

    /// The link to an activity, for an `href`: `$@PAGEVIEWBYID*12@$`. A Moodle that restores the archive puts the address there.
    pub fn module_link(cm: i64, module: &str) -> String {
        format!("$@{}VIEWBYID*{cm}@$", module.to_ascii_uppercase())
    }

    /// Context and number of the course, whose question bank [`put_questions`](Self::put_questions) fills: `contextid`, and `contextinstanceid` at `contextlevel` 50.
    pub fn bank_context(&self) -> (i64, i64) {
        (CONTEXT, COURSE)
    }

    /// Puts the question bank: the document `questions.xml`, numbers of all categories in it, and the files of its questions (component `question` or `qtype_…`). Again, it
    /// replaces the document and adds the others.
    ///
    /// # Errors
    /// The device.
    pub fn put_questions(&mut self, xml: &Element, categories: &[i64], files: Vec<File>) -> Result<(), Error> {
        self.put("questions.xml", xml)?;
        self.categories.extend(categories.iter().filter(|c| !self.categories.contains(c)).copied().collect::<Vec<_>>());
        self.listing.add(CONTEXT, "question", files);
        Ok(())
    }

    fn put(&mut self, path: &str, document: &Element) -> Result<(), Error> {
        if words::is_clean(document) {
            return self.to.put(path, document);
        }
        let mut document = document.clone();
        words::clean(&mut document);
        self.to.put(path, &document)
    }

    /// Writes what is about all of it, and gives the archive.
    ///
    /// # Errors
    /// The device.
    pub fn finish(mut self) -> Result<Unpacked, Error> {
        if self.sections.is_empty() {
            self.section(NewSection::default())?;
        }
        self.write_sections()?;
        self.write_course()?;
        self.write_root()?;
        let manifest = self.manifest();
        self.put(crate::container::MANIFEST, &manifest)?;
        Ok(self.to)
    }
}
