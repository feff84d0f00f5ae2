//! What belongs together, and in which order: `match`, `ordering`, `randomsamatch`.

use super::super::leaf::{answers, answers_out, combined, combined_out, flag, number_right, text, text_out};
use super::{Numbers, numbered_all};
use crate::xml::Element;
use parcours_course::question::{Answer, Match, Ordering, Pair, RandomMatch};

pub(super) fn read(p: &Element) -> Match {
    let nothing = Element::default();
    let o = p.child("matchoptions").unwrap_or(&nothing);
    let pair = |e: &Element| Pair { id: e.id().unwrap_or(0), text: text(e, "questiontext"), answer: e.leaf("answertext").to_owned() };
    Match { shuffle: flag(o, "shuffleanswers"), pairs: p.records("matches", "match").map(pair).collect(), combined: combined(o) }
}

pub(super) fn write(m: &Match, numbers: &mut Numbers) -> Vec<Element> {
    let mut options = vec![Element::new("shuffleanswers", i64::from(m.shuffle))];
    options.extend(combined_out(&m.combined));
    options.push(number_right(&m.combined));
    let pairs = m.pairs.iter().map(|p| {
        let mut leaves: Vec<Element> = text_out("questiontext", &p.text).into();
        leaves.push(Element::new("answertext", &p.answer));
        Element::record("match", numbers.or_next("match", p.id), leaves)
    });
    let pairs = Element::group("matches", pairs.collect::<Vec<_>>());
    vec![Element::record("matchoptions", numbers.next("matchoptions"), options), pairs]
}

/// The right order is that of the fractions: 1, 2, 3 …
pub(super) fn read_ordering(p: &Element) -> Ordering {
    let nothing = Element::default();
    let o = p.child("ordering").unwrap_or(&nothing);
    let mut items = answers(p);
    items.sort_by(|a, b| a.fraction.total_cmp(&b.fraction));
    let number = |name: &str| o.number(name).unwrap_or(0);
    Ordering {
        items,
        layout: number("layouttype"),
        select: number("selecttype"),
        count: number("selectcount"),
        grading: number("gradingtype"),
        show_grading: o.number("showgrading").unwrap_or(1) != 0,
        numbering: o.value("numberingstyle").unwrap_or("none").to_owned(),
        combined: combined(o),
    }
}

pub(super) fn write_ordering(o: &Ordering, numbers: &mut Numbers) -> Vec<Element> {
    let mut place = 0.0;
    let placed = o.items.iter().map(|a| {
        place += 1.0;
        Answer { fraction: place, ..a.clone() }
    });
    let placed: Vec<Answer> = placed.collect();
    let answers = numbered_all(&placed, numbers);
    let mut options = vec![
        Element::new("layouttype", o.layout),
        Element::new("selecttype", o.select),
        Element::new("selectcount", o.count),
        Element::new("gradingtype", o.grading),
        Element::new("showgrading", i64::from(o.show_grading)),
        Element::new("numberingstyle", &o.numbering),
    ];
    options.extend(combined_out(&o.combined));
    options.push(number_right(&o.combined));
    vec![answers_out(&answers), Element::record("ordering", numbers.next("ordering"), options)]
}

pub(super) fn read_random(p: &Element) -> RandomMatch {
    let nothing = Element::default();
    let o = p.child("randomsamatch").unwrap_or(&nothing);
    RandomMatch { choose: o.number("choose").unwrap_or(4), subcategories: o.number("subcats").unwrap_or(1) != 0, combined: combined(o) }
}

pub(super) fn write_random(r: &RandomMatch, numbers: &mut Numbers) -> Element {
    let mut leaves = vec![Element::new("choose", r.choose), Element::new("subcats", i64::from(r.subcategories))];
    leaves.extend(combined_out(&r.combined));
    leaves.push(number_right(&r.combined));
    Element::record("randomsamatch", numbers.next("randomsamatch"), leaves)
}
