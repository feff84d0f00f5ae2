//! The plug-ins that a backup needs beyond those of a stock Moodle.

use crate::validate::{Release, stock};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plugin {
    /// Moodle's name for it: `mod_questionnaire`, `qtype_stack`. Hostile text: escape it wherever it is shown.
    pub component: String,
    /// How often the archive uses it: activities, questions, blocks, enrolments, conditions …
    pub used: u64,
    /// The stock Moodles that come without it, oldest first.
    pub absent_from: Vec<Release>,
}

impl Plugin {
    /// Whether a stock Moodle of this release needs it added.
    pub fn is_absent_from(&self, target: Release) -> bool {
        self.absent_from.contains(&target)
    }
}

pub(super) fn needed(uses: BTreeMap<(stock::Plugin, String), u64>) -> Vec<Plugin> {
    uses.into_iter()
        .map(|((kind, name), used)| {
            let absent_from = Release::ALL.into_iter().filter(|t| !stock::has(*t, kind, &name)).collect();
            Plugin { component: kind.component(&name), used, absent_from }
        })
        .collect()
}
