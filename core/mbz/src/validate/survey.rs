//! The one pass: every document through those who look at it.

use super::doc::{self, Doc, Kind};
use super::element::{Element, Visit, walk};
use super::facts::Facts;
use super::finding::{Findings, Verdict};
use super::rule::Rule;
use super::scan::Scan;
use super::{areas, conditions, course, files, grades, inforef, inner, judge, later, manifest, people, plugins, questions, serialised, shown, text};
use crate::Release;
use crate::container::{Container, MANIFEST};
use crate::error::Error;
use crate::limits::Limits;
use crate::manifest::Building;
use crate::pool::Hash;
use crate::xml::{Reader, Step};
use std::hash::{DefaultHasher, Hash as _, Hasher};
use std::io::Read;

/// Elements whose number may come again: the same tag, data set or profile field hangs on many records.
const SHARED: &[&str] = &["custom_field", "dataset_definition", "dataset_item", "tag"];

#[derive(Default)]
pub(super) struct Survey {
    facts: Facts,
    out: Findings,
    building: Building,
    manifest_broken: bool,
    /// Documents that were not read to their end.
    broken: Vec<String>,
}

impl Survey {
    pub(super) fn content(&mut self, path: &str, hash: Hash) {
        self.facts.pool.store(path, hash, &mut self.out);
    }

    pub(super) fn undetected(&mut self) {
        self.out.add(Rule::ManifestNotDetected, MANIFEST, "", "");
    }

    pub(super) fn broken(&mut self, path: &str, line: u64, what: &str) {
        self.manifest_broken |= path == MANIFEST;
        self.broken.push(path.to_owned());
        self.out.add_at(Rule::NotWellFormed, path, line, "", what);
    }

    pub(super) fn document(&mut self, input: impl Read, path: &str, limits: &Limits) -> Result<(), Error> {
        let at = u32::try_from(self.facts.docs.len()).unwrap_or(u32::MAX);
        self.facts.docs.push(path.to_owned());
        self.facts.present.insert(path.to_owned());
        self.facts.ids.clear();
        self.facts.inner.begin(path);
        let kind = doc::kind(path);
        if let Some(part) = doc::part(path) {
            self.facts.parts.insert(part.to_owned());
        }
        if let Some(folder) = crate::container::block(path) {
            self.facts.blocks.insert(folder.to_owned());
        }
        let mut returns = false;
        let mut reading = Reading { survey: self, doc: Doc { path, kind, at } };
        let result = walk(Scan::new(input, &mut returns), path, limits, &mut reading);
        if result.is_ok() {
            inner::judge(&self.facts, path, &mut self.out);
        }
        if returns {
            self.out.add(Rule::CarriageReturn, path, "", "");
        }
        result
    }

    /// The verdict of each of the Moodles asked for.
    pub(super) fn verdicts<const N: usize>(self, container: Option<Container>, targets: [Release; N]) -> [Verdict; N] {
        let Survey { mut facts, mut out, building, manifest_broken, broken } = self;
        let manifest = match building.finish() {
            // The rest can only be judged by what the manifest says is in the archive.
            Ok(manifest) => Some(manifest).filter(|_| !manifest_broken),
            Err(e) => {
                if !manifest_broken {
                    out.add(Rule::ManifestNotDetected, MANIFEST, "", e.to_string());
                }
                None
            }
        };
        targets.map(|target| {
            let mut out = out.clone();
            let Some(manifest) = &manifest else { return out.verdict(target, container, "", "") };
            judge::judge(&mut facts, manifest, target, &broken, &mut out);
            out.verdict(target, container, &manifest.information.backup_release, manifest.kind())
        })
    }
}

struct Reading<'a> {
    survey: &'a mut Survey,
    doc: Doc<'a>,
}

impl Visit for Reading<'_> {
    fn step<R: Read>(&mut self, step: Step, xml: &Reader<R>) {
        if self.doc.kind == Kind::Manifest {
            self.survey.building.take(step, xml);
        }
    }

    fn leaf(&mut self, parent: Element<'_>, leaf: Element<'_>, value: &str) {
        let Survey { facts, out, .. } = &mut *self.survey;
        let doc = &self.doc;
        match doc.kind {
            Kind::Manifest => manifest::leaf(facts, parent, leaf.name()),
            Kind::Inforef => inforef::leaf(facts, doc, parent, leaf.name(), value),
            Kind::Past => return,
            _ => {}
        }
        text::leaf(facts, out, doc, leaf, value);
        people::leaf(facts, out, doc, parent, leaf.name(), value);
        later::leaf(facts, doc, parent, leaf.name(), value);
        shown::leaf(facts, doc, parent, value);
        serialised::leaf(out, doc, parent, leaf.name(), value);
        late(facts, out, doc, parent, leaf.name(), value);
        if doc.kind == Kind::Own {
            grades::leaf(facts, doc, parent, leaf.name(), value);
            questions::leaf(facts, doc, parent, leaf.name(), value);
            inner::leaf(facts, parent, leaf.name(), value);
        }
    }

    fn record(&mut self, element: Element<'_>) {
        let Survey { facts, out, .. } = &mut *self.survey;
        let doc = &self.doc;
        if doc.kind != Kind::Past {
            once(facts, out, doc, element);
            later::record(facts, doc, element);
            plugins::record(facts, out, doc, element);
            areas::record(facts, doc, element);
        }
        match doc.kind {
            Kind::Manifest => manifest::record(facts, element),
            Kind::Files => files::record(facts, out, element),
            Kind::Users | Kind::Roles | Kind::Enrolments | Kind::Comments | Kind::Theirs => people::record(facts, out, doc, element),
            Kind::Questions => questions::record(facts, out, doc, element),
            Kind::Gradebook | Kind::Grades => grades::record(facts, out, doc, element),
            Kind::Own => {
                course::record(facts, out, doc, element);
                inner::record(facts, element);
                questions::slot(facts, out, doc, element);
            }
            Kind::Module | Kind::Section => {
                course::record(facts, out, doc, element);
                conditions::record(facts, out, doc, element);
            }
            Kind::Groups | Kind::Scales | Kind::Outcomes | Kind::Course | Kind::Block | Kind::Filters | Kind::Criteria | Kind::Badges => {
                course::record(facts, out, doc, element);
            }
            Kind::Inforef | Kind::Past | Kind::Other => {}
        }
    }

    fn said(&self) -> usize {
        let Survey { facts, out, .. } = &*self.survey;
        out.len() + facts.wants.len() + facts.doubts.len() + facts.links.len()
    }

    fn stand_at(&mut self, line: u64) {
        self.survey.out.stand_at(self.doc.path, line);
        for want in self.survey.facts.wants.iter_mut().rev().take_while(|w| w.doc == self.doc.at && w.line == 0) {
            want.line = line;
        }
        self.survey.facts.doubts.stand_at(self.doc.at, line);
        self.survey.facts.links.stand_at(self.doc.at, line);
    }
}

/// A record is dealt with when a list in it begins: leaves that stand behind it come too late (MBZ-FORMAT §2.2).
fn late(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, parent: Element<'_>, name: &str, value: &str) {
    let empty = value.trim().is_empty();
    if !empty && parent.id().is_some() && parent.has_list() && doc.kind != Kind::Manifest && facts.first(Rule::LateLeaf, doc, 0) {
        out.add(Rule::LateLeaf, doc.path, name, "");
    }
}

/// Every record of a table has a number of its own (MBZ-FORMAT §5.1).
fn once(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, element: Element<'_>) {
    let Some(id) = element.id().filter(|_| !SHARED.contains(&element.name())) else { return };
    let mut table = DefaultHasher::new();
    element.path().for_each(|name| name.hash(&mut table));
    if !facts.ids.entry(table.finish()).or_default().insert(id) {
        out.add(Rule::DuplicateId, doc.path, element.leaf("name"), format!("{} {id}", element.name()));
    }
}
