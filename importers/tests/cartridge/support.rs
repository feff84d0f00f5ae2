//! What several tests share.

use parcours_course::Report;
use parcours_importers::common_cartridge::{Error, Options, Version, read, write};
use parcours_mbz::xml::{Element, Reader};
use parcours_mbz::{Limits, Spool, Unpacked, links};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

pub const NOW: i64 = 1_790_000_000;

pub fn options() -> Options {
    Options { now: NOW, ..Options::default() }
}

pub fn limits() -> Limits {
    Limits::default()
}

/// The corpus, or nothing, with a word why.
pub fn archives() -> Option<Vec<PathBuf>> {
    parcours_samples::corpus::shared().map(|shared| parcours_samples::corpus::archives(&shared))
}

pub fn written(course: &mut Unpacked, version: Version, options: &Options) -> (Vec<u8>, Report) {
    let mut out = Cursor::new(Vec::new());
    let report = write(course, &mut out, version, Spool::new().unwrap(), options).unwrap();
    (out.into_inner(), report)
}

pub fn read_back(bytes: Vec<u8>) -> Result<(Unpacked, Report), Error> {
    read(Cursor::new(bytes), Spool::new()?, Spool::new()?, &limits(), &options())
}

/// A zip of these files, as any program makes it.
pub fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        zip.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Every file of a zip.
pub fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        assert!(all.insert(file.name().unwrap().into_owned(), bytes).is_none());
    }
    all
}

pub fn document(bytes: &[u8]) -> Element {
    Element::document(Reader::new(bytes, "x.xml", &limits())).unwrap()
}

/// What is wrong with the package itself: the manifest names every file and no other, and every reference leads to a resource.
pub fn faults(bytes: &[u8]) -> Vec<String> {
    let files = unzip(bytes);
    let manifest = document(&files["imsmanifest.xml"]);
    let (mut named, mut ids, mut references, mut faults) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), Vec::new());
    manifest.walk(&mut |e| {
        if let Some(href) = e.attribute("href").filter(|_| matches!(e.name.as_str(), "file" | "resource")) {
            named.insert(links::decode(href));
        }
        if let Some(id) = e.attribute("identifier")
            && !ids.insert(id.to_owned())
        {
            faults.push(format!("{id} is there twice"));
        }
        references.extend(e.attribute("identifierref").map(str::to_owned));
    });
    faults.extend(references.difference(&ids).map(|r| format!("{r} is no resource")));
    let there: BTreeSet<String> = files.keys().filter(|p| *p != "imsmanifest.xml").cloned().collect();
    faults.extend(named.difference(&there).map(|p| format!("{p} is listed and missing")));
    faults.extend(there.difference(&named).map(|p| format!("{p} is not listed")));
    for (path, bytes) in files.iter().filter(|(p, _)| p.starts_with("descriptors/")) {
        if let Err(e) = Element::document(Reader::new(bytes.as_slice(), path, &limits())) {
            faults.push(e.to_string());
        }
    }
    faults
}
