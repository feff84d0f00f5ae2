//! Choices: `truefalse`, `multichoice`, and the lists inside a text.

use super::out::{asked, inline};
use super::processing::{Response, chosen, mapped, scale};
use super::read::Read;
use super::{Item, RESPONSE, flag};
use crate::bank::node::Node;
use crate::qti::page::Page;
use parcours_course::question::{Answer, Choice, TrueFalse};
use parcours_course::{Format, Text};

pub(super) fn write_true_false(page: &mut Page<'_>, t: &TrueFalse) -> Item {
    let answers = [("true".to_owned(), &t.yes), ("false".to_owned(), &t.no)];
    let choices = answers.iter().map(|(id, a)| {
        let text = if a.text.is_empty() { id.clone() } else { a.text.text.clone() };
        Node::leaf("simpleChoice", &[("identifier", id), ("fixed", "true")], text)
    });
    let interaction = Node::new("choiceInteraction", &[("responseIdentifier", RESPONSE), ("shuffle", "false"), ("maxChoices", "1")], choices);
    let mut item = Item::of(vec![asked(page), interaction]);
    respond(&mut item, page, RESPONSE, true, &answers, scale(page.question.mark));
    item
}

pub(super) fn write(page: &mut Page<'_>, c: &Choice) -> Item {
    let answers = identified(&c.answers);
    let text = asked(page);
    let choices: Vec<Node> =
        answers.iter().map(|(id, a)| Node::new("simpleChoice", &[("identifier", id)], page.text(&a.text, "answer", a.id))).collect();
    let attributes = [("responseIdentifier", RESPONSE), ("shuffle", flag(c.shuffle)), ("maxChoices", if c.single { "1" } else { "0" })];
    let mut interaction = Node::new("choiceInteraction", &attributes, choices);
    if !c.vertical {
        interaction = interaction.with("orientation", "horizontal");
    }
    let mut item = Item::of(vec![text, interaction]);
    respond(&mut item, page, RESPONSE, c.single, &answers, scale(page.question.mark));
    item
}

fn identified(answers: &[Answer]) -> Vec<(String, &Answer)> {
    answers.iter().enumerate().map(|(at, a)| (format!("A{}", at + 1), a)).collect()
}

fn respond(item: &mut Item, page: &mut Page<'_>, response: &str, single: bool, answers: &[(String, &Answer)], scale: f64) {
    let cardinality = if single { "single" } else { "multiple" };
    let right = answers.iter().filter(|(_, a)| if single { a.fraction >= 1.0 } else { a.fraction > 0.0 });
    let right = right.map(|(id, _)| id.clone()).take(if single { 1 } else { usize::MAX });
    let mapping = answers.iter().map(|(id, a)| (id.clone(), a.fraction)).collect();
    let declared = Response { identifier: response, cardinality, kind: "identifier", correct: right.collect(), mapped: mapping };
    item.responses.push(declared.node(scale));
    item.score.push(mapped(response));
    chosen(item, page, response, cardinality, answers);
}

/// A list in the middle of a text.
pub(super) fn list(item: &mut Item, page: &mut Page<'_>, response: &str, c: &Choice, scale: f64) -> Node {
    let answers = identified(&c.answers);
    respond(item, page, response, true, &answers, scale);
    let choices = answers.iter().map(|(id, a)| Node::new("inlineChoice", &[("identifier", id)], inline(&a.text.text)));
    Node::new("inlineChoiceInteraction", &[("responseIdentifier", response), ("shuffle", flag(c.shuffle))], choices)
}

fn answers(read: &mut Read<'_, '_>, interaction: &Node, name: &str, response: &str, scale: f64) -> Vec<Answer> {
    let declared = read.declared(response);
    let parts = declared.parts(scale);
    let mut all = Vec::new();
    for (choice, id) in interaction.all(name).zip(1..) {
        let identifier = choice.get("identifier").unwrap_or_default();
        // Feedback may stand in the choice itself.
        let (feedback, content): (Vec<Node>, Vec<Node>) = choice.children.iter().cloned().partition(|c| c.name.starts_with("feedback"));
        let inside: Vec<Node> = feedback.into_iter().flat_map(|f| f.children).collect();
        let mut said = read.said(&[&format!("FEEDBACK_{response}"), "FEEDBACK"], identifier, "answerfeedback", id);
        if said.is_empty() {
            said = read.sheet.text(&inside, "answerfeedback", id);
        }
        let fraction = parts.iter().find(|(key, _)| key == identifier).map_or(0.0, |(_, part)| *part);
        all.push(Answer { id, text: read.sheet.text(&content, "answer", id), fraction, feedback: said });
    }
    all
}

pub(super) fn read_true_false(read: &mut Read<'_, '_>, interaction: &Node, scale: f64) -> Option<TrueFalse> {
    let [yes, no]: [Answer; 2] = answers(read, interaction, "simpleChoice", RESPONSE, scale).try_into().ok()?;
    let worded = |a: Answer| Answer { text: Text::new(a.text.text, Format::Moodle), ..a };
    Some(TrueFalse { yes: worded(yes), no: worded(no), instruction: true })
}

pub(super) fn read_choice(read: &mut Read<'_, '_>, interaction: &Node, response: &str, scale: f64) -> Choice {
    Choice {
        single: !read.declared(response).multiple,
        shuffle: interaction.get("shuffle") == Some("true"),
        numbering: "abc".to_owned(),
        instruction: true,
        vertical: interaction.get("orientation") != Some("horizontal"),
        answers: answers(read, interaction, "simpleChoice", response, scale),
        combined: read.combined(),
    }
}

/// Of a cloze.
pub(super) fn read_list(read: &mut Read<'_, '_>, interaction: &Node, response: &str, scale: f64) -> Choice {
    Choice {
        single: true,
        shuffle: interaction.get("shuffle") == Some("true"),
        numbering: "0".to_owned(),
        vertical: true,
        answers: answers(read, interaction, "inlineChoice", response, scale),
        ..Choice::default()
    }
}
