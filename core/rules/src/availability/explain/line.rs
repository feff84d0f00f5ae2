//! Words with names in them, so that a page can set names apart and link activities.

use std::fmt;

/// A line, and the lines below it when it is a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub pieces: Vec<Piece>,
    pub items: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Our own words.
    Words(String),
    /// A name, a value or a date: comes from outside, and has to be escaped.
    Name(String),
    /// The name of an activity, which may be a link; likewise from outside.
    Activity { cm: i64, name: String },
}

impl Piece {
    pub fn text(&self) -> &str {
        match self {
            Piece::Words(text) | Piece::Name(text) | Piece::Activity { name: text, .. } => text,
        }
    }
}

impl Line {
    /// The line without its items.
    pub fn text(&self) -> String {
        self.pieces.iter().map(Piece::text).collect()
    }

    /// Puts values into the places a phrase leaves for them (`{0}`, `{1}`).
    pub(super) fn fill(phrase: &str, values: &[Piece]) -> Self {
        let mut line = Line::default();
        for part in phrase.split_inclusive('}') {
            let (words, value) = match part.find('{') {
                Some(at) => (&part[..at], part[at..].trim_matches(['{', '}']).parse().ok().and_then(|n: usize| values.get(n))),
                None => (part, None),
            };
            line.words(words);
            line.pieces.extend(value.cloned());
        }
        line
    }

    pub(super) fn append(&mut self, between: &str, other: Line) {
        self.words(between);
        for piece in other.pieces {
            match piece {
                Piece::Words(words) => self.words(&words),
                name => self.pieces.push(name),
            }
        }
        self.items.extend(other.items);
    }

    fn words(&mut self, words: &str) {
        match self.pieces.last_mut() {
            _ if words.is_empty() => {}
            Some(Piece::Words(last)) => last.push_str(words),
            _ => self.pieces.push(Piece::Words(words.to_owned())),
        }
    }

    fn write(&self, f: &mut fmt::Formatter, indent: usize) -> fmt::Result {
        for piece in &self.pieces {
            f.write_str(piece.text())?;
        }
        for item in &self.items {
            write!(f, "\n{:indent$}- ", "")?;
            item.write(f, indent + 2)?;
        }
        Ok(())
    }
}

/// Plain text, items on lines of their own.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.write(f, 0)
    }
}
