//! What several tests share.

use parcours_convert::renumber::{Numbers, run};
use parcours_course::{Language, Report};
use parcours_mbz::validate::Severity;
use parcours_mbz::{Container, Limits, Spool, Unpacked, validate};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

pub fn open(path: &Path) -> Unpacked {
    Unpacked::open(File::open(path).unwrap(), &Limits::default(), Spool::new().unwrap()).unwrap()
}

/// Above all that archives hold, times too.
pub const FAR: i64 = 5_000_000_000;

/// What is added to a table's numbers: another number for each.
pub fn apart(table: &str) -> i64 {
    let hash = table.bytes().fold(7_u64, |hash, b| (hash * 31 + u64::from(b)) % 99_991);
    FAR + i64::try_from(hash).unwrap() * 10_000_000
}

pub fn renumber(course: &mut Unpacked, by: &dyn Fn(&str) -> i64) -> Report {
    run(course, &Numbers::new(by), Language::English).unwrap()
}

/// Every entry with its bytes.
pub fn entries(course: &mut Unpacked) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    for path in course.paths().into_iter().filter(|p| !p.starts_with("files/")) {
        let mut bytes = Vec::new();
        course.bytes(&path).unwrap().unwrap().read_to_end(&mut bytes).unwrap();
        out.insert(path, bytes);
    }
    out
}

/// What the judge says, without numbers and places.
pub fn faults(course: &mut Unpacked) -> BTreeMap<String, usize> {
    let bytes = course.write(Cursor::new(Vec::new()), Container::Zip).unwrap().into_inner();
    let verdict = validate(Cursor::new(bytes), &Limits::default()).unwrap();
    let mut faults = BTreeMap::new();
    for finding in verdict.findings.iter() {
        *faults.entry(format!("{} {}", finding.rule.code(), finding.severity == Severity::Note)).or_default() += 1;
    }
    faults
}
