//! Quizzes: their slots in the shape of a release, and states of attempts that it knows (MBZ-FORMAT §10.5, §10.6, §12).

mod facts;
mod filter;
mod shape;
mod slots;

use super::contents;
use super::context;
use super::questions::Banks;
use super::work::Work;
use crate::Error;
use facts::Facts;
use parcours_course::{Fate, Reason};
use shape::Shape;

/// The version of the module from which on its slots refer to entries of the question bank; what is older Moodle lifts by itself.
const REFERENCES: i64 = 2_022_020_300;

pub(super) fn convert(work: &mut Work, banks: &Banks) -> Result<(), Error> {
    for quiz in contents::of_module(work.course.manifest(), "quiz") {
        let path = contents::own(&quiz);
        let Some(root) = context::root(work.course, &quiz)? else { continue };
        let facts = Facts::of(work.course, &path)?;
        if facts.usages < facts.attempts && facts.slots > facts.references {
            // Attempts of 2.0: Moodle knows them by the module's version, and then lifts the slots too.
            work.fate(&quiz.directory, Fate::Kept, Reason::OtherRelease);
            work.remark(
                Fate::Kept,
                Reason::OtherRelease,
                "quiz",
                &path,
                "attempts of 2.0 stay as they are, with their slots: Moodle lifts them on restore",
                "les tentatives de 2.0 restent telles quelles, avec leurs emplacements : Moodle les convertit à la restauration",
            );
            continue;
        }
        let mut shape = Shape::new(banks, work.release, &facts, root);
        if shape.asks() {
            work.course.rewrite(&path, &mut shape)?;
        }
        let said = shape.said;
        let module = format!("{}/module.xml", quiz.directory);
        if let Some(mut document) = work.course.document(&module)? {
            let before = document.clone();
            let version = document.attribute("version").and_then(|v| v.trim().parse().ok()).unwrap_or(0);
            if version < REFERENCES {
                document.set_attribute("version", work.release.numbers().moodle_version);
            }
            // From 4.0 on the pass grade is the module's.
            if facts.completionpass && document.child("completionpassgrade").is_none() {
                document.set("completionpassgrade", 1);
            }
            if document != before {
                work.course.put(&module, &document)?;
            }
        }
        tell(work, &path, &quiz.directory, &said);
    }
    Ok(())
}

/// What was done to a quiz, for the report.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Slots that were not in today's shape.
    pub slots: usize,
    /// Questions with a mark that stood in no slot.
    pub stray: usize,
    /// Random slots that asked for more than the release can be told.
    pub filters: usize,
    /// Tags in random slots whose name is nowhere.
    pub tags: usize,
    pub grade_items: usize,
    pub finished: usize,
    pub unbegun: usize,
}

fn tell(work: &mut Work, path: &str, folder: &str, said: &Said) {
    let release = work.release;
    let lines = [
        (
            said.slots,
            Fate::Approximated,
            Reason::Converted,
            "slots refer to the question bank now",
            "emplacements renvoient maintenant à la banque de questions",
        ),
        (
            said.stray,
            Fate::Refused,
            Reason::Converted,
            "questions had a mark and no place in the quiz",
            "questions avaient une note et pas de place dans le test",
        ),
        (
            said.filters,
            Fate::Approximated,
            Reason::OtherRelease,
            "random slots draw by category and tags only",
            "emplacements aléatoires ne tirent que par catégorie et tags",
        ),
        (
            said.tags,
            Fate::Refused,
            Reason::OtherRelease,
            "tags of random slots have no name in the archive",
            "tags d'emplacements aléatoires n'ont pas de nom dans l'archive",
        ),
        (
            said.grade_items,
            Fate::Kept,
            Reason::OtherRelease,
            "grades of parts of the quiz are not known there",
            "notes de parties du test n'y sont pas connues",
        ),
        (
            said.finished,
            Fate::Approximated,
            Reason::OtherRelease,
            "attempts that were submitted count as finished",
            "tentatives envoyées comptent comme terminées",
        ),
        (said.unbegun, Fate::Refused, Reason::OtherRelease, "attempts that nobody had begun", "tentatives que personne n'avait commencées"),
    ];
    for (n, fate, reason, english, french) in lines.into_iter().filter(|(n, ..)| *n > 0) {
        work.remark(fate, reason, "quiz", path, format!("{n} {english} (Moodle {release})"), format!("{n} {french} (Moodle {release})"));
        work.fate(folder, Fate::Approximated, reason);
    }
}
