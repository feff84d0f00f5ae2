//! A package: a zip of a fixed layout.

use crate::magistere::cx::Cx;
use crate::magistere::files::Row;
use parcours_mbz::Error;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(super) struct Package {
    zip: ZipWriter<File>,
    /// Listed files whose content the archive does not hold.
    missing: usize,
    names: BTreeSet<String>,
}

impl Package {
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Package { zip: ZipWriter::new(tempfile::tempfile()?), missing: 0, names: BTreeSet::new() })
    }

    /// The package, to be read from its beginning, and how many contents the archive did not hold.
    pub(super) fn finish(self) -> Result<(File, usize), Error> {
        let mut file = self.zip.finish().map_err(io::Error::from)?;
        file.rewind()?;
        Ok((file, self.missing))
    }

    fn begin(&mut self, path: &str) -> Result<bool, Error> {
        if !self.names.insert(path.to_owned()) {
            return Ok(false);
        }
        // The same bytes whenever it is made: no date is written.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
        self.zip.start_file(path, options).map_err(io::Error::from)?;
        Ok(true)
    }

    pub(super) fn text(&mut self, path: &str, text: &str) -> Result<(), Error> {
        if self.begin(path)? {
            self.zip.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    pub(super) fn file(&mut self, cx: &mut Cx<'_>, path: &str, row: &Row) -> Result<(), Error> {
        if path.split('/').any(|segment| segment == "..") {
            self.missing += 1;
            return Ok(());
        }
        let Some(mut content) = cx.course.content(&row.hash)? else {
            // An empty file need not have a content (MBZ-FORMAT §6.1).
            self.missing += usize::from(row.size > 0);
            return self.text(path, "");
        };
        if self.begin(path)? {
            io::copy(&mut content, &mut self.zip)?;
        }
        Ok(())
    }
}
