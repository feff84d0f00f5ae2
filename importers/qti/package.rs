//! The zip: a manifest, items, media and a test.

use super::about::{self, About};
use super::page::{Media, decode, entry};
use super::{Version, sections};
use crate::bank::Store;
use crate::bank::node::{Node, to_xml};
use crate::bank::out::Contents;
use parcours_course::question::File;
use parcours_mbz::outline::Stored;
use parcours_mbz::{Error, Limit, Limits, Place};
use std::collections::{BTreeSet, HashMap};
use std::io::{self, Read, Seek, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub(super) const MANIFEST: &str = "imsmanifest.xml";
const TEST: &str = "tests/bank.xml";

fn failure(e: ZipError) -> Error {
    match e {
        ZipError::Io(e) => Error::Io(e),
        e => Error::Damaged { place: Place::default(), what: e.to_string() },
    }
}

/// A package being written.
pub(super) struct Out<W: Write + Seek> {
    zip: ZipWriter<W>,
    version: Version,
    category: String,
    items: Vec<(String, String)>,
    resources: Vec<Node>,
    media: BTreeSet<String>,
}

impl<W: Write + Seek> Out<W> {
    pub fn new(to: W, version: Version) -> Self {
        Out { zip: ZipWriter::new(to), version, category: String::new(), items: Vec::new(), resources: Vec::new(), media: BTreeSet::new() }
    }

    pub fn enter(&mut self, path: &str) {
        path.clone_into(&mut self.category);
    }

    /// Of the next item.
    pub fn identifier(&self) -> String {
        format!("Q{}", self.items.len() + 1)
    }

    fn begin(&mut self, path: &str, packed: bool) -> Result<(), Error> {
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        self.zip.start_file(path, SimpleFileOptions::default().compression_method(method)).map_err(failure)
    }

    /// Whether its content is there.
    pub fn media(&mut self, file: &File, contents: &Contents) -> Result<bool, Error> {
        let Some(mut content) = contents.open(file) else { return Ok(false) };
        if self.media.insert(entry(file)) {
            self.begin(&entry(file), false)?;
            io::copy(&mut content, &mut self.zip)?;
        }
        Ok(true)
    }

    /// An item; what the manifest says about it is all that it has no place for itself.
    pub fn item(&mut self, identifier: &str, xml: &str, files: &[String], about: &About) -> Result<(), Error> {
        let href = format!("items/{identifier}.xml");
        self.begin(&href, true)?;
        self.zip.write_all(xml.as_bytes())?;
        let kind = match self.version {
            Version::V2_1 => "imsqti_item_xmlv2p1",
            Version::V3 => "imsqti_item_xmlv3p0",
        };
        self.resource(identifier, kind, &href, files, about);
        self.items.push((self.category.clone(), href));
        Ok(())
    }

    fn resource(&mut self, identifier: &str, kind: &str, href: &str, files: &[String], about: &About) {
        let address = |path: &str| path.split('/').map(super::page::encode).collect::<Vec<_>>().join("/");
        let paths: BTreeSet<String> = files.iter().map(|f| address(f)).collect();
        let files = [href.to_owned()].into_iter().chain(paths).map(|f| Node::new("file", &[("href", &f)], []));
        let children = about::write(about).into_iter().chain(files);
        self.resources.push(Node::new("resource", &[("identifier", identifier), ("type", kind), ("href", href)], children));
    }

    pub fn finish(mut self) -> Result<(), Error> {
        let (version, items) = (self.version, std::mem::take(&mut self.items));
        self.begin(TEST, true)?;
        self.zip.write_all(sections::write(&items, version).as_bytes())?;
        let (kind, schema, schema_version, namespace) = match version {
            Version::V2_1 => ("imsqti_test_xmlv2p1", "QTIv2.1 Package", "1.0.0", "http://www.imsglobal.org/xsd/imscp_v1p1"),
            Version::V3 => ("imsqti_test_xmlv3p0", "QTI Package", "3.0.0", "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"),
        };
        self.resource("TEST", kind, TEST, &[], &About::default());
        let metadata = [Node::leaf("schema", &[], schema), Node::leaf("schemaversion", &[], schema_version)];
        let children = [
            Node::new("metadata", &[], metadata),
            Node::new("organizations", &[], []),
            Node::new("resources", &[], std::mem::take(&mut self.resources)),
        ];
        let manifest = Node::new("manifest", &[("xmlns", namespace), ("identifier", "BANK")], children);
        self.begin(MANIFEST, true)?;
        self.zip.write_all(to_xml(&manifest).as_bytes())?;
        self.zip.finish().map_err(failure)?.flush()?;
        Ok(())
    }
}

/// A package being read.
pub(super) struct In<R> {
    zip: ZipArchive<R>,
    limits: Limits,
    /// Bytes that may still be unpacked.
    left: u64,
    about: HashMap<String, About>,
}

impl<R: Read + Seek> In<R> {
    pub fn open(input: R, limits: &Limits) -> Result<Self, Error> {
        let zip = ZipArchive::new(input).map_err(failure)?;
        if zip.len() as u64 > limits.entries {
            return Err(Error::Limit { place: Place::default(), limit: Limit::Entries, value: limits.entries });
        }
        Ok(In { zip, limits: limits.clone(), left: limits.total_bytes, about: HashMap::new() })
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// A document; nothing where there is none. What is not UTF-8 in it is replaced.
    pub fn text(&mut self, path: &str) -> Result<Option<String>, Error> {
        let most = self.limits.text_bytes;
        let mut bytes = Vec::new();
        let read = self.unpack(path, most, Limit::TextBytes, |content| content.read_to_end(&mut bytes).map(|_| ()).map_err(Error::from))?;
        Ok(read.map(|()| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Unpacks an entry within limits.
    fn unpack<T>(&mut self, path: &str, most: u64, limit: Limit, with: impl FnOnce(&mut dyn Read) -> Result<T, Error>) -> Result<Option<T>, Error> {
        let entry = match self.zip.by_name(path) {
            Ok(entry) if entry.is_file() => entry,
            Ok(_) | Err(ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(failure(e)),
        };
        let over = |limit, value| Error::Limit { place: Place::entry(path), limit, value };
        let (most, limit) = if most > self.left { (self.left, Limit::TotalBytes) } else { (most, limit) };
        let mut content = entry.take(most.saturating_add(1));
        let result = with(&mut content)?;
        let used = most.saturating_add(1) - content.limit();
        if used > most {
            return Err(over(limit, most));
        }
        self.left -= used;
        Ok(Some(result))
    }

    /// Entries of tests, and of items, in the order of the manifest.
    pub fn resources(&mut self) -> Result<(Vec<String>, Vec<String>), Error> {
        let (mut tests, mut items) = (Vec::new(), Vec::new());
        let Some(text) = self.text(MANIFEST)? else {
            let mut names: Vec<String> =
                self.zip.file_names().filter_map(|n| n.ok().map(|n| n.into_owned())).filter(|n| n.ends_with(".xml")).collect();
            names.sort();
            for name in names {
                let text = self.text(&name)?.unwrap_or_default();
                if text.contains("assessmentItem ") || text.contains("qti-assessment-item ") {
                    items.push(name);
                }
            }
            return Ok((tests, items));
        };
        let manifest = Node::document(&text, MANIFEST, &self.limits)?;
        let mut all = Vec::new();
        manifest.find(&|n| n.name == "resource", &mut all);
        for resource in all {
            let (kind, Some(href)) = (resource.get("type").unwrap_or_default(), resource.get("href")) else { continue };
            let path = resolve("", href);
            self.about.insert(path.clone(), about::read(resource));
            match kind {
                k if k.starts_with("imsqti_item_") => items.push(path),
                k if k.starts_with("imsqti_test_") || k.starts_with("imsqti_assessment_") => tests.push(path),
                _ => {}
            }
        }
        Ok((tests, items))
    }

    /// What the manifest says about an item.
    pub fn about(&self, href: &str) -> About {
        self.about.get(href).cloned().unwrap_or_default()
    }

    /// What an item refers to.
    pub fn beside<'a>(&'a mut self, href: &str) -> Beside<'a, R> {
        Beside { package: self, from: href.to_owned() }
    }
}

pub(super) struct Beside<'a, R> {
    package: &'a mut In<R>,
    from: String,
}

impl<R: Read + Seek> Media for Beside<'_, R> {
    fn open(&mut self, href: &str, store: &mut dyn Store) -> Result<Option<Stored>, Error> {
        let path = resolve(&self.from, href);
        let most = self.package.limits.entry_bytes;
        self.package.unpack(&path, most, Limit::EntryBytes, |mut content| store.put(&mut content))
    }
}

/// The entry that an address leads to, from another entry. Nothing leads out of the package.
pub(super) fn resolve(from: &str, href: &str) -> String {
    let href = decode(href.split(['?', '#']).next().unwrap_or(href));
    let mut segments: Vec<&str> = from.split('/').collect();
    segments.pop();
    for segment in href.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_entries() {
        assert_eq!(resolve("items/q1.xml", "../media/a%20b.png"), "media/a b.png");
        assert_eq!(resolve("q.xml", "../../../etc/x"), "etc/x");
        assert_eq!(resolve("", "./items/q.xml#x"), "items/q.xml");
    }

    #[test]
    fn what_is_no_package_is_an_error() {
        assert!(matches!(In::open(io::Cursor::new(b"not a zip".to_vec()), &Limits::default()), Err(Error::Damaged { .. })));
    }
}
