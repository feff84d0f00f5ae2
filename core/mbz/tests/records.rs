//! Every document of the corpus that a declaration covers, through records and back.

mod support;

use indexmap::IndexMap;
use parcours_course::Record;
use parcours_declare::{Declaration, Table, Tree};
use parcours_mbz::records::{Layout, Sink, Source, Unread, read, write};
use parcours_mbz::xml::{Reader, Step, is_blank};
use parcours_mbz::{Error, Limits, container, open};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{each, shared};

/// Records in memory, by node and parent, in the order of reading.
struct Memory {
    nodes: HashMap<String, usize>,
    records: HashMap<(usize, Option<i64>), Vec<Record>>,
    numbers: i64,
    read: usize,
}

impl Sink for Memory {
    fn number(&mut self, _: &str) -> Result<i64, Unread> {
        self.numbers -= 1;
        Ok(self.numbers)
    }

    fn record(&mut self, record: Record) -> Result<(), Unread> {
        self.read += 1;
        let node = self.nodes[&record.table];
        self.records.entry((node, record.parent)).or_default().push(record);
        Ok(())
    }
}

impl Source for Memory {
    fn below(&mut self, node: usize, parent: Option<i64>, after: Option<i64>) -> Result<Vec<Record>, Error> {
        let all = self.records.get(&(node, parent)).map(Vec::as_slice).unwrap_or_default();
        let from = all.partition_point(|r| after.is_some_and(|a| r.seq <= a));
        Ok(all[from..].iter().take(100).cloned().collect())
    }
}

/// What a document says: tags with their attributes, and the texts of leaves. Blank text of several lines is layout.
fn events(xml: &[u8]) -> Result<Vec<String>, Error> {
    let mut reader = Reader::new(xml, "", &Limits::default());
    let (mut events, mut opened) = (Vec::new(), false);
    loop {
        let step = reader.step()?;
        let text = reader.text();
        let layout = is_blank(text) && (!opened || text.contains('\n'));
        events.push(match step {
            Step::Open => format!("<{} {:?}", reader.name(), reader.attributes().collect::<Vec<_>>()),
            Step::Close if layout => ">".to_owned(),
            Step::Close => format!(">{text}"),
            _ => return Ok(events),
        });
        opened = step == Step::Open;
    }
}

/// Every tree that is declared in the repository, by the core and by the modules.
fn trees() -> Vec<(Tree, IndexMap<String, Table>)> {
    let core = parcours_declare::core();
    let mut trees: Vec<_> = core.trees.iter().map(|t| (t.clone(), core.tables.clone())).collect();
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wasm-plugins");
    for folder in std::fs::read_dir(plugins).unwrap() {
        let Ok(json) = std::fs::read_to_string(folder.unwrap().path().join("module.json")) else { continue };
        let module = Declaration::parse(&json).unwrap();
        trees.extend(module.tree().map(|t| (t, module.tables)));
    }
    trees
}

/// The same trees, knowing less: every third column is not declared.
fn ignorant(mut tables: IndexMap<String, Table>) -> IndexMap<String, Table> {
    for table in tables.values_mut() {
        let mut at = 0;
        table.columns.retain(|_, _| {
            at += 1;
            at % 3 != 0
        });
    }
    tables
}

#[test]
fn every_declared_document_survives_as_records() {
    survives(|tree, tables| Layout::new(tree, &tables));
}

#[test]
fn what_is_left_undeclared_survives_too() {
    survives(|tree, tables| Layout::new(tree, &ignorant(tables)));
}

fn survives(layout: impl Fn(&Tree, IndexMap<String, Table>) -> Layout) {
    let Some(shared) = shared() else { return };
    let trees = trees();
    let layouts: Vec<Layout> = trees.iter().map(|(tree, tables)| layout(tree, tables.clone())).collect();
    let (documents, records, identical) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let failures = each(&shared, |path| {
        let mut archive = open(File::open(path).unwrap(), &Limits::default()).map_err(|e| e.to_string())?;
        while let Some(mut entry) = archive.next().map_err(|e| e.to_string())? {
            let Some(at) = trees.iter().position(|(t, _)| t.describes(&entry.path)).filter(|_| container::is_xml(&entry.path) && entry.size > 0) else { continue };
            let (tree, layout, name) = (&trees[at].0, &layouts[at], entry.path.clone());
            let mut xml = Vec::new();
            entry.read_to_end(&mut xml).map_err(|e| e.to_string())?;
            let nodes = tree.nodes.iter().enumerate().filter_map(|(at, n)| Some((n.table.clone()?, at))).collect();
            let mut memory = Memory { nodes, records: HashMap::new(), numbers: 0, read: 0 };
            let doc = read(Reader::new(xml.as_slice(), &name, &Limits::default()), layout, &mut memory).map_err(|e| format!("{name}: {e}"))?;
            let out = write(Vec::new(), layout, &doc, &mut memory).map_err(|e| format!("{name}: {e}"))?;
            let (before, after) = (events(&xml).unwrap(), events(&out).map_err(|e| e.to_string())?);
            if let Some((a, b)) = before.iter().zip(&after).find(|(a, b)| a != b) {
                return Err(format!("{name}: {a} became {b}"));
            }
            if before.len() != after.len() {
                return Err(format!("{name}: {} events became {}", before.len(), after.len()));
            }
            documents.fetch_add(1, Ordering::Relaxed);
            identical.fetch_add(usize::from(xml == out), Ordering::Relaxed);
            records.fetch_add(memory.read, Ordering::Relaxed);
        }
        Ok(())
    });
    assert!(failures.is_empty(), "{} archives:\n{}", failures.len(), failures.join("\n"));
    let (documents, identical) = (documents.into_inner(), identical.into_inner());
    eprintln!("{documents} documents, {} records, {identical} documents the same to the byte", records.into_inner());
    assert!(documents > 1000 && identical > documents * 9 / 10);
}
