//! A value that is no number itself: what is packed in it, and its texts.

use super::pass::listed;
use super::{Numbers, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parcours_mbz::json::{self, Json};
use parcours_mbz::numbers::{self, Archive, Around, Document, Field, Frame};
use parcours_mbz::php::Php;
use std::ops::Range;

/// How deep a value may be packed in another.
const DEPTH: u8 = 8;

pub(super) struct Value<'a> {
    pub archive: &'a Archive,
    pub document: &'a Document<'a>,
    /// Open elements, the record last.
    pub open: &'a [Frame],
    pub leaf: &'a str,
    pub numbers: &'a Numbers<'a>,
}

impl Value<'_> {
    pub fn content(&self, text: &mut String) {
        let variable = self.open.last().is_some_and(|f| f.name == "variable");
        let new = match self.leaf {
            "calculation" => numbers::formula(text, |id| format!("gi{}", self.numbers.of("grade_item", id))),
            "name" if variable => self.variable(text),
            "value" if variable && self.remembered(text) => return,
            // `module_11`, the name of a badge's parameter.
            "name" if self.open.last().is_some_and(|f| f.name == "parameter") => self.key(text),
            _ => self.packed(text, 0),
        };
        if let Some(new) = new {
            *text = new;
        }
    }

    fn around(&self) -> Around<'_> {
        Around { open: self.open, leaf: self.leaf }
    }

    /// The name of a variable of an attempt.
    fn variable(&self, name: &str) -> Option<String> {
        let table = numbers::step(self.archive, self.open, name).1?;
        let (head, id) = name.rsplit_once('_')?;
        Some(format!("{head}_{}", self.numbers.of(&table, id.parse().ok()?)))
    }

    /// The value of a variable of an attempt: whether it is a list of numbers.
    fn remembered(&self, text: &mut String) -> bool {
        let name = self.open.last().map_or("", |f| f.leaf("name"));
        let Some(table) = numbers::step(self.archive, self.open, name).0 else { return false };
        listed(text, |old| self.numbers.of(&table, old));
        true
    }

    /// What is inside a value, whichever way it is packed; nothing when it stays as it is.
    fn packed(&self, text: &str, depth: u8) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        if let Some(json) = Json::read(text) {
            let mut edits = Vec::new();
            self.json(text, &json, &mut Vec::new(), &|_| None, depth, &mut edits);
            return (!edits.is_empty()).then(|| json::edited(text, edits));
        }
        if is_serialised(text) {
            let mut value = Php::read(text).ok()?;
            return self.php(&mut value, &mut Vec::new(), &[], depth).then(|| value.to_text());
        }
        if let Some(mut value) = unpacked(text) {
            return self.php(&mut value, &mut Vec::new(), &[], depth).then(|| value.to_config());
        }
        text::links(text, self.archive, self.numbers)
    }

    fn key(&self, name: &str) -> Option<String> {
        let (head, table) = numbers::key(self.archive, self.around(), name)?;
        let id: i64 = name.get(head.len()..)?.parse().ok()?;
        Some(format!("{head}{}", self.numbers.of(&table, id)))
    }

    /// One plain value of a field; nothing when it stays.
    fn field(&self, field: &Field, text: &str, depth: u8) -> Option<String> {
        let one = |table: &str, text: &str| {
            let mut new = text.to_owned();
            listed(&mut new, |old| self.numbers.of(table, old));
            new
        };
        let new = match field {
            // `12,name` for a tag.
            Field::Of(table) => match text.split_once(',').filter(|(_, rest)| rest.parse::<i64>().is_err() && !rest.contains(',')) {
                Some((id, rest)) => format!("{},{rest}", one(table, id)),
                None => one(table, text),
            },
            Field::Pair(first, second) => {
                let (a, b) = text.split_once(',')?;
                format!("{},{}", one(first, a), one(second, b))
            }
            Field::Named => {
                let (name, id) = text.rsplit_once('-').unwrap_or(("group", text));
                let new = one(name, id);
                if text.contains('-') { format!("{name}-{new}") } else { new }
            }
            Field::Content => match numbers::activity(self.archive, self.around(), text) {
                Some((module, id)) => format!("{module}-{}", self.numbers.of(module, id)),
                None => return self.packed(text, depth + 1),
            },
        };
        (new != text).then_some(new)
    }

    fn json<'j>(
        &self,
        text: &str,
        json: &'j Json,
        path: &mut Vec<&'j str>,
        beside: &dyn Fn(&str) -> Option<&'j str>,
        depth: u8,
        edits: &mut Vec<(Range<usize>, String)>,
    ) {
        let like = text.get(json.range.clone()).unwrap_or_default();
        match &json.value {
            json::Value::Object(fields) => {
                let beside = |name: &str| json.get(name).and_then(Json::text);
                for (name, range, value) in fields {
                    if let Some(new) = self.key(name) {
                        edits.push((range.clone(), json::quoted(&new, like)));
                    }
                    path.push(name);
                    self.json(text, value, path, &beside, depth, edits);
                    path.pop();
                }
            }
            json::Value::List(values) => values.iter().for_each(|v| self.json(text, v, path, beside, depth, edits)),
            json::Value::Text(inside) => {
                let field = numbers::field(self.document, self.around(), path, beside);
                if let Some(new) = self.field(&field, inside, depth) {
                    edits.push((json.range.clone(), json::quoted(&new, like)));
                }
            }
            json::Value::Plain(number) => {
                let field = numbers::field(self.document, self.around(), path, beside);
                if let Some(new) = Some(field).filter(|f| *f != Field::Content).and_then(|f| self.field(&f, number, depth)) {
                    edits.push((json.range.clone(), new));
                }
            }
        }
    }

    /// Whether anything changed. `beside` are the texts of the fields around.
    fn php(&self, value: &mut Php, path: &mut Vec<String>, beside: &[(String, String)], depth: u8) -> bool {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let near = |name: &str| beside.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        match value {
            Php::Int(n) => {
                let field = numbers::field(self.document, self.around(), &names, &near);
                let new = Some(field).filter(|f| *f != Field::Content).and_then(|f| self.field(&f, &n.to_string(), depth)?.parse().ok());
                new.inspect(|new| *n = *new).is_some()
            }
            Php::Text(text) => {
                let field = numbers::field(self.document, self.around(), &names, &near);
                let new = self.field(&field, text, depth);
                new.inspect(|new| text.clone_from(new)).is_some()
            }
            Php::Array(entries) | Php::Object(_, entries) => {
                let texts: Vec<(String, String)> = entries.iter().filter_map(|(k, v)| Some((k.text()?.to_owned(), plain(v)?))).collect();
                entries.iter_mut().fold(false, |changed, (key, value)| {
                    let named = key.text().map(str::to_owned);
                    if let Some(name) = &named {
                        path.push(name.clone());
                    }
                    let inside = self.php(value, path, &texts, depth);
                    let new = named.as_ref().and_then(|name| self.key(name));
                    if named.is_some() {
                        path.pop();
                    }
                    let renamed = new.is_some();
                    new.into_iter().for_each(|new| *key = Php::Text(new));
                    changed || inside || renamed
                })
            }
            _ => false,
        }
    }
}

fn plain(value: &Php) -> Option<String> {
    match value {
        Php::Int(n) => Some(n.to_string()),
        Php::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn is_serialised(text: &str) -> bool {
    text.starts_with("a:") || text.starts_with("O:")
}

/// Something serialised, in base64 as PHP writes it.
fn unpacked(text: &str) -> Option<Php> {
    let packed =
        text.len() >= 8 && text.len().is_multiple_of(4) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='));
    let inside = packed.then(|| String::from_utf8(STANDARD.decode(text).ok()?).ok()).flatten()?;
    // What would come out another way is left: lengths that were wrong before are somebody else's to mend.
    is_serialised(&inside).then(|| Php::read(&inside).ok().filter(|value| value.to_text() == inside)).flatten()
}
