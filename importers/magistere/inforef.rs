//! `inforef.xml`: what of the shared documents an activity uses (MBZ-FORMAT §5.2).

use parcours_mbz::xml::Element;
use parcours_mbz::{Error, Unpacked};

/// The order of the lists.
const ORDER: &[&str] = &["userref", "groupingref", "groupref", "roleref", "fileref"];

/// Adds people and files to the list of a folder.
pub(super) fn add(course: &mut Unpacked, folder: &str, people: &[i64], files: &[i64]) -> Result<(), Error> {
    if people.is_empty() && files.is_empty() {
        return Ok(());
    }
    let path = format!("{folder}/inforef.xml");
    let mut doc = course.document(&path)?.unwrap_or_else(|| Element::group("inforef", []));
    list(&mut doc, "userref", "user", people);
    list(&mut doc, "fileref", "file", files);
    course.put(&path, &doc)
}

fn list(doc: &mut Element, container: &str, record: &str, ids: &[i64]) {
    if ids.is_empty() {
        return;
    }
    if doc.child(container).is_none() {
        let rank = |name: &str| ORDER.iter().position(|n| *n == name).unwrap_or(ORDER.len());
        let at = doc.children.iter().take_while(|c| rank(&c.name) <= rank(container)).count();
        doc.children.insert(at, Element::group(container, []));
    }
    let Some(list) = doc.child_mut(container) else { return };
    for id in ids {
        if !list.all(record).any(|r| r.number("id") == Some(*id)) {
            list.push(Element::group(record, [Element::new("id", id)]));
        }
    }
}
