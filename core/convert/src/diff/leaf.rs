//! What a leaf says that counts, by its name (MBZ-FORMAT §15.9). What its number is a number of is for [`parcours_mbz::numbers`] to say.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A moment of work on the course; compared only when asked.
    Time,
    /// Says nothing that is not said elsewhere, or is of the first site only.
    Nothing,
    /// A value, which may be a number of something.
    Value,
}

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
    Meaning::Value
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
