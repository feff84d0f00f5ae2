//! The report's words, in plain language.

use crate::lang::{Lang, say};
use parcours_course::report::{Fate, Reason};

pub(crate) const FATES: [Fate; 4] = [Fate::Imported, Fate::Approximated, Fate::Kept, Fate::Refused];

/// The word in addresses and classes.
pub(crate) fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Imported => "imported",
        Fate::Approximated => "approximated",
        Fate::Kept => "kept",
        Fate::Refused => "refused",
    }
}

pub(crate) fn fate_name(lang: Lang, fate: Fate) -> String {
    let key = match fate {
        Fate::Imported => "fate.imported",
        Fate::Approximated => "fate.approximated",
        Fate::Kept => "fate.kept",
        Fate::Refused => "fate.refused",
    };
    say(lang, key, &[])
}

pub(crate) fn reason(lang: Lang, reason: Reason) -> String {
    reason.words(lang.into()).to_owned()
}

/// A kind of item; one that we have no word for is shown as it is.
pub(crate) fn item(lang: Lang, item: &str) -> String {
    let key = match item {
        "activity" => "item.activity",
        "section" => "item.section",
        "course" => "item.course",
        "person" => "item.person",
        "document" => "item.document",
        "file" => "item.file",
        "block" => "item.block",
        "question" => "item.question",
        "category" => "item.category",
        "setting" => "item.setting",
        "text" => "item.text",
        "role" => "item.role",
        "group" => "item.group",
        "link" => "item.link",
        "secret" => "item.secret",
        other => return other.to_owned(),
    };
    say(lang, key, &[])
}
