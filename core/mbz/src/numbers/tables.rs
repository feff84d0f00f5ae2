//! The table of a record, by the element it is.

use super::{Document, Frame, Table};

/// Records of the core that stand in several documents, or whose numbers others point at.
const CORE: &[(&str, &str, &str)] = &[
    ("course", "course", "course"),
    ("course", "category", "category"),
    ("section", "section", "section"),
    ("module", "module", "cm"),
    ("users", "user", "user"),
    ("roles", "role", "role"),
    ("groups", "group", "group"),
    ("groups", "grouping", "grouping"),
    ("scales", "scale", "scale"),
    ("outcomes", "outcome", "outcome"),
    ("badges", "badge", "badge"),
    ("files", "file", "file"),
    ("gradebook", "grade_category", "grade_category"),
    ("gradebook", "grade_item", "grade_item"),
    ("grades", "grade_item", "grade_item"),
    ("gradebook", "grade_grade", "grade_grade"),
    ("grades", "grade_grade", "grade_grade"),
    ("enrolments", "enrol", "enrol"),
    ("calendar", "event", "event"),
    ("questions", "question_category", "question_category"),
    ("questions", "question_bank_entry", "question_bank_entry"),
    ("questions", "question", "question"),
    ("questions", "answer", "answer"),
];

/// The same wherever they stand.
const ANYWHERE: &[&str] = &["tag", "question_usage", "question_attempt"];
/// One of these is in an inforef.xml, a list of what there is.
const LISTED: &[&str] = &["user", "group", "grouping", "role", "file", "scale", "outcome", "grade_item", "question_category"];
/// Records that are of the table of another name.
const ALIKE: &[(&str, &str, &str)] = &[
    ("workshop", "examplesubmission", "submission"),
    ("workshop", "exampleassessment", "assessment"),
    ("workshop", "referenceassessment", "assessment"),
    ("tracker", "elementused", "issue"),
];

pub(super) fn table(document: &Document<'_>, name: &str, open: &[Frame]) -> Table {
    if document.own && open.len() <= 2 && (name == "activity" || name == document.stem) {
        return document.stem.to_owned().into();
    }
    // `block.xml` and what a block writes beside it.
    if name == "block" && open.len() == 1 {
        return "block".into();
    }
    if name == "step" && open.iter().any(|f| f.name == "question_attempt") {
        return "question_step".into();
    }
    named(document, name)
}

/// The table of records of a name in a document.
pub(super) fn named(document: &Document<'_>, name: &str) -> Table {
    if let Some((.., table)) = CORE.iter().find(|(d, n, _)| *d == document.stem && *n == name) {
        return (*table).into();
    }
    let listed = document.stem == "inforef" && LISTED.contains(&name);
    if listed || ANYWHERE.contains(&name) {
        return name.to_owned().into();
    }
    // `workshopform_accumulative_dimension`, whichever the strategy.
    let name = if name.starts_with("workshopform_") && name.ends_with("_dimension") { "dimension" } else { name };
    let name = ALIKE.iter().find(|(d, n, _)| *d == document.stem && *n == name).map_or(name, |(.., table)| table);
    format!("{}/{name}", document.stem).into()
}
