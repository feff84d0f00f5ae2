//! Looks for numbers that should have been changed and were not: leaves whose values are nearly always numbers of one kind of record.

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
        let mut left = Left::default();
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
