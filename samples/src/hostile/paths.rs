//! Names that lead out of the archive, and entries that are no files.

use super::Hostile;
use super::raw::{Tar, Zip, tgz, zip};
use anyhow::Result;

pub const ALL: &[Hostile] = &[
    Hostile { name: "tar-parent", what: "a path with ..", make: || tar(b"files/../../../etc/cron.d/x", b'0', "") },
    Hostile { name: "tar-absolute", what: "a path from the root", make: || tar(b"/etc/passwd", b'0', "") },
    Hostile { name: "tar-backslash", what: "a path with Windows' separator", make: || tar(b"files\\..\\..\\x", b'0', "") },
    Hostile { name: "tar-drive", what: "a path with a drive", make: || tar(b"C:x", b'0', "") },
    Hostile { name: "tar-zero", what: "a name that ends early for one program and late for another", make: || tar(b"files/a\0../../x", b'0', "") },
    Hostile { name: "tar-utf8", what: "a name that is not ASCII", make: || tar("files/é".as_bytes(), b'0', "") },
    Hostile { name: "tar-symlink", what: "a symbolic link out of the archive", make: || tar(b"files/ab", b'2', "/etc") },
    Hostile { name: "tar-hardlink", what: "a hard link to a file of the system", make: || tar(b"files/ab", b'1', "/etc/passwd") },
    Hostile { name: "tar-device", what: "a device", make: || tar(b"files/null", b'3', "") },
    Hostile { name: "tar-pipe", what: "a named pipe, at which a reader would wait for ever", make: || tar(b"files/pipe", b'6', "") },
    Hostile { name: "tar-twice", what: "the same name twice, in two cases of letters", make: || tar(b"Moodle_Backup.xml", b'0', "") },
    Hostile { name: "tar-deep", what: "a path of forty folders", make: || tar(&b"a/".repeat(40), b'0', "") },
    Hostile { name: "zip-parent", what: "a path with ..", make: || Ok(zip([manifest(), Zip::file("../../x", b"")])) },
    Hostile { name: "zip-twice", what: "the same name twice", make: || Ok(zip([manifest(), manifest()])) },
    Hostile { name: "zip-two-names", what: "another name in the directory than before the content", make: two_names },
    Hostile { name: "zip-encrypted", what: "an entry with a password", make: || Ok(zip([manifest(), Zip { flags: 1, ..Zip::file("files.xml", b"x") }])) },
    Hostile { name: "zip-method", what: "an entry packed by a method backups do not use", make: || Ok(zip([manifest(), Zip { method: 93, ..Zip::file("files.xml", b"x") }])) },
];

const MANIFEST: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<moodle_backup>\n  <information>\n  </information>\n</moodle_backup>";

fn manifest() -> Zip<'static> {
    Zip::file("moodle_backup.xml", MANIFEST)
}

fn tar(name: &[u8], kind: u8, link: &str) -> Result<Vec<u8>> {
    Ok(tgz([Tar::file("moodle_backup.xml", MANIFEST), Tar { name, kind, link, content: b"" }]))
}

fn two_names() -> Result<Vec<u8>> {
    Ok(zip([manifest(), Zip { local: "../../x", ..Zip::file("files.xml", b"<files></files>") }]))
}
