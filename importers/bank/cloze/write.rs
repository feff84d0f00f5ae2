//! From parts to the notation.

use crate::bank::text::percent;
use parcours_course::question::{Answer, Body, Question};

/// Digits of a part's number, and the brace.
const DIGITS: usize = 8;

/// A text with the notation of each part in its place.
pub(crate) fn join(text: &str, parts: &[Question]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once("{#") {
        out.push_str(before);
        let end = from.bytes().take(DIGITS).position(|b| b == b'}');
        let part = end.and_then(|end| Some((from.get(..end)?.parse::<usize>().ok()?.checked_sub(1)?, from.get(end + 1..)?)));
        let part = part.and_then(|(at, after)| Some((parts.get(at)?, after)));
        match part {
            Some((part, after)) => {
                out.push_str(&notation(part));
                rest = after;
            }
            None => {
                out.push_str("{#");
                rest = from;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The one that the part came in, or else one made of what it asks.
pub(crate) fn notation(part: &Question) -> String {
    let own = part.text.text.trim();
    if own.starts_with('{') && own.ends_with('}') && own.contains(':') {
        return own.to_owned();
    }
    let (name, answers): (&str, Vec<String>) = match &part.body {
        Body::Short(s) => {
            (if s.case { "SHORTANSWER_C" } else { "SHORTANSWER" }, s.answers.iter().map(|a| answer(a, &escape(&a.text.text))).collect())
        }
        Body::Numerical(n) => {
            let number = |t: &parcours_course::question::Tolerance| match t.tolerance.trim() {
                "" | "0" => t.answer.text.text.clone(),
                tolerance => format!("{}:{tolerance}", t.answer.text.text),
            };
            ("NUMERICAL", n.answers.iter().map(|t| answer(&t.answer, &number(t))).collect())
        }
        Body::Choice(c) => {
            let name = match (c.single, c.vertical, c.shuffle) {
                (true, true, false) => "MULTICHOICE",
                (true, true, true) => "MULTICHOICE_S",
                (true, false, false) => "MULTICHOICE_V",
                (true, false, true) => "MULTICHOICE_VS",
                (false, _, false) => "MULTIRESPONSE",
                (false, _, true) => "MULTIRESPONSE_S",
            };
            (name, c.answers.iter().map(|a| answer(a, &escape(&a.text.text))).collect())
        }
        _ => return String::new(),
    };
    format!("{{{}:{name}:{}}}", part.mark.round().max(1.0), answers.join("~"))
}

fn answer(a: &Answer, text: &str) -> String {
    let weight = match a.fraction {
        f if f >= 1.0 => "=".to_owned(),
        0.0 => String::new(),
        f => format!("%{}%", percent(f)),
    };
    let feedback = if a.feedback.is_empty() { String::new() } else { format!("#{}", escape(&a.feedback.text)) };
    format!("{weight}{text}{feedback}")
}

/// The number sign of `&#39;` needs none.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if matches!(c, '}' | '~' | '\\') || (c == '#' && before != '&') {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}
