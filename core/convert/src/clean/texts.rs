//! Which leaves of an archive are HTML, and whose files they may show (MBZ-FORMAT §2.5, §6.4, §12).

use super::areas::{self, Item, Scope};
use super::known::{Area, number};
use parcours_declare::{Declaration, Kind};
use parcours_mbz::xml::{Step, is_blank};
use parcours_mbz::{Error, Unpacked};
use std::collections::HashMap;

/// A leaf of a document that is a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Place in [`Found::sorts`].
    pub sort: usize,
    /// Number of the record it belongs to, 0 where that has none.
    pub id: i64,
    context: i64,
    item: i64,
}

/// What texts of one name in records of one name have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sort {
    /// Element of the record: `post`.
    pub record: String,
    pub leaf: String,
    /// Component and file area; nothing where it can have no files.
    area: Option<(String, String)>,
    /// `configdata` of a block of this name: the texts are inside.
    pub block: Option<String>,
}

/// Texts of one document, by the number of their leaf in it. Memory holds some 40 bytes for each.
#[derive(Debug, Default)]
pub struct Found {
    pub sorts: Vec<Sort>,
    pub spots: HashMap<u64, Spot>,
}

impl Found {
    pub fn area(&self, spot: &Spot) -> Option<Area> {
        let (component, filearea) = self.sorts.get(spot.sort)?.area.clone()?;
        (spot.context != 0).then_some(Area { context: spot.context, component, filearea, item: spot.item })
    }

    fn add(&mut self, ordinal: u64, sort: Sort, id: i64, context: i64, item: i64) {
        let sort = self.sorts.iter().position(|s| *s == sort).unwrap_or_else(|| {
            self.sorts.push(sort);
            self.sorts.len() - 1
        });
        self.spots.insert(ordinal, Spot { sort, id, context, item });
    }
}

/// An element that is open.
#[derive(Default)]
struct Open {
    name: String,
    id: i64,
    context: i64,
    /// Leaves with markup in them: name, number in the document.
    texts: Vec<(String, u64)>,
    /// Short leaves that say what others are.
    says: HashMap<String, String>,
}

/// Leaves that tell what a text beside them is.
const TELLING: &[&str] = &["typ", "blockname", "contextid", "qtype"];

/// Records in which nothing is touched, whatever it is: marks, and what was answered.
const CLOSED: &[&str] = &["grades", "attempts", "question_attempts", "completeds", "responses", "grade_items", "userflags", "timers"];

/// Finds the texts of a document.
///
/// # Errors
/// What reading it fails with.
pub fn find(course: &mut Unpacked, path: &str, declared: &[Declaration]) -> Result<Found, Error> {
    let mut found = Found::default();
    let Some(scope) = Scope::of(path) else { return Ok(found) };
    let course_context = course.manifest().information.course_contextid;
    let declaration = scope.module().and_then(|m| declared.iter().find(|d| d.name == m));
    let Some(mut xml) = course.reader(path)? else { return Ok(found) };
    let mut open: Vec<Open> = Vec::new();
    let mut ordinal = 0;
    let mut leaf = false;
    loop {
        match xml.step()? {
            Step::Open => {
                let attribute = |name: &str| xml.attributes().find(|(n, _)| *n == name).and_then(|(_, v)| v.parse().ok());
                open.push(Open {
                    name: xml.name().to_owned(),
                    id: attribute("id").unwrap_or(0),
                    context: attribute("contextid").unwrap_or(0),
                    ..Open::default()
                });
                leaf = true;
            }
            Step::Close => {
                let Some(done) = open.pop() else { continue };
                let text = xml.text();
                if !leaf {
                    close(&scope, &done, &open, declaration, course_context, &mut found);
                } else if !(is_blank(text) && text.contains('\n')) {
                    if let Some(record) = open.last_mut() {
                        note_leaf(record, done.name, text, ordinal);
                    }
                    ordinal += 1;
                }
                leaf = false;
            }
            Step::Comment => {}
            Step::End => return Ok(found),
        }
    }
}

fn note_leaf(record: &mut Open, name: String, text: &str, ordinal: u64) {
    if name == "configdata" || has_markup(text) {
        record.texts.push((name, ordinal));
    } else if text.len() < 64 && (name.ends_with("format") || TELLING.contains(&name.as_str())) {
        record.says.insert(name, text.to_owned());
    }
}

/// Whether there is anything in a text that a rule could look at.
pub fn has_markup(text: &str) -> bool {
    text.contains('<') || text.contains("[[[cr_") || (text.contains('[') && text.contains("fa-"))
}

fn close(scope: &Scope, record: &Open, around: &[Open], declaration: Option<&Declaration>, course_context: i64, found: &mut Found) {
    if record.texts.is_empty() || around.iter().any(|o| CLOSED.contains(&o.name.as_str())) {
        return;
    }
    // A record without a number of its own belongs to the nearest that has one: a question's options.
    let id = std::iter::once(record).chain(around.iter().rev()).map(|o| o.id).find(|id| *id != 0).unwrap_or(0);
    let context = match scope {
        Scope::Section | Scope::Course | Scope::Shared => course_context,
        Scope::Questions => around.iter().chain(Some(record)).find_map(|o| o.says.get("contextid")).and_then(|c| number(c)).unwrap_or(0),
        Scope::Activity(_) | Scope::Block => around.iter().chain(Some(record)).map(|o| o.context).find(|c| *c != 0).unwrap_or(0),
    };
    let question = around.iter().rev().find(|o| o.name == "question").map_or(id, |o| o.id);
    for (leaf, ordinal) in &record.texts {
        let declared = declaration.and_then(|d| of_declaration(d, &record.name, leaf));
        let block = record.says.get("blockname").filter(|_| leaf == "configdata" && *scope == Scope::Block).cloned();
        if leaf == "configdata" && block.is_none() {
            continue;
        }
        if block.is_none() && !is_html(scope, record, around, leaf, declared.as_ref()) {
            continue;
        }
        let place = match (&block, declared.and_then(|(_, area)| area)) {
            (Some(block), _) => areas::of_block(block).map(|area| (format!("block_{block}"), area.to_owned(), Item::Zero)),
            (None, Some((area, item))) => scope.module().map(|m| (format!("mod_{m}"), area, item)),
            (None, None) => areas::of(scope, &record.name, leaf),
        };
        let item = match place.as_ref().map(|(.., item)| *item) {
            Some(Item::Own) => id,
            Some(Item::Question) => question,
            Some(Item::Zero) | None => 0,
        };
        let sort = Sort { record: record.name.clone(), leaf: leaf.clone(), area: place.map(|(component, area, _)| (component, area)), block };
        found.add(*ordinal, sort, id, context, item);
    }
}

/// Format column and file area of a column that a module declares as rich text.
type Declared = (Option<String>, Option<(String, Item)>);

fn of_declaration(declaration: &Declaration, record: &str, leaf: &str) -> Option<Declared> {
    let tree = declaration.tree()?;
    let tables = tree.nodes.iter().filter(|n| n.element == record).filter_map(|n| declaration.tables.get(n.table.as_ref()?));
    tables.flat_map(|t| t.columns.iter()).find_map(|(name, column)| match &column.kind {
        Kind::RichText { format, area, .. } if column.leaf(name) == Some(leaf) => {
            let item = |a: &String| if declaration.areas.get(a).is_some_and(|a| a.item.is_some()) { Item::Own } else { Item::Zero };
            Some((format.clone(), area.as_ref().map(|a| (a.clone(), item(a)))))
        }
        _ => None,
    })
}

/// By the format beside it, else by its name. Plain text and Markdown are no HTML; 0, Moodle's own, is.
fn is_html(scope: &Scope, record: &Open, around: &[Open], leaf: &str, declared: Option<&Declared>) -> bool {
    if leaf == "answertext" && !around.iter().any(|o| areas::is_choice(&o.name)) {
        return false;
    }
    let names =
        [declared.and_then(|(format, _)| format.clone()), Some(format!("{leaf}format")), areas::format_of(&record.name, leaf).map(str::to_owned)];
    let format = names.into_iter().flatten().find_map(|n| record.says.get(&n));
    // An answer that is compared with what is typed has format 0, and `<` is a sign in it.
    let compared = matches!(leaf, "answertext" | "answer_text");
    match format.map(|f| f.trim()) {
        Some("1") => true,
        Some("0") => !compared,
        Some("html") => *scope == Scope::Activity("wiki".to_owned()),
        Some("2" | "3" | "4") => false,
        Some(_) | None => !compared && (declared.is_some() || areas::is_html_by_name(scope, &record.name, leaf)) && is_item_html(record, leaf),
    }
}

/// A feedback's item is HTML only where it is a label.
fn is_item_html(record: &Open, leaf: &str) -> bool {
    leaf != "presentation" || record.says.get("typ").is_some_and(|t| t == "label")
}
