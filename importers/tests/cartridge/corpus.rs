//! Every archive of the corpus, as a cartridge and back.

use crate::support::*;
use parcours_course::report::{Fate, Report};
use parcours_importers::common_cartridge::{Options, Version};
use parcours_mbz::unpacked::content_path;
use parcours_mbz::validate::Severity;
use parcours_mbz::{Container, Error, Limits, Spool, Unpacked, outline, question, validate};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

type Figures = BTreeMap<(String, &'static str, String), usize>;

#[test]
fn every_archive_becomes_a_cartridge_of_each_version_and_reads_back() {
    let Some(paths) = archives() else { return };
    let (next, failures, figures) = (AtomicUsize::new(0), Mutex::new(Vec::new()), Mutex::new(Figures::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let name = path.file_name().unwrap().to_string_lossy().into_owned();
                    for fault in one(path, &figures) {
                        failures.lock().unwrap().push(format!("{name}: {fault}"));
                    }
                }
            });
        }
    });
    for ((version, item, fate), n) in figures.into_inner().unwrap() {
        eprintln!("{version:9} {item:10} {fate:14} {n}");
    }
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} faults\n{}", failures.len(), failures.join("\n"));
}

fn one(path: &Path, figures: &Mutex<Figures>) -> Vec<String> {
    let mut course = match Unpacked::open(std::fs::File::open(path).unwrap(), &Limits::default(), Spool::new().unwrap()) {
        Ok(course) => course,
        Err(Error::EmptyManifest) => return Vec::new(),
        Err(e) => return vec![e.to_string()],
    };
    let shape = outline::read(&mut course).unwrap();
    let mut questions = 0;
    question::each(&mut course, |_, q| {
        questions += usize::from(q.latest);
        Ok(())
    })
    .unwrap();
    let items = 1 + shape.sections.len() + shape.activities().count() + shape.blocks.len() + questions;
    let mut faults = Vec::new();
    for (version, hidden) in [(Version::V11, false), (Version::V13, true), (Version::Thin13, true)] {
        let (bytes, report) = written(&mut course, version, &Options { hidden, ..options() });
        let mut say = |what: String| faults.push(format!("{}: {what}", version.name()));
        count(&report, &format!("{}{}", version.name(), if hidden { "+hidden" } else { "" }), figures);
        let counts = report.counts();
        if counts.items_in != items || counts.items_in != counts.imported + counts.approximated + counts.kept + counts.refused {
            say(format!("{counts:?}, not {items} items"));
        }
        let people = people(&mut course);
        for (path, bytes) in unzip(&bytes).iter().filter(|(p, _)| !p.starts_with("web_resources/")) {
            let text = String::from_utf8_lossy(bytes);
            people.iter().filter(|p| text.contains(p.as_str())).for_each(|p| say(format!("{path} names {p}")));
        }
        super::support::faults(&bytes).into_iter().for_each(&mut say);
        let hashes = hashes(&bytes);
        match read_back(bytes) {
            Err(e) => say(e.to_string()),
            Ok((made, back)) => {
                let lost = hashes.iter().filter(|(_, hash)| !made.has(&content_path(hash)));
                lost.for_each(|(path, _)| say(format!("{path} is not in the archive again")));
                again(made, &report, &back).into_iter().for_each(&mut say);
            }
        }
    }
    faults
}

/// The files that people put into the course, by path.
fn hashes(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut pool = Unpacked::new(Spool::new().unwrap(), &Limits::default());
    let files = unzip(bytes).into_iter().filter(|(p, _)| p.starts_with("web_resources/"));
    files.map(|(path, bytes)| (path, pool.put_content(bytes.as_slice()).unwrap().0)).collect()
}

/// What would give people away: addresses, and last names that are no everyday word.
fn people(course: &mut Unpacked) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    course
        .each("users.xml", "user", |_, user| {
            all.extend(["email", "lastname"].map(|l| user.leaf(l).to_owned()).into_iter().filter(|t| t.chars().count() > 5));
            Ok(())
        })
        .unwrap();
    all
}

fn count(report: &Report, version: &str, figures: &Mutex<Figures>) {
    let mut figures = figures.lock().unwrap();
    for f in report.findings.iter().filter(|f| f.counts) {
        let item: &'static str = match f.item.as_str() {
            "activity" => "activity",
            "question" => "question",
            "section" => "section",
            "block" => "block",
            _ => "course",
        };
        *figures.entry((version.to_owned(), item, f.fate.to_string())).or_default() += 1;
    }
}

/// What is to be said against the archive that was made of the cartridge.
fn again(mut made: Unpacked, report: &Report, back: &Report) -> Vec<String> {
    let mut faults = Vec::new();
    let counts = back.counts();
    if counts.items_in != counts.imported + counts.approximated + counts.kept + counts.refused {
        faults.push(format!("reading: {counts:?}"));
    }
    for f in back.findings.iter().filter(|f| f.fate == Fate::Refused) {
        faults.push(format!("reading: {} {} {} {}", f.item, f.place, f.name, f.detail));
    }
    let bytes = made.write(Cursor::new(Vec::new()), Container::Tgz).unwrap().into_inner();
    let verdict = validate(Cursor::new(bytes), &Limits::default()).unwrap();
    let worse = verdict.findings.iter().filter(|f| f.severity != Severity::Note);
    faults.extend(worse.map(|f| format!("{} {}: {} {}", f.severity, f.rule.code(), f.place.entry, f.detail)));
    // Activities that were taken along are there again, in their order; titles and subsections are labels.
    let is_title = |place: &str| place.contains("/label_") || place.contains("/subsection_");
    let squeeze = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    let activities = report.findings.iter().filter(|f| f.counts && f.item == "activity" && f.fate != Fate::Refused && !is_title(&f.place));
    let mut asked: Vec<String> = activities.map(|f| squeeze(&f.name)).collect();
    let seen = outline::read(&mut made).unwrap();
    let mut names: Vec<String> = seen.activities().filter(|(_, a)| a.module != "label").map(|(_, a)| squeeze(&a.name)).collect();
    // Loose files stand in a folder at the end.
    if names.len() == asked.len() + 1 && names.last().is_some_and(|n| n == "Files") {
        names.pop();
    }
    // The contents of a subsection are reported before it.
    asked.sort();
    names.sort();
    if names != asked {
        faults.push(format!("{names:?}, not {asked:?}"));
    }
    let kept = report.findings.iter().filter(|f| f.counts && f.item == "question" && f.fate != Fate::Refused).count();
    let mut read = 0;
    let mut orphans = 0;
    question::each(&mut made, |_, q| {
        read += 1;
        orphans += usize::from(q.text.text.is_empty());
        Ok(())
    })
    .unwrap();
    if read < kept || orphans > 0 {
        faults.push(format!("{read} questions, {orphans} of them empty, not {kept}"));
    }
    faults
}
