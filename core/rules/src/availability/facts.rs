//! What has to be known to decide.

use std::collections::{HashMap, HashSet};

use super::tree::Field;
use crate::completion::State;

/// What is so for one person in one course at one moment. Gathered once, it decides for every section and activity of the course.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Seconds since 1970.
    pub now: i64,
    /// Every activity of the course by course module number; [`State::Incomplete`] where nothing is recorded. An activity that is
    /// not here does not exist, and no condition on it is ever met.
    pub completion: HashMap<i64, State>,
    /// Final grade by grade item number, in percent of the item's range. An item without a grade is left out.
    pub grades: HashMap<i64, f64>,
    /// Groups the person is a member of.
    pub groups: HashSet<i64>,
    /// Groupings that hold at least one of these groups.
    pub groupings: HashSet<i64>,
    /// Has `moodle/site:accessallgroups`: no condition on groups applies.
    pub all_groups: bool,
    /// The person's fields, empty ones as `""`. A field that is not here does not exist, and no condition on it is met unless negated.
    pub profile: HashMap<Field, String>,
}

impl Facts {
    /// What [`Facts::grades`] holds: where a final grade lies in the range it was given in (`rawgrademin` and `rawgrademax` of the
    /// grade, MBZ-FORMAT §8.4). None where the range is empty, or something is not a number.
    pub fn percent(finalgrade: f64, min: f64, max: f64) -> Option<f64> {
        let percent = (finalgrade - min) * 100.0 / (max - min);
        percent.is_finite().then_some(percent)
    }
}

/// Where the restriction stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Course module number of the activity that counts as the one before, as [`previous`](super::previous) finds it.
    pub previous: Option<i64>,
    /// Grouping in the activity's own settings.
    pub grouping: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_is_a_part_of_its_range() {
        for (grade, min, max, percent) in [
            (7.0, 0.0, 10.0, Some(70.0)),
            (15.0, 10.0, 20.0, Some(50.0)),
            (0.0, 0.0, 100.0, Some(0.0)),
            (12.0, 0.0, 10.0, Some(120.0)),
            (5.0, 10.0, 10.0, None),
            (f64::NAN, 0.0, 10.0, None),
        ] {
            assert_eq!(Facts::percent(grade, min, max), percent, "{grade} in {min}..{max}");
        }
    }
}
