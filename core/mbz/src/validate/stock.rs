//! What a stock Moodle 5.1 has: the plug-ins that come with it, by kind. All lists are in the order of the alphabet.

/// Activity modules. `chat` and `survey` went with 5.0, `assignment` long before.
pub(super) const MODULES: &[&str] = &[
    "assign",
    "bigbluebuttonbn",
    "book",
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
    "url",
    "wiki",
    "workshop",
];

pub(super) const BLOCKS: &[&str] = &[
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
pub(super) const QUESTION_TYPES: &[&str] = &[
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

pub(super) const FORMATS: &[&str] = &["singleactivity", "site", "social", "topics", "weeks"];

pub(super) const ENROLMENTS: &[&str] =
    &["category", "cohort", "database", "fee", "flatfile", "guest", "imsenterprise", "ldap", "lti", "manual", "meta", "mnet", "paypal", "self"];

pub(super) const FILTERS: &[&str] = &[
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
    "urltolink",
];

pub(super) const CONDITIONS: &[&str] = &["completion", "date", "grade", "group", "grouping", "profile"];

/// Short names and archetypes of roles.
pub(super) const ROLES: &[&str] = &["coursecreator", "editingteacher", "frontpage", "guest", "manager", "student", "teacher", "user"];

/// Names that accounts of two sites are likely to share: every site has the first two, and trial sites have the others.
pub(super) const COMMON_USERNAMES: &[&str] = &["admin", "administrator", "guest", "student", "student1", "student2", "teacher", "teacher1", "test"];

/// Versions of 5.1 are 20251006 and two digits; any later branch has a later date.
pub(super) const AFTER: u64 = 2_025_100_700;

/// A kind of plug-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plugin {
    Module,
    Block,
    QuestionType,
    Format,
    Enrolment,
    Filter,
    Condition,
}

impl Plugin {
    /// Whether one of this name comes with a stock Moodle 5.1.
    pub fn is_stock(self, name: &str) -> bool {
        let list = match self {
            Plugin::Module => MODULES,
            Plugin::Block => BLOCKS,
            Plugin::QuestionType => QUESTION_TYPES,
            Plugin::Format => FORMATS,
            Plugin::Enrolment => ENROLMENTS,
            Plugin::Filter => FILTERS,
            Plugin::Condition => CONDITIONS,
        };
        has(list, name)
    }
}

pub(super) fn has(list: &[&str], name: &str) -> bool {
    list.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_the_order_of_the_alphabet() {
        for list in [MODULES, BLOCKS, QUESTION_TYPES, FORMATS, ENROLMENTS, FILTERS, CONDITIONS, ROLES, COMMON_USERNAMES] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
