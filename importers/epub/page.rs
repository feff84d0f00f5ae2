//! A page of a book.

use super::package::Item;
use crate::reading::node::{Node, Style, escape, tag, text, write};
use crate::reading::{Body, Kind, Plan, media, words};

pub fn xhtml(plan: &Plan, at: usize, body: &Body) -> String {
    let Some(page) = plan.pages.get(at) else { return String::new() };
    let mut nodes = vec![tag("h1").says(page.title.as_str()).node()];
    if let Kind::Activity(s, a) = page.kind
        && let Some(activity) = plan.outline.sections.get(s).and_then(|s| s.activities.get(a))
    {
        let language = plan.options.language;
        nodes.push(tag("p").set("class", "kind").set("lang", language.code()).says(words::kind(&activity.module, language)).node());
    }
    nodes.extend(body.nodes.iter().cloned());
    document(&words::tag(&plan.outline.language, plan.options.language), &page.title, &[tag("section").with(nodes).node()])
}

/// The list of files that come along, shown where a reader cannot open one.
pub fn files(plan: &Plan, items: &[Item]) -> String {
    let language = plan.options.language;
    let title = language.of("Files of this course", "Fichiers de ce parcours");
    let french = language.code() == "fr";
    let item = |i: &Item| {
        tag("li")
            .with([tag("a").set("href", i.path.as_str()).says(i.name.as_str()).node(), text(format!(" ({})", media::size(i.size, french)))])
            .node()
    };
    let list = tag("ul").with(items.iter().filter(|i| i.linked).map(item)).node();
    let hint = language.of(
        "Some reading systems do not open these files; they are in the book itself, which is a zip.",
        "Certaines liseuses n’ouvrent pas ces fichiers ; ils se trouvent dans le livre lui-même, qui est un zip.",
    );
    document(language.code(), title, &[tag("section").with([tag("h1").says(title).node(), tag("p").says(hint).node(), list]).node()])
}

pub fn document(language: &str, title: &str, body: &[Node]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" xml:lang=\"{language}\">\n\
         <head><title>"
    );
    escape(if title.trim().is_empty() { "–" } else { title }, false, &mut out);
    out.push_str("</title><link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/></head>\n<body>\n");
    write(body, Style::Xhtml, &mut out);
    out.push_str("\n</body>\n</html>\n");
    out
}
