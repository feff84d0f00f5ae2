//! Conditions stand after "unless".

use super::phrase::Phrase;
use crate::availability::ProfileOp;

pub(super) fn phrase(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::RootAll { hidden: false } => "Not available unless:",
        Phrase::RootAll { hidden: true } => "Not available (hidden) unless:",
        Phrase::RootAny { hidden: false } => "Not available unless any of:",
        Phrase::RootAny { hidden: true } => "Not available (hidden) unless any of:",
        Phrase::All { hidden: false } => "all of:",
        Phrase::All { hidden: true } => "all of (hidden otherwise):",
        Phrase::Any { hidden: false } => "any of:",
        Phrase::Any { hidden: true } => "any of (hidden otherwise):",
        Phrase::HiddenOtherwise => "(hidden otherwise)",
        Phrase::From { alone: true } => "Available from {0}",
        Phrase::From { alone: false } => "it is on or after {0}",
        Phrase::Until { day: true, alone: true } => "Available until the end of {0}",
        Phrase::Until { day: false, alone: true } => "Available until {0}",
        Phrase::Until { day: true, alone: false } => "it is before the end of {0}",
        Phrase::Until { day: false, alone: false } => "it is before {0}",
        Phrase::Activity => "the activity “{0}”",
        Phrase::PreviousActivity => "the previous activity",
        Phrase::MissingActivity => "an activity missing from the course",
        Phrase::Complete => "is complete",
        Phrase::Incomplete => "is not complete",
        Phrase::Pass { not: false } => "is complete and passed",
        Phrase::Pass { not: true } => "is not complete and passed",
        Phrase::Fail { not: false } => "is complete and failed",
        Phrase::Fail { not: true } => "is not complete and failed",
        Phrase::AnyGrade { not: false } => "you have a grade in",
        Phrase::AnyGrade { not: true } => "you have no grade in",
        Phrase::GradeAtLeast => "you get a high enough grade in",
        Phrase::GradeBelow => "you get a grade below a certain threshold in",
        Phrase::GradeWithin => "you get a grade within a certain range in",
        Phrase::NotTheseGrades => "you do not get certain grades in",
        Phrase::GradeItem => "“{0}”",
        Phrase::MissingGradeItem => "a grade item missing from the course",
        Phrase::AtLeast => "(at least {0}%)",
        Phrase::Below => "(below {0}%)",
        Phrase::Within => "(at least {0}%, below {1}%)",
        Phrase::AnyGroup { not: false } => "you belong to a group",
        Phrase::AnyGroup { not: true } => "you belong to no group",
        Phrase::Group { not: false } => "you belong to the group “{0}”",
        Phrase::Group { not: true } => "you do not belong to the group “{0}”",
        Phrase::MissingGroup { not: false } => "you belong to a group missing from the course",
        Phrase::MissingGroup { not: true } => "you do not belong to a group missing from the course",
        Phrase::Grouping { not: false } => "you belong to a group in the grouping “{0}”",
        Phrase::Grouping { not: true } => "you belong to no group in the grouping “{0}”",
        Phrase::MissingGrouping { not: false } => "you belong to a group in a grouping missing from the course",
        Phrase::MissingGrouping { not: true } => "you belong to no group in a grouping missing from the course",
        Phrase::Field => "the field “{0}” of your profile",
        Phrase::Profile { op, not } => profile(op, not),
        Phrase::Unknown => "a condition of a type unknown here (“{0}”) is met",
        Phrase::Unreadable => "a condition that cannot be read is met",
    }
}

fn profile(op: ProfileOp, not: bool) -> &'static str {
    match (op, not) {
        (ProfileOp::IsEqualTo, false) => "is “{0}”",
        (ProfileOp::IsEqualTo, true) => "is not “{0}”",
        (ProfileOp::Contains, false) | (ProfileOp::DoesNotContain, true) => "contains “{0}”",
        (ProfileOp::DoesNotContain, false) | (ProfileOp::Contains, true) => "does not contain “{0}”",
        (ProfileOp::StartsWith, false) => "starts with “{0}”",
        (ProfileOp::StartsWith, true) => "does not start with “{0}”",
        (ProfileOp::EndsWith, false) => "ends with “{0}”",
        (ProfileOp::EndsWith, true) => "does not end with “{0}”",
        (ProfileOp::IsEmpty, false) | (ProfileOp::IsNotEmpty, true) => "is empty",
        (ProfileOp::IsNotEmpty, false) | (ProfileOp::IsEmpty, true) => "is not empty",
    }
}
