//! A text with its markup.

use serde::{Deserialize, Serialize};

/// A text, stored as it came, and what it is written in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    pub text: String,
    pub format: Format,
}

/// What a text is written in (MBZ-FORMAT §2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// HTML in which line ends are breaks and addresses are links.
    Moodle,
    #[default]
    Html,
    Plain,
    Markdown,
}

impl Format {
    /// By the number that archives write; one that means nothing (3, a wiki of long ago) is taken for Moodle's own.
    pub fn of(number: i64) -> Format {
        match number {
            1 => Format::Html,
            2 => Format::Plain,
            4 => Format::Markdown,
            _ => Format::Moodle,
        }
    }

    pub fn number(self) -> i64 {
        match self {
            Format::Moodle => 0,
            Format::Html => 1,
            Format::Plain => 2,
            Format::Markdown => 4,
        }
    }
}

impl Text {
    pub fn new(text: impl Into<String>, format: Format) -> Self {
        Text { text: text.into(), format }
    }

    pub fn html(text: impl Into<String>) -> Self {
        Text::new(text, Format::Html)
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Text::new(text, Format::Plain)
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}
