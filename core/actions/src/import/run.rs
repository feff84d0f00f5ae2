//! One import, from the first byte of the archive to the transaction that makes the course visible.

use super::items::Items;
use super::{Choices, Imported, Made, Progress, Stage, other};
use crate::without::Without;
use crate::{ActionError, App, Result};
use parcours_course::Report;
use parcours_course::report::{Fate, Reason};
use parcours_mbz::manifest::Manifest;
use parcours_mbz::secret::{self, Wish};
use parcours_mbz::spool::{Slot, Spool};
use parcours_mbz::{Limits, container};
use parcours_store::{Publish, Published, Staging, StoreError};
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

/// The course's own document of contents.
const FILES: &str = "files.xml";
const EMPTY_SHA1: &str = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

/// What `files.xml` calls a content: its hash. One that lies where no hash would put it keeps its whole path.
fn content_name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    if crate::export::content_path(name) == path { name } else { path }
}

/// An import under way.
pub(super) struct Import<'a> {
    pub app: &'a App,
    pub limits: Limits,
    pub spool: Spool,
    pub staging: Staging,
    pub manifest: Manifest,
    /// Path of each content, and the SHA-1 it really has.
    pub contents: HashMap<String, String>,
    pub report: Report,
    /// What is left out; `None` when people come along.
    pub without: Option<Without>,
    pub items: Items,
    /// The report of what was done before, when it came in another format.
    before: Option<Report>,
    tell: &'a mut dyn FnMut(Progress) -> bool,
}

pub(super) fn run(app: &App, archive: &Path, choices: &Choices, made: Option<&Made>, tell: &mut dyn FnMut(Progress) -> bool) -> Result<Imported> {
    let file = File::open(archive).map_err(ActionError::io(format!("opening {}", archive.display())))?;
    let name = archive.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let source = serde_json::json!({ "file": name, "without_people": choices.without_people, "origin": choices.origin }).to_string();
    let mut import = Import {
        app,
        limits: Limits::default(),
        spool: Spool::new_in(&app.folder)?,
        staging: Staging::begin(&app.domain, &source, app.now())?,
        manifest: Manifest::default(),
        contents: HashMap::new(),
        report: Report::default(),
        without: choices.without_people.then(Without::default),
        items: Items::default(),
        before: made.map(|m| m.report.clone()),
        tell,
    };
    // Whatever ends it early drops the staging, which leaves nothing behind.
    import.unpack(file)?;
    import.secrets(choices)?;
    import.documents()?;
    import.publish(choices)
}

impl Import<'_> {
    /// Contents go straight to the pool, everything else to the spool: entries come in any order.
    fn unpack(&mut self, file: File) -> Result<()> {
        let mut archive = parcours_mbz::open(file, &self.limits)?;
        let mut done = 0;
        while let Some(mut entry) = archive.next()? {
            done += entry.size;
            if container::is_pool(&entry.path) && self.without.is_none() {
                let limits = parcours_store::Limits { size: self.limits.entry_bytes };
                let path = entry.path.clone();
                let stored = self.staging.content(content_name(&path), &mut entry, limits).map_err(of_archive)?;
                self.contents.insert(path, stored.sha1.clone());
            } else {
                self.spool.keep(&mut entry)?;
            }
            self.tell(Stage::Unpacking, done, 0)?;
        }
        let slot = self.spool.slot(container::MANIFEST).ok_or(parcours_mbz::Error::EmptyManifest)?;
        self.manifest = Manifest::read(self.spool.read(slot)?, &self.limits)?;
        self.items.expect(&self.manifest);
        Ok(())
    }

    /// Passwords and keys: told, and emptied when that was asked for, before anything is read as records. What is left of them no module can name ([`crate::modules`]), no page
    /// shows and no search finds.
    fn secrets(&mut self, choices: &Choices) -> Result<()> {
        let wish = if choices.without_secrets { Wish::Empty } else { Wish::Tell };
        let gone = self.without.is_some();
        let skip = |path: &str| container::is_pool(path) || gone && parcours_mbz::people::is_all_theirs(path);
        Ok(secret::pass(&mut self.spool, &self.limits, wish, skip, choices.language, &mut self.report)?)
    }

    /// Every document, the list of files first because the lists of references depend on it.
    fn documents(&mut self) -> Result<()> {
        let here = self.spool.iter().map(|(path, slot)| (path.to_owned(), slot));
        let (pool, mut all): (Vec<(String, Slot)>, Vec<_>) = here.partition(|(path, _)| container::is_pool(path));
        all.sort_by(|a, b| (a.0 != FILES, &a.0).cmp(&(b.0 != FILES, &b.0)));
        let of = all.len() as u64;
        for (done, (path, slot)) in all.into_iter().enumerate() {
            let stage = if path.starts_with("activities/") { Stage::Activities } else { Stage::People };
            self.tell(stage, done as u64, of)?;
            self.document(&path, slot)?;
        }
        self.wanted(pool)
    }

    /// Without people, contents wait until the list of files is known: what only somebody's work used does not come in.
    fn wanted(&mut self, pool: Vec<(String, Slot)>) -> Result<()> {
        let limits = parcours_store::Limits { size: self.limits.entry_bytes };
        for (path, slot) in pool {
            let name = path.rsplit('/').next().unwrap_or_default();
            if self.without.as_ref().is_some_and(|w| w.contents.contains(name)) {
                let stored = self.staging.content(content_name(&path), &mut self.spool.read(slot)?, limits).map_err(of_archive)?;
                self.contents.insert(path, stored.sha1.clone());
            }
        }
        Ok(())
    }

    fn publish(mut self, choices: &Choices) -> Result<Imported> {
        self.tell(Stage::Publishing, 0, 1)?;
        self.hashes();
        let mut report = std::mem::take(&mut self.report);
        if let Some(without) = self.without.as_ref().filter(|w| w.taken > 0) {
            report.remark(Fate::Refused, Reason::WithoutPeople, "course", "", without.taken.to_string());
        }
        self.items.settle(&self.manifest, self.app, &mut report);
        let title = if self.manifest.information.course_fullname.is_empty() {
            self.manifest.information.name.clone()
        } else {
            self.manifest.information.course_fullname.clone()
        };
        let publish = Publish {
            now: self.app.now(),
            fullname: title.clone(),
            shortname: self.manifest.information.course_shortname.clone(),
            same_people: choices.same_people,
            open: choices.publish,
        };
        if !choices.publish {
            report.remark(Fate::Imported, Reason::NotPublished, "course", "course/course.xml", "");
        }
        // The spool's file has no name: once it is closed, nothing of it needs to reach the disk when the course is flushed.
        drop(self.spool);
        let (people, before) = (self.items.people, self.before);
        // Who was joined to whom is known inside of the transaction that stores the report.
        let whole = move |published: &Published| {
            let mut report = report.clone();
            super::people::tell(&people, published, &mut report);
            before.as_ref().map_or_else(|| report.clone(), |before| other::joined(before, report.clone()))
        };
        let stored = whole.clone();
        let published = self.staging.publish(publish, move |p| serde_json::to_string(&stored(p)).unwrap_or_default())?;
        Ok(Imported { course: published.course, name: title, report: whole(&published) })
    }

    /// What of the stored files does not fit its name or the list (MBZ-FORMAT §6.2). It was kept all the same.
    fn hashes(&mut self) {
        let mut paths: Vec<_> = self.contents.iter().collect();
        paths.sort();
        for (path, real) in &paths {
            let name = path.rsplit('/').next().unwrap_or_default();
            if name != real.as_str() {
                self.report.remark(Fate::Kept, Reason::WrongHash, "file", path.as_str(), real.as_str());
            } else if !self.items.listed.contains(name) && name != EMPTY_SHA1 {
                self.report.remark(Fate::Kept, Reason::UnlistedContent, "file", path.as_str(), "");
            }
        }
        if paths.is_empty() {
            // An archive without any content was made without files.
            return;
        }
        let mut listed: Vec<_> = self.items.listed.iter().filter(|h| h.as_str() != EMPTY_SHA1).collect();
        listed.sort();
        for hash in listed {
            let path = format!("files/{}/{hash}", hash.get(..2).unwrap_or_default());
            if !self.contents.contains_key(&path) {
                self.report.remark(Fate::Kept, Reason::MissingContent, "file", FILES, hash.as_str());
            }
        }
    }

    fn tell(&mut self, stage: Stage, done: u64, of: u64) -> Result<()> {
        if (self.tell)(Progress { stage, done, of }) { Ok(()) } else { Err(ActionError::Cancelled) }
    }
}

/// What is wrong with an archive comes back from the pool as a failed read: it is told as what it is, without the pool's folder.
fn of_archive(e: StoreError) -> ActionError {
    match e {
        StoreError::Io { source, .. } if source.get_ref().is_some_and(|inner| inner.is::<parcours_mbz::Error>()) => {
            parcours_mbz::Error::from(source).into()
        }
        e => e.into(),
    }
}
