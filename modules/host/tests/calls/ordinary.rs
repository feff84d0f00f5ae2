//! What a well-behaved module can count on.

use parcours_host::{CallError, ErrorCode, Limits};

use crate::abilities::noting;
use crate::guest::{Guest, page_at};
use crate::{html, module, request};

const GET: &str = "(param i32 i32 i64 i32 i32 i32)";
const INSERT: &str = "(param i32 i32 i32 i32 i32)";

#[test]
fn a_page_comes_back_checked_and_written_out() {
    let probe = module(Guest::showing("<p>by <pc-user id=\"3\"></pc-user></p>"));
    let (_, abilities) = noting();
    let done = probe.view(abilities, &request(), &Limits::default());
    assert_eq!(html(done.result.unwrap()), "<p>by <span class=\"pc-user\">Ada</span></p>");
    assert!(done.spent.memory >= 4 * 65536);
}

#[test]
fn a_card_comes_back_with_its_summary_written_out() {
    let mut guest = Guest::default();
    let (html, html_len) = guest.text("<p><pc-date ts=\"9\" style=\"short\"></pc-date></p>");
    let card = format!(
        "(i32.store8 (i32.const 512) (i32.const 0)) (i64.store (i32.const 516) (i64.const 0)) (i32.store (i32.const 524) {html})
         (i32.store (i32.const 528) {html_len}) (i64.store (i32.const 532) (i64.const 0)) (i32.store8 (i32.const 540) (i32.const 0)) (i32.const 512)"
    );
    let card = module(guest.body("describe", &card)).describe(noting().1, &Limits::default()).result.unwrap();
    assert_eq!(card.summary_html, "<p><time class=\"pc-date\" datetime=\"1970-01-01T00:00:09Z\">9</time></p>");
}

#[test]
fn a_function_the_module_left_out_is_a_trap() {
    let done = module(Guest::showing("")).task(noting().1, "digest", "", &Limits::default());
    assert!(matches!(done.result, Err(CallError::Trap(_))), "{:?}", done.result);
}

#[test]
fn an_error_of_the_module_is_an_answer() {
    let mut guest = Guest::default();
    let (ptr, len) = guest.text("no such discussion");
    // err(not-found, message, none)
    let answer = format!(
        "(i32.store8 (i32.const 512) (i32.const 1)) (i32.store8 (i32.const 520) (i32.const 1)) (i32.store (i32.const 524) {ptr})
         (i32.store (i32.const 528) {len}) (i32.store8 (i32.const 532) (i32.const 0)) (i32.const 512)"
    );
    let done = module(guest.body("view", &answer)).view(noting().1, &request(), &Limits::default());
    let Err(error @ CallError::Module(_)) = done.result else { panic!("an error of the module") };
    assert_eq!((error.status(), error.is_fault(), error.to_string().as_str()), (404, false, "no such discussion"));
}

#[test]
fn rows_travel_both_ways_and_errors_of_the_store_are_told() {
    let mut guest = Guest::default().import("store", "get", "get", GET);
    let (good, good_len) = guest.text("instance");
    let (bad, bad_len) = guest.text("nothing");
    // get("instance") is ok(some(row of two)); get("nothing") is err(invalid).
    let body = format!(
        "(call $get {good} {good_len} (i64.const 5) (i32.const 0) (i32.const 0) (i32.const 256))
         (if (i32.load8_u (i32.const 256)) (then unreachable)) (if (i32.ne (i32.load (i32.const 268)) (i32.const 2)) (then unreachable))
         (local.set $p (i32.load (i32.const 264)))
         (if (i64.ne (i64.load (i32.add (local.get $p) (i32.const 8))) (i64.const 5)) (then unreachable))
         (call $get {bad} {bad_len} (i64.const 5) (i32.const 0) (i32.const 0) (i32.const 256))
         (if (i32.ne (i32.load8_u (i32.const 256)) (i32.const 1)) (then unreachable))
         (if (i32.ne (i32.load8_u (i32.const 260)) (i32.const 2)) (then unreachable)) {}",
        page_at("(i32.const 0)", "(i32.const 0)")
    );
    let done = module(guest.body("view", &body)).view(noting().1, &request(), &Limits::default());
    assert!(done.result.is_ok(), "{:?}", done.result);
    assert_eq!(done.spent.host_calls, 2);
}

#[test]
fn a_write_in_a_view_is_denied_before_the_ability_hears_of_it() {
    let mut guest = Guest::default().import("store", "insert", "insert", INSERT);
    let (table, len) = guest.text("instance");
    // err(denied): 1 and 0.
    let body = format!(
        "(call $insert {table} {len} (i32.const 0) (i32.const 0) (i32.const 256))
         (if (i32.ne (i32.load8_u (i32.const 256)) (i32.const 1)) (then unreachable))
         (if (i32.load8_u (i32.const 264)) (then unreachable)) {}",
        page_at("(i32.const 0)", "(i32.const 0)")
    );
    let probe = module(guest.body("view", &body));
    let (journal, abilities) = noting();
    let done = probe.view(abilities, &request(), &Limits::default());
    assert!(done.result.is_ok(), "{:?}", done.result);
    assert_eq!(journal.lock().unwrap().done, Vec::<String>::new());
}

#[test]
fn an_act_may_write_and_its_abilities_come_back() {
    let mut guest = Guest::default().import("store", "insert", "insert", INSERT);
    let (table, len) = guest.text("instance");
    let body = format!("(call $insert {table} {len} (i32.const 0) (i32.const 0) (i32.const 256)) {}", page_at("(i32.const 0)", "(i32.const 0)"));
    let (journal, abilities) = noting();
    let done = module(guest.body("act", &body)).act(abilities, &request(), &Limits::default());
    assert!(done.result.is_ok());
    assert_eq!(journal.lock().unwrap().done, ["insert instance"]);
    assert!(!journal.lock().unwrap().closed, "the caller still holds the transaction");
    drop(done);
    assert!(journal.lock().unwrap().closed);
}

#[test]
fn a_savepoint_that_is_not_released_is_rolled_back() {
    let guest = Guest::default()
        .import("store", "[constructor]savepoint", "new", "(result i32)")
        .import("store", "[static]savepoint.release", "release", "(param i32 i32)")
        .import("store", "[resource-drop]savepoint", "drop", "(param i32)")
        .body(
            "act",
            // Three, one inside the other; the middle one is released (and the inner one with it), the outer one dropped.
            &format!(
                "(local.set $i (call $new)) (local.set $p (call $new)) (call $new)
                 (call $release (local.get $p) (i32.const 256)) (if (i32.load8_u (i32.const 256)) (then unreachable))
                 (call $drop) (call $drop (local.get $i)) {}",
                page_at("(i32.const 0)", "(i32.const 0)")
            ),
        );
    let (journal, abilities) = noting();
    let done = module(guest).act(abilities, &request(), &Limits::default());
    assert!(done.result.is_ok(), "{:?}", done.result);
    assert_eq!(journal.lock().unwrap().done, ["savepoint 0", "savepoint 1", "savepoint 2", "release 1", "rollback 0"]);
}

#[test]
fn texts_come_in_the_readers_language() {
    let mut guest = Guest::default().import("services", "tr", "tr", "(param i32 i32 i32 i32 i32)");
    let (key, key_len) = guest.text("hi");
    let (name, name_len) = guest.text("name");
    let (ada, ada_len) = guest.text("Ada");
    // The one argument at 300: its name and its value.
    let body = format!(
        "(i32.store (i32.const 300) {name}) (i32.store (i32.const 304) {name_len}) (i32.store (i32.const 308) {ada}) (i32.store (i32.const 312) {ada_len})
         (call $tr {key} {key_len} (i32.const 300) (i32.const 1) (i32.const 256)) {}",
        page_at("(i32.load (i32.const 256))", "(i32.load (i32.const 260))")
    );
    let done = module(guest.body("view", &body)).view(noting().1, &request(), &Limits::default());
    assert_eq!(html(done.result.unwrap()), "Bonjour Ada");
}

#[test]
fn an_errors_status_is_what_it_means() {
    let status = |code| CallError::Module(parcours_host::ModuleError { code, message: String::new(), field: None }).status();
    assert_eq!([ErrorCode::Denied, ErrorCode::Invalid, ErrorCode::Conflict].map(status), [403, 422, 409]);
    assert_eq!((CallError::Busy.status(), CallError::Stack.status()), (503, 500));
}
