//! Markup as a tree in which no text is lost: HTML as browsers read it, XHTML as packages hold it.

use crate::bank::text::escape;
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use parcours_mbz::xml::{Reader, Step};
use parcours_mbz::{Error, Limit, Limits};

/// Deeper markup is flattened to its words.
const DEPTH: usize = 120;

/// An element, or a text where it has no name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    pub fn new(name: &str, attributes: &[(&str, &str)], children: impl IntoIterator<Item = Node>) -> Self {
        let attributes = attributes.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Node { name: name.to_owned(), attributes, text: String::new(), children: children.into_iter().collect() }
    }

    pub fn words(text: impl Into<String>) -> Self {
        Node { text: text.into(), ..Node::default() }
    }

    /// An element that holds nothing but words.
    pub fn leaf(name: &str, attributes: &[(&str, &str)], text: impl Into<String>) -> Self {
        Node::new(name, attributes, [Node::words(text)])
    }

    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == attribute).map(|(_, v)| v.as_str())
    }

    pub fn with(mut self, attribute: &str, value: impl ToString) -> Self {
        self.attributes.push((attribute.to_owned(), value.to_string()));
        self
    }

    pub fn with_child(mut self, child: Node) -> Self {
        self.children.push(child);
        self
    }

    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|c| c.name == name)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// All its words.
    pub fn inner(&self) -> String {
        let mut out = self.text.clone();
        self.children.iter().for_each(|c| out += &c.inner());
        out
    }

    /// Every element below this one that `wanted` names, but none inside another of them.
    pub fn find<'a>(&'a self, wanted: &impl Fn(&Node) -> bool, out: &mut Vec<&'a Node>) {
        for child in &self.children {
            if wanted(child) { out.push(child) } else { child.find(wanted, out) }
        }
    }

    /// Reads a document of XML. Prefixes of names are left out, and so are instructions before the root.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn document(xml: &str, place: &str, limits: &Limits) -> Result<Node, Error> {
        let limits = Limits { xml_depth: DEPTH as u64, ..limits.clone() };
        let bare = without_instructions(xml);
        let mut reader = Reader::new(bare.as_bytes(), place, &limits);
        let mut open = vec![Node::default()];
        let mut left = limits.record_bytes;
        loop {
            let step = reader.step()?;
            left = left.checked_sub((reader.text().len() + size_of::<Node>()) as u64).ok_or_else(|| Error::Limit {
                place: reader.place(),
                limit: Limit::RecordBytes,
                value: limits.record_bytes,
            })?;
            let text = reader.take_text();
            if let Some(now) = open.last_mut().filter(|_| !text.is_empty()) {
                now.children.push(Node::words(text));
            }
            match step {
                Step::Open => {
                    let attributes = reader.attributes().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
                    let name = reader.name().rsplit(':').next().unwrap_or_default().to_owned();
                    open.push(Node { name, attributes, ..Node::default() });
                }
                Step::Close => {
                    if let Some(done) = open.pop()
                        && let Some(parent) = open.last_mut()
                    {
                        parent.children.push(done);
                    }
                }
                Step::Comment => {}
                Step::End => return Ok(open.pop().and_then(|top| top.children.into_iter().find(|c| !c.name.is_empty())).unwrap_or_default()),
            }
        }
    }
}

/// `<?xml-model …?>` and its kin before the root say nothing about the document.
fn without_instructions(xml: &str) -> String {
    let xml = xml.trim_start_matches('\u{feff}');
    let mut out = String::new();
    let mut rest = xml;
    while let Some((before, from)) = rest.split_once("<?") {
        // Inside of the root they are forbidden, and the reader says so.
        if before.contains("</") {
            break;
        }
        let Some((instruction, after)) = from.split_once("?>") else { break };
        out.push_str(before);
        if instruction.starts_with("xml ") && out.trim().is_empty() {
            out.push_str(&format!("<?{instruction}?>"));
        }
        rest = after;
    }
    out + rest
}

/// Bytes of a text, tags in it, and elements that are open at once, beyond which it is taken for words: a browser's way of reading takes the square of their number.
const LONG: usize = 8 << 20;
const TAGS: usize = 50_000;
const OPEN: usize = 3000;

/// How many elements may be open at once at most.
fn open_at_most(html: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        match tag.bytes().next() {
            Some(b'/') => open = open.saturating_sub(1),
            Some(b) if b.is_ascii_alphabetic() && !VOID.iter().any(|v| tag.starts_with(v)) => open += 1,
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// HTML as a browser reads it. Comments are left out.
pub(crate) fn html(text: &str) -> Vec<Node> {
    if !text.contains(['<', '&', '\0']) {
        return if text.is_empty() { Vec::new() } else { vec![Node::words(text)] };
    }
    if text.len() > LONG || text.matches('<').count() > TAGS || open_at_most(text) > OPEN {
        return vec![Node::words(crate::bank::text::plain(&parcours_course::Text::html(text)))];
    }
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(RcDom::default(), ParseOpts::default(), context, Vec::new(), false).one(text);
    let root = dom.document.children.borrow().first().cloned();
    root.map(|root| children(&root, 0)).unwrap_or_default()
}

fn children(of: &Handle, depth: usize) -> Vec<Node> {
    if depth > DEPTH {
        return Vec::new();
    }
    of.children.borrow().iter().filter_map(|child| node(child, depth)).collect()
}

fn node(of: &Handle, depth: usize) -> Option<Node> {
    match &of.data {
        NodeData::Text { contents } => Some(Node::words(contents.borrow().to_string())),
        NodeData::Element { name, attrs, .. } => {
            let attributes = attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
            Some(Node { name: name.local.to_string(), attributes, text: String::new(), children: children(of, depth + 1) })
        }
        _ => None,
    }
}

/// Elements that have no end in HTML.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// HTML of a tree.
pub(crate) fn to_html(nodes: &[Node]) -> String {
    let mut out = String::new();
    nodes.iter().for_each(|n| push(n, false, &mut out));
    out
}

/// XML of an element. What XML has no place for is left out.
pub(crate) fn to_xml(node: &Node) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    push(node, true, &mut out);
    out.retain(|c| matches!(c, '\n' | '\t') || !(c.is_ascii_control() || matches!(c, '\u{fffe}' | '\u{ffff}')));
    out
}

fn push(node: &Node, xml: bool, out: &mut String) {
    if node.name.is_empty() {
        let text = node.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        out.push_str(&if xml { text } else { text.replace('\u{a0}', "&nbsp;") });
        return;
    }
    out.push('<');
    out.push_str(&node.name);
    for (name, value) in &node.attributes {
        let value = if xml { escape(value).replace('\n', "&#10;").replace('\t', "&#9;") } else { value.replace('&', "&amp;").replace('"', "&quot;") };
        out.push_str(&format!(" {name}=\"{value}\""));
    }
    let void = VOID.contains(&node.name.as_str());
    if node.children.is_empty() && (xml || void) {
        out.push_str(if xml { "/>" } else { ">" });
        return;
    }
    out.push('>');
    node.children.iter().for_each(|c| push(c, xml, out));
    out.push_str(&format!("</{}>", node.name));
}

/// HTML as it is after it was read and written: two ways of writing one thing become one.
pub(crate) fn normal(text: &str) -> String {
    to_html(&html(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_xml_and_html_again() {
        let text = "<p class=a>1 &lt; 2&nbsp;<br>é <b>x</b> <i>y</i></p>z";
        let nodes = html(text);
        let xml = to_xml(&Node::new("div", &[], nodes));
        assert!(xml.ends_with("<div><p class=\"a\">1 &lt; 2\u{a0}<br/>é <b>x</b> <i>y</i></p>z</div>"), "{xml}");
        let again = Node::document(&xml, "x", &Limits::default()).unwrap();
        assert_eq!(to_html(&again.children), "<p class=\"a\">1 &lt; 2&nbsp;<br>é <b>x</b> <i>y</i></p>z");
    }

    #[test]
    fn deep_markup_ends_somewhere() {
        let deep = "<div>".repeat(2_900) + "x";
        assert!(to_html(&html(&deep)).len() < 3000);
        for piece in ["<div>", "<b class=x><i>", "</p>", "<p>x</p>", "&lt;", "<!--", "<table><td>"] {
            html(&piece.repeat(100_000));
        }
        assert_eq!(html(&"<div>x".repeat(4_000)).len(), 1);
    }

    #[test]
    fn instructions_before_the_root_are_left_out() {
        let xml = "<?xml version=\"1.0\"?>\n<?xml-model href=\"x\"?>\n<q:a><b> c </b></q:a>";
        let a = Node::document(xml, "x", &Limits::default()).unwrap();
        assert_eq!((a.name.as_str(), a.inner().as_str()), ("a", " c "));
    }
}
