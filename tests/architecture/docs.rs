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
    let body = code.split_once("\nreasons! {").and_then(|(_, rest)| rest.split_once("\n}")).unwrap().0;
    // A name stands on a line of its own, its texts below it.
    let names = body.lines().map(str::trim).filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let names: Vec<String> = names.filter_map(|line| line.split(' ').next()).map(kebab).collect();
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

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Every case and every test that `core/docs/hostile.md` names exists, every case there is stands in it, and no item of the lists is left out.
#[test]
fn what_proves_a_hostile_case_exists() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap_or_default();
    let page = read("core/docs/hostile.md");
    let cases = ["archives", "documents", "courses"].map(|file| read(&format!("core/mbz/src/hostile/{file}.rs"))).concat();
    let mut wrong = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("| ") && line.contains('`')) {
        let item = line.trim_start_matches("| ").split(' ').next().unwrap_or_default();
        let mut file: Option<String> = None;
        for name in quoted(line.splitn(4, '|').nth(3).unwrap_or_default()) {
            let (letter, rest) = name.split_at(1);
            if name.contains('/') && name.ends_with(".rs") {
                wrong.extend((!root().join(name).exists()).then(|| format!("{item}: there is no {name}")));
                file = Some(read(name));
            } else if "ABC".contains(letter) && rest.starts_with(|c: char| c.is_ascii_digit()) {
                wrong.extend((!cases.contains(&format!("\"{name}\""))).then(|| format!("{item}: there is no case `{name}`")));
            } else if name.contains('_') {
                let found = file.as_ref().is_some_and(|text| text.contains(&format!("fn {name}(")));
                wrong.extend((!found).then(|| format!("{item}: there is no test `{name}`")));
            }
        }
    }
    let numbers = (1..=40).map(|n| ('A', n)).chain((1..=20).map(|n| ('B', n))).chain((1..=35).filter(|n| ![8, 9].contains(n)).map(|n| ('C', n)));
    for (list, n) in numbers {
        let item = format!("| {list}{n:02} |");
        wrong.extend((page.matches(&item).count() != 1).then(|| format!("{item} does not stand there once")));
    }
    let named = quoted(&page);
    for case in cases.split('"').filter(|s| s.len() > 4 && s.is_char_boundary(4) && ["A", "B", "C"].contains(&&s[..1])) {
        let numbered = case[1..3].bytes().all(|b| b.is_ascii_digit()) && case[3..].starts_with(' ');
        wrong.extend((numbered && !named.contains(&case)).then(|| format!("`{case}` stands nowhere")));
    }
    none("core/docs/hostile.md", wrong);
}
