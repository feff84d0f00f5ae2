//! A test whose sections are categories, and the order of items that tests give.

use super::names::{from_3, to_3};
use super::{Version, package};
use crate::bank::names;
use crate::bank::node::{Node, to_xml};
use parcours_mbz::Error;
use std::collections::{BTreeMap, HashSet};
use std::io::{Read, Seek};

/// The path of a category and the item's entry in the package.
type Place = (String, String);

/// A test of these items. Each category is a section, in that of its parent.
pub(super) fn write(items: &[Place], version: Version) -> String {
    let mut by: BTreeMap<Vec<String>, Vec<Node>> = BTreeMap::new();
    for (path, href) in items {
        let id = href.rsplit('/').next().unwrap_or(href).trim_end_matches(".xml");
        let reference = Node::new("assessmentItemRef", &[("identifier", id), ("href", &format!("../{href}"))], []);
        let mut names = names(path);
        if names.is_empty() {
            names.push("top".to_owned());
        }
        // Parents are there before their children, in the order of the map.
        (1..names.len()).for_each(|n| {
            by.entry(names.iter().take(n).cloned().collect()).or_default();
        });
        by.entry(names).or_default().push(reference);
    }
    let mut open: Vec<(Vec<String>, Node)> = Vec::new();
    let mut sections = Vec::new();
    for (n, (path, items)) in by.into_iter().enumerate() {
        close(&mut open, &mut sections, |above| path.starts_with(above));
        let title = path.last().map_or("?", String::as_str);
        let attributes = [("identifier", &*format!("S{}", n + 1)), ("title", title), ("visible", "true")];
        open.push((path.clone(), Node::new("assessmentSection", &attributes, items)));
    }
    close(&mut open, &mut sections, |_| false);
    let part = Node::new("testPart", &[("identifier", "P1"), ("navigationMode", "nonlinear"), ("submissionMode", "individual")], sections);
    let root = [("xmlns", version.namespace()), ("identifier", "bank"), ("title", "Question bank"), ("toolName", "Parcours")];
    let mut test = Node::new("assessmentTest", &root, [part]);
    if version == Version::V3 {
        to_3(&mut test);
    }
    to_xml(&test)
}

/// Closes the sections that are not above the next one.
fn close(open: &mut Vec<(Vec<String>, Node)>, sections: &mut Vec<Node>, above: impl Fn(&[String]) -> bool) {
    while let Some((path, section)) = open.pop() {
        if above(&path) {
            open.push((path, section));
            return;
        }
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(section),
            None => sections.push(section),
        }
    }
}

/// Every item of a package: those of its tests, and then the others. Where there is no manifest, every document that is an item.
pub(super) fn order<R: Read + Seek>(package: &mut package::In<R>) -> Result<Vec<Place>, Error> {
    let (tests, items) = package.resources()?;
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    for href in tests {
        let Some(text) = package.text(&href)? else { continue };
        let Ok(mut test) = Node::document(&text, &href, package.limits()) else { continue };
        from_3(&mut test);
        walk(&test, "", &href, &mut |path, item| {
            if seen.insert(item.clone()) {
                all.push((path.to_owned(), item));
            }
        });
    }
    all.extend(items.into_iter().filter(|i| !seen.contains(i)).map(|i| (String::new(), i)));
    Ok(all)
}

fn walk(node: &Node, path: &str, href: &str, see: &mut impl FnMut(&str, String)) {
    for child in &node.children {
        match child.name.as_str() {
            "assessmentItemRef" => child.get("href").into_iter().for_each(|h| see(path, package::resolve(href, h))),
            "assessmentSection" => {
                let title = child.get("title").unwrap_or_default().trim();
                let title = title.replace('/', "//");
                let inner = match (title.is_empty(), path.is_empty()) {
                    (true, _) => path.to_owned(),
                    (false, true) => format!("$course$/top/{title}"),
                    (false, false) => format!("{path}/{title}"),
                };
                walk(child, &inner, href, see);
            }
            _ => walk(child, path, href, see),
        }
    }
}
