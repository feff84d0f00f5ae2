//! Questions: a line of each in memory, and the whole of those that differ.

use super::Options;
use super::model::{Detail, Fate, Item, Moved, What};
use super::names::{Names, Space};
use super::node::{Node, clip, hash, visible};
use super::normal::Normal;
use super::side::Side;
use super::tree::Found;
use parcours_course::question::{Body, Category, Level, Question};
use parcours_mbz::xml::{Element, Reader};
use parcours_mbz::{Error, Limits, question};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

/// Differing questions that are held at a time, of each side: so many, and so many bytes of text.
const AT_A_TIME: usize = 500;
const BYTES: usize = 16 << 20;

/// What is kept of a question: the last version's.
pub(super) struct Sketch {
    id: i64,
    entry: i64,
    idnumber: String,
    name: String,
    kind: String,
    text: u64,
    hash: u64,
    /// Length of its texts, in bytes.
    size: usize,
    /// Names of categories from the top, after the context.
    category: String,
    context: String,
}

/// Reads them, and makes their names and those of their categories known.
pub(super) fn read(side: &mut Side<'_>, options: &Options) -> Result<Vec<Sketch>, Error> {
    let categories = question::categories(side.from)?;
    let paths = paths(&categories);
    for category in &categories {
        side.names.put(Space::QuestionCategory, category.id, paths.get(&category.id).cloned().unwrap_or_default());
    }
    let (mut all, mut labels) = (Vec::new(), Vec::new());
    let names = &side.names;
    question::each(side.from, |category, question| {
        labels.push((question.id, question.entry, question.latest, label(question.kind(), &question.name)));
        if question.latest {
            let node = node(&question, names, options);
            all.push(Sketch {
                id: question.id,
                entry: question.entry,
                idnumber: question.idnumber.clone(),
                name: question.name.clone(),
                kind: question.kind().to_owned(),
                text: hash(&visible(&question.text.text)),
                hash: node.hash,
                size: node.size(),
                category: paths.get(&category.id).cloned().unwrap_or_default(),
                context: context(category, names),
            });
        }
        Ok(())
    })?;
    for (id, entry, latest, label) in labels {
        side.names.put(Space::Question, id, label.clone());
        if latest {
            side.names.put(Space::Entry, entry, label);
        }
    }
    Ok(all)
}

fn label(kind: &str, name: &str) -> String {
    format!("{kind} “{}”", name.trim())
}

fn context(category: &Category, names: &Names) -> String {
    match category.level {
        Level::System => "system".to_owned(),
        Level::Category => "course category".to_owned(),
        Level::Course => "course".to_owned(),
        Level::Module => names.get(Space::Module, category.instance).unwrap_or("activity").to_owned(),
    }
}

/// Names of each category and those above it, but `top`.
fn paths(categories: &[Category]) -> HashMap<i64, String> {
    let by_id: HashMap<i64, &Category> = categories.iter().map(|c| (c.id, c)).collect();
    let path = |category: &Category| {
        let (mut names, mut here, mut seen) = (Vec::new(), Some(category), HashSet::new());
        while let Some(c) = here.filter(|c| seen.insert(c.id)) {
            if !(c.parent == 0 && c.name == "top") {
                names.push(c.name.trim());
            }
            here = by_id.get(&c.parent).copied();
        }
        names.reverse();
        names.join(" / ")
    };
    categories.iter().map(|c| (c.id, path(c))).collect()
}

/// Which are the same, by place in the two lists.
pub(super) fn pairs(a: &[Sketch], b: &[Sketch]) -> Vec<(Option<usize>, Option<usize>)> {
    let (mut to, mut free) = (vec![None; a.len()], vec![true; b.len()]);
    by(a, b, &mut to, &mut free, |q| (!q.idnumber.is_empty()).then(|| (q.idnumber.clone(), q.kind.clone())));
    by(a, b, &mut to, &mut free, |q| Some((q.hash, q.name.clone(), q.category.clone())));
    by(a, b, &mut to, &mut free, |q| Some((q.name.clone(), q.kind.clone(), q.text)));
    by(a, b, &mut to, &mut free, |q| Some((q.name.clone(), q.kind.clone(), q.category.clone())));
    by(a, b, &mut to, &mut free, |q| Some((q.name.clone(), q.kind.clone())));
    by(a, b, &mut to, &mut free, |q| Some((q.kind.clone(), q.text)));
    let added = free.iter().enumerate().filter(|(_, free)| **free).map(|(y, _)| (None, Some(y)));
    to.iter().enumerate().map(|(x, y)| (Some(x), *y)).chain(added).collect()
}

fn by<K: Hash + Eq>(a: &[Sketch], b: &[Sketch], to: &mut [Option<usize>], free: &mut [bool], key: impl Fn(&Sketch) -> Option<K>) {
    let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (y, sketch) in b.iter().enumerate().filter(|(y, _)| free.get(*y) == Some(&true)) {
        if let Some(key) = key(sketch) {
            waiting.entry(key).or_default().push_back(y);
        }
    }
    for (sketch, to) in a.iter().zip(to.iter_mut()).filter(|(_, to)| to.is_none()) {
        *to = key(sketch).and_then(|k| waiting.get_mut(&k)?.pop_front());
        if let Some(free) = to.and_then(|y| free.get_mut(y)) {
            *free = false;
        }
    }
}

/// Gives the second's questions the names they have in the first.
pub(super) fn rename(a: &[Sketch], b: &[Sketch], pairs: &[(Option<usize>, Option<usize>)], names: &mut Names) {
    for (x, y) in pairs {
        if let (Some(x), Some(y)) = (x.and_then(|x| a.get(x)), y.and_then(|y| b.get(y))) {
            names.put(Space::Question, y.id, label(&x.kind, &x.name));
            names.put(Space::Entry, y.entry, label(&x.kind, &x.name));
        }
    }
}

/// What differs in the questions.
pub(super) fn compare(
    (a, of_a): (&mut Side<'_>, &[Sketch]),
    (b, of_b): (&mut Side<'_>, &[Sketch]),
    pairs: &[(Option<usize>, Option<usize>)],
    options: &Options,
    found: &mut Found,
) -> Result<Vec<Item>, Error> {
    let (part_of_a, part_of_b) = (a.kind() != "course" && b.kind() == "course", b.kind() != "course" && a.kind() == "course");
    // From 5.0 on no course has a bank of its own: what stood there stands in an activity (MBZ-FORMAT §10.1).
    let in_course = |all: &[Sketch]| all.iter().any(|q| q.context == "course");
    let contexts = in_course(of_a) == in_course(of_b) || of_a.is_empty() || of_b.is_empty();
    let place = |q: &Sketch| if contexts { format!("{} / {}", q.context, q.category) } else { q.category.clone() };
    let item = |q: &Sketch, fate| Item {
        what: What::Question,
        name: q.name.clone(),
        kind: q.kind.clone(),
        place: place(q),
        fate,
        moved: None,
        details: Vec::new(),
    };
    let both = |pair: &(Option<usize>, Option<usize>)| Some((of_a.get(pair.0?)?, of_b.get(pair.1?)?));
    let differ: Vec<(&Sketch, &Sketch)> = pairs.iter().filter_map(both).filter(|(x, y)| x.hash != y.hash).collect();
    let mut details = details(a, b, &differ, options, found)?;
    let mut items = Vec::new();
    for pair in pairs {
        match (pair.0.and_then(|x| of_a.get(x)), pair.1.and_then(|y| of_b.get(y))) {
            (Some(x), Some(y)) => {
                let moved = (place(x) != place(y)).then(|| Moved { from: place(x), to: place(y) });
                let details = details.remove(&x.id).unwrap_or_default();
                if moved.is_some() || !details.is_empty() {
                    items.push(Item { moved, details, ..item(x, Fate::Changed) });
                }
            }
            (Some(x), None) if !part_of_b => items.push(item(x, Fate::Removed)),
            (None, Some(y)) if !part_of_a => items.push(item(y, Fate::Added)),
            _ => {}
        }
    }
    Ok(items)
}

/// Details by the number of the question in the first.
fn details(
    a: &mut Side<'_>,
    b: &mut Side<'_>,
    differ: &[(&Sketch, &Sketch)],
    options: &Options,
    found: &mut Found,
) -> Result<HashMap<i64, Vec<Detail>>, Error> {
    let mut all = HashMap::new();
    let mut rest = differ;
    while !rest.is_empty() {
        let (some, later) = rest.split_at(fitting(rest));
        let left = whole(a, &some.iter().map(|(x, _)| x.id).collect(), options)?;
        let right = whole(b, &some.iter().map(|(_, y)| y.id).collect(), options)?;
        for (x, y) in some {
            if let (Some(old), Some(new)) = (left.get(&x.id), right.get(&y.id)) {
                found.compare(old, new, &mut Vec::new());
                all.insert(x.id, found.take());
            }
        }
        rest = later;
    }
    Ok(all)
}

/// How many of the next pairs are held at a time; one at least.
fn fitting(pairs: &[(&Sketch, &Sketch)]) -> usize {
    let mut bytes = 0;
    let fit = pairs.iter().take(AT_A_TIME).take_while(|(x, y)| {
        bytes += x.size.max(y.size);
        bytes <= BYTES
    });
    fit.count().max(1)
}

fn whole(side: &mut Side<'_>, wanted: &HashSet<i64>, options: &Options) -> Result<HashMap<i64, Node>, Error> {
    let mut nodes = HashMap::new();
    let names = &side.names;
    question::each(side.from, |_, question| {
        if wanted.contains(&question.id) {
            nodes.insert(question.id, node(&question, names, options));
        }
        Ok(())
    })?;
    Ok(nodes)
}

/// Numbers, and what a backup says by the place of a thing.
const LEFT_OUT: &[&str] = &["id", "entry", "version", "latest", "created", "modified", "item", "category", "size", "mime"];

fn node(question: &Question, names: &Names, options: &Options) -> Node {
    let mut normal = Normal::new(names, options);
    let value = serde_json::to_value(question).unwrap_or_default();
    let mut node = match value {
        Value::Object(map) => object("question", map, &normal),
        _ => Node::default(),
    };
    if let Body::Other { xml, .. } = &question.body
        && let Ok(element) = Element::document(Reader::new(xml.as_bytes(), question::QUESTIONS, &Limits::default()))
    {
        normal.learn(question::QUESTIONS, &element);
        node.nodes.push(normal.document(question::QUESTIONS, &element));
    }
    Node { label: String::new(), ..node }.seal()
}

fn object(name: &str, map: Map<String, Value>, normal: &Normal<'_>) -> Node {
    let mut node = Node { name: name.to_owned(), record: true, ..Node::default() };
    fields(map, normal, &mut node);
    let label =
        ["name", "text", "answer", "label", "value", "path", "no"].iter().find_map(|l| node.leaves.iter().find(|(n, v)| n == l && !v.is_empty()));
    let area = node.leaves.iter().find(|(n, _)| n == "area" && name == "file").map(|(_, v)| v.as_str()).unwrap_or_default();
    node.label = label.map(|(_, v)| format!("{area}{}", clip(&visible(v), 60))).unwrap_or_default();
    node.seal()
}

fn fields(map: Map<String, Value>, normal: &Normal<'_>, node: &mut Node) {
    for (key, value) in map {
        if LEFT_OUT.contains(&key.as_str()) || key == "xml" {
            continue;
        }
        match value {
            // What the type has of its own, as if it were the question's.
            Value::Object(map) if key == "body" => fields(map, normal, node),
            Value::Object(map) if map.len() == 2 && map.contains_key("text") && map.contains_key("format") => {
                let part = |name: &str| map.get(name).and_then(Value::as_str).unwrap_or_default();
                node.leaves.push((key.clone(), normal.text(part("text"))));
                if part("format") != "html" && !part("text").is_empty() {
                    node.leaves.push((format!("{key}.format"), part("format").to_owned()));
                }
            }
            Value::Object(map) => {
                let inner = object(&key, map, normal);
                node.nodes.push(Node { label: String::new(), record: false, ..inner });
            }
            Value::Array(list) => {
                let each = list.into_iter().map(|value| match value {
                    Value::Object(map) => object(singular(&key), map, normal),
                    other => {
                        let text = scalar(&other, normal);
                        let leaves = vec![("value".to_owned(), text.clone())];
                        Node { name: singular(&key).to_owned(), label: text, record: true, leaves, ..Node::default() }.seal()
                    }
                });
                // Tags and files have no order.
                let ordered = key != "tags" && key != "files";
                node.nodes.push(Node { name: key.clone(), ordered, nodes: each.collect(), ..Node::default() }.seal());
            }
            // What a release has no column for is not there.
            Value::Null => {}
            other => node.leaves.push((key, scalar(&other, normal))),
        }
    }
}

fn singular(name: &str) -> &str {
    name.strip_suffix('s').unwrap_or(name)
}

fn scalar(value: &Value, normal: &Normal<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => normal.text(text),
        Value::Array(list) => list.iter().map(|v| scalar(v, normal)).collect::<Vec<_>>().join(" "),
        other => normal.text(&other.to_string()),
    }
}
