//! Lessons: pages in a chain (MBZ-FORMAT §12).

use super::super::modules::{decimal, format_of, text};
use crate::xml::Element;
use parcours_course::outline::{Answer, LessonPage};
use std::collections::{HashMap, HashSet};

pub(super) fn read(record: &Element) -> Vec<LessonPage> {
    let pages: Vec<&Element> = record.records("pages", "page").collect();
    let by_id: HashMap<i64, &Element> = pages.iter().filter_map(|p| Some((p.id()?, *p))).collect();
    let (mut chain, mut seen) = (Vec::new(), HashSet::new());
    let mut next = pages.iter().find(|p| p.number("prevpageid") == Some(0)).copied();
    while let Some(at) = next.filter(|p| p.id().is_some_and(|id| seen.insert(id))) {
        chain.push(at);
        next = at.number("nextpageid").and_then(|id| by_id.get(&id).copied());
    }
    // What no chain leads to is there all the same.
    let loose = pages.into_iter().filter(|p| p.id().is_none_or(|id| !seen.contains(&id)));
    chain.into_iter().chain(loose).map(page).collect()
}

fn page(record: &Element) -> LessonPage {
    let answer = |a: &Element| Answer {
        id: a.id().unwrap_or(0),
        text: format_of(a, "answer_text", "answerformat"),
        response: text(a, "response"),
        jump: a.number("jumpto").unwrap_or(0),
        score: decimal(a, "score"),
    };
    LessonPage {
        id: record.id().unwrap_or(0),
        kind: record.number("qtype").unwrap_or(0),
        title: record.leaf("title").to_owned(),
        content: text(record, "contents"),
        answers: record.records("answers", "answer").map(answer).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(id: i64, before: i64, after: i64) -> Element {
        Element::record("page", id, [Element::new("prevpageid", before), Element::new("nextpageid", after)])
    }

    #[test]
    fn pages_follow_their_chain_and_no_circle_is_walked_twice() {
        let lesson = |pages| read(&Element::record("lesson", 1, [Element::group("pages", pages)])).iter().map(|p| p.id).collect::<Vec<_>>();
        assert_eq!(lesson(vec![page(1, 3, 2), page(2, 1, 0), page(3, 0, 1)]), [3, 1, 2]);
        assert_eq!(lesson(vec![page(1, 0, 2), page(2, 1, 1), page(9, 8, 7)]), [1, 2, 9]);
    }
}
