//! A restriction in words.

mod english;
mod french;
mod line;
mod phrase;

use super::facts::Place;
use super::tree::{Child, Condition, Direction, Expected, Field, Grouping, Node, ProfileOp, Tree};
pub use line::{Line, Piece};
use phrase::Phrase;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    French,
    English,
}

/// What the words are about. None: it is not there (any more). Nothing returned needs to be escaped; the caller escapes all of a
/// [`Piece`] on its way to a page.
pub trait Names {
    /// Name of the activity with this course module number.
    fn activity(&self, cm: i64) -> Option<String>;
    fn grade_item(&self, item: i64) -> Option<String>;
    fn group(&self, id: i64) -> Option<String>;
    fn grouping(&self, id: i64) -> Option<String>;
    /// Name of a profile field as the reader knows it.
    fn field(&self, field: &Field) -> Option<String>;
    /// Day and time of a moment, in the reader's language and time zone, to stand after "le" or "on".
    fn moment(&self, at: i64) -> String;
    /// Its day alone.
    fn day(&self, at: i64) -> String;
    /// Whether a day begins at this moment in the reader's time zone: then the day alone is said.
    fn is_midnight(&self, at: i64) -> bool;
}

/// Whom the words are for.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    pub lang: Lang,
    pub names: &'a dyn Names,
    pub place: Place,
    /// Who may edit the restriction also reads the percents a grade has to reach. Learners are not told, as in Moodle.
    pub thresholds: bool,
}

/// Says a tree: the whole of it to those who manage the course, with a mark at what is hidden from those who fail it; or
/// [`Verdict::unmet`](super::Verdict::unmet) to the person who is kept out. None when there is no condition to say.
///
/// A tree of one condition is one line; others are a heading with items below.
pub fn explain(tree: &Tree, wording: &Wording) -> Option<Line> {
    wording.tree(tree, false, true, false)
}

impl Lang {
    /// From a language code such as `fr`, `fr_ca` or `en-GB`; English where there is none of ours.
    pub fn from_code(code: &str) -> Self {
        match code.split(['_', '-']).next() {
            Some("fr") => Lang::French,
            _ => Lang::English,
        }
    }

    fn phrase(self, phrase: Phrase) -> &'static str {
        match self {
            Lang::French => french::phrase(phrase),
            Lang::English => english::phrase(phrase),
        }
    }
}

impl Wording<'_> {
    /// `hidden`: an only child of a hidden place; the mark is said with what finally stands there.
    fn tree(&self, tree: &Tree, not: bool, root: bool, hidden: bool) -> Option<Line> {
        let (negated, all) = tree.op.inward(not);
        if let [only] = &tree.children[..] {
            return self.only_child(only, negated, root, hidden || !only.shown);
        }
        let whole = hidden || (root && !all && tree.children.iter().all(|c| !c.shown));
        let items: Vec<Line> = tree.children.iter().filter_map(|c| self.child(c, negated, !whole && !c.shown)).collect();
        if items.is_empty() {
            return None;
        }
        let heading = match (root, all) {
            (true, true) => Phrase::RootAll { hidden: whole },
            (true, false) => Phrase::RootAny { hidden: whole },
            (false, true) => Phrase::All { hidden: whole },
            (false, false) => Phrase::Any { hidden: whole },
        };
        let mut line = self.line(heading, &[]);
        line.items = items;
        Some(line)
    }

    fn child(&self, child: &Child, not: bool, hidden: bool) -> Option<Line> {
        match &child.node {
            Node::Tree(t) => self.tree(t, not, false, hidden),
            Node::Condition(c) => Some(self.marked(self.condition(c, not), hidden)),
        }
    }

    fn only_child(&self, child: &Child, not: bool, root: bool, hidden: bool) -> Option<Line> {
        match &child.node {
            Node::Tree(t) => self.tree(t, not, root, hidden),
            Node::Condition(c) if root => Some(self.marked(self.alone(c, not), hidden)),
            Node::Condition(c) => Some(self.marked(self.condition(c, not), hidden)),
        }
    }

    fn marked(&self, mut line: Line, hidden: bool) -> Line {
        if hidden {
            line.append(" ", self.line(Phrase::HiddenOtherwise, &[]));
        }
        line
    }

    /// The only condition there is, as a sentence of its own.
    fn alone(&self, condition: &Condition, not: bool) -> Line {
        if let Condition::Date { direction, at } = condition {
            return self.date(*direction, *at, not, true);
        }
        let mut line = self.line(Phrase::RootAll { hidden: false }, &[]);
        line.append(" ", self.condition(condition, not));
        line
    }

    fn condition(&self, condition: &Condition, not: bool) -> Line {
        match condition {
            Condition::Date { direction, at } => self.date(*direction, *at, not, false),
            Condition::Completion { cm, expected } => self.completion(*cm, *expected, not),
            Condition::Grade { item, min, max } => self.grade(*item, *min, *max, not),
            Condition::Group(None) => self.line(Phrase::AnyGroup { not }, &[]),
            Condition::Group(Some(id)) => match self.names.group(*id) {
                Some(name) => self.line(Phrase::Group { not }, &[Piece::Name(name)]),
                None => self.line(Phrase::MissingGroup { not }, &[]),
            },
            Condition::Grouping(which) => {
                let id = match which {
                    Grouping::Id(id) => Some(*id),
                    Grouping::Activity => self.place.grouping,
                };
                match id.and_then(|id| self.names.grouping(id)) {
                    Some(name) => self.line(Phrase::Grouping { not }, &[Piece::Name(name)]),
                    None => self.line(Phrase::MissingGrouping { not }, &[]),
                }
            }
            Condition::Profile { field, op, value } => self.profile(field, *op, value, not),
            Condition::Unknown { kind, .. } if kind.is_empty() => self.line(Phrase::Unreadable, &[]),
            Condition::Unknown { kind, .. } => self.line(Phrase::Unknown, &[Piece::Name(kind.clone())]),
        }
    }

    /// A moment at midnight is said as a day: from that day on, or until the end of the day before.
    fn date(&self, direction: Direction, at: i64, not: bool, alone: bool) -> Line {
        let day = self.names.is_midnight(at);
        let from = (direction == Direction::From) != not;
        let name = match (day, from) {
            (false, _) => self.names.moment(at),
            (true, true) => self.names.day(at),
            (true, false) => self.names.day(at.saturating_sub(1)),
        };
        let phrase = if from { Phrase::From { alone } } else { Phrase::Until { day, alone } };
        self.line(phrase, &[Piece::Name(name)])
    }

    fn completion(&self, cm: i64, expected: Expected, not: bool) -> Line {
        let previous = cm == Condition::PREVIOUS;
        let known = if previous { self.place.previous } else { Some(cm) };
        let named = known.and_then(|cm| Some(Piece::Activity { cm, name: self.names.activity(cm)? }));
        let subject = match named {
            Some(name) => self.line(Phrase::Activity, &[name]),
            None if previous => self.line(Phrase::PreviousActivity, &[]),
            None => self.line(Phrase::MissingActivity, &[]),
        };
        let predicate = match (expected, not) {
            (Expected::Complete, false) | (Expected::Incomplete, true) => Phrase::Complete,
            (Expected::Incomplete, false) | (Expected::Complete, true) => Phrase::Incomplete,
            (Expected::Pass, not) => Phrase::Pass { not },
            (Expected::Fail, not) => Phrase::Fail { not },
        };
        let mut line = subject;
        line.append(" ", self.line(predicate, &[]));
        line
    }

    fn grade(&self, item: i64, min: Option<f64>, max: Option<f64>, not: bool) -> Line {
        let name = match self.names.grade_item(item) {
            Some(name) => self.line(Phrase::GradeItem, &[Piece::Name(name)]),
            None => self.line(Phrase::MissingGradeItem, &[]),
        };
        let phrase = match (not, min.is_some(), max.is_some()) {
            (not, false, false) => Phrase::AnyGrade { not },
            (true, _, _) => Phrase::NotTheseGrades,
            (false, true, false) => Phrase::GradeAtLeast,
            (false, false, true) => Phrase::GradeBelow,
            (false, true, true) => Phrase::GradeWithin,
        };
        let mut line = self.line(phrase, &[]);
        line.append(" ", name);
        let bounds = match (min, max) {
            _ if !self.thresholds => None,
            (None, None) => None,
            (Some(min), None) => Some(self.line(Phrase::AtLeast, &[self.percent(min)])),
            (None, Some(max)) => Some(self.line(Phrase::Below, &[self.percent(max)])),
            (Some(min), Some(max)) => Some(self.line(Phrase::Within, &[self.percent(min), self.percent(max)])),
        };
        if let Some(bounds) = bounds {
            line.append(" ", bounds);
        }
        line
    }

    /// As many decimals as were written, and the decimal comma in French.
    fn percent(&self, n: f64) -> Piece {
        let written = n.to_string();
        Piece::Name(if self.lang == Lang::French { written.replace('.', ",") } else { written })
    }

    fn profile(&self, field: &Field, op: ProfileOp, value: &str, not: bool) -> Line {
        let written = match field {
            Field::Standard(name) | Field::Custom(name) => name,
        };
        let name = self.names.field(field).unwrap_or_else(|| written.clone());
        let mut line = self.line(Phrase::Field, &[Piece::Name(name)]);
        line.append(" ", self.line(Phrase::Profile { op, not }, &[Piece::Name(value.to_owned())]));
        line
    }

    fn line(&self, phrase: Phrase, values: &[Piece]) -> Line {
        Line::fill(self.lang.phrase(phrase), values)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
