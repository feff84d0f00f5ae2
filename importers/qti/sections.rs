//! A test whose sections are categories, and the order of items that tests give.

use super::{Version, names, package};
use crate::bank::node::{Node, to_xml};
use parcours_mbz::Error;
use std::collections::HashSet;
use std::io::{Read, Seek};

/// The path of a category and the item's entry in the package.
type Place = (String, String);

/// A test of these items, in their order. Each category is a section, titled with its path.
pub(super) fn write(items: &[Place], version: Version) -> String {
    let mut sections: Vec<Node> = Vec::new();
    for (n, run) in items.chunk_by(|a, b| a.0 == b.0).enumerate() {
        let path = run.first().map_or("", |(path, _)| path);
        let reference = |(_, href): &Place| {
            let id = href.rsplit('/').next().unwrap_or(href).trim_end_matches(".xml");
            Node::new("assessmentItemRef", &[("identifier", id), ("href", &format!("../{href}"))], [])
        };
        let attributes = [("identifier", format!("S{}", n + 1)), ("title", path.to_owned()), ("visible", "true".to_owned())];
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(n, v)| (*n, v.as_str())).collect();
        sections.push(Node::new("assessmentSection", &attributes, run.iter().map(reference)));
    }
    let part = Node::new("testPart", &[("identifier", "P1"), ("navigationMode", "nonlinear"), ("submissionMode", "individual")], sections);
    let root = [("xmlns", version.namespace()), ("identifier", "bank"), ("title", "Question bank"), ("toolName", "Parcours")];
    let mut test = Node::new("assessmentTest", &root, [part]);
    if version == Version::V3 {
        names::to_3(&mut test);
    }
    to_xml(&test)
}

/// Every item of a package: those of its tests, and then the others. Where there is no manifest, every document that is an item.
pub(super) fn order<R: Read + Seek>(package: &mut package::In<R>) -> Result<Vec<Place>, Error> {
    let (tests, items) = package.resources()?;
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    for href in tests {
        let Some(text) = package.text(&href)? else { continue };
        let Ok(mut test) = Node::document(&text, &href, package.limits()) else { continue };
        names::from_3(&mut test);
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
                // One that was written here has the whole path; others have a name.
                let inner = match title.starts_with('$') && title.contains("$/") {
                    true => title.to_owned(),
                    false if title.is_empty() => path.to_owned(),
                    false if path.is_empty() => format!("$course$/top/{}", title.replace('/', "//")),
                    false => format!("{path}/{}", title.replace('/', "//")),
                };
                walk(child, &inner, href, see);
            }
            _ => walk(child, path, href, see),
        }
    }
}
