//! The corpus: real archives that lie beside the checkout, for tests to go through. They are no part of the repository, so that every test that wants them is passed over where they are absent.
// Only tests call this: what is wrong here ends them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Archives that are looked at at a time.
const AT_A_TIME: usize = 3;

/// The folder with the corpus and the tools that judge archives (`../shared`, or where PARCOURS_SHARED points); or nothing, with a word why.
pub fn shared() -> Option<PathBuf> {
    let beside = crate::folder().join("../../shared");
    let shared = std::env::var_os("PARCOURS_SHARED").map_or(beside, PathBuf::from);
    if shared.join("corpus").is_dir() {
        return Some(shared);
    }
    eprintln!("skipped: no corpus at {}", shared.display());
    None
}

/// Every archive of the corpus, by name.
///
/// # Panics
/// When there are few: a test that goes through nothing proves nothing.
pub fn archives(shared: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(&shared.join("corpus"), &mut found);
    found.sort();
    assert!(found.len() > 100, "the corpus has {} archives only", found.len());
    found
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "mbz") {
            out.push(path);
        }
    }
}

/// Runs `test` on every archive, a few at a time, and gives what it says, by the archives' names.
pub fn all<T: Send>(shared: &Path, test: impl Fn(&Path) -> T + Sync) -> Vec<(PathBuf, T)> {
    of(&archives(shared), test)
}

/// The same for some of them.
pub fn of<T: Send>(paths: &[PathBuf], test: impl Fn(&Path) -> T + Sync) -> Vec<(PathBuf, T)> {
    let (next, said) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let says = test(path);
                    said.lock().unwrap().push((path.clone(), says));
                }
            });
        }
    });
    let mut said = said.into_inner().unwrap();
    said.sort_by(|a, b| a.0.cmp(&b.0));
    said
}

/// The same with a test that complains: what it complains of, with the archive's path before it.
pub fn each(shared: &Path, test: impl Fn(&Path) -> Result<(), String> + Sync) -> Vec<String> {
    complaints(all(shared, test))
}

/// What tests complain of, each with the archive's path before it.
pub fn complaints(said: Vec<(PathBuf, Result<(), String>)>) -> Vec<String> {
    said.into_iter().filter_map(|(path, said)| said.err().map(|e| format!("{}: {e}", path.display()))).collect()
}

/// The one archive whose manifest is empty: it must be refused, and by that name.
pub fn is_shell(path: &Path) -> bool {
    path.ends_with("moodle2cc-moodle2_shell.mbz")
}
