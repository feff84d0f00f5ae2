//! Every archive of the corpus without its secrets: of a canary in each of them none is left, and a Moodle restores what is left as well as what came.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_convert::secrets;
use parcours_course::{Language, Reason};
use parcours_mbz::validate::Verdict;
use parcours_mbz::xml::{Element, NULL, Rewrite, Tag};
use parcours_mbz::{Error, Limits, Spool, Unpacked, validate};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use support::{each, packed, shared, unpack, walk};

const CANARY: &str = "zqsecretqz";
/// What backups of Moodle call their secrets. Written down here once more, so that nothing asks the list what it knows.
const LEAVES: &[&str] = &["password", "enrolmentkey", "moderatorpass", "viewerpass", "resourcekey", "secret", "studentpassword", "consumersecret"];

/// Puts a canary into every secret, and secrets where an archive has none.
#[derive(Default)]
struct Plant {
    document: String,
    planted: u64,
}

impl Plant {
    fn canary(&mut self) -> String {
        self.planted += 1;
        format!("{CANARY}{}", self.planted)
    }
}

impl Rewrite for Plant {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        Ok(())
    }

    fn start(&mut self, path: &[String], _: &mut Tag, out: &mut Vec<Element>) -> Result<(), Error> {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match (self.document.as_str(), names.as_slice()) {
            ("users.xml", ["users", "user"]) => out.push(Element::new("password", self.canary())),
            ("enrolments.xml", ["enrolments", "enrols", "enrol"]) => {
                out.push(Element::new("enrol", "lti"));
                out.push(Element::record("tool", 1, [Element::new("secret", self.canary())]));
            }
            ("lti.xml", ["activity", "lti"]) => {
                let pair =
                    |name: &str, value: String| Element::record("ltitypesconfig", 1, [Element::new("name", name), Element::new("value", value)]);
                let hidden = Element::new("value", self.canary()).with("encrypted", "true");
                let sealed = Element::record("ltitypesconfigencrypted", 2, [Element::new("name", "password"), hidden]);
                let pairs = Element::group("ltitypesconfigs", [pair("servicesalt", self.canary()), pair("coursevisible", "1".into()), sealed]);
                out.push(Element::record("ltitype", 1, [pairs]));
            }
            ("quiz.xml", ["activity", "quiz"]) => out.push(Element::new("quitpassword", self.canary())),
            ("forum.xml", ["activity", "forum"]) => {
                out.push(Element::new("anything", self.canary()).with("encrypted", "true"));
            }
            _ => {}
        }
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        if LEAVES.contains(&path.last().unwrap().as_str()) {
            *text = self.canary();
        }
        Ok(())
    }
}

fn plant(course: &mut Unpacked) -> u64 {
    let mut plant = Plant::default();
    for path in course.documents() {
        plant.document = path.rsplit('/').next().unwrap().to_owned();
        course.rewrite(&path, &mut plant).unwrap();
    }
    // What a conversion kept of before.
    let kept = format!("<groups><group id=\"1\"><enrolmentkey>{CANARY}</enrolmentkey></group></groups>");
    course.put_bytes("parcours/original/groups.xml.kept", kept.as_bytes()).unwrap();
    plant.planted + 1
}

fn canaries(course: &mut Unpacked) -> Vec<String> {
    let mut found = Vec::new();
    for path in course.paths().into_iter().filter(|p| !p.starts_with("files/")) {
        let mut text = Vec::new();
        course.bytes(&path).unwrap().unwrap().read_to_end(&mut text).unwrap();
        found.extend(String::from_utf8_lossy(&text).match_indices(CANARY).map(|_| path.clone()));
    }
    found
}

/// Findings that matter, by rule.
fn findings(verdict: &Verdict) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for f in &verdict.findings {
        *all.entry(format!("{} {}", f.severity, f.rule.code())).or_default() += 1;
    }
    all
}

#[test]
fn no_secret_survives_in_any_archive_and_a_restore_is_as_good() {
    let Some(shared) = shared() else { return };
    let (archives, planted) = (AtomicU64::new(0), AtomicU64::new(0));
    let failures = each(&shared, |path| {
        let Some(mut course) = unpack(path) else { return Ok(()) };
        let n = plant(&mut course);
        let bytes = packed(&mut course);
        let mut course = Unpacked::open(Cursor::new(bytes.clone()), &Limits::default(), Spool::new().unwrap()).unwrap();
        let before = canaries(&mut course).len() as u64;
        if before != n {
            return Err(format!("{n} canaries were planted and {before} are there"));
        }
        archives.fetch_add(1, Ordering::Relaxed);
        planted.fetch_add(n, Ordering::Relaxed);
        let report = secrets::empty(&mut course, Language::French).map_err(|e| e.to_string())?;
        let mut wrong: Vec<String> = canaries(&mut course).into_iter().map(|c| format!("left in {c}")).collect();
        wrong.extend(report.findings.iter().filter(|f| format!("{f:?}").contains(CANARY)).map(|f| format!("told: {f:?}")));
        if !report.findings.iter().any(|f| f.reason == Reason::Secret) {
            wrong.push("nothing was told".into());
        }
        let judge = |bytes: Vec<u8>| findings(&validate(Cursor::new(bytes), &Limits::default()).unwrap());
        let (old, new) = (judge(bytes), judge(packed(&mut course)));
        wrong.extend(new.iter().filter(|(rule, n)| old.get(*rule).copied().unwrap_or(0) < **n).map(|(rule, n)| format!("validate: {rule} ×{n}")));
        if wrong.is_empty() { Ok(()) } else { Err(wrong[..wrong.len().min(6)].join("\n  ")) }
    });
    eprintln!("{archives:?} archives, {planted:?} canaries");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(planted.into_inner() > 1000);
}

#[test]
fn all_else_stays_as_it_was() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| {
        let (Some(mut course), Some(mut emptied)) = (unpack(path), unpack(path)) else { return Ok(()) };
        secrets::empty(&mut emptied, Language::English).map_err(|e| e.to_string())?;
        let leaves = |course: &mut Unpacked| {
            let mut all = Vec::new();
            for path in course.documents() {
                walk(course, &path, &mut |names, e| {
                    all.push((path.clone(), names.join("/"), if e.is_leaf() { e.text.clone() } else { String::new() }))
                });
            }
            all
        };
        let (before, after) = (leaves(&mut course), leaves(&mut emptied));
        if before.len() != after.len() || course.paths() != emptied.paths() {
            return Err("elements or entries were lost".into());
        }
        let odd = before.iter().zip(&after).filter(|(a, b)| a != b).find(|((_, name, _), (_, _, now))| {
            let leaf = name.rsplit('/').next().unwrap();
            let emptied = (now.is_empty() || now == NULL) && LEAVES.contains(&leaf);
            let closed = name.ends_with("enrol/status") || name.ends_with("enrol/customint6");
            !emptied && !closed
        });
        odd.map_or(Ok(()), |(a, b)| Err(format!("{a:?} is {b:?}")))
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
