//! The end of the pass: what is restored at all, and what points at nothing.

use super::doc::part;
use super::facts::{Facts, Space};
use super::finding::{Findings, Revision};
use super::rule::Rule;
use super::stock::{self, Plugin};
use super::{areas, course, depends, manifest, people, questions, shown, tree};
use crate::Release;
use crate::manifest::Manifest;
use std::collections::HashSet;

/// Documents at the root that only a whole course is restored from.
const OF_COURSES: &[&str] = &["badges.xml", "completion.xml", "gradebook.xml"];

/// The activities and sections that a stock Moodle restores: listed, not switched off, and of a module that it has.
pub(super) struct Restored<'a> {
    parts: HashSet<&'a str>,
    modules: HashSet<i64>,
    course: bool,
}

impl<'a> Restored<'a> {
    fn new(m: &'a Manifest, target: Release, out: &mut Findings) -> Self {
        let mut restored = Restored { parts: HashSet::new(), modules: HashSet::new(), course: m.kind() == "course" };
        let off: HashSet<&str> = m.settings.iter().filter(|s| s.value == "0" && s.name.ends_with("_included")).map(|s| s.owner.as_str()).collect();
        let no_activities = m.root_setting("activities") == Some("0");
        let mut closed = HashSet::new();
        for s in &m.sections {
            if off.contains(owner(&s.directory)) {
                closed.insert(s.sectionid);
                out.add(Rule::SwitchedOff, &s.directory, &s.title, "");
            } else {
                restored.parts.insert(&s.directory);
            }
        }
        for a in &m.activities {
            if no_activities || closed.contains(&a.sectionid) || off.contains(owner(&a.directory)) {
                out.add(Rule::SwitchedOff, &a.directory, &a.title, "");
            } else if stock::has(target, Plugin::Module, &a.modulename) {
                restored.parts.insert(&a.directory);
                restored.modules.insert(a.moduleid);
            }
        }
        restored
    }

    /// Whether the activity or section in this folder is restored.
    pub(super) fn part(&self, folder: &str) -> bool {
        self.parts.contains(folder)
    }

    pub(super) fn module(&self, cm: i64) -> bool {
        self.modules.contains(&cm)
    }

    /// Whether Moodle reads what lies at this path.
    pub(super) fn reads(&self, path: &str) -> bool {
        match part(path) {
            Some(part) => self.part(part),
            None => self.course || !(path.starts_with("course/") || OF_COURSES.contains(&path)),
        }
    }
}

/// `forum_630` of `activities/forum_630`, as settings call it.
fn owner(directory: &str) -> &str {
    directory.rsplit('/').next().unwrap_or(directory)
}

pub(super) fn judge(facts: &mut Facts, m: &Manifest, target: Release, broken: &[String], out: &mut Findings) {
    let mut own = Findings::default();
    let restored = Restored::new(m, target, &mut own);
    // What was said about documents that nobody reads.
    out.revise(|f| match (restored.reads(&f.place.entry), f.rule) {
        (true, _) => Revision::Keep,
        (false, Rule::NotWellFormed | Rule::ControlCharacter) => Revision::Become(Rule::UnreadBroken),
        (false, _) => Revision::Drop,
    });
    out.append(own);
    manifest::judge(facts, m, target, out);
    tree::judge(facts, m, target, &restored, out);
    depends::judge(facts, target, &restored, out);
    if broken.iter().any(|path| restored.reads(path)) {
        // The restore stops there, and what stands behind the fault would seem to be missing.
        return;
    }
    for context in [m.information.course_contextid, m.information.system_contextid] {
        facts.know(Space::Context, context);
    }
    let mut pool = std::mem::take(&mut facts.pool);
    pool.judge(m, |context| facts.knows(Space::Context, context) || facts.knows(Space::Bank, context), out);
    facts.pool = pool;
    people::judge(facts, m, out);
    course::judge(facts, m, target, &restored, out);
    questions::judge(facts, m, target, out);
    shown::judge(facts, m, &restored, out);
    areas::judge(facts, out);
    targets(facts, m, target, &restored, out);
    for ((space, id), shared) in &facts.shared {
        out.add(shared.rule, shared.entry, &shared.name, format!("{} {id}", space.word()));
    }
}

/// What points at something that will not be there.
fn targets(facts: &Facts, m: &Manifest, target: Release, restored: &Restored<'_>, out: &mut Findings) {
    for want in &facts.wants {
        let path = facts.path(want.doc);
        let asked = match want.rule {
            Rule::MissingPerson | Rule::AttemptOfMissingPerson => m.has_people(),
            // Without a gradebook all items come in the top category.
            Rule::GradeCategory => facts.any(Space::GradeCategory),
            Rule::InforefDangling => want.space != Space::Person || m.has_people(),
            _ => true,
        };
        let there = match want.space {
            Space::Module => restored.module(want.id),
            Space::GradeItem => facts.items.has(target, want.id),
            Space::Bank => facts.knows(Space::Bank, want.id) && !facts.bank.is_elsewhere(want.id, facts),
            space => facts.knows(space, want.id),
        };
        if asked && !there && restored.reads(path) {
            out.add_at(want.rule, path, want.line, &want.name, format!("{} {}", want.space.word(), want.id));
        }
    }
}
