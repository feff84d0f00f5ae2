//! A document as a tree: small enough in a test, and made of the same reader and writer as everything else.

use parcours_mbz::Limits;
use parcours_mbz::xml::{PROLOG, Reader, Step, is_blank};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// Text of a child without children.
    pub fn leaf(&self, name: &str) -> Option<&str> {
        self.children.iter().find(|c| c.name == name && c.children.is_empty()).map(|c| c.text.as_str())
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The `id` attribute, as a number.
    pub fn id(&self) -> Option<i64> {
        self.attribute("id")?.parse().ok()
    }

    /// Itself and everything in it.
    pub fn each(&self, visit: &mut dyn FnMut(&Element)) {
        visit(self);
        self.children.iter().for_each(|c| c.each(visit));
    }

    pub fn each_mut(&mut self, visit: &mut dyn FnMut(&mut Element)) {
        visit(self);
        self.children.iter_mut().for_each(|c| c.each_mut(visit));
    }

    /// Every element of that name, however deep.
    pub fn all(&self, name: &str) -> Vec<&Element> {
        let mut found: Vec<&Element> = self.children.iter().filter(|c| c.name == name).collect();
        found.extend(self.children.iter().flat_map(|c| c.all(name)));
        found
    }

    /// The one of that name and number, however deep.
    pub fn numbered(&self, name: &str, id: i64) -> Option<&Element> {
        self.all(name).into_iter().find(|e| e.id() == Some(id))
    }
}

/// `None` for a document of no bytes.
pub fn parse(path: &str, body: &[u8]) -> Option<Element> {
    if body.is_empty() {
        return None;
    }
    let mut xml = Reader::new(body, path, &Limits::default());
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        match xml.step().unwrap() {
            Step::Open => {
                let attributes = xml.attributes().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
                open.push(Element { name: xml.name().to_owned(), attributes, ..Element::default() });
            }
            Step::Close => {
                let mut done = open.pop().unwrap();
                if done.children.is_empty() {
                    done.text = xml.take_text();
                }
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => root = Some(done),
                }
            }
            Step::Comment => {}
            Step::End => return root,
        }
    }
}

pub fn print(root: &Element) -> Vec<u8> {
    let mut out = PROLOG.to_owned();
    element(&mut out, root, 0);
    out.into_bytes()
}

fn element(out: &mut String, e: &Element, depth: usize) {
    let indent = "  ".repeat(depth);
    out.push_str(&format!("{indent}<{}", e.name));
    for (name, value) in &e.attributes {
        out.push_str(&format!(" {name}=\"{}\"", escaped(value).replace('"', "&quot;")));
    }
    out.push('>');
    if e.children.is_empty() {
        // A container without anything in it is told from an empty leaf by nobody.
        let container = is_blank(&e.text) && e.text.contains('\n');
        out.push_str(&if container { String::new() } else { escaped(&e.text) });
    } else {
        out.push('\n');
        e.children.iter().for_each(|c| element(out, c, depth + 1));
        out.push_str(&indent);
    }
    out.push_str(&format!("</{}>\n", e.name));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
