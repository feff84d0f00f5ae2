//! XML as Moodle writes it (MBZ-FORMAT §2): two spaces a level, leaves on one line, never a self-closed element.

/// SQL NULL as the text of a leaf (MBZ-FORMAT §2.3).
pub const NULL: &str = "$@NULL@$";

/// An element: a leaf with text, or a record or container with children.
#[derive(Debug, Clone)]
pub struct Element {
    name: String,
    attributes: Vec<(&'static str, String)>,
    body: Body,
}

#[derive(Debug, Clone)]
enum Body {
    Text(String),
    Children(Vec<Element>),
}

/// A leaf.
pub fn leaf(name: &str, text: impl ToString) -> Element {
    Element { name: name.to_owned(), attributes: Vec::new(), body: Body::Text(text.to_string()) }
}

/// A leaf that may be null.
pub fn nullable(name: &str, text: Option<impl ToString>) -> Element {
    match text {
        Some(text) => leaf(name, text),
        None => leaf(name, NULL),
    }
}

/// A container.
pub fn group(name: &str, children: impl IntoIterator<Item = Element>) -> Element {
    Element { name: name.to_owned(), attributes: Vec::new(), body: Body::Children(children.into_iter().collect()) }
}

/// A record: an element with a number.
pub fn record(name: &str, id: i64, children: impl IntoIterator<Item = Element>) -> Element {
    group(name, children).with("id", id)
}

impl Element {
    pub fn with(mut self, attribute: &'static str, value: impl ToString) -> Self {
        self.attributes.push((attribute, value.to_string()));
        self
    }

    pub fn push(&mut self, child: Element) {
        if let Body::Children(children) = &mut self.body {
            children.push(child);
        }
    }

    /// The whole document with this element as its root.
    pub fn document(&self) -> Vec<u8> {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut out, 0);
        out.into_bytes()
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        out.push_str(&format!("{indent}<{}", self.name));
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escape(value).replace('"', "&quot;")));
        }
        out.push('>');
        match &self.body {
            Body::Text(text) => out.push_str(&escape(text)),
            Body::Children(children) => {
                out.push('\n');
                for child in children {
                    child.write(out, depth + 1);
                    out.push('\n');
                }
                out.push_str(&indent);
            }
        }
        out.push_str(&format!("</{}>", self.name));
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_container_spans_two_lines_and_a_leaf_one() {
        let text = group("a", [leaf("b", "x < \"y\""), group("c", [])]).document();
        assert_eq!(String::from_utf8(text).unwrap(), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b>x &lt; \"y\"</b>\n  <c>\n  </c>\n</a>");
    }
}
