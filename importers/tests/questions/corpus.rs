//! The question banks of the corpus, through each format and back.

use crate::archive;
use crate::support;
use crate::way::{ALL, Format};
use parcours_course::question::Question;
use parcours_course::report::Fate;
use parcours_importers::bank::fields;
use parcours_mbz::validate::{Rule, Severity};
use parcours_mbz::{Limits, Spool, Unpacked};
use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Mutex;

/// By type: questions, and how many came back whole.
type Figures = BTreeMap<(String, &'static str), (usize, usize, usize)>;

#[test]
fn every_bank_goes_through_every_format() {
    let Some(shared) = support::shared() else { return };
    let figures: Mutex<Figures> = Mutex::default();
    let lost: Mutex<BTreeMap<(&'static str, String), usize>> = Mutex::default();
    let failures = support::each(&shared, |path| {
        let Ok(mut course) = Unpacked::open(File::open(path).unwrap(), &Limits::default(), Spool::new().unwrap()) else { return Ok(()) };
        let before = archive::questions(&mut course);
        if before.is_empty() {
            return Ok(());
        }
        for format in ALL {
            there_and_back(*format, &mut course, before.iter().map(|(_, q)| q), &figures, &lost).map_err(|e| format!("{}: {e}", format.name()))?;
        }
        Ok(())
    });
    for ((kind, format), (all, whole, refused)) in figures.into_inner().unwrap() {
        println!("{format:12} {kind:18} {all:6} questions, {whole:6} whole, {refused:5} refused");
    }
    for ((format, field), n) in lost.into_inner().unwrap() {
        println!("{format:12} {field:40} {n}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn there_and_back<'a>(
    format: Format,
    course: &mut Unpacked,
    before: impl Iterator<Item = &'a Question>,
    figures: &Mutex<Figures>,
    lost: &Mutex<BTreeMap<(&'static str, String), usize>>,
) -> Result<(), String> {
    let (bytes, report) = format.write(course).map_err(|e| e.to_string())?;
    let (mut made, read) = format.read(&bytes).map_err(|e| e.to_string())?;
    let after = archive::questions(&mut made);
    let before: Vec<&Question> = before.collect();
    let (out, back) = (report.counts(), read.counts());
    if out.items_in != before.len() || out.items_in - out.refused != back.items_in || back.items_in - back.refused != after.len() {
        return Err(format!("{} questions, {out:?}, {back:?}, {} questions", before.len(), after.len()));
    }
    let packed = made.write(std::io::Cursor::new(Vec::new()), parcours_mbz::Container::Tgz).map_err(|e| e.to_string())?;
    let verdict = parcours_mbz::validate(packed, &Limits::default()).map_err(|e| e.to_string())?;
    // A picture that is not in the archive, or has no place in GIFT, is not there afterwards.
    if let Some(f) = verdict.findings.iter().find(|f| f.severity != Severity::Note && f.rule != Rule::FileOfText) {
        return Err(format!("{f:?}"));
    }
    // Categories that became one changed the order.
    let mut came: Vec<Question> = after.into_iter().map(|(_, q)| q).collect();
    let findings: Vec<_> = report.findings.iter().filter(|f| f.counts).collect();
    for (q, finding) in before.iter().zip(findings) {
        let mut figures = figures.lock().unwrap();
        let (all, whole, refused) = figures.entry((q.kind().to_owned(), format.name())).or_default();
        *all += 1;
        if finding.fate == Fate::Refused {
            *refused += 1;
            continue;
        }
        let same = |c: &&(usize, &Question)| c.1.kind() == q.kind() && c.1.name.trim() == q.name.trim();
        let candidates: Vec<_> = came.iter().enumerate().collect();
        let near = candidates.iter().filter(same).min_by_key(|(_, c)| fields(q, c).len()).or(candidates.first());
        let Some(at) = near.map(|(at, _)| *at) else { return Err("one is missing".to_owned()) };
        let came = came.remove(at);
        let differ = fields(q, &came);
        if (finding.fate == Fate::Imported) != differ.is_empty() && !finding.detail.contains("leads nowhere") {
            return Err(format!("{:?} {finding:?} lacks {differ:?}\n{q:?}\n{came:?}", q.name));
        }
        if std::env::var_os("SHOW").is_some_and(|s| s == format!("{} {}", format.name(), q.kind()).as_str()) && !differ.is_empty() {
            println!("{differ:?}\n{q:?}\n{came:?}");
        }
        *whole += usize::from(differ.is_empty());
        for field in differ {
            *lost.lock().unwrap().entry((format.name(), format!("{} {field}", q.kind()))).or_default() += 1;
        }
    }
    Ok(())
}
