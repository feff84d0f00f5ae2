//! What a discussion of twenty posts costs when the module's code runs natively: the other half of `cargo xtask bench`, whose first half runs it
//! in the sandbox. `native [calls]` prints the middle of many calls in microseconds.

use forum::Forum;
use parcours_sdk::Value;
use parcours_sdk::test::Host;
use std::time::Instant;

const NOW: i64 = 1_700_000_000;

fn main() {
    let calls: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let host = course();
    let mut times: Vec<f64> = (0..calls.max(1))
        .map(|_| {
            let start = Instant::now();
            let page = host.html::<Forum>("discussion?d=1");
            let spent = start.elapsed().as_secs_f64() * 1e6;
            assert!(page.contains("<article"));
            spent
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{:.1}", times[times.len() / 2]);
}

/// A general forum, one discussion, twenty posts by three people.
fn course() -> Host {
    let host = Host::new(include_str!("../module.json")).strings("en", include_str!("../lang/en.json"));
    host.person(2, "Ada", "student").person(3, "Bob", "student").person(4, "Cleo", "student").at(NOW);
    host.set(&[("type", "general".into()), ("name", "Forum".into()), ("maxattachments", 2.into())]);
    let fields = [("name", "Discussion".into()), ("firstpost", 1.into()), ("userid", 2.into()), ("timemodified", NOW.into())];
    host.put("discussions", 1, &fields);
    for id in 1..=20i64 {
        let fields = [
            ("discussion", 1.into()),
            ("parent", Value::Int(if id == 1 { 0 } else { 1 + id / 4 })),
            ("userid", (2 + id % 3).into()),
            ("created", (NOW - 86_400 + id).into()),
            ("modified", (NOW - 86_400 + id).into()),
            ("subject", format!("Subject {id}").into()),
            ("message", "<p>Some words about the work of the week, long enough to be a message.</p>".into()),
            ("messageformat", 1.into()),
        ];
        host.put("posts", id, &fields);
    }
    host
}
