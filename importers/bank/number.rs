//! New numbers for the records of a question, and for its files with them.

use parcours_course::question::{Body, File, Question};
use parcours_mbz::question::Numbers;
use std::collections::HashMap;

/// Gives every record that files or others point at a new number.
pub(crate) fn number(question: &mut Question, numbers: &mut Numbers) {
    let mut new: HashMap<(&'static str, i64), i64> = HashMap::new();
    let mut give = |table: &'static str, id: &mut i64| {
        let number = numbers.next(table);
        new.entry((table, *id)).or_insert(number);
        *id = number;
    };
    give("question", &mut question.id);
    give("entry", &mut question.entry);
    question.hints.iter_mut().for_each(|h| give("hint", &mut h.id));
    match &mut question.body {
        Body::TrueFalse(t) => [&mut t.yes, &mut t.no].into_iter().for_each(|a| give("answer", &mut a.id)),
        Body::Choice(c) => c.answers.iter_mut().for_each(|a| give("answer", &mut a.id)),
        Body::Short(s) => s.answers.iter_mut().for_each(|a| give("answer", &mut a.id)),
        Body::Numerical(n) => n.answers.iter_mut().for_each(|a| give("answer", &mut a.answer.id)),
        Body::Calculated(c) => {
            c.answers.iter_mut().for_each(|a| give("answer", &mut a.answer.id));
            c.datasets.iter_mut().for_each(|d| d.id = 0);
        }
        Body::Ordering(o) => o.items.iter_mut().for_each(|a| give("answer", &mut a.id)),
        Body::Match(m) => m.pairs.iter_mut().for_each(|p| give("match", &mut p.id)),
        Body::ImageDrop(d) => {
            d.drags.iter_mut().for_each(|d| give("drag", &mut d.id));
            d.drops.iter_mut().for_each(|d| d.id = 0);
        }
        Body::Markers(m) => {
            m.markers.iter_mut().for_each(|m| m.id = 0);
            m.zones.iter_mut().for_each(|z| z.id = 0);
        }
        Body::Gaps(g) => g.choices.iter_mut().for_each(|c| give("answer", &mut c.id)),
        _ => {}
    }
    let place = |f: &File| new.get(&(table(&f.area), f.item)).copied();
    question.files.retain_mut(|f| place(f).map(|item| f.item = item).is_some());
    if let Body::Cloze(cloze) = &mut question.body {
        cloze.questions.iter_mut().for_each(|part| number(part, numbers));
    }
}

/// The records whose numbers the files of an area carry (MBZ-FORMAT §6.4).
fn table(area: &str) -> &'static str {
    match area {
        "answer" | "answerfeedback" => "answer",
        "hint" => "hint",
        "subquestion" => "match",
        "dragimage" => "drag",
        _ => "question",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_course::question::{Answer, Choice};

    #[test]
    fn files_follow_their_records() {
        let answer = |id| Answer { id, ..Answer::default() };
        let file = |area: &str, item| File { area: area.into(), item, ..File::default() };
        let mut q = Question {
            id: 9,
            files: vec![file("questiontext", 9), file("answer", 31), file("answerfeedback", 30), file("answer", 99)],
            body: Body::Choice(Choice { answers: vec![answer(30), answer(31)], ..Choice::default() }),
            ..Question::default()
        };
        let mut numbers = Numbers::default();
        numbers.see("question", 4);
        number(&mut q, &mut numbers);
        assert_eq!(q.files.iter().map(|f| f.item).collect::<Vec<_>>(), [5, 2, 1]);
    }
}
