//! From questions to text.

use super::escape::{escape, written};
use crate::bank::text::percent;
use parcours_course::question::{Answer, Body, Choice, Match, Numerical, Question, Short, TrueFalse};
use parcours_course::{Format, Text};

/// A question as a block of lines; nothing for a type that the format has not.
pub(super) fn question(q: &Question) -> Option<String> {
    let format = q.text.format;
    let mut lines = Vec::new();
    let answers = match &q.body {
        Body::Description => None,
        Body::Essay(_) => Some(String::new()),
        Body::TrueFalse(t) => Some(true_false(t, format)),
        Body::Choice(c) => Some(choice(c, format)),
        Body::Short(s) => Some(short(s, format)),
        Body::Numerical(n) => Some(numerical(n, format)),
        Body::Match(m) => Some(matching(m, format)),
        _ => return None,
    };
    let mut comment = String::new();
    if !q.idnumber.is_empty() {
        comment += &format!(" [id:{}]", word(&q.idnumber));
    }
    q.tags.iter().for_each(|tag| comment += &format!(" [tag:{}]", word(tag)));
    if !comment.is_empty() {
        lines.push(format!("//{comment}"));
    }
    let text = match format {
        Format::Moodle => escape(&q.text.text),
        // The format is said of an empty text too: it is that of the answers.
        _ => written(&Text::new(if q.text.is_empty() { " " } else { &q.text.text }, format), None),
    };
    let name = escape(&q.name.replace(['\n', '\r'], " "));
    lines.push(match answers {
        None => format!("::{name}::{text}"),
        Some(answers) => {
            let general =
                if q.general_feedback.is_empty() { String::new() } else { format!("\t####{}\n", written(&q.general_feedback, Some(format))) };
            let end = if answers.is_empty() && general.is_empty() { "" } else { "\n" };
            format!("::{name}::{text}{{{answers}{}{general}}}", if answers.ends_with('\n') { "" } else { end })
        }
    });
    Some(lines.join("\n") + "\n\n")
}

fn word(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace(']', "\\]")
}

fn feedback(a: &Answer, format: Format) -> String {
    if a.feedback.is_empty() { String::new() } else { format!("#{}", written(&a.feedback, Some(format))) }
}

fn true_false(t: &TrueFalse, format: Format) -> String {
    let (word, right, wrong) = if t.yes.fraction > t.no.fraction { ("TRUE", &t.yes, &t.no) } else { ("FALSE", &t.no, &t.yes) };
    let said = |a: &Answer| written(&a.feedback, Some(format));
    match (wrong.feedback.is_empty(), right.feedback.is_empty()) {
        (true, true) => word.to_owned(),
        (false, true) => format!("{word}#{}", said(wrong)),
        _ => format!("{word}#{}#{}", said(wrong), said(right)),
    }
}

fn lines(all: impl Iterator<Item = String>) -> String {
    all.fold("\n".to_owned(), |lines, line| lines + "\t" + &line + "\n")
}

fn choice(c: &Choice, format: Format) -> String {
    lines(c.answers.iter().map(|a| {
        let weight = match a.fraction {
            f if c.single && f >= 1.0 => "=".to_owned(),
            0.0 => "~".to_owned(),
            f => format!("~%{}%", percent(f)),
        };
        // A text that begins as a weight does is not taken for one.
        let text = written(&a.text, Some(format));
        let guard = if text.starts_with('%') && !weight.ends_with('%') { if weight == "=" { "%100%" } else { "%0%" } } else { "" };
        format!("{weight}{guard}{text}{}", feedback(a, format))
    }))
}

fn short(s: &Short, format: Format) -> String {
    lines(s.answers.iter().map(|a| format!("={}{}{}", weight(a.fraction), escape(&a.text.text), feedback(a, format))))
}

/// Always said, as Moodle does: a text may begin as a weight does.
fn weight(fraction: f64) -> String {
    format!("%{}%", percent(fraction))
}

fn numerical(n: &Numerical, format: Format) -> String {
    let all = lines(n.answers.iter().map(|t| {
        let feedback = feedback(&t.answer, format);
        match t.answer.text.text.trim() {
            "*" if t.answer.fraction == 0.0 => format!("~{feedback}"),
            "*" => format!("={}*{feedback}", weight(t.answer.fraction)),
            number => format!("={}{number}:{}{feedback}", weight(t.answer.fraction), t.tolerance.trim()),
        }
    }));
    format!("#{all}")
}

fn matching(m: &Match, format: Format) -> String {
    lines(m.pairs.iter().map(|p| format!("={} -> {}", written(&p.text, Some(format)), escape(&p.answer))))
}
