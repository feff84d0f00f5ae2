//! From the notation to parts.

use super::{KINDS, Kind};
use crate::bank::text::decode;
use parcours_course::question::{Answer, Body, Choice, Numerical, Question, Short, Tolerance, Units};
use parcours_course::{Format, Text};

/// Digits of a mark.
const DIGITS: usize = 9;
/// Questions in one text, and answers to one question, beyond which there are none.
const PARTS: usize = 500;
const ANSWERS: usize = 1000;
/// Characters of the longest name.
const NAME: usize = 20;

/// A text with `{#1}` in the place of each question in it, and those questions. Linear in the text's length: what has no end at one place has none later.
pub(crate) fn split(text: &str, name: &str) -> (String, Vec<Question>) {
    let mut out = String::with_capacity(text.len());
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('{').filter(|_| parts.len() < PARTS) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let Some((mark, kind, answers)) = head(from) else {
            out.push('{');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        let Some((answers, after)) = alternatives(answers) else {
            rest = from;
            break;
        };
        let notation = from.get(..from.len() - after.len()).unwrap_or_default();
        parts.push(part(name, notation, mark, kind, answers));
        out.push_str(&format!("{{#{}}}", parts.len()));
        rest = after;
    }
    out.push_str(rest);
    (out, parts)
}

/// `{2:NUMERICAL:` and what follows.
fn head(from: &str) -> Option<(f64, Kind, &str)> {
    let from = from.strip_prefix('{')?;
    let colon = from.bytes().take(DIGITS + 1).position(|b| b == b':')?;
    let (mark, rest) = (from.get(..colon)?, from.get(colon + 1..)?);
    let mark = match mark {
        "" => 1.0,
        digits => digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??,
    };
    let end = rest.bytes().take(NAME).position(|b| b == b':')?;
    let (name, rest) = (rest.get(..end)?, rest.get(end + 1..)?);
    let (_, kind) = KINDS.iter().find(|(n, _)| *n == name)?;
    Some((mark, *kind, rest))
}

/// An answer as it is written.
#[derive(Default)]
struct Written {
    text: String,
    feedback: String,
    fraction: f64,
}

/// The answers up to the closing brace, and what follows it; nothing where it never closes.
fn alternatives(text: &str) -> Option<(Vec<Written>, &str)> {
    let (mut all, mut now, mut feedback) = (Vec::new(), String::new(), None::<String>);
    let (mut escaped, mut before) = (false, ' ');
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
            if !matches!(c, '{' | '}' | '#' | '~' | '/' | '"' | '\\') {
                feedback.as_mut().unwrap_or(&mut now).push('\\');
            }
            feedback.as_mut().unwrap_or(&mut now).push(c);
        } else {
            match c {
                '\\' => escaped = true,
                '~' | '}' => {
                    let written = written(&std::mem::take(&mut now), feedback.take().unwrap_or_default());
                    // The first may have a tilde before it.
                    if !(all.is_empty() && c == '~' && written.text.is_empty() && written.feedback.is_empty()) {
                        all.push(written);
                    }
                    if all.len() > ANSWERS {
                        return None;
                    }
                    if c == '}' {
                        return Some((all, text.get(at + 1..).unwrap_or_default()));
                    }
                }
                // `&#39;` is a character, and not the beginning of feedback.
                '#' if feedback.is_none() && before != '&' => feedback = Some(String::new()),
                _ => feedback.as_mut().unwrap_or(&mut now).push(c),
            }
        }
        before = c;
    }
    None
}

fn written(text: &str, feedback: String) -> Written {
    let text = text.trim_start();
    if let Some(right) = text.strip_prefix('=') {
        return Written { text: right.to_owned(), feedback, fraction: 1.0 };
    }
    let weighed = text.strip_prefix('%').and_then(|t| t.split_once('%')).and_then(|(n, t)| Some((n.trim().parse::<f64>().ok()?, t)));
    match weighed.filter(|(n, _)| n.is_finite()) {
        Some((percent, text)) => Written { text: text.to_owned(), feedback, fraction: (percent / 100.0).clamp(-1.0, 1.0) },
        None => Written { text: text.to_owned(), feedback, fraction: 0.0 },
    }
}

fn part(name: &str, notation: &str, mark: f64, kind: Kind, answers: Vec<Written>) -> Question {
    let body = match kind {
        Kind::Short { case } => Body::Short(Short { case, answers: numbered(answers, |w| Text::new(decode(&w.text), Format::Moodle)) }),
        Kind::Number => Body::Numerical(Numerical {
            answers: numbered(answers, |w| Text::new(w.text.clone(), Format::Moodle)).into_iter().map(number).collect(),
            units: Units { show: 3, penalty: 0.1, ..Units::default() },
        }),
        Kind::Choice { single, list, shuffle } => Body::Choice(Choice {
            single,
            shuffle,
            numbering: "0".to_owned(),
            vertical: list,
            answers: numbered(answers, |w| Text::html(w.text.clone())),
            ..Choice::default()
        }),
    };
    Question { name: name.to_owned(), text: Text::html(notation), mark, version: 1, latest: true, body, ..Question::default() }
}

fn numbered(all: Vec<Written>, text: impl Fn(&Written) -> Text) -> Vec<Answer> {
    let mut id = 0;
    let answer = |w: Written| {
        id += 1;
        Answer { id, text: text(&w), fraction: w.fraction, feedback: Text::html(w.feedback) }
    };
    all.into_iter().map(answer).collect()
}

/// `5:0.1` is 5, give or take 0.1.
fn number(mut answer: Answer) -> Tolerance {
    let (number, tolerance) = match answer.text.text.split_once(':') {
        Some((number, tolerance)) => (number.trim().to_owned(), tolerance.trim().to_owned()),
        None => (answer.text.text.trim().to_owned(), "0".to_owned()),
    };
    answer.text.text = number;
    Tolerance { answer, tolerance, kind: 1, length: 2, format: 1 }
}
