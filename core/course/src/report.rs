//! What became of each item: loss is data with a place, not a sentence in a log.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What became of one item of the archive. Every item has exactly one fate, so that items in = imported + approximated + kept + refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// Understood, usable here, and written back as it was.
    Imported,
    /// Usable here, with a difference that the finding names.
    Approximated,
    /// Not understood or not used here; kept whole and written back in its place.
    Kept,
    /// Left out, for the reason given.
    Refused,
}

/// Why. The list is documented for people in `core/docs/report.md`; a new reason gets a line there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Nothing to say.
    AsItCame,
    /// No installed module runs activities of this kind.
    NoModule,
    /// A document that nothing here reads yet.
    NotRead,
    /// The document could not be laid out as records (duplicate numbers, text between elements…).
    NotRecords,
    /// `files.xml` lists a content that the archive does not hold (MBZ-FORMAT §6.2).
    MissingContent,
    /// A content whose SHA-1 is not its name.
    WrongHash,
    /// A stored content that `files.xml` does not list.
    UnlistedContent,
    /// The archive names a person it does not describe.
    UnknownPerson,
    /// A person of the archive was joined to an account of this domain.
    JoinedAccount,
    /// The archive describes an activity or section in its contents list without its files.
    MissingDocument,
    /// A folder of the archive that the contents list does not name: Moodle would not restore it (MBZ-FORMAT §3.4).
    Unlisted,
    /// An XML document that holds nothing at all.
    EmptyDocument,
    /// An availability rule with a condition this program cannot evaluate: the activity stays closed to learners.
    UnknownCondition,
    /// Left out because the export or import was asked for without people.
    WithoutPeople,
    /// Secrets (keys, encrypted leaves) that only the first site could read (MBZ-FORMAT §2.9).
    Secret,
    /// Switched off on the way in for safety, as SECURITY C asks.
    Disarmed,
}

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub fate: Fate,
    pub reason: Reason,
    /// What it is, in Moodle's words: `activity`, `section`, `course`, `person`, `document`, `file`, `block`.
    pub item: String,
    /// Where: an entry of the archive, with a record in it when that helps (`activities/forum_630/forum.xml`).
    pub place: String,
    /// The item's own name, as its author wrote it. Hostile text: escape it wherever it is shown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// More, for a person: a number, a hash, a hint.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Whether it counts as one item, or only remarks on one that is counted elsewhere.
    pub counts: bool,
}

/// Everything there is to say about one reading, import or export.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    pub findings: Vec<Finding>,
}

/// How many items met which fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    pub items_in: usize,
    pub imported: usize,
    pub approximated: usize,
    pub kept: usize,
    pub refused: usize,
}

impl Report {
    /// Counts one item.
    pub fn item(&mut self, fate: Fate, reason: Reason, item: &str, place: impl Into<String>, name: impl Into<String>) {
        self.push(fate, reason, item, place.into(), name.into(), String::new(), true);
    }

    /// Remarks on something that is counted elsewhere.
    pub fn remark(&mut self, fate: Fate, reason: Reason, item: &str, place: impl Into<String>, detail: impl Into<String>) {
        self.push(fate, reason, item, place.into(), String::new(), detail.into(), false);
    }

    #[allow(clippy::too_many_arguments)]
    fn push(&mut self, fate: Fate, reason: Reason, item: &str, place: String, name: String, detail: String, counts: bool) {
        self.findings.push(Finding { fate, reason, item: item.to_owned(), place, name, detail, counts });
    }

    pub fn counts(&self) -> Counts {
        let mut c = Counts::default();
        for f in self.findings.iter().filter(|f| f.counts) {
            c.items_in += 1;
            match f.fate {
                Fate::Imported => c.imported += 1,
                Fate::Approximated => c.approximated += 1,
                Fate::Kept => c.kept += 1,
                Fate::Refused => c.refused += 1,
            }
        }
        c
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fate::Imported => "imported",
            Fate::Approximated => "approximated",
            Fate::Kept => "kept",
            Fate::Refused => "refused",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_add_up_and_remarks_do_not_count() {
        let mut r = Report::default();
        r.item(Fate::Imported, Reason::AsItCame, "activity", "activities/forum_1", "Forum");
        r.item(Fate::Kept, Reason::NoModule, "activity", "activities/quiz_2", "Quiz");
        r.remark(Fate::Kept, Reason::MissingContent, "file", "files.xml", "abc");
        let c = r.counts();
        assert_eq!(c.items_in, c.imported + c.approximated + c.kept + c.refused);
        assert_eq!((c.items_in, c.imported, c.kept), (2, 1, 1));
    }
}
