//! `inforef.xml`: which shared records a task uses. What it does not list is not restored (MBZ-FORMAT §5.2).

use crate::xml::{Element, group, leaf};
use std::collections::BTreeSet;

#[derive(Debug, Default)]
pub struct Refs {
    pub users: BTreeSet<i64>,
    pub groupings: BTreeSet<i64>,
    pub groups: BTreeSet<i64>,
    pub roles: BTreeSet<i64>,
    pub files: BTreeSet<i64>,
    pub scales: BTreeSet<i64>,
    pub grade_items: BTreeSet<i64>,
}

impl Refs {
    /// The document, its lists in Moodle's order, empty ones left out.
    pub fn element(&self) -> Element {
        let lists = [
            ("user", &self.users),
            ("grouping", &self.groupings),
            ("group", &self.groups),
            ("role", &self.roles),
            ("file", &self.files),
            ("scale", &self.scales),
            ("grade_item", &self.grade_items),
        ];
        let filled = lists.into_iter().filter(|(_, ids)| !ids.is_empty());
        group("inforef", filled.map(|(name, ids)| group(&format!("{name}ref"), ids.iter().map(|id| group(name, [leaf("id", id)])))))
    }
}
