//! Moodle's own question format in XML, both ways (Moodle docs, "Moodle XML format").
//!
//! It has a place for all types of question that stock Moodle has, for their files, hints, tags and categories. It has none for earlier versions, for drafts, and for dates.

mod input;
mod kind;
mod output;
mod question;

use crate::bank::{Bank, Fated, Shelves, Store, out};
use input::In;
use output::Out;
use parcours_course::Language;
use parcours_course::question::Category;
use parcours_course::report::{Reason, Report};
use parcours_mbz::outline::{Build, Info};
use parcours_mbz::xml::{Element, Reader, Step, Writer};
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::io::{Read, Write};

/// Writes the question bank of an archive, category by category. `of` names categories (by number, each without those below it); empty is all. Details of the report are in `language`.
///
/// # Errors
/// What is wrong with the archive, and what writing fails with.
pub fn write(course: &mut Unpacked, of: &[i64], language: Language, to: impl Write) -> Result<Report, Error> {
    let mut xml = Writer::new(to);
    xml.open("quiz")?;
    let report = out::each(course, of, language, |step, contents| match step {
        out::Step::Category(c, path) => {
            category(c, path).write(&mut xml)?;
            Ok(None)
        }
        out::Step::Question(q) => {
            let mut full = Out::new(q, Some(contents));
            let element = question::write(&mut full);
            let more = full.finish(language)?;
            output::put(&element, &mut xml)?;
            // What is read again is the same without the contents of files.
            let again = question::read(&question::write(&mut Out::new(q, None)), &mut In::new(&mut ())).map(|(q, _)| q);
            Ok(Some(out::fate(q, again.ok().as_ref(), more, language)))
        }
    })?;
    xml.close()?;
    xml.finish()?.flush()?;
    Ok(report)
}

fn category(c: &Category, path: &str) -> Element {
    let text = |name: &str, text: &str| Element::group(name, [Element::new("text", text)]);
    let info = text("info", &c.info.text).with("format", output::format(c.info.format));
    Element::group("question", [text("category", path), info, Element::new("idnumber", &c.idnumber)]).with("type", "category")
}

/// Limits of a document with files in it: the texts of large ones are large.
fn wide(limits: &Limits) -> Limits {
    Limits { text_bytes: limits.text_bytes.max(48 << 20), record_bytes: limits.record_bytes.max(128 << 20), ..limits.clone() }
}

/// Reads a file of questions. Contents go to `store`: an [archive that is being made](Build), or `()`. Questions before the first category go into one called `default`.
///
/// # Errors
/// What is wrong with the document, and the device. A question that cannot be read is no error: the report says it.
pub fn read(input: impl Read, limits: &Limits, default: &str, language: Language, store: &mut dyn Store) -> Result<Bank, Error> {
    let mut xml = Reader::new(input, "questions.xml", &wide(limits));
    let mut shelves = Shelves::new(default, "questions.xml", limits);
    loop {
        match xml.step()? {
            Step::Open if xml.depth() == 1 && xml.name() != "quiz" => {
                return Err(Error::Syntax { place: xml.place(), what: "this is not a file of questions in Moodle XML".to_owned() });
            }
            Step::Open if xml.depth() > 1 => {
                let element = Element::read(&mut xml)?;
                if element.name == "question" {
                    take(&element, &mut shelves, language, store)?;
                }
            }
            Step::End => return Ok(shelves.finish()),
            _ => {}
        }
    }
}

fn take(e: &Element, shelves: &mut Shelves, language: Language, store: &mut dyn Store) -> Result<(), Error> {
    if e.attribute("type") == Some("category") {
        shelves.enter(input::words(e, "category"))?;
        let info = In::new(&mut ()).text(e, "info", "", 0);
        if let Some((category, _)) = shelves.category()? {
            category.info = if info.is_empty() { std::mem::take(&mut category.info) } else { info };
            category.idnumber = e.leaf("idnumber").trim().to_owned();
        }
        return Ok(());
    }
    let mut input = In::new(store);
    match question::read(e, &mut input) {
        Ok((question, lost)) => {
            let lost: Vec<String> = lost.iter().map(|l| l.of(language)).chain(input.lost(language)?).collect();
            shelves.put(question, Fated::read_without(&lost, language))?;
        }
        Err(name) => {
            input.lost(language)?;
            let detail = match name.is_empty() {
                true => language.of("it says no type", "elle ne dit pas son type").to_owned(),
                false => format!("{} {name}: {}", language.of("type", "le type"), language.of("not known here", "n’est pas connu ici")),
            };
            shelves.refuse(input::words(e, "name"), Fated::refused(Reason::Unreadable, detail))?;
        }
    }
    Ok(())
}

/// Reads a file of questions into a new course, with a quiz of all of them.
///
/// # Errors
/// As [`read`].
pub fn into_course(input: impl Read, limits: &Limits, spool: Spool, info: Info, language: Language) -> Result<(Unpacked, Report), Error> {
    let (name, now) = (info.fullname.clone(), info.now);
    let mut build = Build::new(spool, limits, info);
    read(input, limits, &name, language, &mut build)?.into_course(build, &name, now)
}

#[cfg(test)]
mod tests;
