//! A sample says where it comes from.

use crate::none;
use parcours_tests::{files, root};

#[test]
fn every_sample_has_a_line_in_the_readme() {
    let folder = root().join("samples");
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let lines: Vec<&str> = readme
        .lines()
        .filter(|l| l.starts_with('|') && l.contains("licence") | l.contains("CC0") | l.contains("MIT") | l.contains("the same"))
        .collect();
    let archives = files(&folder).into_iter().filter(|p| p.extension().is_some_and(|e| e == "mbz"));
    let names = archives.filter_map(|p| Some(p.strip_prefix(&folder).ok()?.display().to_string()));
    none("samples/README.md lacks a line with licence", names.filter(|n| !lines.iter().any(|l| l.contains(&format!("`{n}`")))).collect());
}
