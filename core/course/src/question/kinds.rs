//! The types of question, one struct each (MBZ-FORMAT §10.4). Parts of the mark are fractions, -1 to 1.

use super::Question;
use crate::Text;
use serde::{Deserialize, Serialize};

/// An answer that is offered or expected.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Answer {
    pub id: i64,
    pub text: Text,
    /// Part of the mark it is worth.
    pub fraction: f64,
    pub feedback: Text,
}

/// What is said for an answer that is right, partly right or wrong, whatever it was.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Combined {
    pub right: Text,
    pub partly: Text,
    pub wrong: Text,
    /// Whether the number of right parts is shown.
    pub show_number_right: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TrueFalse {
    /// Feedback to each, and which is right: the one with fraction 1. Their texts are those of the first site's language.
    pub yes: Answer,
    pub no: Answer,
    pub instruction: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Choice {
    /// One answer only; else any number.
    pub single: bool,
    pub shuffle: bool,
    /// `abc`, `ABCD`, `123`, `iii`, `IIII`, `none`.
    pub numbering: String,
    /// Whether "Choose one:" is shown.
    pub instruction: bool,
    pub vertical: bool,
    pub answers: Vec<Answer>,
    pub combined: Combined,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Short {
    pub case: bool,
    /// `*` in a text stands for anything.
    pub answers: Vec<Answer>,
}

/// A number that is expected, `*` for any other.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Tolerance {
    pub answer: Answer,
    /// How far off it may be, as written: a number or, in a calculated question, part of the answer.
    pub tolerance: String,
    /// Calculated only: 1 relative, 2 nominal, 3 geometric; and how the right answer is printed (1 decimals, 2 significant figures).
    pub kind: i64,
    pub length: i64,
    pub format: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Unit {
    pub name: String,
    /// As written.
    pub multiplier: String,
}

/// How units are asked for and marked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Units {
    pub units: Vec<Unit>,
    /// 0 text, 1 choice, 2 list, 3 none.
    pub show: i64,
    pub left: bool,
    /// 0 none, 1 part of the answer's mark, 2 part of the whole.
    pub grading: i64,
    pub penalty: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Numerical {
    pub answers: Vec<Tolerance>,
    pub units: Units,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Match {
    pub shuffle: bool,
    pub pairs: Vec<Pair>,
    pub combined: Combined,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Pair {
    pub id: i64,
    /// Empty for an answer that fits nothing.
    pub text: Text,
    pub answer: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Essay {
    /// `editor`, `editorfilepicker`, `plain`, `monospaced`, `noinline`.
    pub response: String,
    pub required: bool,
    pub lines: i64,
    pub min_words: Option<i64>,
    pub max_words: Option<i64>,
    /// Number of files that may be handed in (-1 any), and must.
    pub attachments: i64,
    pub attachments_required: i64,
    pub grader_info: Text,
    pub template: Text,
    /// Kinds of file, separated by commas; empty is any.
    pub file_types: String,
    pub max_bytes: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Cloze {
    /// `{#1}` in the text is the first of them. Their text is the notation in braces (`{1:SHORTANSWER:=Paris}`).
    pub questions: Vec<Question>,
}

/// Which of the three calculated types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Formula {
    #[default]
    Full,
    Simple,
    Multi,
}

impl Formula {
    pub fn name(self) -> &'static str {
        match self {
            Formula::Full => "calculated",
            Formula::Simple => "calculatedsimple",
            Formula::Multi => "calculatedmulti",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Calculated {
    pub kind: Formula,
    /// Formulas with `{a}`.
    pub answers: Vec<Tolerance>,
    pub units: Units,
    pub datasets: Vec<Dataset>,
    /// 0 no, 1 between questions of the category, 2 and names are shown.
    pub synchronize: i64,
    pub single: bool,
    pub shuffle: bool,
    pub numbering: String,
    pub combined: Combined,
}

/// The values of one `{a}`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Dataset {
    pub id: i64,
    pub name: String,
    /// Shared in this question category; 0 is the question's own.
    pub category: i64,
    pub r#type: i64,
    /// `uniform:min:max:decimals`.
    pub options: String,
    /// Number and value, as written.
    pub items: Vec<(i64, String)>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Gaps {
    /// Words are dragged (`ddwtos`); else chosen from lists (`gapselect`).
    pub drag: bool,
    pub shuffle: bool,
    /// `[[1]]` in the text is filled by the first of them.
    pub choices: Vec<Gap>,
    pub combined: Combined,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Gap {
    pub id: i64,
    pub text: String,
    /// Choices of one group are offered together.
    pub group: i64,
    /// May be used more than once.
    pub infinite: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ImageDrop {
    pub shuffle: bool,
    pub drags: Vec<Drag>,
    pub drops: Vec<Drop>,
    pub combined: Combined,
    /// How drop zones are shown, from 5.1 on.
    pub visibility: Option<i64>,
}

/// A text or image (its file is of the area `dragimage`) to be dragged.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Drag {
    pub id: i64,
    /// From 1; what a drop zone points at.
    pub no: i64,
    pub group: i64,
    pub infinite: bool,
    pub label: String,
}

/// Where something belongs, in pixels of the background image.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Drop {
    pub id: i64,
    pub no: i64,
    pub x: i64,
    pub y: i64,
    /// `no` of the right drag.
    pub choice: i64,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Markers {
    pub shuffle: bool,
    pub show_misplaced: bool,
    /// A marker's number of uses stands in [`Marker::uses`].
    pub markers: Vec<Marker>,
    pub zones: Vec<Zone>,
    pub combined: Combined,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Marker {
    pub id: i64,
    pub no: i64,
    pub infinite: bool,
    pub label: String,
    pub uses: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Zone {
    pub id: i64,
    pub no: i64,
    /// `circle`, `rectangle`, `polygon`.
    pub shape: String,
    /// `x,y;r`, `x,y;w,h`, `x,y;x,y;…`.
    pub coords: String,
    /// `no` of the right marker.
    pub choice: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Ordering {
    /// In the right order.
    pub items: Vec<Answer>,
    /// 0 vertical, 1 horizontal.
    pub layout: i64,
    /// 0 all items, 1 a random selection, 2 a contiguous one; of so many.
    pub select: i64,
    pub count: i64,
    /// -1 all or nothing, 0 absolute position, … (Moodle's numbers).
    pub grading: i64,
    pub show_grading: bool,
    pub numbering: String,
    pub combined: Combined,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RandomMatch {
    pub choose: i64,
    pub subcategories: bool,
    pub combined: Combined,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Random {
    pub subcategories: bool,
}
