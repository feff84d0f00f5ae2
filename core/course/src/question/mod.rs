//! Questions, in the one shape that all others are lifted to (MBZ-FORMAT §10): what is asked, not how a release or a format writes it.

mod body;
mod kinds;

pub use body::Body;
pub use kinds::{
    Answer, Calculated, Choice, Cloze, Combined, Dataset, Drag, Drop, Essay, Formula, Gap, Gaps, ImageDrop, Marker, Markers, Match, Numerical,
    Ordering, Pair, Random, RandomMatch, Short, Tolerance, TrueFalse, Unit, Units, Zone,
};

use crate::Text;
use serde::{Deserialize, Serialize};

/// A category of a question bank.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Category {
    pub id: i64,
    /// 0 at the top of its context.
    pub parent: i64,
    /// `top` for the invisible one above all others of a context (from 3.5 on).
    pub name: String,
    pub info: Text,
    pub idnumber: String,
    /// Tells categories of one origin apart everywhere.
    pub stamp: String,
    pub level: Level,
    /// Context it belongs to.
    pub context: i64,
    /// Course, course category or course module, by the level.
    pub instance: i64,
}

/// What kind of context a category belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    System,
    Category,
    #[default]
    Course,
    Module,
}

impl Level {
    /// By the number that archives write.
    pub fn of(number: i64) -> Option<Level> {
        match number {
            10 => Some(Level::System),
            40 => Some(Level::Category),
            50 => Some(Level::Course),
            70 => Some(Level::Module),
            _ => None,
        }
    }

    pub fn number(self) -> i64 {
        match self {
            Level::System => 10,
            Level::Category => 40,
            Level::Course => 50,
            Level::Module => 70,
        }
    }
}

/// One version of a question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Question {
    /// Number of this version: attempts point at it.
    pub id: i64,
    /// Number of the question bank entry: slots of quizzes point at it. Before 4.0 the question's own.
    pub entry: i64,
    /// From 1; `latest` where no higher one is in the archive.
    pub version: i64,
    pub latest: bool,
    pub status: Status,
    pub name: String,
    pub text: Text,
    /// Shown to everybody who has answered.
    pub general_feedback: Text,
    pub mark: f64,
    /// Part of the mark that each wrong try costs, 0 to 1.
    pub penalty: f64,
    pub idnumber: String,
    /// Names as shown.
    pub tags: Vec<String>,
    pub hints: Vec<Hint>,
    /// Unix seconds; 0 is unknown.
    pub created: i64,
    pub modified: i64,
    pub files: Vec<File>,
    pub body: Body,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    #[default]
    Ready,
    Draft,
    Hidden,
}

/// Shown after a wrong try.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hint {
    pub id: i64,
    pub text: Text,
    pub show_number_right: bool,
    pub clear_wrong: bool,
    /// What a type keeps here for itself.
    pub options: String,
}

/// A file of one of a question's texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct File {
    /// `question` or the type's own component, such as `qtype_essay`.
    pub component: String,
    /// `questiontext`, `answer`, `answerfeedback`, `hint`, … (MBZ-FORMAT §6.4).
    pub area: String,
    /// Number of the question, answer, hint or pair whose text it belongs to.
    pub item: i64,
    /// As the text links it, decoded: `/dossier/été.png`.
    pub path: String,
    /// SHA-1 of its content.
    pub hash: String,
    /// In bytes.
    pub size: u64,
    pub mime: Option<String>,
}

impl Question {
    /// Moodle's name of its type.
    pub fn kind(&self) -> &str {
        self.body.kind()
    }
}
