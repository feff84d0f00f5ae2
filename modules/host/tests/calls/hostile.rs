//! Modules that want the host's time, memory or secrets. None of them gets more than its share, and the next call is as good as ever.

use std::time::Duration;

use parcours_host::{CallError, Host, Limits, Module, Pool, Settings, Spent};

use crate::abilities::{noting, with};
use crate::guest::{Guest, page_at};
use crate::{module, request};

fn view(probe: &Module, limits: &Limits) -> (CallError, Spent) {
    let (journal, abilities) = noting();
    let done = probe.view(abilities, &request(), limits);
    assert!(!journal.lock().unwrap().closed, "the abilities come back whatever happened");
    let error = done.result.expect_err("a hostile call succeeded");
    // Whatever it did, a good module is served right after.
    let good = module(Guest::showing("<p>fine</p>")).view(noting().1, &request(), &Limits::default());
    assert!(good.result.is_ok());
    (error, done.spent)
}

#[test]
fn an_endless_loop_is_killed_at_its_cpu_limit() {
    let mut limits = Limits::default();
    limits.view.cpu = Duration::from_millis(50);
    let (error, spent) = view(&module(Guest::viewing("(loop $l (br $l))")), &limits);
    assert!(matches!(error, CallError::CpuTime(_)), "{error:?}");
    assert!(error.is_fault());
    println!("killed after {:?} of CPU time, {:?} on the wall", spent.cpu, spent.wall);
    assert!(spent.cpu >= Duration::from_millis(50) && spent.cpu < Duration::from_millis(150), "{spent:?}");
}

#[test]
fn a_start_function_that_never_ends_is_killed_too() {
    let mut limits = Limits::default();
    limits.view.cpu = Duration::from_millis(50);
    let probe = module(Guest::showing("").with("(func $s (loop $l (br $l))) (start $s)"));
    assert!(matches!(view(&probe, &limits).0, CallError::CpuTime(_)));
}

#[test]
fn waiting_does_not_stretch_the_wall_limit() {
    let mut limits = Limits::default();
    limits.view.wall = Duration::from_millis(100);
    let probe = module(Guest::viewing("(loop $l (drop (call $now)) (br $l))").import("context", "now", "now", "(result i64)"));
    let (_, abilities) = with(|a| a.slow = Duration::from_millis(5));
    let done = probe.view(abilities, &request(), &limits);
    assert!(matches!(done.result, Err(CallError::WallTime(_))), "{:?}", done.result);
    println!("stopped after {:?} on the wall, {:?} of CPU time", done.spent.wall, done.spent.cpu);
}

#[test]
fn a_memory_bomb_stays_within_its_limit() {
    let bomb = "(loop $l (br_if $l (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable";
    let limits = Limits::default();
    let (error, spent) = view(&module(Guest::viewing(bomb)), &limits);
    assert!(matches!(error, CallError::Memory(_)), "{error:?}");
    assert!(spent.memory <= limits.view.memory, "{spent:?}");
    let all_at_once = "(if (i32.eq (memory.grow (i32.const 65000)) (i32.const -1)) (then unreachable))";
    assert!(matches!(view(&module(Guest::viewing(all_at_once)), &limits).0, CallError::Memory(_)));
}

#[test]
fn a_growing_table_stays_within_its_limit() {
    let guest = Guest::viewing("(if (i32.eq (table.grow $t (ref.null func) (i32.const 1000000)) (i32.const -1)) (then unreachable))");
    assert!(matches!(view(&module(guest.with("(table $t 1 funcref)")), &Limits::default()).0, CallError::Trap(_)));
}

#[test]
fn endless_recursion_ends_at_the_stack() {
    let probe = Guest::viewing("(drop (call $deep (i32.const 1)))")
        .with("(func $deep (param i32) (result i32) (i32.add (call $deep (i32.add (local.get 0) (i32.const 1))) (local.get 0)))");
    assert!(matches!(view(&module(probe), &Limits::default()).0, CallError::Stack));
}

#[test]
fn a_page_of_five_megabytes_is_refused() {
    let grow = "(drop (memory.grow (i32.const 80)))";
    let probe = Guest::default().body("view", &format!("{grow} {}", page_at("(i32.const 65536)", "(i32.const 5000000)")));
    let (error, _) = view(&module(probe), &Limits::default());
    assert!(matches!(error, CallError::Bytes(_)), "{error:?}");
}

#[test]
fn a_page_larger_than_a_page_may_be_is_refused() {
    let grow = "(drop (memory.grow (i32.const 40))) (memory.fill (i32.const 65536) (i32.const 97) (i32.const 2000000))";
    let probe = Guest::default().body("view", &format!("{grow} {}", page_at("(i32.const 65536)", "(i32.const 2000000)")));
    assert!(matches!(view(&module(probe), &Limits::default()).0, CallError::Bytes(_)));
}

#[test]
fn addresses_outside_of_memory_and_text_that_is_not_utf8_are_refused() {
    let limits = Limits::default();
    let outside = Guest::default().body("view", &page_at("(i32.const 0x7fffff00)", "(i32.const 100)"));
    assert!(matches!(view(&module(outside), &limits).0, CallError::Trap(_)));
    let odd =
        Guest::default().body("view", &format!("(i32.store8 (i32.const 900) (i32.const 0xff)) {}", page_at("(i32.const 900)", "(i32.const 1)")));
    assert!(matches!(view(&module(odd), &limits).0, CallError::Trap(_)));
}

#[test]
fn a_flood_of_log_messages_is_dropped_and_harms_nobody() {
    let flood = "(local.set $i (i32.const 4000)) (loop $l (call $log (i32.const 1) (i32.const 2048) (i32.const 500))
                 (br_if $l (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))";
    let probe = module(Guest::viewing(flood).import("services", "log", "log", "(param i32 i32 i32)"));
    let (journal, abilities) = noting();
    let limits = Limits::default();
    let done = probe.view(abilities, &request(), &limits);
    assert!(done.result.is_ok());
    let journal = journal.lock().unwrap();
    assert!(journal.logged <= limits.view.log + 100, "{} bytes logged", journal.logged);
    assert!(journal.logs > 100 && journal.logs < 140, "{} messages", journal.logs);
}

#[test]
fn a_million_calls_of_the_host_are_too_many() {
    let calls = "(local.set $i (i32.const 1000000)) (loop $l (drop (call $now)) (br_if $l (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))";
    let probe = module(Guest::viewing(calls).import("context", "now", "now", "(result i64)"));
    let (error, spent) = view(&probe, &Limits::default());
    assert!(matches!(error, CallError::HostCalls(5_000)), "{error:?}");
    assert_eq!(spent.host_calls, 5_001);
}

#[test]
fn reading_without_end_is_stopped() {
    let mut guest = Guest::default().import("store", "get", "get", "(param i32 i32 i64 i32 i32 i32)");
    let (table, len) = guest.text("instance");
    let body = format!(
        "(loop $l (call $get {table} {len} (i64.const 1) (i32.const 0) (i32.const 0) (i32.const 256)) (global.set $heap (i32.const 65536)) (br $l)) unreachable"
    );
    let (_, abilities) = with(|a| a.row = 100_000);
    let done = module(guest.body("view", &body)).view(abilities, &request(), &Limits::default());
    assert!(matches!(done.result, Err(CallError::Bytes(_))), "{:?}", done.result);
}

#[test]
fn a_failure_that_is_not_the_modules_is_not_told_to_it() {
    let mut guest = Guest::default().import("store", "get", "get", "(param i32 i32 i64 i32 i32 i32)");
    let (table, len) = guest.text("instance");
    let body =
        format!("(call $get {table} {len} (i64.const 1) (i32.const 0) (i32.const 0) (i32.const 256)) {}", page_at("(i32.const 0)", "(i32.const 0)"));
    let (_, abilities) = with(|a| a.lost = true);
    let done = module(guest.body("view", &body)).view(abilities, &request(), &Limits::default());
    let Err(error @ CallError::Ability(_)) = done.result else { panic!("the call went on") };
    assert_eq!((error.to_string().as_str(), error.is_fault()), ("an ability failed: the database is gone", false));
}

#[test]
fn a_trap_after_a_write_gives_the_transaction_back_to_be_undone() {
    let mut guest = Guest::default().import("store", "insert", "insert", "(param i32 i32 i32 i32 i32)");
    let (table, len) = guest.text("instance");
    let probe = module(guest.body("act", &format!("(call $insert {table} {len} (i32.const 0) (i32.const 0) (i32.const 256)) unreachable")));
    let (journal, abilities) = noting();
    let done = probe.act(abilities, &request(), &Limits::default());
    assert!(matches!(done.result, Err(CallError::Trap(_))), "{:?}", done.result);
    assert_eq!(journal.lock().unwrap().done, ["insert instance"]);
    assert!(!journal.lock().unwrap().closed);
}

#[test]
fn a_page_outside_of_the_subset_is_refused_with_its_place() {
    let (error, _) = view(&module(Guest::showing("<p>so far good</p><script>alert(1)</script>")), &Limits::default());
    assert!(matches!(error, CallError::BadHtml { at: 18, .. }), "{error:?}");
}

#[test]
fn a_made_up_handle_opens_nothing() {
    let guest = Guest::default()
        .import("store", "[static]savepoint.release", "release", "(param i32 i32)")
        .body("act", &format!("(call $release (i32.const 1) (i32.const 256)) {}", page_at("(i32.const 0)", "(i32.const 0)")));
    let (journal, abilities) = noting();
    let done = module(guest).act(abilities, &request(), &Limits::default());
    assert!(matches!(done.result, Err(CallError::Trap(_))));
    assert!(journal.lock().unwrap().done.is_empty());
}

#[test]
fn savepoints_without_end_are_stopped() {
    let guest = Guest::default()
        .import("store", "[constructor]savepoint", "new", "(result i32)")
        .body("act", &format!("(loop $l (drop (call $new)) (br $l)) {}", page_at("(i32.const 0)", "(i32.const 0)")));
    let done = module(guest).act(noting().1, &request(), &Limits::default());
    assert!(matches!(done.result, Err(CallError::Trap(_))), "{:?}", done.result);
}

#[test]
fn nothing_of_one_instance_is_seen_by_the_next() {
    // One fills two megabytes, the other looks for a byte that is not zero. The pool has four slots, so they meet in the same memory.
    let fill = module(Guest::viewing("(drop (memory.grow (i32.const 32))) (memory.fill (i32.const 65536) (i32.const 0xa5) (i32.const 2000000))"));
    let look = module(Guest::viewing(
        "(drop (memory.grow (i32.const 32))) (local.set $p (i32.const 65536))
         (loop $l (if (i64.ne (i64.load (local.get $p)) (i64.const 0)) (then unreachable))
           (br_if $l (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const 8))) (i32.const 2065536))))",
    ));
    for _ in 0..200 {
        assert!(fill.view(noting().1, &request(), &Limits::default()).result.is_ok());
        let looked = look.view(noting().1, &request(), &Limits::default());
        assert!(looked.result.is_ok(), "{:?}", looked.result);
    }
}

#[test]
fn when_all_instances_are_in_use_the_call_is_told_so() {
    let host = Host::new(Settings { pool: Pool { instances: 1, ..Pool::default() }, ..Settings::default() }).unwrap();
    let slow = host.load(&Guest::viewing("(drop (call $now))").import("context", "now", "now", "(result i64)").module()).unwrap();
    let results: Vec<_> = std::thread::scope(|scope| {
        let calls: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let (_, abilities) = with(|a| a.slow = Duration::from_millis(200));
                    slow.view(abilities, &request(), &Limits::default()).result
                })
            })
            .collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert!(results.iter().any(Result::is_ok));
    assert!(results.iter().any(|r| matches!(r, Err(CallError::Busy))), "{results:?}");
}
