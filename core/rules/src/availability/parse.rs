//! Moodle's JSON to a tree.

use serde_json::Value as Json;

use super::tree::{Child, Condition, Direction, Expected, Field, Grouping, Node, Op, ProfileOp, Tree};
use crate::{Error, Result};

/// How large a restriction may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Length of the JSON text, in bytes.
    pub bytes: usize,
    /// Trees inside trees, the root counted. Each costs two levels of JSON, and the JSON reader stops at 128.
    pub depth: usize,
    /// Trees and conditions together.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 256 * 1024, depth: 63, nodes: 2000 }
    }
}

/// Reads `availability` of an activity or `availabilityjson` of a section, within the default [`Limits`].
///
/// An empty text and `null` are no restriction. A condition that is not understood, or a nested tree that is none, becomes
/// [`Condition::Unknown`]; only a root that is unusable, or too large, is an error.
pub fn read(json: &str) -> Result<Tree> {
    read_with(json, &Limits::default())
}

pub fn read_with(json: &str, limits: &Limits) -> Result<Tree> {
    if json.len() > limits.bytes {
        return Err(Error::TooLong { bytes: json.len(), limit: limits.bytes });
    }
    if json.trim().is_empty() {
        return Ok(Tree::open());
    }
    let value: Json = serde_json::from_str(json).map_err(|e| match e.to_string() {
        reason if reason.starts_with("recursion limit") => Error::TooDeep { limit: limits.depth },
        reason => Error::NotJson { reason },
    })?;
    if value.is_null() {
        return Ok(Tree::open());
    }
    let mut reader = Reader { limits, nodes: 0 };
    let mut tree = match reader.tree(&value, 1)? {
        Ok(tree) => tree,
        Err(missing) => return Err(Error::NotATree { missing }),
    };
    mark_shown(&mut tree, &value);
    Ok(tree)
}

struct Reader<'a> {
    limits: &'a Limits,
    nodes: usize,
}

impl Reader<'_> {
    /// The inner error names the part without which this is no tree.
    fn tree(&mut self, value: &Json, depth: usize) -> Result<std::result::Result<Tree, &'static str>> {
        if depth > self.limits.depth {
            return Err(Error::TooDeep { limit: self.limits.depth });
        }
        self.count()?;
        let Some(object) = value.as_object() else { return Ok(Err("object at its root")) };
        let Some(op) = object.get("op").and_then(Json::as_str).and_then(Op::from_code) else { return Ok(Err("operator (op)")) };
        let Some(list) = object.get("c").and_then(Json::as_array) else { return Ok(Err("list of conditions (c)")) };
        let mut children = Vec::with_capacity(list.len());
        for child in list {
            children.push(Child { node: self.node(child, depth)?, shown: true });
        }
        Ok(Ok(Tree { op, children }))
    }

    fn node(&mut self, value: &Json, depth: usize) -> Result<Node> {
        if value.is_object() && value.get("type").is_none_or(Json::is_null) {
            if let Ok(tree) = self.tree(value, depth + 1)? {
                return Ok(Node::Tree(tree));
            }
        } else {
            self.count()?;
        }
        let kind = value.get("type").and_then(Json::as_str).unwrap_or_default();
        let condition = condition(kind, value);
        Ok(Node::Condition(condition.unwrap_or_else(|| Condition::Unknown { kind: kind.to_owned(), raw: value.clone() })))
    }

    fn count(&mut self) -> Result<()> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(Error::TooManyConditions { limit: self.limits.nodes });
        }
        Ok(())
    }
}

/// A root that does not say what to show shows everything, as a new restriction does.
fn mark_shown(tree: &mut Tree, value: &Json) {
    let whole = value.get("show").and_then(Json::as_bool).unwrap_or(true);
    let each = value.get("showc").and_then(Json::as_array);
    for (i, child) in tree.children.iter_mut().enumerate() {
        child.shown = match tree.op {
            Op::Any | Op::NotAll => whole,
            Op::All | Op::None => each.and_then(|e| e.get(i)).and_then(Json::as_bool).unwrap_or(true),
        };
    }
}

fn condition(kind: &str, value: &Json) -> Option<Condition> {
    match kind {
        "date" => {
            let direction = match value.get("d")?.as_str()? {
                ">=" => Direction::From,
                "<" => Direction::Until,
                _ => return None,
            };
            Some(Condition::Date { direction, at: whole(value.get("t")?)? })
        }
        "completion" => {
            let expected = Expected::from_code(whole(value.get("e")?)?)?;
            Some(Condition::Completion { cm: whole(value.get("cm")?)?, expected })
        }
        "grade" => Some(Condition::Grade { item: whole(value.get("id")?)?, min: bound(value, "min")?, max: bound(value, "max")? }),
        "group" => match value.get("id") {
            None | Some(Json::Null) => Some(Condition::Group(None)),
            // Moodle stores "any group" as 0.
            Some(id) => Some(Condition::Group(Some(whole(id)?).filter(|id| *id != 0))),
        },
        "grouping" => {
            if value.get("activity") == Some(&Json::Bool(true)) {
                return Some(Condition::Grouping(Grouping::Activity));
            }
            Some(Condition::Grouping(Grouping::Id(whole(value.get("id")?)?)))
        }
        "profile" => profile(value),
        _ => None,
    }
}

fn profile(value: &Json) -> Option<Condition> {
    let field = match (value.get("sf"), value.get("cf")) {
        (Some(name), None) => Field::Standard(name.as_str()?.to_owned()),
        (None, Some(name)) => Field::Custom(name.as_str()?.to_owned()),
        _ => return None,
    };
    let op = ProfileOp::from_code(value.get("op")?.as_str()?)?;
    let value = if op.takes_value() { value.get("v")?.as_str()?.to_owned() } else { String::new() };
    Some(Condition::Profile { field, op, value })
}

/// A whole number, also where it was written as text.
fn whole(value: &Json) -> Option<i64> {
    match value {
        Json::Number(n) => n.as_i64().or_else(|| n.as_f64().filter(|f| f.fract() == 0.0 && f.abs() < 9e15).map(|f| f as i64)),
        Json::String(s) => s.parse().ok(),
        _ => None,
    }
}

/// A bound of a grade: absent and null are none; anything else that is not a number makes the whole condition unreadable.
fn bound(value: &Json, key: &str) -> Option<Option<f64>> {
    match value.get(key) {
        None | Some(Json::Null) => Some(None),
        Some(Json::Number(n)) => Some(Some(n.as_f64()?)),
        Some(Json::String(s)) => Some(Some(s.parse().ok().filter(|n: &f64| n.is_finite())?)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(json: &str) -> Condition {
        let tree = read(&format!(r#"{{"op":"&","c":[{json}],"showc":[true]}}"#)).unwrap();
        match tree.children.into_iter().next().unwrap().node {
            Node::Condition(c) => c,
            Node::Tree(t) => panic!("a tree: {t:?}"),
        }
    }

    #[test]
    fn every_kind_of_condition_is_read_and_written_back() {
        let kinds = [
            r#"{"type":"date","d":">=","t":1690000000}"#,
            r#"{"type":"date","d":"<","t":-5}"#,
            r#"{"type":"completion","cm":12,"e":2}"#,
            r#"{"type":"completion","cm":-1,"e":0}"#,
            r#"{"type":"grade","id":84,"min":50,"max":90.5}"#,
            r#"{"type":"grade","id":84}"#,
            r#"{"type":"group"}"#,
            r#"{"type":"group","id":10}"#,
            r#"{"type":"grouping","id":7}"#,
            r#"{"type":"grouping","activity":true}"#,
            r#"{"type":"profile","sf":"email","op":"endswith","v":"@ac.fr"}"#,
            r#"{"type":"profile","cf":"rectorat","op":"isnotempty"}"#,
            r#"{"type":"quizquestion","quizid":374000,"requiredstate":"gradedwrong"}"#,
        ];
        for kind in kinds {
            let json = format!(r#"{{"op":"&","c":[{kind}],"showc":[false]}}"#);
            let read_back: Json = serde_json::from_str(&read(&json).unwrap().to_json()).unwrap();
            assert_eq!(read_back, serde_json::from_str::<Json>(&json).unwrap());
        }
    }

    #[test]
    fn a_nested_tree_and_both_ways_of_showing_are_written_back() {
        for json in [
            r#"{"op":"|","c":[{"op":"!|","c":[{"type":"group"}]},{"type":"group","id":3}],"show":false}"#,
            r#"{"op":"!&","c":[],"show":true}"#,
            r#"{"op":"!|","c":[{"type":"group"},{"op":"&","c":[]}],"showc":[true,false]}"#,
        ] {
            let read_back: Json = serde_json::from_str(&read(json).unwrap().to_json()).unwrap();
            assert_eq!(read_back, serde_json::from_str::<Json>(json).unwrap());
        }
    }

    #[test]
    fn no_text_is_no_restriction() {
        for text in ["", " \n", "null", r#"{"op":"&","c":[],"showc":[]}"#] {
            assert_eq!(read(text).unwrap(), Tree::open(), "{text:?}");
        }
    }

    #[test]
    fn escaped_letters_are_read() {
        let read = only(r#"{"type":"profile","cf":"x","op":"contains","v":"Acad\u00e9mie"}"#);
        let expected = Condition::Profile { field: Field::Custom("x".into()), op: ProfileOp::Contains, value: "Académie".into() };
        assert_eq!(read, expected);
    }

    #[test]
    fn numbers_written_as_text_are_numbers() {
        assert_eq!(only(r#"{"type":"completion","cm":"12","e":"1"}"#), Condition::Completion { cm: 12, expected: Expected::Complete });
        assert_eq!(only(r#"{"type":"group","id":0}"#), Condition::Group(None));
    }

    #[test]
    fn a_malformed_condition_is_kept_as_unknown() {
        for json in [
            r#"{"type":"date","d":"=","t":1}"#,
            r#"{"type":"date","d":"<"}"#,
            r#"{"type":"completion","cm":1,"e":9}"#,
            r#"{"type":"grade","id":1,"min":"many"}"#,
            r#"{"type":"grade","id":1,"max":[]}"#,
            r#"{"type":"group","id":"all"}"#,
            r#"{"type":"grouping"}"#,
            r#"{"type":"profile","sf":"a","cf":"b","op":"isempty"}"#,
            r#"{"type":"profile","sf":"a","op":"isequalto"}"#,
            r#"{"type":"profile","sf":"a","op":"matches","v":""}"#,
            r#"{"type":7}"#,
            r#"{"op":"^","c":[]}"#,
            r#"{"op":"&"}"#,
            r#"[]"#,
            r#"12"#,
        ] {
            assert!(matches!(only(json), Condition::Unknown { .. }), "{json}");
        }
    }

    #[test]
    fn a_root_that_is_no_tree_is_an_error() {
        for (json, missing) in [
            ("[]", "object at its root"),
            ("true", "object at its root"),
            (r#"{"c":[]}"#, "operator (op)"),
            (r#"{"op":"and","c":[]}"#, "operator (op)"),
            (r#"{"op":"&","c":{}}"#, "list of conditions (c)"),
        ] {
            assert_eq!(read(json), Err(Error::NotATree { missing }), "{json}");
        }
        assert!(matches!(read("{"), Err(Error::NotJson { .. })));
    }

    #[test]
    fn a_tree_may_be_as_deep_as_the_limit_and_no_deeper() {
        let nested = |levels: usize| format!(r#"{}{{"type":"group"}}{}"#, r#"{"op":"&","c":["#.repeat(levels), "]}".repeat(levels));
        assert!(read(&nested(63)).is_ok());
        for levels in [64, 65, 10_000] {
            assert_eq!(read(&nested(levels)), Err(Error::TooDeep { limit: 63 }), "{levels}");
        }
        let limits = Limits { depth: 3, ..Limits::default() };
        assert_eq!(read_with(&nested(4), &limits), Err(Error::TooDeep { limit: 3 }));
    }

    #[test]
    fn a_text_cut_off_anywhere_is_an_error() {
        let json = r#"{"op":"!|","c":[{"type":"profile","cf":"é","op":"contains","v":"\u00e9"},{"op":"|","c":[12.5]}],"showc":[true,false]}"#;
        for (at, _) in json.char_indices().skip(1) {
            assert!(read(&json[..at]).is_err(), "{}", &json[..at]);
        }
    }

    #[test]
    fn length_and_number_of_conditions_are_limited() {
        let limits = Limits { nodes: 3, bytes: 100, ..Limits::default() };
        assert!(read_with(r#"{"op":"&","c":[{"type":"group"},{"type":"group"}]}"#, &limits).is_ok());
        let three = r#"{"op":"&","c":[{"type":"group"},1,{"type":"group"}]}"#;
        assert_eq!(read_with(three, &limits), Err(Error::TooManyConditions { limit: 3 }));
        assert_eq!(read_with(&" ".repeat(101), &limits), Err(Error::TooLong { bytes: 101, limit: 100 }));
    }
}
