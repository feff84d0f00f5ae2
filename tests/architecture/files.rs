//! What a file of source code may hold.

use crate::none;
use parcours_tests::{files, root};
use std::path::{Path, PathBuf};

/// A file longer than this is no longer one room with one purpose.
const LINES: usize = 600;

/// The one file of the program that may be unsafe: it loads what the same program compiled before.
const UNSAFE: &str = "modules/host/src/cwasm.rs";

fn sources(extensions: &[&str]) -> Vec<(String, String)> {
    let wanted = |path: &PathBuf| path.extension().and_then(|e| e.to_str()).is_some_and(|e| extensions.contains(&e));
    let name = |path: &Path| path.strip_prefix(root()).unwrap_or(path).display().to_string();
    let paths = files(root()).into_iter().filter(wanted);
    paths.map(|path| (name(&path), std::fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn no_file_is_longer_than_600_lines() {
    let long = sources(&["rs", "js", "mjs", "css", "html", "wit", "md", "sh", "py"]).into_iter();
    let long = long.map(|(name, text)| (name, text.lines().count())).filter(|(_, lines)| *lines > LINES);
    none("split it by purpose", long.map(|(name, lines)| format!("{name}: {lines} lines")).collect());
}

/// Roots of crates and programs. The modules and their SDK export functions to the host, which is unsafe by its nature, so theirs is `deny`.
#[test]
fn every_crate_forbids_unsafe_code() {
    let roots = sources(&["rs"]).into_iter().filter(|(name, _)| name.ends_with("src/lib.rs") || name.ends_with("src/main.rs"));
    let guest = |name: &str| name.starts_with("wasm-plugins/") || name.starts_with("modules/sdk/");
    let mark = |name: &str| if guest(name) || name == "modules/host/src/lib.rs" { "#![deny(unsafe_code)]" } else { "#![forbid(unsafe_code)]" };
    let lacking = roots.filter(|(name, text)| !text.contains(mark(name)));
    none("say #![forbid(unsafe_code)]", lacking.map(|(name, _)| name).collect());
}

#[test]
fn one_audited_file_is_unsafe() {
    let mark = concat!("allow(", "unsafe_code");
    let unsafe_ones = sources(&["rs"]).into_iter().filter(|(name, text)| text.contains(mark) && name != UNSAFE && !name.starts_with("modules/sdk/"));
    none("unsafe code outside the audited file", unsafe_ones.map(|(name, _)| name).collect());
}

/// The lower half is told the time and gets its chance as an argument, so that a test can say both (DESIGN §3, invariant 11). Deadlines are measured, not told.
#[test]
fn no_clock_is_read_below_the_shell() {
    let marks = [concat!("SystemTime::", "now"), concat!("Zoned::", "now"), concat!("Timestamp::", "now")];
    let below = ["core/course/", "core/mbz/src", "core/convert/src", "importers/", "core/rules/", "core/store/src", "modules/declare/"];
    let found = sources(&["rs"]).into_iter().filter(|(name, _)| below.iter().any(|b| name.starts_with(b)));
    none("take the time as an argument", found.filter(|(_, text)| marks.iter().any(|m| text.contains(m))).map(|(name, _)| name).collect());
}

#[test]
fn statements_of_sql_stand_in_the_store() {
    let outside = ["core/course/", "core/mbz/", "core/convert/", "importers/", "core/rules/", "core/actions/", "core/web/", "core/cli/", "modules/"];
    let marks = ["\"SELECT ", "\"INSERT INTO ", "\"UPDATE ", "\"DELETE FROM ", "\"CREATE TABLE "];
    let found = sources(&["rs"]).into_iter().filter(|(name, _)| outside.iter().any(|b| name.starts_with(b)));
    none("ask the store", found.filter(|(_, text)| marks.iter().any(|m| text.contains(m))).map(|(name, _)| name).collect());
}
