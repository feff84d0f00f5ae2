//! What several tests share.
#![allow(dead_code, clippy::unwrap_used)]

pub mod plant;
pub mod search;

use parcours_mbz::xml::{Element, Rewrite};
use parcours_mbz::{Container, Error, Limits, Spool, Unpacked};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The folder with the corpus, or nothing, with a word why.
pub fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
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

/// An archive laid open; nothing for the one without a manifest.
pub fn unpack(path: &Path) -> Option<Unpacked> {
    let course = Unpacked::open(std::fs::File::open(path).unwrap(), &Limits::default(), Spool::new().unwrap());
    match course {
        Err(_) if is_shell(path) => None,
        course => Some(course.unwrap()),
    }
}

/// The archive as it would be written.
pub fn packed(course: &mut Unpacked) -> Vec<u8> {
    course.write(Cursor::new(Vec::new()), Container::Tgz).unwrap().into_inner()
}

/// Every element of a document with the names around it, itself last; children after their parents.
pub fn walk(course: &mut Unpacked, path: &str, see: &mut dyn FnMut(&[String], &Element)) {
    struct All<'a>(&'a mut dyn FnMut(&[String], &Element));
    fn inside(names: &mut Vec<String>, e: &Element, see: &mut dyn FnMut(&[String], &Element)) {
        see(names, e);
        for c in &e.children {
            names.push(c.name.clone());
            inside(names, c, see);
            names.pop();
        }
    }
    impl Rewrite for All<'_> {
        fn takes(&mut self, path: &[String]) -> bool {
            path.len() == 1
        }
        fn element(&mut self, path: &[String], e: Element, _: &mut Vec<Element>) -> Result<(), Error> {
            inside(&mut path.to_vec(), &e, self.0);
            Ok(())
        }
    }
    let Some(reader) = course.reader(path).unwrap() else { return };
    parcours_mbz::xml::rewrite(reader, std::io::sink(), &mut All(see)).unwrap();
}
