//! The zip as it fills, and what the manifest will say of it.

use super::super::{Error, Version, path};
use parcours_mbz::xml::Element;
use std::collections::HashMap;
use std::io::{self, Read, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// From here on the sizes of an entry need the zip64 form.
const LARGE: u64 = 0xffff_ffff;

pub(super) struct Package<W: Write + Seek> {
    zip: ZipWriter<W>,
    /// Paths that are taken, in lower case: names that differ in case only are the same on some systems. With the number tried last for another of that name.
    taken: HashMap<String, usize>,
    /// Files that several texts show: path by hash and name.
    pub shared: HashMap<(String, String), String>,
    pub resources: Vec<Resource>,
    pub version: Version,
}

/// A resource of the manifest.
#[derive(Debug, Clone, Default)]
pub(super) struct Resource {
    pub id: String,
    pub kind: String,
    pub href: Option<String>,
    pub files: Vec<String>,
    pub dependencies: Vec<String>,
    /// The descriptor itself, in the place of a file.
    pub inline: Option<Element>,
    /// The resource that is preferred to this one by those who know its type.
    pub variant: Option<String>,
    /// What web content is meant for, from 1.2 on: `assignment`.
    pub intended: Option<&'static str>,
    /// In plain words.
    pub description: String,
}

impl<W: Write + Seek> Package<W> {
    pub fn new(out: W, version: Version) -> Self {
        Package {
            zip: ZipWriter::new(out),
            taken: HashMap::from([("imsmanifest.xml".to_owned(), 1)]),
            shared: HashMap::new(),
            resources: Vec::new(),
            version,
        }
    }

    /// A path that is not taken, as like to the wanted one as can be; taken from now on.
    pub fn reserve(&mut self, wanted: &str) -> String {
        let wanted = path::safe(wanted);
        let mut found = wanted.clone();
        while let Some(number) = self.taken.get(&found.to_lowercase()).copied() {
            let number = self.taken.get(&wanted.to_lowercase()).copied().unwrap_or(number) + 1;
            self.taken.insert(wanted.to_lowercase(), number);
            found = path::numbered(&wanted, number);
        }
        self.taken.insert(found.to_lowercase(), 1);
        found
    }

    /// Writes a file under a reserved path.
    pub fn put(&mut self, path: &str, mut from: impl Read, size: u64) -> Result<(), Error> {
        self.begin(path, size)?;
        io::copy(&mut from, &mut self.zip)?;
        Ok(())
    }

    /// Begins a file, which is then written to [`body`](Self::body).
    pub fn begin(&mut self, path: &str, size: u64) -> Result<(), Error> {
        // No clock: the same course gives the same bytes.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
        self.zip.start_file(path, options.large_file(size >= LARGE).unix_permissions(0o644)).map_err(io::Error::other)?;
        Ok(())
    }

    pub fn body(&mut self) -> &mut impl Write {
        &mut self.zip
    }

    pub fn put_text(&mut self, path: &str, text: &str) -> Result<(), Error> {
        self.put(path, text.as_bytes(), text.len() as u64)
    }

    /// A resource that is one XML document: a file, or in a Thin cartridge a part of the manifest.
    pub fn descriptor(&mut self, id: &str, kind: String, element: Element, dependencies: Vec<String>) -> Result<(), Error> {
        let mut resource = Resource { id: id.to_owned(), kind, dependencies, ..Resource::default() };
        if self.version.is_thin() {
            resource.inline = Some(element);
        } else {
            let path = self.reserve(&format!("descriptors/{id}.xml"));
            let bytes = document(&element);
            self.put(&path, bytes.as_slice(), bytes.len() as u64)?;
            resource.href = Some(path.clone());
            resource.files.push(path);
        }
        self.resources.push(resource);
        Ok(())
    }

    /// Web content that opens one of its files.
    pub fn content(&mut self, id: &str, href: &str, others: Vec<String>) {
        let files = std::iter::once(href.to_owned()).chain(others.into_iter().filter(|f| f != href)).collect();
        self.resources.push(Resource { id: id.to_owned(), kind: "webcontent".to_owned(), href: Some(href.to_owned()), files, ..Resource::default() });
    }

    /// The files that a descriptor links to, as resources for it to depend on.
    pub fn companions(&mut self, of: &str, files: Vec<String>) -> Vec<String> {
        let ids: Vec<String> = (1..=files.len()).map(|n| format!("{of}_file_{n}")).collect();
        ids.iter().zip(files).for_each(|(id, file)| self.content(id, &file, Vec::new()));
        ids
    }

    pub fn finish(mut self, manifest: &Element) -> Result<(), Error> {
        let bytes = document(manifest);
        self.put("imsmanifest.xml", bytes.as_slice(), bytes.len() as u64)?;
        self.zip.finish().map_err(io::Error::other)?;
        Ok(())
    }
}

/// A document without the characters that XML has no place for, and that archives may have.
pub(super) fn document(of: &Element) -> Vec<u8> {
    let bytes = of.to_document();
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    match String::from_utf8(bytes) {
        Ok(text) if text.contains(odd) => text.replace(odd, "").into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(e) => e.into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn no_path_is_given_twice() {
        let mut package = Package::new(Cursor::new(Vec::new()), Version::V11);
        let paths = ["a/x.pdf", "a/X.pdf", "a/x.pdf", "a/x_2.pdf", "imsmanifest.xml"].map(|p| package.reserve(p));
        assert_eq!(paths, ["a/x.pdf", "a/X_2.pdf", "a/x_3.pdf", "a/x_2_2.pdf", "imsmanifest_2.xml"]);
    }

    #[test]
    fn characters_that_xml_has_no_place_for_are_left_out() {
        let bytes = document(&Element::new("a", "1\u{1}\u{ffff}\t2"));
        assert!(String::from_utf8(bytes).unwrap().contains("<a>1\t2</a>"));
    }
}
