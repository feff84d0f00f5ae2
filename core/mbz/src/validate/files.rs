//! `files.xml` against the pool, and the contexts files belong to (MBZ-FORMAT §6).

use super::element::Element;
use super::facts::{Facts, Space};
use super::finding::Findings;
use super::rule::Rule;
use crate::manifest::Manifest;
use crate::pool::{FILES, Hash, hex, named, unhex};
use std::collections::{HashMap, HashSet};

/// Components whose files no inforef lists; and those of question types.
const FREE: &[&str] = &["user", "group", "grouping", "grade", "badges", "question"];
/// SHA-1 of nothing: the content of directories, and in the pool only if there is a real empty file.
const EMPTY: &str = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
/// The pool as a place, for what is about all of it.
const POOL: &str = "files";

#[derive(Default)]
pub(super) struct Pool {
    stored: HashSet<Hash>,
    listed: HashSet<Hash>,
    /// Contents asked for before they were seen: as whose.
    awaited: HashMap<Hash, String>,
    /// Contexts of files, with the name of one.
    contexts: HashMap<i64, String>,
    /// Groups that have an icon file.
    pub(super) icons: HashSet<i64>,
}

impl Pool {
    /// A content that was read.
    pub(super) fn store(&mut self, path: &str, hash: Hash, out: &mut Findings) {
        match named(path) {
            Some(name) => {
                if name != hash {
                    out.add(Rule::WrongHash, path, "", format!("SHA-1 {}", hex(&hash)));
                }
                self.stored.insert(name);
                self.awaited.remove(&name);
            }
            None => out.add(Rule::UnlistedContent, path, "", ""),
        }
    }

    pub(super) fn judge(&mut self, m: &Manifest, known: impl Fn(i64) -> bool, out: &mut Findings) {
        let with_files = m.information.include_files != Some(false) && m.root_setting("files") != Some("0");
        if with_files {
            for (hash, name) in &self.awaited {
                out.add(Rule::MissingContent, FILES, name, hex(hash));
            }
        } else if !self.awaited.is_empty() {
            out.add(Rule::FilesNotIncluded, POOL, "", format!("{} contents", self.awaited.len()));
        }
        for hash in self.stored.difference(&self.listed).map(hex).filter(|h| h != EMPTY) {
            out.add(Rule::UnlistedContent, &format!("files/{}/{hash}", hash.get(..2).unwrap_or_default()), "", "");
        }
        for (context, name) in self.contexts.iter().filter(|(c, _)| !known(**c)) {
            out.add(Rule::UnknownFileContext, FILES, name, format!("context {context}"));
        }
    }
}

pub(super) fn record(facts: &mut Facts, out: &mut Findings, e: Element<'_>) {
    let (2, "file", Some(id)) = (e.depth(), e.name(), e.id()) else { return };
    facts.know(Space::File, id);
    if e.leaf("filename") == "." {
        return;
    }
    let (component, area) = (e.leaf("component"), e.leaf("filearea"));
    let name = || format!("{component}/{area}{}{}", e.leaf("filepath"), e.leaf("filename"));
    let (path, file) = (e.leaf("filepath"), e.leaf("filename"));
    if !(path.starts_with('/') && path.ends_with('/')) || file.is_empty() || file.contains('/') {
        out.add(Rule::FilePath, FILES, name(), format!("file {id}"));
    }
    if let Some(context) = e.number("contextid") {
        facts.links.file(context, path, file);
        facts.areas.file(context, component, area, e.number("itemid").unwrap_or(0), name);
    }
    let free = FREE.contains(&component) || component.starts_with("qtype");
    if !free {
        facts.share(Rule::FileNotInInforef, Space::File, id, FILES, name);
    }
    if (free || facts.lists(Space::File, id))
        && let Some(context) = e.number("contextid")
    {
        facts.pool.contexts.entry(context).or_insert_with(name);
    }
    if component == "group" && area == "icon" {
        facts.pool.icons.extend(e.number("itemid"));
    }
    let pool = &mut facts.pool;
    if let Some(hash) = unhex(e.leaf("contenthash")) {
        pool.listed.insert(hash);
        // A file that lies elsewhere need not be in the pool.
        if !pool.stored.contains(&hash) && e.leaf("contenthash") != EMPTY && e.leaf("repositorytype").is_empty() {
            pool.awaited.entry(hash).or_insert_with(name);
        }
    }
}
