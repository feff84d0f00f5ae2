//! Tokens of a central media store (MAGISTERE §9.1): `[[[cr_…]]]` a player, `[[[cr_link_…]]]` an address, `[[[cr_mlink_…]]]` either.

use super::is_foreign;
use crate::clean::html::style::{declarations, written};
use crate::clean::html::token::{Attribute, encode, escape};
use crate::clean::html::{Doc, Edits, What};
use crate::clean::media::{Medium, Sort};
use crate::clean::note::Note;
use crate::clean::scene::Scene;
use std::ops::Range;

/// A token in a text or in the value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub range: Range<usize>,
    /// 40 hexadecimal digits in small letters.
    pub id: String,
    /// Whether it stands for an address and not for a player.
    pub address: bool,
}

/// How brackets are written, also by editors that encode addresses.
const BRACKETS: &[(&str, &str)] = &[("[[[", "]]]"), ("%5B%5B%5B", "%5D%5D%5D"), ("%5b%5b%5b", "%5d%5d%5d")];

/// Every token, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = BRACKETS
        .iter()
        .flat_map(|(open, close)| {
            text.match_indices(open).filter_map(move |(start, _)| {
                let inside = text.get(start + open.len()..)?.strip_prefix("cr_")?;
                let (address, rest) = match inside.strip_prefix("link_").or(inside.strip_prefix("mlink_")) {
                    Some(rest) => (true, rest),
                    None => (false, inside),
                };
                let id = rest.get(..40).filter(|id| id.bytes().all(|b| b.is_ascii_hexdigit()))?;
                rest.get(40..)?.starts_with(close).then(|| {
                    let len = open.len() + "cr_".len() + (inside.len() - rest.len()) + 40 + close.len();
                    Token { range: start..start + len, id: id.to_ascii_lowercase(), address }
                })
            })
        })
        .collect();
    out.sort_by_key(|t| t.range.start);
    out
}

pub(super) fn change(doc: &Doc<'_>, scene: &mut Scene<'_>) -> Edits {
    let mut edits = Edits::default();
    for (at, node) in doc.nodes.iter().enumerate().skip(1) {
        match node.what {
            What::Other => tokens(doc.slice(node.start.clone())).into_iter().for_each(|t| scene.note(Note::DeadToken(t.id))),
            What::Text if is_foreign(doc, at) => tokens(doc.slice(node.start.clone())).into_iter().for_each(|t| scene.note(Note::DeadToken(t.id))),
            What::Text => text(doc, at, scene, &mut edits),
            What::Element => element(doc, at, scene, &mut edits),
        }
    }
    edits
}

fn text(doc: &Doc<'_>, at: usize, scene: &mut Scene<'_>, edits: &mut Edits) {
    let Some(node) = doc.node(at) else { return };
    for token in tokens(doc.slice(node.start.clone())) {
        let range = node.start.start + token.range.start..node.start.start + token.range.end;
        let with = match scene.medium(&token.id) {
            Some((address, medium)) if token.address || doc.inside(at, &["a"]) => link(&address, &medium, doc.inside(at, &["a"])),
            Some((address, medium)) => player(&address, &medium),
            None => placeholder(&token.id, "", takes_blocks(doc, at), scene),
        };
        edits.add(range, with);
    }
}

fn element(doc: &Doc<'_>, at: usize, scene: &mut Scene<'_>, edits: &mut Edits) {
    let Some(node) = doc.node(at) else { return };
    let written: Vec<_> = doc.attributes(at).into_iter().filter_map(|a| Some((tokens(&a.value), a)).filter(|(t, _)| !t.is_empty())).collect();
    if written.is_empty() {
        return;
    }
    let mut missing: Vec<String> = Vec::new();
    let mut changes: Vec<(Attribute, Option<String>)> = Vec::new();
    for (found, attribute) in written {
        let mut value = attribute.value.clone();
        let mut lost = Vec::new();
        for token in found.iter().rev() {
            match scene.medium(&token.id) {
                Some((address, _)) => value.replace_range(token.range.clone(), &address),
                None => lost.push(token.id.clone()),
            }
        }
        let new = match (lost.is_empty(), attribute.name.as_str()) {
            (true, _) => Some(value),
            (false, "style") => {
                let left: Vec<_> = declarations(&attribute.value).into_iter().filter(|d| tokens(&d.value).is_empty()).collect();
                lost.drain(..).for_each(|id| scene.note(Note::DeadToken(id)));
                self::written(&left)
            }
            (false, _) => None,
        };
        missing.extend(lost);
        changes.push((attribute, new));
    }
    if !missing.is_empty() && node.name == "img" {
        let alt = doc.value(at, "alt").unwrap_or_default();
        let all: Vec<_> = missing.iter().map(|id| placeholder(id, &alt, false, scene)).collect();
        return edits.add(node.start.clone(), all.join(""));
    }
    changes.iter().for_each(|(attribute, value)| edits.attribute(attribute, value.as_deref()));
    // The text of a link may be the same token again; one placeholder says enough.
    missing.retain(|id| node.name != "a" || !doc.says(at).to_ascii_lowercase().contains(id.as_str()));
    missing.dedup();
    let outermost =
        std::iter::once(at).chain(doc.around(at)).filter(|n| doc.node(*n).is_some_and(|n| PLAYERS.contains(&n.name.as_str()))).last().unwrap_or(at);
    let end = doc.node(outermost).map_or(node.end.end, |n| n.end.end);
    let (place, block) = if doc.node(outermost).is_some_and(|n| n.sound) { (end..end, false) } else { (node.start.end..node.start.end, false) };
    for id in missing {
        edits.add(place.clone(), placeholder(&id, "", block, scene));
    }
}

/// Elements behind which, and not in which, a placeholder is seen.
const PLAYERS: &[&str] = &["video", "audio", "object", "iframe", "a"];

/// Whether every element around a text may hold a block.
fn takes_blocks(doc: &Doc<'_>, at: usize) -> bool {
    const HOLD: &[&str] = &[
        "div",
        "li",
        "td",
        "th",
        "section",
        "article",
        "blockquote",
        "dd",
        "center",
        "form",
        "fieldset",
        "figure",
        "main",
        "aside",
        "header",
        "footer",
        "ul",
        "ol",
        "tr",
        "tbody",
        "table",
    ];
    doc.around(at).all(|n| doc.node(n).is_some_and(|n| HOLD.contains(&n.name.as_str())))
}

/// Says that something is missing, and its number, where a reader would look for it.
fn placeholder(id: &str, alt: &str, block: bool, scene: &mut Scene<'_>) -> String {
    scene.note(Note::Placeholder(id.to_owned()));
    let words = scene.text_language.of("Medium not in this archive:", "Ressource absente de cette archive :");
    let name = if alt.trim().is_empty() { String::new() } else { format!("{} – ", escape(alt.trim())) };
    let inline = if block { "" } else { " d-inline-block" };
    let tag = if block { "div" } else { "span" };
    format!("<{tag} class=\"alert alert-warning{inline}\" role=\"note\">{name}{words} {id}</{tag}>")
}

fn link(address: &str, medium: &Medium, inside: bool) -> String {
    let name = escape(medium.title());
    if inside { name } else { format!("<a href=\"{}\">{name}</a>", encode(address)) }
}

fn player(address: &str, medium: &Medium) -> String {
    let (src, title) = (encode(address), encode(medium.title()));
    match medium.sort() {
        Sort::Image => format!("<img src=\"{src}\" alt=\"{title}\">"),
        Sort::Video => format!("<video controls=\"controls\" src=\"{src}\" title=\"{title}\">{}</video>", link(address, medium, false)),
        Sort::Audio => format!("<audio controls=\"controls\" src=\"{src}\" title=\"{title}\">{}</audio>", link(address, medium, false)),
        Sort::Other => link(address, medium, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789ABCDEF01234567";

    #[test]
    fn tokens_of_every_form_are_found() {
        let text = format!("[[[cr_{ID}]]] %5B%5B%5Bcr_link_{ID}%5D%5D%5D [[[cr_mlink_{ID}]]] [[[cr_{}]]] [[[cr_x_{ID}]]] [[[cr_{ID}", &ID[1..]);
        let found = tokens(&text);
        assert_eq!(found.iter().map(|t| t.address).collect::<Vec<_>>(), [false, true, true]);
        assert!(found.iter().all(|t| t.id == ID.to_ascii_lowercase()));
        assert_eq!(&text[found[1].range.clone()], format!("%5B%5B%5Bcr_link_{ID}%5D%5D%5D"));
    }
}
