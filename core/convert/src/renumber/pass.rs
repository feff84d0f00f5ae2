//! A document, value by value.

use super::value::Value;
use super::{Numbers, paths};
use parcours_mbz::Error;
use parcours_mbz::numbers::{Archive, Document, Frame, Meaning};
use parcours_mbz::xml::{Element, NULL, Rewrite, Tag};
use std::collections::{BTreeMap, HashSet};

pub(super) struct Pass<'a> {
    archive: &'a Archive,
    document: Document<'a>,
    manifest: bool,
    numbers: &'a Numbers<'a>,
    open: Vec<Frame>,
    /// Leaves whose numbers were left because nobody says what they are, and how often.
    pub unclear: BTreeMap<String, usize>,
}

impl<'a> Pass<'a> {
    pub fn new(archive: &'a Archive, path: &'a str, records: HashSet<String>, numbers: &'a Numbers<'a>) -> Self {
        let document = Document::new(archive, path, records);
        Pass { archive, document, manifest: path == parcours_mbz::container::MANIFEST, numbers, open: Vec::new(), unclear: BTreeMap::new() }
    }

    /// A leaf or an attribute of the first `depth` open elements.
    fn value(&mut self, depth: usize, name: &str, text: &mut String) {
        if text.is_empty() || text == NULL {
            return;
        }
        let open = self.open.get(..depth).unwrap_or_default();
        if self.manifest && paths::is_named(name) {
            paths::replace(text, self.numbers);
            return;
        }
        match self.document.value(open, name, text) {
            Meaning::Of(table) => listed(text, |old| self.numbers.of(&table, old)),
            Meaning::Scale => listed(text, |old| match old.checked_neg() {
                Some(scale) if scale > 0 => -self.numbers.of("scale", scale),
                _ => old,
            }),
            Meaning::Content => Value { archive: self.archive, document: &self.document, open, leaf: name, numbers: self.numbers }.content(text),
            Meaning::Unclear if text.trim() == "0" => {}
            Meaning::Unclear => {
                let record = open.last().map_or("", |f| f.name.as_str());
                *self.unclear.entry(format!("{record}/{name}")).or_default() += 1;
            }
        }
    }
}

/// Changes every number of a value of numbers and separators (`7`, `-2`, `7,8`, `/41/42/`); nothing where there is anything else in it.
pub(super) fn listed(text: &mut String, mut of: impl FnMut(i64) -> i64) {
    let is_mark = |c: char| c == ',' || c == '/' || c.is_whitespace();
    let whole = text.split(is_mark).all(|part| part.is_empty() || part.parse::<i64>().is_ok_and(|n| n.to_string() == part));
    if !whole {
        return;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for piece in text.split_inclusive(is_mark) {
        let number = piece.trim_end_matches(is_mark);
        match number.parse() {
            Ok(old) => out.push_str(&of(old).to_string()),
            Err(_) => out.push_str(number),
        }
        out.push_str(piece.get(number.len()..).unwrap_or_default());
    }
    *text = out;
}

impl Rewrite for Pass<'_> {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        Ok(())
    }

    fn start(&mut self, path: &[String], tag: &mut Tag, _: &mut Vec<Element>) -> Result<(), Error> {
        self.open.truncate(path.len().saturating_sub(1));
        let mut frame = Frame::new(&tag.name);
        tag.attributes.iter().for_each(|(name, value)| frame.see(name, value));
        self.open.push(frame);
        for (name, value) in &mut tag.attributes {
            if name == "id" {
                let table = self.document.record(&self.open);
                listed(value, |old| self.numbers.of(&table, old));
            } else {
                self.value(path.len(), name, value);
            }
        }
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        let depth = path.len().saturating_sub(1);
        self.open.truncate(depth);
        let name = path.last().map_or("", String::as_str);
        let was = text.clone();
        self.value(depth, name, text);
        if let Some(record) = self.open.last_mut() {
            record.see(name, &was);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_changed_and_nothing_else() {
        for (text, expected) in [
            ("7", "8"),
            ("-2", "-1"),
            ("7,8", "8,9"),
            ("/41/42/", "/42/43/"),
            ("7, 8", "8, 9"),
            ("7.0", "7.0"),
            ("a7", "a7"),
            ("007", "007"),
            ("", ""),
        ] {
            let mut new = text.to_owned();
            listed(&mut new, |n| n + 1);
            assert_eq!(new, expected);
        }
    }
}
