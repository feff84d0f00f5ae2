//! How many there are of the things that no list of the manifest names.

use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Parts {
    /// Questions of each type, all versions of each counted.
    pub questions: BTreeMap<String, u64>,
    /// Blocks of each name, of the course and of activities.
    pub blocks: BTreeMap<String, u64>,
    pub grade_items: u64,
    pub badges: u64,
    /// Distinct contents that some file names `….h5p`.
    pub h5p_packages: u64,
}
