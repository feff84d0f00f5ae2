//! Where each category goes: its context, and one top for each context (MBZ-FORMAT §10.1).

use super::super::work::Work;
use super::super::{contents, context};
use super::QUESTIONS;
use super::survey::{Category, Survey};
use crate::Error;
use indexmap::IndexMap;
use parcours_course::{Fate, Reason};
use parcours_mbz::manifest::Activity;
use std::collections::{HashMap, HashSet};

/// `contextlevel` of a course and of an activity.
pub(super) const COURSE: i64 = 50;
pub(super) const MODULE: i64 = 70;

/// A context with what it is the context of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub context: i64,
    pub level: i64,
    pub instance: i64,
}

/// What becomes of a category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub gone: bool,
    pub place: Option<Place>,
    pub parent: Option<i64>,
    pub name: Option<String>,
    pub info: Option<String>,
    pub stamp: Option<String>,
    pub no_idnumber: bool,
}

/// A category that holds the others of its context, to be added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Top {
    pub id: i64,
    pub place: Place,
}

/// A question bank to be made.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewBank {
    pub place: Place,
    /// What the context was the context of before.
    pub level: i64,
}

#[derive(Debug, Default)]
pub(super) struct Plan {
    /// In the order of the categories.
    pub changes: Vec<Change>,
    pub tops: Vec<Top>,
    pub banks: Vec<NewBank>,
    /// Banks that the release has no place for.
    pub gone: Vec<(Activity, i64)>,
    /// Contexts whose categories went to another.
    pub moved: HashMap<i64, i64>,
    /// Tops that were made one with another.
    pub merged: HashMap<i64, i64>,
    /// Context of each category in the end.
    pub homes: HashMap<i64, i64>,
}

impl Plan {
    pub(super) fn changes(&self) -> bool {
        !self.tops.is_empty() || self.changes.iter().any(|c| *c != Change::default())
    }

    pub(super) fn context_of(&self, category: i64) -> Option<i64> {
        self.homes.get(&category).copied()
    }

    pub(super) fn of(work: &mut Work, survey: &Survey, activities: &HashMap<i64, Activity>) -> Result<Self, Error> {
        let mut plan = Plan { changes: vec![Change::default(); survey.categories.len()], ..Plan::default() };
        let mut places = match work.release.banks() {
            true => into_activities(work, survey, activities, &mut plan)?,
            false => into_the_course(work, survey, activities, &mut plan)?,
        };
        for (category, change) in survey.categories.iter().zip(&mut plan.changes) {
            change.place = places.remove_for(category);
            if let Some(id) = category.id.filter(|_| !change.gone) {
                plan.homes.insert(id, change.place.map_or(category.context, |p| p.context));
            }
        }
        plan.hang(survey);
        if !plan.moved.is_empty() {
            plan.tell_apart(survey);
        }
        Ok(plan)
    }

    /// Categories that met in one context may have been copies of each other: what has to be unique there is changed in the later one.
    fn tell_apart(&mut self, survey: &Survey) {
        let (mut stamps, mut idnumbers) = (HashSet::new(), HashSet::new());
        let met: HashSet<i64> = self.moved.values().copied().collect();
        for (category, change) in survey.categories.iter().zip(&mut self.changes).filter(|(_, change)| !change.gone) {
            let context = change.place.map_or(category.context, |p| p.context);
            if !met.contains(&context) {
                continue;
            }
            if !category.stamp.is_empty() && !stamps.insert((context, category.stamp.as_str())) {
                change.stamp = Some(format!("{}+{}", category.stamp, category.id.unwrap_or(0)));
            }
            change.no_idnumber = !category.idnumber.is_empty() && !idnumbers.insert((context, category.idnumber.as_str()));
        }
    }

    /// Hangs what has no parent in its context below the context's top.
    fn hang(&mut self, survey: &Survey) {
        let mut next = survey.highest_category();
        let ends: Vec<i64> = survey.categories.iter().zip(&self.changes).map(|(c, change)| change.place.map_or(c.context, |p| p.context)).collect();
        let mut contexts: IndexMap<i64, Vec<(usize, &Category)>> = IndexMap::new();
        for (at, (context, category)) in ends.iter().zip(&survey.categories).enumerate() {
            if self.is_root(survey, &ends, at) {
                contexts.entry(*context).or_default().push((at, category));
            }
        }
        for (context, roots) in contexts {
            let top =
                |(at, c): &&(usize, &Category)| c.is_top() && c.id.is_some() && self.changes.get(*at).is_some_and(|change| change.name.is_none());
            // The top of the context itself before those that came with others.
            let own = roots.iter().filter(top).find(|(_, c)| c.context == context).or_else(|| roots.iter().find(top)).copied();
            let id = own.and_then(|(_, c)| c.id).unwrap_or_else(|| {
                next = next.saturating_add(1);
                next
            });
            let mut place = None;
            for (at, category) in &roots {
                let Some(change) = self.changes.get_mut(*at).filter(|c| !c.gone) else { continue };
                place = place.or(Some(change.place.unwrap_or(Place { context, level: category.level, instance: category.instance })));
                if own.is_some_and(|(top, _)| top == *at) {
                    continue;
                }
                if let (true, None, Some(old)) = (category.is_top(), &change.name, category.id) {
                    change.gone = true;
                    self.merged.insert(old, id);
                } else {
                    change.parent = Some(id);
                }
            }
            if let (None, Some(place)) = (own, place) {
                self.tops.push(Top { id, place });
                self.homes.insert(id, context);
            }
        }
        for (category, change) in survey.categories.iter().zip(&mut self.changes) {
            if let Some(parent) = self.merged.get(&category.parent) {
                change.parent = change.parent.or(Some(*parent));
            }
        }
    }

    fn is_root(&self, survey: &Survey, ends: &[i64], at: usize) -> bool {
        let (Some(category), Some(change)) = (survey.categories.get(at), self.changes.get(at)) else { return false };
        category.is_real() && !change.gone && (category.parent == 0 || self.homes.get(&category.parent) != ends.get(at))
    }
}

/// Where the categories of a context go, by context. What is not in it stays.
#[derive(Default)]
struct Places(HashMap<i64, Place>);

impl Places {
    fn remove_for(&mut self, category: &Category) -> Option<Place> {
        self.0.get(&category.context).copied().filter(|p| p.context != category.context || p.level != category.level)
    }
}

/// From 5.0 on: categories of the course, its category and the site get a question bank each. In the backup of one activity they go to the activity.
fn into_activities(work: &mut Work, survey: &Survey, activities: &HashMap<i64, Activity>, plan: &mut Plan) -> Result<Places, Error> {
    let m = work.course.manifest().clone();
    let old = work.from < (5, 0);
    let homeless = |c: &Category| c.is_real() && (c.level != MODULE || (old && !activities.contains_key(&c.context)));
    let mut places = Places::default();
    if !survey.categories.iter().any(homeless) {
        return Ok(places);
    }
    let empty = |c: &Category| c.is_top() && !c.info;
    let used: HashSet<i64> = survey.categories.iter().filter(|c| !empty(c)).map(|c| c.context).collect();
    let mut context = context::highest(work.course)?;
    let mut module = contents::highest_module(work.course)?;
    let first = m.activities.first().and_then(|a| activities.iter().find(|(_, other)| other.moduleid == a.moduleid));
    for (at, category) in survey.categories.iter().enumerate().filter(|(_, c)| homeless(c)) {
        if !used.contains(&category.context) {
            // A top of nothing is made by the Moodle that needs one.
            plan.changes.get_mut(at).into_iter().for_each(|c| c.gone = true);
        } else if let (true, Some((own, activity))) = (m.kind() == "activity", first) {
            let place = Place { context: *own, level: MODULE, instance: activity.moduleid };
            places.0.insert(category.context, place);
            plan.moved.insert(category.context, place.context);
        } else if !m.sections.is_empty() {
            // One bank for each level: what is the course's, its category's, the site's.
            let place = match plan.banks.iter().find(|b| b.level == category.level) {
                Some(bank) => bank.place,
                None => {
                    context = context.saturating_add(1);
                    module = module.saturating_add(1);
                    let place = Place { context, level: MODULE, instance: module };
                    plan.banks.push(NewBank { place, level: category.level });
                    place
                }
            };
            places.0.insert(category.context, place);
            plan.moved.insert(category.context, place.context);
        }
    }
    let homeless =
        survey.categories.iter().zip(&plan.changes).filter(|(c, change)| homeless(c) && !change.gone && !places.0.contains_key(&c.context));
    let n = homeless.count();
    if n > 0 {
        work.remark(
            Fate::Kept,
            Reason::OtherRelease,
            "question",
            QUESTIONS,
            format!("{n} categories of the course stay there, because the archive has no section for a question bank: a restore moves them to one"),
            format!("{n} catégories du cours y restent, car l'archive n'a pas de section pour une banque : une restauration les y déplace"),
        );
    }
    Ok(places)
}

/// Before 5.0: categories of question banks go to the course, and so do those of activities that the archive does not hold.
fn into_the_course(work: &mut Work, survey: &Survey, activities: &HashMap<i64, Activity>, plan: &mut Plan) -> Result<Places, Error> {
    let m = work.course.manifest().clone();
    let place = Place { context: m.information.course_contextid, level: COURSE, instance: m.information.course_id };
    let mut banks: Vec<(Activity, i64)> = activities.iter().filter(|(_, a)| a.modulename == "qbank").map(|(c, a)| (a.clone(), *c)).collect();
    banks.sort_by_key(|(a, _)| a.moduleid);
    let mut places = Places::default();
    for category in survey.categories.iter().filter(|c| c.level == MODULE) {
        if activities.get(&category.context).is_none_or(|a| a.modulename == "qbank") {
            places.0.insert(category.context, place);
            plan.moved.insert(category.context, place.context);
        }
    }
    let several = banks.len() > 1;
    for (bank, context) in &banks {
        let intro =
            work.course.document(&contents::own(bank))?.and_then(|d| d.child("qbank").map(|q| q.leaf("intro").to_owned())).unwrap_or_default();
        if !several && intro.is_empty() {
            continue;
        }
        // What would be lost of the bank, its name and what it says of itself, its top becomes.
        for (category, change) in survey.categories.iter().zip(&mut plan.changes).filter(|(c, _)| c.context == *context && c.is_top()) {
            change.name = Some(bank.title.clone());
            change.info = Some(intro.clone()).filter(|i| !i.is_empty() || category.info);
        }
    }
    plan.gone = banks;
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(id: i64, name: &str, context: i64, parent: i64, questions: u64) -> Category {
        Category { id: Some(id), name: name.to_owned(), context, level: MODULE, parent, questions, ..Category::default() }
    }

    fn hung(categories: Vec<Category>, place: impl Fn(&Category) -> Option<Place>) -> Plan {
        let survey = Survey { categories, ..Survey::default() };
        let mut plan = Plan { changes: vec![Change::default(); survey.categories.len()], ..Plan::default() };
        for (c, change) in survey.categories.iter().zip(&mut plan.changes) {
            change.place = place(c);
            plan.homes.insert(c.id.unwrap(), change.place.map_or(c.context, |p| p.context));
        }
        plan.hang(&survey);
        plan
    }

    #[test]
    fn a_context_with_its_top_is_left_alone() {
        let plan = hung(vec![category(1, "top", 9, 0, 0), category(2, "A", 9, 1, 3), category(3, "B", 9, 2, 3)], |_| None);
        assert!(!plan.changes());
    }

    #[test]
    fn roots_get_a_top() {
        let plan = hung(vec![category(1, "A", 9, 0, 2), category(2, "B", 9, 1, 0), category(3, "C", 9, 77, 0)], |_| None);
        assert_eq!((plan.tops.len(), plan.tops[0].id, plan.tops[0].place.context), (1, 4, 9));
        assert_eq!(plan.changes.iter().map(|c| c.parent).collect::<Vec<_>>(), [Some(4), None, Some(4)]);
    }

    #[test]
    fn tops_that_meet_are_made_one() {
        let course = Place { context: 5, level: COURSE, instance: 1 };
        let categories = vec![category(1, "top", 9, 0, 0), category(2, "A", 9, 1, 2), category(3, "top", 5, 0, 0), category(4, "B", 5, 3, 2)];
        let plan = hung(categories, |c| (c.context == 9).then_some(course));
        assert!(plan.changes[0].gone && plan.tops.is_empty());
        assert_eq!((plan.merged.get(&1), plan.changes[1].parent, plan.changes[3].parent), (Some(&3), Some(3), None));
    }

    #[test]
    fn copies_that_meet_are_told_apart() {
        let course = Place { context: 5, level: COURSE, instance: 1 };
        let like = |id| Category { stamp: "s".to_owned(), idnumber: "n".to_owned(), ..category(id, "A", id, 0, 1) };
        let mut plan = hung(vec![like(1), like(2)], |_| Some(course));
        plan.moved = HashMap::from([(1, 5), (2, 5)]);
        let survey = Survey { categories: vec![like(1), like(2)], ..Survey::default() };
        plan.tell_apart(&survey);
        let told: Vec<_> = plan.changes.iter().map(|c| (c.stamp.as_deref(), c.no_idnumber)).collect();
        assert_eq!(told, [(None, false), (Some("s+2"), true)]);
    }

    #[test]
    fn a_second_root_with_questions_hangs_below_the_top() {
        let plan = hung(vec![category(1, "top", 9, 0, 0), category(2, "top", 9, 0, 4)], |_| None);
        assert_eq!((plan.changes[0].parent, plan.changes[1].parent), (None, Some(1)));
    }
}
