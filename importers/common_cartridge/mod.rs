//! IMS Common Cartridge 1.1 to 1.3 and Thin Common Cartridge, both ways.
//!
//! A cartridge is a zip with `imsmanifest.xml`: one tree of items, and the resources that they lead to.
//!
//! | in a course | in a cartridge | and back |
//! |---|---|---|
//! | section | item on the first level; its summary is a page before all others | section |
//! | label | item without a resource, or a page where it is more than words | label |
//! | page, file | web content | page, file |
//! | book, folder | item with a page, or a file, for each | book, folder, when this program wrote it; else titles and pages |
//! | url, forum, lti | web link, discussion topic, Basic LTI link | the same |
//! | quiz, question bank | assessment, question bank, in QTI 1.2 | the same; `questions.md` says what of each type of question |
//! | assign | page, said to be an assignment from 1.2 on; in 1.3 an assignment too | assign; of 1.1 a page |
//! | h5p, scorm, imscp | the package as a file | file |
//! | glossary, lesson, choice, feedback, wiki … | a page to read | page |
//!
//! A Thin cartridge holds web links and LTI links only. People, their work and secrets are in none.
//!
//! ```no_run
//! use parcours_importers::common_cartridge::{self, Options, Version};
//! use parcours_mbz::{Limits, Spool, Unpacked};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut course = Unpacked::open(std::fs::File::open("course.mbz")?, &Limits::default(), Spool::new()?)?;
//! let report = common_cartridge::write(&mut course, std::fs::File::create("course.imscc")?, Version::V13, Spool::new()?, &Options::default())?;
//! let (again, report) = common_cartridge::read(std::fs::File::open("course.imscc")?, Spool::new()?, Spool::new()?, &Limits::default(), &Options::default())?;
//! # Ok(()) }
//! ```

mod markup;
mod path;
mod read;
mod version;
mod write;

pub use read::read;
pub use version::Version;
pub use write::write;

use parcours_course::Language;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Of the words that are put in: reports, names of sections that have none.
    pub language: Language,
    /// Writing: hidden sections and activities are taken along; a cartridge cannot say that they are hidden.
    pub hidden: bool,
    /// Reading: the time of making, in Unix seconds.
    pub now: i64,
}

/// Why a cartridge could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What is wrong with the archive, or with a document of it, and the device.
    #[error(transparent)]
    Archive(#[from] parcours_mbz::Error),
    /// There is no `imsmanifest.xml`.
    #[error("this is not a Common Cartridge: it has no imsmanifest.xml")]
    NoManifest,
    /// `imsmanifest.xml` is about something else.
    #[error("this is not a Common Cartridge: its manifest says `{}`", found.escape_debug())]
    OtherPackage {
        /// The schema, or the name of the root element.
        found: String,
    },
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Error::Archive(e.into())
    }
}
