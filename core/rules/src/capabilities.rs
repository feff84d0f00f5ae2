//! Moodle's own capabilities that something here asks for, with the archetypes a fresh Moodle gives them to.
//!
//! A module's capabilities are in its declaration; these belong to the house. A declaration that asks for another core capability
//! finds none here, and none is granted.

use crate::rights::Archetype;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capability {
    /// As Moodle writes it: `moodle/course:view`.
    pub name: &'static str,
    pub archetypes: &'static [Archetype],
}

/// By Moodle's name.
pub fn core(name: &str) -> Option<Capability> {
    ALL.iter().find(|c| c.name == name).copied()
}

use Archetype::{CourseCreator, EditingTeacher, Frontpage, Guest, Manager, Student, Teacher, User};

macro_rules! capabilities {
    ($($(#[$doc:meta])* $constant:ident = $name:literal: $archetypes:expr;)*) => {
        $($(#[$doc])* pub const $constant: Capability = Capability { name: $name, archetypes: &$archetypes };)*
        pub const ALL: &[Capability] = &[$($constant),*];
    };
}

capabilities! {
    /// Enter a course without being enrolled in it.
    COURSE_VIEW = "moodle/course:view": [Manager];
    COURSE_CREATE = "moodle/course:create": [CourseCreator, Manager];
    COURSE_UPDATE = "moodle/course:update": [EditingTeacher, Manager];
    COURSE_DELETE = "moodle/course:delete": [Manager];
    COURSE_VISIBILITY = "moodle/course:visibility": [EditingTeacher, Manager];
    VIEW_HIDDEN_COURSES = "moodle/course:viewhiddencourses": [CourseCreator, Teacher, EditingTeacher, Manager];
    VIEW_HIDDEN_SECTIONS = "moodle/course:viewhiddensections": [EditingTeacher, Manager];
    VIEW_HIDDEN_ACTIVITIES = "moodle/course:viewhiddenactivities": [Teacher, EditingTeacher, Manager];
    IGNORE_AVAILABILITY_RESTRICTIONS = "moodle/course:ignoreavailabilityrestrictions":
        [Manager, CourseCreator, EditingTeacher, Teacher];
    MANAGE_ACTIVITIES = "moodle/course:manageactivities": [EditingTeacher, Manager];
    ACTIVITY_VISIBILITY = "moodle/course:activityvisibility": [EditingTeacher, Manager];
    SECTION_VISIBILITY = "moodle/course:sectionvisibility": [EditingTeacher, Manager];
    MOVE_SECTIONS = "moodle/course:movesections": [EditingTeacher, Manager];
    MANAGE_FILES = "moodle/course:managefiles": [EditingTeacher, Manager];
    MANAGE_GROUPS = "moodle/course:managegroups": [EditingTeacher, Manager];
    VIEW_HIDDEN_GROUPS = "moodle/course:viewhiddengroups": [Teacher, EditingTeacher, Manager];
    VIEW_PARTICIPANTS = "moodle/course:viewparticipants": [Student, Teacher, EditingTeacher, Manager];
    VIEW_HIDDEN_USER_FIELDS = "moodle/course:viewhiddenuserfields": [Teacher, EditingTeacher, Manager];
    VIEW_SUSPENDED_USERS = "moodle/course:viewsuspendedusers": [EditingTeacher, Manager];
    ENROL_REVIEW = "moodle/course:enrolreview": [EditingTeacher, Manager];
    ENROL_CONFIG = "moodle/course:enrolconfig": [EditingTeacher, Manager];
    COURSE_RESET = "moodle/course:reset": [EditingTeacher, Manager];
    /// Is followed in completion reports.
    IS_IN_COMPLETION_REPORTS = "moodle/course:isincompletionreports": [Student];
    OVERRIDE_COMPLETION = "moodle/course:overridecompletion": [Teacher, EditingTeacher, Manager];
    MARK_COMPLETE = "moodle/course:markcomplete": [Teacher, EditingTeacher, Manager];
    VIEW_SCALES = "moodle/course:viewscales": [Student, Teacher, EditingTeacher, Manager];
    IGNORE_FILE_SIZE_LIMITS = "moodle/course:ignorefilesizelimits": [];
    ACCESS_ALL_GROUPS = "moodle/site:accessallgroups": [EditingTeacher, Manager];
    VIEW_FULL_NAMES = "moodle/site:viewfullnames": [Teacher, EditingTeacher, Manager];
    VIEW_USER_IDENTITY = "moodle/site:viewuseridentity": [Teacher, EditingTeacher, Manager];
    VIEW_REPORTS = "moodle/site:viewreports": [Teacher, EditingTeacher, Manager];
    MANAGE_BLOCKS = "moodle/site:manageblocks": [EditingTeacher, Manager];
    BACKUP_COURSE = "moodle/backup:backupcourse": [EditingTeacher, Manager];
    BACKUP_ACTIVITY = "moodle/backup:backupactivity": [EditingTeacher, Manager];
    /// Take people and their work along.
    BACKUP_USERINFO = "moodle/backup:userinfo": [Manager];
    BACKUP_ANONYMISE = "moodle/backup:anonymise": [Manager];
    BACKUP_DOWNLOAD_FILE = "moodle/backup:downloadfile": [EditingTeacher, Manager];
    RESTORE_COURSE = "moodle/restore:restorecourse": [EditingTeacher, Manager];
    RESTORE_ACTIVITY = "moodle/restore:restoreactivity": [EditingTeacher, Manager];
    RESTORE_USERINFO = "moodle/restore:userinfo": [Manager];
    RESTORE_CREATE_USER = "moodle/restore:createuser": [Manager];
    RESTORE_UPLOAD_FILE = "moodle/restore:uploadfile": [EditingTeacher, Manager];
    ROLE_ASSIGN = "moodle/role:assign": [EditingTeacher, Manager];
    ROLE_OVERRIDE = "moodle/role:override": [Manager];
    ROLE_SWITCH = "moodle/role:switchroles": [EditingTeacher, Manager];
    USER_VIEW_DETAILS = "moodle/user:viewdetails": [Guest, Student, Teacher, EditingTeacher, Manager];
    USER_VIEW_HIDDEN_DETAILS = "moodle/user:viewhiddendetails": [Teacher, EditingTeacher, Manager];
    GRADE_VIEW = "moodle/grade:view": [Student];
    GRADE_VIEW_ALL = "moodle/grade:viewall": [Teacher, EditingTeacher, Manager];
    GRADE_VIEW_HIDDEN = "moodle/grade:viewhidden": [Teacher, EditingTeacher, Manager];
    GRADE_EDIT = "moodle/grade:edit": [EditingTeacher, Manager];
    GRADE_MANAGE = "moodle/grade:manage": [EditingTeacher, Manager];
    GRADE_EXPORT = "moodle/grade:export": [Teacher, EditingTeacher, Manager];
    CALENDAR_MANAGE_ENTRIES = "moodle/calendar:manageentries": [Teacher, EditingTeacher, Manager];
    COMMENT_VIEW = "moodle/comment:view": [Frontpage, Guest, User, Student, Teacher, EditingTeacher, Manager];
    COMMENT_POST = "moodle/comment:post": [User, Student, Teacher, EditingTeacher, Manager];
    COMMENT_DELETE = "moodle/comment:delete": [EditingTeacher, Manager];
    RATING_VIEW = "moodle/rating:view": [User, Student, Teacher, EditingTeacher, Manager];
    RATING_VIEW_ANY = "moodle/rating:viewany": [User, Student, Teacher, EditingTeacher, Manager];
    RATING_VIEW_ALL = "moodle/rating:viewall": [User, Student, Teacher, EditingTeacher, Manager];
    RATING_RATE = "moodle/rating:rate": [User, Student, Teacher, EditingTeacher, Manager];
    QUESTION_ADD = "moodle/question:add": [EditingTeacher, Manager];
    QUESTION_USE_ALL = "moodle/question:useall": [EditingTeacher, Manager];
    QUESTION_VIEW_ALL = "moodle/question:viewall": [EditingTeacher, Manager];
    QUESTION_EDIT_ALL = "moodle/question:editall": [EditingTeacher, Manager];
    QUESTION_FLAG = "moodle/question:flag": [Student, Teacher, EditingTeacher, Manager];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_core_capability_is_found_by_its_name() {
        assert_eq!(core("moodle/site:accessallgroups"), Some(ACCESS_ALL_GROUPS));
        assert_eq!(core("moodle/site:config"), None);
    }

    #[test]
    fn no_capability_is_listed_twice() {
        let names: std::collections::HashSet<_> = ALL.iter().map(|c| c.name).collect();
        assert_eq!(names.len(), ALL.len());
    }

    #[test]
    fn nothing_that_writes_a_course_is_given_to_learners_or_guests() {
        for capability in ALL {
            let writes = ["manage", "update", "delete", "restore", "backup", "override", "assign", "edit"];
            if writes.iter().any(|w| capability.name.contains(w)) {
                for archetype in [Student, Guest, User, Frontpage] {
                    assert!(!capability.archetypes.contains(&archetype), "{}", capability.name);
                }
            }
        }
    }
}
