//! What belongs together, and in which order: `matching`, `ordering`, `randomsamatch`.

use crate::moodle_xml::input::{In, flag, number, words};
use crate::moodle_xml::output::{self, Out};
use parcours_course::question::{Answer, Match, Ordering, Pair, RandomMatch};
use parcours_mbz::xml::Element;

pub(super) fn write(out: &mut Out<'_>, m: &Match) -> Vec<Element> {
    let mut all = vec![Element::new("shuffleanswers", m.shuffle)];
    all.extend(out.combined(&m.combined));
    for p in &m.pairs {
        let mut pair = out.text("subquestion", &p.text, "subquestion", p.id);
        pair.push(output::worded("answer", &p.answer));
        all.push(pair);
    }
    all
}

pub(super) fn read(e: &Element, input: &mut In<'_>) -> Match {
    let combined = input.combined(e);
    let component = std::mem::replace(&mut input.component, "qtype_match".to_owned());
    let mut pairs = Vec::new();
    for (p, id) in e.all("subquestion").zip(1..) {
        pairs.push(Pair { id, text: input.own(p, "subquestion", id), answer: words(p, "answer").to_owned() });
    }
    input.component = component;
    Match { shuffle: flag(e, "shuffleanswers", true), pairs, combined }
}

const LAYOUTS: &[(i64, &str)] = &[(0, "VERTICAL"), (1, "HORIZONTAL")];
const SELECTS: &[(i64, &str)] = &[(0, "ALL"), (1, "RANDOM"), (2, "CONTIGUOUS")];
const GRADINGS: &[(i64, &str)] = &[
    (-1, "ALL_OR_NOTHING"),
    (0, "ABSOLUTE_POSITION"),
    (1, "RELATIVE_NEXT_EXCLUDE_LAST"),
    (2, "RELATIVE_NEXT_INCLUDE_LAST"),
    (3, "RELATIVE_ONE_PREVIOUS_AND_NEXT"),
    (4, "RELATIVE_ALL_PREVIOUS_AND_NEXT"),
    (5, "LONGEST_ORDERED_SUBSET"),
    (6, "LONGEST_CONTIGUOUS_SUBSET"),
    (7, "RELATIVE_TO_CORRECT"),
];

/// A number by its name, or as it is.
fn named(list: &[(i64, &str)], text: &str) -> i64 {
    list.iter().find(|(_, name)| name.eq_ignore_ascii_case(text)).map(|(n, _)| *n).or(text.parse().ok()).unwrap_or(0)
}

fn name(list: &[(i64, &str)], number: i64) -> String {
    list.iter().find(|(n, _)| *n == number).map_or_else(|| number.to_string(), |(_, name)| (*name).to_owned())
}

pub(super) fn write_ordering(out: &mut Out<'_>, o: &Ordering) -> Vec<Element> {
    let mut all = vec![
        Element::new("layouttype", name(LAYOUTS, o.layout)),
        Element::new("selecttype", name(SELECTS, o.select)),
        Element::new("selectcount", o.count),
        Element::new("gradingtype", name(GRADINGS, o.grading)),
        Element::new("showgrading", if o.show_grading { "SHOW" } else { "HIDE" }),
        Element::new("numberingstyle", &o.numbering),
    ];
    all.extend(out.combined(&o.combined));
    for (a, place) in o.items.iter().zip(1..) {
        let mut item = out.answer(a, []);
        // The place, where other types have the part of the mark.
        item.set_attribute("fraction", format!("{place}.0000000"));
        all.push(item);
    }
    all
}

pub(super) fn read_ordering(e: &Element, input: &mut In<'_>) -> Ordering {
    let mut items: Vec<Answer> = input.answers(e);
    items.iter_mut().for_each(|a| a.fraction *= 100.0);
    items.sort_by(|a, b| a.fraction.total_cmp(&b.fraction));
    let mut place = 0.0;
    for item in &mut items {
        place += 1.0;
        item.fraction = place;
    }
    let numbering = words(e, "numberingstyle");
    Ordering {
        items,
        layout: named(LAYOUTS, words(e, "layouttype")),
        select: named(SELECTS, words(e, "selecttype")),
        count: number(e, "selectcount", 0),
        grading: named(GRADINGS, words(e, "gradingtype")),
        show_grading: !matches!(words(e, "showgrading"), "HIDE" | "0"),
        numbering: if numbering.is_empty() { "none".to_owned() } else { numbering.to_owned() },
        combined: input.combined(e),
    }
}

pub(super) fn write_random(out: &mut Out<'_>, r: &RandomMatch) -> Vec<Element> {
    let mut all = vec![Element::new("choose", r.choose), output::flag("subcats", r.subcategories)];
    all.extend(out.combined(&r.combined));
    all
}

pub(super) fn read_random(e: &Element, input: &mut In<'_>) -> RandomMatch {
    RandomMatch { choose: number(e, "choose", 4), subcategories: flag(e, "subcats", true), combined: input.combined(e) }
}
