//! Who stands in whom, with the place of every tag.

use super::token::{self, Attribute, Kind, Token};
use std::ops::Range;

/// Nesting beyond which a text is left alone: what checks it is super-quadratic in it (DESIGN §5).
pub const DEPTH: usize = 100;

/// Bytes beyond which a text is left alone.
pub const BYTES: usize = 2 << 20;

/// Attributes of one tag, likewise.
const ATTRIBUTES: usize = 500;

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements whose beginning ends a paragraph.
const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements whose end tag may be left out.
const OPEN: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup", "rt", "rp"];

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Element,
    Text,
    /// Comments, and what scripts and text boxes hold.
    Other,
}

/// A node. Its number is its place in [`Doc::nodes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub what: What,
    /// Of an element, in small letters.
    pub name: String,
    /// The start tag, or all of what is no element.
    pub start: Range<usize>,
    /// Where the content ends and, when there is one, the end tag begins.
    pub close: usize,
    /// The end tag, empty where it was left out.
    pub end: Range<usize>,
    pub parent: usize,
    pub children: Vec<usize>,
    /// Whether it begins and ends where its tags say; only then may a rule take it apart.
    pub sound: bool,
}

/// A text as a tree. Node 0 is the text itself.
pub struct Doc<'a> {
    pub text: &'a str,
    pub nodes: Vec<Node>,
}

/// Why a text is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Depth,
    Size,
}

impl<'a> Doc<'a> {
    /// Finds the elements of a text.
    ///
    /// # Errors
    /// [`Refused`] where it is nested or long beyond what is looked at.
    pub fn read(text: &'a str) -> Result<Doc<'a>, Refused> {
        if text.len() > BYTES {
            return Err(Refused::Size);
        }
        let root = Node {
            what: What::Element,
            name: String::new(),
            start: 0..0,
            close: text.len(),
            end: text.len()..text.len(),
            parent: 0,
            children: vec![],
            sound: false,
        };
        let mut growing = Growing { nodes: vec![root], open: vec![0], torn: 0 };
        for token in token::tokens(text) {
            // A browser looks at every pair of a tag's attributes.
            if token.range.len() > 4 * ATTRIBUTES && token::attributes(text, &token.range).len() > ATTRIBUTES {
                return Err(Refused::Size);
            }
            growing.take(&token);
            // Formatting that was torn apart comes back in a browser's tree once for each place, so it counts as nesting.
            if growing.open.len() + growing.torn > DEPTH {
                return Err(Refused::Depth);
            }
        }
        growing.cut_to(1, text.len());
        Ok(Doc { text, nodes: growing.nodes })
    }

    /// Elements of a name, in order.
    pub fn elements<'b>(&'b self, name: &'b str) -> impl Iterator<Item = usize> + 'b {
        self.nodes.iter().enumerate().skip(1).filter(move |(_, n)| n.what == What::Element && n.name == name).map(|(at, _)| at)
    }

    pub fn node(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }

    /// Attributes of an element.
    pub fn attributes(&self, at: usize) -> Vec<Attribute> {
        self.node(at).filter(|n| n.what == What::Element && !n.start.is_empty()).map(|n| token::attributes(self.text, &n.start)).unwrap_or_default()
    }

    /// Value of an attribute, decoded.
    pub fn value(&self, at: usize, name: &str) -> Option<String> {
        self.attributes(at).into_iter().find(|a| a.name == name).map(|a| a.value)
    }

    /// What stands at a range.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// The elements around a node, from the inside out, without the text itself.
    pub fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut here = at;
        std::iter::from_fn(move || {
            here = self.node(here)?.parent;
            (here != 0).then_some(here)
        })
    }

    /// Whether a node stands in an element of one of these names.
    pub fn inside(&self, at: usize, names: &[&str]) -> bool {
        self.around(at).any(|n| self.node(n).is_some_and(|n| names.contains(&n.name.as_str())))
    }

    /// Every node below one, in order.
    pub fn below(&self, at: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut left: Vec<usize> = self.node(at).map(|n| n.children.iter().rev().copied().collect()).unwrap_or_default();
        while let Some(next) = left.pop() {
            out.push(next);
            left.extend(self.node(next).into_iter().flat_map(|n| n.children.iter().rev()));
        }
        out
    }

    /// Text of all that is in a node, white space drawn together.
    pub fn says(&self, at: usize) -> String {
        let inside = if self.node(at).is_some_and(|n| n.what == What::Text) { vec![at] } else { self.below(at) };
        let texts = inside.into_iter().filter_map(|n| self.node(n)).filter(|n| n.what == What::Text).map(|n| self.slice(n.start.clone()));
        let all = texts.collect::<Vec<_>>().join(" ").replace("&nbsp;", " ").replace("&#160;", " ");
        all.split(|c: char| c.is_whitespace()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether a node is a text of white space only.
    pub fn is_blank(&self, at: usize) -> bool {
        self.node(at).is_some_and(|n| n.what == What::Text && self.slice(n.start.clone()).bytes().all(|b| b.is_ascii_whitespace()))
    }
}

struct Growing {
    nodes: Vec<Node>,
    /// Elements that are open, the text itself first.
    open: Vec<usize>,
    /// How many were ended by others.
    torn: usize,
}

impl Growing {
    fn take(&mut self, token: &Token) {
        match token.kind {
            Kind::Text => self.leaf(What::Text, token),
            Kind::Comment | Kind::Raw => self.leaf(What::Other, token),
            Kind::Start => self.begin(token),
            Kind::End => self.finish(token),
        }
    }

    fn leaf(&mut self, what: What, token: &Token) {
        let end = token.range.end..token.range.end;
        self.grow(Node {
            what,
            name: String::new(),
            start: token.range.clone(),
            close: token.range.end,
            end,
            parent: 0,
            children: vec![],
            sound: true,
        });
    }

    fn grow(&mut self, mut node: Node) -> usize {
        let here = self.nodes.len();
        node.parent = self.open.last().copied().unwrap_or(0);
        if let Some(parent) = self.nodes.get_mut(node.parent) {
            parent.children.push(here);
        }
        self.nodes.push(node);
        here
    }

    fn begin(&mut self, token: &Token) {
        let name = token.name.as_str();
        let at = token.range.start;
        match name {
            "li" => self.end_open(&["li"], &["ul", "ol", "menu", "dir"], at),
            "dt" | "dd" => self.end_open(&["dt", "dd"], &["dl"], at),
            "option" => self.end_open(&["option"], &["select"], at),
            "td" | "th" => self.end_open(&["td", "th"], &["table", "tr"], at),
            "tr" => self.end_open(&["tr"], &["table"], at),
            "tbody" | "thead" | "tfoot" | "colgroup" => self.end_open(&["tbody", "thead", "tfoot", "colgroup"], &["table"], at),
            _ => {}
        }
        if BLOCK.contains(&name) {
            self.end_open(&["p"], &["table", "td", "th", "caption", "button", "object", "div", "li", "blockquote"], at);
        }
        let void = VOID.contains(&name);
        let end = token.range.end..token.range.end;
        let here = self.grow(Node {
            what: What::Element,
            name: token.name.clone(),
            start: token.range.clone(),
            close: token.range.end,
            end,
            parent: 0,
            children: vec![],
            sound: void,
        });
        if !void {
            self.open.push(here);
        }
    }

    /// Ends the innermost open element of some names, unless one of the walls stands before it.
    fn end_open(&mut self, names: &[&str], walls: &[&str], at: usize) {
        for (depth, number) in self.open.iter().enumerate().skip(1).rev() {
            let Some(node) = self.nodes.get(*number) else { return };
            if names.contains(&node.name.as_str()) {
                return self.cut_to(depth, at);
            }
            if walls.contains(&node.name.as_str()) {
                return;
            }
        }
    }

    fn finish(&mut self, token: &Token) {
        let name = token.name.as_str();
        // The end tag of an inline element does not reach out of its cell, nor anything out of its table but the table's own.
        let walls: &[&str] = match name {
            "table" => &[],
            "tr" | "tbody" | "thead" | "tfoot" | "td" | "th" | "caption" | "colgroup" => &["table"],
            _ => &["td", "th", "caption", "table"],
        };
        let mut found = None;
        for (depth, number) in self.open.iter().enumerate().skip(1).rev() {
            let Some(node) = self.nodes.get(*number) else { return };
            if node.name == name {
                found = Some((depth, *number));
                break;
            }
            if walls.contains(&node.name.as_str()) {
                break;
            }
        }
        let Some((depth, number)) = found else { return };
        let tears = self.open.iter().skip(depth + 1).any(|n| self.nodes.get(*n).is_some_and(|n| !OPEN.contains(&n.name.as_str())));
        self.cut_to(depth + 1, token.range.start);
        self.open.truncate(depth);
        if let Some(node) = self.nodes.get_mut(number) {
            node.close = token.range.start;
            node.end = token.range.clone();
            node.sound = !tears;
        }
    }

    /// Ends all that is open from a depth on, at a place without end tags.
    fn cut_to(&mut self, depth: usize, at: usize) {
        let mut tears = false;
        while self.open.len() > depth.max(1) {
            let Some(number) = self.open.pop() else { return };
            let Some(node) = self.nodes.get_mut(number) else { return };
            let may = OPEN.contains(&node.name.as_str());
            node.close = at;
            node.end = at..at;
            node.sound = may && !tears;
            if !may {
                tears = true;
                self.torn += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        let doc = Doc::read(text).unwrap_or_else(|_| panic!("{text}"));
        fn walk(doc: &Doc, at: usize, out: &mut String) {
            for child in &doc.nodes[at].children {
                let node = &doc.nodes[*child];
                match node.what {
                    What::Element => {
                        out.push_str(&node.name);
                        out.push_str(if node.sound { "(" } else { "?(" });
                        walk(doc, *child, out);
                        out.push(')');
                    }
                    _ => out.push('.'),
                }
            }
        }
        let mut out = String::new();
        walk(&doc, 0, &mut out);
        out
    }

    #[test]
    fn end_tags_that_may_be_left_out_are_found() {
        assert_eq!(shape("<p>a<p>b<br></p>"), "p(.)p(.br())");
        assert_eq!(shape("<ul><li>a<li>b</ul>"), "ul(li(.)li(.))");
        assert_eq!(shape("<table><tr><td>a<td>b<tr><td>c</table>"), "table(tr(td(.)td(.))tr(td(.)))");
        assert_eq!(
            shape("<table><tbody><tr><td><table><tr><td>x</td></tr></table></td></tr></tbody></table>"),
            "table(tbody(tr(td(table(tr(td(.)))))))"
        );
    }

    #[test]
    fn what_is_torn_is_not_sound() {
        assert_eq!(shape("<b><i>x</b></i>"), "b?(i?(.))");
        assert_eq!(shape("<span>x"), "span?(.)");
        assert_eq!(shape("<span><p>x</span></p>"), "span(p(.))");
        assert_eq!(shape("<td><span>x</td>y</span>"), "td?(span?(.)).");
    }

    #[test]
    fn what_is_nested_or_long_beyond_reason_is_refused() {
        assert_eq!(Doc::read(&"<div>".repeat(200)).err(), Some(Refused::Depth));
        assert_eq!(Doc::read(&"<p><b class=1>".repeat(200)).err(), Some(Refused::Depth));
        assert_eq!(Doc::read(&"x".repeat(BYTES + 1)).err(), Some(Refused::Size));
        assert_eq!(Doc::read(&format!("<p {}>", "a ".repeat(5000))).err(), Some(Refused::Size));
        assert!(Doc::read(&"<div></div>".repeat(2000)).is_ok());
    }
}
