//! The corpus: what a real Moodle 5.1 did with each archive, and what the other, smaller opinion says of it.

use super::support::{each, shared};
use parcours_mbz::validate::{Rule, Severity, Verdict};
use parcours_mbz::{Limits, validate};
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What Moodle 5.1 did, by file name: the last column of both lists.
fn restored(shared: &Path) -> HashMap<String, String> {
    let lists = [shared.join("corpus/MANIFEST.tsv"), shared.join("corpus/magistere/MANIFEST.tsv")];
    let rows = |list: &PathBuf| std::fs::read_to_string(list).unwrap().lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let row = |row: String| {
        let name = row.split('\t').next()?.rsplit('/').next()?.to_owned();
        Some((name, row.rsplit('\t').next()?.to_owned()))
    };
    lists.iter().flat_map(rows).filter_map(row).collect()
}

fn verdict(path: &Path) -> Verdict {
    validate(File::open(path).unwrap(), &Limits::default()).unwrap()
}

#[test]
fn what_moodle_restored_is_not_refused_and_what_it_refused_is_explained() {
    let Some(shared) = shared() else { return };
    let restored = restored(&shared);
    let failures = each(&shared, |path| {
        let verdict = verdict(path);
        let truth = restored.get(path.file_name().unwrap().to_str().unwrap()).ok_or("not in the lists")?;
        let fair = match (truth.starts_with("ok"), truth.contains("will cause conflict")) {
            (true, _) => verdict.counts.refused == 0,
            // Whether a username is taken, only the site knows.
            (false, true) => verdict.counts.refused > 0 || verdict.breaks(Rule::CommonUsername),
            (false, false) => verdict.counts.refused > 0,
        };
        let locked = !truth.contains("has availability condition on") || verdict.breaks(Rule::ConditionTarget);
        let absent = !truth.contains("Missing file in backup") || verdict.breaks(Rule::MissingContent);
        let random = !truth.contains("question_set_reference") || verdict.breaks(Rule::RandomSource);
        if fair && locked && absent && random { Ok(()) } else { Err(format!("{truth}\n{:#?}", verdict.findings)) }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn activities_that_moodle_left_out_are_named() {
    let Some(shared) = shared() else { return };
    let restored = restored(&shared);
    let failures = each(&shared, |path| {
        let truth = &restored[path.file_name().unwrap().to_str().unwrap()];
        // `10 of 46 activities kept`; for the others Moodle's own new question banks are in the number.
        let Some(counts) = truth.split(" activities kept").next().filter(|t| t.len() < truth.len()) else { return Ok(()) };
        let mut numbers = counts.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<usize>().ok());
        let (kept, all) = (numbers.next().unwrap(), numbers.next().unwrap());
        let out = verdict(path).findings.iter().filter(|f| f.rule == Rule::UnknownModule).count();
        if kept + out == all { Ok(()) } else { Err(format!("{truth}: {out} named")) }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn whatever_the_other_opinion_finds_lost_is_found() {
    let Some(shared) = shared() else { return };
    let tool = shared.join("tools/mbz_lint.py");
    let failures = each(&shared, |path| {
        let said = Command::new("python3").arg(&tool).arg(path).output().unwrap();
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let lines: Vec<&str> = said.lines().filter(|l| l.starts_with("  refused: ") || l.starts_with("  dropped: ")).collect();
        let verdict = verdict(path);
        let missed: Vec<&&str> = lines.iter().filter(|l| !has_counterpart(l, &verdict)).collect();
        let refused = lines.iter().any(|l| l.starts_with("  refused"));
        match missed.is_empty() && refused == (verdict.counts.refused > 0) {
            true => Ok(()),
            false => Err(format!("{missed:#?}\n{:#?}", verdict.counts)),
        }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Whether one of our findings is about the same thing, at least as severe.
fn has_counterpart(line: &str, verdict: &Verdict) -> bool {
    let (severity, text) = line.trim().split_once(": ").unwrap();
    let severity = if severity == "refused" { Severity::Refused } else { Severity::Dropped };
    let rules: &[Rule] = match text {
        t if t.contains("detection wants") || t.contains("information element") => &[Rule::ManifestNotDetected],
        t if t.contains("not well-formed") => &[Rule::NotWellFormed, Rule::ControlCharacter],
        t if t.contains("is missing while") => &[Rule::MissingForSetting],
        t if t.contains("is missing") => &[Rule::MissingDocument],
        t if t.contains("_userinfo") => &[Rule::UserinfoMissing],
        t if t.contains("no inforef.xml") => &[Rule::NoInforef, Rule::UnknownModule],
        t if t.contains("not in the contents list") => &[Rule::NotInContents],
        t if t.contains("question category") && t.contains("is in no inforef") => &[Rule::CategoryNotInInforef],
        t if t.contains("is in no inforef") => &[Rule::FileNotInInforef],
        t if t.contains("is not in the pool") => &[Rule::MissingContent],
        t if t.contains("does not match its hash") => &[Rule::WrongHash],
        t if t.contains("without parent in context") => &[Rule::SeveralTops],
        _ => return false,
    };
    // Where the line names a folder or document, so does the finding.
    let place = text.split([' ', ':']).find(|w| w.starts_with("activities/") || w.ends_with(".xml")).unwrap_or_default();
    verdict.findings.iter().any(|f| {
        let same = place.is_empty() || f.place.entry.starts_with(place) || place.starts_with(&f.place.entry) || f.rule == Rule::ManifestNotDetected;
        rules.contains(&f.rule) && f.severity <= severity && same
    })
}
