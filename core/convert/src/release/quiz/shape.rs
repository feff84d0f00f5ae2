//! `quiz.xml` written again, as its facts ask.

use super::super::context::Root;
use super::super::questions::Banks;
use super::super::target::Release;
use super::facts::Facts;
use super::slots::Slots;
use super::{Said, filter};
use parcours_mbz::xml::{Element, Rewrite};

/// The bits of all times at which something may be seen: what quizzes before 4.3 showed of the mark a question can bring.
const ALWAYS: i64 = 0x11110;

pub(super) struct Shape<'a> {
    slots: Slots<'a>,
    pub said: Said,
}

impl<'a> Shape<'a> {
    pub(super) fn new(banks: &'a Banks, release: Release, facts: &'a Facts, root: Root) -> Self {
        let mut said = Said::default();
        if !release.subsections() {
            said.grade_items = facts.grade_items;
        }
        Shape { slots: Slots { banks, release, facts, root }, said }
    }

    /// Whether anything of the quiz is of another shape.
    pub(super) fn asks(&self) -> bool {
        let Slots { banks, release, facts, .. } = self.slots;
        let filters =
            facts.filters.iter().any(|(context, text)| filter::converted(text, banks, release).is_some() || banks.context(*context) != *context);
        let states = !release.submitted() && facts.submitted + facts.unbegun > 0;
        facts.order.is_some() || facts.references < facts.slots || self.marks() || self.no_section() || filters || states
    }

    fn marks(&self) -> bool {
        self.slots.release.filters() && !self.slots.facts.maxmarks
    }

    fn no_section(&self) -> bool {
        self.slots.facts.sections == 0
    }

    /// The section that all slots are in.
    fn section(&self) -> Element {
        let shuffle = u8::from(self.slots.facts.shuffle);
        let leaves = [Element::new("firstslot", 1), Element::new("heading", ""), Element::new("shufflequestions", shuffle)];
        Element::group("sections", [Element::record("section", self.slots.root.instance, leaves)])
    }
}

impl Rewrite for Shape<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        let names: Vec<&str> = path.iter().skip(2).map(String::as_str).collect();
        match names.as_slice() {
            ["question_instances"] => true,
            ["sections"] => self.no_section(),
            ["reviewmarks"] => self.marks(),
            // Where none is, an attempt need not be held whole.
            ["attempts", "attempt"] => !self.slots.release.submitted() && self.slots.facts.submitted + self.slots.facts.unbegun > 0,
            _ => false,
        }
    }

    fn element(&mut self, _: &[String], mut element: Element, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        match element.name.as_str() {
            "question_instances" => {
                out.push(self.slots.convert(element, &mut self.said));
                if self.no_section() && !self.slots.facts.has_sections {
                    out.push(self.section());
                }
            }
            "sections" => out.push(self.section()),
            "reviewmarks" => {
                out.push(Element::new("reviewmaxmarks", ALWAYS));
                out.push(element);
            }
            "attempt" => match element.leaf("state") {
                "notstarted" => self.said.unbegun += 1,
                state => {
                    if state == "submitted" {
                        self.said.finished += 1;
                        element.set("state", "finished");
                    }
                    out.push(element);
                }
            },
            _ => out.push(element),
        }
        Ok(())
    }
}
