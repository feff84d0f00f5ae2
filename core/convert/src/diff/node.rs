//! The normal form of a document: names in the place of numbers, no dates, nothing empty.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A record or container in its normal form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Node {
    pub name: String,
    /// What tells it from others of its name; empty where nothing does.
    pub label: String,
    /// Whether it is a record (it had a number, or is one of several) and no mere container.
    pub record: bool,
    /// Whether the order of its children means something.
    pub ordered: bool,
    /// Names and values, empty ones too; the order means nothing.
    pub leaves: Vec<(String, String)>,
    pub nodes: Vec<Node>,
    /// Of all it holds; equal nodes have equal ones. [`seal`](Node::seal) makes it.
    pub hash: u64,
}

impl Node {
    pub fn group(name: &str, nodes: Vec<Node>) -> Node {
        Node { name: name.to_owned(), nodes, ..Node::default() }.seal()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.leaves.iter().all(|(_, v)| v.is_empty())
    }

    /// To be called when leaves and children are complete.
    pub fn seal(mut self) -> Node {
        self.nodes.retain(|n| n.record || !n.is_empty());
        let mut leaves: Vec<_> = self.leaves.iter().filter(|(_, v)| !v.is_empty()).collect();
        leaves.sort();
        let mut nodes: Vec<_> = self.nodes.iter().map(|n| n.hash).collect();
        if !self.ordered {
            nodes.sort_unstable();
        }
        let mut hasher = DefaultHasher::new();
        (&self.name, leaves, nodes).hash(&mut hasher);
        self.hash = hasher.finish();
        self
    }

    /// Length of all values, in bytes.
    pub fn size(&self) -> usize {
        self.leaves.iter().map(|(_, v)| v.len()).sum::<usize>() + self.nodes.iter().map(Node::size).sum::<usize>()
    }

    /// Its leaves in short.
    pub fn holds(&self) -> String {
        let mut out = String::new();
        self.gather(&mut out, 0);
        clip(&out, 160)
    }

    fn gather(&self, out: &mut String, depth: usize) {
        for (name, value) in self.leaves.iter().filter(|(_, v)| !v.is_empty() && *v != "0") {
            if out.len() > 400 {
                return;
            }
            let comma = if out.is_empty() { "" } else { ", " };
            out.push_str(&format!("{comma}{name}: {}", clip(&visible(value), 60)));
        }
        if depth < 4 {
            self.nodes.iter().take(8).for_each(|n| n.gather(out, depth + 1));
        }
    }

    /// Hashes of the words that are read in it, at most `most`.
    pub fn words(&self, most: usize, out: &mut std::collections::HashSet<u64>) {
        for (_, value) in &self.leaves {
            for word in visible(value).split_whitespace().filter(|w| w.chars().count() > 2) {
                if out.len() >= most {
                    return;
                }
                out.insert(hash(&word.to_lowercase()));
            }
        }
        self.nodes.iter().for_each(|n| n.words(most, out));
    }
}

pub(super) fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A text without its tags, in one line.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::new();
    for word in super::words::split(text) {
        let word = if word.starts_with('<') && word.ends_with('>') { " " } else { word };
        match word.trim().is_empty() {
            true if out.ends_with(' ') || out.is_empty() => {}
            true => out.push(' '),
            false => out.push_str(word),
        }
    }
    out.trim_end().replace("&nbsp;", " ")
}

/// The beginning of a text.
pub(super) fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_means_nothing_unless_it_does_and_empty_is_absent() {
        let leaf = |v: &str| Node { name: "n".into(), record: true, leaves: vec![("x".into(), v.into())], ..Node::default() }.seal();
        let node = |nodes: Vec<Node>, ordered| Node { ordered, nodes, ..Node::default() }.seal().hash;
        assert_eq!(node(vec![leaf("1"), leaf("2")], false), node(vec![leaf("2"), leaf("1")], false));
        assert_ne!(node(vec![leaf("1"), leaf("2")], true), node(vec![leaf("2"), leaf("1")], true));
        let with = |leaves: Vec<(String, String)>| Node { leaves, ..Node::default() }.seal().hash;
        assert_eq!(with(vec![("a".into(), String::new())]), with(vec![]));
    }

    #[test]
    fn what_is_read_of_a_text() {
        assert_eq!(visible("<p>Le <b>chat</b></p>\n<p>noir</p>"), "Le chat noir");
        assert_eq!(clip("abcdef", 3), "abc…");
    }
}
