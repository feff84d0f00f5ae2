//! What a stock Moodle has: the plug-ins that come with it, by kind and release. All lists are in the order of the alphabet.
//!
//! The lists hold what any of the [targets](Release) has; what is not in all of them stands in [`CAME`] and [`WENT`], with the release that brought it or took it out.

use crate::Release;
use serde::Serialize;

/// A kind of plug-in whose name stands in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plugin {
    Module,
    Block,
    QuestionType,
    Format,
    Enrolment,
    Filter,
    Condition,
    Grading,
    /// Of an assignment, a workshop, a quiz …: `assignsubmission_onlinetext`. Names with their prefix.
    Other,
}

impl Plugin {
    /// Moodle's name for such a plug-in: `mod_quiz`, `qtype_stack`.
    pub fn component(self, name: &str) -> String {
        let prefix = match self {
            Plugin::Module => "mod",
            Plugin::Block => "block",
            Plugin::QuestionType => "qtype",
            Plugin::Format => "format",
            Plugin::Enrolment => "enrol",
            Plugin::Filter => "filter",
            Plugin::Condition => "availability",
            Plugin::Grading => "gradingform",
            Plugin::Other => return name.to_owned(),
        };
        format!("{prefix}_{name}")
    }

    /// Whether one of this name comes with a stock Moodle 5.1.
    pub fn is_stock(self, name: &str) -> bool {
        has(Release::default(), self, name)
    }

    /// Whether one of this name came with another stock Moodle, and does not with this one.
    pub fn is_elsewhere(self, release: Release, name: &str) -> bool {
        is_in(self.list(), name) && !has(release, self, name)
    }

    fn list(self) -> &'static [&'static str] {
        match self {
            Plugin::Module => MODULES,
            Plugin::Block => BLOCKS,
            Plugin::QuestionType => QUESTION_TYPES,
            Plugin::Format => FORMATS,
            Plugin::Enrolment => ENROLMENTS,
            Plugin::Filter => FILTERS,
            Plugin::Condition => CONDITIONS,
            Plugin::Grading => GRADINGS,
            Plugin::Other => OTHERS,
        }
    }
}

/// The first target that has it. `ordering` came with 4.4, `subsection` with 4.5, `qbank` with 5.0, `codehighlighter` with 4.3.
const CAME: &[(Plugin, &str, Release)] = &[
    (Plugin::Module, "subsection", Release::M45),
    (Plugin::Module, "qbank", Release::M51),
    (Plugin::QuestionType, "ordering", Release::M45),
    (Plugin::Filter, "codehighlighter", Release::M45),
];

/// The first target that no longer has it. `assignment` went with 4.2, `tidy` with 4.5, `chat` and `survey` with 5.0.
const WENT: &[(Plugin, &str, Release)] = &[
    (Plugin::Module, "assignment", Release::M45),
    (Plugin::Module, "chat", Release::M51),
    (Plugin::Module, "survey", Release::M51),
    (Plugin::Filter, "tidy", Release::M45),
];

/// Whether a stock Moodle of this release has the plug-in.
pub fn has(target: Release, kind: Plugin, name: &str) -> bool {
    let of = |list: &[(Plugin, &str, Release)]| list.iter().find(|(k, n, _)| *k == kind && *n == name).map(|(_, _, at)| *at);
    is_in(kind.list(), name) && of(CAME).is_none_or(|first| target >= first) && of(WENT).is_none_or(|gone| target < gone)
}

/// Whether all targets have it.
pub(crate) fn everywhere(kind: Plugin, name: &str) -> bool {
    Release::ALL.into_iter().all(|t| has(t, kind, name))
}

/// Activity modules.
const MODULES: &[&str] = &[
    "assign",
    "assignment",
    "bigbluebuttonbn",
    "book",
    "chat",
    "choice",
    "data",
    "feedback",
    "folder",
    "forum",
    "glossary",
    "h5pactivity",
    "imscp",
    "label",
    "lesson",
    "lti",
    "page",
    "qbank",
    "quiz",
    "resource",
    "scorm",
    "subsection",
    "survey",
    "url",
    "wiki",
    "workshop",
];

const BLOCKS: &[&str] = &[
    "accessreview",
    "activity_modules",
    "activity_results",
    "admin_bookmarks",
    "badges",
    "blog_menu",
    "blog_recent",
    "blog_tags",
    "calendar_month",
    "calendar_upcoming",
    "comments",
    "completionstatus",
    "course_list",
    "course_summary",
    "feedback",
    "globalsearch",
    "glossary_random",
    "html",
    "login",
    "lp",
    "mentees",
    "mnet_hosts",
    "myoverview",
    "myprofile",
    "navigation",
    "news_items",
    "online_users",
    "private_files",
    "recent_activity",
    "recentlyaccessedcourses",
    "recentlyaccesseditems",
    "rss_client",
    "search_forums",
    "section_links",
    "selfcompletion",
    "settings",
    "site_main_menu",
    "social_activities",
    "starredcourses",
    "tag_flickr",
    "tag_youtube",
    "tags",
    "timeline",
];

/// Question types. `random` is read and made a slot of the quiz (MBZ-FORMAT §10.3).
const QUESTION_TYPES: &[&str] = &[
    "calculated",
    "calculatedmulti",
    "calculatedsimple",
    "ddimageortext",
    "ddmarker",
    "ddwtos",
    "description",
    "essay",
    "gapselect",
    "match",
    "missingtype",
    "multianswer",
    "multichoice",
    "numerical",
    "ordering",
    "random",
    "randomsamatch",
    "shortanswer",
    "truefalse",
];

const FORMATS: &[&str] = &["singleactivity", "site", "social", "topics", "weeks"];

const ENROLMENTS: &[&str] =
    &["category", "cohort", "database", "fee", "flatfile", "guest", "imsenterprise", "ldap", "lti", "manual", "meta", "mnet", "paypal", "self"];

const FILTERS: &[&str] = &[
    "activitynames",
    "algebra",
    "codehighlighter",
    "data",
    "displayh5p",
    "emailprotect",
    "emoticon",
    "glossary",
    "mathjaxloader",
    "mediaplugin",
    "multilang",
    "tex",
    "tidy",
    "urltolink",
];

const CONDITIONS: &[&str] = &["completion", "date", "grade", "group", "grouping", "profile"];

/// Advanced grading methods.
const GRADINGS: &[&str] = &["guide", "rubric"];

/// Plug-ins of other kinds that bring records into a backup, and the parts of the core that write theirs the same way.
const OTHERS: &[&str] = &[
    "assignfeedback_comments",
    "assignfeedback_editpdf",
    "assignfeedback_file",
    "assignsubmission_comments",
    "assignsubmission_file",
    "assignsubmission_onlinetext",
    "enrol_lti",
    "ltiservice_gradebookservices",
    "qbank_comment",
    "qbank_customfields",
    "quizaccess_seb",
    "workshopeval_best",
    "workshopform_accumulative",
    "workshopform_comments",
    "workshopform_numerrors",
    "workshopform_rubric",
];

/// Short names and archetypes of roles.
pub(super) const ROLES: &[&str] = &["coursecreator", "editingteacher", "frontpage", "guest", "manager", "student", "teacher", "user"];

/// Names that accounts of two sites are likely to share: every site has the first two, and trial sites have the others.
pub(super) const COMMON_USERNAMES: &[&str] = &["admin", "administrator", "guest", "student", "student1", "student2", "teacher", "teacher1", "test"];

pub(super) fn is_in(list: &[&str], name: &str) -> bool {
    list.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_the_order_of_the_alphabet() {
        let kinds = [
            Plugin::Module,
            Plugin::Block,
            Plugin::QuestionType,
            Plugin::Format,
            Plugin::Enrolment,
            Plugin::Filter,
            Plugin::Condition,
            Plugin::Grading,
            Plugin::Other,
        ];
        for list in kinds.iter().map(|k| k.list()).chain([ROLES, COMMON_USERNAMES]) {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn what_came_or_went_is_in_its_list() {
        for (kind, name, _) in CAME.iter().chain(WENT) {
            assert!(is_in(kind.list(), name) && !everywhere(*kind, name), "{name}");
        }
    }

    #[test]
    fn releases_differ_in_what_they_have() {
        let of = |name| Release::ALL.map(|t| has(t, Plugin::Module, name));
        assert_eq!(of("quiz"), [true, true, true]);
        assert_eq!(of("assignment"), [true, false, false]);
        assert_eq!(of("chat"), [true, true, false]);
        assert_eq!(of("subsection"), [false, true, true]);
        assert_eq!(of("qbank"), [false, false, true]);
        assert_eq!(of("questionnaire"), [false, false, false]);
        assert!(!has(Release::M41, Plugin::QuestionType, "ordering") && has(Release::M45, Plugin::QuestionType, "ordering"));
        assert_eq!(Plugin::QuestionType.component("stack"), "qtype_stack");
    }
}
