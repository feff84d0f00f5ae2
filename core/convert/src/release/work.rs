//! What every part of a conversion works on.

use super::Options;
use super::target::{Release, pair};
use parcours_course::{Fate, Language, Reason, Report};
use parcours_mbz::Unpacked;
use std::collections::HashMap;

pub(super) struct Work<'a> {
    pub course: &'a mut Unpacked,
    pub release: Release,
    pub options: &'a Options,
    pub report: Report,
    /// The release it came from, as two numbers.
    pub from: (u32, u32),
    /// Documents that were missing and are there now.
    pub added: Vec<String>,
    /// Sections and activities that the contents list named in the beginning: folder, word, title.
    items: Vec<(String, &'static str, String)>,
    /// What became of those that did not stay as they were, by folder.
    fates: HashMap<String, (Fate, Reason)>,
}

impl<'a> Work<'a> {
    pub(super) fn new(course: &'a mut Unpacked, release: Release, options: &'a Options) -> Self {
        let m = course.manifest();
        let sections = m.sections.iter().map(|s| (s.directory.clone(), "section", s.title.clone()));
        let activities = m.activities.iter().map(|a| (a.directory.clone(), "activity", a.title.clone()));
        let items = sections.chain(activities).collect();
        let from = pair(&m.information.backup_release);
        Work { course, release, options, report: Report::default(), from, added: Vec::new(), items, fates: HashMap::new() }
    }

    /// What became of a section or an activity; the worst that is said of it stands.
    pub(super) fn fate(&mut self, folder: &str, fate: Fate, reason: Reason) {
        let worse = |f: Fate| match f {
            Fate::Imported => 0,
            Fate::Approximated => 1,
            Fate::Kept => 2,
            Fate::Refused => 3,
        };
        if self.fates.get(folder).is_none_or(|(before, _)| worse(*before) < worse(fate)) {
            self.fates.insert(folder.to_owned(), (fate, reason));
        }
    }

    /// A remark, in the language asked for.
    pub(super) fn remark(&mut self, fate: Fate, reason: Reason, item: &str, place: &str, english: impl Into<String>, french: impl Into<String>) {
        let detail = self.options.language.of(english.into(), french.into());
        self.report.remark(fate, reason, item, place, detail);
    }

    pub(super) fn language(&self) -> Language {
        self.options.language
    }

    /// The report, with what was counted in the beginning.
    pub(super) fn finish(self) -> Report {
        let mut report = Report::default();
        let m = self.course.manifest();
        if let Some(course) = &m.course {
            report.item(Fate::Imported, Reason::AsItCame, "course", course.directory.clone(), course.title.clone());
        }
        for (folder, item, title) in self.items {
            let (fate, reason) = self.fates.get(&folder).copied().unwrap_or((Fate::Imported, Reason::AsItCame));
            report.item(fate, reason, item, folder, title);
        }
        report.findings.extend(self.report.findings);
        report
    }
}
