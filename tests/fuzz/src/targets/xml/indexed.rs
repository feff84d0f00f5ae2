//! Records in memory, and the declarations they are read by.

use parcours_course::Record;
use parcours_declare::Declaration;
use parcours_mbz::Error;
use parcours_mbz::records::{Layout, Sink, Source, Unfit, Unread, Why};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Numbers of nodes by table.
pub type Nodes = HashMap<String, usize>;

/// Root element, layout and nodes of every declared tree: those of the core, and one of a module.
pub fn layouts() -> &'static [(String, Layout, Nodes)] {
    static LAYOUTS: OnceLock<Vec<(String, Layout, Nodes)>> = OnceLock::new();
    LAYOUTS.get_or_init(|| {
        let core = parcours_declare::core();
        let forum = Declaration::parse(include_str!("../../../../../wasm-plugins/forum/module.json")).expect("the forum's declaration");
        let trees = core.trees.iter().map(|tree| (tree.clone(), &core.tables)).chain(forum.tree().map(|tree| (tree, &forum.tables)));
        trees
            .map(|(tree, tables)| {
                let nodes = tree.nodes.iter().enumerate().filter_map(|(at, n)| Some((n.table.clone()?, at))).collect();
                let root = tree.nodes.first().map(|n| n.element.clone()).unwrap_or_default();
                (root, Layout::new(&tree, tables), nodes)
            })
            .collect()
    })
}

/// Records by node and parent, in the order of reading.
pub struct Memory<'a> {
    nodes: &'a Nodes,
    records: HashMap<(usize, Option<i64>), Vec<Record>>,
    ids: HashSet<(usize, i64)>,
    numbers: i64,
}

impl<'a> Memory<'a> {
    pub fn new(nodes: &'a Nodes) -> Self {
        Memory { nodes, records: HashMap::new(), ids: HashSet::new(), numbers: 0 }
    }
}

impl Sink for Memory<'_> {
    fn number(&mut self, _: &str) -> Result<i64, Unread> {
        // Far below what an input has by chance.
        self.numbers -= 1;
        Ok(i64::MIN / 2 + self.numbers)
    }

    fn record(&mut self, record: Record) -> Result<(), Unread> {
        let Some(node) = self.nodes.get(&record.table).copied() else { panic!("a record of a table that the tree has not") };
        if !self.ids.insert((node, record.id)) {
            let why = Why::Number { table: record.table, text: record.id.to_string() };
            return Err(Unfit { place: Default::default(), why }.into());
        }
        self.records.entry((node, record.parent)).or_default().push(record);
        Ok(())
    }
}

impl Source for Memory<'_> {
    fn below(&mut self, node: usize, parent: Option<i64>, after: Option<i64>) -> Result<Vec<Record>, Error> {
        let mut all: Vec<Record> =
            self.records.get(&(node, parent)).into_iter().flatten().filter(|r| after.is_none_or(|a| r.seq > a)).cloned().collect();
        all.sort_by_key(|r| r.seq);
        all.truncate(3);
        Ok(all)
    }
}
