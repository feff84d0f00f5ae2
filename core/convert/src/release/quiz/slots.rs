//! Slots of before 4.0, which name a question, as slots that refer to the question bank (MBZ-FORMAT §10.5).

use super::super::context::Root;
use super::super::questions::{Banks, Random};
use super::super::target::Release;
use super::Said;
use super::facts::Facts;
use super::filter;
use parcours_mbz::xml::{Element, NULL};
use std::collections::{BTreeMap, HashSet};

pub(super) struct Slots<'a> {
    pub banks: &'a Banks,
    pub release: Release,
    pub facts: &'a Facts,
    pub root: Root,
}

impl Slots<'_> {
    /// All slots of a quiz in today's shape.
    pub(super) fn convert(&self, mut instances: Element, said: &mut Said) -> Element {
        let mut slots = std::mem::take(&mut instances.children);
        if let Some(order) = self.facts.order.as_ref().filter(|_| slots.iter().any(|s| s.child("slot").is_none())) {
            slots = self.in_order(order, slots, said);
        }
        instances.children = slots.into_iter().map(|slot| self.one(slot, said)).collect();
        instances
    }

    /// Up to 2.6 the quiz said in which order its questions come, and where a page ends; a row only said what one counts.
    fn in_order(&self, order: &[i64], rows: Vec<Element>, said: &mut Said) -> Vec<Element> {
        let mut by_question: BTreeMap<i64, Element> = BTreeMap::new();
        let mut highest = 0;
        for row in rows {
            highest = highest.max(row.id().unwrap_or(0));
            // Rows made by hand may refer to the bank, whose entries had no numbers of their own then.
            let entry = row.child("question_reference").and_then(|r| r.number("questionbankentryid"));
            let question = question(&row).or_else(|| self.banks.survey.entry_of.iter().find(|(_, e)| Some(**e) == entry).map(|(q, _)| *q)).or(entry);
            by_question.entry(question.unwrap_or(0)).or_insert(row);
        }
        let (mut page, mut slots, mut seen) = (1_u64, Vec::new(), HashSet::new());
        for question in order {
            if *question == 0 {
                page += 1;
            } else if seen.insert(*question) {
                let mut slot = by_question.remove(question).unwrap_or_else(|| {
                    highest = highest.saturating_add(1);
                    let mark = self.banks.survey.marks.get(question).map_or("1.0000000", String::as_str);
                    Element::record("question_instance", highest, [Element::new("question", question), Element::new("grade", mark)])
                });
                slot.set("slot", seen.len());
                slot.set("page", page);
                slots.push(slot);
            }
        }
        said.stray += by_question.len();
        slots
    }

    fn one(&self, slot: Element, said: &mut Said) -> Element {
        if slot.name != "question_instance" {
            return slot;
        }
        if slot.child("question_reference").is_some() || slot.child("question_set_reference").is_some() {
            return self.today(slot, said);
        }
        // A slot whose question was deleted has none in any shape.
        let Some(question) = question(&slot).filter(|q| *q != 0) else { return slot };
        said.slots += 1;
        let id = slot.id().unwrap_or(0);
        let mut leaves = vec![
            Element::new("quizid", self.root.instance),
            Element::new("slot", slot.leaf("slot")),
            Element::new("page", slot.value("page").unwrap_or("1")),
        ];
        if self.release.filters() {
            leaves.push(Element::new("displaynumber", slot.value("displaynumber").unwrap_or(NULL)));
        }
        leaves.push(Element::new("requireprevious", slot.value("requireprevious").unwrap_or("0")));
        leaves.push(Element::new("maxmark", slot.value("maxmark").or(slot.value("grade")).unwrap_or("1.0000000")));
        if self.release.subsections() {
            leaves.push(Element::new("quizgradeitemid", NULL));
        }
        leaves.push(match self.banks.survey.random.get(&question) {
            Some(random) => self.random(id, &slot, *random),
            None => self.reference(id, self.banks.survey.entry(question)),
        });
        Element { children: leaves, ..slot }
    }

    fn using(&self) -> [Element; 3] {
        [Element::new("usingcontextid", self.root.context), Element::new("component", "mod_quiz"), Element::new("questionarea", "slot")]
    }

    fn reference(&self, id: i64, entry: i64) -> Element {
        let own = [Element::new("questionbankentryid", entry), Element::new("version", NULL)];
        Element::record("question_reference", id, self.using().into_iter().chain(own))
    }

    fn random(&self, id: i64, slot: &Element, random: Random) -> Element {
        // From 3.5 on the slot itself says what it draws from.
        let category = slot.number("questioncategoryid").filter(|c| *c > 0).unwrap_or(random.category);
        let subcategories = slot.number("includingsubcategories").map_or(random.subcategories, |n| n != 0);
        let random = Random { category: self.banks.category(category), subcategories };
        let tags: Vec<String> = slot.records("tags", "tag").map(|t| format!("{},{}", t.leaf("tagid"), t.leaf("tagname"))).collect();
        let context = self.banks.context_of(random.category).unwrap_or(self.root.context);
        let own = [Element::new("questionscontextid", context), Element::new("filtercondition", filter::lifted(random, &tags, self.release))];
        Element::record("question_set_reference", id, self.using().into_iter().chain(own))
    }

    /// A slot of today: its random source may have moved, and its form may be another release's.
    fn today(&self, mut slot: Element, said: &mut Said) -> Element {
        let Some(set) = slot.child_mut("question_set_reference") else { return slot };
        let before = set.leaf("filtercondition").to_owned();
        if let Some(filter) = filter::converted(&before, self.banks, self.release) {
            said.filters += usize::from(filter.less);
            said.tags += filter.nameless;
            set.set("filtercondition", filter.text);
        }
        let context = set.number("questionscontextid").unwrap_or(0);
        let home = filter::category(&before).and_then(|c| self.banks.context_of(self.banks.category(c)));
        let now = home.filter(|_| self.banks.context(context) != context).unwrap_or_else(|| self.banks.context(context));
        if now != context {
            set.set("questionscontextid", now);
        }
        slot
    }
}

fn question(slot: &Element) -> Option<i64> {
    slot.number("questionid").or_else(|| slot.number("question"))
}
