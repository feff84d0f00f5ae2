//! Archives as files by name.

use super::tree::{self, Element};
use parcours_mbz::write::{Item, write};
use parcours_mbz::{Container, Limits};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// An archive taken apart.
#[derive(Clone, Default)]
pub struct Archive(pub BTreeMap<String, Vec<u8>>);

impl Archive {
    pub fn read(path: &Path) -> Archive {
        let mut archive = parcours_mbz::open(File::open(path).unwrap(), &Limits::default()).unwrap();
        let mut all = BTreeMap::new();
        while let Some(mut entry) = archive.next().unwrap() {
            let mut body = Vec::new();
            entry.read_to_end(&mut body).unwrap();
            all.insert(entry.path.clone(), body);
        }
        Archive(all)
    }

    pub fn write(&self, path: &Path) {
        let items = self.0.iter().map(|(name, body)| Item { path: name.clone(), size: body.len() as u64, mtime: None, key: body }).collect();
        write(File::create(path).unwrap(), Container::Tgz, items, |item, to| Ok(to.write_all(item.key)?)).unwrap();
    }

    /// A document that must be there.
    pub fn document(&self, path: &str) -> Element {
        let body = self.0.get(path).unwrap_or_else(|| panic!("the archive has no {path}"));
        tree::parse(path, body).unwrap_or_else(|| panic!("{path} is empty"))
    }

    /// Every document with something in it. The pool is no place of documents, whatever its contents look like.
    pub fn documents(&self) -> impl Iterator<Item = (&str, Element)> {
        let xml = self.0.iter().filter(|(path, _)| path.ends_with(".xml") && !path.starts_with("files/"));
        xml.filter_map(|(path, body)| Some((path.as_str(), tree::parse(path, body)?)))
    }

    pub fn put(&mut self, path: &str, root: &Element) {
        self.0.insert(path.to_owned(), tree::print(root));
    }

    /// Names of the contents in its pool.
    pub fn contents(&self) -> impl Iterator<Item = &str> {
        self.0.keys().filter(|p| p.starts_with("files/")).filter_map(|p| p.rsplit('/').next())
    }
}
