//! What belongs together, and in which order: `match`, `ordering`.

use super::out::asked;
use super::processing::{Response, mapped, scale};
use super::read::Read;
use super::{Item, RESPONSE, base, decimal, flag, set, variable};
use crate::bank::node::Node;
use crate::qti::page::Page;
use parcours_course::question::{Answer, Match, Ordering, Pair};

pub(super) fn write(page: &mut Page<'_>, m: &Match) -> Item {
    let mut targets: Vec<&str> = Vec::new();
    for p in &m.pairs {
        if !targets.contains(&p.answer.as_str()) {
            targets.push(&p.answer);
        }
    }
    let target = |p: &Pair| targets.iter().position(|t| *t == p.answer).unwrap_or(0) + 1;
    let asked_for: Vec<(usize, &Pair)> = m.pairs.iter().filter(|p| !p.text.text.trim().is_empty()).enumerate().collect();
    let text = asked(page);
    let stems: Vec<Node> = asked_for
        .iter()
        .map(|(at, p)| {
            let nodes = page.text(&p.text, "subquestion", p.id);
            Node::new("simpleAssociableChoice", &[("identifier", &format!("S{}", at + 1)), ("matchMax", "1")], nodes)
        })
        .collect();
    let answers = targets.iter().enumerate();
    let answers = answers.map(|(at, t)| Node::leaf("simpleAssociableChoice", &[("identifier", &format!("T{}", at + 1)), ("matchMax", "0")], *t));
    let sets = [Node::new("simpleMatchSet", &[], stems), Node::new("simpleMatchSet", &[], answers)];
    let most = asked_for.len().to_string();
    let interaction =
        Node::new("matchInteraction", &[("responseIdentifier", RESPONSE), ("shuffle", flag(m.shuffle)), ("maxAssociations", &most)], sets);
    let pairs: Vec<String> = asked_for.iter().map(|(at, p)| format!("S{} T{}", at + 1, target(p))).collect();
    let mut item = Item::of(vec![text, interaction]);
    item.responses.push(equal_parts("directedPair", pairs).node(scale(page.question.mark)));
    item.score.push(mapped(RESPONSE));
    item
}

/// A response whose right values share the mark.
pub(super) fn equal_parts(kind: &'static str, values: Vec<String>) -> Response<'static> {
    let part = 1.0 / values.len().max(1) as f64;
    let mapped = values.iter().map(|v| (v.clone(), part)).collect();
    Response { identifier: RESPONSE, cardinality: "multiple", kind, correct: values, mapped }
}

pub(super) fn read_match(read: &mut Read<'_, '_>, interaction: &Node) -> Option<Match> {
    let mut sets = interaction.all("simpleMatchSet");
    let (stems, targets) = (sets.next()?, sets.next()?);
    let pairs = read.declared(interaction.get("responseIdentifier").unwrap_or(RESPONSE)).pairs();
    let id = |n: &Node| n.get("identifier").unwrap_or_default().to_owned();
    let words = |n: &Node| n.inner().trim().to_owned();
    let mut all = Vec::new();
    for stem in stems.all("simpleAssociableChoice") {
        let right = pairs.iter().find(|(s, _)| *s == id(stem)).map(|(_, t)| t.clone());
        let answer = targets.all("simpleAssociableChoice").find(|t| Some(id(t)) == right).map(words).unwrap_or_default();
        let number = all.len() as i64 + 1;
        all.push(Pair { id: number, text: read.sheet.text(&stem.children, "subquestion", number), answer });
    }
    for extra in targets.all("simpleAssociableChoice").filter(|t| pairs.iter().all(|(_, right)| *right != id(t))) {
        all.push(Pair { id: all.len() as i64 + 1, answer: words(extra), ..Pair::default() });
    }
    read.sheet.files.iter_mut().filter(|f| f.area == "subquestion").for_each(|f| f.component = "qtype_match".to_owned());
    Some(Match { shuffle: interaction.get("shuffle") == Some("true"), pairs: all, combined: read.combined() })
}

pub(super) fn write_ordering(page: &mut Page<'_>, o: &Ordering) -> Item {
    let text = asked(page);
    let ids: Vec<String> = (1..=o.items.len()).map(|n| format!("I{n}")).collect();
    let choices: Vec<Node> =
        o.items.iter().zip(&ids).map(|(a, id)| Node::new("simpleChoice", &[("identifier", id)], page.text(&a.text, "answer", a.id))).collect();
    let orientation = if o.layout == 1 { "horizontal" } else { "vertical" };
    let attributes = [("responseIdentifier", RESPONSE), ("shuffle", "true"), ("orientation", orientation)];
    let mut item = Item::of(vec![text, Node::new("orderInteraction", &attributes, choices)]);
    let mark = scale(page.question.mark);
    item.responses.push(Response { identifier: RESPONSE, cardinality: "ordered", kind: "identifier", correct: ids, mapped: Vec::new() }.node(mark));
    item.outcomes.push(super::out::outcome("SCORE_RESPONSE", "single", "float"));
    item.score.push(variable("SCORE_RESPONSE"));
    let right = Node::new("match", &[], [variable(RESPONSE), Node::new("correct", &[("identifier", RESPONSE)], [])]);
    let branches = [
        Node::new("responseIf", &[], [right, set("SCORE_RESPONSE", base("float", &decimal(mark)))]),
        Node::new("responseElse", &[], [set("SCORE_RESPONSE", base("float", "0"))]),
    ];
    item.processing.push(Node::new("responseCondition", &[], branches));
    item
}

/// Without a right order, that of the choices.
pub(super) fn read_ordering(read: &mut Read<'_, '_>, interaction: &Node) -> Ordering {
    let right = read.declared(interaction.get("responseIdentifier").unwrap_or(RESPONSE)).correct;
    let mut choices: Vec<&Node> = interaction.all("simpleChoice").collect();
    choices.sort_by_key(|c| right.iter().position(|r| Some(r.as_str()) == c.get("identifier")).unwrap_or(usize::MAX));
    let mut items = Vec::new();
    for (choice, id) in choices.into_iter().zip(1..) {
        items.push(Answer { id, text: read.sheet.text(&choice.children, "answer", id), fraction: id as f64, ..Answer::default() });
    }
    Ordering {
        items,
        layout: i64::from(interaction.get("orientation") == Some("horizontal")),
        // All or nothing, as the item is marked.
        grading: -1,
        show_grading: true,
        numbering: "none".to_owned(),
        combined: read.combined(),
        ..Ordering::default()
    }
}
