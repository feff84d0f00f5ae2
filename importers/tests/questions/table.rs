//! What of each type survives each format, there and back: computed, field by field.

use crate::archive;
use crate::samples;
use crate::way::{ALL, Format};
use parcours_course::Report;
use parcours_course::question::{Body, Question};
use parcours_course::report::Fate;
use parcours_importers::bank::fields;
use parcours_mbz::validate::{Finding, Rule, Severity};
use std::fmt::Write;

/// Each sample with what came back of it, if anything, and what the writer said.
pub fn through(format: Format) -> (Vec<(Question, Option<Question>)>, Report) {
    let mut course = archive::of(samples::all());
    let before: Vec<Question> = archive::questions(&mut course).into_iter().map(|(_, q)| q).collect();
    let (bytes, report) = format.write(&mut course).unwrap();
    let (mut course, _) = format.read(&bytes).unwrap();
    let after = archive::questions(&mut course);
    let find = |q: &Question| after.iter().map(|(_, a)| a).find(|a| a.name == q.name).cloned();
    (
        before
            .into_iter()
            .map(|q| {
                let a = find(&q);
                (q, a)
            })
            .collect(),
        report,
    )
}

#[test]
fn table() {
    let formats: Vec<Format> = ALL.iter().copied().chain([Format::Cartridge]).collect();
    let mut out = String::from("\n| type |");
    formats.iter().for_each(|f| write!(out, " {} |", f.name()).unwrap());
    out += "\n|---|";
    formats.iter().for_each(|_| out += "---|");
    let all: Vec<_> = formats.iter().map(|f| through(*f).0).collect();
    for (at, (question, _)) in all[0].iter().enumerate() {
        write!(out, "\n| {} |", question.name).unwrap();
        for pairs in &all {
            let (before, after) = &pairs[at];
            let cell = match after.as_ref().map(|a| fields(before, a)) {
                None => "refused".to_owned(),
                Some(lost) if lost.is_empty() => "all".to_owned(),
                Some(lost) => format!("all but {}", lost.join(", ")),
            };
            write!(out, " {cell} |").unwrap();
        }
    }
    println!("{out}");
    assert_eq!(all[0].len(), samples::all().len());
}

#[test]
fn moodle_xml_holds_all_of_every_type() {
    let (all, report) = through(Format::MoodleXml);
    for (before, after) in all {
        assert_eq!(fields(&before, after.as_ref().unwrap()), Vec::<String>::new(), "{}\n{before:?}\n{after:?}", before.name);
    }
    let c = report.counts();
    assert_eq!((c.items_in, c.imported), (samples::all().len(), samples::all().len()), "{:?}", report.findings);
}

#[test]
fn what_a_category_says_is_kept_or_said_to_be_lost() {
    for format in ALL {
        let (bytes, report) = format.write(&mut archive::of(samples::all())).unwrap();
        let (mut made, _) = format.read(&bytes).unwrap();
        let c = parcours_mbz::question::categories(&mut made).unwrap().into_iter().find(|c| c.name == "A/B, C").unwrap();
        let kept = (c.info.text.as_str(), c.idnumber.as_str()) == ("<p>All of them</p>", "c-1");
        let said = report.findings.iter().any(|f| f.item == "category" && f.detail == "Not in that format: description, ID number");
        assert!(kept != said, "{}: {c:?}", format.name());
    }
}

#[test]
fn a_shared_dataset_belongs_to_the_category_it_is_in() {
    let (all, _) = through(Format::MoodleXml);
    let Some(Body::Calculated(c)) = all.into_iter().find(|(q, _)| q.kind() == "calculated").and_then(|(_, after)| after).map(|q| q.body) else {
        panic!()
    };
    assert_eq!(c.datasets.iter().map(|d| d.category).collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn reports_say_what_is_lost() {
    for format in ALL {
        let (all, report) = through(*format);
        for (before, after) in all {
            let finding = report.findings.iter().find(|f| f.counts && f.name == before.name).unwrap();
            let expected = match after.as_ref().map(|a| fields(&before, a).is_empty()) {
                None => Fate::Refused,
                Some(true) => Fate::Imported,
                Some(false) => Fate::Approximated,
            };
            assert_eq!(finding.fate, expected, "{}: {finding:?}, {:?}", format.name(), after.map(|a| fields(&before, &a)));
            assert_eq!(finding.detail.is_empty(), expected == Fate::Imported);
        }
    }
}

#[test]
fn what_is_made_is_an_archive_that_a_moodle_takes() {
    for format in ALL {
        let mut course = archive::of(samples::all());
        let (bytes, _) = format.write(&mut course).unwrap();
        let (made, report) = format.read(&bytes).unwrap();
        let (mut again, packed) = archive::again(made);
        assert!(again.report.findings.is_empty(), "{:?}", again.report);
        let verdict = parcours_mbz::validate(std::io::Cursor::new(packed), &parcours_mbz::Limits::default()).unwrap();
        // GIFT holds no files, and says so: what showed them shows nothing.
        let lost = |f: &Finding| f.rule == Rule::FileOfText && matches!(format, Format::Gift);
        assert!(verdict.findings.iter().all(|f| f.severity == Severity::Note || lost(f)), "{}: {:?}", format.name(), verdict.findings);
        let questions = archive::questions(&mut again);
        assert_eq!(questions.len(), report.counts().items_in - report.counts().refused);
        assert!(questions.iter().all(|(c, _)| c.name == "A/B, C"), "{}", format.name());
    }
}

/// As large a bank as is taken: what it is made of is measured from outside (`/usr/bin/time -v`).
#[test]
fn a_large_bank_goes_through() {
    let text: String = (0..9_000).map(|n| format!("::Q{n}::Which of these is number {n}? {{=one#yes ~two#no ~three ~four}}\n\n")).collect();
    let (mut course, report) = Format::Gift.read(text.as_bytes()).unwrap();
    assert_eq!(report.counts().imported, 9_000);
    let (_, report) = Format::MoodleXml.write(&mut course).unwrap();
    assert_eq!(report.counts().imported, 9_000);
}
