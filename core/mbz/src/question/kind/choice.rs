//! Choices and words: `truefalse`, `multichoice`, `shortanswer`.

use super::super::leaf::{self, answers, answers_out, combined, combined_out, flag};
use super::{Numbers, numbered, numbered_all};
use crate::xml::Element;
use parcours_course::question::{Answer, Choice, Short, TrueFalse};

pub(super) fn read_true_false(p: &Element) -> TrueFalse {
    let all = answers(p);
    let options = p.child("truefalse");
    let of = |name: &str, place: usize| {
        let by_number = options.and_then(|o| o.number(name)).and_then(|id| all.iter().find(|a| a.id == id));
        by_number.or(all.get(place)).cloned().unwrap_or_default()
    };
    TrueFalse {
        yes: of("trueanswer", 0),
        no: of("falseanswer", 1),
        instruction: options.is_none_or(|o| o.number("showstandardinstruction") != Some(0)),
    }
}

pub(super) fn write_true_false(t: &TrueFalse, numbers: &mut Numbers) -> Vec<Element> {
    let (yes, no) = (numbered(&t.yes, numbers), numbered(&t.no, numbers));
    let options =
        [Element::new("trueanswer", yes.id), Element::new("falseanswer", no.id), Element::new("showstandardinstruction", i64::from(t.instruction))];
    vec![answers_out([&yes, &no]), Element::record("truefalse", numbers.next("truefalse"), options)]
}

pub(super) fn read(p: &Element) -> Choice {
    let nothing = Element::default();
    let o = p.child("multichoice").unwrap_or(&nothing);
    Choice {
        single: flag(o, "single"),
        shuffle: flag(o, "shuffleanswers"),
        numbering: o.value("answernumbering").unwrap_or("abc").to_owned(),
        instruction: o.number("showstandardinstruction").unwrap_or(1) != 0,
        vertical: o.number("layout").unwrap_or(0) == 0,
        answers: answers(p),
        combined: combined(o),
    }
}

pub(super) fn write(c: &Choice, numbers: &mut Numbers) -> Vec<Element> {
    let mut options = vec![
        Element::new("layout", i64::from(!c.vertical)),
        Element::new("single", i64::from(c.single)),
        Element::new("shuffleanswers", i64::from(c.shuffle)),
    ];
    options.extend(combined_out(&c.combined));
    options.extend([
        Element::new("answernumbering", &c.numbering),
        leaf::number_right(&c.combined),
        Element::new("showstandardinstruction", i64::from(c.instruction)),
    ]);
    let answers: Vec<Answer> = numbered_all(&c.answers, numbers);
    vec![answers_out(&answers), Element::record("multichoice", numbers.next("multichoice"), options)]
}

pub(super) fn read_short(p: &Element) -> Short {
    Short { case: p.child("shortanswer").is_some_and(|o| flag(o, "usecase")), answers: answers(p) }
}

pub(super) fn write_short(s: &Short, numbers: &mut Numbers) -> Vec<Element> {
    let answers = numbered_all(&s.answers, numbers);
    vec![answers_out(&answers), Element::record("shortanswer", numbers.next("shortanswer"), [Element::new("usecase", i64::from(s.case))])]
}
