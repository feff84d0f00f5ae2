//! Every archive of the corpus, through `convert`, in both containers.
//!
//! The corpus is not part of the repository: it is looked for in `../shared` beside it, or where PARCOURS_SHARED points.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use parcours_mbz::{Container, Error, Limits, Spool, convert, inspect, open};
use parcours_samples::corpus as support;
use sha1::{Digest, Sha1};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::process::Command;
use support::{each, is_shell, shared};

#[test]
fn every_archive_survives_both_conversions() {
    let Some(shared) = shared() else { return };
    let tool = shared.join("tools/mbz_fidelity.py");
    let folder = tempfile::tempdir().unwrap();
    let failures = each(&shared, |path| {
        let out = folder.path().join(path.file_name().unwrap());
        match through(path, File::create(&out).unwrap(), Container::Tgz) {
            Err(Error::EmptyManifest) if is_shell(path) => return Ok(()),
            Err(e) => return Err(e.to_string()),
            Ok(_) if is_shell(path) => return Err("accepted".into()),
            Ok(_) => {}
        }
        let compared = Command::new("python3").arg(&tool).arg(path).arg(&out).args(["--show", "5"]).output().unwrap();
        if !compared.status.success() {
            return Err(String::from_utf8_lossy(&compared.stdout).into_owned());
        }
        // The tool has seen the one container; the other must hold the same bytes under the same names.
        let mut zip = through(path, tempfile::tempfile().unwrap(), Container::Zip).map_err(|e| e.to_string())?;
        zip.rewind().unwrap();
        let same = digests(File::open(&out).unwrap()) == digests(zip);
        std::fs::remove_file(&out).unwrap();
        if same { Ok(()) } else { Err("zip and tar.gz differ".into()) }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn through(path: &Path, out: File, to: Container) -> Result<File, Error> {
    Ok(convert(File::open(path)?, out, to, &Limits::default(), Spool::new()?)?.out)
}

/// Names of entries, and a digest of each content.
fn digests(archive: File) -> BTreeMap<String, Vec<u8>> {
    let mut archive = open(archive, &Limits::default()).unwrap();
    let mut all = BTreeMap::new();
    while let Some(mut entry) = archive.next().unwrap() {
        let mut body = Vec::new();
        entry.read_to_end(&mut body).unwrap();
        all.insert(entry.path.clone(), Sha1::digest(&body).to_vec());
    }
    all
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
