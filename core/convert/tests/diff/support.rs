//! What several tests share.

use parcours_convert::diff::{Diff, Options, compare, text};
use parcours_course::Language;
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The corpus, or nothing, with a word why.
pub fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let corpus = std::env::var_os("PARCOURS_SHARED").map_or(beside, PathBuf::from).join("corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    eprintln!("skipped: no corpus at {}", corpus.display());
    None
}

pub fn archives(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            archives(&path, out);
        } else if path.extension().is_some_and(|e| e == "mbz") {
            out.push(path);
        }
    }
}

/// Runs `test` on every archive, two at a time, and gives what it complains of.
pub fn each(corpus: &Path, test: impl Fn(&Path) -> Result<(), String> + Sync) -> Vec<String> {
    let mut paths = Vec::new();
    archives(corpus, &mut paths);
    paths.sort();
    assert!(paths.len() > 100, "the corpus has {} archives only", paths.len());
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
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

pub fn open(path: &Path) -> Result<Unpacked, Error> {
    Unpacked::open(File::open(path)?, &Limits::default(), Spool::new()?)
}

pub fn differ(a: &mut Unpacked, b: &mut Unpacked) -> Diff {
    compare(a, b, &Options::default()).unwrap()
}

pub fn said(diff: &Diff) -> String {
    text(diff, Language::English)
}
