//! One of the two archives, laid open, and the normal forms of what is in it.

use super::Options;
use super::files::{self, Row};
use super::names::{Names, Space, folder};
use super::node::{Node, hash};
use super::normal::Normal;
use parcours_course::outline::{Activity, Outline, Section};
use parcours_mbz::xml::{Element, Reader, Step};
use parcours_mbz::{Error, Unpacked, outline, people};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};

/// Documents that only repeat what others say, or are a log.
const LEFT_OUT: &[&str] = &[
    "inforef.xml",
    "logs.xml",
    "logstores.xml",
    "loglastaccess.xml",
    "grade_history.xml",
    "users.xml",
    "files.xml",
    "questions.xml",
    "moodle_backup.xml",
];

pub(super) struct Side<'a> {
    pub from: &'a mut Unpacked,
    pub outline: Outline,
    pub names: Names,
    /// Files by context.
    files: HashMap<i64, Vec<Row>>,
    /// Names of documents by folder.
    documents: BTreeMap<String, Vec<String>>,
}

/// What one owner holds: its normal form, and how much in it is people's work.
#[derive(Default)]
pub(super) struct Holds {
    pub node: Node,
    pub records: u64,
    pub files: u64,
}

impl<'a> Side<'a> {
    pub fn read(from: &'a mut Unpacked, options: &Options) -> Result<Side<'a>, Error> {
        let outline = outline::read(from)?;
        let names = Names::read(from, &outline, options.work)?;
        let files = files::read(from)?;
        let mut documents: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in from.documents() {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
            documents.entry(folder.to_owned()).or_default().push(name.to_owned());
        }
        Ok(Side { from, outline, names, files, documents })
    }

    pub fn activity(&mut self, activity: &Activity, options: &Options) -> Result<Holds, Error> {
        let folder = folder(self.from, activity);
        let own = format!("{}.xml", activity.module);
        let (mut documents, mut records) = (Vec::new(), 0);
        for name in self.in_folder(&folder) {
            let path = format!("{folder}/{name}");
            let (document, taken) = document(self.from, &path, options)?;
            records += taken;
            documents.extend(document.map(|d| (name == own, path, d)));
        }
        let blocks = self.blocks(&folder, options)?;
        let mut normal = Normal::new(&self.names, options).of(activity);
        documents.iter().for_each(|(_, path, d)| normal.learn(path, d));
        let mut nodes = Vec::new();
        for (own, path, document) in &documents {
            let node = normal.document(path, document);
            let unlabelled = |node: Node| Node { label: String::new(), ..node };
            match own {
                true => nodes.extend(node.nodes.into_iter().map(unlabelled)),
                false => nodes.push(unlabelled(node)),
            }
        }
        let (node, files) = files::node(self.files.get(&activity.context).map(Vec::as_slice).unwrap_or_default(), &normal);
        nodes.extend([blocks, node]);
        Ok(Holds { node: Node::group("activity", nodes), records, files })
    }

    pub fn section(&mut self, section: &Section, options: &Options) -> Result<Node, Error> {
        let listed = self.from.manifest().sections.iter().find(|s| s.sectionid == section.id).map(|s| s.directory.clone());
        let folder = listed.unwrap_or_else(|| format!("sections/section_{}", section.id));
        let path = format!("{folder}/section.xml");
        let (document, _) = document(self.from, &path, options)?;
        let normal = Normal::new(&self.names, options);
        let rows: Vec<Row> =
            self.files.values().flatten().filter(|r| r.is_sections() && r.item == section.id).map(|r| Row { item: 0, ..r.clone() }).collect();
        let (files, _) = files::node(&rows, &normal);
        let mut node = document.map(|d| normal.document(&path, &d)).unwrap_or_default();
        // A section of a subsection is called as its activity.
        if section.delegate.is_some() {
            node.leaves.retain(|(name, _)| name != "name");
        }
        node.nodes.push(files);
        Ok(Node { name: "section".to_owned(), label: String::new(), ..node }.seal())
    }

    /// Paths of the documents of the course as such.
    pub fn of_course(&self) -> Vec<String> {
        let inside = |folder: &str| folder.starts_with("activities/") || folder.starts_with("sections/") || folder.contains("/blocks/");
        let folders = self.documents.iter().filter(|(folder, _)| !inside(folder));
        let paths = folders.flat_map(|(folder, names)| {
            let left = names.iter().filter(|n| !LEFT_OUT.contains(&n.as_str()));
            left.map(move |n| if folder.is_empty() { n.clone() } else { format!("{folder}/{n}") })
        });
        paths.collect()
    }

    pub fn course(&mut self, path: &str, options: &Options) -> Result<Holds, Error> {
        let (document, records) = document(self.from, path, options)?;
        let mut normal = Normal::new(&self.names, options);
        document.iter().for_each(|d| normal.learn(path, d));
        let node = document.map(|d| normal.document(path, &d)).unwrap_or_default();
        Ok(Holds { node: Node { label: String::new(), ..node }, records, files: 0 })
    }

    /// Files that belong to no activity, section or block, nor to a person.
    pub fn course_files(&self, options: &Options) -> Node {
        let course = self.from.manifest().information.course_contextid;
        let activities: HashSet<i64> = self.outline.activities().map(|(_, a)| a.context).collect();
        let others = self.files.iter().filter(|(context, _)| !activities.contains(context));
        // Files of activities that are not there belong to nothing.
        let of_course = |context: i64, row: &Row| (context == course || row.is_courses()) && !row.is_sections() && !row.is_blocks();
        let rows = others.flat_map(|(context, rows)| rows.iter().filter(move |row| of_course(*context, row)));
        let named: Vec<Row> = rows.map(|row| row.named(&self.names)).collect();
        files::node(&named, &Normal::new(&self.names, options)).0
    }

    pub fn blocks(&mut self, folder: &str, options: &Options) -> Result<Node, Error> {
        let within = format!("{folder}/blocks/");
        let folders: Vec<String> = self.documents.keys().filter(|f| f.starts_with(&within)).cloned().collect();
        let mut blocks = Vec::new();
        for folder in folders {
            let mut documents = Vec::new();
            for name in self.in_folder(&folder) {
                let path = format!("{folder}/{name}");
                documents.extend(document(self.from, &path, options)?.0.map(|d| (path, d)));
            }
            let mut normal = Normal::new(&self.names, options);
            documents.iter().for_each(|(path, d)| normal.learn(path, d));
            let Some(at) = documents.iter().position(|(_, d)| d.name == "block" && d.child("blockname").is_some()) else { continue };
            let (path, block) = documents.remove(at);
            let mut node = normal.document(&path, &block);
            node.record = true;
            node.nodes.extend(documents.iter().map(|(path, d)| normal.document(path, d)));
            let context = block.attribute("contextid").and_then(|c| c.trim().parse::<i64>().ok()).unwrap_or(0);
            node.nodes.push(files::node(self.files.get(&context).map(Vec::as_slice).unwrap_or_default(), &normal).0);
            blocks.push(node.seal());
        }
        Ok(Node::group("blocks", blocks))
    }

    /// Number of people in the archive.
    pub fn people(&mut self) -> Result<u64, Error> {
        let mut count = 0;
        self.from.each("users.xml", "user", |_, _| {
            count += 1;
            Ok(())
        })?;
        Ok(count)
    }

    /// Root settings of the backup, but its file's name.
    pub fn settings(&self) -> Node {
        let manifest = self.from.manifest();
        let root = manifest.settings.iter().filter(|s| s.level == "root" && s.name != "filename");
        let kind = manifest.details.first().map(|d| ("type".to_owned(), d.r#type.clone()));
        let leaves = kind.into_iter().chain(root.map(|s| (s.name.clone(), s.value.clone()))).collect();
        Node { name: "settings".to_owned(), leaves, ..Node::default() }.seal()
    }

    /// `course`, `section` or `activity`.
    pub fn kind(&self) -> String {
        self.from.manifest().details.first().map(|d| d.r#type.clone()).unwrap_or_default()
    }

    pub fn label(&self, space: Space, id: i64) -> String {
        self.names.get(space, id).unwrap_or_default().to_owned()
    }

    fn in_folder(&self, folder: &str) -> Vec<String> {
        let names = self.documents.get(folder).into_iter().flatten();
        names.filter(|n| !LEFT_OUT.contains(&n.as_str())).cloned().collect()
    }
}

/// A document without what people did, and how many records that was; with it when asked, if it can be held in memory.
fn document(from: &mut Unpacked, path: &str, options: &Options) -> Result<(Option<Element>, u64), Error> {
    if options.work {
        match from.document(path) {
            Err(Error::Limit { .. }) => {}
            other => return Ok((other?, 0)),
        }
    }
    // Text, tree and normal form of one and the normal form of the other are in memory together.
    let limit = from.limits().record_bytes / 2;
    let Some(reader) = from.reader(path)? else { return Ok((None, 0)) };
    let mut held = Held { bytes: Vec::new(), limit, hash: 0 };
    let taken = people::strip(reader, path, &mut held)?;
    if held.bytes.len() as u64 >= limit {
        // Too large to be looked into: equal or not is all that can be said.
        let digest = Element::new("content", format!("{:016x}", held.hash));
        return Ok((Some(Element::group("document", [digest])), taken));
    }
    let element = Element::document(Reader::new(held.bytes.as_slice(), path, from.limits()))?;
    if taken == 0 {
        return Ok((Some(element), 0));
    }
    // A discussion is taken out as one; its posts count too. What has no number is counted where it is taken out itself.
    let (mut kept, all) = (0, records(from, path)?);
    element.walk(&mut |e| kept += u64::from(e.id().is_some()));
    Ok((Some(element), all.saturating_sub(kept).max(taken)))
}

/// Number of elements with a number.
fn records(from: &mut Unpacked, path: &str) -> Result<u64, Error> {
    let Some(mut reader) = from.reader(path)? else { return Ok(0) };
    let mut count = 0;
    loop {
        match reader.step()? {
            Step::Open => count += u64::from(reader.attributes().any(|(name, _)| name == "id")),
            Step::End => return Ok(count),
            _ => {}
        }
    }
}

/// Bytes up to a limit, and a digest of all of them.
struct Held {
    bytes: Vec<u8>,
    limit: u64,
    hash: u64,
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() as u64 + bytes.len() as u64 > self.limit {
            if self.hash == 0 {
                self.hash = hash(&self.bytes);
                self.bytes.resize(usize::try_from(self.limit).unwrap_or(usize::MAX), 0);
            }
            self.hash = hash(&(self.hash, bytes));
        } else {
            self.bytes.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
