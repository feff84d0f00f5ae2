//! Courses whose values mean harm (SECURITY C): they come in, can be looked at and taken away, and go out as they were.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_actions::{course, import};
use parcours_mbz::hostile::courses;
use parcours_mbz::xml::Element;
use parcours_mbz::{Limits, Spool, Unpacked};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};
use support::{House, each};

/// A million grade items take longer to store than a case may: they are read and judged by the tests of the reader.
const TOO_MANY: &str = "C26";

#[test]
fn every_course_that_means_harm_comes_in_and_goes_out_as_it_was() {
    let house = House::new();
    let admin = house.admin();
    let all: Vec<_> = courses().into_iter().filter(|c| !c.name.starts_with(TOO_MANY)).collect();
    let complaints = each(
        &all,
        |case| case.name.clone(),
        |case| {
            let name = case.name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
            let path = house.dir.path().join(&name);
            std::fs::write(&path, case.bytes()).unwrap();
            let start = Instant::now();
            let imported = house.try_import(&path, false);
            if case.refusal.is_some() {
                return imported.map_or(Ok(()), |_| Err("accepted".into()));
            }
            let imported = imported.map_err(|e| format!("not imported: {e}"))?;
            course::page(&house.app, &admin, imported.course, "fr").map_err(|e| format!("not shown: {e}"))?;
            let out = house.export(imported.course, &format!("{name}.out"), false);
            if start.elapsed() > Duration::from_secs(60) {
                return Err(format!("took {:?}", start.elapsed()));
            }
            let (before, after) = (documents(&path), documents(&out));
            for (path, leaves) in before {
                if after.get(&path) != Some(&leaves) {
                    return Err(format!("{path} is not what it was"));
                }
            }
            import::withdraw(&house.app, &admin, imported.course).map_err(|e| e.to_string())
        },
    );
    assert!(all.len() > 25, "{} cases", all.len());
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), all.len(), complaints.join("\n"));
    assert_eq!(house.leftovers(), Vec::<String>::new());
}

/// Names and texts of the leaves of every document.
fn documents(path: &Path) -> BTreeMap<String, Vec<String>> {
    let mut archive = Unpacked::open(File::open(path).unwrap(), &Limits::default(), Spool::new().unwrap()).unwrap();
    let mut all = BTreeMap::new();
    for path in archive.documents() {
        let mut leaves = Vec::new();
        let document = Element::document(archive.reader(&path).unwrap().unwrap()).unwrap();
        document.walk(&mut |e| {
            if e.is_leaf() {
                leaves.push(format!("{}={}", e.name, e.text));
            }
        });
        all.insert(path, leaves);
    }
    all
}
