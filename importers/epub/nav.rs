//! The table of contents.

use super::page::document;
use crate::reading::node::{Node, tag};
use crate::reading::{Plan, words};

pub fn xhtml(plan: &Plan, places: &[Vec<(String, String)>]) -> String {
    let language = plan.options.language;
    let title = language.of("Contents", "Sommaire");
    let first = tag("li").with([link("index.xhtml", &plan.title())]).node();
    let list = tag("ol").with([first]).with(below(plan, places, 0)).node();
    let toc = tag("nav").set("epub:type", "toc").set("role", "doc-toc").with([tag("h1").says(title).node(), list]).node();
    let mark = |kind: &str, href: &str, words: &str| tag("li").with([tag("a").set("epub:type", kind).set("href", href).says(words).node()]).node();
    let landmarks = [mark("bodymatter", "index.xhtml", language.of("Beginning", "Début"))];
    let landmarks = tag("nav")
        .set("epub:type", "landmarks")
        .set("hidden", "hidden")
        .with([tag("h2").says(language.of("Landmarks", "Repères")).node(), tag("ol").with(landmarks).node()])
        .node();
    document(&words::tag(&plan.outline.language, language), title, &[toc, landmarks])
}

fn link(href: &str, title: &str) -> Node {
    let title = title.trim();
    tag("a").set("href", href).says(if title.is_empty() { "–" } else { title }).node()
}

fn below(plan: &Plan, places: &[Vec<(String, String)>], parent: usize) -> Vec<Node> {
    let pages = plan.pages.iter().enumerate().filter(|(_, p)| p.parent == Some(parent));
    pages
        .map(|(at, page)| {
            let inside = places.get(at).map_or(&[][..], Vec::as_slice).iter();
            let inside = inside.map(|(id, title)| tag("li").with([link(&format!("{}#{id}", page.path), title)]).node());
            let items: Vec<Node> = inside.chain(below(plan, places, at)).collect();
            let list = (!items.is_empty()).then(|| tag("ol").with(items).node());
            tag("li").with([link(&page.path, &page.title)]).with(list).node()
        })
        .collect()
}
