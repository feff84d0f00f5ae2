//! `moodle_backup.xml`: what must be said, and what the settings leave out (MBZ-FORMAT §3, §13).

use super::element::{Element, number};
use super::facts::Facts;
use super::finding::Findings;
use super::rule::Rule;
use crate::Release;
use crate::container::MANIFEST;
use crate::manifest::Manifest;

/// Without these the restore ends in an error.
const NEEDED: &[&str] = &["backup_version", "original_course_contextid", "original_course_id", "original_system_contextid"];
/// Without these the backup is taken for an old one.
const EXPECTED: &[&str] = &["moodle_version", "backup_release"];
/// The first `backup_version` that Moodle restores.
const OLDEST: i64 = 2_010_072_300;

pub(super) fn leaf(facts: &mut Facts, parent: Element<'_>, name: &str) {
    if parent.name() == "information"
        && let Some(name) = NEEDED.iter().chain(EXPECTED).find(|n| **n == name)
    {
        facts.head.leaves.insert(name);
    }
    facts.head.sections |= name == "sections" && parent.name() == "contents";
}

pub(super) fn record(facts: &mut Facts, element: Element<'_>) {
    facts.head.sections |= element.name() == "sections" && element.parent().name() == "contents";
}

pub(super) fn judge(facts: &Facts, m: &Manifest, target: Release, out: &mut Findings) {
    let i = &m.information;
    for leaf in NEEDED.iter().filter(|l| !facts.head.leaves.contains(*l)) {
        out.add(Rule::ManifestLeafMissing, MANIFEST, "", *leaf);
    }
    for leaf in EXPECTED.iter().filter(|l| !facts.head.leaves.contains(*l)) {
        out.add(Rule::ReleaseMissing, MANIFEST, "", *leaf);
    }
    if number(&i.backup_version).is_some_and(|v| v < OLDEST) {
        out.add(Rule::BackupTooOld, MANIFEST, "", &i.backup_version);
    }
    if i.moodle_version.split('.').next().and_then(|v| v.parse::<u64>().ok()).is_some_and(|v| v >= target.after()) {
        out.add(Rule::NewerRelease, MANIFEST, "", &i.moodle_release);
    }
    if !["course", "section", "activity"].contains(&m.kind()) {
        out.add(Rule::NoDetail, MANIFEST, "", m.kind());
    }
    if !facts.head.sections && m.settings.iter().any(|s| s.level == "section") {
        out.add(Rule::NoSectionsListed, MANIFEST, "", "");
    }
    if has_tag(&i.course_fullname) {
        out.add(Rule::TagInCourseName, MANIFEST, &i.course_fullname, "");
    }
    if i.course_format == "site" {
        out.add(Rule::FrontPage, MANIFEST, "", "");
    }
    if i.mnet_remoteusers {
        out.add(Rule::RemoteUsers, MANIFEST, "", "");
    }
    if !m.settings.iter().any(|s| s.owner.is_empty()) {
        out.add(Rule::NoRootSettings, MANIFEST, "", "");
    }
    for (owner, directory, title) in owners(m) {
        let set = |what: &str| m.settings.iter().any(|s| s.owner == owner && s.name == format!("{owner}_{what}"));
        if !set("included") {
            out.add(Rule::IncludedMissing, directory, title, "");
        }
        if m.has_people() && directory.starts_with("activities/") && !set("userinfo") {
            out.add(Rule::UserinfoMissing, directory, title, "");
        }
    }
}

/// The parts that the settings speak of: name in the settings, folder, title.
fn owners(m: &Manifest) -> impl Iterator<Item = (&str, &str, &str)> {
    let activities = m.activities.iter().map(|a| (a.directory.as_str(), a.title.as_str()));
    let sections = m.sections.iter().map(|s| (s.directory.as_str(), s.title.as_str()));
    activities.chain(sections).map(|(directory, title)| (directory.rsplit('/').next().unwrap_or(directory), directory, title))
}

/// What `strip_tags` would take out: `<`, perhaps `/`, and a letter.
fn has_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|after| {
        let after = after.trim_start();
        after.strip_prefix('/').unwrap_or(after).starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_in_a_name_is_told_from_a_sign() {
        for (text, tag) in [("a <b>c</b>", true), ("</p", true), ("3 < 4", false), ("a<1", false), ("x < y", true), ("", false)] {
            assert_eq!(has_tag(text), tag, "{text}");
        }
    }
}
