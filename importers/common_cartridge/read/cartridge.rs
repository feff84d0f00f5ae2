//! The files of a cartridge, laid open.

use super::super::{Error, path};
use super::manifest::local;
use parcours_mbz::container::Input;
use parcours_mbz::spool::SpoolReader;
use parcours_mbz::xml::{Element, Reader};
use parcours_mbz::{Limits, Spool, open_any};
use std::collections::{HashMap, HashSet};
use std::io::Read;

pub(super) const MANIFEST: &str = "imsmanifest.xml";
/// Bytes and folders of a path: files have the names and places that people gave them.
const PATH_BYTES: u64 = 2048;
const PATH_DEPTH: u64 = 32;

pub(super) struct Cartridge {
    spool: Spool,
    limits: Limits,
    /// Paths by their lower case, without the folder that all of it may be in.
    names: HashMap<String, String>,
    /// In the order of the zip.
    pub paths: Vec<String>,
    /// The folder that all of it is in; empty, or with a slash at its end.
    base: String,
    /// Those that have been taken for something.
    pub used: HashSet<String>,
}

impl Cartridge {
    /// Reads every file into the spool.
    pub fn open(input: impl Input + 'static, spool: Spool, limits: &Limits) -> Result<Self, Error> {
        let wide = Limits { path_bytes: limits.path_bytes.max(PATH_BYTES), path_depth: limits.path_depth.max(PATH_DEPTH), ..limits.clone() };
        let mut archive = open_any(input, &wide)?;
        let mut spool = spool;
        let mut all = Vec::new();
        while let Some(mut entry) = archive.next()? {
            all.push(entry.path.clone());
            spool.keep(&mut entry)?;
        }
        // At the root; or a folder was packed instead of what is in it.
        let manifests = all.iter().filter(|p| path::file_name(p).eq_ignore_ascii_case(MANIFEST));
        let manifest = manifests.min_by_key(|p| p.matches('/').count()).filter(|p| p.matches('/').count() <= 1).ok_or(Error::NoManifest)?;
        let base = path::folder(manifest).to_owned();
        let paths: Vec<String> = all.iter().filter_map(|p| p.strip_prefix(&base)).map(str::to_owned).collect();
        let names = paths.iter().map(|p| (p.to_lowercase(), p.clone())).collect();
        Ok(Cartridge { spool, limits: limits.clone(), names, paths, base, used: HashSet::new() })
    }

    /// A file as the cartridge spells it.
    pub fn find(&self, path: &str) -> Option<String> {
        self.names.get(&path.to_lowercase()).cloned()
    }

    /// Bytes of a file; 0 where there is none.
    pub fn size(&self, path: &str) -> u64 {
        self.find(path).and_then(|p| self.spool.slot(&format!("{}{p}", self.base))).map_or(0, |s| s.size)
    }

    pub fn reader(&mut self, path: &str) -> Result<Option<SpoolReader>, Error> {
        let Some(slot) = self.find(path).and_then(|p| self.spool.slot(&format!("{}{p}", self.base))) else { return Ok(None) };
        Ok(Some(self.spool.read(slot)?))
    }

    /// A file as a text, in UTF-8 or else in what the West wrote before; nothing where there is none, or it is larger than a text may be.
    pub fn text(&mut self, path: &str) -> Result<Option<String>, Error> {
        let most = self.limits.text_bytes;
        let Some(reader) = self.reader(path)? else { return Ok(None) };
        let mut bytes = Vec::new();
        reader.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most {
            return Ok(None);
        }
        Ok(Some(String::from_utf8(bytes).unwrap_or_else(|e| e.into_bytes().into_iter().map(char::from).collect())))
    }

    /// A document with local names; nothing where there is none.
    pub fn document(&mut self, path: &str) -> Result<Option<Element>, Error> {
        let limits = self.limits.clone();
        let Some(reader) = self.reader(path)? else { return Ok(None) };
        let mut root = Element::document(Reader::new(reader, path, &limits))?;
        local(&mut root);
        Ok(Some(root))
    }
}
