//! What may stand where, under which name and with which attributes.

use super::super::node::{Node, Tag, each};
use std::collections::HashSet;

pub(super) const PHRASING: &[&str] = &[
    "a", "abbr", "audio", "b", "bdi", "br", "cite", "code", "dfn", "em", "i", "img", "kbd", "mark", "q", "s", "samp", "small", "span", "strong",
    "sub", "sup", "u", "var", "video", "wbr",
];
pub(super) const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "pre",
    "blockquote",
    "hr",
    "figure",
    "figcaption",
    "details",
    "summary",
];

/// Takes away links to places of the page that are not there.
pub fn settle(nodes: &mut Vec<Node>) {
    let mut ids = HashSet::new();
    each(nodes, &mut |n| ids.extend(n.tag().and_then(|t| t.get("id")).map(str::to_owned)));
    unlink(nodes, &ids);
}

fn unlink(nodes: &mut Vec<Node>, ids: &HashSet<String>) {
    for node in nodes {
        if let Node::Tag(tag) = node {
            if tag.name == "a" && tag.get("href").and_then(|h| h.strip_prefix('#')).is_some_and(|f| !ids.contains(f)) {
                let blocks = has_block(&tag.children);
                tag.name = if blocks { "div" } else { "span" }.to_owned();
                tag.attributes.retain(|(n, _)| n == "id" || n == "title");
            }
            unlink(&mut tag.children, ids);
        }
    }
}

/// The name that an element has today.
pub(super) fn name_of(name: &str) -> &str {
    match name {
        "center" | "section" | "article" | "aside" | "nav" | "header" | "footer" | "hgroup" => "div",
        "tt" => "code",
        "acronym" => "abbr",
        "strike" | "del" => "s",
        "ins" => "u",
        other => other,
    }
}

pub(super) fn heading(name: &str) -> Option<usize> {
    name.strip_prefix('h').and_then(|l| l.parse().ok()).filter(|l| (1..=6).contains(l))
}

pub(super) fn has_block(nodes: &[Node]) -> bool {
    let mut found = false;
    each(nodes, &mut |n| found |= n.tag().is_some_and(|t| BLOCKS.contains(&name_of(&t.name))));
    found
}

pub(super) fn without_links(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Tag(t) if t.name == "a" => out.extend(without_links(t.children)),
            Node::Tag(t) => out.push(Tag { children: without_links(t.children), ..t }.node()),
            text => out.push(text),
        }
    }
    out
}

/// A name that XML takes, and that no other text of the page has.
pub(super) fn id(prefix: &str, from: &str) -> String {
    let from = parcours_mbz::links::decode(from.trim());
    prefix.to_owned() + &from.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' }).collect::<String>()
}

pub(super) fn may(name: &str, attribute: &str, value: &str) -> bool {
    let number = || value.len() < 5 && value.parse::<u16>().is_ok_and(|n| n > 0);
    match (name, attribute) {
        (_, "dir") => matches!(value, "ltr" | "rtl" | "auto"),
        (_, "lang") => {
            let mut parts = value.split('-');
            parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphabetic()))
                && parts.all(|p| (2..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphanumeric()))
        }
        (_, "title") => !value.trim().is_empty(),
        ("img", "src" | "alt") | ("audio" | "video" | "source" | "track", "src") | ("source", "type") | ("video", "poster") => true,
        ("track", "kind") => matches!(value, "subtitles" | "captions" | "descriptions" | "chapters" | "metadata"),
        ("track", "label") => !value.is_empty(),
        ("img" | "video", "width" | "height") | ("td" | "th", "colspan" | "rowspan") | ("ol", "start") | ("li", "value") => number(),
        ("ol", "type") => matches!(value, "1" | "a" | "A" | "i" | "I"),
        ("th", "scope") => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
        _ => false,
    }
}
