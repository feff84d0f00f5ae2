//! What an import or export without people leaves out.

mod areas;

use crate::forms::Form;
use crate::modules::Modules;
use areas::is_work;
use parcours_course::{Doc, Record, Shape, Unknown, Value};
use parcours_mbz::people;
use std::collections::HashSet;

/// What the first site's backup told its log, by which name whoever.
const LOG: &str = "moodle_backup.log";

/// Whether a document is kept without its content.
pub fn is_emptied(path: &str) -> bool {
    path == LOG
}

/// Decides, record by record, what stays.
#[derive(Default)]
pub struct Without {
    /// Numbers of the records of `files.xml` that were left out, so that no list of references names them. Complete once `files.xml` is through.
    files: HashSet<i64>,
    /// Contents that somebody still names.
    pub contents: HashSet<String>,
    /// Records left out.
    pub taken: u64,
}

impl Without {
    /// The record without what it says about people, or nothing when it is somebody's.
    pub fn pass(&mut self, form: &Form, modules: &Modules, mut record: Record) -> Option<Record> {
        if form.is_theirs(&record.table) || is_private(form, &record) || self.file_goes(form, modules, &record) {
            self.taken += 1;
            return None;
        }
        for at in form.persons(&record.table) {
            if let Some(value) = record.values.get_mut(*at).filter(|v| v.int().is_some_and(|n| n > 0)) {
                *value = Value::Int(0);
            }
        }
        if let Some(unknown) = &mut record.unknown {
            unread(&record.shape, unknown);
        }
        match (form.owner.as_str(), record.table.as_str()) {
            ("core", "backup_setting") => setting(&mut record),
            ("core", "file") => author(&mut record),
            _ => {}
        }
        Some(record)
    }

    /// The frame of a document without what it says about people.
    pub fn frame(&self, doc: &Doc) -> Doc {
        let mut doc = doc.clone();
        if let Some(unknown) = &mut doc.unknown {
            unread(&doc.shape, unknown);
        }
        doc
    }

    fn file_goes(&mut self, form: &Form, modules: &Modules, record: &Record) -> bool {
        if form.owner != "core" {
            return false;
        }
        match record.table.as_str() {
            "file" => {
                let text = |column| at(record, column).and_then(Value::text).unwrap_or_default();
                let item = at(record, "itemid").and_then(Value::int).unwrap_or(0);
                let goes = is_work(modules, text("component"), text("filearea"), item);
                if goes {
                    self.files.insert(record.id);
                } else {
                    self.contents.insert(text("contenthash").to_owned());
                }
                goes
            }
            "inforef_file" => record.values.first().and_then(Value::int).is_some_and(|n| self.files.contains(&n)),
            _ => false,
        }
    }
}

/// What of a record, or of a document's frame, nobody declared may speak of people too. What cannot be read as an element is a plain text, and stays.
fn unread(shape: &Shape, unknown: &mut Unknown) {
    let tokens = shape.0.split(' ').filter(|t| t.starts_with(['?', '!']));
    for (token, text) in tokens.zip(&mut unknown.texts) {
        match token.strip_prefix("?@").or(token.strip_prefix('?')) {
            Some(name) => *text = people::anonymous(name, text).to_owned(),
            None => stripped(text),
        }
    }
    unknown.inside.iter_mut().for_each(|(_, _, xml)| stripped(xml));
}

fn stripped(xml: &mut String) {
    if let Ok(without) = people::strip_element(xml) {
        *xml = without;
    }
}

/// An event of somebody's own calendar: a calendar is the course's otherwise, whoever made its events.
fn is_private(form: &Form, record: &Record) -> bool {
    form.owner == "core" && record.table == "event" && at(record, "eventtype").and_then(Value::text) == Some("user")
}

/// A column of a core record.
fn at<'a>(record: &'a Record, column: &str) -> Option<&'a Value> {
    record.values.get(place(record, column)?)
}

fn place(record: &Record, column: &str) -> Option<usize> {
    parcours_declare::core().tables.get(&record.table)?.columns.get_index_of(column)
}

/// A file keeps neither its author's name nor, where it is more than the file's own name, where somebody had it from.
fn author(record: &mut Record) {
    let own = at(record, "filename") == at(record, "source");
    for column in ["author", "source"].into_iter().filter(|c| *c == "author" || !own) {
        let Some(value) = place(record, column).and_then(|p| record.values.get_mut(p)) else { continue };
        if value.text().is_some_and(|t| !t.is_empty()) {
            *value = Value::Null;
        }
    }
}

/// `users` and every `…_userinfo` become 0: a Moodle that reads the archive then looks for nobody.
fn setting(record: &mut Record) {
    let name = record.values.get(3).and_then(Value::text).unwrap_or_default();
    if people::is_setting(name)
        && let Some(value) = record.values.get_mut(4)
    {
        *value = Value::Text("0".into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(texts: &[&str]) -> Unknown {
        Unknown { texts: texts.iter().map(|t| (*t).to_owned()).collect(), ..Unknown::default() }
    }

    #[test]
    fn what_nobody_declared_names_nobody_and_holds_nobodys_work() {
        let mut u = unknown(&["5", "5", "5", "<more><userid>5</userid><text>canary</text></more>", "$@NULL@$"]);
        u.inside.push(("posts/post".into(), 0, "<draft id=\"1\"><userid>5</userid><text>canary</text></draft>".into()));
        unread(&Shape("@id ?@userid name ?usermodified ?sortorder +posts/post !more ?userid".into()), &mut u);
        assert_eq!(u.texts, ["0", "0", "5", "<more></more>", "$@NULL@$"]);
        assert_eq!(u.inside[0].2, "<draft></draft>");
    }

    #[test]
    fn a_frame_is_stripped_like_a_record() {
        let doc =
            Doc { shape: Shape("?@id !tours".into()), unknown: Some(unknown(&["3", "<tours><tour id=\"1\"><userid>5</userid></tour></tours>"])) };
        let frame = Without::default().frame(&doc).unknown.unwrap();
        assert_eq!(frame.texts[0], "3");
        assert!(!frame.texts[1].contains("tour id"), "{}", frame.texts[1]);
    }

    #[test]
    fn a_persons_own_event_goes_and_the_courses_names_nobody() {
        let forms = crate::forms::Forms::new(&[]);
        let form = forms.of("course/calendar.xml").unwrap();
        let columns = &parcours_declare::core().tables["event"].columns;
        let event = |kind: &str| {
            let value = |name: &str| match name {
                "eventtype" => kind.into(),
                "userid" => Value::Int(5),
                _ => Value::Null,
            };
            let values = columns.keys().map(|name| value(name)).collect();
            Record { table: "event".into(), id: 1, parent: None, seq: 0, values, shape: Shape::default(), unknown: None }
        };
        assert!(is_private(form, &event("user")) && !is_private(form, &event("course")));
        let persons: Vec<&str> = form.persons("event").iter().filter_map(|at| Some(columns.get_index(*at)?.0.as_str())).collect();
        assert_eq!(persons, ["userid"]);
    }

    #[test]
    fn a_file_keeps_its_name_and_loses_its_authors() {
        let columns = &parcours_declare::core().tables["file"].columns;
        let file = |source: &str| {
            let text = |name: &str| match name {
                "filename" => "a.pdf".into(),
                "author" => "Lucie Moreau".into(),
                "source" => source.into(),
                _ => Value::Null,
            };
            let values = columns.keys().map(|name| text(name)).collect();
            let mut record = Record { table: "file".into(), id: 1, parent: None, seq: 0, values, shape: Shape::default(), unknown: None };
            author(&mut record);
            let of = |column| at(&record, column).cloned().unwrap();
            (of("filename"), of("author"), of("source"))
        };
        assert_eq!(file("a.pdf"), ("a.pdf".into(), Value::Null, "a.pdf".into()));
        assert_eq!(file("Private files: Lucie Moreau/a.pdf"), ("a.pdf".into(), Value::Null, Value::Null));
    }
}
