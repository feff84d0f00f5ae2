//! From text to questions, one block of lines at a time.

use super::{body, escape};
use crate::bank::{Bank, Fated, Shelves, named, penalty};
use parcours_course::question::{Body, Question};
use parcours_course::report::Reason;
use parcours_course::{Format, Language, Text};
use parcours_mbz::{Error, Limit, Limits, Place};

/// What errors call the text.
pub(super) const PLACE: &str = "questions.gift.txt";
const CATEGORY: &str = "$CATEGORY:";
/// What stands in a question's text where its answers stood in the middle of it.
const BLANK: &str = "_____";

/// What comments before a question say of it.
#[derive(Default)]
struct Said {
    idnumber: String,
    tags: Vec<String>,
}

pub(super) fn read(text: &str, default: &str, language: Language) -> Result<Bank, Error> {
    let limits = Limits::default();
    if text.len() as u64 > limits.text_bytes {
        return Err(Error::Limit { place: Place::entry(PLACE), limit: Limit::TextBytes, value: limits.text_bytes });
    }
    let mut shelves = Shelves::new(default, PLACE, &limits);
    let (mut block, mut said) = (String::new(), Said::default());
    for line in text.lines().chain([""]) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            finish(&mut block, &mut said, &mut shelves, language)?;
        } else if let Some(comment) = trimmed.strip_prefix("//") {
            hear(comment, &mut said);
        } else if let Some(path) = trimmed.strip_prefix(CATEGORY) {
            finish(&mut block, &mut said, &mut shelves, language)?;
            shelves.enter(path.trim())?;
        } else {
            block.push_str(line);
            block.push('\n');
        }
    }
    Ok(shelves.finish())
}

/// `[id:…]` and `[tag:…]` of a comment; a bracket in them is escaped.
fn hear(comment: &str, said: &mut Said) {
    let mut rest = comment;
    while let Some((_, from)) = rest.split_once('[') {
        rest = from;
        let id = from.strip_prefix("id:");
        let Some(value) = id.or(from.strip_prefix("tag:")) else { continue };
        // What has no end here has none later.
        let Some(end) = bracket(value) else { return };
        let word = value.get(..end).unwrap_or_default().replace("\\]", "]").trim().to_owned();
        match id {
            Some(_) => said.idnumber = word,
            None => said.tags.extend(Some(word).filter(|w| !w.is_empty())),
        }
        rest = value.get(end..).unwrap_or_default();
    }
}

/// The first bracket that closes and is not escaped.
fn bracket(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == ']' && !escaped {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn finish(block: &mut String, said: &mut Said, shelves: &mut Shelves, language: Language) -> Result<(), Error> {
    let text = std::mem::take(block);
    let said = if text.trim().is_empty() { return Ok(()) } else { std::mem::take(said) };
    match question(text.trim()) {
        Ok(mut q) => {
            (q.idnumber, q.tags) = (said.idnumber, said.tags);
            shelves.put(q, Fated::imported())
        }
        Err(fault) => {
            let (english, french) = fault.words();
            let beginning: String = text.trim().chars().take(80).collect();
            shelves.refuse(&beginning, Fated::refused(Reason::Unreadable, language.of(english, french)))
        }
    }
}

/// What is wrong with a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Open,
    Number,
    Answers,
    Many,
}

impl Fault {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Fault::Open => ("a brace that is not closed before the next blank line", "une accolade n’est pas fermée avant la ligne vide suivante"),
            Fault::Number => ("an answer to a numerical question that is no number", "une réponse numérique qui n’est pas un nombre"),
            Fault::Many => ("more answers than any question has", "plus de réponses qu’aucune question n’en a"),
            Fault::Answers => ("its answers are not understood", "ses réponses ne sont pas comprises"),
        }
    }
}

fn question(block: &str) -> Result<Question, Fault> {
    let (title, rest) = title(block);
    let (before, answers, after) = parts(rest)?;
    let mut text = escape::text(before, Format::Moodle);
    // Answers in the middle of a sentence leave a blank.
    if answers.is_some() && !after.trim().is_empty() {
        let space = if before.ends_with(char::is_whitespace) { " " } else { "" };
        let gap = if after.starts_with(char::is_whitespace) { " " } else { "" };
        text.text = format!("{}{space}{BLANK}{gap}{}", text.text, escape::undo(after));
    }
    let mut q = Question { id: 1, mark: 1.0, version: 1, latest: true, text, ..Question::default() };
    if let Some(answers) = answers {
        let (answers, general) = general(answers);
        q.general_feedback = general.map(|g| escape::text(g, q.text.format)).unwrap_or_default();
        q.body = body::read(answers, q.text.format)?;
    }
    q.penalty = penalty(&q.body);
    if q.body == Body::Description {
        q.mark = 0.0;
    }
    q.name = title.map(escape::undo).filter(|t| !t.is_empty()).unwrap_or_else(|| named(&q.text));
    Ok(q)
}

fn title(block: &str) -> (Option<&str>, &str) {
    let Some(rest) = block.strip_prefix("::") else { return (None, block) };
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|r| escape::find(r, &[':'])) {
        let at = from + at;
        if let Some(after) = rest.get(at..).and_then(|r| r.strip_prefix("::")) {
            return (rest.get(..at), after);
        }
        from = at + 1;
    }
    (None, block)
}

/// The text, what is in braces, and the text behind.
fn parts(text: &str) -> Result<(&str, Option<&str>, &str), Fault> {
    let (before, Some(from)) = escape::split(text, &['{']) else { return Ok((text, None, "")) };
    let (answers, Some(after)) = escape::split(from, &['}']) else { return Err(Fault::Open) };
    Ok((before, Some(answers), after))
}

/// Answers, and what stands behind four number signs.
fn general(answers: &str) -> (&str, Option<&str>) {
    let mut from = 0;
    while let Some(at) = answers.get(from..).and_then(|r| escape::find(r, &['#'])) {
        let at = from + at;
        if let Some(general) = answers.get(at..).and_then(|r| r.strip_prefix("####")) {
            return (answers.get(..at).unwrap_or_default(), Some(general));
        }
        from = at + 1;
    }
    (answers, None)
}

/// Empty feedback has the format of what it is feedback to.
pub(super) fn feedback(raw: Option<&str>, format: Format) -> Text {
    raw.map(|raw| escape::text(raw, format)).unwrap_or_default()
}
