//! What several tests share.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The folder with the corpus, or nothing, with a word why.
pub fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("PARCOURS_SHARED").map_or(beside, PathBuf::from);
    if shared.join("corpus").is_dir() {
        return Some(shared);
    }
    eprintln!("skipped: no corpus at {}", shared.display());
    None
}

fn archives(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            archives(&path, out);
        } else if path.extension().is_some_and(|e| e == "mbz") {
            out.push(path);
        }
    }
}

/// Runs `test` on every archive, a few at a time, and gives what it complains of.
pub fn each(shared: &Path, test: impl Fn(&Path) -> Result<(), String> + Sync) -> Vec<String> {
    let mut paths = Vec::new();
    archives(&shared.join("corpus"), &mut paths);
    paths.sort();
    assert!(paths.len() > 100, "the corpus has {} archives only", paths.len());
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(e) = test(path) {
                        failures.lock().unwrap().push(format!("{}: {e}", path.display()));
                    }
                }
            });
        }
    });
    failures.into_inner().unwrap()
}

/// An archive whose manifest is empty: it must be refused, and by that name.
pub fn is_shell(path: &Path) -> bool {
    path.ends_with("moodle2cc-moodle2_shell.mbz")
}
