//! Would a stock Moodle restore this archive, and what would it drop without a word?
//!
//! The rules are those that Moodle 5.1 was seen to apply (MBZ-FORMAT §13 and the sections each [`Rule`] names); [`for_release`] asks another [`Release`]. One pass over the archive takes down numbers,
//! and names of what may have to be named; what points at what is looked at when all of it has been seen.
//!
//! | file | looks at |
//! |---|---|
//! | `manifest` | the beginning, the values and the settings of `moodle_backup.xml` |
//! | `tree` | documents that must be there, folders against the contents list |
//! | `files` | `files.xml` against the pool |
//! | `people` | users, roles, enrolments, comments |
//! | `course` | sections, modules, blocks, groups, filters, criteria |
//! | `conditions` | restrictions |
//! | `questions` | categories, and the slots of quizzes |
//! | `grades` | grade items and calculations |
//! | `text` | every leaf: links, dates, characters |

mod areas;
pub(crate) mod conditions;
mod course;
mod depends;
pub(crate) mod doc;
mod element;
mod facts;
mod files;
mod finding;
mod grades;
mod inforef;
mod inner;
mod judge;
mod later;
mod manifest;
mod people;
pub(crate) mod plugins;
mod questions;
mod rule;
mod scan;
mod serialised;
mod shown;
pub(crate) mod stock;
mod survey;
mod text;
mod tree;

pub use crate::Release;
pub use finding::{At, Counts, Finding, Verdict};
pub use parcours_course::Language;
pub use rule::{About, Rule, Severity};
pub use stock::Plugin;

use crate::container::{Container, Input, MANIFEST, is_pool, is_xml, open};
use crate::error::{Error, Forbidden};
use crate::limits::Limits;
use crate::manifest::would_be_found;
use crate::pool::Hashing;
use finding::Findings;
use std::io::{self, Read};
use survey::Survey;

/// How much of the manifest Moodle looks at to tell what it is.
const BEGINNING: u64 = 200;

/// Judges an archive as a stock Moodle 5.1 would.
///
/// Memory grows with the number of records that others point at, not with what they hold.
///
/// ```no_run
/// # fn main() -> Result<(), parcours_mbz::Error> {
/// let verdict = parcours_mbz::validate(std::fs::File::open("course.mbz")?, &Default::default())?;
/// for finding in &verdict.findings {
///     println!("{} {}: {}", finding.severity, finding.rule.code(), finding.place.entry);
/// }
/// # Ok(()) }
/// ```
///
/// # Errors
/// What keeps this program from reading and would not keep a Moodle: a limit, a path or an entry that no backup has, a DOCTYPE; another format of backup; and
/// the device. What a Moodle cannot read either is a finding.
pub fn validate(input: impl Input + 'static, limits: &Limits) -> Result<Verdict, Error> {
    for_release(input, limits, Release::default())
}

/// Judges an archive as a stock Moodle of this release would.
///
/// The rules of refusal were seen at work in 5.1 and are taken to be those of the others; which plug-ins and which parts of a backup each release knows is looked
/// up by release (MBZ-FORMAT §14).
///
/// # Errors
/// As [`validate`].
pub fn for_release(input: impl Input + 'static, limits: &Limits, target: Release) -> Result<Verdict, Error> {
    let [verdict] = for_releases(input, limits, [target])?;
    Ok(verdict)
}

/// Judges an archive as each of several Moodles would, reading it once: a verdict for each, in the order given.
///
/// # Errors
/// As [`validate`].
pub fn for_releases<const N: usize>(input: impl Input + 'static, limits: &Limits, targets: [Release; N]) -> Result<[Verdict; N], Error> {
    let mut container = None;
    let mut survey = Survey::default();
    match look(input, limits, &mut container, &mut survey) {
        Ok(()) => Ok(survey.verdicts(container, targets)),
        Err(e) => {
            let Some(rule) = refusal(&e) else { return Err(e) };
            // What was not seen is not missing: nothing else is said.
            let mut findings = Findings::default();
            findings.add(rule, "", "", e.to_string());
            Ok(targets.map(|target| findings.clone().verdict(target, container, "", "")))
        }
    }
}

fn look(input: impl Input + 'static, limits: &Limits, container: &mut Option<Container>, survey: &mut Survey) -> Result<(), Error> {
    let mut archive = open(input, limits)?;
    *container = Some(archive.container());
    while let Some(mut entry) = archive.next()? {
        let path = entry.path.clone();
        if is_pool(&path) {
            let mut hashing = Hashing::new(&mut entry);
            io::copy(&mut hashing, &mut io::sink())?;
            survey.content(&path, hashing.finish());
        } else if is_xml(&path) {
            let mut beginning = Vec::new();
            (&mut entry).take(BEGINNING).read_to_end(&mut beginning)?;
            if path == MANIFEST && !would_be_found(&beginning) {
                survey.undetected();
            }
            match survey.document(beginning.chain(&mut entry), &path, limits) {
                Err(Error::Syntax { place, what }) => survey.broken(&path, place.line, &what),
                Err(Error::Forbidden { place, what: what @ (Forbidden::Entity | Forbidden::Encoding) }) => {
                    survey.broken(&path, place.line, &what.to_string())
                }
                other => other?,
            }
        }
    }
    Ok(())
}

/// The rule that an error of reading comes to, if it would stop a Moodle too.
fn refusal(e: &Error) -> Option<Rule> {
    match e {
        Error::NotAnArchive { .. } | Error::Truncated { .. } | Error::Damaged { .. } | Error::Encrypted { .. } | Error::Method { .. } => {
            Some(Rule::UnreadableArchive)
        }
        Error::NoManifest { .. } => Some(Rule::NoManifest),
        Error::ForeignManifest { .. } | Error::EmptyManifest => Some(Rule::ManifestNotDetected),
        _ => None,
    }
}
