//! What follows the categories: their files, and the lists of what each part uses (MBZ-FORMAT §5.2, §6.4).

use super::super::work::Work;
use super::plan::{COURSE, Plan};
use super::survey::Survey;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::manifest::Activity;
use parcours_mbz::xml::{Element, Rewrite};
use std::collections::{HashMap, HashSet};

pub(super) fn follow(work: &mut Work, survey: &Survey, plan: &Plan, activities: &HashMap<i64, Activity>) -> Result<(), Error> {
    if !plan.moved.is_empty() || !plan.gone.is_empty() {
        let gone = plan.gone.iter().map(|(_, context)| *context).collect();
        let mut files = Files { moved: &plan.moved, gone, left_out: 0 };
        work.course.rewrite("files.xml", &mut files)?;
        if files.left_out > 0 {
            let n = files.left_out;
            work.remark(
                Fate::Refused,
                Reason::OtherRelease,
                "file",
                "files.xml",
                format!("{n} files of the introductions of question banks have no place"),
                format!("{n} fichiers de présentations de banques de questions n'ont pas de place"),
            );
        }
    }
    if survey.categories.is_empty() {
        return Ok(());
    }
    lists(work, survey, plan, activities)
}

/// Files of questions go with their category; other files of a bank that is gone go.
struct Files<'a> {
    moved: &'a HashMap<i64, i64>,
    gone: HashSet<i64>,
    left_out: u64,
}

impl Rewrite for Files<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        path.len() == 2
    }

    fn element(&mut self, _: &[String], mut file: Element, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        let context = file.number("contextid").unwrap_or(0);
        let of_questions = file.leaf("component") == "question" || file.leaf("component").starts_with("qtype");
        if let Some(to) = self.moved.get(&context).filter(|_| of_questions) {
            file.set("contextid", to);
        } else if self.gone.contains(&context) {
            self.left_out += u64::from(file.leaf("filename") != ".");
            return Ok(());
        }
        out.push(file);
        Ok(())
    }
}

/// The lists of categories: what is merged or moved, new tops, and what no list had.
fn lists(work: &mut Work, survey: &Survey, plan: &Plan, activities: &HashMap<i64, Activity>) -> Result<(), Error> {
    let banks: HashSet<i64> = plan.banks.iter().map(|b| b.place.context).collect();
    let known: HashSet<i64> = survey.categories.iter().filter_map(|c| c.id).collect();
    let mut listed: HashSet<i64> = HashSet::new();
    let documents: Vec<String> = work.course.documents().into_iter().filter(|p| p.ends_with("/inforef.xml")).collect();
    for path in &documents {
        let mut before = Vec::new();
        work.course.each(path, "question_category", |_, e| {
            before.extend(e.number("id"));
            Ok(())
        })?;
        let mut after: Vec<i64> = Vec::new();
        let mut seen = HashSet::new();
        for id in &before {
            let id = plan.merged.get(id).copied().unwrap_or(*id);
            // What is in a bank is the bank's to list, and what went with an empty top is nobody's.
            let kept = match plan.context_of(id) {
                Some(context) => !(path.starts_with("course/") && banks.contains(&context)),
                None => !known.contains(&id),
            };
            if kept && seen.insert(id) {
                after.push(id);
            }
        }
        let contexts: HashSet<i64> = after.iter().filter_map(|id| plan.context_of(*id)).collect();
        after.extend(plan.tops.iter().filter(|t| contexts.contains(&t.place.context) && seen.insert(t.id)).map(|t| t.id));
        listed.extend(&after);
        if after != before {
            work.course.rewrite(path, &mut List::of(after))?;
        }
    }
    let mut missing: HashMap<String, Vec<i64>> = HashMap::new();
    let full = survey.categories.iter().filter(|c| c.questions > 0 || !plan.moved.is_empty()).filter_map(|c| c.id);
    let levels: HashMap<i64, i64> =
        plan.changes.iter().filter_map(|c| c.place).chain(plan.tops.iter().map(|t| t.place)).map(|p| (p.context, p.level)).collect();
    for id in full.chain(plan.tops.iter().map(|t| t.id)).filter(|id| !listed.contains(id)) {
        if let Some(path) = plan.context_of(id).and_then(|context| owner(work, context, &levels, plan, activities)) {
            missing.entry(path).or_default().push(id);
        }
    }
    let mut missing: Vec<_> = missing.into_iter().collect();
    missing.sort();
    for (path, ids) in missing {
        if !work.course.has(&path) {
            work.course.put(&path, &Element::group("inforef", []))?;
        }
        let mut all = Vec::new();
        work.course.each(&path, "question_category", |_, e| {
            all.extend(e.number("id"));
            Ok(())
        })?;
        all.extend(ids);
        work.course.rewrite(&path, &mut List::of(all))?;
    }
    Ok(())
}

/// The list of the part that a context belongs to.
fn owner(work: &Work, context: i64, levels: &HashMap<i64, i64>, plan: &Plan, activities: &HashMap<i64, Activity>) -> Option<String> {
    let m = work.course.manifest();
    let gone = |a: &Activity| plan.gone.iter().any(|(bank, _)| bank.moduleid == a.moduleid);
    let folder = match activities.get(&context).filter(|a| !gone(a)) {
        Some(activity) => activity.directory.as_str(),
        None if m.kind() == "course" && levels.get(&context).is_none_or(|level| *level == COURSE) => "course",
        None => {
            let some = m.activities.iter().find(|a| a.modulename == "quiz").or(m.activities.first()).map(|a| &a.directory);
            some.or(m.sections.first().map(|s| &s.directory))?
        }
    };
    Some(format!("{folder}/inforef.xml"))
}

/// Writes one list of categories in the place of the one that is there, or behind the others.
struct List {
    ids: Option<Vec<i64>>,
}

impl List {
    fn of(ids: Vec<i64>) -> Self {
        List { ids: Some(ids).filter(|ids| !ids.is_empty()) }
    }

    fn element(ids: &[i64]) -> Element {
        Element::group("question_categoryref", ids.iter().map(|id| Element::group("question_category", [Element::new("id", id)])))
    }
}

impl Rewrite for List {
    fn takes(&mut self, path: &[String]) -> bool {
        matches!(path, [_, list] if list == "question_categoryref")
    }

    fn element(&mut self, _: &[String], _: Element, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        out.extend(self.ids.take().map(|ids| List::element(&ids)));
        Ok(())
    }

    fn end(&mut self, path: &[String], out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        if path.len() == 1 {
            out.extend(self.ids.take().map(|ids| List::element(&ids)));
        }
        Ok(())
    }
}
