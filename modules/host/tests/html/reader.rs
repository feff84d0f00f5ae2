//! Two readings of a page: ours, which takes canonical HTML at its word, and a browser's.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

#[derive(Debug, PartialEq)]
pub enum Event {
    Open(String, Vec<(String, String)>),
    Text(String),
    Close(String),
}

const VOID: [&str; 5] = ["br", "hr", "img", "wbr", "input"];

/// Takes what the host wrote literally: every `<…>` is a tag.
pub fn literal(page: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        push_text(&mut events, &rest[..at]);
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            events.push(Event::Close(name.into()));
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut parts = attributes.split('"');
        let mut all = Vec::new();
        while let (Some(attribute), Some(value)) = (parts.next(), parts.next()) {
            all.push((attribute.trim().trim_end_matches('=').to_owned(), plain(value)));
        }
        all.sort();
        events.push(Event::Open(name.into(), all));
        if matches!(name, "pre" | "textarea") {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
    }
    push_text(&mut events, rest);
    events
}

fn push_text(events: &mut Vec<Event>, text: &str) {
    if !text.is_empty() {
        events.push(Event::Text(plain(text)));
    }
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

/// Parses as a browser does, in the place where pages of modules stand.
pub fn browser(page: &str) -> Vec<Event> {
    let document = format!("<!DOCTYPE html><html><head></head><body><main>{page}</main></body></html>");
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(document);
    let main = find(&dom.document, "main").expect("the frame is still there");
    // Anything that got out of the frame shows as a second child of the body.
    let body = find(&dom.document, "body").expect("a body");
    assert_eq!(body.children.borrow().len(), 1, "something left its place: {page}");
    let mut events = Vec::new();
    for child in main.children.borrow().iter() {
        walk(child, &mut events);
    }
    events
}

fn find(node: &Handle, name: &str) -> Option<Handle> {
    if matches!(&node.data, NodeData::Element { name: n, .. } if &*n.local == name) {
        return Some(node.clone());
    }
    node.children.borrow().iter().find_map(|child| find(child, name))
}

fn walk(node: &Handle, events: &mut Vec<Event>) {
    match &node.data {
        NodeData::Text { contents } => events.push(Event::Text(contents.borrow().to_string())),
        NodeData::Element { name, attrs, .. } => {
            assert_eq!(&*name.ns, "http://www.w3.org/1999/xhtml", "a foreign element");
            let mut all: Vec<_> = attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
            all.sort();
            events.push(Event::Open(name.local.to_string(), all));
            for child in node.children.borrow().iter() {
                walk(child, events);
            }
            if !VOID.contains(&&*name.local) {
                events.push(Event::Close(name.local.to_string()));
            }
        }
        other => panic!("neither text nor element: {other:?}"),
    }
}
