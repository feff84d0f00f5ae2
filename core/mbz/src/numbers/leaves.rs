//! Which leaves and attributes are numbers of what (MBZ-FORMAT §5.3, §10.5, §12, Annex A; MAGISTERE-XML §1).

/// A reference: the document's name without `.xml`, the record, the leaf, and the table it leads to. An empty name is any; a table that begins with `./` is
/// one of the same document.
type Row = (&'static str, &'static str, &'static str, &'static str);

/// The first that fits counts: what a document says for itself comes before what a name means everywhere.
const ROWS: &[Row] = &[
    // Gradebook.
    ("gradebook", "grade_category", "parent", "grade_category"),
    ("gradebook", "grade_item", "categoryid", "grade_category"),
    ("grades", "grade_item", "categoryid", "grade_category"),
    ("grade_history", "grade_grade", "oldid", "grade_grade"),
    ("grade_history", "grade_grade", "itemid", "grade_item"),
    ("grading", "filling", "criterionid", "./criterion"),
    ("grading", "filling", "levelid", "./level"),
    // Course.
    ("badges", "criterion", "badgeid", "badge"),
    ("badges", "parameter", "critid", "./criterion"),
    ("badges", "criterion_met", "issuedid", "./badge_issued"),
    ("badges", "criterion_met", "critid", "./criterion"),
    ("calendar", "event", "repeatid", "event"),
    ("calendar", "event", "categoryid", "category"),
    ("completion", "course_completion_criteria", "moduleinstance", "cm"),
    ("completion", "course_completion_criteria", "courseinstance", "course"),
    ("completion", "course_completion_criteria", "role", "role"),
    ("completion", "course_completion_crit_compl", "criteriaid", "./course_completion_criteria"),
    ("competencies", "competency", "id", "competency"),
    ("competencies", "", "frameworkid", "framework"),
    ("enrolments", "tool", "enrolid", "enrol"),
    ("enrolments", "tool", "roleinstructor", "role"),
    ("enrolments", "tool", "rolelearner", "role"),
    ("section", "section", "sequence", "cm"),
    // Questions.
    ("questions", "question_category", "parent", "question_category"),
    ("questions", "question", "parent", "question"),
    ("questions", "multianswer", "question", "question"),
    ("questions", "multianswer", "sequence", "question"),
    ("questions", "truefalse", "trueanswer", "answer"),
    ("questions", "truefalse", "falseanswer", "answer"),
    ("questions", "numerical_record", "answer", "answer"),
    ("questions", "calculated_record", "answer", "answer"),
    ("questions", "multichoice", "answers", "answer"),
    ("questions", "shortanswer", "answers", "answer"),
    ("questions", "matchoptions", "subquestions", "./match"),
    ("questions", "dataset_definition", "category", "question_category"),
    ("questions", "comment", "itemid", "question"),
    // Moodle's own activities.
    ("assign", "userflag", "assignment", "assign"),
    ("assign", "submission_file", "submission", "./submission"),
    ("assign", "submission_onlinetext", "submission", "./submission"),
    ("assign", "submission_onlinepoodll", "submission", "./submission"),
    ("assign", "feedback_comments", "grade", "./grade"),
    ("assign", "feedback_file", "grade", "./grade"),
    ("assign", "feedback_poodll", "grade", "./grade"),
    ("assign", "", "gradeid", "./grade"),
    ("book", "tag", "itemid", "./chapter"),
    ("choice", "answer", "optionid", "./option"),
    ("data", "content", "fieldid", "./field"),
    ("data", "data", "defaultsort", "./field"),
    ("data", "tag", "itemid", "./record"),
    ("feedback", "item", "dependitem", "./item"),
    ("feedback", "value", "item", "./item"),
    ("feedback", "value", "completed", "./completed"),
    ("feedback", "value", "course_id", "course"),
    ("forum", "post", "parent", "./post"),
    ("forum", "discussion", "firstpost", "./post"),
    ("forum", "grade", "forum", "forum"),
    ("forum", "tag", "itemid", "./post"),
    ("glossary", "category_entry", "entryid", "./entry"),
    ("glossary", "entry", "sourceglossaryid", "glossary"),
    ("glossary", "tag", "itemid", "./entry"),
    ("h5pactivity", "result", "attemptid", "./attempt"),
    ("lesson", "page", "prevpageid", "./page"),
    ("lesson", "page", "nextpageid", "./page"),
    ("lesson", "branch", "nextpageid", "./page"),
    ("lesson", "answer", "jumpto", "./page"),
    ("lesson", "lesson", "dependency", "lesson"),
    ("lesson", "lesson", "activitylink", "cm"),
    ("quiz", "quiz", "questions", "question"),
    ("quiz", "", "quizgradeitemid", "./quiz_grade_item"),
    ("quiz", "question_instance", "question", "question"),
    ("scorm", "scorm", "launch", "./sco"),
    ("wiki", "link", "frompageid", "./page"),
    ("wiki", "link", "topageid", "./page"),
    ("workshop", "", "dimensionid", "./dimension"),
    ("workshop", "", "submissionid", "./submission"),
    ("workshop", "", "assessmentid", "./assessment"),
    // Others'.
    ("questionnaire", "questionnaire", "sid", "./survey"),
    ("questionnaire", "question", "survey_id", "./survey"),
    ("questionnaire", "", "surveyid", "./survey"),
    ("questionnaire", "feedback", "sectionid", "./fb_section"),
    ("questionnaire", "", "questionid", "./question"),
    ("questionnaire", "", "question_id", "./question"),
    ("questionnaire", "", "choice_id", "./quest_choice"),
    ("questionnaire", "", "response_id", "./response"),
    ("questionnaire", "quest_dependency", "dependquestionid", "./question"),
    ("questionnaire", "quest_dependency", "dependchoiceid", "./quest_choice"),
    ("choicegroup", "answer", "optionid", "./option"),
    ("coursebadges", "", "coursebadgeid", "coursebadges"),
    ("eabcattendance", "session", "caleventid", "event"),
    ("etherpadlite", "", "etherpadid", "etherpadlite"),
    ("hvp", "", "library_id", "hvp_libraries/library"),
    ("hvp", "", "main_library_id", "hvp_libraries/library"),
    ("hvp_libraries", "", "required_library_id", "./library"),
    ("nanogong", "", "nanogongid", "nanogong"),
    ("publication", "", "publication", "publication"),
    ("publication", "publication", "importfrom", "assign"),
    ("socialforum", "", "subject", "./contribution"),
    ("socialforum", "", "contribution", "./contribution"),
    ("studentquiz", "attempt", "categoryid", "question_category"),
    ("studentquiz", "comment", "parentid", "./comment"),
    ("studentquiz", "", "studentquizquestionid", "./question"),
    ("studentquiz", "", "commentid", "./comment"),
    ("tracker", "", "issueid", "./issue"),
    ("tracker", "tracker", "defaultassignee", "user"),
    ("via", "participant", "enrolid", "enrol"),
    ("viaassign", "", "viaid", "via"),
    ("viaassign", "", "grade", "./grade"),
    ("viaassign", "", "submission", "./submission"),
    ("viaassign", "", "viaassign", "viaassign"),
    ("wordcloud", "", "wcid", "wordcloud"),
    // What blocks that list activities and sections write beside themselves.
    ("summary", "element", "parentid", "section"),
    // The archive about itself.
    ("moodle_backup", "information", "original_course_id", "course"),
    ("moodle_backup", "information", "original_course_contextid", "context"),
    ("moodle_backup", "information", "original_system_contextid", "context"),
    // What a name means everywhere.
    ("", "", "course", "course"),
    ("", "", "courseid", "course"),
    ("", "", "course_id", "course"),
    ("", "", "cmid", "cm"),
    ("", "", "cm", "cm"),
    ("", "", "moduleid", "cm"),
    ("", "", "coursemodule", "cm"),
    ("", "", "coursemoduleid", "cm"),
    ("", "", "sourcecmid", "cm"),
    ("", "", "parentcmid", "cm"),
    ("", "", "sectionid", "section"),
    ("", "", "contextid", "context"),
    ("", "", "parentcontextid", "context"),
    ("", "", "usingcontextid", "context"),
    ("", "", "questionscontextid", "context"),
    ("", "", "groupid", "group"),
    ("", "", "groupingid", "grouping"),
    ("", "", "defaultgroupingid", "grouping"),
    ("", "", "teamsubmissiongroupingid", "grouping"),
    ("", "", "roleid", "role"),
    ("", "", "issuerrole", "role"),
    ("", "", "scaleid", "scale"),
    ("", "", "rawscaleid", "scale"),
    ("", "", "outcomeid", "outcome"),
    ("", "", "gradeitemid", "grade_item"),
    ("", "", "questionid", "question"),
    ("", "", "questioncategoryid", "question_category"),
    ("", "", "questionbankentryid", "question_bank_entry"),
    ("", "", "questionusageid", "question_usage"),
    ("", "attempt", "uniqueid", "question_usage"),
    ("", "", "badgeid", "badge"),
    ("", "", "relatedbadgeid", "badge"),
    ("", "", "competencyid", "competency"),
    ("", "", "fileid", "file"),
    ("", "", "tagid", "tag"),
    ("", "", "enrolid", "enrol"),
];

/// The table a leaf's number is of, by names alone.
pub(super) fn table(document: &str, record: &str, leaf: &str) -> Option<&'static str> {
    let fits = |own: &str, name: &str| own.is_empty() || own == name;
    ROWS.iter().find(|(d, r, l, _)| *l == leaf && fits(r, record) && fits(d, document)).map(|(.., table)| *table)
}

/// Leaves that are a scale where they are negative, and points where they are not (MBZ-FORMAT §5.3).
pub(super) fn is_grade(document: &str, record: &str, leaf: &str) -> bool {
    match leaf {
        "grade" => record == document || record.ends_with("_dimension"),
        "scale" | "grade_forum" => record == document,
        "scaleid" => record == "rating",
        _ => false,
    }
}

/// Leaves whose name sounds like a number of the archive's and that are a number of somewhere else: of a central server, of the site's own settings, of an identity provider.
pub(super) fn is_foreign(document: &str, leaf: &str) -> bool {
    matches!(
        (document, leaf),
        // Answers in words, which may be numbers.
        ("questionnaire", "response")
            | ("centralizedresources", "centralizedresourceid")
            | (_, "type_id" | "mnethostid" | "repositoryid" | "cohortid" | "typeid" | "instanceid" | "viaactivityid" | "meetingid")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_document_says_for_itself_comes_first() {
        assert_eq!(table("forum", "post", "parent"), Some("./post"));
        assert_eq!(table("page", "page", "parent"), None);
        assert_eq!(table("questionnaire", "response_text", "question_id"), Some("./question"));
        assert_eq!(table("quiz", "question_attempt", "questionid"), Some("question"));
        assert_eq!(table("forum", "discussion", "groupid"), Some("group"));
        assert!(is_grade("forum", "forum", "scale") && !is_grade("assign", "grade", "grade") && !is_grade("scales", "scale", "scale"));
    }
}
