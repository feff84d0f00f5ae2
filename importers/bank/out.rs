//! The questions of an archive, one after the other, for a writer.

use super::{Fated, Paths, lost};
use parcours_course::Language;
use parcours_course::question::{Body, Category, File, Question};
use parcours_course::report::{Fate, Reason, Report};
use parcours_mbz::spool::SpoolReader;
use parcours_mbz::{Error, Unpacked};
use std::collections::{HashMap, HashSet};
use std::io::Read;

/// What a writer is shown.
pub(crate) enum Step<'a> {
    /// The questions that follow are in this category.
    Category(&'a Category, &'a str),
    Question(&'a Question),
}

/// The contents of a bank's files, by hash.
#[derive(Default)]
pub(crate) struct Contents(HashMap<String, SpoolReader>);

impl Contents {
    pub fn open(&self, file: &File) -> Option<SpoolReader> {
        self.0.get(&file.hash).cloned()
    }

    /// A content that fits into memory.
    ///
    /// # Errors
    /// The device.
    pub fn bytes(&self, file: &File) -> Result<Option<Vec<u8>>, Error> {
        let Some(mut from) = self.open(file).filter(|_| file.size <= LARGE) else { return Ok(None) };
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

/// Bytes of a file that is still written into a text.
const LARGE: u64 = 24 << 20;

/// Shows the bank of an archive: a category, its questions, and so on; categories without questions last. `of` names the categories that are asked for; empty is all.
///
/// `see` says what became of a question, and of a category that lost something; that counts for nothing.
///
/// # Errors
/// What is wrong with the archive, and what `see` says.
pub(crate) fn each(
    course: &mut Unpacked,
    of: &[i64],
    language: Language,
    mut see: impl FnMut(Step<'_>, &Contents) -> Result<Option<Fated>, Error>,
) -> Result<Report, Error> {
    let asked = |id: i64| of.is_empty() || of.contains(&id);
    let categories = parcours_mbz::question::categories(course)?;
    let paths = Paths::of(&categories);
    let contents = contents(course)?;
    let mut report = Report::default();
    let (mut seen, mut at, mut count, mut dated) = (HashSet::new(), None, 0_usize, false);
    parcours_mbz::question::each(course, |category, question| {
        if !asked(category.id) {
            return Ok(());
        }
        count += 1;
        dated |= question.created > 0 || question.modified > 0;
        if at.replace(category.id) != Some(category.id) {
            seen.insert(category.id);
            let path = paths.get(category.id);
            let lost = see(Step::Category(category, path), &contents)?;
            lost.into_iter().for_each(|l| report.remark(l.fate, l.reason, "category", path, l.detail));
        }
        let fated = match refusal(&question, language) {
            Some(refused) => refused,
            None => see(Step::Question(&question), &contents)?.unwrap_or_else(Fated::imported),
        };
        report.findings.push(fated.of(format!("{} {}", paths.get(category.id), question.id), &question.name));
        Ok(())
    })?;
    for category in categories.iter().filter(|c| c.parent != 0 && asked(c.id) && !seen.contains(&c.id)) {
        let path = paths.get(category.id);
        let lost = see(Step::Category(category, path), &contents)?;
        lost.into_iter().for_each(|l| report.remark(l.fate, l.reason, "category", path, l.detail));
    }
    for path in paths.shared() {
        let detail = language.of("two categories of this name become one", "deux catégories de ce nom n’en font plus qu’une");
        report.remark(Fate::Approximated, Reason::OtherFormat, "category", path, detail);
    }
    if dated {
        let detail = language.of("dates of questions are not written", "les dates des questions ne sont pas écrites");
        report.remark(Fate::Refused, Reason::OtherFormat, "question", parcours_mbz::question::QUESTIONS, detail);
    }
    Ok(report)
}

/// What no format takes.
fn refusal(q: &Question, language: Language) -> Option<Fated> {
    let refused = |english: &str, french: &str| Some(Fated::refused(Reason::OtherFormat, language.of(english, french)));
    match &q.body {
        _ if !q.latest => refused("an earlier version: only the latest is written", "version antérieure : seule la dernière est écrite"),
        Body::Random(_) => {
            refused("a random draw belongs to its quiz, not to the bank", "un tirage au hasard appartient à son test, pas à la banque")
        }
        Body::Other { name, .. } => refused(
            &format!("type {name}: only its plug-in knows how it is written"),
            &format!("type {name} : seul son plugin sait comment il s’écrit"),
        ),
        _ => None,
    }
}

/// What a category loses where only its name is written.
pub(crate) fn name_alone(c: &Category, language: Language) -> Option<Fated> {
    let info = Some(language.of("description", "description")).filter(|_| !c.info.text.trim().is_empty());
    let idnumber = Some(language.of("ID number", "numéro d’identification")).filter(|_| !c.idnumber.is_empty());
    let lost: Vec<String> = info.into_iter().chain(idnumber).map(str::to_owned).collect();
    Some(Fated::without(&lost, language)).filter(|_| !lost.is_empty())
}

/// What became of a question that was written: what reading it again lacks, and what else is known to be lost.
pub(crate) fn fate(written: &Question, again: Option<&Question>, more: Vec<String>, language: Language) -> Fated {
    let Some(again) = again else {
        let detail = language.of("it cannot be written so that it is read again", "elle ne peut pas être écrite de façon à être relue");
        return Fated::refused(Reason::OtherFormat, detail);
    };
    let mut lost = lost(written, again, language);
    lost.extend(more);
    if leads_back(written) {
        lost.push(language.of("a link into the course leads nowhere", "un lien vers le parcours ne mène nulle part").to_owned());
    }
    Fated::without(&lost, language)
}

/// Links that only a restore resolves: `$@QUIZVIEWBYID*7@$`.
fn leads_back(q: &Question) -> bool {
    let token = |text: &str| text.match_indices("$@").any(|(at, _)| text.as_bytes().get(at + 2).is_some_and(u8::is_ascii_uppercase));
    [&q.text, &q.general_feedback].iter().any(|t| token(&t.text))
}

fn contents(course: &mut Unpacked) -> Result<Contents, Error> {
    let mut hashes = HashSet::new();
    course.each("files.xml", "file", |_, e| {
        let component = e.leaf("component");
        if (component == "question" || component.starts_with("qtype_")) && e.leaf("filename") != "." && !e.leaf("filearea").starts_with("response_") {
            hashes.insert(e.leaf("contenthash").to_owned());
        }
        Ok(())
    })?;
    let mut contents = Contents::default();
    for hash in hashes {
        if let Some(reader) = course.content(&hash)? {
            contents.0.insert(hash, reader);
        }
    }
    Ok(contents)
}
