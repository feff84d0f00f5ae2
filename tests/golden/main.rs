//! What is read in the samples, as a text that is kept: a change shows up in review.

#![forbid(unsafe_code)]
// All of this is a test, its helpers too.
#![allow(clippy::unwrap_used)]

use parcours_mbz::{Container, Error, Limits, Spool, convert, inspect, open};
use parcours_samples::{Entries, entries, pack};
use std::io::{Cursor, Read};

/// Compares with `golden/NAME`, or writes it where `PARCOURS_ACCEPT` is set.
#[track_caller]
fn golden(name: &str, text: &str) {
    let path = parcours_tests::root().join("tests/golden").join(name);
    if std::env::var_os("PARCOURS_ACCEPT").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, text, "{} is not what is read now: PARCOURS_ACCEPT=1 writes it anew", path.display());
}

#[test]
fn the_inventory_of_the_samples() {
    for (name, container) in parcours_samples::SAMPLES {
        let bytes = pack(&entries(name).unwrap(), *container).unwrap();
        let inventory = inspect(Cursor::new(bytes), &Limits::default(), |module| module != "url").unwrap();
        golden(&format!("{name}.json"), &(serde_json::to_string_pretty(&inventory).unwrap() + "\n"));
    }
}

/// Every entry of an archive.
fn read(bytes: Vec<u8>) -> Result<Entries, Error> {
    let mut archive = open(Cursor::new(bytes), &Limits::default())?;
    let mut entries = Entries::new();
    while let Some(mut entry) = archive.next()? {
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        entries.insert(entry.path.clone(), content);
    }
    Ok(entries)
}

#[test]
fn a_sample_comes_out_of_a_conversion_byte_for_byte() {
    for (name, _) in parcours_samples::SAMPLES {
        let original = entries(name).unwrap();
        for (from, to) in [(Container::Tgz, Container::Zip), (Container::Zip, Container::Tgz)] {
            let bytes = pack(&original, from).unwrap();
            let out = convert(Cursor::new(bytes), Cursor::new(Vec::new()), to, &Limits::default(), Spool::new().unwrap()).unwrap().out;
            let converted = read(out.into_inner()).unwrap();
            for (path, content) in &original {
                assert!(converted.get(path) == Some(content), "{name}, {from:?} to {to:?}: {path} is not what it was");
            }
            assert_eq!(converted.len(), original.len());
        }
    }
}

/// A copy that stopped, at some hundred places: always an error, never a course with less in it.
#[test]
fn an_archive_that_ends_early_is_refused_wherever_it_ends() {
    for container in [Container::Tgz, Container::Zip] {
        let whole = pack(&entries("petit").unwrap(), container).unwrap();
        // The last two blocks of a tar say nothing but that it ends, and gzip's checksum comes after them.
        for length in (0..whole.len()).step_by(37).chain(whole.len() - 64..whole.len()) {
            let mut cut = whole.clone();
            cut.truncate(length);
            let read = inspect(Cursor::new(cut), &Limits::default(), |_| true);
            assert!(read.is_err(), "{container:?} of {} bytes was read to its end after {length}", whole.len());
        }
    }
}
