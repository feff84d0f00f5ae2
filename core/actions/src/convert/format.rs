//! What a course may come in and go out as.

use crate::{ActionError, Result};
use parcours_course::Language;
use parcours_importers::{common_cartridge as cartridge, qti};
use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// A format, by the name that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A Moodle 2 backup.
    Mbz,
    Cartridge(cartridge::Version),
    MoodleXml,
    Gift,
    Qti(qti::Version),
    Epub,
    /// A folder with a web site.
    Site,
    /// A folder of Markdown files.
    Markdown,
}

use Format::{Cartridge, Epub, Gift, Markdown, Mbz, MoodleXml, Qti, Site};

/// Every format: its name, the ends of file names that mean it, whether it is read.
const FORMATS: &[(Format, &str, &[&str], bool)] = &[
    (Mbz, "mbz", &[".mbz", ".tar.gz", ".tgz"], true),
    (Cartridge(cartridge::Version::V13), "cc1.3", &[".imscc"], true),
    (Cartridge(cartridge::Version::V12), "cc1.2", &[".cc12.imscc"], true),
    (Cartridge(cartridge::Version::V11), "cc1.1", &[".cc11.imscc"], true),
    (Cartridge(cartridge::Version::Thin13), "thin-cc1.3", &[".thin.imscc"], true),
    (Cartridge(cartridge::Version::Thin12), "thin-cc1.2", &[".thin12.imscc"], true),
    (MoodleXml, "moodle-xml", &[".xml"], true),
    (Gift, "gift", &[".gift", ".gift.txt", ".txt"], true),
    (Qti(qti::Version::V2_1), "qti2.1", &[".qti21.zip"], true),
    (Qti(qti::Version::V3), "qti3", &[".qti.zip", ".qti3.zip"], true),
    (Epub, "epub", &[".epub"], false),
    (Site, "site", &[], false),
    (Markdown, "markdown", &[], true),
];

impl Format {
    /// The format that a file of this name is to have.
    ///
    /// # Errors
    /// `Invalid`, with the list of formats, when the name says nothing.
    pub fn of_name(file: &Path) -> Result<Format> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        // The longest end that fits: `.cc11.imscc` before `.imscc`.
        let fits = FORMATS.iter().flat_map(|row| row.2.iter().map(move |end| (row.0, end))).filter(|(_, end)| name.ends_with(**end));
        match fits.max_by_key(|(_, end)| end.len()) {
            Some((format, _)) => Ok(format),
            None => Err(ActionError::invalid(format!("what {} is to be cannot be told by its name; say it with --to: {}", file.display(), list()))),
        }
    }

    fn row(self) -> Option<&'static (Format, &'static str, &'static [&'static str], bool)> {
        FORMATS.iter().find(|(format, ..)| *format == self)
    }

    /// The end of a file's name.
    pub fn end(self) -> &'static str {
        self.row().and_then(|r| r.2.first()).copied().unwrap_or_default()
    }

    /// Whether it holds a question bank and nothing else.
    pub fn is_questions(self) -> bool {
        matches!(self, MoodleXml | Gift | Qti(_))
    }

    /// Whether it is a folder of files, unless it is packed.
    pub fn is_folder(self) -> bool {
        matches!(self, Site | Markdown)
    }

    /// What people call it.
    pub fn title(self, language: Language) -> &'static str {
        match self {
            Mbz => language.of("Moodle backup", "Sauvegarde Moodle"),
            Cartridge(cartridge::Version::V13) => "Common Cartridge 1.3",
            Cartridge(cartridge::Version::V12) => "Common Cartridge 1.2",
            Cartridge(cartridge::Version::V11) => "Common Cartridge 1.1",
            Cartridge(cartridge::Version::Thin13) => "Thin Common Cartridge 1.3",
            Cartridge(cartridge::Version::Thin12) => "Thin Common Cartridge 1.2",
            MoodleXml => language.of("Questions in Moodle XML", "Questions en XML Moodle"),
            Gift => language.of("Questions in GIFT", "Questions en GIFT"),
            Qti(qti::Version::V2_1) => language.of("Questions in QTI 2.1", "Questions en QTI 2.1"),
            Qti(qti::Version::V3) => language.of("Questions in QTI 3", "Questions en QTI 3"),
            Epub => language.of("EPUB book", "Livre EPUB"),
            Site => language.of("Web site", "Site web"),
            Markdown => language.of("Markdown texts", "Textes Markdown"),
        }
    }

    pub fn is_read(self) -> bool {
        self.row().is_some_and(|r| r.3)
    }
}

fn list() -> String {
    let names: Vec<&str> = FORMATS.iter().map(|(_, name, ..)| *name).collect();
    names.join(", ")
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().map_or("", |r| r.1))
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> std::result::Result<Self, String> {
        FORMATS.iter().find(|(_, n, ..)| *n == name).map(|(format, ..)| *format).ok_or_else(|| format!("the formats are {}", list()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_read_as_it_is_written() {
        for (format, name, ..) in FORMATS {
            assert_eq!((name.parse(), format.to_string().as_str()), (Ok(*format), *name));
        }
        assert!("docx".parse::<Format>().unwrap_err().contains("epub"));
    }

    #[test]
    fn the_longest_end_of_a_name_decides() {
        let of = |name: &str| Format::of_name(Path::new(name)).ok();
        assert_eq!(of("a/b.IMSCC"), Some(Cartridge(cartridge::Version::V13)));
        assert_eq!(of("b.cc11.imscc"), Some(Cartridge(cartridge::Version::V11)));
        assert_eq!(of("b.gift.txt"), Some(Gift));
        assert_eq!(of("b"), None);
    }
}
