//! What came of a work.

use super::asked::Offer;
use crate::lang::{Lang, say};
use crate::links;
use crate::page::Page;
use crate::routes::course::report::words as fates;
use crate::words::{self, Cause};
use parcours_actions::work::{Done, KEPT, Look, Part, State, What, Work};
use parcours_course::report::{Counts, Fate};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Shown {
    title: String,
    /// Of the course, or of the file.
    name: String,
    url: String,
    done: bool,
    /// Why it failed; empty when somebody ended it.
    cause: Cause,
    /// The outcome in a sentence.
    said: Vec<String>,
    fates: Vec<Count>,
    /// The course itself.
    course: Option<Link>,
    pages: Vec<Link>,
    data: Vec<Link>,
    look: Option<Found>,
    tools: Option<Tools>,
    /// Hours until it goes by itself.
    hours: i64,
    /// Where to begin anew, and whether that is another export.
    again: String,
    exports: bool,
}

#[derive(Serialize)]
struct Count {
    fate: &'static str,
    name: String,
    count: usize,
}

#[derive(Serialize)]
struct Link {
    name: String,
    url: String,
    size: u64,
    /// What the download is called.
    file: String,
}

/// What a look at a file found.
#[derive(Serialize)]
struct Found {
    size: u64,
    /// The format it came in, when that is no backup.
    format: &'static str,
    course: String,
    release: String,
    sections: usize,
    activities: usize,
    people: u64,
    contents: u64,
    bytes: u64,
    verdicts: Vec<Verdict>,
}

#[derive(Serialize)]
struct Verdict {
    release: &'static str,
    url: String,
    refused: u64,
    dropped: u64,
    degraded: u64,
    note: u64,
}

/// What can be done with a file that was looked at.
#[derive(Serialize)]
struct Tools {
    convert: String,
    clean: String,
    compare: String,
    offer: Offer,
    others: Vec<Other>,
}

#[derive(Serialize)]
struct Other {
    id: String,
    name: String,
}

pub(super) fn title(work: &Work) -> &'static str {
    match work.what {
        What::Export { .. } => "work.export.title",
        What::Check => "work.check.title",
        What::Convert { .. } => "work.convert.title",
        What::Clean { .. } => "work.clean.title",
        What::Compare { .. } => "work.compare.title",
    }
}

impl Shown {
    /// `all` are the viewer's works: one can be compared with another.
    pub fn new(title: String, work: &Work, all: &[Work], lang: Lang) -> Shown {
        let none = Done::default();
        let (done, cause) = match &work.state {
            State::Done(done) => (done.as_ref(), Cause::default()),
            State::Failed(error) => (&none, words::of_work(lang, error)),
            State::Running(_) | State::Cancelled => (&none, Cause::default()),
        };
        let again = match work.what {
            What::Export { course, .. } => links::course_page(course, "export"),
            _ => "/check".to_owned(),
        };
        let link = |part: Part| {
            let paper = done.papers.iter().find(|p| p.part == part)?;
            let name = say(lang, part_name(part)?, &[]);
            Some(Link { name, url: links::work_part(&work.id, &part.to_string()), size: paper.size, file: paper.name.clone() })
        };
        let links = |parts: &[Part]| parts.iter().filter_map(|p| link(*p)).collect();
        Shown {
            title,
            name: work.name.clone(),
            url: links::work(&work.id),
            done: matches!(work.state, State::Done(_)),
            cause,
            said: said(&work.what, done, lang),
            fates: done.counts.map(|(counts, _)| numbers(&counts, lang)).unwrap_or_default(),
            course: link(Part::Course),
            pages: links(&[Part::Report, Part::Inventory, Part::Changes, Part::Difference]),
            data: links(&[Part::ReportData, Part::InventoryData, Part::DifferenceData]),
            look: done.look.as_ref().map(|look| found(&work.id, look, lang)),
            tools: done.look.is_some().then(|| tools(&work.id, all, lang)),
            hours: KEPT / 3600,
            again,
            exports: matches!(work.what, What::Export { .. }),
        }
    }
}

fn part_name(part: Part) -> Option<&'static str> {
    Some(match part {
        Part::Course => "work.file",
        Part::Report => "work.report",
        Part::Inventory => "work.inventory",
        Part::Changes => "work.changes",
        Part::Difference => "work.difference",
        Part::ReportData => "work.report.data",
        Part::InventoryData => "work.inventory.data",
        Part::DifferenceData => "work.difference.data",
        Part::Verdict(_) => return None,
    })
}

/// The outcome in sentences.
fn said(what: &What, done: &Done, lang: Lang) -> Vec<String> {
    let counted = |key: &str, n: u64| say(lang, key, &[("n", n.to_string())]);
    let mut said = Vec::new();
    match (what, done.changes) {
        (What::Compare { .. }, Some(0)) => said.push(say(lang, "work.compare.same", &[])),
        (What::Compare { .. }, Some(n)) => said.push(counted("work.compare.n", n)),
        (_, Some(n)) => said.push(counted("work.clean.n", n)),
        (_, None) => {}
    }
    if let Some((counts, remarks)) = done.counts {
        said.push(counted("work.items", counts.items_in as u64));
        said.push(if remarks == 0 { say(lang, "work.remarks.none", &[]) } else { counted("work.remarks", remarks as u64) });
    }
    said
}

fn numbers(counts: &Counts, lang: Lang) -> Vec<Count> {
    let all =
        [(Fate::Imported, counts.imported), (Fate::Approximated, counts.approximated), (Fate::Kept, counts.kept), (Fate::Refused, counts.refused)];
    let name = |fate| match fate {
        // Of a course that goes out, not in.
        Fate::Imported => say(lang, "work.fate.imported", &[]),
        Fate::Approximated => say(lang, "work.fate.approximated", &[]),
        Fate::Kept => say(lang, "work.fate.kept", &[]),
        Fate::Refused => say(lang, "work.fate.refused", &[]),
    };
    all.into_iter().map(|(fate, count)| Count { fate: fates::fate(fate), name: name(fate), count }).collect()
}

fn found(id: &str, look: &Look, lang: Lang) -> Found {
    let verdict = |(release, counts): &(parcours_mbz::Release, parcours_mbz::validate::Counts)| Verdict {
        release: release.name(),
        url: links::work_part(id, &Part::Verdict(*release).to_string()),
        refused: counts.refused,
        dropped: counts.dropped,
        degraded: counts.degraded,
        note: counts.note,
    };
    let i = &look.in_it;
    Found {
        size: look.size,
        format: look.from.map_or("", |f| f.title(lang.into())),
        course: i.course.clone(),
        release: if look.from.is_some() { String::new() } else { i.release.clone() },
        sections: i.sections,
        activities: i.activities,
        people: i.people,
        contents: i.contents,
        bytes: i.bytes,
        verdicts: look.verdicts.iter().map(verdict).collect(),
    }
}

fn tools(id: &str, all: &[Work], lang: Lang) -> Tools {
    let looked = |w: &&Work| w.id != id && matches!(&w.state, State::Done(done) if done.look.is_some());
    let others = all.iter().filter(looked).map(|w| Other { id: w.id.clone(), name: w.name.clone() }).collect();
    let to = |what: &str| links::check(id, what);
    Tools { convert: to("convert"), clean: to("clean"), compare: to("compare"), offer: Offer::new(true, true, lang), others }
}

impl Page for Shown {
    const TEMPLATE: &'static str = "work.html";
    #[cfg(test)]
    fn samples() -> Vec<Shown> {
        samples::works()
            .iter()
            .flat_map(|w| [Lang::Fr, Lang::En].map(|lang| Shown::new(say(lang, title(w), &[]), w, &samples::works(), lang)))
            .collect()
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use parcours_actions::work::Paper;
    use parcours_actions::{ActionError, convert::Format, inspect::Looked};
    use parcours_mbz::Release;
    use std::sync::Arc;

    pub(super) fn works() -> Vec<Work> {
        let work = |id: &str, what, state| Work { id: id.into(), name: "Oral <b>.mbz".into(), what, state };
        let paper = |part| Paper { part, name: "oral.mbz".into(), size: 12_000_000 };
        let of = || "a1".to_owned();
        let counts = Counts { items_in: 12, imported: 9, approximated: 1, kept: 1, refused: 1 };
        let done = |counts, parts: &[Part], look, changes| {
            State::Done(Arc::new(Done { counts, papers: parts.iter().map(|p| paper(*p)).collect(), look, changes }))
        };
        let look = Look {
            size: 1000,
            from: Some(Format::Gift),
            in_it: Looked {
                course: "Oral <b>".into(),
                release: "5.1".into(),
                kind: "course".into(),
                sections: 4,
                activities: 12,
                people: 3,
                contents: 5,
                bytes: 12_000,
                missing: 0,
                counts,
            },
            verdicts: Release::ALL.map(|r| (r, Default::default())),
        };
        let export = || What::Export { course: 3, people: true };
        let io = || Arc::new(ActionError::Io { doing: "writing".into(), source: std::io::Error::other("disk <full>") });
        vec![
            work("e", export(), done(Some((counts, 3)), &[Part::Course, Part::Report, Part::ReportData], None, None)),
            work("e0", export(), done(Some((Counts::default(), 0)), &[Part::Course], None, None)),
            work("f", export(), State::Failed(io())),
            work("x", export(), State::Cancelled),
            work("a1", What::Check, done(None, &[Part::Inventory, Part::InventoryData, Part::Verdict(Release::M41)], Some(look.clone()), None)),
            work("a2", What::Check, done(Some((counts, 1)), &[Part::Inventory], Some(look), None)),
            work("k", What::Clean { of: of() }, done(None, &[Part::Changes], None, Some(7))),
            work("d", What::Compare { of: of() }, done(None, &[Part::Difference, Part::DifferenceData], None, Some(0))),
            work("d2", What::Compare { of: of() }, done(None, &[Part::Difference], None, Some(2))),
            work("v", What::Convert { of: of() }, done(Some((counts, 0)), &[Part::Course, Part::Report], None, None)),
        ]
    }
}
