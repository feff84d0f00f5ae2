//! Spans that say nothing: without attributes, empty, or the same twice.

use super::is_foreign;
use crate::clean::html::style::declarations;
use crate::clean::html::token::Attribute;
use crate::clean::html::{Doc, Edits, What};
use crate::clean::scene::Scene;

pub(super) fn change(doc: &Doc<'_>, _: &mut Scene<'_>) -> Edits {
    let mut edits = Edits::default();
    for at in doc.elements("span") {
        let Some(node) = doc.node(at).filter(|n| n.sound) else { continue };
        if is_foreign(doc, at) {
            continue;
        }
        let all = doc.attributes(at);
        let said: Vec<_> = all.iter().filter(|a| !is_nothing(a)).collect();
        if said.is_empty() || repeats(doc, at, &said) {
            edits.cut(node.start.clone());
            edits.cut(node.end.clone());
        } else if node.children.is_empty() && said.iter().all(|a| is_invisible(a)) {
            edits.cut(node.start.start..node.end.end);
        } else {
            all.iter().filter(|a| is_nothing(a)).for_each(|a| edits.attribute(a, None));
        }
    }
    edits
}

fn is_nothing(attribute: &Attribute) -> bool {
    attribute.value.trim().is_empty() && matches!(attribute.name.as_str(), "style" | "class" | "title" | "align")
}

/// Whether a span is all that is in a span of the same attributes.
fn repeats(doc: &Doc<'_>, at: usize, said: &[&Attribute]) -> bool {
    let Some(parent) = doc.node(at).map(|n| n.parent) else { return false };
    let Some(outer) = doc.node(parent).filter(|p| p.what == What::Element && p.name == "span" && p.sound && p.children.len() == 1) else {
        return false;
    };
    let of = |all: &[Attribute]| all.iter().filter(|a| !is_nothing(a)).map(|a| (a.name.clone(), a.value.clone())).collect::<Vec<_>>();
    let inner: Vec<_> = said.iter().map(|a| (a.name.clone(), a.value.clone())).collect();
    // A place to link to is one place.
    !outer.start.is_empty() && !inner.iter().any(|(n, _)| n == "id") && of(&doc.attributes(parent)) == inner
}

/// Whether an attribute shows nothing on an element without content.
fn is_invisible(attribute: &Attribute) -> bool {
    let shows = ["background", "background-image", "content", "display", "width", "height", "border", "padding", "margin", "float", "clear"];
    attribute.name == "style" && declarations(&attribute.value).iter().all(|d| !shows.iter().any(|s| d.name.starts_with(s)))
}
