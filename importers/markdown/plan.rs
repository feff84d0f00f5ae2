//! What becomes of each file of a tree: which is a section, which an activity, and in which order.

use super::front::{Front, split};
use parcours_mbz::outline::Build;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

/// A section to be made.
pub struct Section {
    pub name: String,
    pub front: Front,
    /// Path of its summary; empty where it has none.
    pub index: String,
    /// Paths of its activities, in their order.
    pub pages: Vec<String>,
    /// Of its folder, with a slash at its end; empty for the root.
    pub folder: String,
}

/// The sections of a tree. The first is the one above all others.
pub fn sections<'a>(texts: &'a BTreeMap<String, String>, paths: impl Iterator<Item = &'a str>) -> Vec<Section> {
    let mut folders: Vec<&str> =
        texts.keys().map(String::as_str).chain(paths).filter_map(|p| p.split_once('/').map(|(f, _)| f)).filter(|f| *f != "files").collect();
    folders.sort_by(|a, b| natural(a, b));
    folders.dedup();
    let mut all: Vec<Section> = folders.into_iter().map(|f| section(texts, &format!("{f}/"))).collect();
    let root = section(texts, "");
    let zero = all.first().is_some_and(|s| number(&s.folder) == Some(0));
    if zero && let Some(first) = all.first_mut() {
        first.pages.splice(0..0, root.pages);
    } else {
        all.insert(0, Section { name: String::new(), front: Front::default(), index: String::new(), ..root });
    }
    all
}

fn section(texts: &BTreeMap<String, String>, folder: &str) -> Section {
    let inside = |p: &&String| if folder.is_empty() { !p.contains('/') } else { p.starts_with(folder) };
    let mut pages: Vec<String> = texts.keys().filter(inside).cloned().collect();
    pages.sort_by(|a, b| natural(a, b));
    let index = pages.iter().position(|p| is_index(p.strip_prefix(folder).unwrap_or(p))).map(|at| pages.remove(at));
    let front = index.as_ref().and_then(|p| texts.get(p)).and_then(|t| split(t).0);
    let name = match &front {
        Some(front) => front.get("title").unwrap_or_default().to_owned(),
        None => title_of(folder.trim_end_matches('/')),
    };
    Section { name, front: front.unwrap_or_default(), index: index.unwrap_or_default(), pages, folder: folder.to_owned() }
}

pub fn is_index(name: &str) -> bool {
    name.eq_ignore_ascii_case("index.md") || name.eq_ignore_ascii_case("readme.md")
}

/// What a name of a file or folder says: `02-Barn-owl.md` is `Barn owl`.
pub fn title_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let name = name.strip_suffix(".md").unwrap_or(name);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if rest.len() < name.len() { rest.trim_start_matches(['-', '_', '.', ' ']) } else { rest };
    let words = rest.replace(['-', '_'], " ");
    if words.trim().is_empty() { name.to_owned() } else { words.trim().to_owned() }
}

fn number(name: &str) -> Option<u64> {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    name.get(..digits).and_then(|d| d.parse().ok())
}

/// By the numbers that names begin with, then by the names.
pub fn natural(a: &str, b: &str) -> Ordering {
    let mut parts = (a.split('/'), b.split('/'));
    loop {
        match (parts.0.next(), parts.1.next()) {
            (Some(a), Some(b)) => {
                let by = |n: &str| (number(n).unwrap_or(u64::MAX), n.to_owned());
                match by(a).cmp(&by(b)) {
                    Ordering::Equal => {}
                    other => return other,
                }
            }
            (a, b) => return a.is_some().cmp(&b.is_some()),
        }
    }
}

/// The kind of activity that a file says it is, as far as it is made here.
pub fn module(front: &Front) -> &'static str {
    match front.get("module").unwrap_or("page") {
        "label" => "label",
        "url" => "url",
        "book" => "book",
        "resource" => "resource",
        "folder" => "folder",
        _ => "page",
    }
}

/// Where links between texts lead to, by path.
pub struct Targets {
    pub links: HashMap<String, String>,
    pub cms: HashMap<String, i64>,
}

pub fn targets(build: &mut Build, sections: &[Section], texts: &BTreeMap<String, String>) -> Targets {
    let mut all = Targets { links: HashMap::new(), cms: HashMap::new() };
    let (_, course) = build.bank_context();
    for name in texts.keys().filter(|p| is_index(p)) {
        all.links.insert(name.clone(), format!("$@COURSEVIEWBYID*{course}@$"));
    }
    for (at, section) in sections.iter().enumerate() {
        // Sections are numbered from 1 in the order they are added.
        all.links.insert(section.index.clone(), format!("$@COURSESECTIONBYID*{}@$", at + 1));
        for path in &section.pages {
            let front = texts.get(path).and_then(|t| split(t).0).unwrap_or_default();
            if front.get("module") == Some("discussion") {
                continue;
            }
            let cm = build.reserve();
            all.cms.insert(path.clone(), cm);
            all.links.insert(path.clone(), Build::module_link(cm, module(&front)));
        }
    }
    all.links.remove("");
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_by_their_numbers_and_names_are_read_without() {
        let mut all = ["10-a/x.md", "2-b/10.md", "2-b/9.md", "c.md", "2-b"];
        all.sort_by(|a, b| natural(a, b));
        assert_eq!(all, ["2-b", "2-b/9.md", "2-b/10.md", "10-a/x.md", "c.md"]);
        assert_eq!(["01-Barn-owl.md", "2024.md", "a/_x_.md", "3"].map(title_of), ["Barn owl", "2024", "x", "3"]);
    }

    #[test]
    fn folders_are_sections_and_the_one_of_number_nought_is_above_all() {
        let texts = |paths: &[&str]| paths.iter().map(|p| ((*p).to_owned(), "x".to_owned())).collect::<BTreeMap<_, _>>();
        let got = sections(&texts(&["index.md", "a.md", "02-B/1.md", "01-A/README.md"]), ["C/x.pdf"].into_iter());
        let names: Vec<_> = got.iter().map(|s| (s.name.as_str(), s.pages.len())).collect();
        assert_eq!(names, [("", 1), ("A", 0), ("B", 1), ("C", 0)]);
        let got = sections(&texts(&["00-Start/x.md", "01-A/y.md"]), std::iter::empty());
        assert_eq!(got.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["Start", "A"]);
    }
}
