//! Numbers of a new archive: one row for each kind of record, as in a database.

use std::collections::{HashMap, HashSet};

#[derive(Default)]
pub(super) struct Numbers {
    last: HashMap<&'static str, i64>,
    taken: HashSet<(&'static str, i64)>,
}

impl Numbers {
    /// One that no record of the kind has.
    pub fn next(&mut self, kind: &'static str) -> i64 {
        let mut number = self.last.get(kind).copied().unwrap_or(0);
        loop {
            number += 1;
            if self.taken.insert((kind, number)) {
                self.last.insert(kind, number);
                return number;
            }
        }
    }

    /// The wanted one, if it is free and one at all; else the next.
    pub fn take(&mut self, kind: &'static str, wanted: i64) -> i64 {
        match wanted > 0 && self.taken.insert((kind, wanted)) {
            true => wanted,
            false => self.next(kind),
        }
    }

    /// One that was given out by [`next`](Self::next), the first time it is used.
    pub fn keep_reserved(&mut self, kind: &'static str, wanted: i64) -> i64 {
        let known = wanted > 0 && wanted <= self.last.get(kind).copied().unwrap_or(0);
        match known && self.taken.remove(&(kind, wanted)) && self.taken.insert(("used", wanted)) {
            true => wanted,
            false => self.next(kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_is_given_twice() {
        let mut numbers = Numbers::default();
        assert_eq!((numbers.take("chapter", 2), numbers.next("chapter"), numbers.next("chapter"), numbers.take("chapter", 2)), (2, 1, 3, 4));
        assert_eq!((numbers.next("entry"), numbers.take("entry", 0)), (1, 2));
    }

    #[test]
    fn a_reserved_number_is_used_once() {
        let mut numbers = Numbers::default();
        let reserved = numbers.next("module");
        assert_eq!(numbers.keep_reserved("module", 0), 2);
        assert_eq!(numbers.keep_reserved("module", reserved), reserved);
        assert_eq!(numbers.keep_reserved("module", reserved), 3);
        assert_eq!(numbers.keep_reserved("module", 77), 4);
    }
}
