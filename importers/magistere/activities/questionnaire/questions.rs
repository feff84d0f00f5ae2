//! Questions as items of a feedback.

use super::super::feedback::{Entry, item};
use crate::magistere::activity::Activity;
use crate::magistere::cx::Cx;
use crate::magistere::words::{line, names_a_file};
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::Element;
use std::collections::HashMap;

/// Where answers to a question go.
pub(super) enum Ask {
    /// An item, and its options by the number of the choice; the item for what else one says.
    Choice {
        item: i64,
        options: Vec<(i64, String)>,
        other: Option<(i64, i64)>,
    },
    YesNo {
        item: i64,
    },
    /// A text, a number, a date.
    Text {
        item: i64,
    },
    /// An item for each row, by the number of the choice; how many points, whether counted from 0, and whether "not applicable" is one more.
    Scale {
        rows: Vec<(i64, i64)>,
        points: i64,
        from_zero: bool,
        none: bool,
    },
    Nothing,
}

#[derive(Default)]
pub(super) struct Items {
    pub list: Vec<Element>,
    /// Items that people answer.
    pub valued: usize,
    /// Which item shows the files of a question, and of the opening.
    pub files: HashMap<i64, i64>,
    pub opening: HashMap<i64, i64>,
}

impl Items {
    fn add(&mut self, cx: &mut Cx<'_>, mut entry: Entry<'_>) -> i64 {
        let id = cx.id();
        (entry.id, entry.position) = (id, self.list.len() + 1);
        self.valued += usize::from(!["label", "pagebreak"].contains(&entry.kind));
        self.list.push(item(entry));
        id
    }

    /// A text between questions.
    pub(super) fn text(&mut self, cx: &mut Cx<'_>, html: String) -> i64 {
        self.add(cx, Entry { name: "label", presentation: html, ..entry("label") })
    }
}

fn entry(kind: &str) -> Entry<'_> {
    Entry { id: 0, kind, name: "", label: "", presentation: String::new(), required: false, position: 0, depends: None }
}

/// Markup that a name of an item cannot hold.
const RICH: &[&str] = &["<a ", "<audio", "<iframe", "<img", "<li", "<table", "<video"];

pub(super) fn ask(cx: &mut Cx<'_>, a: &Activity, q: &Element, items: &mut Items, asked: &HashMap<i64, Ask>, from_zero: bool) -> Ask {
    let id = q.id().unwrap_or(0);
    let number = |name: &str| q.number(name).unwrap_or(0);
    let content = q.leaf("content");
    let kind = number("type_id");
    if kind == 99 {
        items.add(cx, entry("pagebreak"));
        return Ask::Nothing;
    }
    let said = line(content);
    let scale = kind == 8;
    let rich = scale || kind == 100 || said.chars().count() > 255 || names_a_file(content) || RICH.iter().any(|tag| content.contains(tag));
    if rich {
        let text = items.text(cx, content.to_owned());
        items.files.insert(id, text);
    }
    let name = if said.is_empty() { q.leaf("name").to_owned() } else { said };
    let base = || Entry { name: &name, label: q.leaf("name"), required: q.leaf("required") == "y", depends: None, ..entry("") };
    let depends = depends(cx, a, q, asked);
    let typed = |kind: &'static str, presentation: String| Entry { kind, presentation, depends: depends.clone(), ..base() };
    match kind {
        1 => {
            let words = format!("r>>>>>{}|{}", cx.of("Yes", "Oui"), cx.of("No", "Non"));
            Ask::YesNo { item: items.add(cx, typed("multichoice", words)) }
        }
        2 => {
            let (size, most) = (number("length").clamp(5, 255), number("precise"));
            let most = if most > 0 { most.min(255) } else { 255 };
            Ask::Text { item: items.add(cx, typed("textfield", format!("{}|{most}", if number("length") > 0 { size } else { 30 }))) }
        }
        3 => Ask::Text { item: items.add(cx, typed("textarea", "60|8".to_owned())) },
        4..=6 => choice(cx, q, items, typed("multichoice", String::new())),
        8 => rows(cx, q, items, from_zero, &typed),
        9 => Ask::Text { item: items.add(cx, typed("textfield", "10|10".to_owned())) },
        10 => Ask::Text { item: items.add(cx, typed("numeric", "-|-".to_owned())) },
        11 => {
            let slider: serde_json::Value = serde_json::from_str(q.leaf("extradata")).unwrap_or_default();
            let end = |key: &str| slider.get(key).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).unwrap_or_else(|| "-".to_owned());
            Ask::Text { item: items.add(cx, typed("numeric", format!("{}|{}", end("minrange"), end("maxrange")))) }
        }
        100 => Ask::Nothing,
        other => {
            let words =
                cx.of("a kind of question that a feedback does not have: its text stays", "type de question inconnu d’un feedback : son texte reste");
            cx.remark(Fate::Kept, Reason::OtherFormat, "question", &a.folder, format!("{} ({other}): {words}", q.leaf("name")));
            if !rich {
                items.text(cx, content.to_owned());
            }
            Ask::Nothing
        }
    }
}

/// An option of a list: on one line, and without what separates options.
fn option(text: &str) -> String {
    line(text).replace('|', "/")
}

fn choice(cx: &mut Cx<'_>, q: &Element, items: &mut Items, mut entry: Entry<'_>) -> Ask {
    let (mut options, mut other) = (Vec::new(), None);
    for c in q.records("quest_choices", "quest_choice") {
        let (id, text) = (c.id().unwrap_or(0), c.leaf("content"));
        let free = text.strip_prefix("!other");
        let text = match free.map(|rest| rest.trim_start_matches('=')) {
            Some("") => cx.of("Other:", "Autre :").to_owned(),
            Some(rest) => option(rest),
            None => option(text),
        };
        if free.is_some() {
            other = Some((id, text.clone()));
        }
        options.push((id, text));
    }
    let shape = match q.number("type_id") {
        Some(5) => 'c',
        Some(6) => 'd',
        _ => 'r',
    };
    let list = options.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join("|");
    let beside = if shape != 'd' && q.number("length") == Some(1) { "<<<<<1" } else { "" };
    entry.presentation = format!("{shape}>>>>>{list}{beside}");
    let (label, depends) = (entry.label.to_owned(), entry.depends.clone());
    let item = items.add(cx, entry);
    let other = other.map(|(id, text)| {
        let entry = Entry { name: &text, label: &label, presentation: "30|255".to_owned(), depends, ..self::entry("textfield") };
        (id, items.add(cx, entry))
    });
    Ask::Choice { item, options, other }
}

/// A scale with rows: `1=Bad` names a point, all else is a row.
fn rows<'e>(cx: &mut Cx<'_>, q: &Element, items: &mut Items, from_zero: bool, typed: &dyn Fn(&'static str, String) -> Entry<'e>) -> Ask {
    let points = q.number("length").unwrap_or(5).clamp(1, 100);
    let none = q.number("precise") == Some(1);
    let mut names: Vec<String> = (1..=points).map(|n| n.to_string()).collect();
    let mut rows = Vec::new();
    for c in q.records("quest_choices", "quest_choice") {
        let named = c.leaf("content").split_once('=').and_then(|(n, name)| Some((n.trim().parse::<usize>().ok()?, name)));
        match named.and_then(|(n, name)| Some((names.get_mut(n.checked_sub(1)?)?, name))) {
            Some((point, name)) => *point = option(name),
            None => rows.push((c.id().unwrap_or(0), line(c.leaf("content")))),
        }
    }
    if none {
        names.push(cx.of("Not applicable", "Sans objet").to_owned());
    }
    let presentation = format!("r>>>>>{}<<<<<1", names.join("|"));
    let rows = rows
        .into_iter()
        .map(|(id, text)| {
            let mut entry = typed("multichoice", presentation.clone());
            if !text.is_empty() {
                entry.name = &text;
            }
            (id, items.add(cx, entry))
        })
        .collect();
    Ask::Scale { rows, points, from_zero, none }
}

/// The answer a question waits for: a feedback knows one, and that it is given.
fn depends(cx: &mut Cx<'_>, a: &Activity, q: &Element, asked: &HashMap<i64, Ask>) -> Option<(i64, String)> {
    let all: Vec<&Element> = q.records("quest_dependencies", "quest_dependency").collect();
    let one = all.first()?;
    let choice = one.number("dependchoiceid");
    let target = match asked.get(&one.number("dependquestionid")?) {
        Some(Ask::Choice { item, options, .. }) => {
            let by_number = options.iter().find(|(id, _)| Some(*id) == choice);
            let text = by_number.or_else(|| options.get(usize::try_from(choice?).ok()?));
            text.map(|(_, text)| (*item, text.clone()))
        }
        Some(Ask::YesNo { item }) => {
            let yes = choice == Some(0);
            Some((*item, if yes { cx.of("Yes", "Oui") } else { cx.of("No", "Non") }.to_owned()))
        }
        _ => None,
    };
    let plain = all.len() == 1 && one.leaf("dependlogic") != "0" && target.is_some();
    if !plain {
        let words = cx
            .of("asked of everybody: a feedback waits for one given answer at most", "posée à tous : un feedback attend au plus une réponse donnée");
        cx.remark(Fate::Approximated, Reason::Converted, "question", &a.folder, format!("{}: {words}", q.leaf("name")));
    }
    target.filter(|_| plain)
}
