//! How answers are marked and what is said to them.

use super::out::outcome;
use super::{Item, base, decimal, number, set, variable};
use crate::bank::node::Node;
use crate::qti::page::Page;
use parcours_course::question::{Answer, Combined};

/// A response, and where its values are marked by a list, that list. Values are `(value, part of the mark, matters the case)`.
pub(super) struct Response<'a> {
    pub identifier: &'a str,
    pub cardinality: &'a str,
    pub kind: &'a str,
    pub correct: Vec<String>,
    pub mapped: Vec<(String, f64)>,
}

impl Response<'_> {
    /// `scale` is what a whole mark is worth.
    pub fn node(&self, scale: f64) -> Node {
        let mut children = Vec::new();
        if !self.correct.is_empty() {
            children.push(Node::new("correctResponse", &[], self.correct.iter().map(|v| Node::leaf("value", &[], v.clone()))));
        }
        if !self.mapped.is_empty() {
            let entry = |(key, part): &(String, f64)| Node::new("mapEntry", &[("mapKey", key), ("mappedValue", &decimal(part * scale))], []);
            let bounds = [("defaultValue", "0".to_owned()), ("lowerBound", "0".to_owned()), ("upperBound", decimal(scale))];
            let bounds: Vec<(&str, &str)> = bounds.iter().map(|(n, v)| (*n, v.as_str())).collect();
            children.push(Node::new("mapping", &bounds, self.mapped.iter().map(entry)));
        }
        Node::new("responseDeclaration", &[("identifier", self.identifier), ("cardinality", self.cardinality), ("baseType", self.kind)], children)
    }
}

pub(super) fn mapped(identifier: &str) -> Node {
    Node::new("mapResponse", &[("identifier", identifier)], [])
}

pub(super) fn said(outcome: &str, identifier: &str, children: Vec<Node>) -> Node {
    Node::new("modalFeedback", &[("outcomeIdentifier", outcome), ("identifier", identifier), ("showHide", "show")], children)
}

/// The whole mark in an item, where a question may be worth nothing.
pub(super) fn scale(mark: f64) -> f64 {
    if mark > 0.0 { mark } else { 1.0 }
}

/// Feedback to answers that are chosen by their identifier: shown for those that are.
pub(super) fn chosen(item: &mut Item, page: &mut Page<'_>, response: &str, cardinality: &str, answers: &[(String, &Answer)]) {
    if answers.iter().all(|(_, a)| a.feedback.is_empty()) {
        return;
    }
    let name = format!("FEEDBACK_{response}");
    item.outcomes.push(outcome(&name, cardinality, "identifier"));
    item.processing.push(set(&name, variable(response)));
    for (identifier, a) in answers.iter().filter(|(_, a)| !a.feedback.is_empty()) {
        let text = page.text(&a.feedback, "answerfeedback", a.id);
        item.feedback.push(said(&name, identifier, text));
    }
}

/// The first condition that holds gives the part of the mark and what is said to it.
pub(super) fn chain(item: &mut Item, page: &mut Page<'_>, response: &str, scale: f64, cases: Vec<(Option<Node>, &Answer)>) {
    let (score, feedback) = (format!("SCORE_{response}"), format!("FEEDBACK_{response}"));
    item.outcomes.push(outcome(&score, "single", "float").with_child(Node::new("defaultValue", &[], [Node::leaf("value", &[], "0")])));
    item.outcomes.push(outcome(&feedback, "single", "identifier"));
    item.score.push(variable(&score));
    let mut branches = Vec::new();
    for (at, (condition, answer)) in cases.into_iter().enumerate() {
        let identifier = format!("A{}", at + 1);
        let sets = [set(&score, base("float", &decimal(answer.fraction * scale))), set(&feedback, base("identifier", &identifier))];
        let name = if at == 0 { "responseIf" } else { "responseElseIf" };
        // Whatever else is answered: not nothing.
        let condition = condition.unwrap_or_else(|| Node::new("not", &[], [Node::new("isNull", &[], [variable(response)])]));
        branches.push(Node::new(name, &[], [condition].into_iter().chain(sets)));
        if !answer.feedback.is_empty() {
            let text = page.text(&answer.feedback, "answerfeedback", answer.id);
            item.feedback.push(said(&feedback, &identifier, text));
        }
    }
    if !branches.is_empty() {
        item.processing.push(Node::new("responseCondition", &[], branches));
    }
}

/// What is said to right, partly right and wrong answers, by the mark.
pub(super) fn combined(item: &mut Item, page: &mut Page<'_>, c: &Combined, mark: f64) {
    let texts = [("right", &c.right, "correctfeedback"), ("partly", &c.partly, "partiallycorrectfeedback"), ("wrong", &c.wrong, "incorrectfeedback")];
    if texts.iter().all(|(_, t, _)| t.is_empty()) {
        return;
    }
    item.outcomes.push(outcome("COMBINED", "single", "identifier"));
    let whole = scale(mark);
    let compare = |name: &str, with: f64| Node::new(name, &[], [variable("SCORE"), base("float", &decimal(with))]);
    let say = |identifier: &str| set("COMBINED", base("identifier", identifier));
    let branches = [
        Node::new("responseIf", &[], [compare("gte", whole - 0.000_01), say("right")]),
        Node::new("responseElseIf", &[], [compare("gt", 0.0), say("partly")]),
        Node::new("responseElse", &[], [say("wrong")]),
    ];
    item.processing.push(Node::new("responseCondition", &[], branches));
    let id = page.question.id;
    for (identifier, text, area) in texts {
        if !text.is_empty() {
            let nodes = page.text(text, area, id);
            item.feedback.push(said("COMBINED", identifier, nodes));
        }
    }
}

/// A case that was read: the condition, the mark it gives, and the identifier of what is said.
pub(super) struct Case<'a> {
    pub condition: &'a Node,
    pub score: Option<f64>,
    pub said: String,
}

/// The cases of a response, in their order.
pub(super) fn cases<'a>(item: &'a Node, response: &str) -> Vec<Case<'a>> {
    let mut branches = Vec::new();
    item.find(&|n| matches!(n.name.as_str(), "responseIf" | "responseElseIf"), &mut branches);
    let about = |n: &Node| uses(n, response);
    branches
        .into_iter()
        .filter_map(|b| {
            let condition = b.children.iter().find(|c| !c.name.is_empty() && c.name != "setOutcomeValue").filter(|c| about(c))?;
            let sets: Vec<&Node> = b.all("setOutcomeValue").collect();
            let value = |prefix: &str| {
                let set = sets.iter().find(|s| s.get("identifier").is_some_and(|i| i.starts_with(prefix)))?;
                Some(set.child("baseValue")?.inner())
            };
            Some(Case { condition, score: number(value("SCORE").as_deref()), said: value("FEEDBACK").unwrap_or_default().trim().to_owned() })
        })
        .collect()
}

fn uses(node: &Node, response: &str) -> bool {
    (node.name == "variable" && node.get("identifier") == Some(response)) || node.children.iter().any(|c| uses(c, response))
}
