//! Changes to the bytes of a text, collected and then made at once.

use super::token::{Attribute, encode};
use std::ops::Range;

/// One change: other text in the place of a range, which may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    range: Range<usize>,
    with: String,
    /// Whether what is put there says something that the text did not.
    added: bool,
}

/// Changes that do not overlap.
#[derive(Debug, Clone, Default)]
pub struct Edits(Vec<Edit>);

impl Edits {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes a range out.
    pub fn cut(&mut self, range: Range<usize>) {
        self.put(range, String::new());
    }

    /// Puts a text in the place of a range.
    pub fn put(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push(Edit { range, with: with.into(), added: false });
    }

    /// Puts something in that says what the text did not: a placeholder, a player.
    pub fn add(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push(Edit { range, with: with.into(), added: true });
    }

    /// Gives an attribute another value, or takes it out.
    pub fn attribute(&mut self, attribute: &Attribute, value: Option<&str>) {
        match value {
            Some(value) => self.put(attribute.written.clone(), format!("\"{}\"", encode(value))),
            None => self.cut(attribute.range.clone()),
        }
    }

    /// The text with all changes made; without what they [added](Self::add) where that is not asked for. Nothing when two want the same place.
    pub fn apply(&self, text: &str, with_added: bool) -> Option<String> {
        let mut edits: Vec<&Edit> = self.0.iter().collect();
        // Insertions at one place stay in their order, before what is replaced there.
        edits.sort_by_key(|e| (e.range.start, e.range.end));
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for edit in edits {
            if edit.range.start < from {
                return None;
            }
            out.push_str(text.get(from..edit.range.start)?);
            if with_added || !edit.added {
                out.push_str(&edit.with);
            }
            from = edit.range.end;
        }
        out.push_str(text.get(from..)?);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_the_order_of_the_text() {
        let mut edits = Edits::default();
        edits.put(2..3, "C");
        edits.cut(0..1);
        edits.add(2..2, "+");
        assert_eq!(edits.apply("abcd", true).as_deref(), Some("b+Cd"));
        assert_eq!(edits.apply("abcd", false).as_deref(), Some("bCd"));
        edits.cut(0..2);
        assert_eq!(edits.apply("abcd", true), None);
    }
}
