//! A quiz, whose slots name entries of the question bank (MBZ-FORMAT §10.5).

use super::CONTEXT;
use super::record::Making;
use super::tree::{decimal, empty, finite, flag, leaves, text};
use super::words::{NAME, clip};
use crate::xml::{Element, NULL};
use parcours_course::outline::{Band, Heading, Quiz, Slot, Slotted};
use std::collections::BTreeMap;

/// Seen during the attempt, right after, later, and after the quiz has closed (MBZ-FORMAT §12).
const ALWAYS: i64 = 0x11110;
/// The same but during.
const AFTER: i64 = 0x01110;

/// What is shown when: all of it as soon as it can be, as a new quiz has it.
fn review() -> Vec<Element> {
    let always = ["reviewattempt", "reviewcorrectness", "reviewmarks", "reviewspecificfeedback", "reviewgeneralfeedback", "reviewrightanswer"];
    let mut all: Vec<Element> = always.iter().map(|n| Element::new(n, ALWAYS)).collect();
    all.push(Element::new("reviewoverallfeedback", AFTER));
    all
}

pub(super) fn record(m: &mut Making<'_>, quiz: &Quiz) -> Vec<Element> {
    let (slots, headings) = filled(quiz);
    let mut all = times(quiz);
    all.extend(review());
    all.push(Element::new("questionsperpage", 1));
    all.push(Element::new("navmethod", if quiz.free { "free" } else { "sequential" }));
    all.push(flag("shuffleanswers", quiz.shuffle));
    all.push(decimal("sumgrades", slots.iter().map(|s| finite(s.mark)).sum()));
    all.push(decimal("grade", quiz.grade.max(0.0)));
    all.extend([Element::new("timecreated", m.now), Element::new("timemodified", m.now)]);
    all.extend(access());
    all.push(Element::group("subplugin_quizaccess_seb_quiz", []));
    let instances: Vec<Element> = slots.iter().enumerate().map(|(at, s)| instance(m, at, s)).collect();
    all.push(Element::group("question_instances", instances));
    all.push(Element::group("sections", sections(m, &headings, slots.len())));
    let bands: Vec<Element> = quiz.feedbacks.iter().map(|b| band(m, b)).collect();
    all.push(Element::group("feedbacks", bands));
    all.extend(empty(&["overrides", "grades", "attempts"]));
    all
}

/// Slots without a question are left out, and pages follow each other without a gap; parts stay with their slots.
fn filled(quiz: &Quiz) -> (Vec<Slot>, Vec<Heading>) {
    let (mut slots, mut places): (Vec<Slot>, Vec<i64>) = (Vec::new(), Vec::new());
    let (mut page, mut before) = (0, None);
    for slot in &quiz.slots {
        places.push(i64::try_from(slots.len()).unwrap_or(i64::MAX).saturating_add(1));
        if slot.what == Slotted::Nothing {
            continue;
        }
        if before.replace(slot.page) != Some(slot.page) {
            page += 1;
        }
        slots.push(Slot { page, ..slot.clone() });
    }
    let place = |h: &Heading| usize::try_from(h.slot).ok()?.checked_sub(1).and_then(|at| places.get(at)).copied();
    let headings = quiz.headings.iter().filter_map(|h| Some(Heading { slot: place(h)?, ..h.clone() })).collect();
    (slots, headings)
}

fn times(quiz: &Quiz) -> Vec<Element> {
    let behaviour = Some(quiz.behaviour.as_str()).filter(|b| !b.is_empty()).unwrap_or("deferredfeedback");
    vec![
        Element::new("timeopen", quiz.open),
        Element::new("timeclose", quiz.close),
        Element::new("timelimit", quiz.limit),
        Element::new("overduehandling", "autosubmit"),
        Element::new("graceperiod", 0),
        Element::new("preferredbehaviour", behaviour),
        Element::new("canredoquestions", 0),
        Element::new("attempts_number", quiz.attempts.max(0)),
        Element::new("attemptonlast", 0),
        Element::new("grademethod", if (1..=4).contains(&quiz.method) { quiz.method } else { 1 }),
        Element::new("decimalpoints", 2),
        Element::new("questiondecimalpoints", -1),
    ]
}

fn access() -> Vec<Element> {
    leaves(&[
        ("password", ""),
        ("subnet", ""),
        ("browsersecurity", "-"),
        ("delay1", "0"),
        ("delay2", "0"),
        ("showuserpicture", "0"),
        ("showblocks", "0"),
        ("completionattemptsexhausted", "0"),
        ("completionminattempts", "0"),
        ("allowofflineattempts", "0"),
    ])
}

fn instance(m: &mut Making<'_>, at: usize, slot: &Slot) -> Element {
    let mut all = vec![
        Element::new("quizid", m.instance),
        Element::new("slot", at + 1),
        Element::new("page", slot.page.max(1)),
        Element::new("requireprevious", 0),
        Element::new("maxmark", format!("{:.7}", finite(slot.mark))),
    ];
    all.extend(reference(m, slot.what));
    Element::record("question_instance", m.numbers.next("question_instance"), all)
}

fn reference(m: &mut Making<'_>, what: Slotted) -> Option<Element> {
    let mut all = vec![Element::new("usingcontextid", m.context), Element::new("component", "mod_quiz"), Element::new("questionarea", "slot")];
    match what {
        Slotted::Entry(entry) => {
            all.extend([Element::new("questionbankentryid", entry), Element::new("version", NULL)]);
            Some(Element::record("question_reference", m.numbers.next("question_reference"), all))
        }
        Slotted::Random { category, subcategories } => {
            let condition = format!("{{\"questioncategoryid\":{category},\"includingsubcategories\":{}}}", u8::from(subcategories));
            all.extend([Element::new("questionscontextid", CONTEXT), Element::new("filtercondition", condition)]);
            Some(Element::record("question_set_reference", m.numbers.next("question_set_reference"), all))
        }
        Slotted::Nothing => None,
    }
}

/// A quiz always has one part, from its first slot on; none begins behind its last.
fn sections(m: &mut Making<'_>, headings: &[Heading], slots: usize) -> Vec<Element> {
    let mut all: BTreeMap<i64, &Heading> = headings.iter().map(|h| (h.slot, h)).collect();
    let last = i64::try_from(slots).unwrap_or(i64::MAX).max(1);
    all.retain(|slot, _| (1..=last).contains(slot));
    let first = Heading { slot: 1, ..Heading::default() };
    all.entry(1).or_insert(&first);
    let section = |h: &&Heading| {
        let leaves = [Element::new("firstslot", h.slot), Element::new("heading", clip(&h.text, NAME)), flag("shufflequestions", h.shuffle)];
        Element::record("section", m.numbers.next("quiz_section"), leaves)
    };
    all.values().map(section).collect()
}

fn band(m: &mut Making<'_>, band: &Band) -> Element {
    let mut all = text("feedbacktext", &band.text).to_vec();
    all.extend([decimal("mingrade", band.from), decimal("maxgrade", band.to)]);
    Element::record("feedback", m.number("feedback", &["feedback"], band.id), all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_without_a_question_leave_no_gap() {
        let slot = |page, what| Slot { page, what, ..Slot::default() };
        let heading = |slot| Heading { slot, ..Heading::default() };
        let slots = vec![
            slot(1, Slotted::Nothing),
            slot(2, Slotted::Entry(7)),
            slot(4, Slotted::Nothing),
            slot(4, Slotted::Entry(8)),
            slot(4, Slotted::Entry(9)),
        ];
        let quiz = Quiz { slots, headings: vec![heading(1), heading(4), heading(99)], ..Quiz::default() };
        let (slots, headings) = filled(&quiz);
        assert_eq!(
            slots.iter().map(|s| (s.page, s.what)).collect::<Vec<_>>(),
            [(1, Slotted::Entry(7)), (2, Slotted::Entry(8)), (2, Slotted::Entry(9))]
        );
        assert_eq!(headings.iter().map(|h| h.slot).collect::<Vec<_>>(), [1, 2]);
    }
}
