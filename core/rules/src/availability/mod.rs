//! Restrictions of access to sections and activities.
//!
//! [`read`] turns Moodle's JSON into a [`Tree`]; [`Legacy::lift`] does the same for the columns releases before 2.7 had. Behind
//! that door there is one shape. [`evaluate`] decides for a person at a time; [`explain`] says a tree, or what of it is unmet, in
//! words. Source of the rules: MBZ-FORMAT §7.2–7.4.

mod evaluate;
mod explain;
mod facts;
mod legacy;
mod parse;
mod previous;
mod tree;

pub use evaluate::{Verdict, evaluate};
pub use explain::{Lang, Line, Names, Piece, Wording, explain};
pub use facts::{Facts, Place};
pub use legacy::{Legacy, LegacyField, LegacyRule};
pub use parse::{Limits, read, read_with};
pub use previous::{Step, previous};
pub use tree::{Child, Condition, Direction, Expected, Field, Grouping, Node, Op, ProfileOp, Tree};
