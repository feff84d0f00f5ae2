//! Sections: subsections where a release has none, and sections behind the last that a course showed (MBZ-FORMAT §7.2, §12).

mod fold;
mod label;
mod orphans;
mod subsections;

use super::work::Work;
use crate::Error;
use parcours_mbz::xml::Element;
use std::collections::HashMap;

/// Answers which subsections became ordinary sections: the number of the activity, and the number of the section that holds what was in it.
pub(super) fn convert(work: &mut Work) -> Result<HashMap<i64, i64>, Error> {
    let subsections = match work.release.subsections() {
        true => HashMap::new(),
        false => subsections::convert(work)?,
    };
    orphans::hide(work)?;
    Ok(subsections)
}

/// A section as the archive has it.
pub(super) struct Section {
    pub id: i64,
    title: String,
    directory: String,
    pub document: Element,
}

impl Section {
    fn path(&self) -> String {
        format!("{}/section.xml", self.directory)
    }

    /// The instance of the subsection that the section is delegated to; nothing for an ordinary section.
    fn delegate(&self) -> Option<i64> {
        self.document.value("component").filter(|c| !c.is_empty())?;
        self.document.number("itemid")
    }
}

/// Every section that contents lists and that has its document.
pub(super) fn all(work: &mut Work) -> Result<Vec<Section>, Error> {
    let mut sections = Vec::new();
    for section in work.course.manifest().sections.clone() {
        if let Some(document) = work.course.document(&format!("{}/section.xml", section.directory))? {
            sections.push(Section { id: section.sectionid, title: section.title, directory: section.directory, document });
        }
    }
    Ok(sections)
}
