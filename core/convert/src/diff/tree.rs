//! Two documents in their normal form, record by record.

use super::model::{Change, Detail, Only, Step};
use super::node::{Node, clip};
use super::words;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Pairs of records up to which alike ones are looked for; beyond, records of other names are added and removed.
const PAIRS: usize = 40_000;
/// Longest value that is kept, in characters.
const VALUE: usize = 400;
/// Part of their words that two records share when they are the same one changed, in percent.
const ALIKE: usize = 40;

/// What comes out of comparing, over all items.
#[derive(Default)]
pub(super) struct Found {
    pub details: Vec<Detail>,
    /// Whether the archives are of different releases: a leaf that is absent then is one that a release does not know.
    releases: bool,
    only: BTreeMap<(bool, String), (usize, BTreeSet<String>)>,
}

impl Found {
    pub fn of(releases: bool) -> Found {
        Found { releases, ..Found::default() }
    }

    pub fn only(self) -> Vec<Only> {
        let each = self.only.into_iter();
        each.map(|((second, leaf), (records, values))| Only { second, leaf, records, values: values.into_iter().take(5).collect() }).collect()
    }

    pub fn take(&mut self) -> Vec<Detail> {
        std::mem::take(&mut self.details)
    }

    /// Compares two nodes of one name; those of them that are records are taken for the same.
    pub fn compare<'n>(&mut self, a: &'n Node, b: &'n Node, place: &mut Vec<Step>) {
        if a.hash == b.hash {
            return;
        }
        self.leaves(a, b, place);
        let mut names: Vec<&str> = Vec::new();
        for node in a.nodes.iter().chain(&b.nodes) {
            if !names.contains(&node.name.as_str()) {
                names.push(&node.name);
            }
        }
        for name in names {
            let of = |node: &'n Node| -> Vec<&'n Node> { node.nodes.iter().filter(|n| n.name == name).collect() };
            self.children((a, name), &of(a), &of(b), place);
        }
    }

    fn children(&mut self, (parent, name): (&Node, &str), a: &[&Node], b: &[&Node], place: &mut Vec<Step>) {
        let container = a.iter().chain(b).all(|n| !n.record);
        let only_one = a.len() == 1 && b.len() == 1 && !is_plural(&parent.name, name);
        if container || only_one {
            let empty = Node { name: name.to_owned(), ..Node::default() };
            let (a, b) = (a.first().copied().unwrap_or(&empty), b.first().copied().unwrap_or(&empty));
            return self.inside(a, b, !container, place);
        }
        let pairs = pair(a, b);
        let moved =
            if parent.ordered { off_course(&pairs.iter().filter_map(|(x, y)| Some(((*x)?, (*y)?))).collect::<Vec<_>>()) } else { HashSet::new() };
        for (x, y) in pairs {
            match (x.and_then(|x| a.get(x)), y.and_then(|y| b.get(y))) {
                (Some(old), Some(new)) => {
                    if x.is_some_and(|x| moved.contains(&x)) {
                        self.say(place, Some(old), Change::Moved);
                    }
                    self.inside(old, new, true, place);
                }
                (Some(old), None) => self.say(place, Some(old), Change::Removed { holds: old.holds() }),
                (None, Some(new)) => self.say(place, Some(new), Change::Added { holds: new.holds() }),
                (None, None) => {}
            }
        }
    }

    fn inside(&mut self, a: &Node, b: &Node, record: bool, place: &mut Vec<Step>) {
        // Containers go without saying.
        if record {
            place.push(step(a));
        }
        self.compare(a, b, place);
        if record {
            place.pop();
        }
    }

    fn say(&mut self, place: &[Step], node: Option<&Node>, change: Change) {
        let place = place.iter().cloned().chain(node.map(step)).collect();
        self.details.push(Detail { place, change });
    }

    fn leaves(&mut self, a: &Node, b: &Node, place: &[Step]) {
        let mut seen: HashSet<&str> = HashSet::new();
        for (name, _) in a.leaves.iter().chain(&b.leaves) {
            if !seen.insert(name) {
                continue;
            }
            let (mut left, mut right) = (values(a, name), values(b, name));
            loop {
                match (left.next(), right.next()) {
                    (None, None) => break,
                    (Some(x), Some(y)) => self.leaf(place, name, x, y),
                    (Some(x), None) => self.one_side(place, a, name, x, false),
                    (None, Some(y)) => self.one_side(place, b, name, y, true),
                }
            }
        }
    }

    fn leaf(&mut self, place: &[Step], name: &str, from: &str, to: &str) {
        if from == to {
            return;
        }
        let long = |t: &str| t.split_whitespace().take(4).count() > 3;
        let change = match !from.is_empty() && !to.is_empty() && (long(from) || long(to)) {
            true => Change::Text { pieces: words::compare(from, to) },
            false => Change::Value { from: clip(from, VALUE), to: clip(to, VALUE) },
        };
        let leaf = Step { name: name.to_owned(), label: String::new() };
        self.details.push(Detail { place: place.iter().cloned().chain([leaf]).collect(), change });
    }

    fn one_side(&mut self, place: &[Step], node: &Node, name: &str, value: &str, second: bool) {
        if value.is_empty() {
            return;
        }
        if !self.releases || name.contains('.') {
            let (from, to) = if second { ("", value) } else { (value, "") };
            return self.leaf(place, name, from, to);
        }
        let (records, values) = self.only.entry((second, format!("{}/{name}", node.name))).or_default();
        *records += 1;
        if values.len() < 5 {
            values.insert(clip(value, 40));
        }
    }
}

fn values<'a>(node: &'a Node, name: &'a str) -> impl Iterator<Item = &'a str> {
    node.leaves.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
}

fn step(node: &Node) -> Step {
    Step { name: node.name.clone(), label: node.label.clone() }
}

/// `chapters` of `chapter`, `criteria` of `criterion`.
pub(super) fn is_plural(container: &str, record: &str) -> bool {
    let stem = record.get(..record.len().saturating_sub(2)).unwrap_or_default();
    container != record && !stem.is_empty() && container.starts_with(stem)
}

/// Which records of two lists are the same: equal ones, then those of one name, then those that share most words, then those that have no name, in their order.
pub(super) fn pair(a: &[&Node], b: &[&Node]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut to: Vec<Option<usize>> = vec![None; a.len()];
    let mut free: Vec<bool> = vec![true; b.len()];
    by(a, b, &mut to, &mut free, |n| Some((n.hash, n.label.clone())));
    by(a, b, &mut to, &mut free, |n| (!n.label.is_empty()).then(|| n.label.clone()));
    alike(a, b, &mut to, &mut free);
    by(a, b, &mut to, &mut free, |n| n.label.is_empty().then_some(()));
    let added = free.iter().enumerate().filter(|(_, free)| **free).map(|(y, _)| (None, Some(y)));
    to.iter().enumerate().map(|(x, y)| (Some(x), *y)).chain(added).collect()
}

fn by<K: Eq + std::hash::Hash>(a: &[&Node], b: &[&Node], to: &mut [Option<usize>], free: &mut [bool], key: impl Fn(&Node) -> Option<K>) {
    let mut waiting: HashMap<K, std::collections::VecDeque<usize>> = HashMap::new();
    for (y, node) in b.iter().enumerate().filter(|(y, _)| free.get(*y) == Some(&true)) {
        if let Some(key) = key(node) {
            waiting.entry(key).or_default().push_back(y);
        }
    }
    for (node, to) in a.iter().zip(to.iter_mut()).filter(|(_, to)| to.is_none()) {
        let found = key(node).and_then(|key| waiting.get_mut(&key)?.pop_front());
        if let Some(free) = found.and_then(|y| free.get_mut(y)) {
            *free = false;
            *to = found;
        }
    }
}

fn alike(a: &[&Node], b: &[&Node], to: &mut [Option<usize>], free: &mut [bool]) {
    let left: Vec<usize> = (0..a.len()).filter(|x| to.get(*x) == Some(&None)).collect();
    let right: Vec<usize> = (0..b.len()).filter(|y| free.get(*y) == Some(&true)).collect();
    if left.len() * right.len() > PAIRS {
        return;
    }
    let words = |node: Option<&&Node>| {
        let mut words = HashSet::new();
        node.into_iter().for_each(|n| n.words(500, &mut words));
        words
    };
    let (of_a, of_b): (Vec<_>, Vec<_>) = (left.iter().map(|x| words(a.get(*x))).collect(), right.iter().map(|y| words(b.get(*y))).collect());
    let mut likely: Vec<(usize, usize, usize)> = Vec::new();
    for (x, p) in left.iter().zip(&of_a) {
        for (y, q) in right.iter().zip(&of_b) {
            let alike = share(p, q);
            if alike >= ALIKE {
                likely.push((alike, *x, *y));
            }
        }
    }
    likely.sort_by(|p, q| q.0.cmp(&p.0).then((p.1, p.2).cmp(&(q.1, q.2))));
    for (_, x, y) in likely {
        if let (Some(to @ None), Some(free @ true)) = (to.get_mut(x), free.get_mut(y)) {
            *to = Some(y);
            *free = false;
        }
    }
}

/// Part of all words of two texts that is in both, in percent.
pub(super) fn share(a: &HashSet<u64>, b: &HashSet<u64>) -> usize {
    let both = a.intersection(b).count();
    let all = a.len() + b.len() - both;
    (both * 100).checked_div(all).unwrap_or(0)
}

/// Of places in two orders, the first ones of those that do not keep it: all but a longest row that does.
pub(super) fn off_course(pairs: &[(usize, usize)]) -> HashSet<usize> {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable();
    // Ends of the best rows of each length, and what stands before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    let second = |at: usize| pairs.get(at).map_or(0, |(_, y)| *y);
    for (at, (_, y)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < *y);
        before.push(length.checked_sub(1).and_then(|l| ends.get(l)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut kept = HashSet::new();
    let mut at = ends.last().copied();
    while let Some(here) = at {
        kept.insert(here);
        at = before.get(here).copied().flatten();
    }
    pairs.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, (x, _))| *x).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: &str, leaves: &[(&str, &str)]) -> Node {
        let leaves: Vec<_> = leaves.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let label = leaves.iter().find(|(n, _)| n == "name").map(|(_, v)| v.clone()).unwrap_or_default();
        Node { name: name.into(), label, record: true, leaves, ..Node::default() }.seal()
    }

    fn found(a: Vec<Node>, b: Vec<Node>, releases: bool) -> (Vec<Detail>, Vec<Only>) {
        let list = |nodes| Node { name: "books".into(), ordered: true, nodes, ..Node::default() }.seal();
        let mut found = Found::of(releases);
        found.compare(&list(a), &list(b), &mut Vec::new());
        (found.take(), found.only())
    }

    #[test]
    fn one_that_moved_is_said_to_have_moved_and_the_others_not() {
        assert_eq!(off_course(&[(0, 3), (1, 0), (2, 1), (3, 2)]), HashSet::from([0]));
        assert_eq!(off_course(&[(0, 0), (1, 1)]), HashSet::new());
    }

    #[test]
    fn records_are_found_again_by_name_and_by_words() {
        let a = vec![record("book", &[("name", "A"), ("text", "one two three four five")]), record("book", &[("name", "B"), ("text", "x")])];
        let b = vec![record("book", &[("name", "B"), ("text", "y")]), record("book", &[("name", "C"), ("text", "one two three four five")])];
        let (details, _) = found(a, b, false);
        let said: Vec<_> = details.iter().map(|d| (d.place.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join("/"), &d.change)).collect();
        let value = |from: &str, to: &str| Change::Value { from: from.into(), to: to.into() };
        assert!(said.contains(&("book/name".to_owned(), &value("A", "C"))), "{said:?}");
        assert!(said.contains(&("book/text".to_owned(), &value("x", "y"))), "{said:?}");
        assert_eq!(said.iter().filter(|(_, c)| **c == Change::Moved).count(), 1, "{said:?}");
        assert_eq!(said.len(), 3, "{said:?}");
    }

    #[test]
    fn a_leaf_of_the_other_release_is_no_change() {
        let (a, b) = (vec![record("book", &[("name", "A")])], vec![record("book", &[("name", "A"), ("new", "1")])]);
        let (details, only) = found(a.clone(), b.clone(), true);
        assert!(details.is_empty());
        assert_eq!(only, [Only { second: true, leaf: "book/new".into(), records: 1, values: vec!["1".into()] }]);
        assert_eq!(found(a, b, false).0.len(), 1);
    }
}
