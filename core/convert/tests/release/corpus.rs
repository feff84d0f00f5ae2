//! The corpus, and what the tests do with each archive of it.

use parcours_convert::release::{Options, Release, to};
use parcours_course::Report;
use parcours_mbz::validate::{Severity, Verdict};
use parcours_mbz::xml::Element;
use parcours_mbz::{Container, Limits, Spool, Unpacked, validate};
use parcours_samples::corpus::{all, is_shell};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

pub use parcours_samples::corpus::shared;

/// Runs `test` on every archive, a few at a time, and gives what it says, in the order of the archives.
pub fn each<T: Send>(test: impl Fn(&Path) -> T + Sync) -> Vec<(PathBuf, T)> {
    let Some(shared) = shared() else { return Vec::new() };
    let said = all(&shared, |path| (!is_shell(path)).then(|| test(path)));
    said.into_iter().filter_map(|(path, said)| Some((path, said?))).collect()
}

pub fn open(path: &Path) -> Unpacked {
    Unpacked::open(File::open(path).unwrap(), &Limits::default(), Spool::new().unwrap()).unwrap()
}

pub fn corpus(name: &str) -> Option<Unpacked> {
    Some(open(&shared()?.join("corpus").join(name)))
}

pub fn convert(course: &mut Unpacked, release: Release) -> Report {
    to(course, release, &Options::default()).unwrap()
}

/// Written and judged.
pub fn judge(course: &mut Unpacked) -> Verdict {
    let bytes = course.write(Cursor::new(Vec::new()), Container::Zip).unwrap().into_inner();
    validate(Cursor::new(bytes), &Limits::default()).unwrap()
}

/// What is worse than a note, by rule.
pub fn faults(verdict: &Verdict) -> BTreeMap<String, usize> {
    let mut faults = BTreeMap::new();
    for finding in verdict.findings.iter().filter(|f| f.severity != Severity::Note) {
        *faults.entry(finding.rule.code().to_owned()).or_default() += 1;
    }
    faults
}

/// Every document with its bytes.
pub fn documents(course: &mut Unpacked) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for path in course.documents() {
        let mut text = String::new();
        course.bytes(&path).unwrap().unwrap().read_to_string(&mut text).unwrap();
        out.insert(path, text);
    }
    out
}

/// The paths of names in a document.
pub fn names(document: &Element) -> std::collections::BTreeSet<String> {
    fn walk(e: &Element, path: &str, out: &mut std::collections::BTreeSet<String>) {
        let path = format!("{path}/{}", e.name);
        e.children.iter().for_each(|c| walk(c, &path, out));
        out.insert(path);
    }
    let mut out = std::collections::BTreeSet::new();
    walk(document, "", &mut out);
    out
}
