//! Pages that list what the code lists.

use crate::none;
use parcours_tests::root;

/// `AsItCame` as reports write it.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[test]
fn every_reason_of_a_report_is_explained() {
    let code = std::fs::read_to_string(root().join("core/course/src/report.rs")).unwrap();
    let page = std::fs::read_to_string(root().join("core/docs/report.md")).unwrap();
    let body = code.split_once("pub enum Reason {").and_then(|(_, rest)| rest.split_once("\n}")).unwrap().0;
    let names = body.lines().filter_map(|line| line.trim().strip_suffix(',')).filter(|name| !name.starts_with("//"));
    let names: Vec<String> = names.map(kebab).collect();
    assert!(names.len() > 10, "the list of reasons was not found");
    none("core/docs/report.md has no line for it", names.into_iter().filter(|name| !page.contains(&format!("| `{name}` |"))).collect());
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut dead = Vec::new();
    for path in parcours_tests::files(root()).into_iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
            let file = target.split('#').next().unwrap_or_default();
            let outside = file.is_empty() || file.contains("://") || file.contains(' ');
            if !outside && path.parent().is_some_and(|folder| !folder.join(file).exists()) {
                dead.push(format!("{}: {target}", path.strip_prefix(root()).unwrap_or(&path).display()));
            }
        }
    }
    none("a link leads nowhere", dead);
}
