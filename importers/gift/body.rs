//! The type of a question, by its answers.

use super::answers::Raw;
use super::escape;
use super::read::{Fault, feedback};
use parcours_course::question::{Answer, Body, Choice, Essay, Match, Numerical, Pair, Short, Tolerance, TrueFalse, Units};
use parcours_course::{Format, Text};

const ARROW: &str = "->";

pub(super) fn read(answers: &str, format: Format) -> Result<Body, Fault> {
    let answers = answers.trim();
    if answers.is_empty() {
        return Ok(Body::Essay(essay()));
    }
    if let Some(numbers) = answers.strip_prefix('#') {
        return numerical(numbers, format).map(Body::Numerical);
    }
    if let Some(body) = true_false(answers, format) {
        return Ok(Body::TrueFalse(body));
    }
    let all: Vec<&str> = escape::pieces(answers, &['=', '~']).ok_or(Fault::Many)?.into_iter().filter(|p| !p.trim().is_empty()).collect();
    if all.iter().any(|p| p.starts_with('~')) {
        return Ok(Body::Choice(choice(&all, format)));
    }
    if !all.iter().all(|p| p.starts_with('=')) {
        return Err(Fault::Answers);
    }
    if all.iter().all(|p| p.contains(ARROW)) {
        return Ok(Body::Match(matching(&all, format)));
    }
    let answer = |(id, p): (i64, &&str)| {
        let raw = Raw::of(p);
        raw.answer(id, Text::new(escape::undo(raw.text), Format::Moodle), format)
    };
    Ok(Body::Short(Short { case: false, answers: (1..).zip(&all).map(answer).collect() }))
}

fn essay() -> Essay {
    Essay { response: "editor".to_owned(), required: true, lines: 15, ..Essay::default() }
}

/// `TRUE#said to the wrong answer#said to the right one`.
fn true_false(answers: &str, format: Format) -> Option<TrueFalse> {
    if escape::find(answers, &['=', '~']).is_some() {
        return None;
    }
    let (word, rest) = escape::split(answers, &['#']);
    let yes = match word.trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    let (wrong, right) = match rest.map(|r| escape::split(r, &['#'])) {
        Some((wrong, right)) => (Some(wrong), right),
        None => (None, None),
    };
    let answer = |id, text: &str, is_right: bool| Answer {
        id,
        text: Text::new(text, Format::Moodle),
        fraction: if is_right { 1.0 } else { 0.0 },
        feedback: feedback(if is_right { right } else { wrong }, format),
    };
    Some(TrueFalse { yes: answer(1, "True", yes), no: answer(2, "False", !yes), instruction: true })
}

/// One answer only where one is begun by `=`.
fn choice(all: &[&str], format: Format) -> Choice {
    let raws: Vec<Raw<'_>> = all.iter().map(|p| Raw::of(p)).collect();
    Choice {
        single: raws.iter().any(|r| r.right),
        shuffle: true,
        numbering: "abc".to_owned(),
        instruction: true,
        vertical: true,
        answers: (1..).zip(&raws).map(|(id, raw)| raw.answer(id, escape::text(raw.text, format), format)).collect(),
        ..Choice::default()
    }
}

fn matching(all: &[&str], format: Format) -> Match {
    let pair = |(id, p): (i64, &&str)| {
        let (text, answer) = p.trim_start_matches('=').split_once(ARROW).unwrap_or((p, ""));
        Pair { id, text: Some(escape::text(text, format)).filter(|t| !t.is_empty()).unwrap_or_default(), answer: escape::undo(answer) }
    };
    Match { shuffle: true, pairs: (1..).zip(all).map(pair).collect(), ..Match::default() }
}

/// `3:0.1`, `1..5`, or several with `=` before each; what `~` says is for every other number.
fn numerical(numbers: &str, format: Format) -> Result<Numerical, Fault> {
    let mut answers = Vec::new();
    let pieces = escape::pieces(numbers, &['=', '~']).ok_or(Fault::Many)?;
    for (id, piece) in (1..).zip(pieces.into_iter().filter(|p| !p.trim().is_empty())) {
        let mut raw = Raw::of(piece);
        let text = raw.text.trim();
        let other = text.is_empty() || text == "*";
        // A single answer has no mark before it.
        raw.right |= !piece.starts_with('~');
        if other && raw.weight.is_none() && piece.starts_with('~') {
            raw.right = false;
        }
        let (number, tolerance) = if other { ("*".to_owned(), "0".to_owned()) } else { range(&escape::undo(text)).ok_or(Fault::Number)? };
        let answer = raw.answer(id, Text::new(number, Format::Moodle), format);
        answers.push(Tolerance { answer, tolerance, kind: 1, length: 2, format: 1 });
    }
    if answers.is_empty() {
        return Err(Fault::Number);
    }
    Ok(Numerical { answers, units: Units { show: 3, penalty: 0.1, ..Units::default() } })
}

/// A number and how far off it may be.
fn range(text: &str) -> Option<(String, String)> {
    let number = |t: &str| t.trim().replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite());
    if let Some((low, high)) = text.split_once("..") {
        let (low, high) = (number(low)?, number(high)?);
        return Some((short((low + high) / 2.0), short((high - low).abs() / 2.0)));
    }
    let (value, tolerance) = text.split_once(':').unwrap_or((text, "0"));
    number(value)?;
    number(tolerance)?;
    Some((value.trim().replace(',', "."), tolerance.trim().replace(',', ".")))
}

/// Without what binary fractions add.
fn short(number: f64) -> String {
    let text = format!("{number:.10}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
