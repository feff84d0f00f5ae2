//! One question as one assessment item, in the names of QTI 2.1: written and read side by side.

mod body;
mod choice;
mod gaps;
mod image;
mod out;
mod pairs;
mod processing;
mod read;
mod words;

pub(super) use out::write;
pub(super) use read::read;

use crate::bank::node::Node;

/// The response of an item that has one.
const RESPONSE: &str = "RESPONSE";

/// What an item asks and how it is marked, piece by piece.
#[derive(Default)]
struct Item {
    responses: Vec<Node>,
    outcomes: Vec<Node>,
    body: Vec<Node>,
    /// Expressions whose sum is the mark.
    score: Vec<Node>,
    processing: Vec<Node>,
    feedback: Vec<Node>,
}

/// A number as it is written in an item.
fn decimal(number: f64) -> String {
    let text = format!("{number:.7}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn number(text: Option<&str>) -> Option<f64> {
    text?.trim().parse().ok().filter(|n: &f64| n.is_finite())
}

fn flag(on: bool) -> &'static str {
    if on { "true" } else { "false" }
}

fn base(kind: &str, value: &str) -> Node {
    Node::leaf("baseValue", &[("baseType", kind)], value)
}

fn variable(identifier: &str) -> Node {
    Node::new("variable", &[("identifier", identifier)], [])
}

fn set(outcome: &str, expression: Node) -> Node {
    Node::new("setOutcomeValue", &[("identifier", outcome)], [expression])
}

/// `A3` is the third.
fn place(identifier: &str, letter: char) -> Option<usize> {
    identifier.strip_prefix(letter)?.parse::<usize>().ok()?.checked_sub(1)
}
