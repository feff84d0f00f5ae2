//! What a leaf means, by its name (MBZ-FORMAT §5.3, §15.9).

use super::names::Space;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A number of another record of the archive.
    Number(Space),
    /// A number of a record of the same activity or document.
    Local(&'static str),
    /// A moment of work on the course; compared only when asked.
    Time,
    /// Says nothing that is not said elsewhere, or is of the first site only.
    Nothing,
    /// A scale where it is negative.
    Grade,
    /// A value as it is.
    Plain,
}

const NUMBERS: &[(&str, Space)] = &[
    ("userid", Space::User),
    ("usermodified", Space::User),
    ("authorid", Space::User),
    ("reviewerid", Space::User),
    ("grader", Space::User),
    ("raterid", Space::User),
    ("modifierid", Space::User),
    ("createdby", Space::User),
    ("modifiedby", Space::User),
    ("ownerid", Space::User),
    ("recipientid", Space::User),
    ("issuerid", Space::User),
    ("usercreated", Space::User),
    ("creator", Space::User),
    ("roleid", Space::Role),
    ("role", Space::Role),
    ("issuerrole", Space::Role),
    ("groupid", Space::Group),
    ("groupingid", Space::Grouping),
    ("defaultgroupingid", Space::Grouping),
    ("teamsubmissiongroupingid", Space::Grouping),
    ("sectionid", Space::Section),
    ("moduleid", Space::Module),
    ("moduleinstance", Space::Module),
    ("sourcecmid", Space::Module),
    ("cmid", Space::Module),
    ("coursemoduleid", Space::Module),
    ("scaleid", Space::Scale),
    ("rawscaleid", Space::Scale),
    ("outcomeid", Space::Outcome),
    ("gradeitemid", Space::GradeItem),
    ("questionbankentryid", Space::Entry),
    ("questionid", Space::Question),
    ("questioncategoryid", Space::QuestionCategory),
    ("relatedbadgeid", Space::Badge),
    ("badgeid", Space::Badge),
];

/// Names of leaves that refer to a record by another name than `<record>id`.
const LOCAL: &[(&str, &str, &str)] =
    &[("answer", "jumpto", "page"), ("item", "dependitem", "item"), ("scorm", "launch", "sco"), ("data", "defaultsort", "field")];

const TIMES: &[&str] = &[
    "timecreated",
    "timemodified",
    "timeadded",
    "added",
    "lastmodified",
    "timemodifiedoffline",
    "timecheckstate",
    "usertimemodified",
    "assesstimemodified",
];

const NOTHING: &[(&str, &str)] = &[
    ("", "courseid"),
    ("", "course"),
    ("", "contextid"),
    ("", "parentcontextid"),
    ("", "usingcontextid"),
    ("", "questionscontextid"),
    ("", "contextinstanceid"),
    ("", "needsupdate"),
    ("", "nextcron"),
    ("", "uuid"),
    ("", "repeatid"),
    ("", "revision"),
    ("", "stamp"),
    ("", "releasecode"),
    ("", "quizid"),
    // Of blocks that list sections and activities (MAGISTERE-XML §2).
    ("element", "section"),
    ("element", "parentsection"),
    ("element", "created"),
    ("criterion", "badgeid"),
    ("parameter", "critid"),
    ("parameter", "criteriatype"),
    // Where it stands is compared by itself.
    ("section", "sequence"),
    ("section", "number"),
    ("section", "itemid"),
    ("module", "sectionid"),
    ("module", "sectionnumber"),
    // Of old: always 0, and what `visible` was before its section was hidden.
    ("module", "score"),
    ("module", "visibleold"),
    ("event", "sequence"),
    ("event", "timesort"),
    ("grade_category", "path"),
    ("grade_item", "sortorder"),
    ("role", "sortorder"),
    ("enrol", "sortorder"),
    // A mere mark that there is one, or its revision.
    ("group", "picture"),
    // The text of a label again.
    ("label", "name"),
    ("block", "version"),
];

/// Leaves that say where a record stands among its like.
pub(super) const ORDER: &[&str] = &["pagenum", "slot", "position", "sortorder"];

pub(super) fn meaning(record: &str, leaf: &str) -> Meaning {
    if NOTHING.iter().any(|(r, l)| *l == leaf && (r.is_empty() || *r == record)) {
        return Meaning::Nothing;
    }
    if TIMES.contains(&leaf) {
        return Meaning::Time;
    }
    if let Some((.., target)) = LOCAL.iter().find(|(r, l, _)| *r == record && *l == leaf) {
        return Meaning::Local(target);
    }
    match (record, leaf) {
        ("grade_category", "parent") | ("grade_item", "categoryid") => return Meaning::Number(Space::GradeCategory),
        (_, "scale" | "grade" | "gradecat" | "grade_forum") if record != "scale" => return Meaning::Grade,
        // An answer's own `questionid` and `question` are numbers of the activity (questionnaire), those of slots of the bank.
        ("element", "parentid") => return Meaning::Number(Space::Section),
        ("question_instance", "question") => return Meaning::Number(Space::Question),
        _ => {}
    }
    NUMBERS.iter().find(|(name, _)| *name == leaf).map_or(Meaning::Plain, |(_, space)| Meaning::Number(*space))
}

/// Leaves that name a record, the best first.
pub(super) const LABELS: &[&str] = &[
    "fullname",
    "name",
    "itemname",
    "title",
    "shortname",
    "blockname",
    "capability",
    "heading",
    "concept",
    "subject",
    "rawname",
    "filter",
    "enrol",
    "areaname",
    "questionbankentryid",
    "questionid",
    "question",
    "text",
    "content",
    "definition",
    "answer_text",
    "answertext",
    "letter",
    "feedbacktext",
    "description",
    "label",
    "moduleinstance",
    "criteriatype",
    "method",
    "identifier",
    "url",
    "username",
    "userid",
    "roleid",
    "groupid",
    "badgeid",
];
