//! What two archives differ in, by meaning and not by number.
//!
//! Both are read into a normal form in which every number that stands for something is replaced by its name, and all that only tells when or how often something was
//! saved is left out ([`Options`] brings it back). So a course that was backed up twice, renumbered, or restored elsewhere and backed up again, differs from itself in nothing.
//! Null and empty are one here.
//!
//! An activity is found again by its `idnumber`, its title, or its words; a section by its name, its activities or its number; a question by its `idnumber`, its name or its
//! text. What only stands elsewhere because something before it was added or removed has not moved.
//!
//! The backup of a section or an activity is compared with the same part of a course; the rest of the course is left out.

mod files;
mod here;
mod json;
mod leaf;
mod matching;
mod model;
mod names;
mod node;
mod normal;
mod order;
mod questions;
mod show;
mod side;
mod tree;
mod words;

pub use model::{Change, Detail, Diff, Fate, Item, Moved, Only, Piece, Step, Summary, What, Work};
pub use show::{html, text};

use matching::Matches;
use names::{Space, section_label};
use parcours_course::outline::{Activity, Outline, Section};
use parcours_mbz::{Error, Unpacked};
use side::{Holds, Side};
use std::collections::{HashMap, HashSet};
use tree::{Found, off_course};

/// What is compared beyond the course itself.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// When things were made and changed.
    pub times: bool,
    /// What people did: posts, attempts, grades. Without it, their records are counted only. A document of it that is too large to be held
    /// ([`Limits::record_bytes`](parcours_mbz::Limits::record_bytes)) is counted all the same.
    pub work: bool,
}

/// Compares two archives. Neither is changed.
///
/// Memory holds one activity of each at a time, and a line for each file and each question.
///
/// # Errors
/// What is wrong with a document of either, and the device.
pub fn compare(a: &mut Unpacked, b: &mut Unpacked, options: &Options) -> Result<Diff, Error> {
    let (mut a, mut b) = (Side::read(a, options)?, Side::read(b, options)?);
    let matches = matching::find(&mut a, &mut b, options)?;
    let (a_is_part, b_is_part) = (a.kind() != "course" && b.kind() == "course", b.kind() != "course" && a.kind() == "course");
    if a_is_part {
        b.names.forget_what_is_not_in(&a.names);
    } else if b_is_part {
        a.names.forget_what_is_not_in(&b.names);
    }
    let of_a = questions::read(&mut a, options)?;
    let of_b = questions::read(&mut b, options)?;
    let pairs = questions::pairs(&of_a, &of_b);
    questions::rename(&of_a, &of_b, &pairs, &mut b.names);
    let found = Found::of(a.outline.release != b.outline.release);
    let mut work = Comparing { options, found, items: Vec::new(), work: Vec::new(), a_is_part, b_is_part };
    if !a_is_part && !b_is_part {
        work.course(&mut a, &mut b)?;
    }
    work.sections(&mut a, &mut b, &matches)?;
    work.items.extend(questions::compare((&mut a, &of_a), (&mut b, &of_b), &pairs, options, &mut work.found)?);
    Ok(Diff { a: summary(&a, of_a.len()), b: summary(&b, of_b.len()), items: work.items, work: work.work, only: work.found.only() })
}

fn summary(side: &Side<'_>, questions: usize) -> Summary {
    Summary {
        fullname: side.outline.fullname.clone(),
        shortname: side.outline.shortname.clone(),
        release: side.outline.release.clone(),
        kind: side.kind(),
        sections: side.outline.sections.len(),
        activities: side.outline.activities().count(),
        questions,
    }
}

struct Comparing<'a> {
    options: &'a Options,
    found: Found,
    items: Vec<Item>,
    work: Vec<Work>,
    /// Whether one is a backup of a section or an activity and the other of a course: what it lacks is not missing.
    a_is_part: bool,
    b_is_part: bool,
}

impl Comparing<'_> {
    fn course(&mut self, a: &mut Side<'_>, b: &mut Side<'_>) -> Result<(), Error> {
        self.pair(What::Backup, "moodle_backup.xml", &a.settings(), &b.settings());
        let mut paths = a.of_course();
        let more: Vec<String> = b.of_course().into_iter().filter(|p| !paths.contains(p)).collect();
        paths.extend(more);
        for path in paths {
            let (x, y) = (a.course(&path, self.options)?, b.course(&path, self.options)?);
            self.count(&path, "", &x, &y);
            self.pair(What::Document, &path, &x.node, &y.node);
        }
        let (x, y) = (a.blocks("course", self.options)?, b.blocks("course", self.options)?);
        self.pair(What::Document, "course/blocks", &x, &y);
        self.pair(What::Document, "files.xml", &a.course_files(self.options), &b.course_files(self.options));
        let people = |records| Holds { records, ..Holds::default() };
        self.count("users.xml", "", &people(a.people()?), &people(b.people()?));
        Ok(())
    }

    fn pair(&mut self, what: What, name: &str, a: &node::Node, b: &node::Node) {
        self.found.compare(a, b, &mut Vec::new());
        let details = self.found.take();
        if !details.is_empty() {
            let (name, kind, place) = (name.to_owned(), String::new(), String::new());
            self.items.push(Item { what, name, kind, place, fate: Fate::Changed, moved: None, details });
        }
    }

    fn count(&mut self, name: &str, kind: &str, a: &Holds, b: &Holds) {
        for (of, a, b) in [("records", a.records, b.records), ("files", a.files, b.files)] {
            if a != b {
                self.work.push(Work { name: name.to_owned(), kind: kind.to_owned(), of: of.to_owned(), a, b });
            }
        }
    }

    fn sections(&mut self, a: &mut Side<'_>, b: &mut Side<'_>, matches: &Matches) -> Result<(), Error> {
        // A part has no order of its own in the whole, and an activity alone no section.
        let part = self.a_is_part || self.b_is_part;
        let moved = if part { Moves::default() } else { Moves::of(&a.outline, &b.outline, matches) };
        let with_sections = a.kind() != "activity" && b.kind() != "activity";
        let (old, new) = (a.outline.clone(), b.outline.clone());
        let new_sections: HashMap<i64, &Section> = new.sections.iter().map(|s| (s.id, s)).collect();
        let new_activities: HashMap<i64, &Activity> = new.activities().map(|(_, x)| (x.cm, x)).collect();
        for x in &old.sections {
            let label = section_label(x, &old);
            match matches.sections.get(&x.id).and_then(|y| new_sections.get(y)) {
                Some(_) if !with_sections => {}
                Some(y) => {
                    let (p, q) = (a.section(x, self.options)?, b.section(y, self.options)?);
                    self.found.compare(&p, &q, &mut Vec::new());
                    let moved = moved.sections.contains(&x.id).then(|| Moved { from: String::new(), to: String::new() });
                    self.changed(What::Section, (&label, "", ""), moved);
                }
                None if part => {}
                None => self.items.push(alone(What::Section, (&label, "", ""), Fate::Removed)),
            }
            for activity in &x.activities {
                let about = (activity.name.as_str(), activity.module.as_str(), label.as_str());
                match matches.activities.get(&activity.cm).and_then(|y| new_activities.get(y)) {
                    Some(other) => {
                        let (p, q) = (a.activity(activity, self.options)?, b.activity(other, self.options)?);
                        self.count(&activity.name, &activity.module, &p, &q);
                        self.found.compare(&p.node, &q.node, &mut Vec::new());
                        self.changed(What::Activity, about, moved.activities.get(&activity.cm).cloned());
                    }
                    None if self.b_is_part => {}
                    None => self.items.push(alone(What::Activity, about, Fate::Removed)),
                }
            }
        }
        if self.a_is_part {
            return Ok(());
        }
        let (known_sections, known): (HashSet<&i64>, HashSet<&i64>) = (matches.sections.values().collect(), matches.activities.values().collect());
        for y in &new.sections {
            // As the first calls it, where it has it.
            let label = if known_sections.contains(&y.id) { b.label(Space::Section, y.id) } else { section_label(y, &new) };
            if !known_sections.contains(&y.id) && !part {
                self.items.push(alone(What::Section, (&label, "", ""), Fate::Added));
            }
            for activity in y.activities.iter().filter(|x| !known.contains(&x.cm)) {
                self.items.push(alone(What::Activity, (&activity.name, &activity.module, &label), Fate::Added));
            }
        }
        Ok(())
    }

    fn changed(&mut self, what: What, about: (&str, &str, &str), moved: Option<Moved>) {
        let details = self.found.take();
        if moved.is_some() || !details.is_empty() {
            self.items.push(Item { moved, details, ..alone(what, about, Fate::Changed) });
        }
    }
}

fn alone(what: What, (name, kind, place): (&str, &str, &str), fate: Fate) -> Item {
    Item { what, name: name.trim().to_owned(), kind: kind.to_owned(), place: place.to_owned(), fate, moved: None, details: Vec::new() }
}

/// What stands elsewhere, by number in the first.
#[derive(Default)]
struct Moves {
    sections: HashSet<i64>,
    activities: HashMap<i64, Moved>,
}

impl Moves {
    fn of(a: &Outline, b: &Outline, matches: &Matches) -> Moves {
        let place = |outline: &Outline| -> HashMap<i64, usize> { outline.sections.iter().enumerate().map(|(at, s)| (s.id, at)).collect() };
        let places = place(b);
        // One of a subsection stands where its activity stands.
        let own = a.sections.iter().enumerate().filter(|(_, s)| s.delegate.is_none());
        let pairs: Vec<(usize, usize)> = own.filter_map(|(at, s)| Some((at, *places.get(matches.sections.get(&s.id)?)?))).collect();
        let sections = off_course(&pairs).iter().filter_map(|at| a.sections.get(*at)).map(|s| s.id).collect();
        let home: HashMap<i64, (&Section, usize)> =
            b.sections.iter().flat_map(|s| s.activities.iter().enumerate().map(move |(at, x)| (x.cm, (s, at)))).collect();
        let mut activities = HashMap::new();
        for section in &a.sections {
            let label = section_label(section, a);
            let there = matches.sections.get(&section.id);
            let mut stayed = Vec::new();
            for (at, activity) in section.activities.iter().enumerate() {
                let Some((other, place)) = matches.activities.get(&activity.cm).and_then(|y| home.get(y)) else { continue };
                if there == Some(&other.id) {
                    stayed.push((at, *place));
                    continue;
                }
                let back = matches.sections.iter().find(|(_, y)| **y == other.id).and_then(|(x, _)| a.sections.iter().find(|s| s.id == *x));
                let to = back.map_or_else(|| section_label(other, b), |s| section_label(s, a));
                activities.insert(activity.cm, Moved { from: label.clone(), to });
            }
            for at in off_course(&stayed) {
                if let Some(activity) = section.activities.get(at) {
                    activities.insert(activity.cm, Moved { from: label.clone(), to: label.clone() });
                }
            }
        }
        Moves { sections, activities }
    }
}
