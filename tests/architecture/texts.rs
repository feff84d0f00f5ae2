//! French and English say the same things.

use crate::none;
use parcours_tests::{files, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every text of a language by its key, a text with plural forms by key and form.
fn texts(path: &Path) -> BTreeMap<String, String> {
    let json = std::fs::read_to_string(path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
    let mut flat = BTreeMap::new();
    flatten("", &serde_json::from_str(&json).unwrap_or_else(|e| panic!("{}: {e}", path.display())), &mut flat);
    flat
}

fn flatten(key: &str, value: &Value, flat: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                flatten(&if key.is_empty() { name.clone() } else { format!("{key}.{name}") }, value, flat);
            }
        }
        Value::String(text) => {
            flat.insert(key.to_owned(), text.clone());
        }
        other => panic!("{key}: {other} is no text"),
    }
}

/// The places of a text: `{name}`.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn both_languages_have_the_same_texts() {
    let mut breaches = Vec::new();
    let french: Vec<_> = files(root()).into_iter().filter(|p| p.ends_with("lang/fr.json")).collect();
    assert!(!french.is_empty(), "there is no lang/fr.json anywhere");
    for path in french {
        let place = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        let (fr, en) = (texts(&path), texts(&path.with_file_name("en.json")));
        for key in fr.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
            match (fr.get(key), en.get(key)) {
                (None, _) => breaches.push(format!("{place}: {key} is not in French")),
                (_, None) => breaches.push(format!("{place}: {key} is not in English")),
                // A singular may leave its number out.
                (Some(fr), Some(en)) if !key.ends_with(".one") && places(fr) != places(en) => {
                    breaches.push(format!("{place}: {key} has {:?} in French and {:?} in English", places(fr), places(en)));
                }
                (Some(fr), Some(en)) if fr.trim().is_empty() || en.trim().is_empty() => breaches.push(format!("{place}: {key} says nothing")),
                _ => {}
            }
        }
    }
    none("translate it", breaches);
}
