//! A quiz without its questions, which stand in the question bank.

use crate::Text;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Quiz {
    /// Unix seconds; 0 is always.
    pub open: i64,
    /// Unix seconds; 0 is never.
    pub close: i64,
    /// Seconds; 0 is none.
    pub limit: i64,
    /// 0 is any number.
    pub attempts: i64,
    /// Which attempt counts: 1 the best, 2 the average, 3 the first, 4 the last.
    pub method: i64,
    /// Points a perfect attempt is worth.
    pub grade: f64,
    /// `deferredfeedback`, `interactive` …
    pub behaviour: String,
    /// Answers within a question come in another order each time.
    pub shuffle: bool,
    /// One can go back to earlier questions.
    pub free: bool,
    /// By slot, from the first.
    pub slots: Vec<Slot>,
    /// Parts, by the slot they begin with. Always at least one from 3.1 on.
    pub headings: Vec<Heading>,
    /// From the best grade down. Files are of area `feedback`, by the band's number.
    pub feedbacks: Vec<Band>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Slot {
    /// From 1.
    pub page: i64,
    pub mark: f64,
    pub what: Slotted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slotted {
    /// An entry of the question bank; before 4.0, a question.
    Entry(i64),
    /// Any question of a category. Before 3.5 a random question is one of type `random`, and [`Entry`](Self::Entry) here.
    Random { category: i64, subcategories: bool },
    /// The question was deleted, or what stands here is not understood.
    #[default]
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Heading {
    /// From 1.
    pub slot: i64,
    /// May be empty.
    pub text: String,
    /// Questions come in another order each time.
    pub shuffle: bool,
}

/// What is said to those whose grade is in a range.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Band {
    pub id: i64,
    pub text: Text,
    /// Reached.
    pub from: f64,
    /// Not reached, except by the best.
    pub to: f64,
}
