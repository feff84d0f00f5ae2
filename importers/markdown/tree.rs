//! Paragraphs, headings, lists, tables and quotes as Markdown.

use super::inline::{Lines, inline, raw};
use crate::reading::node::{Node, Tag, each, words};

/// A text, without a line end behind it.
pub fn blocks(nodes: &[Node]) -> String {
    all(nodes).join("\n\n")
}

fn all(nodes: &[Node]) -> Vec<String> {
    let mut out = Vec::new();
    let mut line: Vec<Node> = Vec::new();
    let mut last_list: Option<String> = None;
    for node in nodes {
        let block = node.tag().filter(|t| is_block(t));
        let Some(tag) = block else {
            line.push(node.clone());
            continue;
        };
        if paragraph(&mut line, &mut out) {
            last_list = None;
        }
        let made = one(tag);
        if made.is_empty() {
            continue;
        }
        let list = matches!(tag.name.as_str(), "ul" | "ol").then(|| tag.name.clone());
        // Two lists in a row would be one.
        if list.is_some() && list == last_list {
            out.push("<!-- -->".to_owned());
        }
        last_list = list;
        out.extend(made);
    }
    paragraph(&mut line, &mut out);
    out
}

fn paragraph(line: &mut Vec<Node>, out: &mut Vec<String>) -> bool {
    let text = inline(&std::mem::take(line), Lines::Many);
    let some = !text.is_empty();
    if some {
        out.push(text);
    }
    some
}

fn one(tag: &Tag) -> Vec<String> {
    let some = |text: String| if text.trim().is_empty() { Vec::new() } else { vec![text] };
    match tag.name.as_str() {
        "p" => some(inline(&tag.children, Lines::Many)),
        "hr" => vec!["***".to_owned()],
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => heading(tag),
        "ul" | "ol" => some(list(tag)),
        "blockquote" => some(quote(&blocks(&tag.children))),
        "pre" => some(fenced(&words(&tag.children))),
        "table" => some(table(tag)),
        "details" | "dl" | "figure" => some(html(tag)),
        // A link around paragraphs.
        "a" => some(inline(&[Tag { children: flat(&tag.children), ..tag.clone() }.node()], Lines::Many)),
        _ => all(&tag.children),
    }
}

fn is_block(tag: &Tag) -> bool {
    let mut inner = false;
    each(&tag.children, &mut |n| inner |= n.tag().is_some_and(|t| is_block_name(&t.name)));
    is_block_name(&tag.name) || (tag.name == "a" && inner)
}

fn is_block_name(name: &str) -> bool {
    matches!(
        name,
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "table" | "pre" | "blockquote" | "hr" | "figure" | "details"
    )
}

/// What is inline in blocks.
fn flat(nodes: &[Node]) -> Vec<Node> {
    let mut out = Vec::new();
    for node in nodes {
        match node {
            Node::Tag(t) if is_block(t) || matches!(t.name.as_str(), "li" | "tr" | "td" | "th" | "tbody" | "thead" | "figcaption" | "summary") => {
                out.extend(flat(&t.children));
                out.push(Node::Text(" ".to_owned()));
            }
            other => out.push(other.clone()),
        }
    }
    out
}

fn heading(tag: &Tag) -> Vec<String> {
    let text = inline(&tag.children, Lines::One);
    let level = tag.name.get(1..).and_then(|l| l.parse().ok()).unwrap_or(2);
    // Signs at the end would be taken for decoration.
    let text = match text.strip_suffix('#') {
        Some(rest) => format!("{rest}\\#"),
        None => text,
    };
    if text.is_empty() { Vec::new() } else { vec![format!("{} {text}", "#".repeat(level))] }
}

fn list(tag: &Tag) -> String {
    let items: Vec<&Tag> = tag.children.iter().filter_map(Node::tag).collect();
    let tight = items.iter().all(|i| i.children.iter().all(|n| n.tag().is_none_or(|t| matches!(t.name.as_str(), "ul" | "ol") || !is_block(t))));
    let first: u64 = tag.get("start").and_then(|s| s.parse().ok()).unwrap_or(1);
    let mut out = Vec::new();
    for (number, item) in (first..).zip(items) {
        let mark = if tag.name == "ol" { format!("{number}. ") } else { "- ".to_owned() };
        let inside = all(&item.children).join(if tight { "\n" } else { "\n\n" });
        out.push(indent(&mark, &inside));
    }
    out.join(if tight { "\n" } else { "\n\n" })
}

/// The first line behind a mark, the others below it.
fn indent(mark: &str, text: &str) -> String {
    if text.is_empty() {
        return mark.trim_end().to_owned();
    }
    let space = " ".repeat(mark.len());
    let line = |(at, l): (usize, &str)| match (at, l) {
        (0, l) => format!("{mark}{l}"),
        (_, "") => String::new(),
        (_, l) => format!("{space}{l}"),
    };
    text.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn quote(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    text.split('\n').map(|l| if l.is_empty() { ">".to_owned() } else { format!("> {l}") }).collect::<Vec<_>>().join("\n")
}

fn fenced(text: &str) -> String {
    let text = text.strip_suffix('\n').unwrap_or(text);
    if text.trim().is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{text}\n{fence}")
}

fn html(tag: &Tag) -> String {
    let mut out = String::new();
    raw(tag, &mut out);
    out
}

/// With pipes where it is a plain one with a head, else as HTML.
fn table(tag: &Tag) -> String {
    let mut groups = tag.children.iter().filter_map(Node::tag);
    let rows_of = |g: &Tag| {
        g.children.iter().filter_map(Node::tag).map(|r| r.children.iter().filter_map(Node::tag).cloned().collect::<Vec<Tag>>()).collect::<Vec<_>>()
    };
    let (Some(head), rest) = (groups.next().filter(|g| g.name == "thead").map(rows_of), groups.collect::<Vec<_>>()) else { return html(tag) };
    let body: Vec<Vec<Tag>> = rest.iter().filter(|g| g.name == "tbody").flat_map(|g| rows_of(g)).collect();
    let width = head.first().map_or(0, Vec::len);
    let plain = |c: &Tag, name: &str| c.name == name && c.attributes.is_empty() && !c.children.iter().any(|n| n.tag().is_some_and(is_block));
    let regular = head.len() == 1
        && width > 0
        && rest.iter().all(|g| g.name == "tbody")
        && head.iter().flatten().all(|c| plain(c, "th"))
        && body.iter().all(|r| r.len() == width && r.iter().all(|c| plain(c, "td")));
    if !regular {
        return html(tag);
    }
    let row = |cells: &[Tag]| format!("| {} |", cells.iter().map(|c| inline(&c.children, Lines::One)).collect::<Vec<_>>().join(" | "));
    let rule = format!("|{}", " --- |".repeat(width));
    let rows = body.iter().map(|r| row(r));
    head.iter().map(|r| row(r)).chain([rule]).chain(rows).collect::<Vec<_>>().join("\n")
}
