//! Characters that mean something: `: # = { } ~ \`, and `\n` for a line end. A backslash before anything else is a backslash.

use parcours_course::{Format, Text};

fn escapes(c: char) -> bool {
    matches!(c, ':' | '#' | '=' | '{' | '}' | '~' | '\\' | 'n')
}

/// Where the first of these characters stands that is not escaped.
pub(super) fn find(text: &str, which: &[char]) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && chars.next_if(|(_, c)| escapes(*c)).is_some() {
            continue;
        }
        if which.contains(&c) {
            return Some(at);
        }
    }
    None
}

/// The text before and after the first of these characters; all of it and nothing where there is none.
pub(super) fn split<'a>(text: &'a str, which: &[char]) -> (&'a str, Option<&'a str>) {
    match find(text, which) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    }
}

/// Pieces beyond which a text is no list of answers.
const MOST: usize = 5000;

/// The pieces between these characters; each but the first begins with the one before it. Nothing where there are too many.
pub(super) fn pieces<'a>(text: &'a str, which: &[char]) -> Option<Vec<&'a str>> {
    let mut all = Vec::new();
    let (mut from, mut chars) = (0, text.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        if c == '\\' && chars.next_if(|(_, c)| escapes(*c)).is_some() {
            continue;
        }
        if which.contains(&c) {
            all.push(text.get(from..at).unwrap_or_default());
            from = at;
            if all.len() > MOST {
                return None;
            }
        }
    }
    all.push(text.get(from..).unwrap_or_default());
    Some(all)
}

pub(super) fn undo(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.trim().chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.next_if(|next| c == '\\' && escapes(*next))) {
            (_, Some('n')) => out.push('\n'),
            (_, Some(escaped)) => out.push(escaped),
            (c, None) => out.push(c),
        }
    }
    out
}

pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => {}
            ':' | '#' | '=' | '{' | '}' | '~' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

const FORMATS: &[(&str, Format)] =
    &[("[moodle]", Format::Moodle), ("[html]", Format::Html), ("[plain]", Format::Plain), ("[markdown]", Format::Markdown)];

/// A text with the format it says, or else the default.
pub(super) fn text(raw: &str, default: Format) -> Text {
    let raw = raw.trim_start();
    let said = FORMATS.iter().find_map(|(name, format)| Some((raw.strip_prefix(name)?, *format)));
    let (raw, format) = said.unwrap_or((raw, default));
    Text::new(undo(raw), format)
}

/// A text, with its format where it is another than the default.
pub(super) fn written(text: &Text, default: Option<Format>) -> String {
    let name = FORMATS.iter().find(|(_, format)| *format == text.format && default != Some(*format) && !text.is_empty()).map_or("", |(name, _)| name);
    format!("{name}{}", escape(&text.text))
}
