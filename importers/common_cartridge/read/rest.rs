//! What no item leads to: nothing of a cartridge is lost without a word.

use super::Reading;
use super::plan::{Kind, kind};
use crate::common_cartridge::{Error, path};
use parcours_course::outline::Content;
use parcours_course::report::{Fate, Reason};
use parcours_mbz::outline::{NewActivity, NewSection};
use std::collections::HashSet;

impl Reading {
    pub fn rest(&mut self) -> Result<(), Error> {
        let left: Vec<_> = self.manifest.resources.values().filter(|r| !self.placed.contains(&r.id)).cloned().collect();
        let alone: HashSet<String> = self.alone().into_iter().collect();
        let mut section = None;
        for of in left {
            let place = format!("imsmanifest.xml#{}", of.id);
            match kind(&of) {
                Kind::Bank => self.question_bank(&of, "", &place)?,
                Kind::Settings => {
                    of.files.iter().for_each(|f| {
                        self.cartridge.used.insert(f.clone());
                    });
                    self.refuse("resource", &place, of.main().unwrap_or_default(), Reason::OtherFormat, &of.kind);
                }
                _ if alone.contains(&of.id) => {
                    let section = self.aside(&mut section)?;
                    self.resource(section, &of.id, "", 0, &place)?;
                }
                _ => {}
            }
        }
        self.files(&mut section)
    }

    /// The section for what stands nowhere.
    fn aside(&mut self, section: &mut Option<i64>) -> Result<i64, Error> {
        if let Some(section) = section {
            return Ok(*section);
        }
        let name = self.options.language.of("Not in the table of contents", "Hors du sommaire");
        let made = self.build.section(NewSection { visible: false, ..NewSection::named(name) })?;
        self.report.item(Fate::Imported, Reason::Invented, "section", "imsmanifest.xml", name);
        *section = Some(made);
        Ok(made)
    }

    /// Files that are used nowhere, in one folder; settings of one platform are named only.
    fn files(&mut self, section: &mut Option<i64>) -> Result<(), Error> {
        let paths: Vec<String> = self.cartridge.paths.iter().filter(|p| !self.cartridge.used.contains(*p)).cloned().collect();
        let (settings, files): (Vec<String>, Vec<String>) = paths.into_iter().partition(|p| is_settings(p));
        for path in settings {
            self.report.item(Fate::Refused, Reason::OtherFormat, "file", &path, path::file_name(&path));
        }
        if files.is_empty() {
            return Ok(());
        }
        let section = self.aside(section)?;
        let name = self.options.language.of("Files", "Fichiers");
        let stored = self.store(&files, ("content", 0))?;
        let folder = NewActivity { files: stored, ..NewActivity::new(name, Content::Folder) };
        self.add(section, folder, (Fate::Approximated, Reason::Converted), "imsmanifest.xml")
    }
}

/// What a platform writes for itself: documents that no type of Common Cartridge has.
fn is_settings(path: &str) -> bool {
    path.starts_with("course_settings/") || path.starts_with("non_cc_assessments/") || path.ends_with(".xml") && !path.starts_with("web_resources/")
}
