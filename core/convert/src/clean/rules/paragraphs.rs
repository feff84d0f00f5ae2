//! Runs of empty paragraphs, where an author made room: one is left.

use crate::clean::html::{Doc, Edits, What};
use crate::clean::scene::Scene;

pub(super) fn change(doc: &Doc<'_>, _: &mut Scene<'_>) -> Edits {
    let mut edits = Edits::default();
    for parent in &doc.nodes {
        let mut after_empty = false;
        for child in &parent.children {
            if doc.is_blank(*child) {
                continue;
            }
            let empty = is_empty(doc, *child);
            if empty
                && after_empty
                && let Some(node) = doc.node(*child)
            {
                edits.cut(node.start.start..node.end.end);
            }
            after_empty = empty;
        }
    }
    edits
}

/// A paragraph with nothing but white space and line breaks, and no name to link to.
fn is_empty(doc: &Doc<'_>, at: usize) -> bool {
    let Some(node) = doc.node(at).filter(|n| n.what == What::Element && n.name == "p" && n.sound) else { return false };
    let inside = doc.below(at);
    let only = |n: &usize| doc.node(*n).is_some_and(|n| n.what == What::Text || (n.what == What::Element && n.name == "br"));
    !node.end.is_empty()
        && inside.iter().all(only)
        && doc.says(at).is_empty()
        && doc.attributes(at).iter().all(|a| !matches!(a.name.as_str(), "id" | "name" | "class"))
}
