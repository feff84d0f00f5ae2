//! The Moodle that an archive is judged for.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A stock Moodle: one of the releases with long support, or the newest that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Target {
    #[serde(rename = "4.1")]
    M41,
    #[serde(rename = "4.5")]
    M45,
    #[default]
    #[serde(rename = "5.1")]
    M51,
}

impl Target {
    /// Oldest first.
    pub const ALL: [Target; 3] = [Target::M41, Target::M45, Target::M51];

    /// `4.1`.
    pub fn release(self) -> &'static str {
        match self {
            Target::M41 => "4.1",
            Target::M45 => "4.5",
            Target::M51 => "5.1",
        }
    }

    /// The first `moodle_version` that is of a later release. Versions of a release are its day and two digits; any later release has a later day.
    pub(super) fn after(self) -> u64 {
        match self {
            Target::M41 => 2_022_112_900,
            Target::M45 => 2_024_100_800,
            Target::M51 => 2_025_100_700,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.release())
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(release: &str) -> Result<Self, String> {
        Target::ALL.into_iter().find(|t| t.release() == release).ok_or_else(|| "the releases are `4.1`, `4.5` and `5.1`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_read_as_it_is_written() {
        for target in Target::ALL {
            assert_eq!(target.to_string().parse(), Ok(target));
            assert_eq!(serde_json::to_value(target).ok(), Some(target.release().into()));
        }
        assert!("4.2".parse::<Target>().is_err() && "".parse::<Target>().is_err());
    }
}
