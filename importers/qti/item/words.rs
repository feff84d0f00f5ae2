//! Words and numbers that are typed, and texts that are written: `shortanswer`, `numerical`, `essay`, and those inside a cloze.

use super::out::asked;
use super::processing::{Case, Response, cases, chain, scale};
use super::read::Read;
use super::{Item, RESPONSE, base, flag, number, variable};
use crate::bank::node::Node;
use crate::qti::page::Page;
use parcours_course::question::{Answer, Essay, Numerical, Short, Tolerance, Units};
use parcours_course::{Format, Text};

pub(super) fn write_short(page: &mut Page<'_>, s: &Short) -> Item {
    let mut item = Item::of(vec![asked(page), Node::new("div", &[], [entry(RESPONSE)])]);
    let mark = scale(page.question.mark);
    short(&mut item, page, RESPONSE, s, mark);
    item
}

pub(super) fn write_number(page: &mut Page<'_>, n: &Numerical) -> Item {
    let mut item = Item::of(vec![asked(page), Node::new("div", &[], [entry(RESPONSE)])]);
    let mark = scale(page.question.mark);
    numerical(&mut item, page, RESPONSE, n, mark);
    item
}

pub(super) fn entry(response: &str) -> Node {
    Node::new("textEntryInteraction", &[("responseIdentifier", response)], [])
}

/// Declares and marks a word. Exact answers stand in a mapping too, for those who read no more.
pub(super) fn short(item: &mut Item, page: &mut Page<'_>, response: &str, s: &Short, scale: f64) {
    let exact = |a: &&Answer| !a.text.text.contains('*');
    let correct = s.answers.iter().filter(exact).find(|a| a.fraction >= 1.0).map(|a| a.text.text.clone());
    let declared = Response {
        identifier: response,
        cardinality: "single",
        kind: "string",
        correct: correct.into_iter().collect(),
        mapped: s.answers.iter().filter(exact).map(|a| (a.text.text.clone(), a.fraction)).collect(),
    };
    let mut declared = declared.node(scale);
    for entry in declared.children.iter_mut().flat_map(|c| &mut c.children).filter(|e| e.name == "mapEntry") {
        entry.attributes.push(("caseSensitive".to_owned(), flag(s.case).to_owned()));
    }
    item.responses.push(declared);
    let condition = |a: &Answer| match a.text.text.contains('*') {
        true => Node::new("patternMatch", &[("pattern", &pattern(&a.text.text, s.case))], [variable(response)]),
        false => {
            Node::new("stringMatch", &[("caseSensitive", flag(s.case)), ("substring", "false")], [variable(response), base("string", &a.text.text)])
        }
    };
    let all = s.answers.iter().map(|a| (Some(condition(a)), a)).collect();
    chain(item, page, response, scale, all);
}

/// Characters that mean something in a pattern.
const SPECIAL: &str = ".\\?+{}()|[]^$-";

/// `*` stands for anything; without the case, each letter is two.
fn pattern(text: &str, case: bool) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let (low, up) = (c.to_lowercase().to_string(), c.to_uppercase().to_string());
        match c {
            '*' => out.push_str(".*"),
            c if SPECIAL.contains(c) => out.extend(['\\', c]),
            _ if !case && low != up && low.chars().count() == 1 && up.chars().count() == 1 => {
                out.push_str(&format!("[{c}{}]", if low == c.to_string() { up } else { low }))
            }
            c => out.push(c),
        }
    }
    out
}

/// Back; the case matters where letters stand alone.
fn unpattern(pattern: &str) -> (String, bool) {
    let (mut out, mut case) = (String::new(), false);
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '.' => {
                if chars.as_str().starts_with('*') {
                    chars.next();
                }
                out.push('*');
            }
            '\\' => out.extend(chars.next()),
            '[' => {
                out.extend(chars.next());
                chars.by_ref().find(|c| *c == ']');
            }
            c => {
                case |= c.is_lowercase() || c.is_uppercase();
                out.push(c);
            }
        }
    }
    (out, case)
}

pub(super) fn read_short(read: &mut Read<'_, '_>, response: &str, scale: f64) -> Short {
    let mut short = Short::default();
    let item = read.item;
    let of = |at: usize, text: String, fraction: f64| Answer {
        id: i64::try_from(at).unwrap_or(0) + 1,
        text: Text::new(text, Format::Moodle),
        fraction,
        feedback: Text::default(),
    };
    for Case { condition, score, said } in cases(item, response) {
        let Some((text, case)) = typed(condition) else { continue };
        short.case |= case;
        let mut answer = of(short.answers.len(), text, score.unwrap_or(scale) / scale);
        answer.feedback = read.said(&[&format!("FEEDBACK_{response}"), "FEEDBACK"], &said, "answerfeedback", answer.id);
        short.answers.push(answer);
    }
    if short.answers.is_empty() {
        let declared = read.declared(response);
        short.case = declared.case;
        short.answers = declared.parts(scale).into_iter().enumerate().map(|(at, (text, fraction))| of(at, text, fraction)).collect();
    }
    short
}

fn typed(condition: &Node) -> Option<(String, bool)> {
    match condition.name.as_str() {
        "patternMatch" => Some(unpattern(condition.get("pattern")?)),
        "stringMatch" => Some((condition.child("baseValue")?.inner(), condition.get("caseSensitive") != Some("false"))),
        _ => None,
    }
}

/// Declares and marks a number.
pub(super) fn numerical(item: &mut Item, page: &mut Page<'_>, response: &str, n: &Numerical, scale: f64) {
    let right = n.answers.iter().find(|t| t.answer.fraction >= 1.0 && t.answer.text.text.trim() != "*");
    let correct = right.map(|t| t.answer.text.text.trim().to_owned()).into_iter().collect();
    item.responses.push(Response { identifier: response, cardinality: "single", kind: "float", correct, mapped: Vec::new() }.node(scale));
    let condition = |t: &Tolerance| {
        let number = t.answer.text.text.trim();
        let tolerance = t.tolerance.trim();
        (number != "*").then(|| {
            let tolerance = if tolerance.is_empty() { "0" } else { tolerance };
            let attributes = [("toleranceMode", "absolute"), ("tolerance", &format!("{tolerance} {tolerance}"))];
            Node::new("equal", &attributes, [variable(response), base("float", number)])
        })
    };
    let all = n.answers.iter().map(|t| (condition(t), &t.answer)).collect();
    chain(item, page, response, scale, all);
}

pub(super) fn read_number(read: &mut Read<'_, '_>, response: &str, scale: f64) -> Numerical {
    let mut answers = Vec::new();
    let item = read.item;
    let mut id = 0;
    let mut of = |text: String, tolerance: String, fraction: f64| {
        id += 1;
        let answer = Answer { id, text: Text::new(text.trim(), Format::Moodle), fraction, feedback: Text::default() };
        Tolerance { answer, tolerance, kind: 1, length: 2, format: 1 }
    };
    for Case { condition, score, said } in cases(item, response) {
        let (text, tolerance) = match condition.name.as_str() {
            "equal" => (condition.child("baseValue").map(Node::inner).unwrap_or_default(), tolerance(condition)),
            "not" => ("*".to_owned(), "0".to_owned()),
            _ => continue,
        };
        let mut t = of(text, tolerance, score.unwrap_or(scale) / scale);
        t.answer.feedback = read.said(&[&format!("FEEDBACK_{response}"), "FEEDBACK"], &said, "answerfeedback", t.answer.id);
        answers.push(t);
    }
    if answers.is_empty() {
        answers = read.declared(response).parts(scale).into_iter().map(|(text, fraction)| of(text, "0".to_owned(), fraction)).collect();
    }
    Numerical { answers, units: Units { show: 3, penalty: 0.1, ..Units::default() } }
}

/// Of the two sides, the first. A relative one is not known here, and is made absolute.
fn tolerance(equal: &Node) -> String {
    let given = equal.get("tolerance").and_then(|t| t.split_whitespace().next()).unwrap_or("0");
    match equal.get("toleranceMode") {
        Some("absolute") => given.to_owned(),
        Some("relative") => {
            let value = equal.child("baseValue").and_then(|b| number(Some(&b.inner()))).unwrap_or(0.0);
            super::decimal((value * number(Some(given)).unwrap_or(0.0) / 100.0).abs())
        }
        _ => "0".to_owned(),
    }
}

pub(super) fn write_essay(page: &mut Page<'_>, e: &Essay) -> Item {
    let mut body = vec![asked(page)];
    let id = page.question.id;
    let info = page.text(&e.grader_info, "graderinfo", id);
    if !info.is_empty() {
        let version = page.version;
        let attributes: &[(&str, &str)] =
            if version == crate::qti::Version::V3 { &[("view", "scorer"), ("use", "scoring")] } else { &[("view", "scorer")] };
        body.push(Node::new("rubricBlock", attributes, [Node::new("div", &[], info)]));
    }
    let mut item = Item::default();
    if e.response != "noinline" {
        let format = if matches!(e.response.as_str(), "plain" | "monospaced") { "plain" } else { "xhtml" };
        let attributes = [("responseIdentifier", RESPONSE), ("expectedLines", &e.lines.max(0).to_string()), ("format", format)];
        body.push(Node::new("extendedTextInteraction", &attributes, []));
        item.responses
            .push(Response { identifier: RESPONSE, cardinality: "single", kind: "string", correct: Vec::new(), mapped: Vec::new() }.node(1.0));
    }
    if e.attachments != 0 {
        body.push(Node::new("uploadInteraction", &[("responseIdentifier", "FILE")], []));
        item.responses.push(Response { identifier: "FILE", cardinality: "single", kind: "file", correct: Vec::new(), mapped: Vec::new() }.node(1.0));
    }
    item.body = body;
    item
}

pub(super) fn read_essay(read: &mut Read<'_, '_>, text: Option<&Node>, upload: bool) -> Essay {
    let rubric = read.rubric();
    let plain = text.is_some_and(|t| matches!(t.get("format"), Some("plain" | "preFormatted") | None));
    let response = match text {
        None => "noinline",
        Some(_) if plain => "plain",
        Some(_) if upload => "editorfilepicker",
        Some(_) => "editor",
    };
    read.sheet.component = "qtype_essay".to_owned();
    let grader_info = read.sheet.text(&rubric, "graderinfo", super::read::QUESTION);
    read.sheet.component = "question".to_owned();
    Essay {
        response: response.to_owned(),
        required: text.is_some(),
        lines: text.and_then(|t| number(t.get("expectedLines"))).map_or(15, |n| n as i64),
        attachments: i64::from(upload),
        grader_info,
        ..Essay::default()
    }
}
