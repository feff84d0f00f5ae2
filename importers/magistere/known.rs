//! What the rest of the archive says about what is converted.

use super::stream;
use parcours_mbz::{Error, Unpacked};
use std::collections::{HashMap, HashSet};

/// Read once, before anything changes; kept up as activities become others.
#[derive(Default)]
pub(super) struct Known {
    pub people: bool,
    pub course: i64,
    /// `https://magistere.education.fr/ac-paris`, without slash at its end.
    pub site: String,
    /// When the backup was made, in Unix seconds.
    pub made: i64,
    /// What the archive's own modules have for a version.
    pub version: String,
    pub groups: HashMap<i64, String>,
    pub groupings: HashSet<i64>,
    pub badges: Vec<Badge>,
    pub roles: HashMap<i64, Role>,
    pub sections: HashMap<i64, Section>,
    pub activities: Vec<Cm>,
    pub grade_items: HashSet<i64>,
}

pub(super) struct Badge {
    pub id: i64,
    pub name: String,
    pub description: String,
}

pub(super) struct Role {
    pub name: String,
    pub archetype: String,
}

pub(super) struct Section {
    pub number: i64,
    pub name: String,
    /// Visible, and without conditions.
    pub open: bool,
    pub visible: bool,
    /// Number of the section above it.
    pub parent: Option<i64>,
}

/// An activity of the contents list.
pub(super) struct Cm {
    pub id: i64,
    pub section: i64,
    pub module: String,
    /// What it has become.
    pub now: String,
    pub title: String,
    pub folder: String,
    pub instance: i64,
    pub context: i64,
    pub visible: bool,
    /// Visible without conditions, in a section that is.
    pub open: bool,
    pub grouped: bool,
    /// Visible, or shown with what it waits for.
    pub shown: bool,
    /// Whether it has completion.
    pub tracked: bool,
}

pub(super) fn survey(course: &mut Unpacked) -> Result<Known, Error> {
    let mut all = Known::default();
    let known = &mut all;
    let manifest = course.manifest().clone();
    let i = &manifest.information;
    known.people = manifest.has_people();
    known.course = i.course_id;
    known.site = i.wwwroot.trim_end_matches('/').to_owned();
    known.made = i.backup_date;
    known.version = i.backup_version.clone();
    shared(course, known)?;
    for s in &manifest.sections {
        let path = format!("{}/section.xml", s.directory);
        let Some(section) = course.document(&path)? else { continue };
        let visible = section.leaf("visible") != "0";
        let free = ["", "null"].contains(&section.leaf("availabilityjson"));
        let option = |name: &str| section.all("course_format_options").find(|o| o.leaf("name").eq_ignore_ascii_case(name));
        known.sections.insert(
            s.sectionid,
            Section {
                number: section.number("number").unwrap_or(0),
                name: section.leaf("name").to_owned(),
                // A Moodle always shows section 0.
                open: (visible || section.leaf("number") == "0") && free,
                visible,
                parent: option("parentid").and_then(|o| o.number("value")),
            },
        );
    }
    summary(course, known)?;
    for a in &manifest.activities {
        let root = stream::root(course, &format!("{}/{}.xml", a.directory, a.modulename))?;
        let number = |name| root.attribute(name).and_then(|v| v.parse().ok()).unwrap_or(0);
        let (instance, context) = (number("id"), number("contextid"));
        let module = course.document(&format!("{}/module.xml", a.directory))?.unwrap_or_default();
        let visible = module.leaf("visible") != "0";
        let free = ["", "null"].contains(&module.leaf("availability"));
        known.activities.push(Cm {
            id: a.moduleid,
            section: a.sectionid,
            module: a.modulename.clone(),
            now: a.modulename.clone(),
            title: a.title.clone(),
            folder: a.directory.clone(),
            instance,
            context,
            visible,
            open: visible && free && known.sections.get(&a.sectionid).is_none_or(|s| s.open),
            shown: visible && said(module.leaf("availability")) && known.sections.get(&a.sectionid).is_none_or(|s| s.visible || s.number == 0),
            tracked: !["", "0"].contains(&module.leaf("completion")),
            grouped: !["", "0"].contains(&module.leaf("groupmode")),
        });
        grade_items(course, &format!("{}/grades.xml", a.directory), &mut known.grade_items)?;
    }
    grade_items(course, "gradebook.xml", &mut known.grade_items)?;
    Ok(all)
}

/// Whether one who does not meet a condition is told of it (MBZ-FORMAT §7.4).
fn said(availability: &str) -> bool {
    let Ok(tree) = serde_json::from_str::<serde_json::Value>(availability) else { return availability.is_empty() };
    let all = tree.get("showc").and_then(|s| s.as_array()).is_none_or(|s| s.iter().all(|one| one == true));
    all && tree.get("show").is_none_or(|one| one == true)
}

/// The tree of sections that the block `summary` shows, where the format does not say one (MAGISTERE-XML §2).
fn summary(course: &mut Unpacked, known: &mut Known) -> Result<(), Error> {
    for path in course.documents().iter().filter(|p| p.starts_with("course/blocks/") && p.ends_with("/summary.xml")) {
        course.each(path, "element", |_, e| {
            if let Some(section) = e.number("sectionid").and_then(|id| known.sections.get_mut(&id)) {
                section.parent = section.parent.or(e.number("parentsection"));
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn grade_items(course: &mut Unpacked, path: &str, ids: &mut HashSet<i64>) -> Result<(), Error> {
    course.each(path, "grade_item", |_, item| {
        ids.extend(item.id());
        Ok(())
    })
}

/// Groups, roles and badges.
fn shared(course: &mut Unpacked, known: &mut Known) -> Result<(), Error> {
    course.each("groups.xml", "group", |names, group| {
        if names.len() == 2
            && let Some(id) = group.id()
        {
            known.groups.insert(id, group.leaf("name").to_owned());
        }
        Ok(())
    })?;
    course.each("groups.xml", "grouping", |_, grouping| {
        known.groupings.extend(grouping.id());
        Ok(())
    })?;
    course.each("roles.xml", "role", |_, role| {
        let names = ["nameincourse", "name", "shortname"].map(|n| role.leaf(n).to_owned());
        let name = names.into_iter().find(|n| !n.is_empty()).unwrap_or_default();
        let archetype = super::roles::archetype(role.leaf("shortname"), role.leaf("archetype")).to_owned();
        if let Some(id) = role.id() {
            known.roles.insert(id, Role { name, archetype });
        }
        Ok(())
    })?;
    course.each("badges.xml", "badge", |names, badge| {
        if names.len() == 2
            && let Some(id) = badge.id()
        {
            known.badges.push(Badge { id, name: badge.leaf("name").to_owned(), description: badge.leaf("description").to_owned() });
        }
        Ok(())
    })
}

impl Known {
    pub(super) fn activity(&self, cm: i64) -> Option<&Cm> {
        self.activities.iter().find(|a| a.id == cm)
    }

    pub(super) fn instance(&self, module: &str, instance: i64) -> Option<&Cm> {
        self.activities.iter().find(|a| a.module == module && a.instance == instance)
    }

    /// Where a group was in a discussion or record: a group that the archive does not describe is none, unless groups are kept apart there.
    pub(super) fn group(&self, group: i64, apart: bool, none: i64) -> i64 {
        if group > 0 && (apart || self.groups.contains_key(&group)) { group } else { none }
    }
}
