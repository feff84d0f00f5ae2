//! Names of folders, and what names them in the manifest (MBZ-FORMAT §2.3, §3.5).

use super::Numbers;
use crate::Error;
use parcours_mbz::Unpacked;

/// Leaves of the manifest that hold a folder's name, alone or with something behind it: `forum_7`, `activities/forum_7`, `forum_7_included`.
pub(super) fn is_named(leaf: &str) -> bool {
    matches!(leaf, "directory" | "name" | "activity" | "section")
}

/// Gives the folders in a value their new names; nothing happens where it names none.
pub(super) fn replace(text: &mut String, numbers: &Numbers<'_>) {
    let (folder, what) = match text.strip_suffix("_included").or_else(|| text.strip_suffix("_userinfo")) {
        Some(folder) => (folder, text.get(folder.len()..).unwrap_or_default()),
        None => (text.as_str(), ""),
    };
    let (above, name) = folder.rsplit_once('/').map_or(("", folder), |(_, name)| (folder.strip_suffix(name).unwrap_or_default(), name));
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if let Some((kind, id)) = name.rsplit_once('_').filter(|(kind, _)| plain(kind))
        && let Some(id) = number(id)
    {
        let table = if kind == "section" { "section" } else { "cm" };
        *text = format!("{above}{kind}_{}{what}", numbers.of(table, id));
    }
}

/// Moves every document into the folder of its new number.
pub(super) fn rename(course: &mut Unpacked, numbers: &Numbers<'_>) -> Result<(), Error> {
    for path in course.paths() {
        let new = path_of(&path, numbers);
        if new != path {
            course.rename(&path, &format!("{NEW}{new}"))?;
        }
    }
    // By way of another place: a new name may be the old one of something else.
    for path in course.paths() {
        if let Some(new) = path.strip_prefix(NEW) {
            course.rename(&path, new)?;
        }
    }
    Ok(())
}

/// Where entries are on their way to their new names: no archive has this folder.
const NEW: &str = "parcours/renumbered/";

fn path_of(path: &str, numbers: &Numbers<'_>) -> String {
    let mut above = "";
    let parts = path.split('/').map(|part| {
        let table = match above {
            "activities" => Some("cm"),
            "sections" => Some("section"),
            "blocks" => Some("block"),
            _ => None,
        };
        above = part;
        match (table, part.rsplit_once('_')) {
            (Some(table), Some((kind, id))) => number(id).map_or_else(|| part.to_owned(), |id| format!("{kind}_{}", numbers.of(table, id))),
            _ => part.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

fn number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|n: &i64| n.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_called_by_their_new_numbers() {
        let by = |table: &str| match table {
            "cm" => 100,
            "section" => 20,
            _ => 3,
        };
        let numbers = Numbers::new(&by);
        for (old, new) in [
            ("activities/forum_7/blocks/html_4/block.xml", "activities/forum_107/blocks/html_7/block.xml"),
            ("sections/section_2/section.xml", "sections/section_22/section.xml"),
            ("course/course.xml", "course/course.xml"),
            ("files/ab/ab_1", "files/ab/ab_1"),
            ("activities/forum_x/forum.xml", "activities/forum_x/forum.xml"),
        ] {
            assert_eq!(path_of(old, &numbers), new);
        }
        for (old, new) in [
            ("forum_7_included", "forum_107_included"),
            ("section_2_userinfo", "section_22_userinfo"),
            ("activities/my_tool_7", "activities/my_tool_107"),
            ("question_bank", "question_bank"),
            ("backup_2024.mbz", "backup_2024.mbz"),
            ("role_assignments", "role_assignments"),
        ] {
            let mut text = old.to_owned();
            replace(&mut text, &numbers);
            assert_eq!(text, new);
        }
    }
}
