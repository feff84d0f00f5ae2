//! Looks for numbers that should have been changed and were not (leaves whose values are nearly always numbers of one kind of record), and for those that were and should not have been (leaves whose
//! new values are hardly ever numbers of records).

use crate::support::FAR;
use parcours_mbz::Limits;
use parcours_mbz::xml::{Reader, Step};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Document, record and leaf.
type Leaf = (String, String, String);

#[derive(Default)]
struct Seen {
    values: HashSet<i64>,
    times: usize,
    /// By kind of record: how many of the values are its numbers.
    hits: HashMap<String, usize>,
}

/// Whole numbers that stayed as they were.
#[derive(Default)]
pub struct Left {
    leaves: BTreeMap<Leaf, Seen>,
    /// Changed values: how many there are, and how many of them are numbers of records.
    changed: BTreeMap<Leaf, (usize, usize)>,
}

/// Below this a number is as likely a choice, a width or a place in an order.
const SMALL: i64 = 30;

impl Left {
    /// What did not change from one archive to the other.
    pub fn between(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Left {
        let mut records: HashMap<i64, HashSet<String>> = HashMap::new();
        for (path, bytes) in before {
            values(path, bytes, &mut |(document, record, leaf), value| {
                if leaf == "@id" || leaf == "@contextid" {
                    records.entry(value).or_default().insert(format!("{document}/{record}"));
                }
            });
        }
        let mut changed: HashSet<(Leaf, i64)> = HashSet::new();
        for (path, bytes) in after {
            values(path, bytes, &mut |leaf, value| {
                changed.insert((leaf, value));
            });
        }
        let mut left = Left { changed: led(before, after), ..Left::default() };
        for (path, bytes) in before {
            values(path, bytes, &mut |leaf, value| {
                if value.abs() <= SMALL || !changed.contains(&(leaf.clone(), value)) {
                    return;
                }
                let seen = left.leaves.entry(leaf).or_default();
                seen.times += 1;
                seen.values.insert(value);
                for record in records.get(&value.abs()).into_iter().flatten() {
                    *seen.hits.entry(record.clone()).or_default() += 1;
                }
            });
        }
        left
    }

    pub fn join(&mut self, other: Left) {
        for (leaf, seen) in other.leaves {
            let mine = self.leaves.entry(leaf).or_default();
            mine.times += seen.times;
            mine.values.extend(seen.values);
            seen.hits.into_iter().for_each(|(record, n)| *mine.hits.entry(record).or_default() += n);
        }
        for (leaf, (times, led)) in other.changed {
            // The backup of an activity names things that only its course has: where nothing is led to, that says nothing.
            let mine = self.changed.entry(leaf).or_default();
            *mine = (mine.0 + if led > 0 { times } else { 0 }, mine.1 + led);
        }
    }

    /// Leaves that look like references.
    pub fn forgotten(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for ((document, record, leaf), seen) in &self.leaves {
            let best = seen.hits.iter().max_by_key(|(_, n)| **n);
            let Some((of, hits)) = best.filter(|(_, n)| **n * 10 >= seen.times * 8) else { continue };
            let by_chance = COINCIDENCES.iter().any(|(d, r, l)| d == document && r == record && l == leaf);
            if !by_chance {
                lines.push(format!("{document} {record} {leaf}: {hits} of {} are numbers of {of} ({} different)", seen.times, seen.values.len()));
            }
        }
        lines
    }
}

impl Left {
    /// Leaves that were changed and lead to nothing, in most of the places they stand in.
    pub fn astray(&self) -> Vec<String> {
        let lost = self.changed.iter().filter(|(_, (times, led))| *led == 0 || led * 2 < *times);
        let unexpected =
            lost.filter(|((d, r, l), _)| !ELSEWHERE.iter().any(|(doc, record, leaf)| d.ends_with(doc) && r.ends_with(record) && leaf == l));
        unexpected.map(|((d, r, l), (times, led))| format!("{d} {r} {l}: {led} of {times} are numbers of records")).collect()
    }
}

/// What was changed, and whether it leads to a record of the archive. Every table has numbers of its own, so that a number of another table leads nowhere.
fn led(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> BTreeMap<Leaf, (usize, usize)> {
    let (mut records, mut large) = (HashSet::new(), HashSet::new());
    for (path, bytes) in before {
        // Telephone numbers, results.
        values(path, bytes, &mut |_, value| {
            if value.abs() > FAR {
                large.insert(value);
            }
        });
    }
    for (path, bytes) in after {
        values(path, bytes, &mut |(_, _, leaf), value| {
            if leaf == "@id" || leaf == "@contextid" {
                records.insert(value);
            }
        });
    }
    let mut changed: BTreeMap<Leaf, (usize, usize)> = BTreeMap::new();
    for (path, bytes) in after {
        values(path, bytes, &mut |leaf, value| {
            if value.abs() > FAR && !large.contains(&value) && !matches!(leaf.2.as_str(), "@id" | "@contextid") {
                let (times, led) = changed.entry(leaf).or_default();
                *times += 1;
                *led += usize::from(records.contains(&value.abs()));
            }
        });
    }
    changed
}

/// Numbers of what stands in no archive, or seldom.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("competencies.xml", "competency", "frameworkid"),
    ("competencies.xml", "competency", "id"),
    ("competencies.xml", "user_competency", "competencyid"),
    ("eabcattendance.xml", "session", "caleventid"),
    ("eabcattendance.xml", "session", "groupid"),
    ("moodle_backup.xml", "information", "original_system_contextid"),
    // Of the system.
    ("questions.xml", "comment", "contextid"),
    // Its records are written without their numbers.
    ("studentquiz.xml", "", "@studentquizquestionid"),
];

/// Numbers that are none of records, and happen to be equal to some.
const COINCIDENCES: &[(&str, &str, &str)] =
    &[("assignment.xml", "assignment", "grade"), ("questionnaire.xml", "question", "precise"), ("questionnaire.xml", "question", "type_id")];

/// Shows every leaf and attribute of a document that is a whole number.
fn values(path: &str, bytes: &[u8], see: &mut impl FnMut(Leaf, i64)) {
    if !path.ends_with(".xml") || bytes.is_empty() {
        return;
    }
    let document = path.rsplit('/').next().unwrap().to_owned();
    let limits = Limits::default();
    let mut xml = Reader::new(bytes, path, &limits);
    let mut open: Vec<String> = Vec::new();
    let mut leaf = false;
    loop {
        match xml.step().unwrap() {
            Step::Open => {
                let name = xml.name().to_owned();
                for (attribute, value) in xml.attributes() {
                    if let Ok(value) = value.parse() {
                        see((document.clone(), name.clone(), format!("@{attribute}")), value);
                    }
                }
                open.push(name);
                leaf = true;
            }
            Step::Close => {
                let name = open.pop().unwrap();
                if leaf && let (Some(record), Ok(value)) = (open.last(), xml.text().trim().parse()) {
                    see((document.clone(), record.clone(), name), value);
                }
                leaf = false;
            }
            Step::End => return,
            Step::Comment => {}
        }
    }
}
