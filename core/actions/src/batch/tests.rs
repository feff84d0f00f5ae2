use super::{Batch, End, Outcome};
use crate::{ActionError, Result};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    for (name, text) in [("b.mbz", "bb"), ("a.MBZ", "a"), ("sub/c.mbz", "bad"), ("note.txt", "x")] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn length(file: &super::File) -> Result<usize> {
    match std::fs::read_to_string(&file.path).unwrap().as_str() {
        "bad" => Err(ActionError::invalid("it is bad")),
        text => Ok(text.len()),
    }
}

fn run(
    from: &Path,
    journal: Option<&Path>,
    wishes: &str,
    at_a_time: usize,
    work: impl Fn(&super::File) -> Result<usize> + Sync,
) -> Vec<Outcome<usize>> {
    Batch { from, journal, wishes: wishes.into(), at_a_time }.run(|_, _| true, work, |_| {}).unwrap()
}

fn ends(all: &[Outcome<usize>]) -> Vec<(&str, Option<usize>, bool)> {
    let done = |o: &Outcome<usize>| match o.end {
        End::Done(n) => Some(n),
        End::Failed(_) => None,
    };
    all.iter().map(|o| (o.name.as_str(), done(o), o.before)).collect()
}

#[test]
fn one_that_fails_does_not_keep_the_others() {
    let folder = folder();
    let all = run(folder.path(), None, "", 2, length);
    assert_eq!(ends(&all), [("a.MBZ", Some(1), false), ("b.mbz", Some(2), false), ("sub/c.mbz", None, false)]);
    assert_eq!(all[2].end, End::Failed("it is bad".into()));
}

#[test]
fn a_second_run_does_what_is_left() {
    let folder = folder();
    let journal = folder.path().join("journal");
    run(folder.path(), Some(&journal), "x", 1, length);
    let worked = Mutex::new(Vec::new());
    let watch = |file: &super::File| {
        worked.lock().unwrap().push(file.name.clone());
        length(file)
    };
    let again = run(folder.path(), Some(&journal), "x", 1, watch);
    assert_eq!(*worked.lock().unwrap(), ["sub/c.mbz"]);
    assert_eq!(ends(&again), [("a.MBZ", Some(1), true), ("b.mbz", Some(2), true), ("sub/c.mbz", None, false)]);
    // Other wishes, another file of that name, or an output that is gone: again.
    std::fs::write(folder.path().join("b.mbz"), "bbb").unwrap();
    worked.lock().unwrap().clear();
    run(folder.path(), Some(&journal), "x", 1, watch);
    assert_eq!(*worked.lock().unwrap(), ["b.mbz", "sub/c.mbz"]);
    worked.lock().unwrap().clear();
    run(folder.path(), Some(&journal), "y", 1, watch);
    assert_eq!(worked.lock().unwrap().len(), 3);
    let gone =
        Batch { from: folder.path(), journal: Some(&journal), wishes: "y".into(), at_a_time: 1 }.run(|_, _: &usize| false, length, |_| {}).unwrap();
    assert!(gone.iter().all(|o| !o.before));
}

#[test]
fn a_line_that_was_cut_off_does_not_count() {
    let folder = folder();
    let journal = folder.path().join("journal");
    run(folder.path(), Some(&journal), "", 1, length);
    let text = std::fs::read_to_string(&journal).unwrap();
    let second = text.find('\n').unwrap() + 10;
    std::fs::write(&journal, &text[..second]).unwrap();
    let again = run(folder.path(), Some(&journal), "", 1, length);
    assert_eq!(again.iter().map(|o| o.before).collect::<Vec<_>>(), [true, false, false]);
    let third = run(folder.path(), Some(&journal), "", 1, length);
    assert_eq!(third.iter().map(|o| o.before).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn no_more_run_at_a_time_than_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    (0..20).for_each(|n| std::fs::write(folder.path().join(format!("{n}.mbz")), "x").unwrap());
    let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    run(folder.path(), None, "", 3, |_| {
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::yield_now();
        now.fetch_sub(1, Ordering::SeqCst);
        Ok(0)
    });
    assert!(most.into_inner() <= 3);
}
