//! Leaves that are a number of one table or another, by what stands beside them.

use super::{Document, Frame, Meaning, Table, areas};

/// What a leaf is by its neighbours; nothing where they do not matter.
pub(super) fn meaning(document: &Document<'_>, open: &[Frame], name: &str, value: &str) -> Option<Meaning> {
    let record = open.last()?;
    let plain = Some(Meaning::Content);
    let of = |table: Option<Table>| Some(table.map_or(Meaning::Content, Meaning::Of));
    match (document.stem, record.name.as_str(), name) {
        // `7` of `<user><id>7</id>`, and a scale's list of words, a role's sort order.
        ("inforef", listed, "id") => of(Some(super::tables::named(document, listed))),
        (_, _, "repositoryid" | "sortorder" | "version") => plain,
        ("files", "file", "itemid") => {
            of(areas::item(document.archive, record.leaf("component"), record.leaf("filearea"), value.trim().parse().ok()?))
        }
        ("comments", "comment", "itemid") => of(commented(record)),
        ("xapistate", _, "itemid") => of(Some("context".into())),
        ("section", "section", "itemid") => of(record.leaf("component").strip_prefix("mod_").map(|m| m.to_owned().into())),
        (_, "assignment" | "group_member", "itemid") => of(record.leaf("component").starts_with("enrol_").then(|| "enrol".into())),
        ("grading", "instance", "itemid") => {
            // The only two activities that are graded so: an assignment's grade, a forum's.
            let forum = open.iter().any(|f| f.leaf("areaname") == "forum");
            of(Some(if forum { "forum/grade" } else { "assign/grade" }.into()))
        }
        ("gradebook" | "grades", "grade_item", "iteminstance") => of(graded(record)),
        ("gradebook", "grade_category", "path") => of(Some("grade_category".into())),
        (_, "event", "instance") => of(module(record.leaf("modulename"))),
        ("monitor" | "summary" | "list_activities", "element", "instance") => of(module(record.leaf("name"))),
        ("questions", "question_category", "contextinstanceid") | (_, "logstore_standard_log", "contextinstanceid") => {
            of(context(record.leaf("contextlevel")))
        }
        ("logstores", "logstore_standard_log", "objectid") => of(logged(record.leaf("objecttable"), record.leaf("component"))),
        ("badges", "parameter", "value") => of(rewarded(record.leaf("name"))),
        ("enrolments", "enrol", custom) if custom.starts_with("customint") => of(enrolled(record.leaf("enrol"), custom)),
        // Answers chosen, where the page is one to choose on (MBZ-FORMAT §12, lesson).
        ("lesson", "attempt", "useranswer") => {
            let page = open.iter().find(|f| f.name == "page").map_or("", |f| f.leaf("qtype"));
            of(matches!(page, "2" | "3").then(|| "lesson/answer".into()))
        }
        // The number of a question of yes and no is no choice's.
        ("questionnaire", "quest_dependency", "dependchoiceid") if matches!(value.trim(), "0" | "1") => plain,
        ("moodle_backup", "setting", _) | ("survey", "survey" | "answer", "questions" | "question") => plain,
        _ => None,
    }
}

fn module(name: &str) -> Option<Table> {
    (!name.is_empty() && name != crate::xml::NULL && name != "0").then(|| name.to_owned().into())
}

/// What a comment is on (MBZ-FORMAT §7.7).
fn commented(comment: &Frame) -> Option<Table> {
    match (comment.leaf("component"), comment.leaf("commentarea")) {
        ("mod_wiki", _) => Some("wiki/page".into()),
        ("mod_glossary", _) => Some("glossary/entry".into()),
        ("mod_data", _) => Some("data/record".into()),
        ("assignsubmission_comments", _) => Some("assign/submission".into()),
        ("qbank_comment", _) => Some("question".into()),
        _ => None,
    }
}

/// What a grade item grades (MBZ-FORMAT §8.1).
fn graded(item: &Frame) -> Option<Table> {
    match item.leaf("itemtype") {
        "course" | "category" => Some("grade_category".into()),
        "mod" => module(item.leaf("itemmodule")),
        _ => None,
    }
}

/// What a context of a level is of.
pub(super) fn context(level: &str) -> Option<Table> {
    match level {
        "30" => Some("user".into()),
        "40" => Some("category".into()),
        "50" => Some("course".into()),
        "70" => Some("cm".into()),
        "80" => Some("block".into()),
        _ => None,
    }
}

/// What a log line is about, by the table's name in the first site's database.
fn logged(table: &str, component: &str) -> Option<Table> {
    let known = match table {
        "" | crate::xml::NULL => return None,
        "course_modules" => "cm",
        "course_sections" => "section",
        "course_categories" => "category",
        "groups" => "group",
        "groupings" => "grouping",
        "grade_items" => "grade_item",
        "grade_grades" => "grade_grade",
        "grade_categories" => "grade_category",
        "course" | "user" | "role" | "tag" | "enrol" | "event" | "question" | "scale" | "badge" => table,
        "question_categories" => "question_category",
        "question_attempts" => "question_attempt",
        "user_enrolments" => "enrolments/enrolment",
        "contentbank_content" => "contentbank/content",
        "course_modules_completion" => "completion/completion",
        "files" => "file",
        "context" => "context",
        "quiz_slots" => "quiz/question_instance",
        "forum_subscriptions" => "forum/subscription",
        "forum_discussion_subs" => "forum/discussion_sub",
        "scorm_scoes_track" | "scorm_scoes_value" => "scorm/sco_track",
        _ => return Some(of_module(table, component)),
    };
    Some(known.to_owned().into())
}

/// `glossary_entries` → `glossary/entry`; the table of the module's own name is its activities.
fn of_module(table: &str, component: &str) -> Table {
    let module = component.strip_prefix("mod_").unwrap_or(table);
    let Some(many) = table.strip_prefix(module).and_then(|rest| rest.strip_prefix('_')) else { return table.to_owned().into() };
    let one = match many.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => many.strip_suffix('s').unwrap_or(many).to_owned(),
    };
    format!("{module}/{one}").into()
}

/// What a badge is given for: `module_11` and its value 11 (MBZ-FORMAT §8.7).
pub(super) fn rewarded(name: &str) -> Option<Table> {
    Some(match name.split_once('_')?.0 {
        "module" => "cm".into(),
        "role" => "role".into(),
        "course" => "course".into(),
        "badge" => "badge".into(),
        "competency" => "competency".into(),
        _ => return None,
    })
}

/// Settings of a way to enrol that are numbers: of the course a meta course follows, of the group its people go to.
fn enrolled(way: &str, setting: &str) -> Option<Table> {
    match (way, setting) {
        ("meta", "customint1") => Some("course".into()),
        ("meta" | "cohort", "customint2") => Some("group".into()),
        _ => None,
    }
}
