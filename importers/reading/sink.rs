//! Where the files of a site or a tree go.

use std::io::{self, Read, Seek, Write};

/// Takes files one after the other. Paths are relative, with `/` between folders, and lead nowhere else ([`is_safe`]).
pub trait Sink {
    /// Takes a file.
    ///
    /// # Errors
    /// What reading or writing fails with.
    fn file(&mut self, path: &str, content: &mut dyn Read) -> io::Result<()>;
}

/// All files in memory, in the order they came: for tests and small trees.
impl Sink for Vec<(String, Vec<u8>)> {
    fn file(&mut self, path: &str, content: &mut dyn Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        self.push((path.to_owned(), bytes));
        Ok(())
    }
}

/// All files in a zip.
pub struct Zipped<W: Write + Seek> {
    zip: zip::ZipWriter<W>,
    time: zip::DateTime,
}

impl<W: Write + Seek> Zipped<W> {
    pub fn new(out: W) -> Self {
        Zipped { zip: zip::ZipWriter::new(out), time: zip::DateTime::default() }
    }

    /// Takes a file that stays as it is: neither compressed nor with any extra field.
    ///
    /// # Errors
    /// The device.
    pub fn stored(&mut self, path: &str, content: &[u8]) -> io::Result<()> {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored).last_modified_time(self.time);
        self.zip.start_file(path, options).map_err(io::Error::other)?;
        self.zip.write_all(content)
    }

    /// Ends the zip.
    ///
    /// # Errors
    /// The device.
    pub fn finish(self) -> io::Result<W> {
        self.zip.finish().map_err(io::Error::other)
    }
}

impl<W: Write + Seek> Sink for Zipped<W> {
    fn file(&mut self, path: &str, content: &mut dyn Read) -> io::Result<()> {
        let method = if is_packed(path) { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method).last_modified_time(self.time).large_file(true);
        // Only what may be larger needs the wide fields.
        let options = if method == zip::CompressionMethod::Stored { options } else { options.large_file(false) };
        self.zip.start_file(path, options).map_err(io::Error::other)?;
        io::copy(content, &mut self.zip).map(drop)
    }
}

/// Whether what is in a file is compressed already.
fn is_packed(path: &str) -> bool {
    let end = path.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    matches!(
        end.as_str(),
        "png"
            | "jpg"
            | "jpeg"
            | "gif"
            | "webp"
            | "mp3"
            | "mp4"
            | "m4a"
            | "m4v"
            | "webm"
            | "zip"
            | "h5p"
            | "docx"
            | "pptx"
            | "xlsx"
            | "odt"
            | "odp"
            | "epub"
    )
}

/// Whether a path stays below where it is put: relative, no empty, `.` or `..` part, no backslash, nothing that controls a terminal.
pub fn is_safe(path: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p != "." && p != ".." && !p.contains(['\\', ':', '\0']) && !p.chars().any(char::is_control);
    !path.is_empty() && path.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_that_stay_below_are_safe() {
        for bad in ["", "/a", "a/../b", "a//b", "..", "a\\b", "C:/x", "a/\u{1b}[0m", "a/."] {
            assert!(!is_safe(bad), "{bad}");
        }
        assert!(is_safe("01-é/a b.md"));
    }
}
