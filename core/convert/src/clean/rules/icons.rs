//! Icon tokens of a filter that a stock Moodle does not have (MAGISTERE §6.7): `[fa-home]`, `[fas fa-home fa-2x]`, `[icon fa-home]`.

use super::is_foreign;
use crate::clean::html::{Doc, Edits, What};
use crate::clean::note::Note;
use crate::clean::scene::Scene;
use std::ops::Range;

/// Elements in which a token is an example.
const LITERAL: &[&str] = &["code", "pre", "kbd", "samp", "tt"];

/// Bytes of the longest token.
const LONGEST: usize = 100;

/// A token in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Icon {
    pub range: Range<usize>,
    /// Classes of the font that Moodle ships: `fa fa-home`.
    pub classes: String,
    /// `home`.
    pub name: String,
}

/// Every icon token of a text, in order.
pub(super) fn icons(text: &str) -> impl Iterator<Item = Icon> + '_ {
    text.match_indices('[').filter_map(|(start, _)| {
        let rest = text.get(start + 1..)?;
        let inside = rest.get(..rest.bytes().take(LONGEST).position(|b| b == b']')?)?;
        let icon = read(inside)?;
        Some(Icon { range: start..start + inside.len() + 2, ..icon })
    })
}

fn read(inside: &str) -> Option<Icon> {
    let small = inside.replace("&nbsp;", " ").to_ascii_lowercase();
    let mut words: Vec<&str> = small.split_whitespace().collect();
    let family = match *words.first()? {
        "icon" | "fa" => {
            words.remove(0);
            "fa ".to_owned()
        }
        // Moodle up to 4.1 ships a release of the font that knows the first class only; later ones let the second decide.
        style @ ("fas" | "far" | "fab" | "fal" | "fad") => {
            words.remove(0);
            format!("fa {style} ")
        }
        _ => "fa ".to_owned(),
    };
    let name = words.first()?.strip_prefix("fa-").filter(|n| !n.is_empty())?.to_owned();
    let is_class = |w: &&str| w.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    words.iter().all(is_class).then(|| Icon { range: 0..0, classes: format!("{family}{}", words.join(" ")), name })
}

pub(super) fn change(doc: &Doc<'_>, scene: &mut Scene<'_>) -> Edits {
    let mut edits = Edits::default();
    for (at, node) in doc.nodes.iter().enumerate().filter(|(_, n)| n.what == What::Text) {
        if is_foreign(doc, at) || doc.inside(at, LITERAL) {
            continue;
        }
        let whole =
            icons(doc.slice(node.start.clone())).map(|i| Icon { range: node.start.start + i.range.start..node.start.start + i.range.end, ..i });
        for icon in whole.chain(broken(doc, at)) {
            // Beside a text an icon is decoration; alone in a link it is all that the link says.
            let spoken = match is_all_of_a_link(doc, at) {
                true => {
                    scene.note(Note::IconAlone(icon.name.clone()));
                    format!("role=\"img\" aria-label=\"{}\"", icon.name.replace('-', " "))
                }
                false => "aria-hidden=\"true\"".to_owned(),
            };
            edits.add(icon.range, format!("<i class=\"{}\" {spoken}></i>", icon.classes));
        }
    }
    edits
}

/// A token that an editor broke with a line break: `[fa-pencil<br /> fa-lg]`.
fn broken(doc: &Doc<'_>, at: usize) -> Option<Icon> {
    let node = doc.node(at)?;
    let beside = &doc.node(node.parent)?.children;
    let here = beside.iter().position(|c| *c == at)?;
    let (line_break, behind) = (doc.node(*beside.get(here + 1)?)?, doc.node(*beside.get(here + 2)?)?);
    if line_break.name != "br" || behind.what != What::Text {
        return None;
    }
    let (head, tail) = (doc.slice(node.start.clone()), doc.slice(behind.start.clone()));
    let (open, close) = (head.rfind('[')?, tail.bytes().take(LONGEST).position(|b| b == b']')?);
    let (first, second) = (head.get(open + 1..)?, tail.get(..close)?);
    if first.contains(']') || first.len() > LONGEST {
        return None;
    }
    Some(Icon { range: node.start.start + open..behind.start.start + close + 1, ..read(&format!("{first} {second}"))? })
}

fn is_all_of_a_link(doc: &Doc<'_>, at: usize) -> bool {
    let Some(link) = doc.around(at).find(|n| doc.node(*n).is_some_and(|n| n.name == "a")) else { return false };
    let pictured = doc.below(link).into_iter().any(|n| doc.node(n).is_some_and(|n| n.name == "img"));
    !pictured && is_icons_only(&doc.says(link))
}

/// Whether a text is one or more icon tokens and nothing else.
pub(super) fn is_icons_only(text: &str) -> bool {
    let mut rest = text.to_owned();
    let found: Vec<_> = icons(text).map(|i| i.range).collect();
    found.iter().rev().for_each(|range| rest.replace_range(range.clone(), ""));
    !found.is_empty() && rest.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_every_form_are_found() {
        let found: Vec<_> =
            icons("a [fa-home] [fas fa-user fa-2x] [icon fa-book][FA-Star] [fa-] [fab] [fa x] [1] [fa-a\"b]").map(|i| (i.classes, i.name)).collect();
        let expected = [("fa fa-home", "home"), ("fa fas fa-user fa-2x", "user"), ("fa fa-book", "book"), ("fa fa-star", "star")];
        assert_eq!(found, expected.map(|(c, n)| (c.to_owned(), n.to_owned())));
        assert!(is_icons_only("[fa-home] [fa-user]") && !is_icons_only("[fa-home] a") && !is_icons_only(""));
    }
}
