//! Every archive of the corpus, through `convert`, in both containers.
//!
//! The corpus is not part of the repository: it is looked for in `../shared` beside it, or where PARCOURS_SHARED points.

use parcours_mbz::{Container, Error, Limits, Spool, convert, inspect};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

fn shared() -> Option<PathBuf> {
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
fn each(shared: &Path, test: impl Fn(&Path) -> Result<(), String> + Sync) -> Vec<String> {
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
fn is_shell(path: &Path) -> bool {
    path.ends_with("moodle2cc-moodle2_shell.mbz")
}

#[test]
fn every_archive_survives_both_conversions() {
    let Some(shared) = shared() else { return };
    let tool = shared.join("tools/mbz_fidelity.py");
    let folder = tempfile::tempdir().unwrap();
    let failures = each(&shared, |path| {
        for (name, to) in [("tgz", Container::Tgz), ("zip", Container::Zip)] {
            let out = folder.path().join(format!("{}.{name}", path.file_name().unwrap().display()));
            let result = convert(File::open(path).unwrap(), File::create(&out).unwrap(), to, &Limits::default(), Spool::new().unwrap());
            match result {
                Err(Error::EmptyManifest) if is_shell(path) => continue,
                Err(e) => return Err(e.to_string()),
                Ok(_) if is_shell(path) => return Err("accepted".into()),
                Ok(_) => {}
            }
            let compared = Command::new("python3").arg(&tool).arg(path).arg(&out).args(["--show", "5"]).output().unwrap();
            if !compared.status.success() {
                return Err(format!("{name}\n{}", String::from_utf8_lossy(&compared.stdout)));
            }
            std::fs::remove_file(&out).unwrap();
        }
        Ok(())
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_archive_has_an_inventory() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| match inspect(File::open(path).unwrap(), &Limits::default(), |_| true) {
        Err(Error::EmptyManifest) if is_shell(path) => Ok(()),
        Err(e) => Err(e.to_string()),
        Ok(inventory) => {
            let counts = inventory.report.counts();
            let m = &inventory.manifest;
            match counts.items_in == m.activities.len() + m.sections.len() && ["course", "section", "activity"].contains(&m.kind()) {
                true => Ok(()),
                false => Err(format!("{counts:?} {:?}", m.details)),
            }
        }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
