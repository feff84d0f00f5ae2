//! What there is to say; each language says all of it, or does not compile.

use crate::availability::ProfileOp;

/// `{0}` in a language's phrase is where the name or value goes. `hidden`: the item is not shown to who fails this.
#[derive(Debug, Clone, Copy)]
pub(super) enum Phrase {
    RootAll {
        hidden: bool,
    },
    RootAny {
        hidden: bool,
    },
    All {
        hidden: bool,
    },
    Any {
        hidden: bool,
    },
    HiddenOtherwise,
    /// `alone`: a sentence of its own, not an item of a list. `day`: to the end of a day, not to a time of it.
    From {
        alone: bool,
    },
    Until {
        day: bool,
        alone: bool,
    },
    /// Subjects of the completion phrases that follow.
    Activity,
    PreviousActivity,
    MissingActivity,
    Complete,
    Incomplete,
    Pass {
        not: bool,
    },
    Fail {
        not: bool,
    },
    AnyGrade {
        not: bool,
    },
    GradeAtLeast,
    GradeBelow,
    GradeWithin,
    NotTheseGrades,
    /// Objects of the grade phrases before.
    GradeItem,
    MissingGradeItem,
    /// Percents, in brackets.
    AtLeast,
    Below,
    Within,
    AnyGroup {
        not: bool,
    },
    Group {
        not: bool,
    },
    MissingGroup {
        not: bool,
    },
    Grouping {
        not: bool,
    },
    MissingGrouping {
        not: bool,
    },
    /// Subject of the profile phrases.
    Field,
    Profile {
        op: ProfileOp,
        not: bool,
    },
    Unknown,
    Unreadable,
}
