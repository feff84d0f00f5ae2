//! How each document of an archive is read and written: by the core's declaration, by a module's, or by nobody's.

use indexmap::IndexMap;
use parcours_declare::{Declaration, Table, Tree};
use parcours_mbz::records::Layout;
use std::collections::HashSet;

/// Every declared form of document, laid out once.
pub struct Forms(Vec<Form>);

/// One form of document.
pub struct Form {
    /// `core`, or the module's name.
    pub owner: String,
    pub tree: Tree,
    pub layout: Layout,
    /// Columns that are person numbers, by table: what becomes nobody in everything made without people.
    persons: IndexMap<String, Vec<usize>>,
    /// Tables whose records are somebody's work, or stand inside such a record.
    theirs: HashSet<String>,
}

impl Forms {
    pub fn new(modules: &[&Declaration]) -> Forms {
        let core = parcours_declare::core();
        let mut all: Vec<Form> = core.trees.iter().map(|t| Form::new(t.clone(), &core.tables)).collect();
        all.extend(modules.iter().filter_map(|d| d.tree().map(|t| Form::new(t, &d.tables))));
        Forms(all)
    }

    /// The form of the document at `path`.
    pub fn of(&self, path: &str) -> Option<&Form> {
        self.0.iter().find(|f| f.tree.describes(path))
    }
}

impl Form {
    fn new(tree: Tree, tables: &IndexMap<String, Table>) -> Form {
        let layout = Layout::new(&tree, tables);
        let mut persons = IndexMap::new();
        let mut theirs = HashSet::new();
        for node in &tree.nodes {
            let Some((name, table)) = node.table.as_ref().and_then(|t| tables.get_key_value(t)) else {
                continue;
            };
            let inside = node.above.and_then(|a| tree.nodes.get(a)?.table.as_ref()).is_some_and(|t| theirs.contains(t));
            if table.people || inside {
                theirs.insert(name.clone());
            }
            let refs = table.columns.values().enumerate().filter(|(_, c)| matches!(c.kind, parcours_declare::Kind::UserRef { .. }));
            persons.insert(name.clone(), refs.map(|(at, _)| at).collect());
        }
        Form { owner: tree.owner.clone(), tree, layout, persons, theirs }
    }

    /// Whether records of this table are somebody's.
    pub fn is_theirs(&self, table: &str) -> bool {
        self.theirs.contains(table)
    }

    /// Positions of the columns of a table that are person numbers.
    pub fn persons(&self, table: &str) -> &[usize] {
        self.persons.get(table).map_or(&[], Vec::as_slice)
    }
}
