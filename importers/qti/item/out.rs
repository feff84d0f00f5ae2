//! The frame of an item.

use super::processing::{combined, said};
use super::{Item, body, decimal, set};
use crate::bank::node::{Node, html};
use crate::bank::text;
use crate::qti::Version;
use crate::qti::page::Page;
use parcours_course::question::{File, Question};

/// An item, and the files it shows; nothing for a type that QTI has not.
pub(crate) fn write<'a>(q: &'a Question, identifier: &str, version: Version) -> Option<(Node, Vec<&'a File>)> {
    let mut page = Page::new(q, version);
    let mut item = body::write(&mut page)?;
    if let Some(feedback) = body::combined_of(&q.body) {
        combined(&mut item, &mut page, feedback, q.mark);
    }
    let general = page.text(&q.general_feedback, "generalfeedback", q.id);
    if !general.is_empty() {
        let default = Node::new("defaultValue", &[], [Node::leaf("value", &[], "general")]);
        item.outcomes.push(outcome("GENERAL", "single", "identifier").with_child(default));
        item.feedback.push(said("GENERAL", "general", general));
    }
    let name = if q.name.trim().is_empty() { "?" } else { q.name.trim() };
    let root = [
        ("xmlns", version.namespace()),
        ("identifier", identifier),
        ("title", name),
        ("label", q.kind()),
        ("adaptive", "false"),
        ("timeDependent", "false"),
        ("toolName", "Parcours"),
    ];
    let mut children = item.responses;
    let score = Node::new("defaultValue", &[], [Node::leaf("value", &[], "0")]);
    children.push(outcome("SCORE", "single", "float").with("normalMaximum", decimal(q.mark)).with_child(score));
    children.extend(item.outcomes);
    children.push(Node::new("itemBody", &[], item.body));
    let mut processing = Vec::new();
    if !item.score.is_empty() {
        // The mark is known before what depends on it.
        let (before, after): (Vec<Node>, Vec<Node>) = item.processing.into_iter().partition(|n| !uses_score(n));
        processing.extend(before);
        processing.push(set("SCORE", Node::new("sum", &[], item.score)));
        processing.extend(after);
    }
    if !processing.is_empty() {
        children.push(Node::new("responseProcessing", &[], processing));
    }
    children.extend(item.feedback);
    Some((Node::new("assessmentItem", &root, children), page.used))
}

fn uses_score(node: &Node) -> bool {
    (node.name == "variable" && node.get("identifier") == Some("SCORE")) || node.children.iter().any(uses_score)
}

pub(super) fn outcome(identifier: &str, cardinality: &str, kind: &str) -> Node {
    Node::new("outcomeDeclaration", &[("identifier", identifier), ("cardinality", cardinality), ("baseType", kind)], [])
}

/// The question's text, in a block of its own so that it is known again.
pub(super) fn asked(page: &mut Page<'_>) -> Node {
    let q = page.question;
    let nodes = page.text(&q.text, "questiontext", q.id);
    Node::new("div", &[("class", "questiontext")], nodes)
}

/// Words that may be markup: as markup.
pub(super) fn inline(words: &str) -> Vec<Node> {
    if text::is_words(words) { vec![Node::words(words)] } else { html(words) }
}

impl Item {
    pub(super) fn of(body: Vec<Node>) -> Self {
        Item { body, ..Item::default() }
    }
}
