//! What the types of question differ in.

use super::{Calculated, Choice, Cloze, Essay, Gaps, ImageDrop, Markers, Match, Numerical, Ordering, Random, RandomMatch, Short, TrueFalse};
use serde::{Deserialize, Serialize};

/// A question by its type.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Body {
    /// A text only; nothing is asked.
    #[default]
    Description,
    TrueFalse(TrueFalse),
    /// `multichoice`.
    Choice(Choice),
    /// `shortanswer`.
    Short(Short),
    Numerical(Numerical),
    Match(Match),
    Essay(Essay),
    /// `multianswer`: a text with questions in it.
    Cloze(Cloze),
    /// `calculated`, `calculatedsimple`, `calculatedmulti`.
    Calculated(Calculated),
    /// `gapselect`, `ddwtos`: a text with gaps to fill from lists.
    Gaps(Gaps),
    /// `ddimageortext`.
    ImageDrop(ImageDrop),
    /// `ddmarker`.
    Markers(Markers),
    Ordering(Ordering),
    /// `randomsamatch`: short answers of the category, to be matched.
    RandomMatch(RandomMatch),
    /// Any question of the category; before 4.0 a question of its own.
    Random(Random),
    /// A type that is not known here.
    Other {
        /// Its name.
        name: String,
        /// Its own element as the archive has it, start tag to end tag; empty where there was none.
        xml: String,
    },
}

impl Body {
    /// Moodle's name of the type.
    pub fn kind(&self) -> &str {
        match self {
            Body::Description => "description",
            Body::TrueFalse(_) => "truefalse",
            Body::Choice(_) => "multichoice",
            Body::Short(_) => "shortanswer",
            Body::Numerical(_) => "numerical",
            Body::Match(_) => "match",
            Body::Essay(_) => "essay",
            Body::Cloze(_) => "multianswer",
            Body::Calculated(c) => c.kind.name(),
            Body::Gaps(g) if g.drag => "ddwtos",
            Body::Gaps(_) => "gapselect",
            Body::ImageDrop(_) => "ddimageortext",
            Body::Markers(_) => "ddmarker",
            Body::Ordering(_) => "ordering",
            Body::RandomMatch(_) => "randomsamatch",
            Body::Random(_) => "random",
            Body::Other { name, .. } => name,
        }
    }
}
