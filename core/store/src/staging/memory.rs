//! What an import remembers while it runs: which numbers it has seen, the highest of each space, and the shapes.

use super::batch::{Batch, Line};
use crate::schema::Table;
use parcours_course::{Shape, Value};
use std::collections::{HashMap, VecDeque};

/// Shapes beyond this many bytes are stored again instead of remembered: a hostile archive may write every record its own way.
const SHAPES: usize = 4 << 20;
const RECENT: usize = 4;
/// A *mention* of a number beyond this does not lift its space: nobody's real number is that high, and one bad reference would leave none for new records.
const PLAUSIBLE: i64 = 1 << 53;

#[derive(Default)]
pub(super) struct Memory {
    seen: HashMap<String, Numbers>,
    highest: HashMap<String, i64>,
    shapes: HashMap<Shape, i64>,
    /// Those met last, which are compared sooner than looked up.
    recent: VecDeque<(Shape, i64)>,
    shape_bytes: usize,
    last_shape: i64,
}

impl Memory {
    /// Notes a record's number; false when its table had it before.
    pub(super) fn add(&mut self, table: &str, id: i64) -> bool {
        let new = match self.seen.get_mut(table) {
            Some(numbers) => numbers.insert(id),
            None => self.seen.entry(table.to_owned()).or_default().insert(id),
        };
        if new {
            self.lift(table, id);
        }
        new
    }

    pub(super) fn remove(&mut self, table: &str, id: i64) {
        if let Some(numbers) = self.seen.get_mut(table) {
            numbers.remove(id);
        }
    }

    pub(super) fn next(&self, table: &str) -> i64 {
        let highest = self.seen.get(table).and_then(|n| n.highest);
        highest.map_or(1, |h| h.saturating_add(1)).max(1)
    }

    pub(super) fn raise(&mut self, space: &str, number: i64) {
        if number < PLAUSIBLE {
            self.lift(space, number);
        }
    }

    fn lift(&mut self, space: &str, number: i64) {
        match self.highest.get_mut(space) {
            Some(highest) => *highest = number.max(*highest),
            // No space has numbers below zero.
            None => drop(self.highest.insert(space.to_owned(), number.max(0))),
        }
    }

    /// References, also those to something the archive does not hold.
    pub(super) fn mentions(&mut self, table: &Table, values: &[Value]) {
        for (column, v) in table.columns.iter().zip(values) {
            if let (Some(space), Value::Int(n)) = (&column.mentions, v) {
                // A scale is written negative.
                self.raise(space, n.saturating_abs());
            }
        }
    }

    /// The number of a shape; a new one is put into the batch before the record that has it.
    pub(super) fn shape(&mut self, shape: &Shape, batch: &mut Batch) -> Option<i64> {
        if let Some((_, id)) = self.recent.iter().find(|(recent, _)| recent == shape) {
            return Some(*id);
        }
        let id = match self.shapes.get(shape) {
            Some(id) => *id,
            None => self.new_shape(shape, batch),
        };
        if self.recent.len() >= RECENT {
            self.recent.pop_back();
        }
        self.recent.push_front((shape.clone(), id));
        Some(id)
    }

    fn new_shape(&mut self, shape: &Shape, batch: &mut Batch) -> i64 {
        self.last_shape += 1;
        batch.push(Line::Shape(self.last_shape, shape.0.clone()));
        if self.shape_bytes < SHAPES {
            self.shape_bytes += shape.0.len();
            self.shapes.insert(shape.clone(), self.last_shape);
        }
        self.last_shape
    }

    /// Highest number of each space.
    pub(super) fn highest(&self) -> impl Iterator<Item = (String, i64)> {
        self.highest.iter().map(|(space, n)| (space.clone(), *n))
    }
}

/// A set of numbers that mostly lie close together: 64 to a word.
#[derive(Default)]
struct Numbers {
    words: HashMap<i64, u64>,
    highest: Option<i64>,
}

impl Numbers {
    fn insert(&mut self, n: i64) -> bool {
        let word = self.words.entry(n >> 6).or_default();
        let bit = 1u64 << (n & 63);
        let new = *word & bit == 0;
        *word |= bit;
        self.highest = self.highest.max(Some(n));
        new
    }

    fn remove(&mut self, n: i64) {
        if let Some(word) = self.words.get_mut(&(n >> 6)) {
            *word &= !(1u64 << (n & 63));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_new_once_until_it_is_removed() {
        let mut n = Numbers::default();
        assert!(n.insert(-1) && n.insert(63) && n.insert(64) && n.insert(i64::MAX) && n.insert(i64::MIN));
        assert!(!n.insert(63) && !n.insert(-1));
        n.remove(63);
        assert!(n.insert(63));
    }

    #[test]
    fn an_absurd_mention_leaves_numbers_for_new_records() {
        let mut m = Memory::default();
        m.raise("c_user", i64::MAX);
        m.raise("c_user", 7);
        assert_eq!(m.highest().collect::<Vec<_>>(), [("c_user".to_owned(), 7)]);
    }
}
