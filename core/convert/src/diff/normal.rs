//! From a document to its normal form.

use super::Options;
use super::json;
use super::leaf::{LABELS, Meaning, meaning};
use super::names::{Names, Space};
use super::node::{Node, clip, visible};
use super::order::{order, slot};
use super::tree::is_plural;
use parcours_course::outline::Activity;
use parcours_mbz::php::Php;
use parcours_mbz::xml::{Element, NULL};
use std::collections::HashMap;

/// Longest label, in characters.
const LABEL: usize = 60;

/// Who makes normal forms of the documents of one owner: an activity, a section, the course.
pub(super) struct Normal<'a> {
    pub names: &'a Names,
    pub options: &'a Options,
    /// Module and title of the activity; empty for other owners.
    module: &'a str,
    title: &'a str,
    /// Records of the owner's documents, by number: name of the record, and what it is called.
    local: HashMap<i64, Vec<(String, String)>>,
}

impl<'a> Normal<'a> {
    pub fn new(names: &'a Names, options: &'a Options) -> Self {
        Normal { names, options, module: "", title: "", local: HashMap::new() }
    }

    pub fn of(self, activity: &'a Activity) -> Self {
        Normal { module: &activity.module, title: &activity.name, ..self }
    }

    /// Makes the records of a document known, so that others can refer to them.
    pub fn learn(&mut self, document: &Element) {
        document.walk(&mut |e| {
            if let Some(id) = e.id() {
                let named = LABELS.iter().find_map(|l| e.value(l)).unwrap_or_default();
                self.local.entry(id).or_default().push((e.name.clone(), clip(&visible(named), LABEL)));
            }
        });
    }

    pub fn document(&self, e: &Element) -> Node {
        self.node(e, false).seal()
    }

    /// A record of the owner's by number. `name` may lack underscores.
    pub fn record(&self, name: &str, id: i64) -> Option<String> {
        let records = self.local.get(&id)?;
        let (_, label) = records.iter().find(|(n, _)| n == name || n.replace('_', "") == name)?;
        Some(format!("{name} “{label}”"))
    }

    /// The records that have a number, of whatever name.
    pub fn records(&self, id: i64) -> &[(String, String)] {
        self.local.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    fn node(&self, e: &Element, several: bool) -> Node {
        let mut node = Node { name: e.name.clone(), record: several || e.id().is_some(), ..Node::default() };
        for child in e.children.iter().filter(|c| !c.name.is_empty()) {
            if child.is_leaf() {
                self.leaf(e, child, &mut node.leaves);
            }
        }
        let mut nodes: Vec<(&Element, Node)> = Vec::new();
        for child in e.children.iter().filter(|c| !c.name.is_empty() && !c.is_leaf()) {
            let alone = e.children.iter().filter(|c| c.name == child.name).take(2).count() == 1;
            // The only record of its list may have no number (`filter_actives/filter_active`).
            let several = !alone || is_plural(&e.name, &child.name) && child.children.iter().any(Element::is_leaf);
            nodes.push((child, self.node(child, several)));
        }
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
        let known = |space| e.id().and_then(|id| self.names.get(space, id)).map(str::to_owned);
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

    fn leaf(&self, record: &Element, leaf: &Element, out: &mut Vec<(String, String)>) {
        // What is encrypted differs with every backup, and says nothing elsewhere (MBZ-FORMAT §2.9).
        if leaf.attribute("encrypted").is_some() {
            return;
        }
        let raw = if leaf.text == NULL { "" } else { leaf.text.as_str() };
        if let Some(fields) = serialised(&leaf.name, raw) {
            match fields {
                Php::Object(_, entries) | Php::Array(entries) if !entries.is_empty() => {
                    for (key, value) in &entries {
                        let (key, value) = json::field(self, key, value);
                        out.push((format!("{}.{key}", leaf.name), value));
                    }
                }
                _ => out.push((leaf.name.clone(), String::new())),
            }
            return;
        }
        if let Some(value) = self.value(record, &leaf.name, raw) {
            out.push((leaf.name.clone(), value));
        }
    }

    /// The value by which a leaf is compared; nothing when it is not.
    fn value(&self, record: &Element, leaf: &str, raw: &str) -> Option<String> {
        let number = raw.trim().parse::<i64>().ok();
        let named = |space, id: i64| if id == 0 { String::new() } else { self.names.get(space, id).unwrap_or_default().to_owned() };
        Some(match (record.name.as_str(), leaf) {
            ("grade_item", "iteminstance") => match record.leaf("itemtype") {
                "category" | "course" => named(Space::GradeCategory, number?),
                _ => self.names.instance(record.leaf("itemmodule"), number?).unwrap_or_default().to_owned(),
            },
            ("grade_item", "itemname") if !self.title.is_empty() && raw.trim() == self.title.trim() => String::new(),
            ("event", "instance") => self.names.instance(record.leaf("modulename"), number?).unwrap_or_default().to_owned(),
            // Moodle makes these of the activity's name and intro.
            ("event", "name" | "description" | "format") if !self.title.is_empty() => return None,
            ("element", "instance") => self.names.instance(record.leaf("name"), number?).unwrap_or_default().to_owned(),
            ("element", "weight" | "notdisplay") if number.is_none() => self.modules(raw),
            ("lesson", "dependency") => self.names.instance("lesson", number?).unwrap_or_default().to_owned(),
            ("parameter", "name" | "value") => self.parameter(record, raw),
            ("course_completion_criteria", "module") => raw.to_owned(),
            _ => match (meaning(&record.name, leaf), number) {
                (Meaning::Nothing, _) => return None,
                (Meaning::Time, _) if !self.options.times => return None,
                (Meaning::Number(space), Some(id)) => match self.names.get(space, id) {
                    Some(name) => name.to_owned(),
                    // Of this activity's own (a questionnaire's `question`), or of nobody's.
                    None => self.own(leaf, id).unwrap_or_default(),
                },
                (Meaning::Local(name), Some(id)) if id > 0 => self.record(name, id).unwrap_or_default(),
                (Meaning::Grade, Some(id)) if id < 0 => format!("scale “{}”", named(Space::Scale, -id)),
                // A reference that nobody declared.
                (Meaning::Plain, Some(id)) if leaf.ends_with("id") && !leaf.ends_with("valid") => self.own(leaf, id).unwrap_or_default(),
                _ => self.text(raw),
            },
        })
    }

    /// A record of the same activity. That a record belongs to the activity itself goes without saying.
    fn own(&self, leaf: &str, id: i64) -> Option<String> {
        let name = leaf.strip_suffix("id").unwrap_or(leaf);
        self.record(name, id).filter(|_| name != self.module)
    }

    /// The activities in a list of numbers, serialised in base64 (MAGISTERE-XML §2).
    fn modules(&self, raw: &str) -> String {
        let Ok(Some(list)) = Php::read_config(raw) else { return raw.to_owned() };
        let each = list.entries().iter().filter_map(|(_, v)| v.int()).map(|cm| self.names.get(Space::Module, cm).unwrap_or("?"));
        each.collect::<Vec<_>>().join(", ")
    }

    /// Parameters of a badge's criterion: `module_5` and its value 5.
    fn parameter(&self, record: &Element, raw: &str) -> String {
        let Some((kind, id)) = record.leaf("name").split_once('_').and_then(|(kind, id)| Some((kind, id.parse::<i64>().ok()?))) else {
            return self.text(raw);
        };
        let space = match kind {
            "module" => Space::Module,
            "role" => Space::Role,
            "badge" => Space::Badge,
            _ => return self.text(raw),
        };
        let label = self.names.get(space, id).unwrap_or_default();
        if raw.trim() == id.to_string() { label.to_owned() } else { raw.replace(&format!("{kind}_{id}"), &format!("{kind}_{label}")) }
    }

    /// A text with names in the place of all numbers in it.
    pub fn text(&self, raw: &str) -> String {
        if let Some(value) = json::canonical(self, raw) {
            return value;
        }
        let text = self.names.links(raw, &|name, id| self.record(name, id));
        let text = grade_items(&text, |id| self.names.get(Space::GradeItem, id).unwrap_or("?").to_owned());
        decimal(&text).unwrap_or_else(|| text.replace("\r\n", "\n"))
    }
}

/// A serialised value of PHP's, in base64 in the settings of a block (MBZ-FORMAT §2.8).
fn serialised(leaf: &str, raw: &str) -> Option<Php> {
    if leaf == "configdata" && !raw.starts_with(['{', '[']) {
        return Php::read_config(raw).ok().map(|v| v.unwrap_or(Php::Null));
    }
    if raw.starts_with("a:") || raw.starts_with("O:") { Php::read(raw).ok() } else { None }
}

/// `##gi7##` in a formula of the gradebook.
fn grade_items(text: &str, name: impl Fn(i64) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("##gi") {
        out.push_str(before);
        rest = match after.split_once("##").and_then(|(id, tail)| Some((id.parse().ok()?, tail))) {
            Some((id, tail)) => {
                out.push_str(&format!("##{}##", name(id)));
                tail
            }
            None => {
                out.push_str("##gi");
                after
            }
        };
    }
    out.push_str(rest);
    out
}

/// A decimal number without its last zeros.
fn decimal(text: &str) -> Option<String> {
    let (whole, part) = text.split_once('.')?;
    let digits = |s: &str| !s.is_empty() && s.len() < 16 && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(part) {
        return None;
    }
    let part = part.trim_end_matches('0');
    Some(if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_formulas_and_decimals() {
        assert_eq!(grade_items("=##gi7##+##gix##*2", |id| format!("item {id}")), "=##item 7##+##gix##*2");
        let all: Vec<_> = ["10.00000", "0.50", "-1.0", "1.2.3", "v1.0", "."].into_iter().map(decimal).collect();
        assert_eq!(all, [Some("10".into()), Some("0.5".into()), Some("-1".into()), None, None, None]);
    }

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
        normal.learn(&book);
        let node = normal.document(&book);
        let leaf = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        assert_eq!(node.leaves, [leaf("intro", "see $@PAGEVIEWBYID*page “P”@$, $@BOOKVIEWBYIDCH*page “P”*chapter “C12”@$"), leaf("grade", "10")]);
        let chapters = node.nodes.first().unwrap();
        assert!(chapters.ordered);
        assert_eq!(chapters.nodes.iter().map(|n| n.label.as_str()).collect::<Vec<_>>(), ["C11", "C12"]);
        assert_eq!(chapters.nodes.first().unwrap().leaves, [leaf("title", "C11"), leaf("content", "a")]);
    }
}
