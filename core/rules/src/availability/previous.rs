//! "The previous activity" of a completion condition.

/// One step through a course, in the order it is shown: each section, followed by its activities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Section number (its id, not its position).
    Section(i64),
    Activity {
        cm: i64,
        tracked: bool,
    },
}

/// The nearest activity with completion before `here`, by course module number; none before the first.
///
/// For an activity that has no completion itself Moodle finds none, although one stands before it: the two are alike here, so
/// that a condition a trainer sees is one that can be met.
pub fn previous(course: &[Step], here: Step) -> Option<i64> {
    let at = course.iter().position(|step| match (step, here) {
        (Step::Section(a), Step::Section(b)) => *a == b,
        (Step::Activity { cm: a, .. }, Step::Activity { cm: b, .. }) => *a == b,
        _ => false,
    })?;
    course.get(..at)?.iter().rev().find_map(|step| match step {
        Step::Activity { cm, tracked: true } => Some(*cm),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSE: [Step; 6] = [
        Step::Section(1),
        Step::Activity { cm: 10, tracked: true },
        Step::Activity { cm: 11, tracked: false },
        Step::Section(2),
        Step::Section(3),
        Step::Activity { cm: 12, tracked: true },
    ];

    #[test]
    fn the_previous_activity_is_the_nearest_one_with_completion() {
        for (here, expected) in [
            (Step::Section(1), None),
            (Step::Activity { cm: 10, tracked: true }, None),
            (Step::Activity { cm: 11, tracked: false }, Some(10)),
            (Step::Section(2), Some(10)),
            (Step::Section(3), Some(10)),
            (Step::Activity { cm: 12, tracked: true }, Some(10)),
            (Step::Activity { cm: 99, tracked: true }, None),
            (Step::Section(9), None),
        ] {
            assert_eq!(previous(&COURSE, here), expected, "{here:?}");
        }
    }

    #[test]
    fn an_activity_is_not_mistaken_for_a_section_of_the_same_number() {
        assert_eq!(previous(&[Step::Activity { cm: 1, tracked: true }, Step::Section(1)], Step::Section(1)), Some(1));
    }
}
