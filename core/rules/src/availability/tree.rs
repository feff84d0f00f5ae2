//! The restriction itself, as every release of Moodle from 2.7 on means it.

use serde_json::{Map, Value as Json, json};

/// Conditions joined by an operator.
///
/// Moodle writes "shown otherwise" per child for `&` and `!|`, and once for `|` and `!&`. Here it always stands at the child, which
/// decides the same: the second kind fails only when every child does.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    pub op: Op,
    pub children: Vec<Child>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Child {
    pub node: Node,
    /// At the root: a person who fails this child still sees the item, greyed out, with the reason. Always true further down.
    pub shown: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Tree(Tree),
    Condition(Condition),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `&`: all of them.
    All,
    /// `|`: any of them.
    Any,
    /// `!&`: not all of them.
    NotAll,
    /// `!|`: none of them.
    None,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// `at` in seconds since 1970.
    Date {
        direction: Direction,
        at: i64,
    },
    /// `cm` is a course module number; -1 is the activity before this one ([`Condition::PREVIOUS`]).
    Completion {
        cm: i64,
        expected: Expected,
    },
    /// Percent of grade item `item`: at least `min`, less than `max`.
    Grade {
        item: i64,
        min: Option<f64>,
        max: Option<f64>,
    },
    /// Member of this group; of any group where there is none.
    Group(Option<i64>),
    Grouping(Grouping),
    Profile {
        field: Field,
        op: ProfileOp,
        value: String,
    },
    /// A type, or a form of a known type, that is not understood: met by nobody, negated or not (SECURITY C27). `raw` is what stood there.
    Unknown {
        kind: String,
        raw: Json,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// `>=`: from this moment on.
    From,
    /// `<`: before this moment.
    Until,
}

/// Completion state asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Incomplete,
    /// Complete in whatever way: passed and failed count.
    Complete,
    Pass,
    Fail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    Id(i64),
    /// The grouping set in the activity's own settings.
    Activity,
}

/// A field of a person's profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Field {
    /// A column of the account (`email`, `institution`…).
    Standard(String),
    /// Short name of a custom profile field.
    Custom(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileOp {
    IsEqualTo,
    Contains,
    DoesNotContain,
    StartsWith,
    EndsWith,
    IsEmpty,
    IsNotEmpty,
}

impl Tree {
    /// No restriction.
    pub fn open() -> Self {
        Tree { op: Op::All, children: Vec::new() }
    }

    /// What stands for a restriction that cannot be read: met by nobody, and the item is not shown, as Moodle does.
    pub fn closed() -> Self {
        let node = Node::Condition(Condition::Unknown { kind: String::new(), raw: Json::Null });
        Tree { op: Op::All, children: vec![Child { node, shown: false }] }
    }

    /// Every condition, in order, wherever it is nested: what the caller has to find out before it can decide.
    pub fn conditions(&self) -> Vec<&Condition> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    /// The JSON Moodle writes, for the `availability` column of an activity or `availabilityjson` of a section.
    pub fn to_json(&self) -> String {
        let mut root = self.nested_json();
        let mut shown = self.children.iter().map(|c| c.shown);
        match self.op {
            Op::All | Op::None => root.insert("showc".into(), shown.collect::<Vec<_>>().into()),
            Op::Any | Op::NotAll => root.insert("show".into(), shown.all(|shown| shown).into()),
        };
        Json::Object(root).to_string()
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Condition>) {
        for child in &self.children {
            match &child.node {
                Node::Tree(t) => t.collect(found),
                Node::Condition(c) => found.push(c),
            }
        }
    }

    fn nested_json(&self) -> Map<String, Json> {
        let children = self.children.iter().map(|c| match &c.node {
            Node::Tree(t) => Json::Object(t.nested_json()),
            Node::Condition(c) => c.to_json(),
        });
        Map::from_iter([("op".into(), self.op.code().into()), ("c".into(), Json::Array(children.collect()))])
    }
}

impl Op {
    pub fn code(self) -> &'static str {
        match self {
            Op::All => "&",
            Op::Any => "|",
            Op::NotAll => "!&",
            Op::None => "!|",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Op::All, Op::Any, Op::NotAll, Op::None].into_iter().find(|op| op.code() == code)
    }

    /// How the children are asked when the tree is asked `not`: whether each is negated, and whether all of them must hold.
    /// A negation moves inwards, so that it ends at the conditions: not (a and b) is (not a) or (not b).
    pub(crate) fn inward(self, not: bool) -> (bool, bool) {
        let negative = not != matches!(self, Op::NotAll | Op::None);
        let all = matches!(self, Op::All | Op::NotAll);
        (negative, all != negative)
    }
}

impl Condition {
    /// In place of a course module's number: the nearest activity before this one that has completion.
    pub const PREVIOUS: i64 = -1;

    fn to_json(&self) -> Json {
        match self {
            Condition::Date { direction, at } => {
                json!({"type": "date", "d": if *direction == Direction::From { ">=" } else { "<" }, "t": at})
            }
            Condition::Completion { cm, expected } => json!({"type": "completion", "cm": cm, "e": expected.code()}),
            Condition::Grade { item, min, max } => {
                let mut grade = json!({"type": "grade", "id": item});
                for (key, bound) in [("min", min), ("max", max)] {
                    if let Some(percent) = bound {
                        grade[key] = number(*percent);
                    }
                }
                grade
            }
            Condition::Group(None) => json!({"type": "group"}),
            Condition::Group(Some(id)) => json!({"type": "group", "id": id}),
            Condition::Grouping(Grouping::Id(id)) => json!({"type": "grouping", "id": id}),
            Condition::Grouping(Grouping::Activity) => json!({"type": "grouping", "activity": true}),
            Condition::Profile { field, op, value } => {
                let (key, name) = match field {
                    Field::Standard(name) => ("sf", name),
                    Field::Custom(name) => ("cf", name),
                };
                let mut profile = json!({"type": "profile", key: name, "op": op.code()});
                if op.takes_value() {
                    profile["v"] = value.as_str().into();
                }
                profile
            }
            Condition::Unknown { raw, .. } => raw.clone(),
        }
    }
}

/// Moodle writes whole percents without a decimal point.
fn number(n: f64) -> Json {
    if n.fract() == 0.0 && n.abs() < 1e15 { (n as i64).into() } else { n.into() }
}

impl Expected {
    pub fn code(self) -> i64 {
        match self {
            Expected::Incomplete => 0,
            Expected::Complete => 1,
            Expected::Pass => 2,
            Expected::Fail => 3,
        }
    }

    pub fn from_code(code: i64) -> Option<Self> {
        [Expected::Incomplete, Expected::Complete, Expected::Pass, Expected::Fail].into_iter().find(|e| e.code() == code)
    }
}

impl ProfileOp {
    pub const ALL: [ProfileOp; 7] = [
        ProfileOp::IsEqualTo,
        ProfileOp::Contains,
        ProfileOp::DoesNotContain,
        ProfileOp::StartsWith,
        ProfileOp::EndsWith,
        ProfileOp::IsEmpty,
        ProfileOp::IsNotEmpty,
    ];

    pub fn code(self) -> &'static str {
        match self {
            ProfileOp::IsEqualTo => "isequalto",
            ProfileOp::Contains => "contains",
            ProfileOp::DoesNotContain => "doesnotcontain",
            ProfileOp::StartsWith => "startswith",
            ProfileOp::EndsWith => "endswith",
            ProfileOp::IsEmpty => "isempty",
            ProfileOp::IsNotEmpty => "isnotempty",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.code() == code)
    }

    pub fn takes_value(self) -> bool {
        !matches!(self, ProfileOp::IsEmpty | ProfileOp::IsNotEmpty)
    }
}
