//! The formats, each there and back.

use crate::archive;
use parcours_course::{Language, Report};
use parcours_importers::qti::{self, Version};
use parcours_importers::{gift, moodle_xml};
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::io::Cursor;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    MoodleXml,
    Gift,
    Qti2,
    Qti3,
}

pub const ALL: &[Format] = &[Format::MoodleXml, Format::Gift, Format::Qti2, Format::Qti3];

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Format::MoodleXml => "Moodle XML",
            Format::Gift => "GIFT",
            Format::Qti2 => "QTI 2.1",
            Format::Qti3 => "QTI 3.0",
        }
    }

    pub fn write(self, course: &mut Unpacked) -> Result<(Vec<u8>, Report), Error> {
        let mut out = Vec::new();
        let report = match self {
            Format::MoodleXml => moodle_xml::write(course, &[], Language::English, &mut out)?,
            Format::Gift => gift::write(course, &[], Language::English, &mut out)?,
            Format::Qti2 => qti::write(course, &[], Version::V2_1, Language::English, Cursor::new(&mut out))?,
            Format::Qti3 => qti::write(course, &[], Version::V3, Language::English, Cursor::new(&mut out))?,
        };
        Ok((out, report))
    }

    pub fn read(self, bytes: &[u8]) -> Result<(Unpacked, Report), Error> {
        let (limits, spool, info, language) = (Limits::default(), Spool::new()?, archive::info(), Language::English);
        match self {
            Format::MoodleXml => moodle_xml::into_course(bytes, &limits, spool, info, language),
            Format::Gift => gift::into_course(bytes, &limits, spool, info, language),
            Format::Qti2 | Format::Qti3 => qti::into_course(Cursor::new(bytes), &limits, spool, info, language),
        }
    }
}
