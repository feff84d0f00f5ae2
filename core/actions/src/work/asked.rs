//! What a course is to go out as.

use super::desk::Bench;
use crate::Result;
use crate::convert::{Did, Format, Offline, People, Plain, Wishes};
use parcours_convert::clean;
use parcours_course::Language;
use parcours_mbz::Release;

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub to: Format,
    /// A zip instead of a tar.gz, where it is a backup.
    pub zip: bool,
    /// The shape of another Moodle; nothing leaves it as it came.
    pub release: Option<Release>,
    pub people: Who,
    /// The components of M@gistère as the nearest things of a stock Moodle.
    pub plain: bool,
    /// Texts cleaned.
    pub clean: bool,
    /// Passwords and keys are left out.
    pub without_secrets: bool,
    pub offline: Offline,
    pub language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Who {
    Keep,
    /// Made-up identities; what people wrote stays.
    Replace,
    /// Nobody, and nothing of what they wrote.
    #[default]
    Remove,
}

impl Asked {
    /// Whether anything that people wrote is to come along.
    pub fn takes_people(&self) -> bool {
        let holds = self.to == Format::Mbz || self.offline.posts || self.offline.wikis;
        holds && self.people != Who::Remove
    }

    /// Whether it is a backup with nothing done to it but people left out.
    pub(super) fn is_as_it_came(&self) -> bool {
        self.to == Format::Mbz && self.release.is_none() && !self.plain && !self.clean && self.people != Who::Replace
    }

    /// What will be done from reading to writing.
    pub(super) fn steps(&self, removes: bool) -> Vec<Did> {
        let people = self.people == Who::Replace && self.takes_people() || removes;
        let all = [
            (true, Did::Read),
            (self.plain, Did::Plain),
            (self.release().is_some(), Did::Release),
            (self.clean, Did::Clean),
            (people, Did::People),
            (self.without_secrets, Did::Secrets),
            (true, Did::Write),
        ];
        all.into_iter().filter(|(yes, _)| *yes).map(|(_, did)| did).collect()
    }

    fn release(&self) -> Option<Release> {
        self.release.filter(|_| self.to == Format::Mbz)
    }

    /// The wishes of a conversion. With `removes`, people are in the input and taken out where they are not to come along.
    pub(super) fn wishes(&self, bench: &Bench<'_>, name: &str, removes: bool) -> Result<Wishes> {
        let app = bench.app;
        let declared = || app.modules.declarations().cloned().collect();
        let people = match self.people {
            Who::Replace if self.takes_people() => People::Replace { seed: People::seed()?, mentions: false },
            _ if removes => People::Remove,
            _ => People::Keep,
        };
        Ok(Wishes {
            name: Some(name.to_owned()),
            to: Some(self.to),
            zip: self.zip || self.to.is_folder(),
            plain: if self.plain { Plain::Yes { keep_original: false } } else { Plain::No },
            release: self.release(),
            // Those of a site that is restored into are there already, and would not be overwritten.
            rename_common: self.release().is_some(),
            clean: self.clean.then(|| clean::Options { declared: declared(), language: self.language, ..clean::Options::default() }),
            people,
            without_secrets: self.without_secrets,
            renumber: None,
            language: self.language,
            now: app.now(),
            offline: self.offline,
            watch: Some(bench.watch()),
            from: None,
        })
    }

    /// The end of a file's name.
    pub(super) fn end(&self) -> &'static str {
        match self.to {
            Format::Site => "-site.zip",
            Format::Markdown => "-markdown.zip",
            to => to.end(),
        }
    }
}

/// Letters, digits and `_`, at most 60: what of a course's short name stands in the name of a file.
pub(super) fn short(name: &str) -> String {
    name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).take(60).collect()
}
