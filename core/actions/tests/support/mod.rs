//! What the tests of this crate share: a domain with every module of the program in it, archives taken apart and put together, and the tools that judge them.
#![allow(dead_code, unused_imports, clippy::unwrap_used, clippy::expect_used)]

pub mod archive;
pub mod canary;
pub mod chance;
pub mod house;
pub mod judge;
pub mod tree;

pub use house::{House, NOW};

use std::path::{Path, PathBuf};

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// One of the archives that belong to the repository.
pub fn sample(name: &str) -> PathBuf {
    root().join("samples").join(format!("{name}.mbz"))
}

pub use parcours_samples::corpus::{is_shell, shared};

/// Every archive of the samples, and of the corpus where there is one.
pub fn every_archive() -> Vec<PathBuf> {
    let mut found = vec![sample("formation"), sample("petit")];
    found.extend(shared().iter().flat_map(|shared| parcours_samples::corpus::archives(shared)));
    found
}

/// Runs `test` on each of many, two at a time, and gives what it complains of, with a name before each complaint.
pub fn each<T: Sync>(all: &[T], name: impl Fn(&T) -> String + Sync, test: impl Fn(&T) -> Result<(), String> + Sync) -> Vec<String> {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let (next, complaints) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(complaint) = test(one) {
                        complaints.lock().unwrap().push(format!("{}: {complaint}", name(one)));
                    }
                }
            });
        }
    });
    complaints.into_inner().unwrap()
}

/// Files in a folder and the folders in it.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(list) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in list.map(|e| e.unwrap().path()) {
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found
}
