//! The backup of one question bank, for a release that has none (MBZ-FORMAT §10.1, §12).

use super::super::contents;
use super::super::remake::remake;
use super::super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::{Element, Rewrite};

/// Columns of a quiz that asks for nothing. Those without a default in some release are all there.
const QUIZ: &[(&str, &str)] = &[
    ("timeopen", "0"),
    ("timeclose", "0"),
    ("timelimit", "0"),
    ("overduehandling", "autosubmit"),
    ("graceperiod", "0"),
    ("preferredbehaviour", "deferredfeedback"),
    ("canredoquestions", "0"),
    ("attempts_number", "0"),
    ("attemptonlast", "0"),
    ("grademethod", "1"),
    ("decimalpoints", "2"),
    ("questiondecimalpoints", "-1"),
    ("reviewattempt", "69904"),
    ("reviewcorrectness", "69904"),
    ("reviewmaxmarks", "69904"),
    ("reviewmarks", "69904"),
    ("reviewspecificfeedback", "69904"),
    ("reviewgeneralfeedback", "69904"),
    ("reviewrightanswer", "69904"),
    ("reviewoverallfeedback", "4368"),
    ("questionsperpage", "1"),
    ("navmethod", "free"),
    ("shuffleanswers", "1"),
    ("sumgrades", "0.00000"),
    ("grade", "0.00000"),
    ("password", ""),
    ("subnet", ""),
    ("browsersecurity", "-"),
    ("delay1", "0"),
    ("delay2", "0"),
    ("showuserpicture", "0"),
    ("showblocks", "0"),
    ("completionattemptsexhausted", "0"),
    ("completionminattempts", "0"),
    ("allowofflineattempts", "0"),
];

/// Makes a hidden quiz without questions of it: a quiz may have a bank of its own in every release, and its questions stay where they are.
pub(super) fn into_a_quiz(work: &mut Work) -> Result<(), Error> {
    if work.release.banks() || work.course.manifest().kind() != "activity" {
        return Ok(());
    }
    for bank in contents::of_module(work.course.manifest(), "qbank") {
        let own = work.course.document(&contents::own(&bank))?.and_then(|d| d.child("qbank").cloned()).unwrap_or_default();
        let time = |leaf: &str| Element::new(leaf, own.value(leaf).unwrap_or("0"));
        let mut record = vec![Element::new("name", &bank.title), Element::new("intro", own.leaf("intro"))];
        record.push(Element::new("introformat", own.value("introformat").unwrap_or("1")));
        record.extend(QUIZ.iter().map(|(name, value)| Element::new(name, value)));
        record.extend([time("timecreated"), time("timemodified")]);
        record.push(Element::group("question_instances", []));
        let section = [Element::new("firstslot", 1), Element::new("heading", ""), Element::new("shufflequestions", 0)];
        record.push(Element::group("sections", [Element::record("section", 1, section)]));
        record.extend(["feedbacks", "overrides", "grades", "attempts"].map(|name| Element::group(name, [])));
        let folder = remake(work, &bank, "quiz", record)?;
        let module = format!("{folder}/module.xml");
        if let Some(mut document) = work.course.document(&module)? {
            document.set("visible", 0);
            document.set("visibleold", 0);
            work.course.put(&module, &document)?;
        }
        work.course.rewrite("files.xml", &mut Files)?;
        let release = work.release;
        work.fate(&bank.directory, Fate::Approximated, Reason::OtherRelease);
        work.remark(
            Fate::Approximated,
            Reason::OtherRelease,
            "activity",
            &folder,
            format!("Moodle {release} has no question banks: `{}` is a hidden quiz now, whose own bank holds the questions", bank.title),
            format!("Moodle {release} n'a pas de banques de questions : « {} » est un test caché, dont la banque contient les questions", bank.title),
        );
    }
    Ok(())
}

/// Files of the introduction.
struct Files;

impl Rewrite for Files {
    fn takes(&mut self, path: &[String]) -> bool {
        path.len() == 2
    }

    fn element(&mut self, _: &[String], mut file: Element, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        if file.leaf("component") == "mod_qbank" {
            file.set("component", "mod_quiz");
        }
        out.push(file);
        Ok(())
    }
}
