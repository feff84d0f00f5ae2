//! What each type of question has of its own, read and written side by side.

mod choice;
mod essay;
mod gaps;
mod image;
mod number;
mod pairs;

use super::input::In;
use super::output::Out;
use crate::bank::cloze;
use parcours_course::question::{Body, Cloze, Question};
use parcours_mbz::xml::Element;

/// What the format calls a type.
pub(super) fn name(body: &Body) -> &str {
    match body {
        Body::Match(_) => "matching",
        Body::Cloze(_) => "cloze",
        other => other.kind(),
    }
}

pub(super) fn write(out: &mut Out<'_>) -> Vec<Element> {
    match &out.question.body {
        Body::Description | Body::Cloze(_) | Body::Random(_) | Body::Other { .. } => Vec::new(),
        Body::TrueFalse(t) => choice::write_true_false(out, t),
        Body::Choice(c) => choice::write(out, c),
        Body::Short(s) => choice::write_short(out, s),
        Body::Numerical(n) => number::write(out, n),
        Body::Calculated(c) => number::write_calculated(out, c),
        Body::Match(m) => pairs::write(out, m),
        Body::Ordering(o) => pairs::write_ordering(out, o),
        Body::RandomMatch(r) => pairs::write_random(out, r),
        Body::Essay(e) => essay::write(out, e),
        Body::Gaps(g) => gaps::write(out, g),
        Body::ImageDrop(d) => image::write(out, d),
        Body::Markers(m) => image::write_markers(out, m),
    }
}

/// Nothing where the type is not known. A cloze takes its parts out of the question's text.
pub(super) fn read(name: &str, e: &Element, q: &mut Question, input: &mut In<'_>) -> Option<Body> {
    Some(match name {
        "description" => Body::Description,
        "truefalse" => Body::TrueFalse(choice::read_true_false(e, input)),
        "multichoice" => Body::Choice(choice::read(e, input)),
        "shortanswer" => Body::Short(choice::read_short(e, input)),
        "numerical" => Body::Numerical(number::read(e, input)),
        "calculated" | "calculatedsimple" | "calculatedmulti" => Body::Calculated(number::read_calculated(name, e, input)),
        "matching" | "match" => Body::Match(pairs::read(e, input)),
        "ordering" => Body::Ordering(pairs::read_ordering(e, input)),
        "randomsamatch" => Body::RandomMatch(pairs::read_random(e, input)),
        "essay" => Body::Essay(essay::read(e, input)),
        "gapselect" | "ddwtos" => Body::Gaps(gaps::read(name, e, input)),
        "ddimageortext" => Body::ImageDrop(image::read(e, input)),
        "ddmarker" => Body::Markers(image::read_markers(e, input)),
        "cloze" | "multianswer" => {
            let (text, questions) = cloze::split(&q.text.text, &q.name);
            q.text.text = text;
            Body::Cloze(Cloze { questions })
        }
        _ => return None,
    })
}
