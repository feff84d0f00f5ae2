//! Every archive of the corpus, through `convert`, in both containers.
//!
//! The corpus is not part of the repository: it is looked for in `../shared` beside it, or where PARCOURS_SHARED points.

mod support;

use parcours_mbz::{Container, Error, Limits, Spool, convert, inspect};
use std::fs::File;
use std::process::Command;
use support::{each, is_shell, shared};

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
