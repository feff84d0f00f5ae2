//! What went wrong below, in the reader's language.
//!
//! The layers below speak English, for terminals and logs. Here each kind of failure gets words of `lang/`; what has none (a parser's remark) stays as a detail.

use crate::lang::{Lang, say, size};
use parcours_actions::ActionError;
use parcours_mbz::{Error, Limit, Place};
use serde::Serialize;

/// Why something did not happen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Cause {
    /// What happened and what to do.
    pub text: String,
    /// Where in an archive.
    pub place: String,
    /// A technical remark, in English.
    pub detail: String,
}

/// Why an import ended.
pub(crate) fn of_import(lang: Lang, error: &ActionError) -> Cause {
    match error {
        ActionError::Archive(e) => of_archive(lang, e),
        other => Cause { text: say(lang, "job.failed.ours", &[]), detail: other.to_string(), ..Cause::default() },
    }
}

/// Why a work on a course or a file ended.
pub(crate) fn of_work(lang: Lang, error: &ActionError) -> Cause {
    match error {
        ActionError::Archive(e) => of_archive(lang, e),
        ActionError::Foreign(what) => {
            Cause { text: say(lang, "error.foreign.text", &[("what", what.escape_debug().to_string())]), ..Cause::default() }
        }
        ActionError::NoQuestions(why) => Cause { text: say(lang, "error.no_questions.text", &[]), detail: why.clone(), ..Cause::default() },
        ActionError::NotFound | ActionError::Denied(_) => Cause { text: say(lang, "error.denied.text", &[]), ..Cause::default() },
        other => Cause { text: say(lang, "work.failed.ours", &[]), detail: other.to_string(), ..Cause::default() },
    }
}

/// Why an archive cannot be read.
pub(crate) fn of_archive(lang: Lang, error: &Error) -> Cause {
    let at = |place: &Place| place_of(lang, place);
    let entry = |path: &str| at(&Place::entry(path));
    let (key, place, detail) = match error {
        Error::Io(e) => ("archive.io", String::new(), e.to_string()),
        Error::NotAnArchive { .. } => ("archive.not_an_archive", String::new(), String::new()),
        Error::Moodle1 => ("archive.moodle_1", String::new(), String::new()),
        Error::CommonCartridge => ("archive.common_cartridge", String::new(), String::new()),
        Error::NoManifest { folder: None } => ("archive.no_manifest", String::new(), String::new()),
        Error::NoManifest { folder: Some(folder) } => ("archive.manifest_in_folder", entry(folder), String::new()),
        Error::EmptyManifest => ("archive.empty_manifest", String::new(), String::new()),
        Error::ForeignManifest { place, what } => ("archive.foreign_manifest", at(place), what.clone()),
        Error::Truncated { place } => ("archive.truncated", at(place), String::new()),
        Error::Damaged { place, what } => ("archive.damaged", at(place), what.clone()),
        Error::Contradiction { place, what } => ("archive.contradiction", at(place), what.clone()),
        Error::BadPath { path, fault } => ("archive.bad_path", entry(path), fault.to_string()),
        Error::NotAFile { path, special } => ("archive.not_a_file", entry(path), special.to_string()),
        Error::Duplicate { path } => ("archive.duplicate", entry(path), String::new()),
        Error::Encrypted { path } => ("archive.encrypted", entry(path), String::new()),
        Error::Method { path, .. } => ("archive.method", entry(path), String::new()),
        Error::Limit { place, limit, value } => {
            let args = [("limit", limit_name(lang, *limit)), ("value", limit_value(lang, *limit, *value))];
            return Cause { text: say(lang, "archive.limit", &args), place: at(place), detail: String::new() };
        }
        Error::Syntax { place, what } => ("archive.syntax", at(place), what.clone()),
        Error::Forbidden { place, what } => ("archive.forbidden", at(place), what.to_string()),
        other => ("archive.unknown", String::new(), other.to_string()),
    };
    Cause { text: say(lang, key, &[]), place, detail }
}

/// The path is hostile text: control characters are made visible, and the template escapes the rest.
fn place_of(lang: Lang, place: &Place) -> String {
    let name = place.entry.escape_debug().to_string();
    let number = |n: u64| n.to_string();
    match (place.entry.is_empty(), place.line) {
        (true, _) => String::new(),
        (false, 0) => say(lang, "archive.at.entry", &[("entry", name)]),
        (false, line) => say(lang, "archive.at.line", &[("entry", name), ("line", number(line)), ("column", number(place.column))]),
    }
}

fn limit_name(lang: Lang, limit: Limit) -> String {
    let key = match limit {
        Limit::ArchiveBytes => "limit.archive",
        Limit::TotalBytes => "limit.total",
        Limit::TotalRatio | Limit::XmlRatio | Limit::ContentRatio => "limit.ratio",
        Limit::Entries => "limit.entries",
        Limit::EntryBytes => "limit.entry",
        Limit::XmlBytes => "limit.xml",
        Limit::PathBytes | Limit::PathDepth => "limit.path",
        Limit::HeaderBytes | Limit::DirectoryBytes => "limit.header",
        Limit::XmlDepth | Limit::TagBytes | Limit::Attributes => "limit.markup",
        Limit::TextBytes | Limit::RecordBytes => "limit.text",
    };
    say(lang, key, &[])
}

fn limit_value(lang: Lang, limit: Limit, value: u64) -> String {
    if limit.name().ends_with("-bytes") { size(lang, value) } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_fails_in_the_readers_words_and_at_its_place() {
        let place = Place { entry: "users.xml".into(), line: 3, column: 14 };
        let fr = of_archive(Lang::Fr, &Error::Syntax { place: place.clone(), what: "a tag is not closed".into() });
        assert!(fr.text.starts_with("Un document XML") && fr.place.contains("users.xml, ligne 3, colonne 14"), "{fr:?}");
        assert_eq!(fr.detail, "a tag is not closed");
        let limit = of_archive(Lang::Fr, &Error::Limit { place, limit: Limit::XmlBytes, value: 2_000_000 });
        assert!(limit.text.contains("2\u{a0}Mo") && limit.text.contains("document XML"), "{limit:?}");
    }

    #[test]
    fn a_hostile_path_stays_on_its_line() {
        let cause = of_archive(Lang::En, &Error::Duplicate { path: "a\u{202e}\n<b>".into() });
        assert!(!cause.place.contains(['\n', '\u{202e}']), "{cause:?}");
    }

    #[test]
    fn our_own_failure_is_not_the_archives() {
        let e = ActionError::Io { doing: "making room".into(), source: std::io::Error::other("disk full") };
        let cause = of_import(Lang::Fr, &e);
        assert!(cause.text.contains("serveur") && cause.detail.contains("disk full"), "{cause:?}");
    }
}
