//! Spans that say nothing: without attributes, empty, or the same twice.

use super::is_foreign;
use crate::clean::html::style::{Declaration, declarations, written};
use crate::clean::html::token::Attribute;
use crate::clean::html::{Doc, Edits, What};
use crate::clean::scene::Scene;
use std::collections::BTreeSet;

pub(super) fn change(doc: &Doc<'_>, _: &mut Scene<'_>) -> Edits {
    let mut edits = Edits::default();
    // A span that took over another's style in this round waits for the next.
    let mut merged = BTreeSet::new();
    for at in doc.elements("span") {
        let Some(node) = doc.node(at).filter(|n| n.sound) else { continue };
        if is_foreign(doc, at) {
            continue;
        }
        let all = doc.attributes(at);
        let said: Vec<_> = all.iter().filter(|a| !is_nothing(a)).collect();
        if merged.contains(&at) {
            continue;
        }
        if said.is_empty() || repeats(doc, at, &said) {
            edits.cut(node.start.clone());
            edits.cut(node.end.clone());
        } else if let Some((outer, style)) = merges(doc, at, &said).filter(|_| !merged.contains(&node.parent)) {
            merged.extend([at, node.parent]);
            merged.extend(node.children.iter().copied());
            edits.attribute(&outer, Some(&style));
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

/// Declarations that mean the same on the one element as on the other around it.
const MERGE: &[&str] = &[
    "color",
    "background-color",
    "font-size",
    "font-weight",
    "font-style",
    "font-family",
    "font-variant",
    "letter-spacing",
    "text-transform",
    "white-space",
];

/// The style of the span around, with that of the span which is all that is in it: both have nothing else.
fn merges(doc: &Doc<'_>, at: usize, said: &[&Attribute]) -> Option<(Attribute, String)> {
    let parent = doc.node(at)?.parent;
    let outer = doc.node(parent).filter(|p| parent != 0 && p.what == What::Element && p.name == "span" && p.sound && p.children.len() == 1)?;
    let around = doc.attributes(parent);
    let ([inner], [style]) = (said, around.as_slice()) else { return None };
    if inner.name != "style" || style.name != "style" || outer.start.is_empty() {
        return None;
    }
    let (mut all, inner) = (declarations(&style.value), declarations(&inner.value));
    let fine = |d: &Declaration| MERGE.contains(&d.name.as_str()) && !d.important && !is_relative(d);
    if !all.iter().chain(&inner).all(fine) {
        return None;
    }
    all.retain(|d| !inner.iter().any(|i| i.name == d.name));
    all.extend(inner);
    Some((style.clone(), written(&all)?))
}

/// A size that depends on the element around, a word that takes over its value, or a colour that lets it through.
fn is_relative(declaration: &Declaration) -> bool {
    let value = declaration.value.to_ascii_lowercase();
    let words = ["em", "%", "ex", "larger", "smaller", "bolder", "lighter"];
    let size = declaration.name.starts_with("font-") && words.iter().any(|w| value.ends_with(w));
    size || ["inherit", "initial", "unset"].contains(&value.as_str()) || value.contains('(')
}

/// Whether an attribute shows nothing on an element without content.
fn is_invisible(attribute: &Attribute) -> bool {
    let shows = ["background", "background-image", "content", "display", "width", "height", "border", "padding", "margin", "float", "clear"];
    attribute.name == "style" && declarations(&attribute.value).iter().all(|d| !shows.iter().any(|s| d.name.starts_with(s)))
}
