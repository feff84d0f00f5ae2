//! People of an archive, replaced consistently or taken out with all they wrote.
//!
//! [`replace`] gives everybody a made-up identity, the same wherever they are named: numbers, names, mail addresses, addresses of the network, pictures, what forms and logs hold
//! inside of JSON, serialised PHP and base64. What people wrote stays. [`remove`] leaves the course as it would be had nobody ever been in it. Which leaves name people is told by
//! rules ([`parcours_mbz::people::names`]), so both hold for modules nobody knows.
//!
//! | file | does |
//! |---|---|
//! | `cast` | who there is, and whom each becomes |
//! | `mention` | finds names, usernames and addresses in texts |
//! | `scrub` | one value, and what is packed in it |
//! | `condition` | restrictions to a person |
//! | `document` | a document, value by value |
//! | `users`, `files` | the people themselves, and what they uploaded |
//!
//! Contents of files are not looked into: a report remarks on it. Times stay as they were.

mod cast;
mod condition;
mod document;
mod files;
mod links;
mod mention;
mod scrub;
mod users;

use cast::Cast;
use document::Document;
use parcours_course::Language;
use parcours_course::report::{Fate, Reason, Report};
use parcours_mbz::container::{is_pool, is_xml};
use parcours_mbz::xml::{Element, Rewrite};
use parcours_mbz::{Error, Unpacked, people};
use scrub::Scrub;

const USERS: &str = "users.xml";
const LOG: &str = "moodle_backup.log";
const MANIFEST: &str = "moodle_backup.xml";

/// What may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Whether full names, usernames and mail addresses that texts mention are replaced, in file names too. They are listed in any case. A first or a last name alone is
    /// listed and never replaced: it may be a word, or somebody else.
    pub replace_mentions: bool,
    /// The language of made-up names, and of the report.
    pub language: Language,
}

/// Gives everybody a made-up identity.
///
/// Who becomes whom follows from `seed` and the person's number alone: the same seed makes the same archive, byte for byte, and gives the people of a later backup of the course the
/// same identities; nobody can tell without it. Keep it, or throw it away.
///
/// Counted are people (an item each). Remarks: files that people uploaded, texts that name people, restrictions to a person.
///
/// - A record that was to be anonymous (an answer to an anonymous survey, an anonymous log line) names nobody afterwards: whatever the archive held (MBZ-FORMAT §15.15).
/// - A restriction to something in people's profiles is closed to everybody, unless it asks for the mail address of one person of the archive: then it asks for
///   the made-up one. It never opens what was closed.
///
/// # Errors
/// As [`Unpacked::rewrite`].
pub fn replace(course: &mut Unpacked, seed: &[u8], options: Options) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut cast = Cast::of(course, Some(seed), options.language)?;
    users::replace(course, &mut cast, &mut report)?;
    let gone = files::pass(course, &mut cast, options, &mut report)?;
    for path in course.documents().into_iter().filter(|p| p != USERS && p != files::FILES) {
        pass(course, &path, &mut cast, options, &gone, &mut report)?;
    }
    finish(course, options, &mut report)?;
    Ok(report)
}

/// Takes everybody out, with all they wrote, as a backup without users would be (MBZ-FORMAT §4): no `users.xml`, the settings say so, no record is anybody's, and what only names who
/// made it names nobody. Files that people handed in go with them.
///
/// Counted are documents that lost records (an item each, with their number). Remarks: as for [`replace`]; names that texts of the course mention are those of the people
/// who were in the archive. Restrictions to something in people's profiles are closed to everybody.
///
/// # Errors
/// As [`Unpacked::rewrite`].
pub fn remove(course: &mut Unpacked, options: Options) -> Result<Report, Error> {
    let mut report = Report::default();
    let mut cast = Cast::of(course, None, options.language)?;
    course.remove(USERS);
    let gone = files::pass(course, &mut cast, options, &mut report)?;
    for path in course.documents().into_iter().filter(|p| p != files::FILES) {
        let taken = course.strip(&path, &|id| cast.knows(id))?;
        if taken > 0 {
            report.item(
                Fate::Refused,
                Reason::WithoutPeople,
                "document",
                &path,
                options.language.of("records of people", "enregistrements de personnes"),
            );
            detail(&mut report, taken.to_string());
        }
        pass(course, &path, &mut cast, options, &gone, &mut report)?;
    }
    course.rewrite(MANIFEST, &mut Settings)?;
    finish(course, options, &mut report)?;
    Ok(report)
}

fn pass(course: &mut Unpacked, path: &str, cast: &mut Cast, options: Options, gone: &files::Gone, report: &mut Report) -> Result<(), Error> {
    let mut document = Document::new(path, Scrub::new(cast, options, path), gone, report);
    course.rewrite(path, &mut document)?;
    document.finish();
    Ok(())
}

/// What a Moodle told its log, by which name whoever, and what cannot be looked into.
fn finish(course: &mut Unpacked, options: Options, report: &mut Report) -> Result<(), Error> {
    if course.has(LOG) {
        course.put_bytes(LOG, b"")?;
    }
    for path in course.paths().into_iter().filter(|p| p.starts_with(people::ORIGINALS)) {
        course.remove(&path);
        let words = options.language.of("what the archive was before it was changed", "ce qu’était l’archive avant sa conversion");
        report.remark(Fate::Refused, Reason::WithoutPeople, "entry", path, words);
    }
    let unread = options.language.of("what it says was not read", "son contenu n’a pas été lu");
    let mut pool = false;
    for path in course.paths().into_iter().filter(|p| p != LOG && !is_xml(p)) {
        match is_pool(&path) {
            true => pool = true,
            false => report.remark(Fate::Kept, Reason::NotRead, "entry", path, unread),
        }
    }
    if pool {
        let words = options.language.of("what the files themselves say was not read", "ce que disent les fichiers eux-mêmes n’a pas été lu");
        report.remark(Fate::Kept, Reason::NotRead, "file", "files", words);
    }
    Ok(())
}

/// Gives the last finding a detail.
fn detail(report: &mut Report, text: String) {
    report.findings.last_mut().into_iter().for_each(|f| f.detail = text.clone());
}

/// `users` and every `…_userinfo` become 0 (MBZ-FORMAT §3.5).
struct Settings;

impl Rewrite for Settings {
    fn takes(&mut self, path: &[String]) -> bool {
        path.last().is_some_and(|n| n == "setting")
    }

    fn element(&mut self, _: &[String], mut setting: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        if people::is_setting(setting.leaf("name")) {
            setting.set("value", 0);
        }
        out.push(setting);
        Ok(())
    }
}
