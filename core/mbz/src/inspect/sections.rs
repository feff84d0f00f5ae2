//! The sections of a course, with what is in each.

use crate::manifest::Manifest;
use serde::Serialize;
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its place in the course, from 0; absent when the archive does not say.
    pub number: Option<i64>,
    /// Its name, or its number when it has none. Hostile text: escape it wherever it is shown.
    pub title: String,
    /// `sections/section_12`.
    pub place: String,
    pub activities: u64,
    /// Whether it is the inside of a subsection (from 4.5 on).
    pub subsection: bool,
}

/// Sections that the manifest lists, in the order of their numbers.
pub(super) fn sections(m: &Manifest, numbers: &HashMap<String, i64>) -> Vec<Section> {
    let mut held: HashMap<i64, u64> = HashMap::new();
    for a in &m.activities {
        *held.entry(a.sectionid).or_default() += 1;
    }
    let section = |s: &crate::manifest::Section| Section {
        number: numbers.get(&s.directory).copied(),
        title: s.title.clone(),
        place: s.directory.clone(),
        activities: held.get(&s.sectionid).copied().unwrap_or(0),
        subsection: s.modname == "subsection",
    };
    let mut sections: Vec<Section> = m.sections.iter().map(section).collect();
    sections.sort_by_key(|s| s.number.unwrap_or(i64::MAX));
    sections
}
