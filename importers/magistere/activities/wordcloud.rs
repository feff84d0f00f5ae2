//! A word cloud. A feedback with a line for each word; everybody's words are its answers, and those who answered see them all.

use super::feedback::{Entry, Rules, completed, feedback, item, typed, value};
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::Cx;
use crate::magistere::files::Item;
use crate::magistere::words::intro;
use parcours_mbz::Error;
use parcours_mbz::xml::Element;

/// More lines than this nobody fills in.
const LINES: usize = 50;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let number = |name: &str| r.number(name).unwrap_or(0);
    let size = |name: &str| usize::try_from(number(name)).unwrap_or(0);
    let mut people: Vec<(i64, Vec<&Element>)> = Vec::new();
    for word in r.all("wordcloud_words") {
        let user = word.number("userid").unwrap_or(0);
        match people.iter_mut().find(|(u, _)| *u == user) {
            Some((_, words)) => words.push(word),
            None => people.push((user, vec![word])),
        }
    }
    let most = people.iter().map(|(_, words)| words.len()).max().unwrap_or(0);
    let lines = size("wordsallowed").min(LINES).max(most).max(1);
    let mut items = Vec::new();
    let instructions = r.leaf("instructions");
    let first = cx.id();
    if !instructions.is_empty() {
        items.push(item(Entry {
            id: first,
            kind: "label",
            name: "label",
            label: "",
            presentation: instructions.to_owned(),
            required: false,
            position: 1,
            depends: None,
        }));
        cx.files.send(a.context, ("mod_wordcloud", "instructions"), ("mod_feedback", "item"), Item::One(first));
    }
    let mut of_line = Vec::new();
    for n in 1..=lines {
        let id = cx.id();
        of_line.push(id);
        let name = format!("{} {n}", cx.of("Word", "Mot"));
        items.push(item(Entry {
            id,
            kind: "textfield",
            name: &name,
            label: "",
            presentation: "30|255".to_owned(),
            required: n <= size("wordsrequired"),
            position: items.len() + 1,
            depends: None,
        }));
    }
    let mut done = Vec::new();
    for (user, words) in &people {
        let id = cx.id();
        let time = words.iter().filter_map(|w| w.number("timemodified")).max().unwrap_or(0);
        let values =
            of_line.iter().enumerate().map(|(n, line)| value(cx.id(), *line, id, &typed(words.get(n).map_or("", |w| w.leaf("word"))))).collect();
        done.push(completed(id, *user, time, 0, false, values));
    }
    let by_submission = number("completionwords") > 0;
    let rules = Rules {
        intro: intro(r),
        anonymous: false,
        notify: false,
        again: false,
        numbered: false,
        after: String::new(),
        open_results: true,
        opens: number("timestart"),
        closes: number("timeend"),
        by_submission,
    };
    let detail = cx.of(
        "a feedback with a line for each word; the words are its answers, as a list and not as a cloud",
        "un feedback avec une ligne par mot ; les mots en sont les réponses, en liste et non en nuage",
    );
    let mut made = Made::new("feedback", feedback(a, &rules, items, done), detail);
    made.rule = by_submission;
    Ok(Some(made))
}
