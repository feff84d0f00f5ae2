//! `validate`: every rule on an archive that breaks it, the samples, and the corpus against what a real Moodle did.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use parcours_samples::corpus as support;
mod archive;
mod cases;
mod corpus;
mod releases;

use archive::Archive;
use parcours_mbz::hostile::cases as cases_of_harm;
use parcours_mbz::validate::{Language, Rule, Severity};
use parcours_mbz::{Container, Limits, Spool, convert, validate};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Cursor;
use std::path::Path;

#[test]
fn every_rule_is_broken_by_an_archive_that_breaks_nothing_else() {
    let cases = cases::all();
    let mut failures = Vec::new();
    for case in &cases {
        let mut archive = Archive::petit();
        (case.break_it)(&mut archive);
        let verdict = archive.verdict_of(case.target);
        let expected: BTreeSet<Rule> = case.also.iter().copied().chain([case.rule]).collect();
        if verdict.rules.iter().copied().collect::<BTreeSet<_>>() != expected {
            failures.push(format!("{:?}: {:#?}", case.rule, verdict.findings));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let tried: BTreeSet<Rule> = cases.iter().map(|c| c.rule).chain([Rule::UnreadableArchive]).collect();
    let untried: Vec<_> = Rule::ALL.iter().filter(|r| !tried.contains(r)).collect();
    assert!(untried.is_empty(), "no archive breaks {untried:?}");
}

#[test]
fn the_samples_restore_whole() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    for (sample, expected) in [("petit.mbz", &[][..]), ("formation.mbz", &[Rule::PrivateReply])] {
        let verdict = validate(File::open(samples.join(sample)).unwrap(), &Limits::default()).unwrap();
        assert!(verdict.is_clean() && verdict.rules == expected, "{sample}: {:#?}", verdict.findings);
    }
}

#[test]
fn what_convert_writes_is_judged_as_what_it_read() {
    let mut archive = Archive::petit();
    archive.remove("scales.xml");
    let before = archive.verdict();
    for container in [Container::Tgz, Container::Zip] {
        let out = convert(Cursor::new(archive.bytes()), Cursor::new(Vec::new()), container, &Limits::default(), Spool::new().unwrap()).unwrap().out;
        let after = validate(out, &Limits::default()).unwrap();
        assert_eq!((after.container, after.findings), (Some(container), before.findings.clone()));
    }
}

#[test]
fn what_is_no_archive_is_refused_and_nothing_else_is_said() {
    let bytes = Archive::petit().bytes();
    for bytes in [&b"hello"[..], b"", bytes.get(..bytes.len() / 2).unwrap()] {
        let verdict = validate(Cursor::new(bytes.to_vec()), &Limits::default()).unwrap();
        assert_eq!(verdict.rules, [Rule::UnreadableArchive]);
    }
}

#[test]
fn texts_in_another_encoding_stop_a_restore() {
    let mut archive = Archive::petit();
    archive.put_bytes(
        "activities/page_12/page.xml",
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<activity><page><name>\xe9t\xe9</name></page></activity>",
    );
    assert_eq!(archive.verdict().rules, [Rule::NotWellFormed]);
}

#[test]
fn an_archive_that_means_harm_is_judged_or_refused() {
    for case in cases_of_harm() {
        // Whatever it says, it says it within the limits.
        if let Ok(verdict) = validate(Cursor::new(case.bytes()), &Limits::default()) {
            assert!(case.refusal.is_none() || verdict.counts.refused > 0, "{}: {:#?}", case.name, verdict.findings);
        }
    }
}

#[test]
fn a_reference_says_where_it_stands() {
    let mut archive = Archive::petit();
    archive.edit("activities/page_12/page.xml", "Un carré :", "$@PAGEVIEWBYID*999@$");
    let verdict = archive.verdict();
    let finding = verdict.findings.first().unwrap();
    assert_eq!((finding.place.entry.as_str(), finding.place.line), ("activities/page_12/page.xml", 8));
    assert_eq!(finding.detail, "course module 999");
}

#[test]
fn a_thousand_faults_are_counted_and_not_all_are_held() {
    let mut archive = Archive::petit();
    let scales: String = (1..=1000).map(|n| format!("<scale id=\"{n}\"><name>x</name></scale>")).collect();
    archive.put("scales.xml", &format!("<scales_definition>{scales}</scales_definition>"));
    let verdict = archive.verdict();
    assert_eq!((verdict.counts.dropped, verdict.findings.len(), verdict.unlisted.get(&Rule::ScaleNotInInforef)), (1000, 500, Some(&500)));
}

#[test]
fn the_page_of_rules_is_the_table_of_rules() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/validate.md")).unwrap();
    let rows: Vec<&str> = page.lines().filter(|l| l.starts_with("| `") && l.contains("| §")).collect();
    let expected: Vec<String> =
        Rule::ALL.iter().map(|r| format!("| `{}` | {} | {} | {} |", r.code(), r.severity(), r.about().section, r.hint(Language::English))).collect();
    assert_eq!(rows, expected);
}

#[test]
fn codes_are_told_apart_and_severities_are_in_order() {
    let codes: BTreeSet<&str> = Rule::ALL.iter().map(|r| r.code()).collect();
    assert_eq!(codes.len(), Rule::ALL.len());
    assert!(Severity::Refused < Severity::Dropped && Severity::Dropped < Severity::Degraded && Severity::Degraded < Severity::Note);
}
