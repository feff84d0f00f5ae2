//! A module that breaks costs one request, and nothing else (SECURITY G; DESIGN §3, invariants 6 and 7).
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

/// Guests in WebAssembly text, as the host's own tests write them.
#[allow(dead_code)]
#[path = "../../../modules/host/tests/calls/guest.rs"]
mod guest;

use guest::{Guest, append, page_at};
use parcours_actions::activity::Answer;
use parcours_actions::{ActionError, Viewer, app, course};
use std::path::Path;
use std::sync::Once;
use support::house::{Ask, House, html, modules, word};
use support::sample;

/// It calls itself `url`, and so gets the sample's links.
const MANIFEST: &str = r#"{"format":1,"name":"url","version":1,"release":"1","world":"parcours:activity@0.1.0","license":"MIT","title":{"en":"Trap"},
    "tables":{"instance":{"columns":{"name":{"kind":"text"}}},"notes":{"columns":{"text":{"kind":"text"}}}},
    "backup":{"file":"url.xml","root":"activity","children":{"url":{"table":"instance"}}}}"#;
const CM: i64 = 412;

/// A house in which links are run by this guest, with the sample course in it and a learner of it.
fn infested(guest: &Guest) -> (House, i64, Viewer) {
    // The guests look for the interface beside the host's tests.
    static THERE: Once = Once::new();
    THERE.call_once(|| std::env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../modules/host")).unwrap());
    let mut bytes = guest.component();
    append(&mut bytes, "parcours:manifest", MANIFEST);
    let mine: &'static [u8] = Box::leak(bytes.into_boxed_slice());
    let real = |m: &&'static [u8]| app::declared(&[*m]).unwrap().iter().any(|d| d.name == "url");
    let mut all: Vec<&'static [u8]> = modules().iter().copied().filter(|m| !real(m)).collect();
    all.push(mine);
    let house = House::with(&all);
    let course = house.import(&sample("formation")).course;
    let lucie = house.login("stagiaire");
    (house, course, lucie)
}

/// A guest that writes a note when it acts, and then does `then`.
fn writing(function: &'static str, then: &str) -> Guest {
    let mut guest = Guest::default().import("store", "insert", "insert", "(param i32 i32 i32 i32 i32)");
    let (table, len) = guest.text("notes");
    guest.body(function, &format!("(call $insert {table} {len} (i32.const 0) (i32.const 0) (i32.const 256)) {then}"))
}

fn fine() -> String {
    page_at("(i32.const 0)", "(i32.const 0)")
}

#[test]
fn a_module_that_behaves_writes() {
    let (house, course, lucie) = infested(&writing("act", &fine()));
    let answer = house.act(&lucie, Ask::of(course, "url", CM));
    assert!(matches!(answer, Ok(Answer::Page(_))), "{answer:?}");
    assert_eq!(house.app.census().unwrap().get("m_url_notes"), Some(&1));
}

#[test]
fn what_a_module_wrote_before_it_broke_was_never_written() {
    for (what, then) in [
        ("traps", "unreachable"),
        ("never ends", "(loop $l (br $l)) unreachable"),
        ("answers nonsense", &page_at("(i32.const 0x7fffff00)", "(i32.const 100)")),
    ] {
        let (house, course, lucie) = infested(&writing("act", then));
        let before = house.app.census().unwrap();
        let out = std::fs::read(house.export(course, "before.mbz", false)).unwrap();
        let answer = house.act(&lucie, Ask::of(course, "url", CM));
        assert!(matches!(answer, Err(ActionError::Module { .. })), "{what}: {answer:?}");
        assert_eq!(house.app.census().unwrap(), before, "{what}");
        assert!(std::fs::read(house.export(course, "after.mbz", false)).unwrap() == out, "{what}");
    }
}

#[test]
fn what_a_module_would_write_while_it_is_looked_at_is_not_written() {
    let (house, course, lucie) = infested(&writing("view", &fine()));
    let before = house.app.census().unwrap();
    let answer = house.view(&lucie, Ask::of(course, "url", CM));
    assert_ne!(word(&answer), "not found");
    assert_eq!(house.app.census().unwrap(), before);
}

#[test]
fn a_module_that_breaks_again_and_again_rests_and_the_others_do_not() {
    let (house, course, lucie) = infested(&Guest::default());
    let calls: Vec<&str> = (0..8).map(|_| word(&house.view(&lucie, Ask::of(course, "url", CM)))).collect();
    assert_eq!(calls, ["module", "module", "module", "module", "module", "busy", "busy", "busy"]);
    assert_eq!(word(&house.act(&lucie, Ask::of(course, "url", CM))), "busy");
    let page = house.view(&lucie, Ask::of(course, "page", 411)).unwrap();
    assert!(html(&page).contains("Deux oraux"));
}

#[test]
fn a_course_shows_its_activities_though_one_module_breaks() {
    let (house, course, lucie) = infested(&Guest::default());
    let page = course::page(&house.app, &lucie, course, "fr").unwrap();
    let seen: Vec<&str> = page.sections.iter().flat_map(|s| s.activities.iter().map(|a| a.name.as_str())).collect();
    assert!(seen.contains(&"Le site Éduscol") && seen.contains(&"Se présenter"), "{seen:?}");
}
