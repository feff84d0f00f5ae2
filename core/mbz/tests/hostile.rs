//! Every hostile archive is refused, by the right name; every odd one is read.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use parcours_mbz::hostile::{Case, Tar, Zip, cases, courses, documents_at};
use parcours_mbz::php::Php;
use parcours_mbz::validate::Rule;
use parcours_mbz::xml::{Element, Reader, Step};
use parcours_mbz::{Container, Error, Limits, Spool, convert, inspect, validate};
use std::io::Cursor;
use std::time::{Duration, Instant};

fn through(bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    let spool = Spool::new()?;
    convert(Cursor::new(bytes), Cursor::new(Vec::new()), Container::Tgz, &Limits::default(), spool).map(|c| c.out.into_inner())
}

fn complaint(case: &Case) -> Option<String> {
    let start = Instant::now();
    let result = through(case.bytes());
    let took = start.elapsed();
    let code = result.as_ref().err().map(Error::code);
    if code != case.refusal {
        return Some(format!("{}: {:?}, not {:?} ({})", case.name, code, case.refusal, result.err().map(|e| e.to_string()).unwrap_or_default()));
    }
    (took > Duration::from_secs(60)).then(|| format!("{}: took {took:?}", case.name))
}

#[test]
fn every_case_of_the_list_ends_as_it_should() {
    let complaints: Vec<String> = cases().iter().filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn inspecting_refuses_what_converting_refuses() {
    let manifest = |case: &Case| matches!(case.refusal, Some("total-ratio" | "entries"));
    for case in cases().iter().filter(|c| c.refusal.is_some() && !manifest(c)) {
        let found = inspect(Cursor::new(case.bytes()), &Limits::default(), |_| true).err().map(|e| e.code());
        assert_eq!(found, case.refusal, "{}", case.name);
    }
}

/// What the container itself can be refused for, whatever format it holds.
const CONTAINER: &[&str] = &[
    "truncated",
    "damaged",
    "contradiction",
    "not-a-file",
    "duplicate",
    "encrypted",
    "method",
    "total-bytes",
    "total-ratio",
    "entries",
    "entry-bytes",
    "xml-bytes",
    "xml-ratio",
    "content-ratio",
    "path-depth",
    "path-bytes",
    "header-bytes",
    "directory-bytes",
    "not-an-archive",
];

#[test]
fn archives_of_other_formats_are_read_with_the_same_care() {
    let through = |bytes: Vec<u8>| -> Result<(), Error> {
        let mut archive = parcours_mbz::open_any(Cursor::new(bytes), &Limits::default())?;
        while let Some(mut entry) = archive.next()? {
            std::io::copy(&mut entry, &mut std::io::sink())?;
        }
        Ok(())
    };
    let mut zips = 0;
    for case in cases() {
        let bytes = case.bytes();
        let code = through(bytes.clone()).err().map(|e| e.code());
        match case.refusal {
            Some(refusal) if CONTAINER.contains(&refusal) => {
                assert_eq!(code, Some(refusal), "{}", case.name);
                zips += usize::from(bytes.starts_with(b"PK"));
            }
            // A manifest is not asked for, and names are freer in a zip.
            Some("bad-path") => assert!(matches!(code, Some("bad-path" | "contradiction") | None), "{}: {code:?}", case.name),
            _ => assert_eq!(code, None, "{}", case.name),
        }
    }
    assert!(zips >= 10, "{zips} zips");
}

/// A small archive in both containers.
fn samples() -> [Vec<u8>; 2] {
    let users = b"<users>\n  <user id=\"1\">\n    <username>a</username>\n  </user>\n</users>";
    let noise: Vec<u8> = (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    [
        Tar::new().directory("files/").file("users.xml", users).file("files/00/x", &noise).gz(),
        Zip::new().file("users.xml", users).file("files/00/x", &noise).bytes(),
    ]
}

#[test]
fn an_archive_cut_short_anywhere_is_refused() {
    for sample in samples() {
        assert!(through(sample.clone()).is_ok());
        for cut in 0..sample.len() {
            let code = through(sample[..cut].to_vec()).expect_err("accepted").code();
            assert!(["truncated", "not-an-archive"].contains(&code), "cut at {cut} of {}: {code}", sample.len());
        }
    }
}

#[test]
fn an_archive_with_a_changed_bit_is_refused_or_reads_the_same() {
    for sample in samples() {
        let whole = contents(&sample).unwrap();
        let mut state = 7u64;
        for _ in 0..1000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let mut changed = sample.clone();
            let at = (state >> 33) as usize % changed.len();
            changed[at] ^= 1 << (state >> 29 & 7);
            if let Ok(contents) = contents(&changed) {
                assert_eq!(contents, whole, "bit of byte {at}");
            }
        }
    }
}

/// Names and contents of all entries.
fn contents(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut archive = parcours_mbz::open(Cursor::new(bytes.to_vec()), &Limits::default())?;
    let mut all = Vec::new();
    while let Some(mut entry) = archive.next()? {
        let mut body = Vec::new();
        std::io::copy(&mut entry, &mut body)?;
        all.push((entry.path.clone(), body));
    }
    Ok(all)
}

/// Documents of every kind (MBZ-FORMAT §4).
const KINDS: &[&str] = &[
    "moodle_backup.xml",
    "users.xml",
    "files.xml",
    "questions.xml",
    "gradebook.xml",
    "grade_history.xml",
    "groups.xml",
    "outcomes.xml",
    "roles.xml",
    "scales.xml",
    "badges.xml",
    "completion.xml",
    "course/course.xml",
    "course/enrolments.xml",
    "course/inforef.xml",
    "course/roles.xml",
    "course/calendar.xml",
    "course/comments.xml",
    "course/competencies.xml",
    "course/completiondefaults.xml",
    "course/contentbank.xml",
    "course/filters.xml",
    "course/logs.xml",
    "course/logstores.xml",
    "course/blocks/html_9/block.xml",
    "course/blocks/html_9/inforef.xml",
    "sections/section_3/section.xml",
    "sections/section_3/inforef.xml",
    "activities/forum_7/forum.xml",
    "activities/forum_7/module.xml",
    "activities/forum_7/inforef.xml",
    "activities/forum_7/grades.xml",
    "activities/forum_7/grade_history.xml",
    "activities/forum_7/roles.xml",
    "activities/forum_7/calendar.xml",
    "activities/forum_7/comments.xml",
    "activities/forum_7/completion.xml",
    "activities/forum_7/competencies.xml",
    "activities/forum_7/filters.xml",
    "activities/quiz_8/quiz.xml",
    "activities/evil_9/evil.xml",
];

#[test]
fn a_document_of_any_kind_is_refused_for_the_same_reasons() {
    let (mut tried, mut refused, mut wrong) = (0, 0, Vec::new());
    for path in KINDS {
        for case in documents_at(path) {
            // What is no fault of the XML is one of a manifest: these are about something else.
            let expected = case.refusal.or((*path == "moodle_backup.xml").then_some("foreign-manifest"));
            let found = through(case.bytes()).err().map(|e| e.code());
            tried += 1;
            refused += usize::from(found.is_some());
            if found != expected {
                wrong.push(format!("{}: {found:?}, not {expected:?}", case.name));
            }
        }
    }
    println!("{refused} of {tried} documents refused");
    assert!(wrong.is_empty() && tried > 1200, "{}", wrong.join("\n"));
}

/// What `validate` says of some of the cases of list C.
const TOLD: &[(&str, Rule)] = &[
    ("C01 a module that leads out", Rule::UnknownModule),
    ("C01 a module that nobody has", Rule::UnknownModule),
    ("C02 a block named by a path", Rule::UnknownBlock),
    ("C02 a question named by a path", Rule::UnknownQuestionType),
    ("C15 somebody who is the administrator", Rule::CommonUsername),
    ("C23 a link to anywhere", Rule::DanglingLink),
    ("C27 restrictions ten thousand deep", Rule::BrokenCondition),
    ("C27 a restriction of ten megabytes", Rule::BrokenCondition),
    ("C27 a restriction of a kind that there is not", Rule::UnknownCondition),
];

/// Values mean nothing here: they are kept, each in its place, and looked at within the same time.
#[test]
fn a_course_that_means_harm_is_kept_as_it_is() {
    let cases = courses();
    let named = |name: &str| cases.iter().any(|c| c.name == name);
    assert!(TOLD.iter().all(|(name, _)| named(name)));
    for case in &cases {
        let bytes = case.bytes();
        let before = contents(&bytes).unwrap_or_else(|e| panic!("{}: {e}", case.name));
        let converted = within(case, || through(bytes.clone()));
        let after = contents(&converted).unwrap_or_else(|e| panic!("{}: {e}", case.name));
        assert_eq!(after.len(), before.len());
        for (path, body) in before {
            let kept = after.iter().find(|(p, _)| *p == path).map(|(_, kept)| leaves(kept));
            assert!(kept == Some(leaves(&body)), "{}: {path} is not what it was", case.name);
        }
        let verdict = within(case, || validate(Cursor::new(bytes.clone()), &Limits::default()));
        let told = TOLD.iter().filter(|(name, _)| case.name == *name);
        told.for_each(|(_, rule)| assert!(verdict.breaks(*rule), "{}: {:?}", case.name, verdict.rules));
        within(case, || inspect(Cursor::new(bytes.clone()), &Limits::default(), |_| true));
    }
}

/// What comes of something that has to succeed, and within the time that one case has.
fn within<T>(case: &Case, run: impl FnOnce() -> Result<T, Error>) -> T {
    let start = Instant::now();
    let result = run().unwrap_or_else(|e| panic!("{}: {e}", case.name));
    assert!(start.elapsed() < Duration::from_secs(60), "{}: took {:?}", case.name, start.elapsed());
    result
}

/// Names and texts of all leaves.
fn leaves(xml: &[u8]) -> Vec<String> {
    let mut reader = Reader::new(xml, "", &Limits::default());
    let (mut all, mut opened) = (Vec::new(), false);
    loop {
        let step = reader.step().unwrap();
        if step == Step::Close && opened {
            all.push(format!("{}={}", reader.name(), reader.text()));
        }
        if step == Step::End {
            return all;
        }
        opened = step == Step::Open;
    }
}

/// What serialised data may not be: objects with code of their own, and more than there is.
#[test]
fn serialised_data_that_means_harm_is_no_more_than_data() {
    let mut read = 0;
    for case in courses().iter().filter(|c| c.name.starts_with("C04")) {
        let (_, block) = contents(&case.bytes()).unwrap().into_iter().find(|(path, _)| path.ends_with("block.xml")).unwrap();
        let block = Element::document(Reader::new(block.as_slice(), "", &Limits::default())).unwrap();
        match (case.name.as_str(), Php::read_config(block.leaf("configdata"))) {
            // A class is a name, its fields are fields.
            ("C04 an object of a class with code", Ok(Some(Php::Object(class, fields)))) => {
                assert_eq!((class.as_str(), fields.len()), ("core\\lock\\lock", 1))
            }
            ("C04 a text inside a text", Ok(Some(Php::Text(text)))) => assert!(Php::read_config(&text).is_ok()),
            // A length is not believed where it leads nowhere.
            ("C04 a text of 2^63 bytes", Ok(Some(Php::Text(text)))) => assert_eq!(text, "x"),
            ("C04 an object of a class with code" | "C04 a text inside a text", other) => panic!("{}: {other:?}", case.name),
            (name, result) => assert!(result.is_err(), "{name}"),
        }
        read += 1;
    }
    assert_eq!(read, 7);
}
