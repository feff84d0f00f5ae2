//! The secrets of all documents of an archive: told, or emptied and told.

use super::pass::{Held, empty, find, may_hold};
use crate::people::ORIGINALS;
use crate::xml::Reader;
use crate::{Error, Limits, Spool};
use parcours_course::report::{Fate, Reason, Report};
use parcours_course::{Language, report};

/// What is done with secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// They stay where they are.
    Tell,
    /// They go; what a conversion kept aside of earlier documents is looked into as well.
    Empty,
}

/// Looks through the documents of a spool, all but those that `skip` names. The report says where there are secrets of which kind and what became of them, and never what they are.
///
/// # Errors
/// [`Error::Io`], and what is wrong with a document.
pub fn pass(
    spool: &mut Spool,
    limits: &Limits,
    wish: Wish,
    skip: impl Fn(&str) -> bool,
    language: Language,
    report: &mut Report,
) -> Result<(), Error> {
    let all: Vec<_> = spool.iter().filter(|(path, slot)| slot.size > 0 && !skip(path)).map(|(path, slot)| (path.to_owned(), slot)).collect();
    for (path, slot) in all {
        let Some(document) = super::document(&path).filter(|_| wish == Wish::Empty || !path.starts_with(ORIGINALS)) else { continue };
        if !may_hold(spool.read(slot)?)? {
            continue;
        }
        let held = find(Reader::new(spool.read(slot)?, &path, limits), document)?;
        if held.is_empty() {
            continue;
        }
        if wish == Wish::Empty {
            let reader = Reader::new(spool.read(slot)?, &path, limits);
            let sheet = empty(reader, document, &held, spool.sheet())?;
            sheet.finish(path.as_str(), slot.mtime);
        }
        tell(&held, &path, wish, language, report);
    }
    Ok(())
}

fn tell(held: &Held, path: &str, wish: Wish, language: Language, report: &mut Report) {
    let fate = if wish == Wish::Empty { Fate::Refused } else { Fate::Kept };
    for ((kind, place), count) in &held.found {
        let times = if *count > 1 { format!(" (×{count})") } else { String::new() };
        // The root is the document once more.
        let place = place.split_once('/').map_or(place.as_str(), |(_, inside)| inside);
        let mut words = format!("{}{times}", kind.words(language));
        if wish == Wish::Empty {
            words.push_str(language.of(": ", "\u{202f}: "));
            words.push_str(kind.advice(language));
        }
        report.remark(fate, Reason::Secret, report::SECRET, format!("{path} {place}"), words);
    }
    if wish == Wish::Empty {
        let closed = language.of("takes nobody new, since its key is gone", "n’accepte plus personne, sa clé étant partie");
        for (number, method) in &held.guarded {
            report.remark(Fate::Approximated, Reason::Disarmed, "document", format!("{path} enrol {number}"), format!("{method}: {closed}"));
        }
    }
}
