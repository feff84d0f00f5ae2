//! Markup as a tree: small, and written as HTML or XHTML.

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    Text(String),
    Tag(Tag),
}

/// An element, with its name and those of its attributes in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// How elements without content are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Html,
    Xhtml,
}

const VOID: &[&str] = &["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

pub fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

pub fn tag(name: &str) -> Tag {
    Tag { name: name.to_owned(), ..Tag::default() }
}

pub fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

impl Tag {
    pub fn with(mut self, children: impl IntoIterator<Item = Node>) -> Self {
        self.children.extend(children);
        self
    }

    pub fn says(self, words: impl Into<String>) -> Self {
        self.with([text(words)])
    }

    pub fn set(mut self, attribute: &str, value: impl Into<String>) -> Self {
        self.attributes.retain(|(n, _)| n != attribute);
        self.attributes.push((attribute.to_owned(), value.into()));
        self
    }

    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == attribute).map(|(_, v)| v.as_str())
    }

    pub fn node(self) -> Node {
        Node::Tag(self)
    }
}

impl From<Tag> for Node {
    fn from(tag: Tag) -> Self {
        Node::Tag(tag)
    }
}

impl Node {
    pub fn tag(&self) -> Option<&Tag> {
        match self {
            Node::Tag(tag) => Some(tag),
            Node::Text(_) => None,
        }
    }

    pub fn is(&self, name: &str) -> bool {
        self.tag().is_some_and(|t| t.name == name)
    }

    pub fn is_blank(&self) -> bool {
        matches!(self, Node::Text(t) if t.trim().is_empty())
    }
}

/// The words of a tree, without their markup.
pub fn words(nodes: &[Node]) -> String {
    let mut out = String::new();
    each(nodes, &mut |node| {
        if let Node::Text(text) = node {
            out.push_str(text);
        }
    });
    out
}

/// Shows every node, a parent before its children.
pub fn each(nodes: &[Node], see: &mut impl FnMut(&Node)) {
    for node in nodes {
        see(node);
        if let Node::Tag(tag) = node {
            each(&tag.children, see);
        }
    }
}

/// Nothing to read or to look at.
pub fn is_empty(nodes: &[Node]) -> bool {
    let mut empty = true;
    each(nodes, &mut |node| empty &= node.is_blank() || node.tag().is_some_and(|t| !matches!(t.name.as_str(), "img" | "audio" | "video" | "hr")));
    empty
}

pub fn write(nodes: &[Node], style: Style, out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => escape(text, false, out),
            Node::Tag(tag) => write_tag(tag, style, out),
        }
    }
}

fn write_tag(tag: &Tag, style: Style, out: &mut String) {
    out.push('<');
    out.push_str(&tag.name);
    for (name, value) in &tag.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(value, true, out);
        out.push('"');
    }
    if is_void(&tag.name) {
        out.push_str(if style == Style::Xhtml { "/>" } else { ">" });
        return;
    }
    out.push('>');
    // A parser drops a line end right behind this tag.
    if tag.name == "pre" && style == Style::Html && matches!(tag.children.first(), Some(Node::Text(t)) if t.starts_with('\n')) {
        out.push('\n');
    }
    write(&tag.children, style, out);
    out.push_str("</");
    out.push_str(&tag.name);
    out.push('>');
}

/// Escapes for text or an attribute, and leaves out what XML has no place for.
pub fn escape(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' | '\t' if attribute => out.push(' '),
            '\n' | '\t' => out.push(c),
            '\r' | '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_closed_and_texts_escaped() {
        let nodes = [tag("p").set("title", "a\"<&").says("x < y\u{0} & z").with([tag("br").node()]).node()];
        let mut out = String::new();
        write(&nodes, Style::Xhtml, &mut out);
        assert_eq!(out, "<p title=\"a&quot;&lt;&amp;\">x &lt; y &amp; z<br/></p>");
        assert_eq!(words(&nodes), "x < y\u{0} & z");
        assert!(!is_empty(&nodes) && is_empty(&[tag("p").says(" ").node()]));
    }
}
