//! Every archive of the corpus without its people, and with made-up ones: nothing of the real ones is left.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_convert::anonymise::{Options, remove, replace};
use parcours_course::report::Reason;
use parcours_mbz::validate::Verdict;
use parcours_mbz::{Container, Limits, Unpacked, validate};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use support::plant::Garden;
use support::search::canaries;
use support::{each, packed, shared, unpack, walk};

const ALL: Options = Options { replace_mentions: true, language: parcours_course::Language::English };

#[test]
fn no_canary_survives_in_any_archive() {
    let Some(shared) = shared() else { return };
    let own = Mutex::new(BTreeSet::new());
    each(&shared, |path| {
        let mut paths = BTreeSet::new();
        unpack(path).iter_mut().for_each(|course| support::plant::own(course, &mut paths));
        own.lock().unwrap().append(&mut paths);
        Ok(())
    });
    let own = own.into_inner().unwrap();
    let (archives, planted, seen) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let failures = each(&shared, |path| {
        let Some(mut course) = unpack(path) else { return Ok(()) };
        let mut garden = Garden::new(own.clone());
        garden.plant(&mut course);
        let bytes = packed(&mut course);
        let open = || Unpacked::open(Cursor::new(bytes.clone()), &Limits::default(), parcours_mbz::Spool::new().unwrap()).unwrap();
        // What is looked for is there, or the test shows nothing.
        let before = canaries(&mut open(), true).len();
        if !garden.people.is_empty() && before < 20 {
            return Err(format!("only {before} places with canaries"));
        }
        archives.fetch_add(u64::from(!garden.people.is_empty()), Ordering::Relaxed);
        planted.fetch_add(garden.planted, Ordering::Relaxed);
        seen.fetch_add(before as u64, Ordering::Relaxed);
        let mut wrong = Vec::new();
        let mut replaced = open();
        let report = replace(&mut replaced, b"seed", ALL).map_err(|e| e.to_string())?;
        wrong.extend(canaries(&mut replaced, false).into_iter().map(|c| format!("replaced: {c}")));
        let mut removed = open();
        let other = remove(&mut removed, ALL).map_err(|e| e.to_string())?;
        wrong.extend(canaries(&mut removed, true).into_iter().map(|c| format!("removed: {c}")));
        for report in [report, other] {
            let told = report.findings.iter().filter(|f| support::search::has(&format!("{f:?}"), true));
            wrong.extend(told.map(|f| format!("reported: {f:?}")));
        }
        if wrong.is_empty() { Ok(()) } else { Err(format!("{} left\n  {}", wrong.len(), wrong[..wrong.len().min(6)].join("\n  "))) }
    });
    eprintln!("{archives:?} archives with people, {planted:?} canaries planted in {seen:?} places");
    assert!(failures.is_empty(), "{} archives\n{}", failures.len(), failures.join("\n"));
    assert!(planted.into_inner() > 10_000);
}

/// Findings that matter, by rule.
fn findings(verdict: &Verdict) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for f in verdict.findings.iter().filter(|f| f.severity.to_string() != "note") {
        *all.entry(format!("{} {}", f.severity, f.rule.code())).or_default() += 1;
    }
    all
}

fn worse(before: &Verdict, after: &Verdict) -> Vec<String> {
    let before = findings(before);
    findings(after).into_iter().filter(|(rule, n)| before.get(rule).copied().unwrap_or(0) < *n).map(|(rule, n)| format!("{rule} ×{n}")).collect()
}

#[test]
fn what_is_left_restores_as_well_as_what_came() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| {
        let Some(mut course) = unpack(path) else { return Ok(()) };
        let before = validate(std::fs::File::open(path).unwrap(), &Limits::default()).unwrap();
        replace(&mut course, b"seed", ALL).map_err(|e| e.to_string())?;
        let after = validate(Cursor::new(packed(&mut course)), &Limits::default()).unwrap();
        let mut wrong: Vec<_> = worse(&before, &after).into_iter().map(|w| format!("replaced: {w}")).collect();
        let mut course = unpack(path).unwrap();
        remove(&mut course, ALL).map_err(|e| e.to_string())?;
        let after = validate(Cursor::new(packed(&mut course)), &Limits::default()).unwrap();
        wrong.extend(worse(&before, &after).into_iter().map(|w| format!("removed: {w}")));
        if course.has("users.xml") || course.manifest().has_people() {
            wrong.push("there are people".into());
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// How many elements of each name there are, and the numbers of people in order.
fn shape(course: &mut Unpacked) -> (BTreeMap<String, usize>, Vec<(String, String)>) {
    let (mut counts, mut people) = (BTreeMap::new(), Vec::new());
    for path in course.documents().into_iter().filter(|p| p != "files.xml") {
        let profile = path == "users.xml";
        walk(course, &path, &mut |names, e| {
            let name = e.name.as_str();
            if ["user", "post", "attempt", "grade_grade", "submission", "answer", "response", "version", "entry", "step", "log"].contains(&name)
                && !(profile && names.len() > 2)
            {
                *counts.entry(format!("{path} {name}")).or_default() += 1;
            }
            let whose = e.attributes.iter().map(|(n, v)| (n.as_str(), v)).chain([(name, &e.text)]);
            people.extend(
                whose
                    .filter(|(n, _)| n.to_lowercase().ends_with("userid") || *n == "privatereplyto")
                    .map(|(n, v)| (format!("{path} {n}"), v.clone())),
            );
        });
    }
    (counts, people)
}

#[test]
fn the_same_person_is_the_same_everywhere() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| {
        let (Some(mut before), Some(mut after)) = (unpack(path), unpack(path)) else { return Ok(()) };
        replace(&mut after, b"seed", Options::default()).map_err(|e| e.to_string())?;
        let ((counts, people), (counts_after, people_after)) = (shape(&mut before), shape(&mut after));
        if counts != counts_after || people.len() != people_after.len() {
            return Err("records were lost".into());
        }
        let (mut there, mut back) = (BTreeMap::new(), BTreeMap::new());
        for ((place, old), (_, new)) in people.iter().zip(&people_after) {
            if old.parse::<i64>().is_ok_and(|n| n <= 0) || old.parse::<i64>().is_err() || new == "0" {
                continue;
            }
            if there.entry(old).or_insert(new) != &new || back.entry(new).or_insert(old) != &old || old == new {
                return Err(format!("{place}: {old} is {new} and {:?}", there.get(old)));
            }
        }
        let again = |seed: &[u8]| {
            let mut course = unpack(path).unwrap();
            replace(&mut course, seed, Options::default()).unwrap();
            packed(&mut course)
        };
        let bytes = packed(&mut after);
        if again(b"seed") != bytes {
            return Err("not the same twice".into());
        }
        if !there.is_empty() && again(b"another") == bytes {
            return Err("another seed, the same people".into());
        }
        Ok(())
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Names, addresses and usernames that no text should have by chance.
fn real(course: &mut Unpacked) -> Vec<String> {
    let mut all = Vec::new();
    course
        .each("users.xml", "user", |_, user| {
            all.push(user.leaf("email").to_lowercase());
            let name = user.leaf("username").to_lowercase();
            all.extend(Some(name).filter(|n| n.len() >= 6 && n.contains(|c: char| c.is_ascii_digit()) && n.contains(|c: char| c.is_alphabetic())));
            let (first, last) = (user.leaf("firstname").trim().to_lowercase(), user.leaf("lastname").trim().to_lowercase());
            if first.len() + last.len() > 6 && !first.is_empty() && !last.is_empty() {
                all.extend([format!("{first} {last}"), format!("{last} {first}")]);
            }
            Ok(())
        })
        .unwrap();
    all.retain(|v| v.len() >= 4);
    all
}

fn left(course: &mut Unpacked, real: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for path in course.documents() {
        walk(course, &path, &mut |names, e| {
            let text = e.text.to_lowercase();
            let word = |at: usize, of: &str| {
                let (before, after) = (&text[..at], &text[at + of.len()..]);
                !before.ends_with(|c: char| c.is_alphanumeric() || "-.@".contains(c))
                    && !after.starts_with(|c: char| c.is_alphanumeric() || "-@.".contains(c))
            };
            for value in real.iter().filter(|v| text.match_indices(v.as_str()).any(|(at, _)| word(at, v))) {
                found.push(format!("{path} {}: {value}", names.join("/")));
            }
        });
    }
    found
}

#[test]
fn no_real_name_or_address_is_left() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path: &Path| {
        let Some(mut course) = unpack(path) else { return Ok(()) };
        let real = real(&mut course);
        replace(&mut course, b"seed", ALL).map_err(|e| e.to_string())?;
        let mut wrong = left(&mut course, &real);
        let mut course = unpack(path).unwrap();
        remove(&mut course, ALL).map_err(|e| e.to_string())?;
        wrong.extend(left(&mut course, &real));
        if wrong.is_empty() { Ok(()) } else { Err(wrong[..wrong.len().min(5)].join("; ")) }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn mentions_and_files_of_people_are_listed() {
    let Some(shared) = shared() else { return };
    let path = shared.join("corpus/m51-richA-users-full.mbz");
    let mut course = unpack(&path).unwrap();
    let mut garden = Garden::new(BTreeSet::new());
    garden.plant(&mut course);
    let mut course = Unpacked::open(Cursor::new(packed(&mut course)), &Limits::default(), parcours_mbz::Spool::new().unwrap()).unwrap();
    let report = replace(&mut course, b"seed", Options::default()).unwrap();
    let told = |reason: Reason, item: &str| report.findings.iter().filter(|f| f.reason == reason && f.item == item).count();
    assert!(told(Reason::NamesPerson, "text") > 100 && told(Reason::Replaced, "file") > 10 && told(Reason::Replaced, "condition") > 10);
    assert_eq!(told(Reason::Replaced, "person"), garden.people.len());
    // They still stand there, since nobody asked for more.
    assert!(canaries(&mut course, false).iter().any(|c| c.contains("post/message")));
    assert!(course.write(Cursor::new(Vec::new()), Container::Zip).is_ok());
}

/// How many records there are at each path, whatever number their folders have.
fn records(course: &mut Unpacked) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for path in course.documents() {
        let folder: String = path.chars().filter(|c| !c.is_ascii_digit()).collect();
        walk(course, &path, &mut |names, e| {
            if e.id().is_some() {
                *counts.entry(format!("{folder} {}", names.join("/"))).or_default() += 1;
            }
        });
    }
    counts
}

#[test]
fn of_the_course_as_much_is_left_as_moodle_leaves() {
    let Some(shared) = shared() else { return };
    let pairs = [
        ("m51-richA-users-full", "m51-richA-nousers"),
        ("m41-richA-users-full", "m41-richA-nousers"),
        ("m51-richB-users-full", "m51-richB-nousers"),
        ("magistere/mag-topics1-users", "magistere/mag-topics1-nousers"),
    ];
    // What Moodle leaves although it is somebody's.
    let somebodys = ["/userref/user", "/manual_awards/manual_award", "/comments/comment", "/participants/participant", "/survey/answers/answer"];
    for (with, without) in pairs {
        let archive = |name: &str| unpack(&shared.join(format!("corpus/{name}.mbz"))).unwrap();
        let mut course = archive(with);
        remove(&mut course, ALL).unwrap();
        let (ours, moodles) = (records(&mut course), records(&mut archive(without)));
        let lost: Vec<_> = moodles
            .iter()
            .filter(|(path, n)| ours.get(*path).copied().unwrap_or(0) < **n && !somebodys.iter().any(|end| path.ends_with(end)))
            .collect();
        assert!(lost.is_empty(), "{with}: {lost:#?}");
        let more: Vec<_> = ours.iter().filter(|(path, _)| path.starts_with("activities/") && !moodles.contains_key(*path)).collect();
        assert!(more.len() < 5, "{with}: {more:#?}");
    }
}
