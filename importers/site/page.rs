//! What is around the content of a page: head, ways to all sections, ways to the pages before and behind.

use crate::reading::address::way;
use crate::reading::node::{Node, Style, escape, tag, text, write};
use crate::reading::{Body, Kind, Page, Plan, words};
use parcours_course::Language;

/// More places than this in a page, and it gets a list of them.
const PLACES: usize = 1;

pub fn html(plan: &Plan, at: usize, body: &Body) -> String {
    let Some(page) = plan.pages.get(at) else { return String::new() };
    let language = plan.options.language;
    let course = plan.title();
    let title = if at == 0 { course.clone() } else { format!("{} – {course}", page.title) };
    let mut out = String::from("<!DOCTYPE html>\n");
    // Interface and content may be in two languages: each says its own.
    out.push_str(&format!("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", language.code()));
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; media-src 'self' file:; style-src 'self' file:\">\n");
    out.push_str("<title>");
    escape(&title, false, &mut out);
    out.push_str("</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n");
    let content = words::tag(&plan.outline.language, language);
    write(&frame(plan, at, page, body, &content), Style::Html, &mut out);
    out.push_str("\n</body>\n</html>\n");
    out
}

fn frame(plan: &Plan, at: usize, page: &Page, body: &Body, content: &str) -> Vec<Node> {
    let language = plan.options.language;
    let skip = |to: &str, words: &str| tag("a").set("class", "skip").set("href", format!("#{to}")).says(words).node();
    let home = if at == 0 { tag("span") } else { tag("a").set("href", "index.html") };
    let header = tag("header").with([tag("p").set("lang", content).with([home.says(plan.title()).node()]).node()]);
    let mut main = tag("main").set("id", "content").set("lang", content).set("tabindex", "-1");
    if let Some(trail) = trail(plan, page, language) {
        main.children.push(trail);
    }
    main.children.push(tag("h1").says(page.title.as_str()).node());
    if let Kind::Activity(s, a) = page.kind
        && let Some(activity) = plan.outline.sections.get(s).and_then(|s| s.activities.get(a))
    {
        let kind = words::kind(&activity.module, language);
        main.children.push(tag("p").set("class", "kind").set("lang", language.code()).says(kind).node());
    }
    main.children.extend(places(body, language));
    main.children.extend(body.nodes.iter().cloned());
    // Behind the content, also for those who see it on its left: on a small screen it stands below.
    let sections = tag("nav")
        .set("class", "sections")
        .set("id", "sections")
        .set("aria-label", language.of("Sections", "Sections"))
        .with(sections(plan, at, content));
    let content = tag("div").set("class", "page").with([main.node()]).with(steps(plan, at, language));
    let columns = tag("div").set("class", "columns").with([content.node(), text("\n"), sections.node()]);
    vec![
        skip("content", language.of("Skip to content", "Aller au contenu")),
        skip("sections", language.of("Skip to sections", "Aller aux sections")),
        text("\n"),
        header.node(),
        text("\n"),
        columns.node(),
    ]
}

/// The pages this one is under, without the course itself, to which the header leads.
fn trail(plan: &Plan, page: &Page, language: Language) -> Option<Node> {
    let mut above = Vec::new();
    let mut parent = page.parent;
    while let Some(p) = parent.filter(|p| *p != 0).and_then(|p| plan.pages.get(p)) {
        above.push(tag("li").with([tag("a").set("href", way(&page.path, &p.path)).says(p.title.as_str()).node()]).node());
        parent = p.parent;
    }
    above.reverse();
    (!above.is_empty()).then(|| {
        tag("nav").set("class", "trail").set("aria-label", language.of("You are in", "Vous êtes dans")).with([tag("ol").with(above).node()]).node()
    })
}

fn places(body: &Body, language: Language) -> Option<Node> {
    (body.places.len() > PLACES).then(|| {
        let items = body.places.iter().map(|(id, title)| tag("li").with([tag("a").set("href", format!("#{id}")).says(title.as_str()).node()]).node());
        let summary = tag("summary").set("lang", language.code()).says(language.of("On this page", "Sur cette page")).node();
        let list = tag("details").set("open", "open").with([summary, tag("ol").with(items).node()]).node();
        tag("nav").set("class", "places").set("aria-label", language.of("On this page", "Sur cette page")).with([list]).node()
    })
}

/// All sections; below the one at hand, its pages.
fn sections(plan: &Plan, at: usize, content: &str) -> Option<Node> {
    let mut open = Vec::new();
    let mut up = Some(at);
    while let Some(page) = up {
        open.push(page);
        up = plan.pages.get(page).and_then(|p| p.parent);
    }
    list(plan, 0, at, &open).map(|n| match n {
        Node::Tag(t) => t.set("lang", content).node(),
        text => text,
    })
}

fn list(plan: &Plan, parent: usize, at: usize, open: &[usize]) -> Option<Node> {
    let from = plan.pages.get(at).map_or("", |p| p.path.as_str());
    let pages = plan.pages.iter().enumerate().filter(|(_, p)| p.parent == Some(parent) && !matches!(p.kind, Kind::Discussion(_)));
    let items: Vec<Node> = pages
        .map(|(n, page)| {
            let mut link = tag("a").set("href", way(from, &page.path)).says(page.title.as_str());
            if n == at {
                link = link.set("aria-current", "page");
            }
            let below = open.contains(&n).then(|| list(plan, n, at, open)).flatten();
            tag("li").with([link.node()]).with(below).node()
        })
        .collect();
    (!items.is_empty()).then(|| tag("ul").with(items).node())
}

fn steps(plan: &Plan, at: usize, language: Language) -> Option<Node> {
    let from = plan.pages.get(at).map_or("", |p| p.path.as_str());
    let step = |page: Option<&Page>, class: &str, words: &str| {
        page.map(|p| {
            let label = tag("span").says(words).node();
            tag("a").set("class", class).set("rel", class).set("href", way(from, &p.path)).with([label, text(" "), text(p.title.as_str())]).node()
        })
    };
    let before = step(at.checked_sub(1).and_then(|n| plan.pages.get(n)), "prev", language.of("Previous:", "Précédent :"));
    let behind = step(plan.pages.get(at + 1), "next", language.of("Next:", "Suivant :"));
    let all: Vec<Node> = before.into_iter().chain(behind).collect();
    (!all.is_empty()).then(|| tag("nav").set("class", "steps").set("aria-label", language.of("Before and after", "Avant et après")).with(all).node())
}
