//! `files.xml`: files go where the text or record they belong to went.

use super::cx::record;
use super::known::Known;
use parcours_mbz::xml::{Element, NULL, Rewrite};
use parcours_mbz::{Error, Unpacked};
use std::collections::{HashMap, HashSet};

const PATH: &str = "files.xml";

/// A file that a conversion may have to know.
#[derive(Clone)]
pub(super) struct Row {
    pub component: String,
    pub area: String,
    pub item: i64,
    pub path: String,
    pub name: String,
    pub hash: String,
    pub size: i64,
}

/// Which number a file's `itemid` becomes.
pub(super) enum Item {
    Same,
    One(i64),
    /// By the number it had.
    Of(HashMap<i64, i64>),
    /// By the number it had and the file's name.
    Named(HashMap<(i64, String), i64>),
}

struct Move {
    component: String,
    area: String,
    item: Item,
}

#[derive(Default)]
pub(super) struct Files {
    /// Files by context, of contexts with something that is converted.
    rows: HashMap<i64, Vec<Row>>,
    moves: HashMap<(i64, String, String), Move>,
    added: Vec<Element>,
}

impl Files {
    /// Reads what is there of contributed components.
    pub(super) fn read(&mut self, course: &mut Unpacked, known: &Known) -> Result<(), Error> {
        let ours: HashSet<i64> = known.activities.iter().filter(|a| !super::stock(&a.module) || a.module == "assign").map(|a| a.context).collect();
        course.each(PATH, "file", |_, file| {
            let context = file.number("contextid").unwrap_or(0);
            let component = file.leaf("component");
            if file.leaf("filename") == "." || !(ours.contains(&context) || component == "mod_hvp") {
                return Ok(());
            }
            self.rows.entry(context).or_default().push(Row {
                component: component.to_owned(),
                area: file.leaf("filearea").to_owned(),
                item: file.number("itemid").unwrap_or(0),
                path: file.leaf("filepath").to_owned(),
                name: file.leaf("filename").to_owned(),
                hash: file.leaf("contenthash").to_owned(),
                size: file.number("filesize").unwrap_or(0),
            });
            Ok(())
        })
    }

    /// Files of an area, without its folders.
    pub(super) fn of<'a>(&'a self, context: i64, component: &'a str, area: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.get(&context).into_iter().flatten().filter(move |r| r.component == component && r.area == area)
    }

    /// Files of an area in whatever context.
    pub(super) fn everywhere<'a>(&'a self, component: &'a str, area: &'a str) -> impl Iterator<Item = &'a Row> {
        self.rows.values().flatten().filter(move |r| r.component == component && r.area == area)
    }

    /// Sends the files of an area to another.
    pub(super) fn send(&mut self, context: i64, from: (&str, &str), to: (&str, &str), item: Item) {
        let to = Move { component: to.0.to_owned(), area: to.1.to_owned(), item };
        self.moves.insert((context, from.0.to_owned(), from.1.to_owned()), to);
    }

    /// Leaves the files of an area where they are, and says nothing of them.
    pub(super) fn keep(&mut self, context: i64, component: &str, area: &str) {
        self.send(context, (component, area), (component, area), Item::Same);
    }

    /// Areas of a component in a context for which nothing was said.
    pub(super) fn unsent(&self, context: i64, component: &str) -> Vec<(String, usize)> {
        let mut areas: Vec<(String, usize)> = Vec::new();
        let rows = self.rows.get(&context).into_iter().flatten().filter(|r| r.component == component);
        for row in rows.filter(|r| !self.moves.contains_key(&(context, r.component.clone(), r.area.clone()))) {
            match areas.iter_mut().find(|(a, _)| *a == row.area) {
                Some((_, n)) => *n += 1,
                None => areas.push((row.area.clone(), 1)),
            }
        }
        areas
    }

    /// A new file.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn add(&mut self, id: i64, context: i64, component: &str, area: &str, name: &str, hash: &str, size: u64, time: i64) {
        self.added.push(record!("file", id;
            contenthash: hash, contextid: context, component: component, filearea: area, itemid: 0, filepath: "/", filename: name, userid: NULL,
            filesize: size, mimetype: "application/zip.h5p", status: 0, timecreated: time, timemodified: time, source: name, author: NULL, license: NULL,
            sortorder: 0, repositorytype: NULL, repositoryid: NULL, reference: NULL));
    }

    /// Writes what was sent and added.
    pub(super) fn write(&mut self, course: &mut Unpacked) -> Result<(), Error> {
        if self.moves.is_empty() && self.added.is_empty() {
            return Ok(());
        }
        course.rewrite(PATH, self)
    }
}

impl Rewrite for Files {
    fn takes(&mut self, path: &[String]) -> bool {
        path.last().is_some_and(|n| n == "file")
    }

    fn element(&mut self, _: &[String], mut file: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        let key = (file.number("contextid").unwrap_or(0), file.leaf("component").to_owned(), file.leaf("filearea").to_owned());
        if let Some(to) = self.moves.get(&key) {
            let item = file.number("itemid").unwrap_or(0);
            let item = match &to.item {
                Item::Same => Some(item),
                Item::One(n) => Some(*n),
                Item::Of(map) => map.get(&item).copied(),
                Item::Named(map) => {
                    let name = file.leaf("filename");
                    // The folder of several files goes with any of them: a restore makes folders itself.
                    let any = || map.iter().filter(|((i, _), _)| name == "." && *i == item).map(|(_, n)| *n).min();
                    map.get(&(item, name.to_owned())).copied().or_else(any)
                }
            };
            file.set("component", &to.component);
            file.set("filearea", &to.area);
            if let Some(item) = item {
                file.set("itemid", item);
            }
        }
        out.push(file);
        Ok(())
    }

    fn end(&mut self, path: &[String], out: &mut Vec<Element>) -> Result<(), Error> {
        if path.len() == 1 {
            out.append(&mut self.added);
        }
        Ok(())
    }
}
