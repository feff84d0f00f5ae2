//! What is in an archive, told before anything is written.

use crate::lang::{Lang, say};
use crate::page::Page;
use crate::routes::course::view;
use parcours_actions::dates::{self, Style};
use parcours_actions::import::Made;
use parcours_course::report::{Fate, Reason};
use parcours_mbz::inspect::Inventory;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Dates of an archive carry no zone; this is the one of the platform's people.
const ZONE: &str = "Europe/Paris";
/// Remarks shown before the import; all of them stand in the report after it.
const REMARKS: usize = 20;

#[derive(Serialize)]
pub(crate) struct Ready {
    file_name: String,
    /// Of the archive as sent, in bytes.
    size: u64,
    course: String,
    short_name: String,
    /// `5.1+ (Build: 20251017)`.
    release: String,
    site: String,
    made: String,
    /// The format it came in, when that is another one than a backup.
    format: &'static str,
    sections: usize,
    activities: u64,
    runs: u64,
    kept: u64,
    kinds: Vec<Kind>,
    people: u64,
    files: u64,
    file_bytes: u64,
    missing: u64,
    /// Unpacked, in bytes.
    bytes: u64,
    remarks: Vec<Remark>,
    more: usize,
}

/// Activities of one module.
#[derive(Serialize)]
struct Kind {
    name: String,
    icon: &'static str,
    count: u64,
    runs: bool,
}

#[derive(Serialize)]
struct Remark {
    reason: String,
    name: String,
    place: String,
    detail: String,
}

impl Ready {
    pub fn new(file_name: String, size: u64, found: &Inventory, made: Option<&Made>, lang: Lang) -> Ready {
        let fates: HashMap<&str, Fate> = found.report.findings.iter().filter(|f| f.item == "activity").map(|f| (f.place.as_str(), f.fate)).collect();
        let mut kinds: BTreeMap<(&str, bool), u64> = BTreeMap::new();
        for a in &found.manifest.activities {
            let runs = matches!(fates.get(a.directory.as_str()), Some(Fate::Imported | Fate::Approximated));
            *kinds.entry((a.modulename.as_str(), runs)).or_default() += 1;
        }
        let sum = |runs: bool| kinds.iter().filter(|((_, r), _)| *r == runs).map(|(_, n)| n).sum();
        let info = &found.manifest.information;
        // Of a course in another format: what is not in it as it was.
        let before = made.iter().flat_map(|m| &m.report.findings).filter(|f| f.reason != Reason::AsItCame && f.reason != Reason::Invented);
        let remarks: Vec<_> = before.chain(found.report.findings.iter().filter(|f| !f.counts)).collect();
        Ready {
            file_name,
            size,
            course: info.course_fullname.clone(),
            short_name: info.course_shortname.clone(),
            // A backup that was made just now has a release and a date that say nothing.
            release: if made.is_some() {
                String::new()
            } else if info.moodle_release.is_empty() {
                info.backup_release.clone()
            } else {
                info.moodle_release.clone()
            },
            site: info.wwwroot.clone(),
            made: if made.is_some() { String::new() } else { day(info.backup_date, lang) },
            format: made.map_or("", |m| m.from.title(lang.into())),
            sections: found.manifest.sections.len(),
            activities: sum(true) + sum(false),
            runs: sum(true),
            kept: sum(false),
            kinds: kinds
                .iter()
                .map(|((module, runs), n)| Kind { name: kind(lang, module), icon: view::icon(module, ""), count: *n, runs: *runs })
                .collect(),
            people: found.people,
            files: found.files.contents,
            file_bytes: found.files.bytes,
            missing: found.files.missing,
            bytes: found.sizes.bytes,
            more: remarks.len().saturating_sub(REMARKS),
            remarks: remarks
                .into_iter()
                .take(REMARKS)
                .map(|f| Remark {
                    reason: crate::routes::course::report::words::reason(lang, f.reason),
                    name: f.name.clone(),
                    place: f.place.clone(),
                    detail: f.detail.clone(),
                })
                .collect(),
        }
    }
}

/// Empty for the year 0 of Moodle, which means none.
fn day(time: i64, lang: Lang) -> String {
    if time == 0 { String::new() } else { dates::format(time, Style::Date, lang.code(), &dates::zone(ZONE, "UTC"), time) }
}

/// A module's name for people; one of a private plugin is shown as the archive says it.
pub(crate) fn kind(lang: Lang, module: &str) -> String {
    let key = match module {
        "assign" => "kind.assign",
        "bigbluebuttonbn" => "kind.bigbluebuttonbn",
        "book" => "kind.book",
        "chat" => "kind.chat",
        "choice" => "kind.choice",
        "data" => "kind.data",
        "feedback" => "kind.feedback",
        "folder" => "kind.folder",
        "forum" => "kind.forum",
        "glossary" => "kind.glossary",
        "h5pactivity" | "hvp" => "kind.h5p",
        "imscp" => "kind.imscp",
        "label" => "kind.label",
        "lesson" => "kind.lesson",
        "lti" => "kind.lti",
        "page" => "kind.page",
        "questionnaire" => "kind.questionnaire",
        "quiz" => "kind.quiz",
        "resource" => "kind.resource",
        "scorm" => "kind.scorm",
        "subsection" => "kind.subsection",
        "survey" => "kind.survey",
        "url" => "kind.url",
        "wiki" => "kind.wiki",
        "workshop" => "kind.workshop",
        other => return other.to_owned(),
    };
    say(lang, key, &[])
}

impl Page for Ready {
    const TEMPLATE: &'static str = "job-ready.html";
    #[cfg(test)]
    fn samples() -> Vec<Ready> {
        vec![
            Ready::new("oral.mbz".into(), 12_000_000, &samples::inventory(true), None, Lang::Fr),
            Ready::new("vide.mbz".into(), 1, &samples::inventory(false), None, Lang::En),
            Ready::new("cours.imscc".into(), 1, &samples::inventory(true), Some(&samples::made()), Lang::Fr),
        ]
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use parcours_actions::convert::Format;
    use parcours_course::report::Report;
    use parcours_mbz::container::Container;
    use parcours_mbz::inspect::{Files, Sizes};
    use parcours_mbz::manifest::{Activity, Information, Manifest, Section};

    pub(super) fn made() -> Made {
        let mut report = Report::default();
        report.item(Fate::Refused, Reason::OtherFormat, "file", "web/<b>.swf", "Animation <b>");
        Made { from: Format::Gift, report }
    }

    pub(super) fn inventory(full: bool) -> Inventory {
        let mut report = Report::default();
        let mut manifest = Manifest::default();
        if full {
            for (i, (module, fate)) in
                [("forum", Fate::Imported), ("forum", Fate::Imported), ("quiz", Fate::Kept), ("privé<b>", Fate::Kept)].into_iter().enumerate()
            {
                let directory = format!("activities/{module}_{i}");
                report.item(fate, Reason::AsItCame, "activity", &directory, module);
                manifest.activities.push(Activity { modulename: module.into(), directory, ..Activity::default() });
            }
            for _ in 0..30 {
                report.remark(Fate::Kept, Reason::MissingContent, "file", "files.xml", "0a1b");
            }
            manifest.sections.push(Section::default());
            manifest.information = Information {
                course_fullname: "Enseigner l’oral".into(),
                course_shortname: "ORAL".into(),
                moodle_release: "3.5.2 (Build: 20180910)".into(),
                wwwroot: "https://magistere.example".into(),
                backup_date: 1_541_000_000,
                ..Information::default()
            };
        }
        Inventory {
            container: Container::Tgz,
            manifest,
            activities: BTreeMap::new(),
            people: if full { 24 } else { 0 },
            files: Files { contents: 31, bytes: 9_000_000, missing: u64::from(full), ..Files::default() },
            sizes: Sizes { bytes: 40_000_000, ..Sizes::default() },
            report,
            sections: Vec::new(),
            plugins: Vec::new(),
            parts: Default::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_activity_is_counted_once_as_running_or_kept() {
        let ready = Ready::new(String::new(), 0, &samples::inventory(true), None, Lang::Fr);
        assert_eq!((ready.activities, ready.runs, ready.kept), (4, 2, 2));
        assert_eq!(ready.kinds.iter().map(|k| k.count).sum::<u64>(), ready.activities);
        assert_eq!((ready.remarks.len(), ready.more), (REMARKS, 10));
        assert_eq!(ready.made, "31 octobre 2018");
    }
}
