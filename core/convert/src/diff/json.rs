//! JSON and PHP values in their normal form: keys in order, names in the place of numbers (MBZ-FORMAT §7.4, §10.5).

use super::names::Space;
use super::normal::Normal;
use parcours_mbz::php::Php;
use serde_json::{Map, Value};

/// A JSON text in one form; nothing when it is none. Conditions that demand nothing are empty.
pub(super) fn canonical(normal: &Normal<'_>, text: &str) -> Option<String> {
    let trimmed = text.trim();
    if !(trimmed.starts_with('{') && trimmed.ends_with('}') || trimmed.starts_with('[') && trimmed.ends_with(']')) {
        return None;
    }
    let value: Value = serde_json::from_str(trimmed).ok()?;
    let demands_nothing = |v: &Value| v.get("c").and_then(Value::as_array).is_some_and(Vec::is_empty);
    if demands_nothing(&value) {
        return Some(String::new());
    }
    Some(random(normal, &value).unwrap_or_else(|| resolve(normal, value)).to_string())
}

/// Where a slot of a quiz takes a random question from, in the shape of before 4.3 or the one since (MBZ-FORMAT §10.5); nothing for other values.
fn random(normal: &Normal<'_>, value: &Value) -> Option<Value> {
    let truth = |v: Option<&Value>| v.is_some_and(|v| !matches!(plain(v).as_str(), "" | "0"));
    let (categories, below, tags) = match value.pointer("/filter/category/values").and_then(Value::as_array) {
        Some(ids) => {
            let tags = value.pointer("/filter/qtagids/values").and_then(Value::as_array).map_or(0, Vec::len);
            (ids.clone(), truth(value.pointer("/filter/category/filteroptions/includesubcategories")), vec![Value::from("?"); tags])
        }
        None => {
            let names = value.get("tags").cloned().map(self::tags);
            let names = names.and_then(|v| v.as_array().cloned()).unwrap_or_default();
            (vec![value.get("questioncategoryid")?.clone()], truth(value.get("includingsubcategories")), names)
        }
    };
    let categories: Vec<Value> = categories.iter().map(|id| named(normal, Space::QuestionCategory, id)).collect();
    Some(serde_json::json!({ "categories": categories, "subcategories": below, "tags": tags }))
}

/// A field of a serialised object: its name, and its value as a text.
pub(super) fn field(normal: &Normal<'_>, key: &Php, value: &Php) -> (String, String) {
    let key = config_name(normal, &plain(&php(key)));
    let value = match (key.as_str(), value.int()) {
        ("glossary", Some(id)) => normal.names.instance("glossary", id).unwrap_or_default().to_owned(),
        ("quizid", Some(id)) => normal.names.instance("quiz", id).unwrap_or_default().to_owned(),
        // Moments of saving.
        ("timecreated" | "timemodified", _) => String::new(),
        _ => match php(value) {
            value @ (Value::Array(_) | Value::Object(_)) => resolve(normal, value).to_string(),
            value => activity_name(normal, &normal.text(&plain(&value))),
        },
    };
    (key, value)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "1".to_owned(),
        other => other.to_string(),
    }
}

/// `monitor_quiz12` of a block that follows activities (MAGISTERE-XML §2).
fn config_name(normal: &Normal<'_>, key: &str) -> String {
    let known = key.rsplit_once('_').and_then(|(head, tail)| {
        let digits = tail.find(|c: char| c.is_ascii_digit())?;
        let (module, id) = tail.split_at(digits);
        Some(format!("{head} {}", normal.names.instance(module, id.parse().ok()?)?))
    });
    known.unwrap_or_else(|| key.to_owned())
}

/// `quiz-12` in lists of such a block.
fn activity_name(normal: &Normal<'_>, text: &str) -> String {
    let known = text.split_once('-').and_then(|(module, id)| normal.names.instance(module, id.parse().ok()?));
    known.map_or_else(|| text.to_owned(), str::to_owned)
}

fn php(value: &Php) -> Value {
    match value {
        Php::Null | Php::Reference(..) => Value::Null,
        Php::Bool(b) => Value::Bool(*b),
        Php::Int(n) => Value::from(*n),
        Php::Float(f) => Value::from(f.clone()),
        Php::Text(text) => Value::from(text.clone()),
        Php::Array(entries) | Php::Object(_, entries) => {
            let list = entries.iter().enumerate().all(|(at, (k, _))| matches!(k, Php::Int(n) if usize::try_from(*n) == Ok(at)));
            match list {
                true => entries.iter().map(|(_, v)| php(v)).collect(),
                false => Value::Object(entries.iter().map(|(k, v)| (plain(&php(k)), php(v))).collect()),
            }
        }
    }
}

fn resolve(normal: &Normal<'_>, value: Value) -> Value {
    match value {
        Value::Object(map) => object(normal, map),
        Value::Array(list) => list.into_iter().map(|v| resolve(normal, v)).collect(),
        Value::String(text) => Value::String(activity_name(normal, &normal.names.links(&text, &|name, id| normal.record(name, id)))),
        other => other,
    }
}

fn object(normal: &Normal<'_>, map: Map<String, Value>) -> Value {
    let kind = map.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut fields: Vec<(String, Value)> = map.into_iter().collect();
    fields.sort_by(|(a, _), (b, _)| a.cmp(b));
    let each = fields.into_iter().filter_map(|(key, value)| {
        let space = match (kind.as_str(), key.as_str()) {
            (_, "cm" | "cmid") => Some(Space::Module),
            ("grade", "id") => Some(Space::GradeItem),
            ("group", "id") => Some(Space::Group),
            ("grouping", "id") => Some(Space::Grouping),
            ("role", "id" | "roleid") => Some(Space::Role),
            (_, "questioncategoryid" | "cat") => Some(Space::QuestionCategory),
            // Tags and contexts of the first site.
            (_, "courseid" | "contextid" | "qtagids") => return None,
            _ => None,
        };
        let value = match (space, key.as_str()) {
            (Some(space), _) => named(normal, space, &value),
            _ => resolve(normal, value),
        };
        Some((key, value))
    });
    Value::Object(each.collect())
}

/// The name a number stands for; one that stands for nothing is `?`. A text may have more behind the number (`12,345`: category and context).
fn named(normal: &Normal<'_>, space: Space, value: &Value) -> Value {
    let text = plain(value);
    let id = text.split(',').next().and_then(|n| n.trim().parse().ok());
    match id {
        // The activity before this one, whichever it is.
        None | Some(0) => value.clone(),
        Some(id) if id < 0 => Value::from(id),
        Some(id) => Value::from(normal.names.get(space, id).unwrap_or("?")),
    }
}

/// `12,name` for each tag: the name.
fn tags(value: Value) -> Value {
    match value {
        Value::Array(list) => {
            list.into_iter().map(|v| Value::from(plain(&v).split_once(',').map_or(plain(&v), |(_, name)| name.to_owned()))).collect()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::super::names::Names;
    use super::*;

    #[test]
    fn conditions_are_equal_whatever_the_numbers_and_the_order_of_keys() {
        let normal_of = |cm: i64| {
            let mut names = Names::default();
            names.put(Space::Module, cm, "page “P”".into());
            names
        };
        let (a, b, options) = (normal_of(7), normal_of(70), Options::default());
        let (a, b) = (Normal::new(&a, &options), Normal::new(&b, &options));
        let x = canonical(&a, r#"{"op":"&","c":[{"type":"completion","cm":7,"e":1}],"showc":[true]}"#);
        let y = canonical(&b, r#"{"showc":[true],"op":"&","c":[{"e":1,"type":"completion","cm":70}]}"#);
        assert!(x.is_some() && x == y);
        assert_ne!(x, canonical(&b, r#"{"op":"&","c":[{"type":"completion","cm":70,"e":0}],"showc":[true]}"#));
        assert_eq!(canonical(&a, r#"{"op":"&","c":[],"showc":[]}"#), Some(String::new()));
        assert_eq!(canonical(&a, "[[1]] is no list"), None);
    }

    #[test]
    fn a_random_slot_is_the_same_in_the_shape_of_either_release() {
        let mut names = Names::default();
        names.put(Space::QuestionCategory, 21, "Verbs".into());
        let options = Options::default();
        let normal = Normal::new(&names, &options);
        let old = canonical(&normal, r#"{"questioncategoryid":"21","includingsubcategories":"1","tags":[]}"#);
        let new = canonical(&normal, r#"{"filter":{"category":{"jointype":1,"values":[21],"filteroptions":{"includesubcategories":true}}}}"#);
        assert_eq!(old.as_deref(), Some(r#"{"categories":["Verbs"],"subcategories":true,"tags":[]}"#));
        assert_eq!(old, new);
    }
}
