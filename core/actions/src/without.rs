//! What an import or export without people leaves out.

use crate::forms::Form;
use crate::modules::Modules;
use parcours_course::{Record, Value};
use std::collections::HashSet;

/// Components whose files are somebody's work, whatever their area (MBZ-FORMAT §6.4).
const THEIRS: &[&str] = &[
    "user",
    "assignsubmission_file",
    "assignsubmission_onlinetext",
    "assignfeedback_file",
    "assignfeedback_comments",
    "assignfeedback_editpdf",
    "grade",
];
/// Areas of components that no module here declares whose files are somebody's work.
const AREAS: &[(&str, &str)] = &[
    ("mod_assign", "submission_files"),
    ("mod_data", "content"),
    ("mod_glossary", "attachment"),
    ("mod_glossary", "entry"),
    ("mod_lesson", "essay_responses"),
    ("mod_lesson", "essay_answers"),
    ("mod_wiki", "attachments"),
    ("mod_workshop", "submission_content"),
    ("mod_workshop", "submission_attachment"),
    ("mod_workshop", "overallfeedback_content"),
    ("mod_workshop", "overallfeedback_attachment"),
    ("mod_forum", "attachment"),
    ("mod_forum", "post"),
];
/// Settings of the whole backup that say "with people" (MBZ-FORMAT §3.5).
const SETTINGS: &[&str] = &["users", "role_assignments", "userscompletion", "logs", "grade_histories", "comments", "xapistate", "anonymize"];

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
        if form.is_theirs(&record.table) || self.file_goes(form, modules, &record) {
            self.taken += 1;
            return None;
        }
        for at in form.persons(&record.table) {
            if let Some(value) = record.values.get_mut(*at).filter(|v| v.int().is_some_and(|n| n > 0)) {
                *value = Value::Int(0);
            }
        }
        if let Some(unknown) = &mut record.unknown {
            unread(&mut unknown.texts);
        }
        if record.table == "backup_setting" && form.owner == "core" {
            setting(&mut record);
        }
        Some(record)
    }

    fn file_goes(&mut self, form: &Form, modules: &Modules, record: &Record) -> bool {
        if form.owner != "core" {
            return false;
        }
        let text = |at: usize| record.values.get(at).and_then(Value::text).unwrap_or_default();
        match record.table.as_str() {
            "file" => {
                let (hash, component, area) = (text(0), text(2), text(3));
                let goes = is_theirs(modules, component, area);
                if goes {
                    self.files.insert(record.id);
                } else {
                    self.contents.insert(hash.to_owned());
                }
                goes
            }
            "inforef_file" => record.values.first().and_then(Value::int).is_some_and(|n| self.files.contains(&n)),
            _ => false,
        }
    }
}

/// What of a record nobody declared may speak of people too. What cannot be read as an element is a plain text, and stays.
fn unread(texts: &mut [String]) {
    for text in texts.iter_mut().filter(|t| t.starts_with('<')) {
        if let Ok(stripped) = parcours_mbz::people::strip_element(text) {
            *text = stripped;
        }
    }
}

/// Whether files of this area are somebody's work: by the module's own declaration, else by the list above.
fn is_theirs(modules: &Modules, component: &str, area: &str) -> bool {
    let declared = component.strip_prefix("mod_").and_then(|m| modules.declaration(m));
    if let Some(area) = declared.and_then(|d| d.areas.get(area)) {
        return area.people;
    }
    THEIRS.contains(&component) || AREAS.contains(&(component, area)) || (component == "question" && area.starts_with("response_"))
}

/// `users` and every `…_userinfo` become 0: a Moodle that reads the archive then looks for nobody.
fn setting(record: &mut Record) {
    let name = record.values.get(3).and_then(Value::text).unwrap_or_default();
    if SETTINGS.contains(&name) || name.ends_with("_userinfo") {
        if let Some(value) = record.values.get_mut(4) {
            *value = Value::Text("0".into());
        }
    }
}
