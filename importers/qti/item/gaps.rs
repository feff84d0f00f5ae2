//! Questions inside a text: `gapselect`, `ddwtos`, `multianswer`.

use super::out::asked;
use super::pairs::equal_parts;
use super::processing::{Response, mapped, scale};
use super::read::Read;
use super::{Item, RESPONSE, choice, flag, place, words};
use crate::bank::cloze::notation;
use crate::bank::node::Node;
use crate::qti::page::Page;
use parcours_course::Text;
use parcours_course::question::{Body, Cloze, Gap, Gaps, Question};

/// Puts a node in the place of each `[[3]]` (or whatever stands around the number); nothing where one of them has none.
fn replace(nodes: Vec<Node>, marks: (&str, &str), make: &mut impl FnMut(usize) -> Option<Node>) -> Option<Vec<Node>> {
    let mut out = Vec::new();
    for mut node in nodes {
        if !node.name.is_empty() {
            node.children = replace(std::mem::take(&mut node.children), marks, make)?;
            out.push(node);
            continue;
        }
        let mut rest = node.text.as_str();
        while let Some((before, from)) = rest.split_once(marks.0) {
            let number = from.split_once(marks.1).and_then(|(n, after)| Some((n.parse::<usize>().ok()?, after)));
            match number {
                Some((n, after)) => {
                    out.push(Node::words(before));
                    out.push(make(n.checked_sub(1)?)?);
                    rest = after;
                }
                None => {
                    out.push(Node::words(format!("{before}{}", marks.0)));
                    rest = from;
                }
            }
        }
        out.push(Node::words(rest));
    }
    Some(out)
}

pub(super) fn write(page: &mut Page<'_>, g: &Gaps) -> Option<Item> {
    if g.drag { drag(page, g) } else { select(page, g) }
}

fn select(page: &mut Page<'_>, g: &Gaps) -> Option<Item> {
    let text = asked(page);
    let mut right = Vec::new();
    let children = replace(text.children.clone(), ("[[", "]]"), &mut |at| {
        let group = g.choices.get(at)?.group;
        right.push(at);
        let choices = g.choices.iter().enumerate().filter(|(_, c)| c.group == group);
        let choices = choices.map(|(n, c)| Node::leaf("inlineChoice", &[("identifier", &format!("C{}", n + 1))], c.text.clone()));
        let response = format!("R{}", right.len());
        Some(Node::new("inlineChoiceInteraction", &[("responseIdentifier", &response), ("shuffle", flag(g.shuffle))], choices))
    })?;
    let mut item = Item::of(vec![Node { children, ..text }]);
    let each = scale(page.question.mark) / right.len().max(1) as f64;
    for (n, at) in right.iter().enumerate() {
        let (response, value) = (format!("R{}", n + 1), format!("C{}", at + 1));
        let declared =
            Response { identifier: &response, cardinality: "single", kind: "identifier", correct: vec![value.clone()], mapped: vec![(value, 1.0)] };
        item.responses.push(declared.node(each));
        item.score.push(mapped(&response));
    }
    Some(item)
}

fn drag(page: &mut Page<'_>, g: &Gaps) -> Option<Item> {
    let text = asked(page);
    let mut right = Vec::new();
    let children = replace(text.children.clone(), ("[[", "]]"), &mut |at| {
        g.choices.get(at)?;
        right.push(at);
        Some(Node::new("gap", &[("identifier", &format!("G{}", right.len()))], []))
    })?;
    let choice = |(n, c): (usize, &Gap)| {
        let fits = right.iter().enumerate().filter(|(_, at)| g.choices.get(**at).is_some_and(|r| r.group == c.group));
        let fits: Vec<String> = fits.map(|(gap, _)| format!("G{}", gap + 1)).collect();
        let attributes =
            [("identifier", format!("C{}", n + 1)), ("matchMax", if c.infinite { "0" } else { "1" }.to_owned()), ("matchGroup", fits.join(" "))];
        let attributes: Vec<(&str, &str)> = attributes.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| (*n, v.as_str())).collect();
        Node::leaf("gapText", &attributes, c.text.clone())
    };
    let mut inside: Vec<Node> = g.choices.iter().enumerate().map(choice).collect();
    inside.push(Node { children, ..text });
    let interaction = Node::new("gapMatchInteraction", &[("responseIdentifier", RESPONSE), ("shuffle", flag(g.shuffle))], inside);
    let pairs = right.iter().enumerate().map(|(gap, at)| format!("C{} G{}", at + 1, gap + 1)).collect();
    let mut item = Item::of(vec![interaction]);
    item.responses.push(equal_parts("directedPair", pairs).node(scale(page.question.mark)));
    item.score.push(mapped(RESPONSE));
    Some(item)
}

/// Numbers of groups, by the sets of places that choices fit: in the order of the choices.
fn group(sets: &mut Vec<String>, set: String) -> i64 {
    let at = sets.iter().position(|s| *s == set).unwrap_or_else(|| {
        sets.push(set);
        sets.len() - 1
    });
    at as i64 + 1
}

pub(super) fn read_drag(read: &mut Read<'_, '_>, interaction: &Node) -> Gaps {
    let pairs = read.declared(interaction.get("responseIdentifier").unwrap_or(RESPONSE)).pairs();
    let texts: Vec<&Node> = interaction.all("gapText").collect();
    let mut sets = Vec::new();
    let choices: Vec<Gap> = texts
        .iter()
        .map(|t| Gap {
            id: 0,
            text: t.inner().trim().to_owned(),
            group: group(&mut sets, t.get("matchGroup").unwrap_or_default().to_owned()),
            infinite: t.get("matchMax") != Some("1"),
        })
        .collect();
    let token = |gap: &Node| {
        let id = gap.get("identifier")?;
        let right = pairs.iter().find(|(_, g)| g == id).map(|(c, _)| c)?;
        texts.iter().position(|t| t.get("identifier") == Some(right)).map(|at| format!("[[{}]]", at + 1))
    };
    let content: Vec<Node> = interaction.children.iter().filter(|c| !matches!(c.name.as_str(), "gapText" | "gapImg")).cloned().collect();
    read.replaced(&content, &|n| (n.name == "gap").then(|| token(n)));
    Gaps { drag: true, shuffle: interaction.get("shuffle") == Some("true"), choices, combined: read.combined() }
}

pub(super) fn read_select(read: &mut Read<'_, '_>, interactions: &[&Node]) -> Gaps {
    let mut all: Vec<(usize, String, String)> = Vec::new();
    for interaction in interactions {
        let ids: Vec<&str> = interaction.all("inlineChoice").filter_map(|c| c.get("identifier")).collect();
        for c in interaction.all("inlineChoice") {
            let number = c.get("identifier").and_then(|i| place(i, 'C')).unwrap_or(0);
            if all.iter().all(|(n, ..)| *n != number) {
                all.push((number, c.inner().trim().to_owned(), ids.join(" ")));
            }
        }
    }
    all.sort();
    let mut sets = Vec::new();
    let choices: Vec<Gap> =
        all.iter().map(|(_, text, set)| Gap { id: 0, text: text.clone(), group: group(&mut sets, set.clone()), infinite: false }).collect();
    let declared: Vec<(String, Vec<String>)> =
        interactions.iter().filter_map(|i| i.get("responseIdentifier")).map(|r| (r.to_owned(), read.declared(r).correct)).collect();
    let token = |interaction: &Node| {
        let right = declared.iter().find(|(r, _)| Some(r.as_str()) == interaction.get("responseIdentifier")).and_then(|(_, c)| c.first())?;
        let number = place(right, 'C')?;
        all.iter().position(|(n, ..)| *n == number).map(|at| format!("[[{}]]", at + 1))
    };
    let body = read.body();
    read.replaced(&body, &|n| (n.name == "inlineChoiceInteraction").then(|| token(n)));
    Gaps { drag: false, shuffle: interactions.iter().any(|i| i.get("shuffle") == Some("true")), choices, combined: read.combined() }
}

pub(super) fn write_cloze(page: &mut Page<'_>, c: &Cloze) -> Option<Item> {
    let text = asked(page);
    let total: f64 = c.questions.iter().map(|p| p.mark).sum();
    let each = if total > 0.0 && page.question.mark > 0.0 { page.question.mark / total } else { 1.0 };
    let mut item = Item::default();
    let mut seen = Vec::new();
    let children = replace(text.children.clone(), ("{#", "}"), &mut |at| {
        let part = c.questions.get(at)?;
        let response = format!("R{}", at + 1);
        let whole = scale(part.mark) * each;
        // Each stands once: two would be one response.
        if seen.contains(&at) {
            return None;
        }
        seen.push(at);
        match &part.body {
            Body::Short(s) => words::short(&mut item, page, &response, s, whole),
            Body::Numerical(n) => words::numerical(&mut item, page, &response, n, whole),
            Body::Choice(l) if l.single => return Some(choice::list(&mut item, page, &response, l, whole)),
            _ => return None,
        }
        Some(words::entry(&response))
    })?;
    item.body = vec![Node { children, ..text }];
    Some(item)
}

pub(super) fn read_cloze(read: &mut Read<'_, '_>, interactions: &[&Node], name: &str) -> Cloze {
    let mut questions: Vec<Question> = Vec::new();
    for interaction in interactions {
        let response = interaction.get("responseIdentifier").unwrap_or(RESPONSE);
        let whole = read.whole(response);
        let body = match interaction.name.as_str() {
            "inlineChoiceInteraction" => Body::Choice(choice::read_list(read, interaction, response, whole)),
            _ if read.declared(response).number => Body::Numerical(words::read_number(read, response, whole)),
            _ => Body::Short(words::read_short(read, response, whole)),
        };
        let mut part = Question { name: name.to_owned(), mark: whole, version: 1, latest: true, body, ..Question::default() };
        part.text = Text::html(notation(&part));
        questions.push(part);
    }
    let ids: Vec<&str> = interactions.iter().filter_map(|i| i.get("responseIdentifier")).collect();
    let token = |n: &Node| n.get("responseIdentifier").and_then(|r| ids.iter().position(|i| *i == r)).map(|at| format!("{{#{}}}", at + 1));
    let body = read.body();
    read.replaced(&body, &|n| matches!(n.name.as_str(), "inlineChoiceInteraction" | "textEntryInteraction").then(|| token(n)));
    Cloze { questions }
}
