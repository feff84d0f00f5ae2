//! The core files of an archive, in the words of a declaration.

use crate::{Backup, DeclareError, Table, Tree, check};
use indexmap::IndexMap;
use serde::Deserialize;
use std::sync::OnceLock;

/// The declared core: tables and the documents they stand in. Documents of an archive that neither this nor a module describes are kept whole.
#[derive(Debug)]
pub struct Core {
    pub tables: IndexMap<String, Table>,
    pub trees: Vec<Tree>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    tables: IndexMap<String, Table>,
    documents: Vec<Backup>,
}

/// The core declaration, read once from `core.json` beside this file.
pub fn core() -> &'static Core {
    static CORE: OnceLock<Core> = OnceLock::new();
    CORE.get_or_init(|| match parse(include_str!("core.json")) {
        Ok(core) => core,
        // Part of the program, and read by its first test: it cannot fail on input.
        Err(e) => unreachable!("core.json: {e}"),
    })
}

fn parse(json: &str) -> Result<Core, DeclareError> {
    let text: Text = serde_json::from_str(json).map_err(|e| DeclareError::Json(e.to_string()))?;
    check::tables(&text.tables)?;
    let mut trees = Vec::new();
    for b in &text.documents {
        check::backup(&text.tables, b)?;
        let files = std::iter::once(b.file.clone()).chain(b.also.iter().cloned()).collect();
        trees.push(Tree::new("core", files, b));
    }
    Ok(Core { tables: text.tables, trees })
}

impl Core {
    /// The layout of the document at `path`, if it is one of the declared.
    pub fn tree(&self, path: &str) -> Option<&Tree> {
        self.trees.iter().find(|t| t.describes(path))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_core_declaration_is_sound() {
        super::parse(include_str!("core.json")).unwrap();
    }

    /// Columns that make a record somebody's, and tables that are the course's own all the same: there they only say who made it.
    const OWNERS: [&str; 6] = ["userid", "recipientid", "raterid", "relateduserid", "realuserid", "loggeduser"];
    const COURSES_OWN: [&str; 3] = ["event", "file", "scale"];

    #[test]
    fn what_belongs_to_a_person_is_declared_as_peoples() {
        let core = super::core();
        let peoples = |t: &Option<String>| t.as_ref().is_some_and(|t| core.tables[t].people);
        for tree in &core.trees {
            for (at, node) in tree.nodes.iter().enumerate() {
                let Some(table) = node.table.as_deref().filter(|t| !COURSES_OWN.contains(t)) else { continue };
                let theirs = core.tables[table].columns.keys().any(|c| OWNERS.contains(&c.as_str()));
                let around = std::iter::successors(Some(at), |n| tree.nodes[*n].above);
                let declared = around.into_iter().any(|n| peoples(&tree.nodes[n].table));
                assert!(declared || !theirs, "{table} in {:?}", tree.files);
            }
        }
    }

    #[test]
    fn roles_in_a_block_or_of_a_person_are_not_roles_in_the_course() {
        // A table of its own, because the other is asked who may do what in a course and its activities.
        for (path, expected) in
            [("course/roles.xml", true), ("activities/forum_1/roles.xml", true), ("course/blocks/html_1/roles.xml", false), ("users.xml", false)]
        {
            let tree = super::core().tree(path).unwrap();
            let asked = tree.nodes.iter().any(|n| n.table.as_deref() == Some("role_assignment"));
            assert_eq!(asked, expected, "{path}");
        }
    }
}
