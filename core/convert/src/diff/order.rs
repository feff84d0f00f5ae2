//! The order of records: what they say themselves, and not that of the document.

use super::leaf::ORDER;
use super::node::Node;
use parcours_mbz::xml::Element;
use std::collections::HashMap;

/// A slot of a quiz holds its question's number, or since 4.0 a reference to it (MBZ-FORMAT §10.5): either is its `question`.
pub(super) fn slot(node: &mut Node, nodes: &mut Vec<(&Element, Node)>) {
    if node.name != "question_instance" {
        return;
    }
    node.leaves.iter_mut().filter(|(name, _)| name == "questionid").for_each(|(name, _)| "question".clone_into(name));
    nodes.retain_mut(|(e, reference)| {
        let is_one = e.name == "question_reference";
        if is_one {
            for (name, value) in reference.leaves.drain(..) {
                match name.as_str() {
                    "questionbankentryid" => node.leaves.push(("question".to_owned(), value)),
                    "version" => node.leaves.push((name, value)),
                    _ => {}
                }
            }
        }
        !is_one
    });
}

/// Puts children in the order that they themselves say, and tells whether they do. The leaf that says so is taken out: a record in front of others changes it in all of them.
pub(super) fn order(nodes: &mut [(&Element, Node)]) -> bool {
    if let Some(places) = chain(nodes) {
        nodes.sort_by_key(|(e, _)| e.id().and_then(|id| places.get(&id)).copied());
        nodes.iter_mut().for_each(|(_, n)| n.leaves.retain(|(name, _)| name != "prevpageid" && name != "nextpageid"));
        return true;
    }
    let Some(leaf) = ORDER.iter().find(|l| nodes.len() > 1 && nodes.iter().all(|(e, _)| e.number(l).is_some())) else {
        nodes.iter_mut().for_each(|(_, n)| n.leaves.retain(|(name, _)| !ORDER.contains(&name.as_str()) || name == "slot"));
        return false;
    };
    nodes.sort_by_key(|(e, _)| e.number(leaf));
    nodes.iter_mut().for_each(|(_, n)| n.leaves.retain(|(name, _)| name != leaf));
    true
}

/// Places of the pages of a lesson, each of which says which is next (MBZ-FORMAT §12).
fn chain(nodes: &[(&Element, Node)]) -> Option<HashMap<i64, usize>> {
    let next: HashMap<i64, i64> = nodes.iter().map(|(e, _)| Some((e.id()?, e.number("nextpageid")?))).collect::<Option<_>>()?;
    let mut places = HashMap::new();
    let mut here = nodes.iter().find(|(e, _)| e.number("prevpageid") == Some(0))?.0.id();
    while let Some(id) = here.filter(|id| next.contains_key(id) && !places.contains_key(id)) {
        places.insert(id, places.len());
        here = next.get(&id).copied();
    }
    (places.len() == nodes.len()).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::super::names::{Names, Space};
    use super::super::normal::Normal;
    use super::*;
    use parcours_mbz::xml::NULL;

    #[test]
    fn a_slot_is_the_same_in_the_shape_of_either_release() {
        let mut names = Names::default();
        names.put(Space::Question, 7, "essay “E”".into());
        names.put(Space::Entry, 70, "essay “E”".into());
        let options = Options::default();
        let normal = Normal::new(&names, &options);
        let reference = Element::record(
            "question_reference",
            2,
            [Element::new("component", "mod_quiz"), Element::new("questionbankentryid", 70), Element::new("version", NULL)],
        );
        let old = Element::record("question_instance", 1, [Element::new("maxmark", 1), Element::new("questionid", 7)]);
        let new = Element::record("question_instance", 1, [Element::new("maxmark", 1), reference]);
        let (old, new) = (normal.document("quiz.xml", &old), normal.document("quiz.xml", &new));
        assert_eq!((old.hash, old.label.as_str()), (new.hash, "essay “E”"));
    }

    #[test]
    fn the_pages_of_a_lesson_stand_in_the_order_of_its_chain() {
        let page = |id, before, next| {
            Element::record("page", id, [Element::new("prevpageid", before), Element::new("nextpageid", next), Element::new("title", id)])
        };
        let (names, options) = (Names::default(), Options::default());
        let pages = Element::group("pages", [page(3, 5, 0), page(4, 0, 5), page(5, 4, 3)]);
        let node = Normal::new(&names, &options).document("lesson.xml", &pages);
        assert_eq!(node.nodes.iter().map(|n| n.label.as_str()).collect::<Vec<_>>(), ["4", "5", "3"]);
        assert!(node.ordered && node.nodes.iter().all(|n| n.leaves.len() == 1));
        // One that does not close is no chain.
        assert!(!Normal::new(&names, &options).document("lesson.xml", &Element::group("pages", [page(3, 5, 0), page(4, 0, 9)])).ordered);
    }
}
