//! The formats, each there and back.

use crate::archive;
use parcours_course::{Language, Report};
use parcours_importers::moodle_xml;
use parcours_mbz::{Error, Limits, Spool, Unpacked};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    MoodleXml,
}

pub const ALL: &[Format] = &[Format::MoodleXml];

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Format::MoodleXml => "Moodle XML",
        }
    }

    pub fn write(self, course: &mut Unpacked) -> Result<(Vec<u8>, Report), Error> {
        let mut out = Vec::new();
        let report = match self {
            Format::MoodleXml => moodle_xml::write(course, &[], Language::English, &mut out)?,
        };
        Ok((out, report))
    }

    pub fn read(self, bytes: &[u8]) -> Result<(Unpacked, Report), Error> {
        let (limits, spool, info, language) = (Limits::default(), Spool::new()?, archive::info(), Language::English);
        match self {
            Format::MoodleXml => moodle_xml::into_course(bytes, &limits, spool, info, language),
        }
    }
}
