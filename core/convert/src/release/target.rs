//! The releases that archives are made for, and what they know.

use std::fmt;
use std::str::FromStr;

/// A Moodle release with a shape of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Release {
    M41,
    M45,
    M51,
}

/// The numbers of a release's first stable build, as its backups write them (MBZ-FORMAT §3.2).
pub(super) struct Numbers {
    /// Also the version of its core modules.
    pub moodle_version: i64,
    pub moodle_release: &'static str,
    pub backup_version: i64,
    pub backup_release: &'static str,
}

/// Modules that some release had in core and others have not: name, first release, last release, of those that archives are made for.
const MODULES: &[(&str, Option<(Release, Release)>)] = &[
    ("assignment", None),
    ("chat", Some((Release::M41, Release::M45))),
    ("qbank", Some((Release::M51, Release::M51))),
    ("subsection", Some((Release::M45, Release::M51))),
    ("survey", Some((Release::M41, Release::M45))),
];

impl Release {
    pub const ALL: &[Release] = &[Release::M41, Release::M45, Release::M51];

    pub(super) fn numbers(self) -> Numbers {
        match self {
            Release::M41 => Numbers {
                moodle_version: 2_022_112_800,
                moodle_release: "4.1 (Build: 20221128)",
                backup_version: 2_022_112_800,
                backup_release: "4.1",
            },
            Release::M45 => Numbers {
                moodle_version: 2_024_100_700,
                moodle_release: "4.5 (Build: 20241007)",
                backup_version: 2_024_100_700,
                backup_release: "4.5",
            },
            Release::M51 => Numbers {
                moodle_version: 2_025_100_600,
                moodle_release: "5.1 (Build: 20251006)",
                backup_version: 2_025_100_600,
                backup_release: "5.1",
            },
        }
    }

    /// Whether question categories stand in activities only (from 5.0 on; MBZ-FORMAT §10.1).
    pub(super) fn banks(self) -> bool {
        self >= Release::M51
    }

    /// Whether random slots have the filter of 4.3 (§10.5), and archives xAPI states (§4).
    pub(super) fn filters(self) -> bool {
        self >= Release::M45
    }

    /// Whether there are subsections, and parts of a quiz with grades of their own (4.4, 4.5).
    pub(super) fn subsections(self) -> bool {
        self >= Release::M45
    }

    /// Whether attempts may be submitted and not marked, or made and not begun (5.0; §10.6).
    pub(super) fn submitted(self) -> bool {
        self >= Release::M51
    }

    /// Whether a core module of another release is not in this one. Of modules that never were in core nothing is known.
    pub(super) fn lacks_module(self, name: &str) -> bool {
        MODULES.iter().any(|(module, releases)| *module == name && releases.is_none_or(|(first, last)| self < first || self > last))
    }

    /// Whether a core question type of another release is not in this one: `ordering` came with 4.4.
    pub(super) fn lacks_question_type(self, name: &str) -> bool {
        name == "ordering" && self < Release::M45
    }
}

impl FromStr for Release {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Release::ALL.iter().copied().find(|r| r.to_string() == text).ok_or_else(|| "the releases are 4.1, 4.5 and 5.1".to_owned())
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.numbers().backup_release)
    }
}

/// A release as two numbers, for comparing: `3.11` is after `3.5`. Nothing readable is (0, 0).
pub(super) fn pair(release: &str) -> (u32, u32) {
    let mut parts = release.split(|c: char| !c.is_ascii_digit()).map(|p| p.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_read_as_they_are_written() {
        for release in Release::ALL {
            assert_eq!(release.to_string().parse::<Release>().as_ref(), Ok(release));
        }
        assert!("3.9".parse::<Release>().is_err());
        assert!(pair("3.11+") > pair("3.5") && pair("") == (0, 0));
    }

    #[test]
    fn modules_come_and_go() {
        assert!(Release::M51.lacks_module("chat") && !Release::M45.lacks_module("chat") && Release::M41.lacks_module("qbank"));
        assert!(Release::ALL.iter().all(|r| r.lacks_module("assignment") && !r.lacks_module("forum") && !r.lacks_module("hvp")));
    }
}
