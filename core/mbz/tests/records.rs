//! Every document of the corpus that a declaration covers, through records and back.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use indexmap::IndexMap;
use parcours_course::Record;
use parcours_declare::{Declaration, Table, Tree};
use parcours_mbz::records::{Layout, Sink, Source, Unread, read, write};
use parcours_mbz::xml::{Reader, Step, is_blank};
use parcours_mbz::{Error, Limits, container, open};
use parcours_samples::corpus as support;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{each, shared};

/// The one document of the corpus that is kept whole: it was made by hand, and one of its categories has the number `?`.
const UNFIT: (&str, &str) = ("moodle2cc-unpacked-fixture.mbz", "questions.xml");

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

impl Memory {
    /// Whether two records have one number.
    fn twice(&self) -> bool {
        let mut numbers = std::collections::HashSet::new();
        self.records.iter().any(|((node, _), records)| records.iter().any(|r| !numbers.insert((*node, r.id))))
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
            let Some(at) = trees.iter().position(|(t, _)| t.describes(&entry.path)).filter(|_| container::is_xml(&entry.path) && entry.size > 0)
            else {
                continue;
            };
            let (tree, layout, name) = (&trees[at].0, &layouts[at], entry.path.clone());
            let mut xml = Vec::new();
            entry.read_to_end(&mut xml).map_err(|e| e.to_string())?;
            let nodes = tree.nodes.iter().enumerate().filter_map(|(at, n)| Some((n.table.clone()?, at))).collect();
            let mut memory = Memory { nodes, records: HashMap::new(), numbers: 0, read: 0 };
            let doc = match read(Reader::new(xml.as_slice(), &name, &Limits::default()), layout, &mut memory) {
                Err(Unread::Unfit(_)) if path.ends_with(UNFIT.0) && name == UNFIT.1 => continue,
                read => read.map_err(|e| format!("{name}: {e}"))?,
            };
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

/// An element, for changing.
#[derive(Clone)]
struct Element {
    name: String,
    attributes: String,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn parse(xml: &[u8]) -> Element {
        let mut reader = Reader::new(xml, "", &Limits::default());
        let mut stack = vec![Element { name: String::new(), attributes: String::new(), text: String::new(), children: Vec::new() }];
        loop {
            match reader.step().unwrap() {
                Step::Open => {
                    let attributes = reader.attributes().map(|(k, v)| format!(" {k}=\"{}\"", escaped(v))).collect();
                    stack.push(Element { name: reader.name().into(), attributes, text: String::new(), children: Vec::new() });
                }
                Step::Close => {
                    let mut done = stack.pop().unwrap();
                    if done.children.is_empty() {
                        done.text = reader.text().into();
                    }
                    stack.last_mut().unwrap().children.push(done);
                }
                _ => return stack.remove(0).children.remove(0),
            }
        }
    }

    fn write(&self, out: &mut String) {
        *out += &format!("<{}{}>{}", self.name, self.attributes, escaped(&self.text));
        self.children.iter().for_each(|c| c.write(out));
        *out += &format!("</{}>", self.name);
    }

    /// The `n`th element below, in document order.
    fn nth(&mut self, n: &mut usize) -> Option<&mut Element> {
        if *n == 0 {
            return Some(self);
        }
        *n -= 1;
        self.children.iter_mut().find_map(|c| c.nth(n))
    }

    fn count(&self) -> usize {
        1 + self.children.iter().map(Element::count).sum::<usize>()
    }

    fn change(&mut self, random: &mut impl FnMut(usize) -> usize) {
        let donor = self.nth(&mut random(self.count().min(400))).unwrap().clone();
        let mut at = random(self.count().min(400));
        let here = self.nth(&mut at).unwrap();
        let place = random(here.children.len() + 1);
        match random(10) {
            0 if donor.count() < 50 => here.children.insert(place, donor),
            1 if !here.children.is_empty() => drop(here.children.remove(place.min(here.children.len() - 1))),
            2 => here.attributes = donor.attributes,
            3 => here.attributes.clear(),
            4 => here.text = [" ", "\n  ", "x", "$@NULL@$", "007", "a < b", ""][random(7)].into(),
            5 => here.name = donor.name,
            6 => here.attributes += " extra=\"<&amp;>\"",
            7 => here.children.reverse(),
            8 => here.children.clear(),
            _ => here.children.insert(place, Element { name: "stray".into(), attributes: String::new(), text: " t ".into(), children: Vec::new() }),
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[test]
fn documents_changed_at_random_survive_or_are_unfit() {
    let Some(shared) = shared() else { return };
    let trees = trees();
    let (mut survived, mut unfit) = (0, 0);
    let mut state = 11u64;
    let mut random = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n.max(1)
    };
    for name in ["m51-richA-users-full.mbz", "m41-richA-activity-forum.mbz", "upstream/moodle2cc-unpacked-fixture.mbz"] {
        let mut archive = open(File::open(shared.join("corpus").join(name)).unwrap(), &Limits::default()).unwrap();
        while let Some(mut entry) = archive.next().unwrap() {
            let Some((tree, tables)) = trees.iter().find(|(t, _)| t.describes(&entry.path)).filter(|_| entry.size < 60_000) else { continue };
            let layout = Layout::new(tree, tables);
            let path = entry.path.clone();
            let mut xml = Vec::new();
            entry.read_to_end(&mut xml).unwrap();
            for _ in 0..12 {
                let mut root = Element::parse(&xml);
                (0..=random(4)).for_each(|_| root.change(&mut random));
                let mut changed = String::new();
                root.write(&mut changed);
                let Ok(before) = events(changed.as_bytes()) else { continue };
                let nodes = tree.nodes.iter().enumerate().filter_map(|(at, n)| Some((n.table.clone()?, at))).collect();
                let mut memory = Memory { nodes, records: HashMap::new(), numbers: 0, read: 0 };
                match read(Reader::new(changed.as_bytes(), &path, &Limits::default()), &layout, &mut memory) {
                    Err(Unread::Unfit(_)) => unfit += 1,
                    Err(Unread::Failed(e)) => panic!("{e}\n{changed}"),
                    // Two records of one number are the sink's to notice.
                    Ok(_) if memory.twice() => unfit += 1,
                    Ok(doc) => {
                        let out = write(Vec::new(), &layout, &doc, &mut memory).unwrap();
                        let after = events(&out).unwrap();
                        if let Some((a, b)) = before.iter().zip(&after).find(|(a, b)| a != b) {
                            panic!("{path}: {a} became {b}\n{changed}\n{}", String::from_utf8_lossy(&out));
                        }
                        assert_eq!(before.len(), after.len(), "{changed}");
                        survived += 1;
                    }
                }
            }
        }
    }
    eprintln!("{survived} survived, {unfit} unfit");
    assert!(survived > unfit);
}

/// Logs of the standard store and of the old one are records; those of another store stay as they are, in their place.
#[test]
fn logs_are_records_and_come_back() {
    let line = |store: &str, id: u8| {
        format!(
            "      <logstore_{store}_log id=\"{id}\">\n        <eventname>\\core\\event\\course_viewed</eventname>\n        <objectid>$@NULL@$</objectid>\n        \
             <userid>5</userid>\n        <more>1</more>\n        <timecreated>1756700000</timecreated>\n      </logstore_{store}_log>\n"
        )
    };
    let store = |name: &str, lines: &str| format!("    <subplugin_logstore_{name}_logstore>\n{lines}    </subplugin_logstore_{name}_logstore>\n");
    let logstores = |database: &str, standard: &str| {
        let stores = store("database", database) + &store("standard", standard);
        format!("{}<logstores>\n  <logstore>\n{stores}  </logstore>\n</logstores>", parcours_mbz::xml::PROLOG)
    };
    let old = "<logs><log id=\"3\"><time>1300000000</time><userid>5</userid><ip>10.0.0.1</ip><module>course</module><action>view</action><url></url><info>$@NULL@$</info></log></logs>";
    let both = logstores(&line("database", 1), &(line("standard", 1) + &line("standard", 2)));
    for (path, xml, expected) in [
        ("course/logstores.xml", both.as_str(), 2),
        ("activities/forum_2/logstores.xml", &logstores("", ""), 0),
        ("course/logs.xml", old, 1),
        ("activities/quiz_2/logs.xml", "<logs>\n</logs>", 0),
    ] {
        let core = parcours_declare::core();
        let tree = core.tree(path).expect(path);
        let layout = Layout::new(tree, &core.tables);
        let nodes = tree.nodes.iter().enumerate().filter_map(|(at, n)| Some((n.table.clone()?, at))).collect();
        let mut memory = Memory { nodes, records: HashMap::new(), numbers: 0, read: 0 };
        let doc = read(Reader::new(xml.as_bytes(), path, &Limits::default()), &layout, &mut memory).unwrap();
        assert_eq!(memory.read, expected, "{path}");
        let out = write(Vec::new(), &layout, &doc, &mut memory).unwrap();
        assert_eq!(events(xml.as_bytes()).unwrap(), events(&out).unwrap(), "{path}");
    }
}
