//! Pieces of a question, read.

use crate::bank::Store;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parcours_course::question::{Answer, Combined, File};
use parcours_course::{Format, Language, Text};
use parcours_mbz::Error;
use parcours_mbz::outline::mime;
use parcours_mbz::xml::Element;

/// The number of a question that is being read. Its answers, hints and pairs have numbers from 1 on, each kind its own.
pub(super) const QUESTION: i64 = 1;

/// A question being read.
pub(super) struct In<'a> {
    store: &'a mut dyn Store,
    pub files: Vec<File>,
    /// `question`, or the type's own.
    pub component: String,
    /// Files that are none.
    broken: Vec<String>,
    failed: Option<Error>,
}

impl<'a> In<'a> {
    pub fn new(store: &'a mut dyn Store) -> Self {
        In { store, files: Vec::new(), component: "question".to_owned(), broken: Vec::new(), failed: None }
    }

    /// What else was lost.
    pub fn lost(&mut self, language: Language) -> Result<Vec<String>, Error> {
        match self.failed.take() {
            Some(e) => Err(e),
            None => Ok(self.broken.iter().map(|name| format!("{} {name}", language.of("unreadable file", "fichier illisible"))).collect()),
        }
    }

    /// The text of a child with its files; nothing where there is none.
    pub fn text(&mut self, e: &Element, name: &str, area: &str, item: i64) -> Text {
        e.child(name).map(|t| self.own(t, area, item)).unwrap_or_default()
    }

    /// The text of an element itself.
    pub fn own(&mut self, e: &Element, area: &str, item: i64) -> Text {
        self.files(e, area, item);
        let text = if e.child("text").is_some() { e.leaf("text") } else { e.text.trim() };
        Text::new(text, format(e.attribute("format")))
    }

    pub fn files(&mut self, e: &Element, area: &str, item: i64) {
        for f in e.all("file") {
            let name = f.attribute("name").unwrap_or_default().trim_start_matches('/');
            let bytes: Vec<u8> = f.text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
            let decoded = STANDARD.decode(bytes).ok().filter(|_| !name.is_empty() && f.attribute("encoding").is_none_or(|e| e == "base64"));
            let Some(content) = decoded else {
                self.broken.push(name.to_owned());
                continue;
            };
            match self.store.put(&mut content.as_slice()) {
                Ok(stored) => {
                    let folder = f.attribute("path").unwrap_or("/").trim_matches('/');
                    let path = if folder.is_empty() { format!("/{name}") } else { format!("/{folder}/{name}") };
                    let (component, area) = (self.component.clone(), area.to_owned());
                    self.files.push(File { component, area, item, path, hash: stored.hash, size: stored.size, mime: Some(mime(name).to_owned()) });
                }
                Err(e) => self.failed = self.failed.take().or(Some(e)),
            }
        }
    }

    pub fn combined(&mut self, e: &Element) -> Combined {
        Combined {
            right: self.text(e, "correctfeedback", "correctfeedback", QUESTION),
            partly: self.text(e, "partiallycorrectfeedback", "partiallycorrectfeedback", QUESTION),
            wrong: self.text(e, "incorrectfeedback", "incorrectfeedback", QUESTION),
            show_number_right: flag(e, "shownumcorrect", false),
        }
    }

    pub fn answers(&mut self, e: &Element) -> Vec<Answer> {
        let mut id = 0;
        let mut all = Vec::new();
        for a in e.all("answer") {
            id += 1;
            all.push(self.answer(a, id));
        }
        all
    }

    pub fn answer(&mut self, e: &Element, id: i64) -> Answer {
        let percent: f64 = e.attribute("fraction").and_then(decimal_of).unwrap_or(0.0);
        let text = self.own(e, "answer", id);
        let feedback = self.text(e, "feedback", "answerfeedback", id);
        Answer { id, text, fraction: percent / 100.0, feedback }
    }
}

fn format(name: Option<&str>) -> Format {
    match name {
        Some("plain_text") => Format::Plain,
        Some("markdown") => Format::Markdown,
        Some("html") => Format::Html,
        Some(_) => Format::Moodle,
        // Files of before 1.9 say none, and are HTML mostly.
        None => Format::Html,
    }
}

/// Words in `<name><text>…`, or in the element itself.
pub(super) fn words<'a>(e: &'a Element, name: &str) -> &'a str {
    e.child(name).map_or("", |c| c.value("text").unwrap_or(c.text.as_str())).trim()
}

/// An empty element says yes: some types write it so.
pub(super) fn flag(e: &Element, name: &str, default: bool) -> bool {
    match e.child(name).map(|c| c.text.trim()) {
        None => default,
        Some("0" | "false" | "no") => false,
        Some(_) => true,
    }
}

pub(super) fn number(e: &Element, name: &str, default: i64) -> i64 {
    let text = words(e, name);
    text.parse().ok().or_else(|| decimal_of(text).map(|f| f as i64)).unwrap_or(default)
}

pub(super) fn decimal(e: &Element, name: &str, default: f64) -> f64 {
    decimal_of(words(e, name)).unwrap_or(default)
}

fn decimal_of(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|f: &f64| f.is_finite())
}
