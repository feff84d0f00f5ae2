//! GIFT, a question format people type, both ways (Moodle docs, "GIFT format").
//!
//! It holds what true or false, choice, words, numbers, matching and essay questions ask and answer, with feedback, category, tags and ID number. It has no place for files, hints, marks, penalties
//! and settings, nor for the other types: they are refused.

mod answers;
mod body;
mod escape;
mod read;
mod write;

use crate::bank::{Bank, Fated, out};
use parcours_course::Language;
use parcours_course::report::{Reason, Report};
use parcours_mbz::outline::{Build, Info};
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::io::{self, BufWriter, Write};

/// Writes the question bank of an archive, category by category. `of` names categories (by number, each without those below it); empty is all. Details of the report are in `language`.
///
/// # Errors
/// What is wrong with the archive, and what writing fails with.
pub fn write(course: &mut Unpacked, of: &[i64], language: Language, to: impl Write) -> Result<Report, Error> {
    let mut to = BufWriter::new(to);
    let report = out::each(course, of, language, |step, _| match step {
        out::Step::Category(c, path) => {
            writeln!(to, "$CATEGORY: {}\n", path.replace(['\n', '\r'], " "))?;
            Ok(out::name_alone(c, language))
        }
        out::Step::Question(q) => {
            let Some(text) = write::question(q) else {
                let detail = match language {
                    Language::English => format!("type {}: GIFT has no such question", q.kind()),
                    Language::French => format!("type {} : GIFT n’a pas de telle question", q.kind()),
                };
                return Ok(Some(Fated::refused(Reason::OtherFormat, detail)));
            };
            let again = read::read(&text, "", Language::English).ok();
            let again = again.and_then(|bank| bank.questions().next().filter(|a| a.kind() == q.kind()).cloned());
            if again.is_some() {
                to.write_all(text.as_bytes())?;
            }
            Ok(Some(out::fate(q, again.as_ref(), Vec::new(), language)))
        }
    })?;
    to.flush()?;
    Ok(report)
}

/// Reads a text of questions. Those before the first category go into one called `default`.
///
/// Time and memory grow with the text's length, and not faster.
///
/// # Errors
/// [`Error::Limit`] for a text that is too large. A question that cannot be read is no error: the report says it.
pub fn read(text: &str, default: &str, language: Language) -> Result<Bank, Error> {
    read::read(text, default, language)
}

/// Reads a text of questions into a new course, with a quiz of all of them. The text is UTF-8, with or without a byte order mark.
///
/// # Errors
/// As [`read`]; what reading fails with, and the device.
pub fn into_course(mut input: impl io::Read, limits: &Limits, spool: Spool, info: Info, language: Language) -> Result<(Unpacked, Report), Error> {
    let mut bytes = Vec::new();
    io::Read::take(&mut input, limits.text_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.text_bytes {
        let place = parcours_mbz::Place::entry(read::PLACE);
        return Err(Error::Limit { place, limit: parcours_mbz::Limit::TextBytes, value: limits.text_bytes });
    }
    let text = String::from_utf8_lossy(&bytes);
    let (name, now) = (info.fullname.clone(), info.now);
    let build = Build::new(spool, limits, info);
    read(text.trim_start_matches('\u{feff}'), &name, language)?.into_course(build, &name, now)
}

use std::io::Read as _;

#[cfg(test)]
mod tests;
