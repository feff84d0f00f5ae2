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
}
