//! The samples are what their sources make, and nothing in them points at nothing.

// All of this is a test, its helpers too.
#![allow(clippy::unwrap_used)]

use parcours_mbz::{Limits, inspect, open};
use parcours_samples::{Entries, SAMPLES, entries, folder, pack};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// Every file of an archive, with the time it says.
fn unpack(bytes: Vec<u8>) -> BTreeMap<String, (Option<i64>, Vec<u8>)> {
    let mut archive = open(Cursor::new(bytes), &Limits::default()).unwrap();
    let mut files = BTreeMap::new();
    while let Some(mut entry) = archive.next().unwrap() {
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        files.insert(entry.path.clone(), (entry.mtime, content));
    }
    files
}

/// Compared file by file: how the writer packs them is the writer's own affair, and tested there.
#[test]
fn the_archives_are_what_the_sources_make() {
    for (name, container) in SAMPLES {
        let kept = std::fs::read(folder().join(format!("{name}.mbz"))).unwrap();
        assert!(kept.len() < 300 * 1024, "{name}.mbz is no small sample any more");
        let made = pack(&entries(name).unwrap(), *container).unwrap();
        assert!(
            unpack(kept) == unpack(made),
            "{name}.mbz is not what its sources make: run `cargo run -p parcours-samples` and look at the difference"
        );
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    for (name, container) in SAMPLES {
        let make = || pack(&entries(name).unwrap(), *container).unwrap();
        assert!(make() == make(), "{name}");
    }
}

#[test]
fn the_archives_can_be_read_to_the_last_leaf() {
    for (name, container) in SAMPLES {
        let bytes = pack(&entries(name).unwrap(), *container).unwrap();
        let inventory = inspect(Cursor::new(bytes), &Limits::default(), |_| true).unwrap();
        let counts = inventory.report.counts();
        assert_eq!((counts.refused, inventory.files.missing), (0, 0), "{name}");
    }
}

/// What stands between two marks, everywhere in a document.
fn between<'a>(text: &'a str, from: &'a str, to: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(from).skip(1).filter_map(move |rest| rest.split_once(to)).map(|(value, _)| value)
}

/// What is inside the first element of this name.
fn text_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    Some(text.split_once(&format!("<{name}>"))?.1.split_once(&format!("</{name}>"))?.0)
}

fn documents(entries: &Entries) -> impl Iterator<Item = (&str, &str)> {
    entries.iter().filter(|(path, _)| path.ends_with(".xml")).filter_map(|(path, text)| Some((path.as_str(), std::str::from_utf8(text).ok()?)))
}

#[test]
fn every_number_points_at_something() {
    for (name, _) in SAMPLES {
        let entries = entries(name).unwrap();
        let all = |path: &str, from: &str| -> BTreeSet<String> {
            let of_path = documents(&entries).filter(|(p, _)| p.ends_with(path));
            of_path.flat_map(|(_, text)| between(text, from, "\"").map(str::to_owned).collect::<Vec<_>>()).collect()
        };
        let (users, files, groups, items) = (
            all("users.xml", "<user id=\""),
            all("files.xml", "<file id=\""),
            all("groups.xml", "<group id=\""),
            all("grades.xml", "<grade_item id=\""),
        );
        let (modules, discussions) = (all("module.xml", "<module id=\""), all("forum.xml", "<discussion id=\""));
        let contexts: BTreeSet<String> =
            documents(&entries).flat_map(|(_, t)| between(t, " contextid=\"", "\"").map(str::to_owned).collect::<Vec<_>>()).collect();
        let check = |path: &str, what: &str, ids: Vec<&str>, known: &BTreeSet<String>| {
            for id in ids {
                assert!(known.contains(id), "{name}, {path}: there is no {what} {id}");
            }
        };
        for (path, text) in documents(&entries) {
            let ids = |list: &str| text_of(text, list).into_iter().flat_map(|list| between(list, "<id>", "</id>")).collect::<Vec<_>>();
            if path.ends_with("inforef.xml") {
                check(path, "user", ids("userref"), &users);
                check(path, "file", ids("fileref"), &files);
                check(path, "group", ids("groupref"), &groups);
                check(path, "grade item", ids("grade_itemref"), &items);
            }
            let people = between(text, "<userid>", "</userid>").filter(|id| *id != "$@NULL@$" && *id != "0");
            check(path, "user", people.collect(), &users);
            check(path, "context", between(text, "<contextid>", "</contextid>").collect(), &contexts);
            for token in between(text, "VIEWBYID*", "@$") {
                check(path, "course module", vec![token], &modules);
            }
            for token in between(text, "FORUMDISCUSSIONVIEW*", "@$") {
                check(path, "discussion", vec![token], &discussions);
            }
        }
        let inforefs = documents(&entries).filter(|(path, _)| path.ends_with("inforef.xml")).filter_map(|(_, text)| text_of(text, "fileref"));
        let listed: BTreeSet<String> = inforefs.flat_map(|list| between(list, "<id>", "</id>")).map(str::to_owned).collect();
        assert_eq!(listed, files, "{name}: a file that no inforef names is not restored");
    }
}

#[test]
fn every_picture_in_a_text_is_stored() {
    for (name, _) in SAMPLES {
        let entries = entries(name).unwrap();
        let files = std::str::from_utf8(&entries["files.xml"]).unwrap().to_owned();
        for (path, text) in documents(&entries) {
            for link in between(text, "@@PLUGINFILE@@/", "\"") {
                assert!(files.contains(&format!("<filename>{link}</filename>")), "{name}, {path}: {link} is not in files.xml");
            }
        }
    }
}
