//! What each type of question has of its own: element `plugin_qtype_<name>_question`, read and written side by side.

mod choice;
mod essay;
mod gaps;
mod image;
mod number;
mod pairs;

use super::Numbers;
use crate::xml::{Element, Writer};
use parcours_course::question::{Answer, Body, Cloze, Question, Random};

/// The type's own part of a question's element.
pub(super) fn read(question: &Element) -> Body {
    let name = question.leaf("qtype");
    let plugin = question.child(&format!("plugin_qtype_{name}_question"));
    let nothing = Element::default();
    let p = plugin.unwrap_or(&nothing);
    match name {
        "description" => Body::Description,
        "truefalse" => Body::TrueFalse(choice::read_true_false(p)),
        "multichoice" => Body::Choice(choice::read(p)),
        "shortanswer" => Body::Short(choice::read_short(p)),
        "numerical" => Body::Numerical(number::read(p)),
        "match" => Body::Match(pairs::read(p)),
        "essay" => Body::Essay(essay::read(p)),
        "multianswer" => Body::Cloze(read_cloze(p)),
        "calculated" | "calculatedsimple" | "calculatedmulti" => Body::Calculated(number::read_calculated(name, p)),
        "gapselect" | "ddwtos" => Body::Gaps(gaps::read(name, p)),
        "ddimageortext" => Body::ImageDrop(image::read(p)),
        "ddmarker" => Body::Markers(image::read_markers(p)),
        "ordering" => Body::Ordering(pairs::read_ordering(p)),
        "randomsamatch" => Body::RandomMatch(pairs::read_random(p)),
        // Whether questions of subcategories are drawn stood in its text.
        "random" => Body::Random(Random { subcategories: question.leaf("questiontext").trim() == "1" }),
        _ => Body::Other { name: name.to_owned(), xml: plugin.map(raw).unwrap_or_default() },
    }
}

/// The elements between a question's leaves and its hints. `parts` are the numbers given to the questions of a cloze.
pub(super) fn write(body: &Body, question: i64, parts: &[i64], numbers: &mut Numbers) -> Vec<Element> {
    let children = match body {
        Body::Description | Body::Random(_) => return Vec::new(),
        Body::TrueFalse(t) => choice::write_true_false(t, numbers),
        Body::Choice(c) => choice::write(c, numbers),
        Body::Short(s) => choice::write_short(s, numbers),
        Body::Numerical(n) => number::write(n, numbers),
        Body::Match(m) => pairs::write(m, numbers),
        Body::Essay(e) => vec![essay::write(e, numbers)],
        Body::Cloze(_) => write_cloze(question, parts, numbers),
        Body::Calculated(c) => number::write_calculated(c, numbers),
        Body::Gaps(g) => gaps::write(g, numbers),
        Body::ImageDrop(d) => image::write(d, numbers),
        Body::Markers(m) => image::write_markers(m, numbers),
        Body::Ordering(o) => pairs::write_ordering(o, numbers),
        Body::RandomMatch(r) => vec![pairs::write_random(r, numbers)],
        Body::Other { xml, .. } => return whole(xml),
    };
    vec![Element::group(&format!("plugin_qtype_{}_question", body.kind()), children)]
}

/// Every answer that has a number of its own.
pub(super) fn answers(body: &Body) -> Box<dyn Iterator<Item = &Answer> + '_> {
    match body {
        Body::TrueFalse(t) => Box::new([&t.yes, &t.no].into_iter()),
        Body::Choice(c) => Box::new(c.answers.iter()),
        Body::Short(s) => Box::new(s.answers.iter()),
        Body::Numerical(n) => Box::new(n.answers.iter().map(|a| &a.answer)),
        Body::Calculated(c) => Box::new(c.answers.iter().map(|a| &a.answer)),
        Body::Ordering(o) => Box::new(o.items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

fn read_cloze(p: &Element) -> Cloze {
    let sequence = p.child("multianswer").map_or("", |m| m.leaf("sequence"));
    // A number that is none holds the place of a part that was deleted: `{#2}` stays the second.
    let parts = sequence.split(',').filter(|n| !n.trim().is_empty()).map(|n| Question { id: n.trim().parse().unwrap_or(0), ..Question::default() });
    Cloze { questions: parts.collect() }
}

fn write_cloze(question: i64, parts: &[i64], numbers: &mut Numbers) -> Vec<Element> {
    let sequence: Vec<String> = parts.iter().map(i64::to_string).collect();
    let leaves = [Element::new("question", question), Element::new("sequence", sequence.join(","))];
    vec![Element::group("answers", []), Element::record("multianswer", numbers.next("multianswer"), leaves)]
}

fn raw(e: &Element) -> String {
    let mut out = Writer::new(Vec::new());
    // Writing to memory does not fail.
    let _ = e.write(&mut out);
    let text = String::from_utf8(out.finish().unwrap_or_default()).unwrap_or_default();
    text.strip_prefix(crate::xml::PROLOG).unwrap_or_default().to_owned()
}

fn whole(xml: &str) -> Vec<Element> {
    let reader = crate::xml::Reader::new(xml.as_bytes(), super::QUESTIONS, &crate::Limits::default());
    Element::document(reader).into_iter().collect()
}

/// A given answer with a number, in the place of one without.
fn numbered(answer: &Answer, numbers: &mut Numbers) -> Answer {
    Answer { id: numbers.or_next("answer", answer.id), ..answer.clone() }
}

fn numbered_all<'a>(answers: impl IntoIterator<Item = &'a Answer>, numbers: &mut Numbers) -> Vec<Answer> {
    answers.into_iter().map(|a| numbered(a, numbers)).collect()
}
