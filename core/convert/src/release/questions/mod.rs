//! `questions.xml` in the shape of a release (MBZ-FORMAT §10.1, §10.2).
//!
//! [`survey`] reads it once and takes numbers down; [`plan`] decides where each category goes; [`shape`] writes it again. [`bank`] makes question banks and takes them
//! away, [`alone`] lets the backup of one be restored, and [`refer`] lets the rest of the archive follow.

mod alone;
mod bank;
mod entry;
mod plan;
mod refer;
mod shape;
mod survey;

pub(super) use survey::{Random, Survey};

use super::context;
use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use plan::Plan;

pub(super) const QUESTIONS: &str = "questions.xml";

/// What the slots of quizzes have to know of the questions.
#[derive(Default)]
pub(super) struct Banks {
    pub survey: Survey,
    plan: Plan,
}

impl Banks {
    /// The category that a category became: another one where two tops were made one.
    pub(super) fn category(&self, id: i64) -> i64 {
        self.plan.merged.get(&id).copied().unwrap_or(id)
    }

    /// The context in which a category stands now; nothing where the archive does not hold it.
    pub(super) fn context_of(&self, category: i64) -> Option<i64> {
        self.plan.context_of(category)
    }

    /// The context that took the place of a context.
    pub(super) fn context(&self, id: i64) -> i64 {
        self.plan.moved.get(&id).copied().unwrap_or(id)
    }
}

pub(super) fn convert(work: &mut Work) -> Result<Banks, Error> {
    alone::into_a_quiz(work)?;
    let survey = Survey::of(work.course)?;
    let activities = context::activities(work.course)?;
    let mut plan = Plan::of(work, &survey, &activities)?;
    if survey.old || plan.changes() {
        shape::write(work, &survey, &plan)?;
    }
    bank::take_away(work, &plan)?;
    bank::make(work, &survey, &mut plan)?;
    refer::follow(work, &survey, &plan, &activities)?;
    tell(work, &survey, &plan);
    Ok(Banks { survey, plan })
}

fn tell(work: &mut Work, survey: &Survey, plan: &Plan) {
    let moved = survey.categories.iter().zip(&plan.changes).filter(|(_, change)| change.place.is_some() && !change.gone).count();
    if moved > 0 {
        let (english, french) = match work.release.banks() {
            true => ("categories of questions belong to an activity now", "catégories de questions appartiennent maintenant à une activité"),
            false => ("categories of questions belong to the course now", "catégories de questions appartiennent maintenant au cours"),
        };
        work.remark(Fate::Approximated, Reason::OtherRelease, "question", QUESTIONS, format!("{moved} {english}"), format!("{moved} {french}"));
    }
    let nameless = plan.changes.iter().filter(|c| c.no_idnumber).count();
    if nameless > 0 {
        work.remark(
            Fate::Approximated,
            Reason::OtherRelease,
            "question",
            QUESTIONS,
            format!("{nameless} categories lost their idnumber to one that came to the same place"),
            format!("{nameless} catégories ont perdu leur idnumber au profit d'une autre venue au même endroit"),
        );
    }
    if survey.flat > 0 {
        let n = survey.flat;
        work.remark(
            Fate::Approximated,
            Reason::Converted,
            "question",
            QUESTIONS,
            format!("{n} questions became entries of the question bank, in their first version"),
            format!("{n} questions sont devenues des entrées de la banque, dans leur première version"),
        );
    }
    if !survey.random.is_empty() {
        let n = survey.random.len();
        work.remark(
            Fate::Approximated,
            Reason::Converted,
            "question",
            QUESTIONS,
            format!("{n} random questions became random slots of their quizzes"),
            format!("{n} questions aléatoires sont devenues des emplacements aléatoires de leurs tests"),
        );
    }
    for (kind, n) in survey
        .kinds
        .iter()
        .filter(|(kind, _)| super::target::lacks_question_type(work.release, kind))
        .map(|(k, n)| (k.clone(), *n))
        .collect::<Vec<_>>()
    {
        let release = work.release;
        work.remark(
            Fate::Kept,
            Reason::OtherRelease,
            "question",
            QUESTIONS,
            format!("Moodle {release} has no question type `{kind}` of its own: {n} questions stay as they are, and need the plug-in"),
            format!("Moodle {release} n'a pas le type de question `{kind}` : {n} questions restent telles quelles et demandent le plugin"),
        );
    }
}
