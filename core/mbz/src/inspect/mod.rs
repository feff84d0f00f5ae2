//! What is in an archive, found by reading all of it once.
//!
//! | file | what |
//! |---|---|
//! | `tally` | what the documents name, counted as they pass |
//! | `parts` | questions, blocks, grade items, badges, H5P packages |
//! | `plugins` | what is needed beyond a stock Moodle |
//! | `sections` | the sections with their activities |
//! | `losses` | what would be lost in which Moodle |

mod losses;
mod parts;
mod plugins;
mod sections;
mod tally;

pub use losses::losses;
pub use parts::Parts;
pub use plugins::Plugin;
pub use sections::Section;

use crate::container::{Container, Input, MANIFEST, is_pool, is_xml, open};
use crate::error::Error;
use crate::limits::Limits;
use crate::manifest::{Building, Manifest};
use crate::pool::{Audit, FILES, Hashing};
use crate::validate::stock;
use crate::xml::{NULL, Reader, Step};
use parcours_course::report::{Fate, Reason, Report};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::io;
use tally::Tally;

/// The inventory of an archive.
#[derive(Debug, Clone, Serialize)]
pub struct Inventory {
    pub container: Container,
    pub manifest: Manifest,
    /// Activities of each module that the manifest lists.
    pub activities: BTreeMap<String, u64>,
    /// People in `users.xml`.
    pub people: u64,
    pub files: Files,
    pub sizes: Sizes,
    /// Activities and sections, each with its fate were the archive imported with the given modules; and remarks on what does not fit.
    pub report: Report,
    /// What the manifest lists, by number.
    pub sections: Vec<Section>,
    /// What a stock Moodle would need added: activity modules first, then blocks, question types, formats, enrolment methods, filters, conditions, grading methods, others.
    pub plugins: Vec<Plugin>,
    #[serde(flatten)]
    pub parts: Parts,
}

/// The stored contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Files {
    /// Records of `files.xml`, directories included.
    pub records: u64,
    /// Distinct contents in the pool, and their bytes.
    pub contents: u64,
    pub bytes: u64,
    /// Contents that are listed and not there.
    pub missing: u64,
}

/// How much there is of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sizes {
    pub entries: u64,
    /// All entries, unpacked.
    pub bytes: u64,
    pub documents: u64,
    pub document_bytes: u64,
    pub leaves: u64,
    /// Leaves that hold the null token.
    pub nulls: u64,
}

/// Reads an archive to the last leaf and the last byte.
///
/// `known` says whether a module of this name runs here; the activities of others would be kept closed.
///
/// # Errors
/// All of [`Error`] that reading can give.
pub fn inspect(input: impl Input + 'static, limits: &Limits, known: impl Fn(&str) -> bool) -> Result<Inventory, Error> {
    let mut archive = open(input, limits)?;
    let container = archive.container();
    let mut sizes = Sizes::default();
    let mut audit = Audit::default();
    let mut building = Building::default();
    let mut report = Report::default();
    let mut people = 0;
    let mut tally = Tally::default();
    // Folders of activities and sections that hold a document.
    let mut folders = HashSet::new();
    while let Some(mut entry) = archive.next()? {
        let path = entry.path.clone();
        sizes.entries += 1;
        sizes.bytes += entry.size;
        if is_pool(&path) {
            let size = entry.size;
            let mut hashing = Hashing::new(&mut entry);
            io::copy(&mut hashing, &mut io::sink())?;
            audit.store(&path, size, hashing.finish());
            continue;
        }
        if !is_xml(&path) {
            io::copy(&mut entry, &mut io::sink())?;
            continue;
        }
        if entry.size == 0 {
            if path == MANIFEST {
                return Err(Error::EmptyManifest);
            }
            report.remark(Fate::Kept, Reason::EmptyDocument, "document", &path, "");
            continue;
        }
        sizes.documents += 1;
        sizes.document_bytes += entry.size;
        if let Some(folder) = folder(&path) {
            folders.insert(folder.to_owned());
        }
        tally.begin(&path);
        let mut xml = Reader::new(&mut entry, &path, limits);
        let mut opened = false;
        loop {
            let step = xml.step()?;
            match step {
                Step::Close if opened => {
                    let text = xml.text();
                    sizes.leaves += 1;
                    sizes.nulls += u64::from(text == NULL);
                    if path == FILES {
                        audit.leaf(xml.name(), text);
                    }
                    tally.close(xml.name(), xml.depth() + 1, Some(if text == NULL { "" } else { text }));
                }
                Step::Close => tally.close(xml.name(), xml.depth() + 1, None),
                Step::Open => {
                    people += u64::from(path == "users.xml" && xml.depth() == 2 && xml.name() == "user");
                    tally.open(xml.name(), xml.depth());
                }
                Step::Comment => {}
                Step::End => break,
            }
            if path == MANIFEST {
                building.take(step, &xml);
            }
            opened = step == Step::Open;
        }
    }
    let manifest = building.finish()?;
    let with_files = manifest.information.include_files != Some(false);
    audit.report(&mut report, with_files);
    let mut activities = BTreeMap::new();
    for a in &manifest.activities {
        *activities.entry(a.modulename.clone()).or_default() += 1;
        tally.uses(stock::Plugin::Module, &a.modulename);
        let (fate, reason) = match (folders.contains(&a.directory), known(&a.modulename)) {
            (false, _) => (Fate::Refused, Reason::MissingDocument),
            (true, true) => (Fate::Imported, Reason::AsItCame),
            (true, false) => (Fate::Kept, Reason::NoModule),
        };
        report.item(fate, reason, "activity", &a.directory, &a.title);
    }
    for s in &manifest.sections {
        let (fate, reason) = match folders.contains(&s.directory) {
            true => (Fate::Imported, Reason::AsItCame),
            false => (Fate::Refused, Reason::MissingDocument),
        };
        report.item(fate, reason, "section", &s.directory, &s.title);
    }
    let listed: HashSet<&str> =
        manifest.activities.iter().map(|a| a.directory.as_str()).chain(manifest.sections.iter().map(|s| s.directory.as_str())).collect();
    let mut unlisted: Vec<_> = folders.iter().filter(|f| !listed.contains(f.as_str())).collect();
    unlisted.sort_unstable();
    for folder in unlisted {
        report.remark(Fate::Kept, Reason::Unlisted, "document", folder, "");
    }
    let (contents, bytes) = audit.contents();
    let missing = if with_files { audit.missing() } else { 0 };
    let files = Files { records: audit.records, contents, bytes, missing };
    let Tally { parts, uses, numbers, .. } = tally;
    let (sections, plugins) = (sections::sections(&manifest, &numbers), plugins::needed(uses));
    Ok(Inventory { container, manifest, activities, people, files, sizes, report, sections, plugins, parts })
}

/// `activities/forum_630` of `activities/forum_630/forum.xml`.
fn folder(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("activities/").or_else(|| path.strip_prefix("sections/"))?;
    let end = path.len() - rest.len() + rest.find('/')?;
    path.get(..end)
}
