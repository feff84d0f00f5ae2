//! Documents with texts in them, texts that are HTML by their name, and the file area of each (MBZ-FORMAT §6.4).

/// A kind of document that is looked into. Everything else is left alone: marks, completion, files, people, settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// `activities/forum_7/forum.xml`, with the module's name.
    Activity(String),
    Section,
    Course,
    Block,
    Questions,
    /// Groups and calendars.
    Shared,
}

/// Which number the item of a file area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    Zero,
    /// The record's own.
    Own,
    /// That of the question around it.
    Question,
}

impl Scope {
    pub fn of(path: &str) -> Option<Scope> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["questions.xml"] => Some(Scope::Questions),
            ["groups.xml"] | ["course", "calendar.xml"] | ["activities", _, "calendar.xml"] => Some(Scope::Shared),
            ["course", "course.xml"] => Some(Scope::Course),
            ["sections", _, "section.xml"] => Some(Scope::Section),
            [.., "blocks", _, "block.xml"] => Some(Scope::Block),
            ["activities", folder, file] => {
                let module = folder.rsplit_once('_')?.0;
                (file.strip_suffix(".xml") == Some(module)).then(|| Scope::Activity(module.to_owned()))
            }
            _ => None,
        }
    }

    pub fn module(&self) -> Option<&str> {
        match self {
            Scope::Activity(module) => Some(module),
            _ => None,
        }
    }

    fn word(&self) -> &str {
        match self {
            Scope::Activity(module) => module,
            Scope::Section => "section",
            Scope::Course => "course",
            Scope::Block => "block",
            Scope::Questions => "questions",
            Scope::Shared => "shared",
        }
    }

    /// What a report calls it.
    pub fn item(&self) -> &'static str {
        match self {
            Scope::Activity(_) => "activity",
            Scope::Section => "section",
            Scope::Course => "course",
            Scope::Block => "block",
            Scope::Questions => "questions",
            Scope::Shared => "document",
        }
    }
}

/// Document, record, leaf: component, area and item of its files. `*` is any module or record.
const AREAS: &[(&str, &str, &str, &str, &str, Item)] = &[
    ("course", "course", "summary", "course", "summary", Item::Zero),
    ("section", "section", "summary", "course", "section", Item::Own),
    ("shared", "event", "description", "calendar", "event_description", Item::Own),
    ("shared", "group", "description", "group", "description", Item::Own),
    ("shared", "grouping", "description", "grouping", "description", Item::Own),
    ("page", "page", "content", "mod_page", "content", Item::Zero),
    ("book", "chapter", "content", "mod_book", "chapter", Item::Own),
    ("forum", "post", "message", "mod_forum", "post", Item::Own),
    ("socialforum", "contribution", "message", "mod_socialforum", "message", Item::Own),
    ("glossary", "entry", "definition", "mod_glossary", "entry", Item::Own),
    ("assign", "assign", "activity", "mod_assign", "activityattachment", Item::Zero),
    ("assign", "submission_onlinetext", "onlinetext", "assignsubmission_onlinetext", "submissions_onlinetext", Item::Own),
    ("feedback", "feedback", "page_after_submit", "mod_feedback", "page_after_submit", Item::Zero),
    ("feedback", "item", "presentation", "mod_feedback", "item", Item::Own),
    ("lesson", "page", "contents", "mod_lesson", "page_contents", Item::Own),
    ("lesson", "answer", "answer_text", "mod_lesson", "page_answers", Item::Own),
    ("lesson", "answer", "response", "mod_lesson", "page_responses", Item::Own),
    ("quiz", "feedback", "feedbacktext", "mod_quiz", "feedback", Item::Own),
    ("workshop", "workshop", "instructauthors", "mod_workshop", "instructauthors", Item::Zero),
    ("workshop", "workshop", "instructreviewers", "mod_workshop", "instructreviewers", Item::Zero),
    ("workshop", "workshop", "conclusion", "mod_workshop", "conclusion", Item::Zero),
    ("workshop", "submission", "content", "mod_workshop", "submission_content", Item::Own),
    ("questionnaire", "survey", "info", "mod_questionnaire", "info", Item::Own),
    ("questionnaire", "survey", "thank_body", "mod_questionnaire", "thankbody", Item::Own),
    ("questionnaire", "question", "content", "mod_questionnaire", "question", Item::Own),
    ("questionnaire", "fb_section", "sectionheading", "mod_questionnaire", "sectionheading", Item::Own),
    ("questionnaire", "feedback", "feedbacktext", "mod_questionnaire", "feedback", Item::Own),
    ("wordcloud", "wordcloud", "instructions", "mod_wordcloud", "instructions", Item::Zero),
    ("nanogong", "message", "message", "mod_nanogong", "message", Item::Own),
    ("questions", "question", "questiontext", "question", "questiontext", Item::Own),
    ("questions", "question", "generalfeedback", "question", "generalfeedback", Item::Own),
    ("questions", "answer", "answertext", "question", "answer", Item::Own),
    ("questions", "answer", "feedback", "question", "answerfeedback", Item::Own),
    ("questions", "question_hint", "hint", "question", "hint", Item::Own),
    ("questions", "match", "questiontext", "qtype_match", "subquestion", Item::Own),
    ("questions", "essay", "graderinfo", "qtype_essay", "graderinfo", Item::Question),
    ("questions", "*", "correctfeedback", "question", "correctfeedback", Item::Question),
    ("questions", "*", "partiallycorrectfeedback", "question", "partiallycorrectfeedback", Item::Question),
    ("questions", "*", "incorrectfeedback", "question", "incorrectfeedback", Item::Question),
];

/// Modules that declare no file area for their introduction, so that files in it are lost (MAGISTERE-XML §1).
const NO_INTRO: &[&str] = &["publication", "etherpadlite"];

/// Where the files of a text are.
pub(super) fn of(scope: &Scope, record: &str, leaf: &str) -> Option<(String, String, Item)> {
    if let Scope::Activity(module) = scope
        && record == module
        && leaf == "intro"
    {
        return (!NO_INTRO.contains(&module.as_str())).then(|| (format!("mod_{module}"), "intro".to_owned(), Item::Zero));
    }
    let found = AREAS.iter().find(|(d, r, l, ..)| *d == scope.word() && (*r == record || *r == "*") && *l == leaf)?;
    Some((found.3.to_owned(), found.4.to_owned(), found.5))
}

/// The file area of a block's text.
pub(super) fn of_block(block: &str) -> Option<&'static str> {
    matches!(block, "html" | "educationalbloc").then_some("content")
}

/// Leaves whose format leaf is not called after them.
pub(super) fn format_of(record: &str, leaf: &str) -> Option<&'static str> {
    match (record, leaf) {
        (_, "onlinetext") => Some("onlineformat"),
        (_, "commenttext") => Some("commentformat"),
        (_, "answertext" | "answer_text") => Some("answerformat"),
        ("event", "description") => Some("format"),
        _ => None,
    }
}

/// Texts that are HTML where no format leaf says what they are: old releases, and leaves that never had one.
const HTML: &[(&str, &str, &str)] = &[
    ("course", "course", "summary"),
    ("section", "section", "summary"),
    ("shared", "event", "description"),
    ("page", "page", "content"),
    ("book", "chapter", "content"),
    ("forum", "post", "message"),
    ("glossary", "entry", "definition"),
    ("feedback", "item", "presentation"),
    ("feedback", "feedback", "page_after_submit"),
    ("lesson", "page", "contents"),
    ("wiki", "page", "cachedcontent"),
    ("quiz", "feedback", "feedbacktext"),
    ("questionnaire", "survey", "info"),
    ("questionnaire", "survey", "thank_body"),
    ("questionnaire", "question", "content"),
    ("wordcloud", "wordcloud", "instructions"),
    ("tracker", "elementused", "description"),
    ("nanogong", "message", "message"),
    ("questions", "question", "questiontext"),
    ("questions", "question", "generalfeedback"),
    ("questions", "question_hint", "hint"),
];

pub(super) fn is_html_by_name(scope: &Scope, record: &str, leaf: &str) -> bool {
    let intro = leaf == "intro" && scope.module() == Some(record);
    intro || HTML.contains(&(scope.word(), record, leaf))
}

/// Questions whose answers are shown and chosen. Those of others are compared with what is typed, or told apart by a sum of their text (MBZ-FORMAT §10.6).
pub(super) fn is_choice(element: &str) -> bool {
    let kind = element.strip_prefix("plugin_qtype_").and_then(|e| e.strip_suffix("_question"));
    matches!(kind, Some("multichoice" | "calculatedmulti" | "truefalse" | "multichoiceset" | "oumultiresponse"))
}
