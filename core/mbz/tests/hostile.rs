//! Every hostile archive is refused, by the right name; every odd one is read.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use parcours_mbz::hostile::{Case, Tar, Zip, cases};
use parcours_mbz::{Container, Error, Limits, Spool, convert, inspect};
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
    (took > Duration::from_secs(10)).then(|| format!("{}: took {took:?}", case.name))
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
