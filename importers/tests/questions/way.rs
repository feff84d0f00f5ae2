//! The formats, each there and back.

use crate::archive;
use parcours_course::{Language, Report};
use parcours_importers::qti::{self, Version};
use parcours_importers::{common_cartridge as cartridge, gift, moodle_xml};
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::io::Cursor;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    MoodleXml,
    Gift,
    Qti2,
    Qti3,
    /// Not among [`ALL`]: its reports are about a course, and its questions are counted among what else is in it (`tests/cartridge`).
    Cartridge,
}

pub const ALL: &[Format] = &[Format::MoodleXml, Format::Gift, Format::Qti2, Format::Qti3];

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Format::MoodleXml => "Moodle XML",
            Format::Gift => "GIFT",
            Format::Qti2 => "QTI 2.1",
            Format::Qti3 => "QTI 3.0",
            Format::Cartridge => "Common Cartridge",
        }
    }

    pub fn write(self, course: &mut Unpacked) -> Result<(Vec<u8>, Report), Error> {
        let mut out = Vec::new();
        let report = match self {
            Format::MoodleXml => moodle_xml::write(course, &[], Language::English, &mut out)?,
            Format::Gift => gift::write(course, &[], Language::English, &mut out)?,
            Format::Qti2 => qti::write(course, &[], Version::V2_1, Language::English, Cursor::new(&mut out))?,
            Format::Qti3 => qti::write(course, &[], Version::V3, Language::English, Cursor::new(&mut out))?,
            Format::Cartridge => {
                let options = cartridge::Options { now: archive::info().now, ..cartridge::Options::default() };
                cartridge::write(course, &mut Cursor::new(&mut out), cartridge::Version::V13, Spool::new()?, &options).unwrap()
            }
        };
        Ok((out, report))
    }

    pub fn read(self, bytes: &[u8]) -> Result<(Unpacked, Report), Error> {
        let (limits, spool, info, language) = (Limits::default(), Spool::new()?, archive::info(), Language::English);
        match self {
            Format::MoodleXml => moodle_xml::into_course(bytes, &limits, spool, info, language),
            Format::Gift => gift::into_course(bytes, &limits, spool, info, language),
            Format::Cartridge => {
                let options = cartridge::Options { now: info.now, ..cartridge::Options::default() };
                Ok(cartridge::read(Cursor::new(bytes.to_vec()), spool, Spool::new()?, &limits, &options).unwrap())
            }
            Format::Qti2 | Format::Qti3 => qti::into_course(Cursor::new(bytes), &limits, spool, info, language),
        }
    }
}
