//! A document as its leaves and its records, each with those around it, in one pass and without keeping more than is open.

use super::scan::Scan;
use crate::error::Error;
use crate::limits::Limits;
use crate::xml::{NULL, Reader, Step};
use std::io::Read;

/// Leaves that some rule asks a closed record about. The others are seen once, as they pass. In the order of the alphabet.
const ASKED: &[&str] = &[
    "archetype",
    "availability",
    "availabilityjson",
    "blockname",
    "calculation",
    "categoryid",
    "component",
    "contenthash",
    "contextid",
    "contextlevel",
    "deleted",
    "enrol",
    "filearea",
    "filename",
    "filepath",
    "filter",
    "filtercondition",
    "format",
    "gradeitemid",
    "groupingid",
    "idnumber",
    "itemid",
    "method",
    "moduleinstance",
    "name",
    "number",
    "outcomeid",
    "parent",
    "picture",
    "qtype",
    "question",
    "questionbankentryid",
    "questionid",
    "questionscontextid",
    "repositorytype",
    "roleid",
    "scaleid",
    "sequence",
    "shortname",
    "sortorder",
    "sourcecmid",
    "timecreated",
    "timeopen",
    "userid",
    "username",
    "visibility",
];
/// Leaves of one record that are kept at most: more than any record has of those asked for.
const MOST: usize = 64;

/// An element that is open, with the leaves it has had.
#[derive(Default)]
pub(super) struct Frame {
    name: String,
    attributes: Vec<(String, String)>,
    leaves: Vec<(&'static str, String)>,
    /// Whether there is a value anywhere in it.
    full: bool,
    /// Whether an element that is not a leaf has closed in it.
    list: bool,
}

/// An element with those it stands in.
#[derive(Clone, Copy)]
pub(super) struct Element<'a>(&'a [Frame]);

impl<'a> Element<'a> {
    /// Empty above the root.
    pub(super) fn name(self) -> &'a str {
        self.0.last().map_or("", |f| f.name.as_str())
    }

    pub(super) fn depth(self) -> usize {
        self.0.len()
    }

    /// The element around this one; above the root there is one without name.
    pub(super) fn parent(self) -> Element<'a> {
        Element(self.0.get(..self.0.len().saturating_sub(1)).unwrap_or_default())
    }

    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        self.0.last()?.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The outermost element.
    pub(super) fn root(self) -> Element<'a> {
        self.above(1)
    }

    /// The element at this depth; the root is at 1.
    pub(super) fn above(self, depth: usize) -> Element<'a> {
        Element(self.0.get(..depth).unwrap_or_default())
    }

    /// Whether there is a value anywhere in it.
    pub(super) fn is_full(self) -> bool {
        self.0.last().is_some_and(|f| f.full)
    }

    /// Whether an element that is not a leaf has closed in it so far.
    pub(super) fn has_list(self) -> bool {
        self.0.last().is_some_and(|f| f.list)
    }

    /// The `id` attribute.
    pub(super) fn id(self) -> Option<i64> {
        number(self.attribute("id")?)
    }

    /// A leaf that was there, null or not. Only of those asked for.
    pub(super) fn has(self, name: &str) -> bool {
        self.0.last().is_some_and(|f| f.leaves.iter().any(|(n, _)| *n == name))
    }

    /// Text of a leaf; empty when it is absent or null.
    pub(super) fn leaf(self, name: &str) -> &'a str {
        debug_assert!(ASKED.binary_search(&name).is_ok(), "{name} is not kept");
        let text = self.0.last().and_then(|f| f.leaves.iter().find(|(n, _)| *n == name)).map_or("", |(_, t)| t.as_str());
        if text == NULL { "" } else { text }
    }

    pub(super) fn number(self, name: &str) -> Option<i64> {
        number(self.leaf(name))
    }

    /// The names from the root to this element.
    pub(super) fn path(self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|f| f.name.as_str())
    }
}

/// A decimal number, or nothing.
pub(super) fn number(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// What wants to know about a document.
pub(super) trait Visit {
    /// Every step, for whoever reads the document in a way of their own.
    fn step<R: Read>(&mut self, _step: Step, _xml: &Reader<R>) {}
    /// A leaf, in the record or container `parent`.
    fn leaf(&mut self, parent: Element<'_>, leaf: Element<'_>, text: &str);
    /// An element with anything in it, when it closes: its own leaves are known, and those that stood before it in the elements around it.
    fn record(&mut self, element: Element<'_>);
    /// How much has been said so far: when it grows, [`stand_at`](Visit::stand_at) is asked to note the place.
    fn said(&self) -> usize;
    fn stand_at(&mut self, line: u64);
}

/// Reads a document to its end.
pub(super) fn walk<R: Read>(input: Scan<'_, R>, path: &str, limits: &Limits, visit: &mut impl Visit) -> Result<(), Error> {
    let mut xml = Reader::new(input, path, limits);
    let mut stack: Vec<Frame> = Vec::new();
    let mut depth = 0;
    let mut opened = false;
    loop {
        let step = xml.step()?;
        visit.step(step, &xml);
        let before = visit.said();
        match step {
            Step::Open => {
                if stack.len() == depth {
                    stack.push(Frame::default());
                }
                if let Some(frame) = stack.get_mut(depth) {
                    frame.name.clear();
                    frame.name.push_str(xml.name());
                    frame.leaves.clear();
                    (frame.full, frame.list) = (false, false);
                    frame.attributes.clear();
                    frame.attributes.extend(xml.attributes().map(|(n, v)| (n.to_owned(), v.to_owned())));
                }
                depth += 1;
            }
            Step::Close => {
                depth = depth.saturating_sub(1);
                let (around, element) = (stack.get(..depth).unwrap_or_default(), stack.get(..=depth).unwrap_or_default());
                if opened {
                    visit.leaf(Element(around), Element(element), xml.text());
                    if element.last().is_some_and(|f| !f.attributes.is_empty()) {
                        visit.record(Element(element));
                    }
                    keep(stack.get_mut(depth.wrapping_sub(1)), xml.name(), xml.text());
                } else {
                    visit.record(Element(element));
                    let full = element.last().is_some_and(|f| f.full);
                    if let Some(parent) = stack.get_mut(depth.wrapping_sub(1)) {
                        (parent.full, parent.list) = (parent.full | full, true);
                    }
                }
            }
            Step::Comment => {}
            Step::End => return Ok(()),
        }
        if visit.said() > before {
            let line = xml.place().line;
            visit.stand_at(line);
        }
        opened = step == Step::Open;
    }
}

fn keep(parent: Option<&mut Frame>, name: &str, text: &str) {
    let Some(parent) = parent else { return };
    parent.full |= !text.trim().is_empty();
    if parent.leaves.len() >= MOST {
        return;
    }
    if let Some(name) = ASKED.binary_search(&name).ok().and_then(|at| ASKED.get(at)) {
        parent.leaves.push((name, text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_leaves_asked_for_are_in_the_order_of_the_alphabet() {
        assert!(super::ASKED.is_sorted());
    }
}
