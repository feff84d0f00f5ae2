//! `files.xml` of a new archive (MBZ-FORMAT §6.1).

use super::mime;
use crate::error::Error;
use crate::pool::EMPTY;
use crate::unpacked::Unpacked;
use crate::xml::{Element, NULL};
use parcours_course::outline::File;
use std::collections::HashSet;

/// A content in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// SHA-1, in lower case.
    pub hash: String,
    /// Bytes.
    pub size: u64,
}

impl Stored {
    /// The content as a file of an area. What the name says of its type is believed.
    pub fn file(&self, area: &str, item: i64, path: &str) -> File {
        let file = File::new(area, item, path, &self.hash, self.size);
        File { mime: Some(mime::of(file.name()).to_owned()), ..file }
    }
}

/// All files, until they are written.
#[derive(Default)]
pub(super) struct Listing {
    files: Vec<(i64, i64, File)>,
    last: i64,
    /// Places that are taken: two files of one name in one folder are none.
    places: HashSet<(i64, String, String, i64, String)>,
}

impl Listing {
    /// Adds files of a context, and the folders they are in. Answers their numbers, for the inforef.
    pub fn add(&mut self, context: i64, component: &str, files: Vec<File>) -> Vec<i64> {
        let from = self.last;
        for mut file in files {
            if file.component.is_empty() {
                component.clone_into(&mut file.component);
            }
            file.path = super::words::path(&file.path);
            let folders: Vec<usize> = file.path.match_indices('/').map(|(at, _)| at + 1).collect();
            let folders: Vec<File> = folders
                .into_iter()
                .filter_map(|end| file.path.get(..end))
                .map(|path| File { component: file.component.clone(), ..File::new(&file.area, file.item, path, EMPTY, 0) })
                .collect();
            self.push(context, file);
            folders.into_iter().for_each(|f| self.push(context, f));
        }
        (from + 1..=self.last).collect()
    }

    fn push(&mut self, context: i64, file: File) {
        let place = (context, file.component.clone(), file.area.clone(), file.item, file.path.clone());
        if self.places.insert(place) {
            self.last += 1;
            self.files.push((self.last, context, file));
        }
    }

    pub fn write(&self, to: &mut Unpacked, now: i64) -> Result<(), Error> {
        to.put_streamed(crate::pool::FILES, |out| {
            out.open("files")?;
            self.files.iter().try_for_each(|(id, context, file)| record(*id, *context, file, now).write(out))?;
            out.close()
        })
    }
}

fn record(id: i64, context: i64, file: &File, now: i64) -> Element {
    let folder = file.name().is_empty();
    let mime = match folder {
        true => NULL,
        false => file.mime.as_deref().unwrap_or_else(|| mime::of(file.name())),
    };
    Element::record(
        "file",
        id,
        [
            Element::new("contenthash", &file.hash),
            Element::new("contextid", context),
            Element::new("component", &file.component),
            Element::new("filearea", &file.area),
            Element::new("itemid", file.item),
            Element::new("filepath", file.folder()),
            Element::new("filename", if folder { "." } else { file.name() }),
            Element::new("userid", NULL),
            Element::new("filesize", file.size),
            Element::new("mimetype", mime),
            Element::new("status", 0),
            Element::new("timecreated", now),
            Element::new("timemodified", now),
            Element::new("source", if folder { NULL } else { file.name() }),
            Element::nullable("author", file.author.as_deref()),
            Element::nullable("license", file.license.as_deref()),
            Element::new("sortorder", u8::from(file.main)),
            Element::new("repositorytype", NULL),
            Element::new("repositoryid", NULL),
            Element::new("reference", NULL),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_has_one_record_and_every_place_one_file() {
        let mut listing = Listing::default();
        let stored = Stored { hash: "00".into(), size: 1 };
        let files = ["/a/b/1.pdf", "/a/2.pdf", "/a/b/1.pdf"].map(|p| stored.file("content", 0, p)).to_vec();
        assert_eq!(listing.add(7, "mod_folder", files), [1, 2, 3, 4, 5]);
        let paths: Vec<_> = listing.files.iter().map(|(.., f)| f.path.as_str()).collect();
        assert_eq!(paths, ["/a/b/1.pdf", "/", "/a/", "/a/b/", "/a/2.pdf"]);
        assert_eq!(record(2, 7, &listing.files[1].2, 0).leaf("filename"), ".");
        assert_eq!(listing.add(8, "mod_folder", vec![stored.file("content", 0, "/a/2.pdf")]), [6, 7, 8]);
    }
}
