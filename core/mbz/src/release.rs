//! The Moodle releases that archives are judged for and made for.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A Moodle release with a shape of its own: the two with long support, and the newest that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Release {
    #[serde(rename = "4.1")]
    M41,
    #[serde(rename = "4.5")]
    M45,
    #[default]
    #[serde(rename = "5.1")]
    M51,
}

/// The numbers of a release's first stable build, as its backups write them (MBZ-FORMAT §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// Also the version of its core modules.
    pub moodle_version: i64,
    pub moodle_release: &'static str,
    pub backup_version: i64,
    pub backup_release: &'static str,
}

impl Release {
    /// Oldest first.
    pub const ALL: [Release; 3] = [Release::M41, Release::M45, Release::M51];

    /// `4.1`.
    pub fn name(self) -> &'static str {
        self.numbers().backup_release
    }

    /// Its numbers.
    pub fn numbers(self) -> Numbers {
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
    pub fn banks(self) -> bool {
        self >= Release::M51
    }

    /// Whether random slots have the filter of 4.3 (§10.5), and archives xAPI states (§4).
    pub fn filters(self) -> bool {
        self >= Release::M45
    }

    /// Whether there are subsections, and parts of a quiz with grades of their own (4.4, 4.5).
    pub fn subsections(self) -> bool {
        self >= Release::M45
    }

    /// Whether attempts may be submitted and not marked, or made and not begun (5.0; §10.6).
    pub fn submitted(self) -> bool {
        self >= Release::M51
    }

    /// The first `moodle_version` that is of a later release. Versions of a release are its day and two digits; any later release has a later day.
    pub(crate) fn after(self) -> u64 {
        match self {
            Release::M41 => 2_022_112_900,
            Release::M45 => 2_024_100_800,
            Release::M51 => 2_025_100_700,
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Release {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Release::ALL.into_iter().find(|r| r.name() == name).ok_or_else(|| "the releases are `4.1`, `4.5` and `5.1`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_read_as_it_is_written() {
        for release in Release::ALL {
            assert_eq!(release.to_string().parse(), Ok(release));
            assert_eq!(serde_json::to_value(release).ok(), Some(release.name().into()));
        }
        assert!("4.2".parse::<Release>().is_err() && "".parse::<Release>().is_err());
    }
}
