//! A declared tree and its tables, laid out for looking up names.

use super::value::Form;
use indexmap::IndexMap;
use parcours_declare::{Table, Tree};
use std::collections::HashMap;

/// A [`Tree`] with the tables of its declaration. Made once for a declaration, used for each of its documents.
#[derive(Debug, Clone)]
pub struct Layout {
    pub(super) nodes: Vec<Node>,
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) element: String,
    pub(super) table: Option<String>,
    /// Column that holds the number of the enclosing record.
    pub(super) parent: Option<usize>,
    columns: Vec<Column>,
    leaves: HashMap<String, usize>,
    attributes: HashMap<String, usize>,
    branches: Vec<Branch>,
    /// First element of each branch.
    heads: HashMap<String, usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Name of the leaf or attribute.
    pub(super) xml: String,
    pub(super) form: Form,
    /// Whether it stands in the archive, and as an attribute.
    pub(super) stored: bool,
    pub(super) attribute: bool,
    /// Whether it is a leaf and no branch begins with an element of its name.
    sure: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Branch {
    /// Index of the node.
    pub(super) node: usize,
    pub(super) path: String,
    pub(super) containers: Vec<String>,
}

impl Layout {
    /// `tables` are those of the declaration the tree belongs to. A table that is not there has no columns: everything in its records is then unknown.
    pub fn new(tree: &Tree, tables: &IndexMap<String, Table>) -> Layout {
        let nodes = tree.nodes.iter().map(|node| {
            let mut columns: Vec<(&String, Column)> = node
                .table
                .as_ref()
                .and_then(|t| tables.get(t))
                .into_iter()
                .flat_map(|t| &t.columns)
                .map(|(name, c)| {
                    let xml = c.leaf(name).unwrap_or(name).to_owned();
                    (name, Column { xml, form: Form::of(c), stored: c.stored, attribute: c.attr, sure: false })
                })
                .collect();
            let index = |attribute| {
                let named = columns.iter().enumerate().filter(move |(_, (_, c))| c.stored && c.attribute == attribute);
                named.map(|(at, (_, c))| (c.xml.clone(), at)).collect()
            };
            let (leaves, attributes) = (index(false), index(true));
            let below = node.below.iter().filter_map(|b| tree.nodes.get(*b).map(|n| (*b, n)));
            let branches: Vec<Branch> = below.map(|(node, n)| Branch { node, path: n.path.clone(), containers: n.containers.clone() }).collect();
            let heads: HashMap<String, usize> =
                branches.iter().enumerate().map(|(at, b)| (b.path.split('/').next().unwrap_or_default().to_owned(), at)).collect();
            columns.iter_mut().for_each(|(_, c)| c.sure = c.stored && !c.attribute && !heads.contains_key(&c.xml));
            Node {
                element: node.element.clone(),
                table: node.table.clone(),
                parent: node.parent.as_ref().and_then(|p| columns.iter().position(|(name, _)| *name == p)),
                leaves,
                attributes,
                columns: columns.into_iter().map(|(_, c)| c).collect(),
                branches,
                heads,
            }
        });
        Layout { nodes: nodes.collect() }
    }

    /// The shape of a record that has no sibling to take one from: everything declared, in the declared order.
    pub fn fresh(&self, node: usize) -> parcours_course::Shape {
        use super::shape::Token;
        let Some(node) = self.nodes.get(node) else { return Default::default() };
        let stored = |attribute| node.columns.iter().enumerate().filter(move |(_, c)| c.stored && c.attribute == attribute).map(|(at, _)| at);
        let numbered = node.table.is_some() && node.attribute("id").is_none();
        let mut tokens: Vec<Token> = if numbered { vec![Token::Id] } else { Vec::new() };
        tokens.extend(stored(true).map(Token::Attribute));
        tokens.extend(stored(false).map(Token::Leaf));
        tokens.extend(node.branches.iter().enumerate().map(|(at, b)| match b.containers.len() {
            0 => Token::Run(at, None),
            levels => Token::Containers(at, levels),
        }));
        super::shape::render(&tokens, node)
    }
}

impl Node {
    pub(super) fn column(&self, at: usize) -> Option<&Column> {
        self.columns.get(at)
    }

    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(super) fn branch(&self, at: usize) -> Option<&Branch> {
        self.branches.get(at)
    }

    pub(super) fn branches(&self) -> &[Branch] {
        &self.branches
    }

    pub(super) fn head(&self, name: &str) -> Option<usize> {
        self.heads.get(name).copied()
    }

    /// Whether a child of this name, standing where `guess` says, is a leaf for sure.
    pub(super) fn is_leaf(&self, name: &str, guess: usize) -> bool {
        self.columns.get(guess).is_some_and(|c| c.xml == name && c.sure)
    }

    /// A leaf by name; `guess` is where it stands if the leaves come in the declared order, as they nearly always do.
    pub(super) fn leaf(&self, name: &str, guess: usize) -> Option<usize> {
        match self.columns.get(guess) {
            Some(c) if c.xml == name && c.stored && !c.attribute => Some(guess),
            _ => self.leaves.get(name).copied(),
        }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<usize> {
        self.attributes.get(name).copied()
    }

    /// The branch of a path, or of the first containers of one, and how many containers that names.
    pub(super) fn branch_at(&self, path: &str) -> Option<(usize, usize)> {
        self.branches.iter().enumerate().find_map(|(at, b)| {
            if b.path == path {
                return Some((at, b.containers.len()));
            }
            (1..b.containers.len()).find(|n| b.upto(*n) == path).map(|n| (at, n))
        })
    }
}

impl Branch {
    /// The path of the first `levels` containers, or the whole path if those are all.
    pub(super) fn upto(&self, levels: usize) -> &str {
        if levels >= self.containers.len() {
            return &self.path;
        }
        let cut = self.path.match_indices('/').nth(levels.saturating_sub(1)).map_or(self.path.len(), |(at, _)| at);
        self.path.get(..cut).unwrap_or_default()
    }
}
