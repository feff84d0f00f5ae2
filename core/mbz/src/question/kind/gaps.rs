//! Texts with gaps: `gapselect`, `ddwtos`. The group of a choice stands where other types have feedback.

use super::super::leaf::{combined, combined_out, flag, number_right};
use super::Numbers;
use crate::php::Php;
use crate::xml::Element;
use parcours_course::question::{Gap, Gaps};

pub(super) fn read(name: &str, p: &Element) -> Gaps {
    let nothing = Element::default();
    let o = p.child(name).unwrap_or(&nothing);
    Gaps {
        drag: name == "ddwtos",
        shuffle: flag(o, "shuffleanswers"),
        choices: p.records("answers", "answer").map(gap).collect(),
        combined: combined(o),
    }
}

fn gap(e: &Element) -> Gap {
    let feedback = e.leaf("feedback");
    let options = Php::read(feedback).ok();
    let number = |name: &str| options.as_ref().and_then(|o| o.get(name)).and_then(Php::int);
    Gap {
        id: e.id().unwrap_or(0),
        text: e.leaf("answertext").to_owned(),
        group: number("draggroup").or(feedback.trim().parse().ok()).unwrap_or(1),
        infinite: number("infinite").unwrap_or(0) != 0,
    }
}

pub(super) fn write(g: &Gaps, numbers: &mut Numbers) -> Vec<Element> {
    let name = if g.drag { "ddwtos" } else { "gapselect" };
    let answers = g.choices.iter().map(|c| {
        let options = Php::object([("draggroup", Php::Text(c.group.to_string())), ("infinite", Php::Bool(c.infinite))]);
        let leaves = [
            Element::new("answertext", &c.text),
            Element::new("answerformat", 1),
            Element::new("fraction", "0.0000000"),
            Element::new("feedback", if g.drag { options.to_text() } else { c.group.to_string() }),
            Element::new("feedbackformat", 0),
        ];
        Element::record("answer", numbers.or_next("answer", c.id), leaves)
    });
    let answers = Element::group("answers", answers.collect::<Vec<_>>());
    let mut options = vec![Element::new("shuffleanswers", i64::from(g.shuffle))];
    options.extend(combined_out(&g.combined));
    options.push(number_right(&g.combined));
    vec![answers, Element::record(name, numbers.next("gaps"), options)]
}
