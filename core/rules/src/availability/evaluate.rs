//! Does a person get in?

use super::facts::{Facts, Place};
use super::tree::{Child, Condition, Direction, Expected, Field, Grouping, Node, ProfileOp, Tree};
use crate::completion::State;

#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub open: bool,
    /// Closed, but to be shown greyed out with the reason; a closed item that is not shown is not mentioned at all. True when open.
    pub shown: bool,
    /// What of the tree is not met, to be said with [`explain`](super::explain()); only when closed and shown.
    pub unmet: Option<Tree>,
}

impl Verdict {
    pub const OPEN: Verdict = Verdict { open: true, shown: true, unmet: None };
    pub const HIDDEN: Verdict = Verdict { open: false, shown: false, unmet: None };
}

/// Decides a restriction for a person, as Moodle does: a tree without conditions is open, negations are pushed down to the
/// conditions, and one failed condition that is to be hidden hides the item whatever the others say.
///
/// Rights are not looked at, but for [`Facts::all_groups`]: who has `moodle/course:ignoreavailabilityrestrictions` gets in anyway
/// ([`visibility`](crate::visibility)).
pub fn evaluate(tree: &Tree, facts: &Facts, place: &Place) -> Verdict {
    match unmet(tree, false, facts, place) {
        None => Verdict::OPEN,
        Some(unmet) if unmet.children.iter().all(|c| c.shown) => Verdict { open: false, shown: true, unmet: Some(unmet) },
        Some(_) => Verdict::HIDDEN,
    }
}

/// The part of the tree that keeps the person out; none when it lets in.
fn unmet(tree: &Tree, not: bool, facts: &Facts, place: &Place) -> Option<Tree> {
    let (negated, all) = tree.op.inward(not);
    let mut failed = Vec::new();
    for child in &tree.children {
        let node = match &child.node {
            Node::Tree(t) => unmet(t, negated, facts, place).map(Node::Tree),
            Node::Condition(c) => (!met(c, negated, facts, place)).then(|| child.node.clone()),
        };
        match node {
            Some(node) => failed.push(Child { node, shown: child.shown }),
            None if !all => return None,
            None => {}
        }
    }
    (!failed.is_empty()).then_some(Tree { op: tree.op, children: failed })
}

fn met(condition: &Condition, not: bool, facts: &Facts, place: &Place) -> bool {
    let holds = match condition {
        Condition::Date { direction: Direction::From, at } => facts.now >= *at,
        Condition::Date { direction: Direction::Until, at } => facts.now < *at,
        Condition::Completion { cm, expected } => {
            let cm = if *cm == Condition::PREVIOUS { place.previous } else { Some(*cm) };
            match cm.and_then(|cm| facts.completion.get(&cm)) {
                Some(state) => reached(*expected, *state),
                None => return false,
            }
        }
        Condition::Grade { item, min, max } => {
            facts.grades.get(item).is_some_and(|percent| min.is_none_or(|min| *percent >= min) && max.is_none_or(|max| *percent < max))
        }
        // Moodle looks at the right after the negation: who may see all groups is kept neither in nor out by one.
        Condition::Group(_) | Condition::Grouping(_) if facts.all_groups => return true,
        Condition::Group(None) => !facts.groups.is_empty(),
        Condition::Group(Some(id)) => facts.groups.contains(id),
        Condition::Grouping(which) => {
            let id = match which {
                Grouping::Id(id) => Some(*id),
                Grouping::Activity => place.grouping,
            };
            id.is_some_and(|id| facts.groupings.contains(&id))
        }
        Condition::Profile { field, op, value } => holds(facts, field, *op, value),
        Condition::Unknown { .. } => return false,
    };
    holds != not
}

fn reached(expected: Expected, state: State) -> bool {
    match expected {
        Expected::Incomplete => state == State::Incomplete,
        Expected::Complete => state != State::Incomplete,
        Expected::Pass => state == State::Pass,
        Expected::Fail => state == State::Fail,
    }
}

/// Case and accents count. "0" is empty, as in the language Moodle is written in.
fn holds(facts: &Facts, field: &Field, op: ProfileOp, value: &str) -> bool {
    let Some(actual) = facts.profile.get(field) else { return false };
    match op {
        ProfileOp::IsEqualTo => actual == value,
        ProfileOp::Contains => actual.contains(value),
        ProfileOp::DoesNotContain => blank(value) || !actual.contains(value),
        ProfileOp::StartsWith => actual.starts_with(value),
        ProfileOp::EndsWith => actual.ends_with(value),
        ProfileOp::IsEmpty => blank(actual),
        ProfileOp::IsNotEmpty => !blank(actual),
    }
}

fn blank(text: &str) -> bool {
    text.is_empty() || text == "0"
}

#[cfg(test)]
#[path = "evaluate_tests.rs"]
mod tests;
