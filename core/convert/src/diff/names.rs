//! What numbers of an archive stand for: the names by which two archives can be compared.

use parcours_course::outline::{Activity, Outline, Section};
use parcours_mbz::links::{self, Known, Space as Link};
use parcours_mbz::numbers::{self, Archive};
use parcours_mbz::{Error, Unpacked};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// A space of numbers: one table of the first site (MBZ-FORMAT §5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Space {
    Module,
    Section,
    User,
    Group,
    Grouping,
    Role,
    Scale,
    Outcome,
    GradeItem,
    GradeCategory,
    QuestionCategory,
    /// Question bank entry; before 4.0 the question.
    Entry,
    Question,
    Badge,
}

#[derive(Default)]
pub(super) struct Names {
    names: HashMap<(Space, i64), String>,
    /// Course module of an activity's own record.
    instances: HashMap<(String, i64), i64>,
    /// What must be known before a number can be told.
    pub archive: Archive,
}

impl Space {
    /// The space of a table ([`parcours_mbz::numbers::Table`]), if its records have names here.
    pub fn of(table: &str) -> Option<Space> {
        Some(match table {
            "cm" => Space::Module,
            "section" => Space::Section,
            "user" => Space::User,
            "group" => Space::Group,
            "grouping" => Space::Grouping,
            "role" => Space::Role,
            "scale" => Space::Scale,
            "outcome" => Space::Outcome,
            "grade_item" => Space::GradeItem,
            "grade_category" => Space::GradeCategory,
            "question_category" => Space::QuestionCategory,
            "question_bank_entry" => Space::Entry,
            "question" => Space::Question,
            "badge" => Space::Badge,
            _ => return None,
        })
    }
}

impl Names {
    /// Reads all but the names of questions, which [`questions`](super::questions) gives. `people` asks for those of people too.
    pub fn read(from: &mut Unpacked, outline: &Outline, people: bool) -> Result<Names, Error> {
        let mut names = Names { archive: numbers::survey(from)?, ..Names::default() };
        let mut taken = HashSet::new();
        for (_, activity) in outline.activities() {
            names.put(Space::Module, activity.cm, unused(format!("{} “{}”", activity.module, activity.name.trim()), &mut taken));
            names.instances.insert((activity.module.clone(), activity.id), activity.cm);
        }
        for section in &outline.sections {
            names.put(Space::Section, section.id, section_label(section, outline));
        }
        names.simple(from, "groups.xml", "group", Space::Group, "name")?;
        names.simple(from, "groups.xml", "grouping", Space::Grouping, "name")?;
        names.simple(from, "roles.xml", "role", Space::Role, "shortname")?;
        names.simple(from, "scales.xml", "scale", Space::Scale, "name")?;
        names.simple(from, "outcomes.xml", "outcome", Space::Outcome, "shortname")?;
        names.simple(from, "badges.xml", "badge", Space::Badge, "name")?;
        names.simple(from, "gradebook.xml", "grade_category", Space::GradeCategory, "fullname")?;
        names.grades(from, "gradebook.xml", None)?;
        for (_, activity) in outline.activities() {
            names.grades(from, &format!("{}/grades.xml", folder(from, activity)), Some(activity))?;
        }
        if people {
            names.simple(from, "users.xml", "user", Space::User, "username")?;
        }
        Ok(names)
    }

    fn simple(&mut self, from: &mut Unpacked, path: &str, record: &str, space: Space, leaf: &str) -> Result<(), Error> {
        leaves(from, path, record, &[leaf], |id, values| {
            self.put(space, id, values.first().cloned().unwrap_or_default());
        })
    }

    fn grades(&mut self, from: &mut Unpacked, path: &str, of: Option<&Activity>) -> Result<(), Error> {
        let mut found = Vec::new();
        leaves(from, path, "grade_item", &["itemname", "itemtype", "itemnumber", "iteminstance"], |id, v| found.push((id, v.to_vec())))?;
        for (id, values) in found {
            let [name, kind, number, instance] = values.as_slice() else { continue };
            let category = || self.get(Space::GradeCategory, instance.trim().parse().unwrap_or(0)).unwrap_or_default().to_owned();
            let label = match (of, kind.as_str()) {
                (Some(activity), _) => format!("{} [{number}]", self.get(Space::Module, activity.cm).unwrap_or_default()),
                (None, "course") => "course total".to_owned(),
                (None, "category") => format!("category “{}”", category()),
                _ => format!("item “{name}”"),
            };
            self.put(Space::GradeItem, id, label);
        }
        Ok(())
    }

    pub fn put(&mut self, space: Space, id: i64, label: String) {
        self.names.insert((space, id), label);
    }

    pub fn get(&self, space: Space, id: i64) -> Option<&str> {
        self.names.get(&(space, id)).map(String::as_str)
    }

    /// Gives an activity another name, and its grade items too: the one by which the other archive calls it.
    pub fn rename(&mut self, cm: i64, label: &str) {
        let Some(old) = self.names.insert((Space::Module, cm), label.to_owned()).filter(|old| old != label) else { return };
        let old = format!("{old} [");
        for ((space, _), name) in &mut self.names {
            if *space == Space::GradeItem
                && let Some(number) = name.strip_prefix(&old)
            {
                *name = format!("{label} [{number}");
            }
        }
    }

    /// Forgets what the other archive has no word for. So the backup of a part can be compared with the whole: where it refers to what it has not, so does the other.
    pub fn forget_what_is_not_in(&mut self, other: &Names) {
        let known: HashSet<(Space, &str)> = other.names.iter().map(|((space, _), name)| (*space, name.as_str())).collect();
        self.names.retain(|(space, _), name| known.contains(&(*space, name.as_str())));
    }

    pub fn instance(&self, module: &str, id: i64) -> Option<&str> {
        self.get(Space::Module, *self.instances.get(&(module.to_owned(), id))?)
    }

    /// What a record is called, by its table ([`parcours_mbz::numbers::Table`]).
    pub fn of_table(&self, table: &str, id: i64) -> Option<&str> {
        Space::of(table).and_then(|space| self.get(space, id)).or_else(|| self.instance(table, id))
    }

    /// A text whose tokens name what they lead to (MBZ-FORMAT §11). A number that leads nowhere is `?`; `local` knows the records of the activity the text is in, by table.
    pub fn links<'t>(&self, text: &'t str, local: &dyn Fn(&str, i64) -> Option<String>) -> Cow<'t, str> {
        links::replace(text, |token| {
            let Known { module, spaces, .. } = links::known(token.name)?;
            let each = spaces.iter().zip(&token.ids).map(|(space, id)| match space {
                Link::Course | Link::Context => Some(String::new()),
                Link::Module => self.get(Space::Module, *id).map(str::to_owned),
                Link::Instance => self.instance(&module, *id).map(str::to_owned),
                Link::Section => self.get(Space::Section, *id).map(str::to_owned),
                Link::Record(name) => local(&format!("{module}/{name}"), *id),
            });
            let all: Vec<String> = each.map(|label| label.unwrap_or_else(|| "?".to_owned())).collect();
            Some(format!("$@{}*{}@$", token.name, all.join("*")))
        })
    }
}

/// What a section is called: its name, or its number; one of a subsection by its activity.
pub(super) fn section_label(section: &Section, outline: &Outline) -> String {
    let delegate = section.delegate.and_then(|cm| outline.activity(cm));
    match (section.name.trim(), delegate) {
        (_, Some(activity)) => format!("subsection “{}”", activity.name.trim()),
        ("", None) => format!("section {}", section.number),
        (name, None) => format!("section “{name}”"),
    }
}

/// The label, with a number behind it where another has it already.
fn unused(label: String, taken: &mut HashSet<String>) -> String {
    let mut free = label.clone();
    for n in 2_u32.. {
        if taken.insert(free.clone()) {
            break;
        }
        free = format!("{label} ({n})");
    }
    free
}

/// Folder of an activity, as the manifest says.
pub(super) fn folder(from: &Unpacked, activity: &Activity) -> String {
    let listed = from.manifest().activities.iter().find(|a| a.moduleid == activity.cm).map(|a| a.directory.clone());
    listed.unwrap_or_else(|| format!("activities/{}_{}", activity.module, activity.cm))
}

/// Some leaves of every record of a name, by number, without what is in the record: records may be large.
fn leaves(from: &mut Unpacked, path: &str, record: &str, wanted: &[&str], mut see: impl FnMut(i64, &[String])) -> Result<(), Error> {
    use parcours_mbz::xml::{NULL, Step};
    let Some(mut xml) = from.reader(path)? else { return Ok(()) };
    let mut open: Option<(u64, i64, Vec<String>)> = None;
    loop {
        match xml.step()? {
            Step::End => return Ok(()),
            Step::Open if xml.name() == record && open.is_none() => {
                let id = xml.attributes().find(|(n, _)| *n == "id").and_then(|(_, v)| v.trim().parse().ok());
                open = id.map(|id| (xml.depth(), id, vec![String::new(); wanted.len()]));
            }
            Step::Close => match &mut open {
                Some((depth, id, values)) if xml.depth() + 1 == *depth => {
                    see(*id, values);
                    open = None;
                }
                Some((depth, _, values)) if xml.depth() == *depth => {
                    let at = wanted.iter().position(|w| *w == xml.name());
                    if let Some(value) = at.and_then(|at| values.get_mut(at))
                        && xml.text() != NULL
                    {
                        *value = xml.take_text();
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}
