//! Items of file areas (MBZ-FORMAT §6.4).

use super::{Archive, Table};

/// Component, area (empty: any), and what its item is a number of.
const AREAS: &[(&str, &str, &str)] = &[
    ("course", "section", "section"),
    ("group", "", "group"),
    ("grouping", "", "grouping"),
    ("grade", "outcome", "outcome"),
    ("grade", "scale", "scale"),
    ("grade", "feedback", "grade_grade"),
    ("grade", "historyfeedback", "grade_history/grade_grade"),
    ("badges", "", "badge"),
    ("contentbank", "public", "contentbank/content"),
    ("customfield_textarea", "value", "course/customfield"),
    ("customfield_picture", "value", "course/customfield"),
    ("calendar", "event_description", "event"),
    ("mod_book", "chapter", "book/chapter"),
    ("mod_forum", "", "forum/post"),
    ("mod_glossary", "", "glossary/entry"),
    ("mod_wiki", "attachments", "wiki/subwiki"),
    ("mod_feedback", "item", "feedback/item"),
    ("assignsubmission_", "", "assign/submission"),
    ("assignfeedback_", "", "assign/grade"),
    ("mod_assignment", "", "assignment/submission"),
    ("mod_lesson", "page_contents", "lesson/page"),
    ("mod_lesson", "page_answers", "lesson/answer"),
    ("mod_lesson", "page_responses", "lesson/answer"),
    ("mod_lesson", "essay_answers", "lesson/attempt"),
    ("mod_lesson", "essay_responses", "lesson/attempt"),
    ("mod_data", "content", "data/content"),
    ("mod_quiz", "feedback", "quiz/feedback"),
    ("mod_workshop", "submission_content", "workshop/submission"),
    ("mod_workshop", "submission_attachment", "workshop/submission"),
    ("mod_workshop", "overallfeedback_content", "workshop/assessment"),
    ("mod_workshop", "overallfeedback_attachment", "workshop/assessment"),
    ("workshopform_", "", "workshop/dimension"),
    ("gradingform_", "description", "grading/definition"),
    ("mod_questionnaire", "info", "questionnaire/survey"),
    ("mod_questionnaire", "thankbody", "questionnaire/survey"),
    ("mod_questionnaire", "question", "questionnaire/question"),
    ("mod_questionnaire", "sectionheading", "questionnaire/fb_section"),
    ("mod_questionnaire", "feedback", "questionnaire/feedback"),
    ("mod_hvp", "content", "hvp"),
    ("format_tiles", "tilephoto", "section"),
    ("mod_socialforum", "", "socialforum/contribution"),
    ("mod_tracker", "issueattribute", "tracker/issueattribute"),
    ("mod_tracker", "", "tracker/issue"),
    ("question", "answer", "answer"),
    ("question", "answerfeedback", "answer"),
    ("question", "hint", "questions/question_hint"),
    ("question", "response_", "question_step"),
    ("question", "", "question"),
    ("qtype_match", "subquestion", "questions/match"),
    ("qtype_ddimageortext", "dragimage", "questions/drag"),
    ("qtype_", "", "question"),
];

/// What the item of a file area is a number of. Nothing where it is no record's number: 0, a revision, or nobody says.
pub fn item(archive: &Archive, component: &str, area: &str, item: i64) -> Option<Table> {
    if item <= 0 {
        return None;
    }
    if crate::people::areas::is_by_person(component, area) {
        return Some("user".into());
    }
    let fits = |own: &str, name: &str| own.is_empty() || own == name || own.ends_with('_') && name.starts_with(own);
    if let Some((.., table)) = AREAS.iter().find(|(c, a, _)| fits(c, component) && fits(a, area)) {
        return Some((*table).into());
    }
    // A module that nobody knows: an area is called as its records are, one or many.
    let module = component.strip_prefix("mod_")?;
    [area, area.trim_end_matches('s')].iter().map(|record| format!("{module}/{record}")).find(|t| archive.records.contains(t)).map(Table::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_records_of_the_area() {
        let archive = Archive { records: ["diary/page".to_owned()].into(), ..Archive::default() };
        let table = |component, area, n| item(&archive, component, area, n).map(|t| t.to_string());
        assert_eq!(table("mod_forum", "attachment", 7).as_deref(), Some("forum/post"));
        assert_eq!(table("assignfeedback_editpdf", "download", 7).as_deref(), Some("assign/grade"));
        assert_eq!(table("question", "response_answer", 7).as_deref(), Some("question_step"));
        assert_eq!(table("question", "correctfeedback", 7).as_deref(), Some("question"));
        assert_eq!(table("mod_diary", "pages", 7).as_deref(), Some("diary/page"));
        assert_eq!(table("mod_diary", "image", 7), None);
        assert_eq!((table("mod_imscp", "content", 7), table("mod_page", "intro", 0)), (None, None));
    }
}
