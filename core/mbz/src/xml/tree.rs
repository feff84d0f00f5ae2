//! An element held whole, for what has to be looked at or changed as one thing.

use super::{NULL, Reader, Step, Writer, is_blank};
use crate::error::Error;
use crate::limits::Limit;
use std::io::{self, Read, Write};

/// An element with all that is in it.
///
/// Meant for one record at a time; a document that may be large is [rewritten](super::rewrite()) as it streams. A record's children are leaves, containers and other
/// records, in the order of the archive; [`leaf`](Self::leaf) and [`child`](Self::child) look at its own children only, because one name means different things at different
/// depths (MBZ-FORMAT §15.3).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    /// Empty for a text between elements, which no backup of Moodle's has; [`text`](Self::text) is then that text.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// All of a leaf's text. White space with a line end where an element has no children and is not a leaf either, as Moodle writes an empty container.
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// A container or record without attributes.
    pub fn group(name: &str, children: impl IntoIterator<Item = Element>) -> Self {
        Element { name: name.to_owned(), text: "\n".to_owned(), children: children.into_iter().collect(), ..Element::default() }
    }

    /// A record with its number.
    pub fn record(name: &str, id: i64, children: impl IntoIterator<Item = Element>) -> Self {
        Element::group(name, children).with("id", id)
    }

    /// A leaf.
    pub fn new(name: &str, text: impl ToString) -> Self {
        Element { name: name.to_owned(), text: text.to_string(), ..Element::default() }
    }

    /// A leaf that is null where there is nothing.
    pub fn nullable(name: &str, text: Option<impl ToString>) -> Self {
        Element { name: name.to_owned(), text: text.map_or_else(|| NULL.to_owned(), |t| t.to_string()), ..Element::default() }
    }

    /// The same with an attribute set.
    pub fn with(mut self, attribute: &str, value: impl ToString) -> Self {
        self.set_attribute(attribute, value);
        self
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn set_attribute(&mut self, name: &str, value: impl ToString) {
        match self.attributes.iter_mut().find(|(n, _)| n == name) {
            Some((_, v)) => *v = value.to_string(),
            None => self.attributes.push((name.to_owned(), value.to_string())),
        }
    }

    /// The `id` attribute.
    pub fn id(&self) -> Option<i64> {
        self.attribute("id")?.trim().parse().ok()
    }

    /// Whether it has text and no children: a value. An empty container is none.
    pub fn is_leaf(&self) -> bool {
        self.children.is_empty() && !(is_blank(&self.text) && self.text.contains('\n'))
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
    }

    pub fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.children.iter_mut().find(|c| c.name == name)
    }

    /// All children of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The first element at a path of names below this one.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |e, name| e.child(name))
    }

    /// The records in a container: children `record` of the child `container`; none where it is absent.
    pub fn records<'a>(&'a self, container: &str, record: &'a str) -> impl Iterator<Item = &'a Element> {
        self.child(container).into_iter().flat_map(move |c| c.all(record))
    }

    /// Text of a leaf; empty when it is absent or null.
    pub fn leaf(&self, name: &str) -> &str {
        self.value(name).unwrap_or_default()
    }

    /// Text of a leaf; nothing when it is absent or null.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name).map(|c| c.text.as_str()).filter(|t| *t != NULL)
    }

    /// Whole number of a leaf; nothing when it is absent, null or no number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.value(name)?.trim().parse().ok()
    }

    /// Sets a leaf, in its place when it is there and behind the last leaf when it is not: leaves come before containers (MBZ-FORMAT §2.2).
    pub fn set(&mut self, name: &str, text: impl ToString) {
        match self.child_mut(name) {
            Some(leaf) => {
                leaf.text = text.to_string();
                leaf.children.clear();
            }
            None => {
                let end = self.children.iter().rposition(Element::is_leaf).map_or(0, |at| at + 1);
                self.children.insert(end, Element::new(name, text));
            }
        }
    }

    /// Takes children of this name out.
    pub fn remove(&mut self, name: &str) -> Vec<Element> {
        let (gone, left) = std::mem::take(&mut self.children).into_iter().partition(|c| c.name == name);
        self.children = left;
        gone
    }

    pub fn push(&mut self, child: Element) {
        self.children.push(child);
    }

    /// Every element below this one and itself, from the outside in.
    pub fn walk(&self, see: &mut impl FnMut(&Element)) {
        see(self);
        self.children.iter().for_each(|c| c.walk(see));
    }

    /// The same, to be changed. A child is seen after its parent.
    pub fn walk_mut(&mut self, see: &mut impl FnMut(&mut Element)) {
        see(self);
        self.children.iter_mut().for_each(|c| c.walk_mut(see));
    }

    /// Reads a whole document.
    ///
    /// # Errors
    /// What the reader finds wrong with it, and [`Error::Limit`] when it holds more than [`Limits::record_bytes`](crate::Limits::record_bytes).
    pub fn document<R: Read>(mut xml: Reader<R>) -> Result<Element, Error> {
        loop {
            match xml.step()? {
                Step::Open => {
                    let root = Element::read(&mut xml)?;
                    while xml.step()? != Step::End {}
                    return Ok(root);
                }
                // A document without any element is an error of the reader's.
                Step::Close | Step::Comment | Step::End => {}
            }
        }
    }

    /// Reads the element whose [`Step::Open`] the reader has just given, to its end.
    ///
    /// # Errors
    /// As [`document`](Self::document).
    pub fn read<R: Read>(xml: &mut Reader<R>) -> Result<Element, Error> {
        let mut left = xml.limits().record_bytes;
        let mut open = vec![Element::begin(xml)];
        loop {
            let step = xml.step()?;
            let text = xml.take_text();
            let attributes =
                if step == Step::Open { xml.attributes().map(|(n, v)| n.len() + v.len() + size_of::<(String, String)>()).sum() } else { 0 };
            let used = (text.len() + xml.name().len() + attributes + size_of::<Element>()) as u64;
            left = left.checked_sub(used).ok_or_else(|| Error::Limit {
                place: xml.place(),
                limit: Limit::RecordBytes,
                value: xml.limits().record_bytes,
            })?;
            let Some(inner) = open.last_mut() else { return Ok(Element::default()) };
            match step {
                Step::Open => {
                    inner.keep(text);
                    open.push(Element::begin(xml));
                }
                Step::Close => {
                    if inner.children.is_empty() {
                        inner.text = text;
                    } else {
                        inner.keep(text);
                    }
                    let Some(done) = open.pop() else { continue };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
                Step::Comment | Step::End => {}
            }
        }
    }

    fn begin<R: Read>(xml: &Reader<R>) -> Element {
        let attributes = xml.attributes().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        Element { name: xml.name().to_owned(), attributes, ..Element::default() }
    }

    /// Text beside elements.
    fn keep(&mut self, text: String) {
        if !is_blank(&text) {
            self.children.push(Element { text, ..Element::default() });
        }
    }

    /// Writes it, in Moodle's style.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn write<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        if self.name.is_empty() {
            return out.text(&self.text);
        }
        out.open(&self.name)?;
        self.attributes.iter().for_each(|(n, v)| out.attribute(n, v));
        if self.is_leaf() {
            return out.close_leaf(&self.text);
        }
        self.children.iter().try_for_each(|c| c.write(out))?;
        out.close()
    }

    /// The whole document with this element as its root.
    pub fn to_document(&self) -> Vec<u8> {
        let mut out = Writer::new(Vec::new());
        // Writing to memory does not fail.
        let _ = self.write(&mut out);
        out.finish().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn read(xml: &str) -> Element {
        Element::document(Reader::new(xml.as_bytes(), "x.xml", &Limits::default())).unwrap()
    }

    const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a id=\"1\">\n  <b> &amp;nbsp; \n</b>\n  <k encrypted=\"true\">x</k>\n  <c>\n  </c>\n  <d></d>\n  <n>$@NULL@$</n>\n  \
                       <e>\n    <f id=\"7\">\n      <g>1</g>\n    </f>\n  </e>\n</a>";

    #[test]
    fn what_moodle_wrote_comes_out_byte_for_byte() {
        assert_eq!(String::from_utf8(read(XML).to_document()).unwrap(), XML);
    }

    #[test]
    fn leaves_null_and_absent_are_told_apart() {
        let a = read(XML);
        assert_eq!((a.id(), a.leaf("b"), a.value("d"), a.value("n"), a.value("z")), (Some(1), " &nbsp; \n", Some(""), None, None));
        assert!(a.child("d").unwrap().is_leaf() && !a.child("c").unwrap().is_leaf());
        assert_eq!(a.records("e", "f").map(|f| f.number("g")).collect::<Vec<_>>(), [Some(1)]);
    }

    #[test]
    fn a_new_leaf_stands_before_the_containers() {
        let mut a = Element::record("a", 1, [Element::new("b", 1), Element::group("c", [])]);
        a.set("d", 2);
        a.set("b", 3);
        let names: Vec<_> = a.children.iter().map(|c| (c.name.as_str(), c.text.trim())).collect();
        assert_eq!(names, [("b", "3"), ("d", "2"), ("c", "")]);
    }

    #[test]
    fn text_between_elements_is_not_lost() {
        let a = read("<a>one<b>x</b>two</a>");
        let again = read(&String::from_utf8(a.to_document()).unwrap());
        let texts: Vec<_> = again.children.iter().map(|c| c.text.trim()).collect();
        assert_eq!(texts, ["one", "x", "two"]);
        // A space that XML does not call one is text.
        assert!(String::from_utf8(read("<a>\u{a0}<b>x</b></a>").to_document()).unwrap().contains('\u{a0}'));
    }

    #[test]
    fn attributes_count_for_the_limit_of_a_record() {
        let limits = Limits { record_bytes: 10_000, ..Limits::default() };
        let xml = format!("<a>{}</a>", format!("<b c=\"{}\"/>", "x".repeat(1000)).repeat(10));
        let e = Element::document(Reader::new(xml.as_bytes(), "x.xml", &limits)).unwrap_err();
        assert_eq!(e.code(), "record-bytes");
    }

    #[test]
    fn a_record_beyond_the_limit_is_refused() {
        let limits = Limits { record_bytes: 1000, ..Limits::default() };
        let xml = format!("<a><b>{}</b></a>", "x".repeat(2000));
        let e = Element::document(Reader::new(xml.as_bytes(), "x.xml", &limits)).unwrap_err();
        assert_eq!(e.code(), "record-bytes");
    }
}
