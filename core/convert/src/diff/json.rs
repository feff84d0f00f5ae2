//! JSON and PHP values in their normal form: keys in order, names in the place of numbers (MBZ-FORMAT §7.4, §10.5).

use super::here::Here;
use parcours_mbz::numbers::{self, Field};
use parcours_mbz::php::Php;
use serde_json::{Map, Value};

/// A JSON text in one form; nothing when it is none. Conditions that demand nothing are empty.
pub(super) fn canonical(here: &Here<'_>, text: &str) -> Option<String> {
    let trimmed = text.trim();
    if !(trimmed.starts_with('{') && trimmed.ends_with('}') || trimmed.starts_with('[') && trimmed.ends_with(']')) {
        return None;
    }
    let value: Value = serde_json::from_str(trimmed).ok()?;
    let demands_nothing = |v: &Value| v.get("c").and_then(Value::as_array).is_some_and(Vec::is_empty);
    if demands_nothing(&value) {
        return Some(String::new());
    }
    Some(random(here, &value).unwrap_or_else(|| resolve(here, value, &mut Vec::new(), &|_| None)).to_string())
}

/// Where a slot of a quiz takes a random question from, in the shape of before 4.3 or the one since (MBZ-FORMAT §10.5); nothing for other values.
fn random(here: &Here<'_>, value: &Value) -> Option<Value> {
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
    let name = |id: &Value| plain(id).trim().parse().ok().and_then(|id| here.normal.named("question_category", id));
    let categories: Vec<Value> = categories.iter().map(|id| Value::from(name(id).unwrap_or_else(|| "?".to_owned()))).collect();
    Some(serde_json::json!({ "categories": categories, "subcategories": below, "tags": tags }))
}

/// The fields of a serialised object: name and value.
pub(super) fn fields(here: &Here<'_>, value: &Php) -> Vec<(String, String)> {
    let all = php(value);
    let beside = |name: &str| all.get(name).and_then(Value::as_str);
    let each = value.entries().iter().map(|(key, value)| {
        let key = plain(&php(key));
        // Moments of saving.
        if matches!(key.as_str(), "timecreated" | "timemodified") {
            return (key, String::new());
        }
        let new = resolve(here, php(value), &mut vec![key.clone()], &beside);
        (here.key(&key), plain(&new))
    });
    each.collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "1".to_owned(),
        other => other.to_string(),
    }
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

/// Names in the place of numbers. `path` are the names of the fields around, outermost first; `beside` the texts of the same object.
fn resolve<'v>(here: &Here<'_>, value: Value, path: &mut Vec<String>, beside: &dyn Fn(&str) -> Option<&'v str>) -> Value {
    let field = |path: &[String]| numbers::field(here.document, here.around(), &path.iter().map(String::as_str).collect::<Vec<_>>(), beside);
    match value {
        Value::Object(map) => object(here, map, path),
        Value::Array(list) => list.into_iter().map(|v| resolve(here, v, path, beside)).collect(),
        Value::String(text) => Value::from(here.field(&field(path), &text)),
        Value::Number(number) => match field(path) {
            Field::Content => Value::Number(number),
            field => Value::from(here.field(&field, &number.to_string())),
        },
        other => other,
    }
}

fn object(here: &Here<'_>, map: Map<String, Value>, path: &mut Vec<String>) -> Value {
    let texts: Vec<(String, String)> = map.iter().filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned()))).collect();
    let beside = |name: &str| texts.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let mut fields: Vec<(String, Value)> = Vec::new();
    for (key, value) in map {
        // Tags and contexts of the first site.
        if matches!(key.as_str(), "courseid" | "contextid" | "qtagids") {
            continue;
        }
        path.push(key);
        let value = resolve(here, value, path, &beside);
        let key = path.pop().unwrap_or_default();
        fields.push((here.key(&key), value));
    }
    fields.sort_by(|(a, _), (b, _)| a.cmp(b));
    Value::Object(fields.into_iter().collect())
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
    use super::super::names::{Names, Space};
    use super::super::normal::Normal;
    use super::*;
    use parcours_mbz::numbers::Document;
    use std::collections::HashSet;

    fn at<T>(names: &Names, leaf: &str, test: impl FnOnce(&Here<'_>) -> T) -> T {
        let options = Options::default();
        let normal = Normal::new(names, &options);
        let document = Document::new(&names.archive, "module.xml", HashSet::new());
        test(&Here { normal: &normal, document: &document, open: &[], leaf })
    }

    #[test]
    fn conditions_are_equal_whatever_the_numbers_and_the_order_of_keys() {
        let names_of = |cm: i64| {
            let mut names = Names::default();
            names.put(Space::Module, cm, "page “P”".into());
            names
        };
        let read = |names: &Names, text: &str| at(names, "availability", |here| canonical(here, text));
        let (a, b) = (names_of(7), names_of(70));
        let x = read(&a, r#"{"op":"&","c":[{"type":"completion","cm":7,"e":1}],"showc":[true]}"#);
        let y = read(&b, r#"{"showc":[true],"op":"&","c":[{"e":1,"type":"completion","cm":70}]}"#);
        assert!(x.is_some() && x == y);
        assert_ne!(x, read(&b, r#"{"op":"&","c":[{"type":"completion","cm":70,"e":0}],"showc":[true]}"#));
        assert_eq!(read(&a, r#"{"op":"&","c":[],"showc":[]}"#), Some(String::new()));
        assert_eq!(read(&a, "[[1]] is no list"), None);
    }

    #[test]
    fn a_random_slot_is_the_same_in_the_shape_of_either_release() {
        let mut names = Names::default();
        names.put(Space::QuestionCategory, 21, "Verbs".into());
        let read = |text: &str| at(&names, "filtercondition", |here| canonical(here, text));
        let old = read(r#"{"questioncategoryid":"21","includingsubcategories":"1","tags":[]}"#);
        let new = read(r#"{"filter":{"category":{"jointype":1,"values":[21],"filteroptions":{"includesubcategories":true}}}}"#);
        assert_eq!(old.as_deref(), Some(r#"{"categories":["Verbs"],"subcategories":true,"tags":[]}"#));
        assert_eq!(old, new);
    }
}
