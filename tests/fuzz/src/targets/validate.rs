//! Whole archives through `validate`: the same verdict every time, and none that is worse for what we write.

use super::{refused, small};
use crate::Release;
use parcours_mbz::hostile::Tar;
use parcours_mbz::validate::{Severity, Verdict, validate};
use parcours_mbz::{Container, Limits, Spool, convert};
use std::collections::BTreeSet;
use std::io::Cursor;

pub const TARGET: Release = Release {
    name: "validate",
    run,
    seeds: Vec::new,
    words: &[
        "\n=== ",
        "\n=== users.xml\n",
        "\n=== groups.xml\n",
        "\n=== scales.xml\n",
        "\n=== outcomes.xml\n",
        "\n=== completion.xml\n",
        "\n=== badges.xml\n",
        "\n=== activities/page_7/grades.xml\n",
        "\n=== activities/quiz_8/quiz.xml\n",
        "\n=== course/blocks/html_9/block.xml\n",
        "\n=== course/enrolments.xml\n",
        "<id>",
        "</id>",
        "$@NULL@$",
        "$@PAGEVIEWBYID*9@$",
        "@@PLUGINFILE@@/",
        "{\"op\":\"&amp;\",\"c\":[],\"showc\":[]}",
        "&#1;",
        "\u{1}",
        "\u{1f600}",
        "<configdata>Tzo4OiJzdGRDbGFzcyI6MDp7fQ==</configdata>",
        "=##gi1##",
        "<parent>1</parent>",
        "1e9",
        "253402300800",
    ],
    runs: 4_000,
};

/// Entries one after the other, each behind a line `=== PATH`; without such a line, a manifest alone.
pub fn run(input: &[u8]) {
    let archive = archive(input);
    let limits = small();
    let verdict = match validate(Cursor::new(archive.clone()), &limits) {
        Ok(verdict) => verdict,
        Err(e) => return refused(&e),
    };
    consistent(&verdict);
    let again = validate(Cursor::new(archive.clone()), &limits).expect("as before");
    assert_eq!((&again.findings, again.counts), (&verdict.findings, verdict.counts));
    let spool = Spool::new().expect("a spool");
    match convert(Cursor::new(archive), Cursor::new(Vec::new()), Container::Zip, &limits, spool) {
        Ok(converted) => {
            let after = validate(Cursor::new(converted.out.into_inner()), &Limits::default()).expect("what we write is read");
            let worse: Vec<_> = harms(&after).difference(&harms(&verdict)).cloned().collect();
            assert!(worse.is_empty() || !verdict.unlisted.is_empty(), "converting adds {worse:?}");
        }
        Err(e) => refused(&e),
    }
}

fn consistent(verdict: &Verdict) {
    let c = verdict.counts;
    let unlisted: u64 = verdict.unlisted.values().sum();
    assert_eq!(c.refused + c.dropped + c.degraded + c.note, verdict.findings.len() as u64 + unlisted);
    assert!(verdict.findings.is_sorted_by_key(|f| f.severity), "worst first");
    assert!(verdict.findings.iter().all(|f| verdict.breaks(f.rule) && f.severity == f.rule.about().severity));
    assert_eq!(verdict.is_clean(), c.refused + c.dropped == 0);
    assert!(serde_json::to_string(verdict).is_ok());
}

fn harms(verdict: &Verdict) -> BTreeSet<(&'static str, String, String)> {
    let harms = verdict.findings.iter().filter(|f| f.severity != Severity::Note);
    harms.map(|f| (f.rule.about().code, f.place.entry.clone(), f.name.clone())).collect()
}

fn archive(input: &[u8]) -> Vec<u8> {
    let text = [b"\n", input].concat();
    let mut tar = Tar::bare();
    let mut parts = split(&text, b"\n=== ").into_iter();
    let head = parts.next().unwrap_or_default();
    if head.len() > 1 {
        tar = tar.file("moodle_backup.xml", head.get(1..).unwrap_or_default());
    }
    for part in parts {
        let end = part.iter().position(|b| *b == b'\n').unwrap_or(part.len());
        let path = String::from_utf8_lossy(part.get(..end).unwrap_or_default()).into_owned();
        tar = tar.file(&path, part.get(end + 1..).unwrap_or_default());
    }
    tar.gz()
}

fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(window) = bytes.get(at..at + mark.len()) {
        if window == mark {
            parts.push(bytes.get(from..at).unwrap_or_default());
            from = at + mark.len();
            at = from;
        } else {
            at += 1;
        }
    }
    parts.push(bytes.get(from..).unwrap_or_default());
    parts
}
