//! From a document to its normal form.

use super::Options;
use super::here::Here;
use super::leaf::{self, LABELS};
use super::names::{Names, Space};
use super::node::{Node, clip, visible};
use super::order::{order, slot};
use super::tree::is_plural;
use parcours_course::outline::Activity;
use parcours_mbz::numbers::{Document, Frame, Meaning};
use parcours_mbz::xml::{Element, NULL};
use std::collections::{HashMap, HashSet};

/// Longest label, in characters.
const LABEL: usize = 60;

/// Who makes normal forms of the documents of one owner: an activity, a section, the course.
pub(super) struct Normal<'a> {
    pub names: &'a Names,
    pub options: &'a Options,
    /// Title of the activity; empty for other owners.
    title: &'a str,
    /// What the records of the owner's documents are called, by table and number.
    local: HashMap<(String, i64), String>,
}

impl<'a> Normal<'a> {
    pub fn new(names: &'a Names, options: &'a Options) -> Self {
        Normal { names, options, title: "", local: HashMap::new() }
    }

    pub fn of(self, activity: &'a Activity) -> Self {
        Normal { title: &activity.name, ..self }
    }

    /// Makes the records of a document known, so that others can refer to them.
    pub fn learn(&mut self, path: &str, document: &Element) {
        let names = self.names;
        let told = Document::new(&names.archive, path, records(document));
        let local = &mut self.local;
        // What is called by another's number is called as that one is.
        let called = |open: &[Frame], leaf: &str, raw: &str| match told.value(open, leaf, raw) {
            Meaning::Of(table) => raw.trim().parse().ok().and_then(|id| names.of_table(&table, id)).unwrap_or_default().to_owned(),
            _ => clip(&visible(raw), LABEL),
        };
        walk(document, &mut Vec::new(), &mut |e, open| {
            if let Some(id) = e.id() {
                let label = LABELS.iter().find_map(|l| Some(called(open, l, e.value(l)?)));
                local.entry((told.record(open).into_owned(), id)).or_insert_with(|| label.unwrap_or_default());
            }
        });
    }

    pub fn document(&self, path: &str, e: &Element) -> Node {
        let document = Document::new(&self.names.archive, path, records(e));
        Walk { normal: self, document: &document }.node(e, &mut Vec::new(), false).seal()
    }

    /// What a number of a table stands for; nothing where it leads nowhere.
    pub fn named(&self, table: &str, id: i64) -> Option<String> {
        if let Some(name) = self.names.of_table(table, id) {
            return Some(name.to_owned());
        }
        let label = self.local.get(&(table.to_owned(), id))?;
        Some(format!("{} “{label}”", table.rsplit('/').next().unwrap_or_default()))
    }

    /// A text with names in the place of all numbers in it.
    pub fn text(&self, raw: &str) -> String {
        let document = Document::new(&self.names.archive, "", HashSet::new());
        Here { normal: self, document: &document, open: &[], leaf: "" }.text(raw)
    }
}

struct Walk<'a> {
    normal: &'a Normal<'a>,
    document: &'a Document<'a>,
}

impl Walk<'_> {
    fn node(&self, e: &Element, open: &mut Vec<Frame>, several: bool) -> Node {
        let mut node = Node { name: e.name.clone(), record: several || e.id().is_some(), ..Node::default() };
        open.push(frame(e));
        let mut nodes: Vec<(&Element, Node)> = Vec::new();
        for child in e.children.iter().filter(|c| !c.name.is_empty()) {
            if child.is_leaf() {
                self.leaf(e, child, open, &mut node.leaves);
                open.last_mut().into_iter().for_each(|f| f.see(&child.name, &child.text));
                continue;
            }
            let alone = e.children.iter().filter(|c| c.name == child.name).take(2).count() == 1;
            // The only record of its list may have no number (`filter_actives/filter_active`).
            let several = !alone || is_plural(&e.name, &child.name) && child.children.iter().any(Element::is_leaf);
            nodes.push((child, self.node(child, open, several)));
        }
        open.pop();
        slot(&mut node, &mut nodes);
        node.ordered = order(&mut nodes);
        node.nodes = nodes.into_iter().map(|(_, n)| n.seal()).collect();
        if node.record {
            node.label = self.label(e, &node);
        }
        node
    }

    fn label(&self, e: &Element, node: &Node) -> String {
        let of = |name: &str| node.leaves.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str());
        let known = |space| e.id().and_then(|id| self.normal.names.get(space, id)).map(str::to_owned);
        let label = match e.name.as_str() {
            "grade_item" => known(Space::GradeItem),
            "block" => of("blockname").map(|name| format!("{name} {}", of("configdata.title").unwrap_or_default()).trim().to_owned()),
            "plugin_config" => {
                Some(format!("{} {} {}", of("subtype").unwrap_or_default(), of("plugin").unwrap_or_default(), of("name").unwrap_or_default()))
            }
            "role" => of("shortname").map(str::to_owned),
            "enrol" => Some(format!("{} {}", of("enrol").unwrap_or_default(), of("name").unwrap_or_default()).trim().to_owned()),
            _ => None,
        };
        let named = || LABELS.iter().find_map(|l| of(l)).map(|text| clip(&visible(text), LABEL));
        let below = || node.nodes.iter().map(|n| &n.label).find(|l| !l.is_empty()).cloned();
        label.or_else(named).or_else(below).unwrap_or_default()
    }

    fn leaf(&self, record: &Element, leaf: &Element, open: &[Frame], out: &mut Vec<(String, String)>) {
        // What is encrypted differs with every backup, and says nothing elsewhere (MBZ-FORMAT §2.9).
        if leaf.attribute("encrypted").is_some() {
            return;
        }
        let raw = if leaf.text == NULL { "" } else { leaf.text.as_str() };
        let here = Here { normal: self.normal, document: self.document, open, leaf: &leaf.name };
        if let Some(fields) = here.settings(raw) {
            out.extend(
                fields.into_iter().map(|(key, value)| (if key.is_empty() { leaf.name.clone() } else { format!("{}.{key}", leaf.name) }, value)),
            );
        } else if let Some(value) = self.value(record, &leaf.name, raw, &here) {
            out.push((leaf.name.clone(), value));
        }
    }

    /// The value by which a leaf is compared; nothing when it is not.
    fn value(&self, record: &Element, leaf: &str, raw: &str, here: &Here<'_>) -> Option<String> {
        let title = self.normal.title.trim();
        match (record.name.as_str(), leaf) {
            ("grade_item", "itemname") if !title.is_empty() && raw.trim() == title => return Some(String::new()),
            // Moodle makes these of the activity's name and intro.
            ("event", "name" | "description" | "format") if !title.is_empty() => return None,
            _ => {}
        }
        match leaf::meaning(&record.name, leaf) {
            leaf::Meaning::Nothing => None,
            leaf::Meaning::Time if !self.normal.options.times => None,
            _ => Some(here.value(raw)),
        }
    }
}

/// Names of the elements that have a number.
fn records(document: &Element) -> HashSet<String> {
    let mut names = HashSet::new();
    document.walk(&mut |e| {
        if e.id().is_some() {
            names.insert(e.name.clone());
        }
    });
    names
}

fn frame(e: &Element) -> Frame {
    let mut frame = Frame::new(&e.name);
    e.attributes.iter().for_each(|(name, value)| frame.see(name, value));
    frame
}

/// Shows every element with those around it, itself last.
fn walk(e: &Element, open: &mut Vec<Frame>, see: &mut impl FnMut(&Element, &[Frame])) {
    open.push(frame(e));
    see(e, open);
    e.children.iter().for_each(|child| walk(child, open, see));
    open.pop();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_names_and_dates_go() {
        let mut names = Names::default();
        names.put(Space::Module, 7, "page “P”".into());
        let options = Options::default();
        let mut normal = Normal::new(&names, &options);
        let chapter = |id, num, text: &str| {
            Element::record("chapter", id, [Element::new("pagenum", num), Element::new("title", format!("C{id}")), Element::new("content", text)])
        };
        let book = Element::record(
            "book",
            3,
            [
                Element::new("timemodified", 5),
                Element::new("intro", "see $@PAGEVIEWBYID*7@$, $@BOOKVIEWBYIDCH*7*12@$"),
                Element::new("grade", "10.0"),
                Element::group("chapters", [chapter(12, 2, "b"), chapter(11, 1, "a")]),
            ],
        );
        normal.learn("activities/book_7/book.xml", &book);
        let node = normal.document("activities/book_7/book.xml", &book);
        let leaf = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        assert_eq!(node.leaves, [leaf("intro", "see $@PAGEVIEWBYID*page “P”@$, $@BOOKVIEWBYIDCH*page “P”*chapter “C12”@$"), leaf("grade", "10")]);
        let chapters = node.nodes.first().unwrap();
        assert!(chapters.ordered);
        assert_eq!(chapters.nodes.iter().map(|n| n.label.as_str()).collect::<Vec<_>>(), ["C11", "C12"]);
        assert_eq!(chapters.nodes.first().unwrap().leaves, [leaf("title", "C11"), leaf("content", "a")]);
    }
}
