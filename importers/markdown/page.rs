//! One activity or section as a file.

use super::front::Front;
use super::tree::blocks;
use super::{CHAPTER, CONTENT, SUBCHAPTER};
use crate::reading::node::{Node, Tag, each};
use crate::reading::{Body, Kind, Plan, words};
use parcours_course::outline::Activity;
use std::collections::HashSet;

pub fn file(plan: &Plan, at: usize, body: Body) -> String {
    let mut out = String::new();
    let mut front = Front::default();
    let Some(page) = plan.pages.get(at) else { return out };
    let mut parts = Vec::new();
    match page.kind {
        Kind::Course => {
            front
                .text("title", &words::plain(&plan.outline.fullname))
                .text("shortname", &plan.outline.shortname)
                .text("language", &plan.outline.language);
            parts.push(text(body.nodes));
        }
        Kind::Section(s) => {
            if let Some(section) = plan.outline.sections.get(s) {
                front.text("title", &words::plain(&section.name));
                flags(&mut front, section.visible, section.availability.is_some());
            }
            parts.push(text(body.nodes));
        }
        Kind::Activity(s, a) => {
            if let Some(activity) = plan.outline.sections.get(s).and_then(|s| s.activities.get(a)) {
                about(&mut front, activity, &body);
                let intro = text(body.intro);
                let content = if activity.module == "book" { chapters(body.nodes) } else { text(body.nodes) };
                let divided = !matches!(activity.module.as_str(), "label" | "url") && !intro.is_empty();
                parts = if activity.module == "url" {
                    vec![intro]
                } else {
                    vec![intro, if divided { CONTENT.to_owned() } else { String::new() }, content]
                };
            }
        }
        Kind::Discussion(_) => {
            front.text("title", &page.title).text("module", "discussion");
            parts.push(text(body.nodes));
        }
    }
    front.write(&mut out);
    for part in parts.iter().filter(|p| !p.is_empty()) {
        out.push('\n');
        out.push_str(part);
        out.push('\n');
    }
    out
}

fn about(front: &mut Front, activity: &Activity, body: &Body) {
    front.text("title", &words::plain(&activity.name)).text("module", &activity.module).text("cm", &activity.cm.to_string());
    if activity.module == "url" {
        let mut address = None;
        each(&body.nodes, &mut |n| address = address.take().or_else(|| n.tag().and_then(|t| t.get("href")).map(str::to_owned)));
        front.text("url", &address.unwrap_or_default());
    }
    flags(front, activity.visible, activity.availability.is_some());
    if activity.show_intro && activity.module != "label" {
        front.text("show_intro", "true");
    }
}

fn flags(front: &mut Front, visible: bool, restricted: bool) {
    if !visible {
        front.text("visible", "false");
    }
    if restricted {
        front.text("restricted", "true");
    }
}

/// Of names of places, only those stay that something leads to.
fn text(mut nodes: Vec<Node>) -> String {
    let mut wanted = HashSet::new();
    each(&nodes, &mut |n| wanted.extend(n.tag().and_then(|t| t.get("href")).and_then(|h| h.strip_prefix('#')).map(str::to_owned)));
    places(&mut nodes, &wanted);
    blocks(&nodes)
}

/// Puts names of places into empty elements, which Markdown can hold.
fn places(nodes: &mut Vec<Node>, wanted: &HashSet<String>) {
    for node in nodes {
        let Node::Tag(tag) = node else { continue };
        places(&mut tag.children, wanted);
        let Some(id) = tag.get("id").map(str::to_owned) else { continue };
        let empty = tag.name == "span" && tag.children.is_empty();
        if empty && wanted.contains(&id) {
            continue;
        }
        tag.attributes.retain(|(n, _)| n != "id");
        if wanted.contains(&id) {
            let mark = Tag { name: "span".to_owned(), attributes: vec![("id".to_owned(), id)], children: Vec::new() };
            first(tag, mark.node());
        }
    }
}

/// Puts a mark where text may stand: not between the parts of a list or table.
fn first(tag: &mut Tag, mark: Node) {
    let inner = matches!(tag.name.as_str(), "ul" | "ol" | "table" | "thead" | "tbody" | "tr" | "dl");
    match tag.children.first_mut() {
        Some(Node::Tag(child)) if inner => first(child, mark),
        _ => tag.children.insert(0, mark),
    }
}

fn chapters(nodes: Vec<Node>) -> String {
    let mut out = Vec::new();
    for node in nodes {
        let sub = node.tag().is_some_and(|t| t.children.first().is_some_and(|h| h.is("h3")));
        out.push(if sub { SUBCHAPTER } else { CHAPTER }.to_owned());
        out.push(text(vec![node]));
    }
    out.join("\n\n")
}
