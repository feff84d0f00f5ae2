//! Texts in today's markup: what they say does not change.
//!
//! Layout tables become blocks, colours that cannot be read go, spans that say nothing go, icon tokens become icons beside their text, tokens of a central media store become files
//! of the archive or a placeholder, and addresses of the old site become links of the course (MAGISTERE §11). Files, completion, availability and marks are never touched; a text that
//! no rule changes stays byte for byte, and so does every byte of a changed one that no rule asked for.
//!
//! ```no_run
//! use parcours_convert::clean::{self, Options, page};
//! use parcours_mbz::{Container, Limits, Spool, Unpacked};
//! # fn main() -> Result<(), parcours_mbz::Error> {
//! let mut course = Unpacked::open(std::fs::File::open("course.mbz")?, &Limits::default(), Spool::new()?)?;
//! let mut dry = clean::preview(&mut course, &Options::default())?;
//! page::html(&mut dry, Default::default(), &mut std::fs::File::create("preview.html")?)?;
//! let cleaned = clean::run(&mut course, &Options::default())?;
//! course.write(std::fs::File::create("cleaned.mbz")?, Container::Tgz)?;
//! # Ok(()) }
//! ```

mod address;
mod areas;
mod attach;
pub mod change;
mod config;
mod diff;
mod html;
mod known;
pub mod media;
mod note;
pub mod page;
mod pass;
mod rules;
mod scene;
mod tally;
#[cfg(test)]
mod test;
mod texts;
mod wash;

pub use change::{Change, Changes};
pub use media::{Folder, Media};
pub use note::Note;
pub use rules::Rule;
pub use tally::Tally;

use areas::Scope;
use known::Known;
use parcours_course::{Language, Report};
use parcours_declare::Declaration;
use parcours_mbz::xml::rewrite;
use parcours_mbz::{Error, Unpacked};
use pass::{House, Pass};
use std::collections::HashMap;
use std::io;

/// What to clean, and what to know for it.
pub struct Options {
    /// The rules that are on. In [`Options::default`] all but [`Rule::Paragraphs`].
    pub rules: Vec<Rule>,
    /// A dump of the central media store.
    pub media: Option<Media>,
    /// More addresses that the old site had, besides the one in the archive: `https://magistere.education.fr/ac-lyon`.
    pub sites: Vec<String>,
    /// Declarations of modules: the texts they declare are texts, whatever their names.
    pub declared: Vec<Declaration>,
    /// Of the report, and of placeholders in a course that does not say its language.
    pub language: Language,
}

impl Default for Options {
    fn default() -> Self {
        let rules = Rule::ALL.into_iter().filter(|r| *r != Rule::Paragraphs).collect();
        Options { rules, media: None, sites: Vec::new(), declared: Vec::new(), language: Language::default() }
    }
}

/// What was done, or would be.
pub struct Cleaned {
    /// One item for each document with texts: imported as it came, or approximated by the rules that the line names; remarks on what a person should look at.
    pub report: Report,
    /// Every text that is changed or remarked on, with before and after.
    pub changes: Changes,
    /// Of the whole archive.
    pub tally: Tally,
}

/// Cleans the texts of an archive.
///
/// # Errors
/// What reading or writing the archive or the dump fails with. The archive may then be half cleaned: drop it.
pub fn run(course: &mut Unpacked, options: &Options) -> Result<Cleaned, Error> {
    clean(course, options, true)
}

/// The same without a change to the archive: a dry run.
///
/// # Errors
/// As [`run`].
pub fn preview(course: &mut Unpacked, options: &Options) -> Result<Cleaned, Error> {
    clean(course, options, false)
}

fn clean(course: &mut Unpacked, options: &Options, write: bool) -> Result<Cleaned, Error> {
    let mut house = House {
        options,
        rules: Rule::ALL.into_iter().filter(|r| options.rules.contains(r)).collect(),
        known: Known::read(course, &options.sites)?,
        plan: Default::default(),
        text_language: text_language(course)?.unwrap_or(options.language),
        embed: course.manifest().information.include_files != Some(false),
    };
    let titles = titles(course);
    let mut cleaned = Cleaned { report: Report::default(), changes: Changes::new()?, tally: Tally::default() };
    for path in course.documents() {
        let Some(scope) = Scope::of(&path) else { continue };
        let found = texts::find(course, &path, &options.declared)?;
        if found.spots.is_empty() {
            continue;
        }
        // What changes nothing must not be laid out anew either, so the document is read once to see.
        let tally = cleaned.changes.document(&path, |see| {
            let mut pass = Pass::new(&mut house, &path, &scope, &found, see);
            if let Some(reader) = course.reader(&path)? {
                rewrite(reader, io::sink(), &mut pass)?;
            }
            Ok(pass.tally)
        })?;
        if write && tally.changed > 0 {
            course.rewrite(&path, &mut Pass::new(&mut house, &path, &scope, &found, &mut |_| Ok(())))?;
        }
        if tally.texts > 0 || !tally.is_quiet() {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let title = titles.get(folder).map_or("", String::as_str);
            tally.report(&mut cleaned.report, scope.item(), &path, title, options.language);
        }
        cleaned.tally.add(&tally);
    }
    if write {
        attach::attach(course, &house.plan, &house.known, options.media.as_ref())?;
    }
    Ok(cleaned)
}

/// The language a course is shown in, where it says one.
fn text_language(course: &mut Unpacked) -> Result<Option<Language>, Error> {
    let document = course.document("course/course.xml")?;
    let lang = document.as_ref().map_or("", |c| c.leaf("lang")).to_ascii_lowercase();
    Ok((!lang.is_empty()).then(|| if lang.starts_with("fr") { Language::French } else { Language::English }))
}

fn titles(course: &Unpacked) -> HashMap<String, String> {
    let manifest = course.manifest();
    let activities = manifest.activities.iter().map(|a| (a.directory.clone(), a.title.clone()));
    let sections = manifest.sections.iter().map(|s| (s.directory.clone(), s.title.clone()));
    let whole = manifest.course.iter().map(|c| (c.directory.clone(), c.title.clone()));
    activities.chain(sections).chain(whole).collect()
}
