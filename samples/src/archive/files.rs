//! `files.xml` and the pool: contents under their SHA-1, equal ones once (MBZ-FORMAT §6).

use super::{Entries, Refs};
use crate::media;
use crate::xml::{self, Element, leaf, nullable, record};
use anyhow::Result;
use sha1::{Digest, Sha1};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Where in a context files belong: component, file area, item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area<'a> {
    pub context: i64,
    pub component: &'a str,
    pub area: &'a str,
    pub item: i64,
}

/// Whose file it is, and since when.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    pub user: Option<i64>,
    pub name: Option<&'a str>,
    pub time: i64,
}

/// All files of an archive.
#[derive(Default)]
pub struct Pool {
    /// Where the sources of contents lie.
    pub folder: PathBuf,
    records: Vec<Element>,
    folders: BTreeSet<(i64, String)>,
    contents: BTreeMap<String, Vec<u8>>,
}

impl Pool {
    /// Adds a file at `path` (with its folders: `/Fiches/grille.csv`) and the folder records above it, and notes them all in `refs`.
    pub fn add(&mut self, area: Area<'_>, path: &str, main: bool, owner: Owner<'_>, refs: &mut Refs) -> Result<()> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let content = media::content(&self.folder, name)?;
        let hash = hash(&content);
        self.record(area, &format!("{folder}/"), Some((name, &hash, content.len())), main, owner, refs);
        self.contents.insert(hash, content);
        for (at, _) in format!("{folder}/").match_indices('/') {
            let folder = format!("{}/", folder.get(..at).unwrap_or_default());
            if self.folders.insert((area.context, format!("{}/{}/{}{folder}", area.component, area.area, area.item))) {
                self.record(area, &folder, None, false, owner, refs);
            }
        }
        Ok(())
    }

    /// One row; a folder has the name `.` and the hash of nothing.
    fn record(&mut self, area: Area<'_>, folder: &str, file: Option<(&str, &str, usize)>, main: bool, owner: Owner<'_>, refs: &mut Refs) {
        let id = 7001 + self.records.len() as i64;
        let nothing = hash(b"");
        let (name, hash, size) = file.unwrap_or((".", &nothing, 0));
        refs.files.insert(id);
        refs.users.extend(owner.user);
        let author = owner.name.filter(|_| file.is_some());
        self.records.push(record(
            "file",
            id,
            [
                leaf("contenthash", hash),
                leaf("contextid", area.context),
                leaf("component", area.component),
                leaf("filearea", area.area),
                leaf("itemid", area.item),
                leaf("filepath", folder),
                leaf("filename", name),
                nullable("userid", owner.user),
                leaf("filesize", size),
                nullable("mimetype", file.map(|(name, ..)| media::mimetype(name))),
                leaf("status", 0),
                leaf("timecreated", owner.time),
                leaf("timemodified", owner.time),
                nullable("source", file.map(|(name, ..)| name)),
                nullable("author", author),
                nullable("license", file.map(|_| "cc-sa-4.0")),
                leaf("sortorder", i64::from(main)),
                leaf("repositorytype", xml::NULL),
                leaf("repositoryid", xml::NULL),
                leaf("reference", xml::NULL),
            ],
        ));
    }

    pub fn write(self: &mut Pool, entries: &mut Entries) {
        entries.insert("files.xml".into(), xml::group("files", std::mem::take(&mut self.records)).document());
        for (hash, content) in std::mem::take(&mut self.contents) {
            entries.insert(format!("files/{}/{hash}", &hash[..2]), content);
        }
    }
}

fn hash(content: &[u8]) -> String {
    Sha1::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}
