//! Markup made to obey HTML's content model, so that it may stand in XHTML: what is allowed where, and with which attributes. No text is lost.

mod rules;
mod table;

pub use rules::settle;

use super::node::{Node, Tag, each, is_empty, tag};
use rules::{BLOCKS, PHRASING, has_block, heading, id, may, name_of, without_links};
use std::collections::HashSet;

/// Makes the texts of one page fit each other: no id twice, headings that go down one step at a time.
#[derive(Default)]
pub struct Tidy {
    ids: HashSet<String>,
    texts: usize,
    /// Names of places stay as they came, the first of each: in a file that is read back they must not grow.
    pub plain: bool,
    prefix: String,
    /// Level of the last heading.
    level: usize,
    /// What the levels of the text at hand are lowered by, and the highest it may have.
    shift: isize,
    top: usize,
}

impl Tidy {
    /// Tidies one text, whose highest heading gets level `top`.
    pub fn text(&mut self, nodes: Vec<Node>, top: usize) -> Vec<Node> {
        self.texts += 1;
        self.prefix = if self.plain { String::new() } else { format!("t{}-", self.texts) };
        let mut highest = 6;
        each(&nodes, &mut |n| highest = highest.min(n.tag().and_then(|t| heading(&t.name)).unwrap_or(6)));
        (self.top, self.level) = (top, top.saturating_sub(1));
        self.shift = isize::try_from(top).unwrap_or(2) - isize::try_from(highest).unwrap_or(1);
        self.flow(nodes)
    }

    fn flow(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Text(_) => out.push(node),
                Node::Tag(tag) => self.block(tag, &mut out),
            }
        }
        out
    }

    fn block(&mut self, old: Tag, out: &mut Vec<Node>) {
        let name = name_of(&old.name);
        let mut new = self.shell(name, &old);
        let children = old.children;
        match name {
            "p" | "pre" => {
                new.children = self.phrasing(children);
                out.push(new.node());
            }
            n if heading(n).is_some() => self.heading(new, children, out),
            "hr" | "br" | "img" | "wbr" | "audio" | "video" => self.leaf(new, children, out),
            "ul" | "ol" => {
                new.children = self.items(children);
                push(new, out);
            }
            "dl" => self.definitions(new, children, out),
            "table" => self.table(new, children, out),
            "figure" => self.figure(new, children, out),
            "details" => self.details(new, children, out),
            "blockquote" | "div" => {
                new.children = self.flow(children);
                out.push(new.node());
            }
            "a" => self.link(new, children, out, true),
            n if PHRASING.contains(&n) => {
                if has_block(&children) {
                    // An inline element around paragraphs: what it looks like stays as a class.
                    new.name = "div".to_owned();
                    new = if name == "span" { new } else { new.set("class", name) };
                    new.children = self.flow(children);
                } else {
                    new.children = self.phrasing(children);
                }
                out.push(new.node());
            }
            n if BLOCKS.contains(&n) => {
                new.name = "div".to_owned();
                new.children = self.flow(children);
                out.push(new.node());
            }
            _ => out.extend(self.flow(children)),
        }
    }

    fn phrasing(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let old = match node {
                Node::Text(_) => {
                    out.push(node);
                    continue;
                }
                Node::Tag(tag) => tag,
            };
            let name = name_of(&old.name);
            match name {
                "br" | "img" | "wbr" | "audio" | "video" => {
                    let new = self.shell(name, &old);
                    self.leaf(new, old.children, &mut out);
                }
                "a" => {
                    let new = self.shell(name, &old);
                    self.link(new, old.children, &mut out, false);
                }
                n if PHRASING.contains(&n) => {
                    let mut new = self.shell(name, &old);
                    new.children = self.phrasing(old.children);
                    out.push(new.node());
                }
                n => {
                    let breaks = BLOCKS.contains(&n);
                    if breaks && out.last().is_some_and(|last| !last.is("br")) {
                        out.push(tag("br").node());
                    }
                    out.extend(self.phrasing(old.children));
                }
            }
        }
        out
    }

    fn leaf(&mut self, mut new: Tag, children: Vec<Node>, out: &mut Vec<Node>) {
        if matches!(new.name.as_str(), "audio" | "video") {
            let part = |n: Node| match n {
                Node::Tag(t) if matches!(t.name.as_str(), "source" | "track") && t.get("src").is_some() => {
                    Some(self.shell(&t.name.clone(), &t).node())
                }
                _ => None,
            };
            new.children = children.into_iter().filter_map(part).collect();
        }
        out.push(new.node());
    }

    /// Links do not stand in links, and one that leads nowhere is none.
    fn link(&mut self, mut new: Tag, children: Vec<Node>, out: &mut Vec<Node>, flow: bool) {
        let children = without_links(children);
        let blocks = flow && has_block(&children);
        new.children = if blocks { self.flow(children) } else { self.phrasing(children) };
        if new.get("href").is_some() {
            if is_empty(&new.children) {
                let words = new.get("title").or(new.get("href")).unwrap_or_default().to_owned();
                new.children = vec![Node::Text(words)];
            }
            out.push(new.node());
        } else if new.get("id").is_some() {
            new.name = if blocks { "div" } else { "span" }.to_owned();
            new.attributes.retain(|(n, _)| n == "id");
            out.push(new.node());
        } else {
            out.append(&mut new.children);
        }
    }

    fn heading(&mut self, mut new: Tag, children: Vec<Node>, out: &mut Vec<Node>) {
        new.children = self.phrasing(children);
        if is_empty(&new.children) {
            return;
        }
        let wanted = heading(&new.name).and_then(|l| isize::try_from(l).ok()).unwrap_or(1) + self.shift;
        let wanted = usize::try_from(wanted).unwrap_or(0).clamp(self.top, 6);
        self.level = wanted.min(self.level + 1).min(6);
        new.name = format!("h{}", self.level);
        out.push(new.node());
    }

    fn items(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::new();
        for node in nodes.into_iter().filter(|n| !n.is_blank()) {
            match node {
                Node::Tag(old) if old.name == "li" => {
                    let new = self.shell("li", &old);
                    let inside = self.flow(old.children);
                    out.push(new.with(inside).node());
                }
                // Lists right in lists belong to the item before.
                other => {
                    let inside = self.flow(vec![other]);
                    match out.last_mut() {
                        Some(Node::Tag(last)) => last.children.extend(inside),
                        _ => out.push(tag("li").with(inside).node()),
                    }
                }
            }
        }
        out
    }

    fn definitions(&mut self, new: Tag, nodes: Vec<Node>, out: &mut Vec<Node>) {
        let mut all: Vec<Tag> = Vec::new();
        for node in nodes.into_iter().filter(|n| !n.is_blank()) {
            match node {
                Node::Tag(old) if matches!(old.name.as_str(), "dt" | "dd") => {
                    let new = self.shell(&old.name.clone(), &old);
                    let inside = if old.name == "dt" { self.phrasing(old.children) } else { self.flow(old.children) };
                    all.push(new.with(inside));
                }
                other => all.push(tag("dd").with(self.flow(vec![other]))),
            }
        }
        let regular = all.first().is_some_and(|t| t.name == "dt") && all.last().is_some_and(|t| t.name == "dd");
        if regular {
            out.push(new.with(all.into_iter().map(Tag::node)).node());
        } else {
            out.extend(all.into_iter().map(|t| Tag { name: "div".to_owned(), ..t }.node()));
        }
    }

    fn figure(&mut self, mut new: Tag, nodes: Vec<Node>, out: &mut Vec<Node>) {
        let mut caption = None;
        let mut rest = Vec::new();
        for node in nodes {
            match node {
                Node::Tag(t) if t.name == "figcaption" && caption.is_none() => caption = Some(tag("figcaption").with(self.flow(t.children)).node()),
                other => rest.push(other),
            }
        }
        new.children = self.flow(rest);
        new.children.extend(caption);
        out.push(new.node());
    }

    fn details(&mut self, mut new: Tag, nodes: Vec<Node>, out: &mut Vec<Node>) {
        let mut summary = None;
        let mut rest = Vec::new();
        for node in nodes {
            match node {
                Node::Tag(t) if t.name == "summary" && summary.is_none() => summary = Some(tag("summary").with(self.phrasing(t.children)).node()),
                other => rest.push(other),
            }
        }
        new.name = if summary.is_some() { "details" } else { "div" }.to_owned();
        new.children.extend(summary);
        new.children.extend(self.flow(rest));
        out.push(new.node());
    }

    /// A tag of this name with those attributes of the old one that it may have.
    fn shell(&mut self, name: &str, old: &Tag) -> Tag {
        let mut new = tag(name);
        for (attribute, value) in &old.attributes {
            match attribute.as_str() {
                "id" | "name" if name == "a" || attribute == "id" => {
                    let id = id(&self.prefix, value);
                    if new.get("id").is_none() && !value.trim().is_empty() && self.ids.insert(id.clone()) {
                        new = new.set("id", id);
                    }
                }
                "href" if name == "a" => {
                    let href = value.strip_prefix('#').map_or_else(|| value.clone(), |f| format!("#{}", id(&self.prefix, f)));
                    new = new.set("href", href);
                }
                a if may(name, a, value) => new = new.set(a, value.as_str()),
                _ => {}
            }
        }
        match name {
            "img" if new.get("alt").is_none() => new.set("alt", ""),
            "audio" | "video" => new.set("controls", "controls").set("preload", "metadata"),
            _ => new,
        }
    }
}

fn push(tag: Tag, out: &mut Vec<Node>) {
    if !tag.children.is_empty() {
        out.push(tag.node());
    }
}

#[cfg(test)]
mod tests {
    use super::super::node::{Style, write};
    use super::super::parse::parse;
    use super::*;

    fn tidy(html: &str) -> String {
        let mut nodes = Tidy::default().text(parse(html), 2);
        settle(&mut nodes);
        let mut out = String::new();
        write(&nodes, Style::Xhtml, &mut out);
        out
    }

    #[test]
    fn blocks_in_inline_elements_and_loose_items_are_put_right() {
        for (from, to) in [
            ("<b><p>x</p></b>", "<div class=\"b\"><p>x</p></div>"),
            ("<ul><li>1</li><ul><li>2</li></ul>t</ul>", "<ul><li>1<ul><li>2</li></ul>t</li></ul>"),
            ("<p>a<div>b</div></p>", "<p>a<br/>b</p>"),
            ("<dl><dd>1</dd></dl>", "<div>1</div>"),
            ("<font>x <center>y</center></font>", "x <div>y</div>"),
            ("<li>x</li>", "<div>x</div>"),
            (
                "<table><tfoot><tr><td>f</td></tr></tfoot><tbody>x<tr><td colspan=\"0\">1</td></tr></tbody></table>",
                "<table><tbody><tr><td>x</td></tr><tr><td>1</td></tr></tbody><tfoot><tr><td>f</td></tr></tfoot></table>",
            ),
            ("<a href=\"u\">x<a href=\"v\">y</a></a>", "<a href=\"u\">xy</a>"),
            ("<a>x</a><img src=\"i\">", "x<img src=\"i\" alt=\"\"/>"),
            ("<details>x</details>", "<div>x</div>"),
        ] {
            assert_eq!(tidy(from), to, "{from}");
        }
    }

    #[test]
    fn headings_begin_where_they_are_told_and_skip_no_level() {
        assert_eq!(tidy("<h3>a</h3><h6>b</h6><h3>c</h3><h4> </h4>"), "<h2>a</h2><h3>b</h3><h2>c</h2>");
    }

    #[test]
    fn places_are_unique_and_links_to_others_are_none() {
        let got = tidy("<p id=\"a b\">1</p><p id=\"a b\">2</p><a href=\"#a%20b\">to</a><a href=\"#c\">no</a><a name=\"d\">d</a><a href=\"#d\">D</a>");
        let expected = "<p id=\"t1-a_b\">1</p><p>2</p><a href=\"#t1-a_b\">to</a><span>no</span><span id=\"t1-d\">d</span><a href=\"#t1-d\">D</a>";
        assert_eq!(got, expected);
    }
}
