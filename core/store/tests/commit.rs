//! Many writers, few commits, and nothing acknowledged that is lost.
#![allow(clippy::unwrap_used)]

mod common;
use common::{domain, open, write};
use parcours_store::{Domain, StoreError, settings};
use std::sync::atomic::{AtomicUsize, Ordering};

fn set(domain: &Domain, name: String) -> Result<(), StoreError> {
    write(domain, move |w| settings::set(w, &name, "1"))
}

#[test]
fn many_writers_share_commits_and_all_is_durable() {
    let (dir, domain) = domain();
    let before = domain.commits();
    let (writers, each) = (16, 50);
    std::thread::scope(|s| {
        for t in 0..writers {
            let domain = &domain;
            s.spawn(move || (0..each).for_each(|n| set(domain, format!("{t}/{n}")).unwrap()));
        }
    });
    let commits = domain.commits() - before;
    println!("{} durable writes in {commits} commits", writers * each);
    assert!(commits < writers * each, "{commits}");
    drop(domain);
    let read = open(&dir).read().unwrap();
    for t in 0..writers {
        for n in 0..each {
            assert!(settings::get(&read, &format!("{t}/{n}")).unwrap().is_some());
        }
    }
}

#[test]
fn an_error_or_a_panic_undoes_only_its_own_job() {
    let (_dir, domain) = domain();
    let failures = AtomicUsize::new(0);
    std::thread::scope(|s| {
        for n in 0..30 {
            let (domain, failures) = (&domain, &failures);
            s.spawn(move || {
                let outcome: Result<(), StoreError> = domain.write(move |mut w| {
                    let done = settings::set(&mut w, &n.to_string(), "1");
                    match n % 3 {
                        0 => (w, done),
                        1 => (w, Err(StoreError::Invalid("no".into()))),
                        _ => panic!("on purpose"),
                    }
                });
                failures.fetch_add(usize::from(outcome.is_err()), Ordering::Relaxed);
            });
        }
    });
    assert_eq!(failures.load(Ordering::Relaxed), 20);
    let read = domain.read().unwrap();
    for n in 0..30 {
        assert_eq!(settings::get(&read, &n.to_string()).unwrap().is_some(), n % 3 == 0, "{n}");
    }
}

#[test]
fn a_job_can_go_back_to_a_mark() {
    let (_dir, domain) = domain();
    write(&domain, |w| {
        settings::set(w, "a", "1")?;
        let mark = w.mark()?;
        settings::set(w, "b", "1")?;
        w.back(mark)?;
        let mark = w.mark()?;
        settings::set(w, "c", "1")?;
        w.release(mark)
    })
    .unwrap();
    let read = domain.read().unwrap();
    let has = |n| settings::get(&read, n).unwrap().is_some();
    assert_eq!((has("a"), has("b"), has("c")), (true, false, true));
}

#[test]
fn a_read_sees_one_moment_and_cannot_write() {
    let (_dir, domain) = domain();
    set(&domain, "early".into()).unwrap();
    let read = domain.read().unwrap();
    assert!(settings::get(&read, "early").unwrap().is_some());
    set(&domain, "late".into()).unwrap();
    assert!(settings::get(&read, "late").unwrap().is_none());
    drop(read);
    assert!(settings::get(&domain.read().unwrap(), "late").unwrap().is_some());
}

#[test]
fn a_write_inside_a_write_is_refused_instead_of_waiting_for_itself() {
    let (_dir, domain) = domain();
    let inner = domain.clone();
    let outcome = write(&domain, move |_| set(&inner, "x".into()));
    assert!(matches!(outcome, Err(StoreError::Nested)));
}
