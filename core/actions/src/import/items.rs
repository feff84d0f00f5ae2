//! The items of an archive, each with exactly one fate, so that what came in adds up (DESIGN §3, invariant 1).
//!
//! Items are the course, its sections, activities, blocks and people, and every document that belongs to none of these. What is inside an item is
//! remarked on where something is to be said.

use crate::App;
use parcours_course::Report;
use parcours_course::report::{Fate, Reason};
use parcours_mbz::manifest::Manifest;
use std::collections::{BTreeMap, HashSet};

/// Documents at the root and of the course that are the frame of everything else, and no items.
const FRAME: &[&str] = &["moodle_backup.xml", "moodle_backup.log", "files.xml", "users.xml", "course/course.xml", "course/inforef.xml"];

/// Documents that are held as records although nothing here shows them or acts on them yet: in the report they are kept.
const UNUSED: &[&str] = &[
    "badges.xml",
    "calendar.xml",
    "comments.xml",
    "competencies.xml",
    "completiondefaults.xml",
    "contentbank.xml",
    "filters.xml",
    "grade_history.xml",
    "grading.xml",
    "loglastaccess.xml",
    "logs.xml",
    "logstores.xml",
    "outcomes.xml",
    "questions.xml",
    "xapistate.xml",
];
/// What completes the whole course, which is unused too; that of an activity is not.
const COURSE_COMPLETION: &str = "completion.xml";

/// What was seen of each item while the documents went by.
#[derive(Default)]
pub(super) struct Items {
    /// Hashes that `files.xml` names.
    pub listed: HashSet<String>,
    /// Number and user name of each person.
    pub people: Vec<(i64, String)>,
    /// Folder of each section, activity and block, and what its documents were like.
    folders: BTreeMap<String, Folder>,
    /// Other documents: path, whether read as records, whether anything is in them.
    documents: Vec<(String, bool, bool)>,
}

#[derive(Default)]
struct Folder {
    there: bool,
    /// The document that makes it what it is (`forum.xml`, `section.xml`) was read as records.
    read: bool,
    /// Documents in it that were kept and hold something.
    kept: Vec<String>,
}

impl Items {
    /// The manifest's word on what there should be.
    pub fn expect(&mut self, manifest: &Manifest) {
        let activities = manifest.activities.iter().map(|a| &a.directory);
        for directory in activities.chain(manifest.sections.iter().map(|s| &s.directory)) {
            self.folders.entry(directory.clone()).or_default();
        }
    }

    /// One document went by. `records`: it was read as records, which counts where something here uses them. `holds`: there is something in it.
    pub fn seen(&mut self, path: &str, records: bool, holds: bool) {
        let records = records && path != COURSE_COMPLETION && !UNUSED.contains(&path.rsplit('/').next().unwrap_or_default());
        let Some((folder, name)) = home(path) else {
            self.documents.push((path.to_owned(), records, holds));
            return;
        };
        let held = self.folders.entry(folder.to_owned()).or_default();
        held.there = true;
        let main = main_document(folder);
        if name == main {
            held.read = records;
        } else if !records && holds {
            held.kept.push(path.to_owned());
        }
    }

    /// Writes the fates down, of everything but people: those are known when they have met the accounts ([`super::people`]).
    pub fn settle(&self, manifest: &Manifest, app: &App, report: &mut Report) {
        let course = if manifest.information.course_fullname.is_empty() { &manifest.information.name } else { &manifest.information.course_fullname };
        report.item(Fate::Imported, Reason::AsItCame, "course", "course/course.xml", course);
        for (folder, held) in &self.folders {
            let (item, name) = describe(manifest, folder);
            let (fate, reason) = fate(manifest, app, folder, held, item);
            report.item(fate, reason, item, folder, name);
            for path in &held.kept {
                report.remark(Fate::Kept, Reason::NotRead, "document", path, "");
            }
        }
        for (path, records, holds) in self.documents.iter().filter(|(p, ..)| !FRAME.contains(&p.as_str())) {
            let (fate, reason) = match (records, holds) {
                (true, _) => (Fate::Imported, Reason::AsItCame),
                (false, true) => (Fate::Kept, Reason::NotRead),
                (false, false) => (Fate::Kept, Reason::EmptyDocument),
            };
            report.item(fate, reason, "document", path, "");
        }
    }
}

fn fate(manifest: &Manifest, app: &App, folder: &str, held: &Folder, item: &str) -> (Fate, Reason) {
    let listed = manifest.activities.iter().any(|a| a.directory == folder) || manifest.sections.iter().any(|s| s.directory == folder);
    match item {
        _ if !held.there => (Fate::Refused, Reason::MissingDocument),
        "block" => (Fate::Kept, Reason::NotRead),
        _ if !listed => (Fate::Kept, Reason::Unlisted),
        // A subsection has nothing to run: it is a section, and that one is shown.
        "activity" if module(manifest, folder) == "subsection" => (Fate::Imported, Reason::AsItCame),
        "activity" if !app.modules.has(module(manifest, folder)) => (Fate::Kept, Reason::NoModule),
        _ if !held.read => (Fate::Kept, Reason::NotRecords),
        _ => (Fate::Imported, Reason::AsItCame),
    }
}

fn describe<'a>(manifest: &'a Manifest, folder: &str) -> (&'static str, &'a str) {
    if folder.contains("/blocks/") {
        return ("block", "");
    }
    if let Some(a) = manifest.activities.iter().find(|a| a.directory == folder) {
        return ("activity", &a.title);
    }
    if let Some(s) = manifest.sections.iter().find(|s| s.directory == folder) {
        return ("section", &s.title);
    }
    (if folder.starts_with("sections/") { "section" } else { "activity" }, "")
}

fn module<'a>(manifest: &'a Manifest, folder: &'a str) -> &'a str {
    match manifest.activities.iter().find(|a| a.directory == folder) {
        Some(a) => &a.modulename,
        None => folder.trim_start_matches("activities/").rsplit_once('_').map_or("", |(m, _)| m),
    }
}

/// The item's folder a document stands in, and its name there: a block's folder before that of what it stands beside.
fn home(path: &str) -> Option<(&str, &str)> {
    if let Some(at) = path.find("/blocks/") {
        let from = at + "/blocks/".len();
        let end = from + path.get(from..)?.find('/')?;
        return Some((path.get(..end)?, path.get(end + 1..)?));
    }
    let (top, rest) = path.split_once('/')?;
    if top != "activities" && top != "sections" {
        return None;
    }
    let end = top.len() + 1 + rest.find('/')?;
    Some((path.get(..end)?, path.get(end + 1..)?))
}

fn main_document(folder: &str) -> String {
    let name = folder.rsplit('/').next().unwrap_or_default();
    if folder.contains("/blocks/") {
        return "block.xml".into();
    }
    if folder.starts_with("sections/") {
        return "section.xml".into();
    }
    format!("{}.xml", name.rsplit_once('_').map_or(name, |(m, _)| m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_belong_to_the_nearest_item() {
        assert_eq!(home("activities/forum_6/forum.xml"), Some(("activities/forum_6", "forum.xml")));
        assert_eq!(home("activities/forum_6/blocks/html_3/block.xml"), Some(("activities/forum_6/blocks/html_3", "block.xml")));
        assert_eq!(home("course/blocks/html_3/roles.xml"), Some(("course/blocks/html_3", "roles.xml")));
        assert_eq!(home("course/roles.xml"), None);
        assert_eq!(home("users.xml"), None);
        assert_eq!(main_document("activities/magistere_x_12"), "magistere_x.xml");
    }
}
