//! Files of a course, by where they are used.

use serde::{Deserialize, Serialize};

/// A file: what is in it stands in the archive under its hash.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct File {
    /// `mod_page`, `course`, `block_html` …
    pub component: String,
    /// `intro`, `content`, `chapter` … (MBZ-FORMAT §6.4).
    pub area: String,
    /// The record of the area it belongs to; 0 where the area is for all.
    pub item: i64,
    /// Folder and name, from `/` on, as people wrote them: not encoded.
    pub path: String,
    /// SHA-1 of what is in it, in lower case.
    pub hash: String,
    /// Bytes.
    pub size: u64,
    pub mime: Option<String>,
    /// The one that a resource opens.
    pub main: bool,
    pub author: Option<String>,
    /// `cc-4.0`, `allrightsreserved` …
    pub license: Option<String>,
}

impl File {
    /// A file of an area; the component is that of whatever it is given to.
    pub fn new(area: &str, item: i64, path: &str, hash: &str, size: u64) -> Self {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        File { area: area.to_owned(), item, path, hash: hash.to_owned(), size, ..File::default() }
    }

    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Its folder, from `/` to `/`.
    pub fn folder(&self) -> &str {
        self.path.get(..self.path.len() - self.name().len()).unwrap_or("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_folder_and_a_name() {
        let file = File::new("content", 0, "d\u{e9}j\u{e0}/vu.pdf", "", 0);
        assert_eq!((file.folder(), file.name()), ("/d\u{e9}j\u{e0}/", "vu.pdf"));
        assert_eq!((File::default().folder(), File::default().name()), ("", ""));
    }
}
