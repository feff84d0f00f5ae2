//! What a document is about, by its path (MBZ-FORMAT §4).

use crate::container::MANIFEST;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Manifest,
    Files,
    Users,
    /// `roles.xml` at the root: the roles used.
    Roles,
    Groups,
    Scales,
    Outcomes,
    Questions,
    Gradebook,
    /// `completion.xml` at the root: criteria of the course.
    Criteria,
    Badges,
    Course,
    Enrolments,
    Section,
    Module,
    /// The module's own document.
    Own,
    Grades,
    /// `completion.xml` of an activity, `roles.xml` of a task: records of people.
    Theirs,
    Block,
    Inforef,
    Comments,
    Filters,
    /// Logs and histories: they name people and things that may long be gone.
    Past,
    Other,
}

/// A document of the archive.
pub(super) struct Doc<'a> {
    pub(super) path: &'a str,
    pub(super) kind: Kind,
    /// Number of the document in this reading.
    pub(super) at: u32,
}

/// What stands at the root, in `course`, in a section, in an activity, in a block of one of them.
pub(crate) fn kind(path: &str) -> Kind {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    match file {
        "inforef.xml" => return Kind::Inforef,
        "comments.xml" => return Kind::Comments,
        "filters.xml" => return Kind::Filters,
        "logs.xml" | "logstores.xml" | "loglastaccess.xml" | "grade_history.xml" => return Kind::Past,
        "block.xml" if folder.contains("blocks/") => return Kind::Block,
        _ => {}
    }
    match (folder, file) {
        ("", MANIFEST) => Kind::Manifest,
        ("", "files.xml") => Kind::Files,
        ("", "users.xml") => Kind::Users,
        ("", "roles.xml") => Kind::Roles,
        ("", "groups.xml") => Kind::Groups,
        ("", "scales.xml") => Kind::Scales,
        ("", "outcomes.xml") => Kind::Outcomes,
        ("", "questions.xml") => Kind::Questions,
        ("", "gradebook.xml") => Kind::Gradebook,
        ("", "completion.xml") => Kind::Criteria,
        ("", "badges.xml") => Kind::Badges,
        ("course", "course.xml") => Kind::Course,
        ("course", "enrolments.xml") => Kind::Enrolments,
        (_, "roles.xml") => Kind::Theirs,
        _ => match (part(path), file) {
            (Some(part), _) if part.len() != folder.len() => Kind::Other,
            (Some(part), "section.xml") if part.starts_with("sections/") => Kind::Section,
            (Some(_), "module.xml") => Kind::Module,
            (Some(_), "grades.xml") => Kind::Grades,
            (Some(_), "completion.xml") => Kind::Theirs,
            (Some(part), file) if module(part).is_some_and(|m| file.strip_suffix(".xml") == Some(m)) => Kind::Own,
            _ => Kind::Other,
        },
    }
}

/// `activities/forum_630` or `sections/section_12`, of anything inside it.
pub(crate) fn part(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("activities/").or_else(|| path.strip_prefix("sections/"))?;
    let end = path.len() - rest.len() + rest.find('/')?;
    path.get(..end)
}

/// `forum` of `activities/forum_630`: names of modules may have underscores themselves (MBZ-FORMAT §15.12).
pub(super) fn module(part: &str) -> Option<&str> {
    Some(part.strip_prefix("activities/")?.rsplit_once('_')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_a_document_is() {
        for (path, expected) in [
            ("moodle_backup.xml", Kind::Manifest),
            ("roles.xml", Kind::Roles),
            ("course/roles.xml", Kind::Theirs),
            ("activities/my_mod_7/my_mod.xml", Kind::Own),
            ("activities/my_mod_7/blocks/html_3/block.xml", Kind::Block),
            ("activities/my_mod_7/blocks/html_3/my_mod.xml", Kind::Other),
            ("activities/quiz_7/module.xml", Kind::Module),
            ("sections/section_3/section.xml", Kind::Section),
            ("course/blocks/progress_3/monitor.xml", Kind::Other),
            ("completion.xml", Kind::Criteria),
            ("grade_history.xml", Kind::Past),
        ] {
            assert_eq!(kind(path), expected, "{path}");
        }
    }
}
