//! Choices and words: `truefalse`, `multichoice`, `shortanswer`.

use crate::moodle_xml::input::{In, flag, words};
use crate::moodle_xml::output::{self, Out};
use parcours_course::Text;
use parcours_course::question::{Answer, Choice, Short, TrueFalse};
use parcours_mbz::xml::Element;

pub(super) fn write_true_false(out: &mut Out<'_>, t: &TrueFalse) -> Vec<Element> {
    let mut all = Vec::new();
    for (a, text) in [(&t.yes, "true"), (&t.no, "false")] {
        let format = parcours_course::Format::Moodle;
        all.push(out.answer(&Answer { text: Text::new(text, format), ..a.clone() }, []));
    }
    all.push(output::flag("showstandardinstruction", t.instruction));
    all
}

pub(super) fn read_true_false(e: &Element, input: &mut In<'_>) -> TrueFalse {
    let answers = input.answers(e);
    let is_yes = |a: &Answer| a.text.text.trim().eq_ignore_ascii_case("true");
    // Without the words, the first is "true".
    let yes = answers.iter().position(is_yes).unwrap_or(0);
    let take =
        |at: usize, text: &str| Answer { text: Text::new(text, parcours_course::Format::Moodle), ..answers.get(at).cloned().unwrap_or_default() };
    TrueFalse { yes: take(yes, "True"), no: take(usize::from(yes == 0), "False"), instruction: flag(e, "showstandardinstruction", true) }
}

pub(super) fn write(out: &mut Out<'_>, c: &Choice) -> Vec<Element> {
    let bool = |name: &str, on: bool| Element::new(name, on);
    let mut all = vec![
        bool("single", c.single),
        bool("shuffleanswers", c.shuffle),
        Element::new("answernumbering", &c.numbering),
        output::flag("showstandardinstruction", c.instruction),
    ];
    all.extend(out.combined(&c.combined));
    for a in &c.answers {
        all.push(out.answer(a, []));
    }
    all
}

pub(super) fn read(e: &Element, input: &mut In<'_>) -> Choice {
    let numbering = words(e, "answernumbering");
    Choice {
        single: flag(e, "single", true),
        shuffle: flag(e, "shuffleanswers", true),
        numbering: if numbering.is_empty() { "abc".to_owned() } else { numbering.to_owned() },
        instruction: flag(e, "showstandardinstruction", true),
        // The format has no place for the layout.
        vertical: true,
        answers: input.answers(e),
        combined: input.combined(e),
    }
}

pub(super) fn write_short(out: &mut Out<'_>, s: &Short) -> Vec<Element> {
    let mut all = vec![output::flag("usecase", s.case)];
    for a in &s.answers {
        all.push(out.answer(a, []));
    }
    all
}

pub(super) fn read_short(e: &Element, input: &mut In<'_>) -> Short {
    Short { case: flag(e, "usecase", false), answers: input.answers(e) }
}
