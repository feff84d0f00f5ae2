//! A cartridge as a course.

mod cartridge;
mod links;
mod manifest;
mod place;
mod plan;
mod qti;
mod questions;
mod resource;
mod rest;

use super::{Error, Options};
use cartridge::{Cartridge, MANIFEST};
use manifest::Manifest;
use parcours_course::Text;
use parcours_course::report::{Fate, Reason, Report};
use parcours_mbz::container::Input;
use parcours_mbz::outline::{Build, Info};
use parcours_mbz::{Limits, Spool, Unpacked};
use qti::Counter;
use questions::Questions;
use std::collections::{HashMap, HashSet};

/// Reads a cartridge of any version, and what other platforms write in the name of one, and makes an archive of it.
///
/// Its files are laid down in `aside`, the archive is made in `to`. Items of the report: the course, its sections, the items and resources that are something to learners,
/// and questions.
///
/// # Errors
/// [`Error::NoManifest`], [`Error::OtherPackage`]; what is wrong with the zip or the manifest; the device. A resource that cannot be read is a line of the report.
pub fn read(input: impl Input + 'static, aside: Spool, to: Spool, limits: &Limits, options: &Options) -> Result<(Unpacked, Report), Error> {
    let mut cartridge = Cartridge::open(input, aside, limits)?;
    let root = cartridge.document(MANIFEST)?.ok_or(Error::NoManifest)?;
    let manifest = manifest::read(&root)?;
    let title = Some(manifest.title.clone()).filter(|t| !t.is_empty()).unwrap_or_else(|| "Common Cartridge".to_owned());
    let info = Info {
        fullname: title.clone(),
        summary: Text::html(super::markup::escape(&manifest.description)),
        language: code(&manifest.language),
        format: "topics".to_owned(),
        start: options.now,
        now: options.now,
        ..Info::default()
    };
    let mut reading = Reading {
        build: Build::new(to, limits, info),
        cartridge,
        manifest,
        limits: limits.clone(),
        options: options.clone(),
        report: Report::default(),
        tokens: HashMap::new(),
        reserved: HashMap::new(),
        books: HashMap::new(),
        placed: HashSet::new(),
        needed: HashMap::new(),
        uses: 0,
        question_bytes: 0,
        counter: Counter::new(),
        questions: Questions::default(),
    };
    reading.cartridge.used.insert(MANIFEST.to_owned());
    reading.course(&title);
    reading.plan();
    reading.sections()?;
    reading.rest()?;
    reading.put_questions()?;
    Ok((reading.build.finish()?, reading.report))
}

struct Reading {
    cartridge: Cartridge,
    manifest: Manifest,
    build: Build,
    limits: Limits,
    options: Options,
    report: Report,
    /// What stands for a file that is an activity.
    tokens: HashMap<String, String>,
    /// Course modules that resources will be, by resource.
    reserved: HashMap<String, i64>,
    /// Books by their item: course module, and a number for each child.
    books: HashMap<String, (i64, Vec<i64>)>,
    /// Resources that have become something, or a part of it.
    placed: HashSet<String>,
    /// What files link to.
    needed: HashMap<String, Vec<String>>,
    uses: u64,
    /// Of the documents that hold questions.
    question_bytes: u64,
    counter: Counter,
    questions: Questions,
}

impl Reading {
    fn course(&mut self, title: &str) {
        self.report.item(Fate::Imported, Reason::AsItCame, "course", MANIFEST, title);
        let detail = match self.manifest.version {
            Some(version) => format!("Common Cartridge {}", version.name()),
            None => self.options.language.of("it does not say which version it is", "la version n’est pas indiquée").to_owned(),
        };
        self.report.remark(Fate::Imported, Reason::AsItCame, "course", MANIFEST, detail);
    }
}

/// Moodle's code of a language; empty for what is none.
fn code(language: &str) -> String {
    let code = language.trim().to_ascii_lowercase().replace('-', "_");
    let code = code.split('_').next().unwrap_or_default();
    if (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase()) { code.to_owned() } else { String::new() }
}
