//! Reading whatever a course comes as.

use super::{Format, Wishes};
use crate::{ActionError, Result};
use parcours_course::Report;
use parcours_importers::{common_cartridge, gift, markdown, moodle_xml, qti};
use parcours_mbz::outline::Info;
use parcours_mbz::{Limits, Spool, Unpacked};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Opens the input as an archive. `folder` is where the spool lies meanwhile.
pub(super) fn open(input: &Path, wishes: &Wishes, folder: &Path) -> Result<(Unpacked, Report)> {
    let format = wishes.from.map_or_else(|| guess(input), Ok)?;
    if !format.is_read() {
        return Err(ActionError::invalid(format!("{} is in the format {format}, which is written and not read", input.display())));
    }
    let (limits, spool) = (Limits::default(), || Spool::new_in(folder));
    let info =
        || Info { fullname: title(input), shortname: title(input), language: wishes.language.code().to_owned(), now: wishes.now, ..Info::default() };
    Ok(match format {
        Format::Mbz | Format::Epub | Format::Site => {
            let mut course = Unpacked::open(file(input)?, &limits, spool()?)?;
            let report = std::mem::take(&mut course.report);
            (course, report)
        }
        Format::Cartridge(_) => {
            let options = common_cartridge::Options { language: wishes.language, now: wishes.now, ..Default::default() };
            common_cartridge::read(file(input)?, spool()?, spool()?, &limits, &options)?
        }
        Format::MoodleXml => moodle_xml::into_course(file(input)?, &limits, spool()?, info(), wishes.language)?,
        Format::Gift => gift::into_course(file(input)?, &limits, spool()?, info(), wishes.language)?,
        Format::Qti(_) => qti::into_course(file(input)?, &limits, spool()?, info(), wishes.language)?,
        Format::Markdown => markdown::read(&mut super::tree::Files::of(input)?, &limits, spool()?, info(), wishes.language)?,
    })
}

fn file(path: &Path) -> Result<File> {
    File::open(path).map_err(ActionError::io(format!("opening {}", path.display())))
}

/// What a course is called that comes without a name: the file, without its end.
fn title(input: &Path) -> String {
    input.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// What the first bytes are, and the name where they do not say.
fn guess(input: &Path) -> Result<Format> {
    if input.is_dir() {
        return Ok(Format::Markdown);
    }
    let mut head = Vec::new();
    file(input)?.take(512).read_to_end(&mut head).map_err(ActionError::io(format!("reading {}", input.display())))?;
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match head.as_slice() {
        [b'P', b'K', ..] => packed(input),
        [0x1f, 0x8b, ..] => Ok(Format::Mbz),
        _ if text.starts_with("<?xml") && (text.contains("<quiz") || Format::of_name(input).ok() == Some(Format::MoodleXml)) => Ok(Format::MoodleXml),
        _ if text.starts_with("<quiz") => Ok(Format::MoodleXml),
        _ => match Format::of_name(input) {
            Ok(Format::Gift) => Ok(Format::Gift),
            // Whatever it is: the archive's reader says what it looks like.
            _ => Ok(Format::Mbz),
        },
    }
}

/// A zip is told by what is at its root.
fn packed(input: &Path) -> Result<Format> {
    let mut archive = parcours_mbz::open(file(input)?, &Limits::default())?;
    loop {
        match archive.next() {
            Ok(Some(_)) => {}
            Err(parcours_mbz::Error::CommonCartridge) => break,
            // A backup, or something that its reader has words for.
            _ => return Ok(Format::Mbz),
        }
    }
    let version = match qti::is_package(file(input)?) {
        Some(version) => Format::Qti(version),
        None => Format::Cartridge(common_cartridge::Version::V13),
    };
    Ok(version)
}
