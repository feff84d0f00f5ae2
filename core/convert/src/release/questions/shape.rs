//! `questions.xml` written again, as the plan says.

use super::super::work::Work;
use super::plan::{Change, Plan, Top};
use super::survey::{Survey, is_flat};
use super::{QUESTIONS, entry};
use crate::Error;
use parcours_mbz::xml::{Element, NULL, Rewrite, Tag};
use std::collections::HashMap;

pub(super) fn write(work: &mut Work, survey: &Survey, plan: &Plan) -> Result<(), Error> {
    let mut shape = Shape { survey, plan, moved: &plan.moved, at: 0, next: survey.highest };
    work.course.rewrite(QUESTIONS, &mut shape)?;
    Ok(())
}

struct Shape<'a> {
    survey: &'a Survey,
    plan: &'a Plan,
    moved: &'a HashMap<i64, i64>,
    /// How many categories have begun.
    at: usize,
    /// For questions that have no number.
    next: i64,
}

impl Shape<'_> {
    fn change(&self) -> Option<&Change> {
        self.plan.changes.get(self.at.checked_sub(1)?)
    }

    fn context(&self, text: &str) -> Option<i64> {
        self.moved.get(&text.trim().parse().ok()?).copied()
    }

    fn tag(&self, attributes: &mut [(String, String)]) {
        for (_, value) in attributes.iter_mut().filter(|(n, _)| n == "contextid") {
            if let Some(context) = self.context(value) {
                *value = context.to_string();
            }
        }
    }
}

impl Rewrite for Shape<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        match path {
            [_, category] if category == "question_category" => {
                self.at += 1;
                self.change().is_some_and(|c| c.gone)
            }
            [.., question] => question == "question" && is_flat(path),
            [] => false,
        }
    }

    fn element(&mut self, path: &[String], mut element: Element, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        // Otherwise a category that goes.
        if !is_flat(path) {
            return Ok(());
        }
        // Random questions live in the slots that draw by them.
        if element.leaf("qtype") == "random" {
            return Ok(());
        }
        element.walk_mut(&mut |e| {
            if e.name == "tag" {
                self.tag(&mut e.attributes);
            }
        });
        let number = element.id().unwrap_or_else(|| {
            self.next = self.next.saturating_add(1);
            self.next
        });
        let category = self.at.checked_sub(1).and_then(|at| self.survey.categories.get(at)?.id).unwrap_or(0);
        out.push(entry::lift(element, category, number, self.survey.entry(number)));
        Ok(())
    }

    fn start(&mut self, path: &[String], tag: &mut Tag, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        match path {
            [_, category, questions] if category == "question_category" && questions == "questions" => {
                "question_bank_entries".clone_into(&mut tag.name)
            }
            [.., last] if last == "tag" => self.tag(&mut tag.attributes),
            _ => {}
        }
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), parcours_mbz::Error> {
        if let [.., comment, leaf] = path
            && comment == "comment"
            && leaf == "contextid"
        {
            if let Some(context) = self.context(text) {
                *text = context.to_string();
            }
            return Ok(());
        }
        let ([_, _, leaf], Some(change)) = (path, self.change()) else { return Ok(()) };
        let new = match leaf.as_str() {
            "contextid" => change.place.map(|p| p.context.to_string()),
            "contextlevel" => change.place.map(|p| p.level.to_string()),
            "contextinstanceid" => change.place.map(|p| p.instance.to_string()),
            "parent" => change.parent.map(|p| p.to_string()),
            "name" => change.name.clone(),
            "info" => change.info.clone(),
            "stamp" => change.stamp.clone(),
            "idnumber" if change.no_idnumber => Some(NULL.to_owned()),
            "infoformat" => change.info.as_ref().map(|_| "1".to_owned()),
            _ => None,
        };
        if let Some(new) = new {
            *text = new;
        }
        Ok(())
    }

    fn end(&mut self, path: &[String], out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        if path.len() == 1 {
            out.extend(self.plan.tops.iter().map(top));
        }
        Ok(())
    }
}

fn top(top: &Top) -> Element {
    let leaves = [
        Element::new("name", "top"),
        Element::new("contextid", top.place.context),
        Element::new("contextlevel", top.place.level),
        Element::new("contextinstanceid", top.place.instance),
        Element::new("info", ""),
        Element::new("infoformat", 0),
        // Unlike any that a site makes, and the same every time.
        Element::new("stamp", format!("parcours+000000000000+top{}", top.place.context)),
        Element::new("parent", 0),
        Element::new("sortorder", 0),
        Element::new("idnumber", NULL),
        Element::group("question_bank_entries", []),
    ];
    Element::record("question_category", top.id, leaves)
}

#[cfg(test)]
mod tests {
    use super::super::plan::Place;
    use super::*;
    use parcours_mbz::xml::{Reader, rewrite};

    const FLAT: &str = "<question_categories><question_category id=\"3\"><name>A</name><contextid>9</contextid><contextlevel>50</contextlevel>\
        <contextinstanceid>1</contextinstanceid><parent>0</parent><questions><question id=\"7\"><qtype>essay</qtype><hidden>0</hidden><tags>\
        <tag id=\"1\" contextid=\"9\"><rawname>t</rawname></tag></tags></question><question id=\"8\"><qtype>random</qtype><questiontext>1</questiontext>\
        </question></questions></question_category></question_categories>";

    #[test]
    fn a_flat_category_becomes_entries_below_a_top() {
        let reader = || Reader::new(FLAT.as_bytes(), "questions.xml", &parcours_mbz::Limits::default());
        let mut survey = Survey::default();
        rewrite(reader(), std::io::sink(), &mut survey).unwrap();
        assert_eq!((survey.flat, survey.random.len(), survey.tags[&1].as_str()), (1, 1, "t"));
        let place = Place { context: 20, level: 70, instance: 4 };
        let changes = vec![Change { place: Some(place), parent: Some(4), ..Change::default() }];
        let plan = Plan { changes, tops: vec![Top { id: 4, place }], moved: HashMap::from([(9, 20)]), ..Plan::default() };
        let mut shape = Shape { survey: &survey, plan: &plan, moved: &plan.moved, at: 0, next: survey.highest };
        let out = rewrite(reader(), Vec::new(), &mut shape).unwrap();
        let flat: String = String::from_utf8(out).unwrap().lines().skip(1).map(str::trim).collect();
        assert!(flat.starts_with(
            "<question_categories><question_category id=\"3\"><name>A</name><contextid>20</contextid><contextlevel>70</contextlevel>\
             <contextinstanceid>4</contextinstanceid><parent>4</parent><question_bank_entries><question_bank_entry id=\"7\"><questioncategoryid>3</questioncategoryid>"
        ));
        assert!(flat.contains("<tag id=\"1\" contextid=\"20\">") && !flat.contains("random"));
        assert!(flat.contains("</question_bank_entries></question_category><question_category id=\"4\"><name>top</name><contextid>20</contextid>"));
    }
}
