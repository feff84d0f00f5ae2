//! A sample says where it comes from.

use crate::none;
use parcours_tests::{files, root};

/// Columns of the table: sample, container, release, purpose, licence.
const COLUMNS: usize = 5;

#[test]
fn every_sample_has_a_line_in_the_readme() {
    let folder = root().join("samples");
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let told = |name: &str| {
        let line = readme.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        line.is_some_and(|line| line.trim_matches('|').split('|').filter(|cell| !cell.trim().is_empty()).count() == COLUMNS)
    };
    let archives = files(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "mbz"));
    let names = archives.filter_map(|path| Some(path.strip_prefix(&folder).ok()?.display().to_string()));
    none("samples/README.md lacks a full line", names.filter(|name| !told(name)).collect());
}
