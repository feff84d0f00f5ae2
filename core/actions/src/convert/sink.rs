//! Writing whatever a course goes out as.

use super::{Format, Wishes, tree};
use crate::{ActionError, Result, export};
use parcours_course::Report;
use parcours_importers::reading::{self, Sink, Zipped};
use parcours_importers::{common_cartridge, epub, gift, markdown, moodle_xml, qti, site};
use parcours_mbz::{Container, Spool, Unpacked};
use std::io::BufWriter;
use std::path::Path;

/// Writes the output. Answers what had no place in it, where that is another format than an archive.
pub(super) fn write(course: &mut Unpacked, to: Format, container: Container, output: &Path, wishes: &Wishes) -> Result<Option<Report>> {
    let language = wishes.language;
    let report = match to {
        Format::Mbz => return export::whole(output, |file| Ok((course.write(file, container)?, None))),
        Format::Cartridge(version) => {
            let options = common_cartridge::Options { language, hidden: wishes.offline.hidden, now: wishes.now };
            let aside = Spool::new_in(export::folder(output))?;
            file(output, |out| Ok(common_cartridge::write(course, out, version, aside, &options)?))?
        }
        Format::MoodleXml => file(output, |out| Ok(moodle_xml::write(course, &[], language, out)?))?,
        Format::Gift => file(output, |out| Ok(gift::write(course, &[], language, out)?))?,
        Format::Qti(version) => file(output, |out| Ok(qti::write(course, &[], version, language, out)?))?,
        Format::Epub => export::whole(output, |file| Ok(epub::write(course, &pages(wishes), wishes.now, file)?))?,
        Format::Site if wishes.zip => zipped(output, |to| Ok(site::write(course, &pages(wishes), to)?))?,
        Format::Markdown if wishes.zip => zipped(output, |to| Ok(markdown::write(course, &pages(wishes), to)?))?,
        Format::Site => tree::whole(output, |to| Ok(site::write(course, &pages(wishes), to)?))?,
        Format::Markdown => tree::whole(output, |to| Ok(markdown::write(course, &pages(wishes), to)?))?,
    };
    Ok(Some(report))
}

/// A file that has its name only when it is whole.
fn file(output: &Path, fill: impl FnOnce(&mut BufWriter<std::fs::File>) -> Result<Report>) -> Result<Report> {
    export::whole(output, |file| {
        let mut out = BufWriter::new(file);
        let report = fill(&mut out)?;
        let file = out.into_inner().map_err(|e| ActionError::Io { doing: format!("writing {}", output.display()), source: e.into_error() })?;
        Ok((file, report))
    })
}

/// A folder of files as one zip.
fn zipped(output: &Path, fill: impl FnOnce(&mut dyn Sink) -> Result<Report>) -> Result<Report> {
    export::whole(output, |file| {
        let mut zip = Zipped::new(file);
        let report = fill(&mut zip)?;
        Ok((zip.finish().map_err(ActionError::io(format!("writing {}", output.display())))?, report))
    })
}

fn pages(wishes: &Wishes) -> reading::Options {
    let o = wishes.offline;
    reading::Options { language: wishes.language, hidden: o.hidden, people: o.posts, forums: o.posts, wikis: o.wikis, answers: o.answers }
}
