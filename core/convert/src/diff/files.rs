//! The files of an archive, by what they belong to.

use super::names::{Names, Space};
use super::node::Node;
use super::normal::Normal;
use parcours_mbz::{Error, Unpacked, numbers};
use std::collections::HashMap;

/// A file: a line of `files.xml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub component: String,
    pub area: String,
    pub item: i64,
    pub path: String,
    pub hash: String,
}

impl Row {
    pub fn is_sections(&self) -> bool {
        self.component == "course" && self.area == "section"
    }

    /// Of the course, in whatever context (MBZ-FORMAT §6.4).
    pub fn is_courses(&self) -> bool {
        ["course", "group", "grouping", "grade", "badges", "contentbank"].contains(&self.component.as_str())
            || self.component.starts_with("customfield")
    }

    pub fn is_blocks(&self) -> bool {
        self.component.starts_with("block_")
    }

    /// With what it belongs to in its area's name, and no number.
    pub fn named(&self, names: &Names) -> Row {
        let table = numbers::of_area(&names.archive, &self.component, &self.area, self.item);
        let area = match table.and_then(|table| Space::of(&table)) {
            Some(space) => format!("{} “{}”", self.area, names.get(space, self.item).unwrap_or_default()),
            None => self.area.clone(),
        };
        Row { area, item: 0, ..self.clone() }
    }

    /// The area and the record in it; nothing when that record is not there, because it is people's.
    fn place(&self, normal: &Normal<'_>) -> Option<String> {
        match numbers::of_area(&normal.names.archive, &self.component, &self.area, self.item) {
            Some(table) => Some(format!("{} {}", self.area, normal.named(&table, self.item)?)),
            // A revision, or nothing at all.
            None => Some(self.area.clone()),
        }
    }
}

/// Every file but those of questions, which have theirs in them, and of people.
pub(super) fn read(from: &mut Unpacked) -> Result<HashMap<i64, Vec<Row>>, Error> {
    let mut all: HashMap<i64, Vec<Row>> = HashMap::new();
    from.each("files.xml", "file", |_, file| {
        let (component, name) = (file.leaf("component"), file.leaf("filename"));
        let others = component == "user" || component == "question" || component.starts_with("qtype") || component == "backup";
        if !others && !name.is_empty() && name != "." {
            let row = Row {
                component: component.to_owned(),
                area: file.leaf("filearea").to_owned(),
                item: file.number("itemid").unwrap_or(0),
                path: format!("{}{name}", file.leaf("filepath")),
                hash: file.leaf("contenthash").to_owned(),
            };
            all.entry(file.number("contextid").unwrap_or(0)).or_default().push(row);
        }
        Ok(())
    })?;
    Ok(all)
}

/// Files as records, and the number of those that are people's.
pub(super) fn node(rows: &[Row], normal: &Normal<'_>) -> (Node, u64) {
    let (mut nodes, mut theirs) = (Vec::new(), 0);
    for row in rows {
        let Some(place) = row.place(normal) else {
            theirs += 1;
            continue;
        };
        let component = if row.component.starts_with("mod_") { String::new() } else { format!("{} ", row.component) };
        let path = format!("{component}{place}{}", row.path);
        let leaves = vec![("path".to_owned(), path.clone()), ("content".to_owned(), row.hash.clone())];
        nodes.push(Node { name: "file".to_owned(), label: path, record: true, leaves, ..Node::default() }.seal());
    }
    (Node::group("files", nodes), theirs)
}
