//! Reading whatever a course comes as.

use super::watch::Watched;
use super::{Format, Wishes, tree};
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
    let name = wishes.name.as_deref().map_or(input, Path::new);
    let format = wishes.from.map_or_else(|| recognise(input, name), Ok)?;
    if !format.is_read() {
        return Err(ActionError::invalid(format!("{} is in the format {format}, which is written and not read", name.display())));
    }
    let (limits, spool) = (Limits::default(), || Spool::new_in(folder));
    let info =
        || Info { fullname: title(name), shortname: title(name), language: wishes.language.code().to_owned(), now: wishes.now, ..Info::default() };
    let whole = || Ok::<_, ActionError>(Watched::new(file(input)?, wishes.watch.clone()));
    Ok(match format {
        Format::Mbz | Format::Epub | Format::Site => {
            let mut course = Unpacked::open(whole()?, &limits, spool()?)?;
            let report = std::mem::take(&mut course.report);
            (course, report)
        }
        Format::Cartridge(_) => {
            let options = common_cartridge::Options { language: wishes.language, now: wishes.now, ..Default::default() };
            common_cartridge::read(whole()?, spool()?, spool()?, &limits, &options)?
        }
        Format::MoodleXml => moodle_xml::into_course(whole()?, &limits, spool()?, info(), wishes.language)?,
        Format::Gift => gift::into_course(whole()?, &limits, spool()?, info(), wishes.language)?,
        Format::Qti(_) => qti::into_course(whole()?, &limits, spool()?, info(), wishes.language)?,
        Format::Markdown if input.is_dir() => markdown::read(tree::files(input)?, spool()?, &limits, wishes.now, wishes.language)?,
        Format::Markdown => markdown::read(tree::packed(input, &limits)?, spool()?, &limits, wishes.now, wishes.language)?,
    })
}

fn file(path: &Path) -> Result<File> {
    File::open(path).map_err(ActionError::io(format!("opening {}", path.display())))
}

/// What a course is called that comes without a name: the file, without its end.
fn title(name: &Path) -> String {
    name.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// What the first bytes are, and the name where they do not say. What nothing here reads counts as a backup: its reader says what it looks like.
///
/// # Errors
/// `Archive` when a zip cannot be read; `Io`.
pub fn recognise(input: &Path, name: &Path) -> Result<Format> {
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
        _ if text.starts_with("<?xml") && (text.contains("<quiz") || Format::of_name(name).ok() == Some(Format::MoodleXml)) => Ok(Format::MoodleXml),
        _ if text.starts_with("<quiz") => Ok(Format::MoodleXml),
        // Questions as people type them are any text: the name says that they are some.
        _ if Format::of_name(name).ok() == Some(Format::Gift) && !head.contains(&0) => Ok(Format::Gift),
        _ => Ok(Format::Mbz),
    }
}

/// The manifest of a package, as far as it has to be read to see what it is.
const HEAD: u64 = 1 << 20;

/// A zip is told by what is at its root, and a package of IMS by what its manifest speaks of.
fn packed(input: &Path) -> Result<Format> {
    let mut texts = false;
    let mut archive = parcours_mbz::open_any(file(input)?, &Limits::default())?;
    while let Some(mut entry) = archive.next()? {
        if entry.path == parcours_mbz::container::MANIFEST {
            return Ok(Format::Mbz);
        }
        if entry.path.rsplit('/').next() == Some("imsmanifest.xml") {
            let mut bytes = Vec::new();
            (&mut entry).take(HEAD).read_to_end(&mut bytes).map_err(ActionError::io(format!("reading {}", input.display())))?;
            return Ok(package(&String::from_utf8_lossy(&bytes)));
        }
        if entry.path.ends_with("/moodle_backup.xml") {
            return Ok(Format::Mbz);
        }
        texts |= entry.path.to_ascii_lowercase().ends_with(".md");
    }
    Ok(if texts { Format::Markdown } else { Format::Mbz })
}

fn package(manifest: &str) -> Format {
    let has = |marks: &[&str]| marks.iter().any(|m| manifest.contains(m));
    match () {
        () if has(&["imscc", "Common Cartridge"]) => Format::Cartridge(common_cartridge::Version::V13),
        () if has(&["imsqti_item_xmlv3", "imsqtiasi_v3"]) => Format::Qti(qti::Version::V3),
        () if has(&["imsqti_item_xmlv2", "imsqti_v2", "imsqti_test_xmlv2"]) => Format::Qti(qti::Version::V2_1),
        () => Format::Cartridge(common_cartridge::Version::V13),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_told_by_its_manifest() {
        let of = |text: &str| package(&format!("<manifest><resources><resource type=\"{text}\"/></resources></manifest>"));
        assert_eq!(of("imsqti_item_xmlv2p1"), Format::Qti(qti::Version::V2_1));
        assert_eq!(of("imsqti_item_xmlv3p0"), Format::Qti(qti::Version::V3));
        assert!(matches!(of("imsqti_xmlv1p2/imscc_xmlv1p1/assessment"), Format::Cartridge(_)));
        assert!(matches!(of("webcontent"), Format::Cartridge(_)));
    }
}
