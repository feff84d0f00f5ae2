//! The course's own things: sections, modules, blocks, groups, filters, criteria.

use super::depends;
use super::doc::{Doc, Kind, part};
use super::element::{Element, number};
use super::facts::{Facts, Space};
use super::finding::Findings;
use super::judge::Restored;
use super::rule::Rule;
use super::stock;
use crate::Release;
use crate::container::MANIFEST;
use crate::manifest::Manifest;
use std::collections::{HashMap, HashSet};

#[derive(Default)]
pub(super) struct Course {
    /// Section numbers, and the first section of each.
    numbers: HashMap<i64, String>,
    idnumbers: HashSet<String>,
    /// The number that the documents of a folder give the activity or section.
    own: HashMap<(String, &'static str), i64>,
    /// Groups without picture: number and name.
    faceless: Vec<(i64, String)>,
}

pub(super) fn record(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    let id = e.id();
    match (doc.kind, e.name(), e.depth()) {
        (Kind::Own, "activity", 1) => {
            context(facts, out, doc, e);
            numbered(facts, doc, "moduleid", e.attribute("moduleid").and_then(number));
        }
        (Kind::Course, "course", 1) => {
            context(facts, out, doc, e);
            let format = e.leaf("format");
            depends::uses(facts, doc, stock::Plugin::Format, format, format, "");
        }
        (Kind::Own, name, 2) if doc.path.ends_with(&format!("/{name}.xml")) => own(facts, out, doc, e),
        (Kind::Module, "module", 1) => one_module(facts, out, doc, e),
        (Kind::Section, "section", 1) => section(facts, out, doc, e),
        (Kind::Block, "block", 1) => {
            context(facts, out, doc, e);
            depends::uses(facts, doc, stock::Plugin::Block, e.leaf("blockname"), e.leaf("blockname"), "");
        }
        (Kind::Groups, "group", 2) => {
            let Some(id) = id else { return };
            facts.share(Rule::GroupNotInInforef, Space::Group, id, "groups.xml", || e.leaf("name").to_owned());
            if e.leaf("picture") == "0" {
                facts.course.faceless.push((id, e.leaf("name").to_owned()));
            }
        }
        (Kind::Groups, "grouping", 3) => {
            let Some(id) = id else { return };
            facts.share(Rule::GroupNotInInforef, Space::Grouping, id, "groups.xml", || e.leaf("name").to_owned());
        }
        (Kind::Scales, "scale", 2) => {
            let Some(id) = id else { return };
            facts.share(Rule::ScaleNotInInforef, Space::Scale, id, "scales.xml", || e.leaf("name").to_owned());
        }
        (Kind::Outcomes, "outcome", 2) => {
            let Some(id) = id else { return };
            facts.share(Rule::ScaleNotInInforef, Space::Outcome, id, "outcomes.xml", || e.leaf("shortname").to_owned());
            target(facts, Rule::ScaleTarget, doc, Space::Scale, e.number("scaleid"), e.leaf("shortname"));
        }
        (Kind::Filters, "filter_active" | "filter_config", _) => {
            let filter = e.leaf("filter");
            depends::uses(facts, doc, stock::Plugin::Filter, filter, filter, "");
        }
        (Kind::Criteria, "course_completion_criteria", _) => {
            target(facts, Rule::CriterionTarget, doc, Space::Module, e.number("moduleinstance"), "");
        }
        (Kind::Badges, "parameter", _) => {
            let cm = e.leaf("name").strip_prefix("module_").and_then(number);
            target(facts, Rule::CriterionTarget, doc, Space::Module, cm, "");
        }
        _ => {}
    }
}

/// A number that points at something, unless it is 0 or nothing.
fn target(facts: &mut Facts, rule: Rule, doc: &Doc<'_>, space: Space, id: Option<i64>, name: &str) {
    if let Some(id) = id.filter(|id| *id > 0) {
        facts.want(rule, doc, space, id, name);
    }
}

/// Every activity, block and course has a context of its own (MBZ-FORMAT §5.1).
fn context(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    if let Some(context) = e.attribute("contextid").and_then(number)
        && !facts.know(Space::Context, context)
    {
        out.add(Rule::DuplicateId, doc.path, "", format!("context {context}"));
    }
}

/// The row of the module's own table.
fn own(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    if let ("subsection", Some(id)) = (e.name(), e.id()) {
        facts.know(Space::Subsection, id);
    }
    if e.name() == "quiz" && !e.has("timeopen") {
        out.add(Rule::MissingLeaf, doc.path, e.leaf("name"), "timeopen");
    }
    if !e.has("name") {
        out.add(Rule::NameMissing, doc.path, "", "");
    }
}

fn one_module(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    target(facts, Rule::GroupingTarget, doc, Space::Grouping, e.number("groupingid"), "");
    numbered(facts, doc, "module", e.id());
    let idnumber = e.leaf("idnumber");
    if !idnumber.is_empty() && !facts.course.idnumbers.insert(idnumber.to_owned()) {
        out.add(Rule::DuplicateIdnumber, doc.path, idnumber, "");
    }
}

fn section(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    numbered(facts, doc, "section", e.id());
    if e.leaf("component") == "mod_subsection" {
        target(facts, Rule::Delegate, doc, Space::Subsection, e.number("itemid"), e.leaf("name"));
    }
    let Some(number) = e.number("number") else { return };
    if let Some(first) = facts.course.numbers.insert(number, doc.path.to_owned()) {
        out.add(Rule::SectionNumber, doc.path, e.leaf("name"), format!("number {number}, as {first}"));
    }
}

/// What points at an activity or section goes by the number in the folder; the manifest gives the same one (MBZ-FORMAT §3.4, §5.3).
fn numbered(facts: &mut Facts, doc: &Doc<'_>, what: &'static str, id: Option<i64>) {
    if let (Some(part), Some(id)) = (part(doc.path), id) {
        facts.course.own.insert((part.to_owned(), what), id);
    }
}

pub(super) fn judge(facts: &Facts, m: &Manifest, target: Release, restored: &Restored<'_>, out: &mut Findings) {
    if m.kind() == "course" && !facts.course.numbers.contains_key(&0) {
        out.add(Rule::NoSectionZero, MANIFEST, "", "");
    }
    for (id, name) in facts.course.faceless.iter().filter(|(id, _)| facts.pool.icons.contains(id)) {
        out.add(Rule::GroupPicture, "groups.xml", name, format!("group {id}"));
    }
    let sections: HashMap<i64, &crate::manifest::Section> = m.sections.iter().map(|s| (s.sectionid, s)).collect();
    let places: HashMap<i64, usize> = m.activities.iter().enumerate().map(|(at, a)| (a.moduleid, at)).collect();
    for (at, a) in m.activities.iter().enumerate() {
        if !stock::has(target, stock::Plugin::Module, &a.modulename) {
            out.add(absence(&a.modulename), &a.directory, &a.title, &a.modulename);
        }
        for what in ["module", "moduleid"] {
            mismatch(facts, restored, &a.directory, &a.title, what, a.moduleid, out);
        }
        // The backup of one activity lists no section, and the activity goes where the person says.
        if m.kind() == "activity" || !facts.head.sections || !restored.part(&a.directory) {
            continue;
        }
        match sections.get(&a.sectionid) {
            None => out.add(Rule::ActivitySection, &a.directory, &a.title, format!("section {}", a.sectionid)),
            Some(s) if s.parentcmid.and_then(|cm| places.get(&cm)).is_some_and(|parent| *parent > at) => {
                out.add(Rule::SubsectionOrder, &a.directory, &a.title, "");
            }
            Some(_) => {}
        }
        if a.modulename == "subsection" && !m.sections.iter().any(|s| s.parentcmid == Some(a.moduleid)) {
            out.add(Rule::Delegate, &a.directory, &a.title, format!("no section of course module {}", a.moduleid));
        }
    }
    for s in m.sections.iter().filter(|s| restored.part(&s.directory)) {
        mismatch(facts, restored, &s.directory, &s.title, "section", s.sectionid, out);
        if target < Release::M45 && s.modname == "subsection" {
            // The module has been named, and there is nothing to go together.
            continue;
        }
        if let Some(cm) = s.parentcmid.filter(|cm| *cm > 0 && !restored.module(*cm)) {
            out.add(Rule::Delegate, &s.directory, &s.title, format!("course module {cm}"));
        }
    }
}

/// What it means that a stock Moodle of the release has no such module: what two of them hold comes another way.
fn absence(module: &str) -> Rule {
    match module {
        "subsection" => Rule::SubsectionFlat,
        "qbank" => Rule::BankMoves,
        _ => Rule::UnknownModule,
    }
}

fn mismatch(facts: &Facts, restored: &Restored<'_>, folder: &str, title: &str, what: &'static str, id: i64, out: &mut Findings) {
    if restored.part(folder)
        && let Some(own) = facts.course.own.get(&(folder.to_owned(), what)).filter(|own| **own != id)
    {
        out.add(Rule::NumberMismatch, folder, title, format!("{what} {own}, {id} in the contents"));
    }
}
