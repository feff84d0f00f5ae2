//! Pieces that many documents are made of.

use crate::xml::{Element, NULL};
use parcours_course::Text;

/// Leaves by name and text.
pub(super) fn leaves(of: &[(&str, &str)]) -> Vec<Element> {
    of.iter().map(|(name, text)| Element::new(name, text)).collect()
}

/// Leaves that are all null.
pub(super) fn nulls(of: &[&str]) -> Vec<Element> {
    of.iter().map(|name| Element::new(name, NULL)).collect()
}

/// Containers that hold nothing.
pub(super) fn empty(of: &[&str]) -> Vec<Element> {
    of.iter().map(|name| Element::group(name, [])).collect()
}

/// A text and its format.
pub(super) fn text(name: &str, text: &Text) -> [Element; 2] {
    [Element::new(name, &text.text), Element::new(&format!("{name}format"), text.format.number())]
}

pub(super) fn flag(name: &str, on: bool) -> Element {
    Element::new(name, u8::from(on))
}

/// As a database prints numbers with five decimals.
pub(super) fn decimal(name: &str, number: f64) -> Element {
    Element::new(name, format!("{:.5}", finite(number)))
}

pub(super) fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}

/// `<fileref><file><id>…`; nothing where there is none.
pub(super) fn references(list: &str, record: &str, ids: &[i64]) -> Option<Element> {
    let one = |id: &i64| Element::group(record, [Element::new("id", id)]);
    (!ids.is_empty()).then(|| Element::group(list, ids.iter().map(one)))
}
