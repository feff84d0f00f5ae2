//! IMS QTI 2.1 and 3.0 assessment items, both ways: a package with an item for each question, its media, and a test whose sections are the categories.
//!
//! It holds what questions ask, how they are marked, and feedback, for all types but the calculated ones and those that draw at random. It has no place for hints, penalties and
//! several settings. Other interactions than those written here are refused in reading.

mod about;
mod item;
mod names;
mod package;
mod page;
mod sections;

use crate::bank::node::to_xml;
use crate::bank::{Bank, Fated, Shelves, Store, out};
use about::About;
use page::{Media, Sheet};
use parcours_course::Language;
use parcours_course::question::Question;
use parcours_course::report::{Reason, Report};
use parcours_mbz::outline::{Build, Info, Stored};
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::io::{Read, Seek, Write};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Version {
    #[default]
    V2_1,
    V3,
}

impl Version {
    fn namespace(self) -> &'static str {
        match self {
            Version::V2_1 => "http://www.imsglobal.org/xsd/imsqti_v2p1",
            Version::V3 => "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        }
    }
}

/// Writes the question bank of an archive as a package. `of` names categories (by number, each without those below it); empty is all. Details of the report are in `language`.
///
/// # Errors
/// What is wrong with the archive, and what writing fails with.
pub fn write(course: &mut Unpacked, of: &[i64], version: Version, language: Language, to: impl Write + Seek) -> Result<Report, Error> {
    let mut package = package::Out::new(to, version);
    let report = out::each(course, of, language, |step, contents| match step {
        out::Step::Category(c, path) => {
            package.enter(path);
            Ok(out::name_alone(c, language))
        }
        out::Step::Question(q) => {
            let identifier = package.identifier();
            let Some((mut node, files)) = item::write(q, &identifier, version) else {
                let detail = match language {
                    Language::English => format!("type {}: QTI has no such item, or what it needs is missing", q.kind()),
                    Language::French => format!("type {} : QTI n’a pas de tel item, ou il manque ce qu’il lui faut", q.kind()),
                };
                return Ok(Some(Fated::refused(Reason::OtherFormat, detail)));
            };
            let again = item::read(&node, sheet(&mut Blind, &mut ()), language, &mut Vec::new()).0.ok().filter(|a| a.kind() == q.kind());
            let about = About { idnumber: q.idnumber.clone(), tags: q.tags.clone() };
            let again = again.map(|a| described(a, about.clone()));
            let mut more = Vec::new();
            if again.is_some() {
                for file in &files {
                    if !package.media(file, contents)? {
                        more.push(format!("{} {}", language.of("file", "fichier"), file.path));
                    }
                }
                if version == Version::V3 {
                    names::to_3(&mut node);
                }
                let files: Vec<String> = files.iter().map(|f| page::entry(f)).collect();
                package.item(&identifier, &to_xml(&node), &files, &about)?;
            }
            Ok(Some(out::fate(q, again.as_ref(), more, language)))
        }
    })?;
    package.finish()?;
    Ok(report)
}

/// A question with what the manifest says of it.
fn described(question: Question, about: About) -> Question {
    Question { idnumber: about.idnumber, tags: about.tags, ..question }
}

/// Every address leads somewhere.
struct Blind;

impl Media for Blind {
    fn open(&mut self, _: &str, _: &mut dyn Store) -> Result<Option<Stored>, Error> {
        Ok(Some(Stored { hash: String::new(), size: 0 }))
    }
}

fn sheet<'a>(media: &'a mut dyn Media, store: &'a mut dyn Store) -> Sheet<'a> {
    Sheet { media, store, files: Vec::new(), component: "question".to_owned(), failed: None, missing: Vec::new() }
}

/// Reads a package, in the order of its tests; items that are in none come last, in a category called `default`. Contents go to `store`: an [archive that is being made](Build), or `()`.
///
/// # Errors
/// What is wrong with the package as a whole, and the device. An item that cannot be read is no error: the report says it.
pub fn read(input: impl Read + Seek, limits: &Limits, default: &str, language: Language, store: &mut dyn Store) -> Result<Bank, Error> {
    let mut package = package::In::open(input, limits)?;
    let mut shelves = Shelves::new(default, package::MANIFEST, limits);
    for (path, href) in sections::order(&mut package)? {
        shelves.enter(&path)?;
        let text = package.text(&href)?;
        let node = text.as_deref().map(|t| crate::bank::node::Node::document(t, &href, limits));
        let mut node = match node {
            Some(Ok(node)) => node,
            Some(Err(Error::Io(e))) => return Err(Error::Io(e)),
            Some(Err(e)) => {
                shelves.refuse(&href, Fated::refused(Reason::Unreadable, e.to_string()))?;
                continue;
            }
            None => {
                let detail = language.of("the package does not hold it", "le paquet ne le contient pas");
                shelves.refuse(&href, Fated::refused(Reason::MissingDocument, detail))?;
                continue;
            }
        };
        names::from_3(&mut node);
        let mut lost = Vec::new();
        let mut media = package.beside(&href);
        let (question, failed) = item::read(&node, sheet(&mut media, store), language, &mut lost);
        if let Some(e) = failed {
            return Err(e);
        }
        match question {
            Ok(question) => shelves.put(described(question, package.about(&href)), Fated::read_without(&lost, language))?,
            Err(fault) => shelves.refuse(node.get("title").unwrap_or(&href), Fated::refused(Reason::OtherFormat, fault.words(language)))?,
        }
    }
    Ok(shelves.finish())
}

/// Reads a package into a new course, with a quiz of all its questions.
///
/// # Errors
/// As [`read`].
pub fn into_course(input: impl Read + Seek, limits: &Limits, spool: Spool, info: Info, language: Language) -> Result<(Unpacked, Report), Error> {
    let (name, now) = (info.fullname.clone(), info.now);
    let mut build = Build::new(spool, limits, info);
    read(input, limits, &name, language, &mut build)?.into_course(build, &name, now)
}

#[cfg(test)]
mod tests;
