//! Leaves that come in pairs and fours: a text with its format, the feedback to a whole answer.

use crate::xml::Element;
use parcours_course::question::{Answer, Combined, Units};
use parcours_course::{Format, Text};

pub(super) fn text(e: &Element, name: &str) -> Text {
    Text::new(e.leaf(name), Format::of(e.number(&format!("{name}format")).unwrap_or(1)))
}

pub(super) fn text_out(name: &str, text: &Text) -> [Element; 2] {
    [Element::new(name, &text.text), Element::new(&format!("{name}format"), text.format.number())]
}

pub(super) fn flag(e: &Element, name: &str) -> bool {
    e.number(name).is_some_and(|n| n != 0)
}

pub(super) fn decimal(e: &Element, name: &str) -> f64 {
    e.leaf(name).trim().parse().ok().filter(|f: &f64| f.is_finite()).unwrap_or(0.0)
}

/// A decimal as the columns of questions print it.
pub(super) fn seven(number: f64) -> String {
    format!("{number:.7}")
}

pub(super) fn combined(e: &Element) -> Combined {
    Combined {
        right: text(e, "correctfeedback"),
        partly: text(e, "partiallycorrectfeedback"),
        wrong: text(e, "incorrectfeedback"),
        show_number_right: flag(e, "shownumcorrect"),
    }
}

pub(super) fn combined_out(c: &Combined) -> Vec<Element> {
    let texts = [("correctfeedback", &c.right), ("partiallycorrectfeedback", &c.partly), ("incorrectfeedback", &c.wrong)];
    texts.into_iter().flat_map(|(name, text)| text_out(name, text)).collect()
}

pub(super) fn number_right(c: &Combined) -> Element {
    Element::new("shownumcorrect", i64::from(c.show_number_right))
}

pub(super) fn answers(plugin: &Element) -> Vec<Answer> {
    plugin.records("answers", "answer").map(answer).collect()
}

fn answer(e: &Element) -> Answer {
    // Up to 2.x the text was called as everywhere else in Moodle.
    let name = if e.child("answertext").is_some() { "answertext" } else { "answer" };
    let format = Format::of(e.number("answerformat").unwrap_or(0));
    Answer { id: e.id().unwrap_or(0), text: Text::new(e.leaf(name), format), fraction: decimal(e, "fraction"), feedback: text(e, "feedback") }
}

pub(super) fn answers_out<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> Element {
    Element::group("answers", answers.into_iter().map(answer_out))
}

pub(super) fn answer_out(a: &Answer) -> Element {
    let mut leaves = vec![
        Element::new("answertext", &a.text.text),
        Element::new("answerformat", a.text.format.number()),
        Element::new("fraction", seven(a.fraction)),
    ];
    leaves.extend(text_out("feedback", &a.feedback));
    Element::record("answer", a.id, leaves)
}

pub(super) fn units(plugin: &Element) -> Units {
    let option = plugin.at(&["numerical_options", "numerical_option"]);
    let number = |name: &str, default| option.and_then(|o| o.number(name)).unwrap_or(default);
    Units {
        units: plugin.records("numerical_units", "numerical_unit").map(unit).collect(),
        show: number("showunits", 3),
        left: number("unitsleft", 0) != 0,
        grading: number("unitgradingtype", 0),
        penalty: option.map_or(0.1, |o| decimal(o, "unitpenalty")),
    }
}

fn unit(u: &Element) -> parcours_course::question::Unit {
    parcours_course::question::Unit { name: u.leaf("unit").to_owned(), multiplier: u.leaf("multiplier").to_owned() }
}

pub(super) fn units_out(units: &Units, numbers: &mut super::Numbers) -> [Element; 2] {
    let list = units.units.iter().map(|u| {
        Element::record("numerical_unit", numbers.next("numerical_unit"), [Element::new("multiplier", &u.multiplier), Element::new("unit", &u.name)])
    });
    let list = Element::group("numerical_units", list.collect::<Vec<_>>());
    let option = Element::record(
        "numerical_option",
        numbers.next("numerical_option"),
        [
            Element::new("showunits", units.show),
            Element::new("unitsleft", i64::from(units.left)),
            Element::new("unitgradingtype", units.grading),
            Element::new("unitpenalty", seven(units.penalty)),
        ],
    );
    [list, Element::group("numerical_options", [option])]
}
