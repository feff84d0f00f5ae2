//! Where in the archive the records of each table stand.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// One kind of document, as a declaration writes it: its root element, and below it paths of elements that hold records.
///
/// The path `discussions/discussion` is a container and the record inside it; a path of one name is a record that repeats without a
/// container (`course_format_options`). The root is a record itself when it names a table (`section`, `module`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Backup {
    /// Name of the document. For a module, inside the activity's folder; for the core, a path from the archive's root in which `*` stands for
    /// one folder name.
    pub file: String,
    /// More documents of the same form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Name of the root element.
    pub root: String,
    /// The root's own table, when the root is a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub children: IndexMap<String, Branch>,
}

/// The records of one path below another record or below the root.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Branch {
    pub table: String,
    /// Column that holds the number of the enclosing record. Moving a record to another parent is changing this column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub children: IndexMap<String, Branch>,
}

/// A [`Backup`] laid out for reading and writing: nodes in pre-order, the root first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Name of the declaration it belongs to: `core`, `forum`.
    pub owner: String,
    /// Patterns of the documents, as paths from the archive's root.
    pub files: Vec<String>,
    pub nodes: Vec<Node>,
}

/// One node of a [`Tree`].
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Child path as declared (`discussions/discussion`); for the root, its element name.
    pub path: String,
    /// Containers around the record, outermost first; empty for the root and for records without one.
    pub containers: Vec<String>,
    /// Name of the record's own element (for the root: the root element).
    pub element: String,
    /// Table of the record; `None` only for a root that is a mere frame.
    pub table: Option<String>,
    /// Column holding the number of the enclosing record.
    pub parent: Option<String>,
    /// Index of the node above; `None` for the root.
    pub above: Option<usize>,
    /// Indexes of the nodes below, in declared order.
    pub below: Vec<usize>,
}

impl Tree {
    /// Lays a declared document out. Paths are checked by [`crate::Declaration::parse`].
    pub(crate) fn new(owner: &str, files: Vec<String>, backup: &Backup) -> Tree {
        let root = Node {
            path: backup.root.clone(),
            containers: Vec::new(),
            element: backup.root.clone(),
            table: backup.table.clone(),
            parent: None,
            above: None,
            below: Vec::new(),
        };
        let mut tree = Tree { owner: owner.to_owned(), files, nodes: vec![root] };
        tree.grow(0, &backup.children);
        tree
    }

    fn grow(&mut self, above: usize, branches: &IndexMap<String, Branch>) {
        for (path, branch) in branches {
            let mut names: Vec<String> = path.split('/').map(str::to_owned).collect();
            let element = names.pop().unwrap_or_default();
            let here = self.nodes.len();
            self.nodes.push(Node {
                path: path.clone(),
                containers: names,
                element,
                table: Some(branch.table.clone()),
                parent: branch.parent.clone(),
                above: Some(above),
                below: Vec::new(),
            });
            self.nodes[above].below.push(here);
            self.grow(here, &branch.children);
        }
    }

    /// Whether this tree describes the document at `path`.
    pub fn describes(&self, path: &str) -> bool {
        self.files.iter().any(|pattern| matches(pattern, path))
    }
}

/// `*` stands for any run of characters without `/`.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut a, mut b) = (pattern.split('/'), path.split('/'));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(p), Some(s)) if segment(p, s) => {}
            _ => return false,
        }
    }
}

fn segment(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((head, tail)) => name.len() >= head.len() + tail.len() && name.starts_with(head) && name.ends_with(tail),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_one_folder() {
        assert!(matches("activities/*/module.xml", "activities/forum_630/module.xml"));
        assert!(matches("activities/forum_*/forum.xml", "activities/forum_630/forum.xml"));
        assert!(!matches("activities/*/module.xml", "activities/forum_630/blocks/x/module.xml"));
        assert!(!matches("users.xml", "course/users.xml"));
    }
}
