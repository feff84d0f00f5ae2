//! What completes an activity (MBZ-FORMAT §7.3, §7.9).

use crate::capabilities;
use crate::rights::{Rights, Scope};

/// How far a person got, as `completionstate` has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum State {
    #[default]
    Incomplete,
    Complete,
    /// Complete with a passing grade.
    Pass,
    /// Complete, but the grade is below the one to pass.
    Fail,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tracking {
    #[default]
    None,
    /// The person ticks it off.
    Manual,
    /// Conditions decide.
    Automatic,
}

/// The completion columns of an activity. Columns a release did not have are at their default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
    /// `enablecompletion` of the course: without it nothing is tracked.
    pub enabled: bool,
    /// `completion`: 0 none, 1 manual, 2 automatic.
    pub completion: i64,
    /// `completionview`: the activity has to be opened.
    pub view: bool,
    /// `completiongradeitemnumber`: this grade of the activity has to be there.
    pub grade_item: Option<i64>,
    /// `completionpassgrade` {4.0+}: and it has to pass.
    pub pass_grade: bool,
    /// `completionexpected`: when a trainer expects it done, seconds since 1970; 0 is no date.
    pub expected: i64,
}

/// The grade `grade_item` asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grade {
    pub value: f64,
    /// `gradepass` of the item; none where it is 0.
    pub pass: Option<f64>,
    /// The item is hidden from the person: whether the grade passes is not given away.
    pub hidden: bool,
}

/// What a person did in an activity.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress<'a> {
    pub viewed: bool,
    pub grade: Option<Grade>,
    /// The module's own conditions that are switched on (three discussions, an attempt…), each met or not.
    pub rules: &'a [bool],
}

impl State {
    /// From `completionstate`. 4, a failing grade that is hidden, is nothing a store holds; it and anything else is incomplete.
    pub fn from_code(code: i64) -> Self {
        match code {
            1 => State::Complete,
            2 => State::Pass,
            3 => State::Fail,
            _ => State::Incomplete,
        }
    }

    pub fn code(self) -> i64 {
        self as i64
    }
}

impl Settings {
    pub fn tracking(&self) -> Tracking {
        match self.completion {
            1 if self.enabled => Tracking::Manual,
            2 if self.enabled => Tracking::Automatic,
            _ => Tracking::None,
        }
    }

    /// Opening the activity has to be recorded.
    pub fn watches_views(&self) -> bool {
        self.view && self.tracking() == Tracking::Automatic
    }

    /// Opening the activity is all there is to do. `rules`: the module has conditions of its own switched on.
    pub fn view_completes(&self, rules: bool) -> bool {
        self.watches_views() && self.grade_item.is_none() && !rules
    }

    /// The state that follows from what was done. Only automatic tracking has one; a manual state is what the person ticked.
    ///
    /// All conditions must hold; without any, Moodle takes the activity as complete as soon as something happens in it. A failing
    /// grade completes, unless the grade has to pass.
    pub fn decide(&self, progress: &Progress) -> Option<State> {
        if self.tracking() != Tracking::Automatic {
            return None;
        }
        if (self.view && !progress.viewed) || progress.rules.contains(&false) {
            return Some(State::Incomplete);
        }
        Some(if self.grade_item.is_some() { self.by_grade(progress.grade) } else { State::Complete })
    }

    /// Whether a recorded state counts as done, in a progress bar or a report.
    pub fn is_done(&self, state: State) -> bool {
        match state {
            State::Incomplete => false,
            State::Complete | State::Pass => true,
            State::Fail => !self.pass_grade,
        }
    }

    fn by_grade(&self, grade: Option<Grade>) -> State {
        let Some(grade) = grade else { return State::Incomplete };
        let passed = grade.pass.map(|pass| grade.value >= pass);
        match passed {
            // A grade that has to pass, of an item without a grade to pass: any grade reaches 0.
            None => {
                if self.pass_grade {
                    State::Pass
                } else {
                    State::Complete
                }
            }
            Some(_) if grade.hidden && !self.pass_grade => State::Complete,
            Some(true) => State::Pass,
            Some(false) if grade.hidden => State::Incomplete,
            Some(false) => State::Fail,
        }
    }
}

/// Who is followed: whoever has `moodle/course:isincompletionreports` in the course, learners as a rule.
pub fn is_tracked(person: &Rights) -> bool {
    person.may_core(capabilities::IS_IN_COMPLETION_REPORTS, Scope::Course)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AUTOMATIC: Settings = Settings { enabled: true, completion: 2, view: false, grade_item: None, pass_grade: false, expected: 0 };

    #[test]
    fn a_course_without_completion_tracks_nothing() {
        for (enabled, completion, expected) in [
            (true, 0, Tracking::None),
            (true, 1, Tracking::Manual),
            (true, 2, Tracking::Automatic),
            (true, 7, Tracking::None),
            (false, 1, Tracking::None),
            (false, 2, Tracking::None),
        ] {
            assert_eq!(Settings { enabled, completion, ..Settings::default() }.tracking(), expected);
        }
    }

    #[test]
    fn a_view_completes_only_when_nothing_else_is_asked() {
        let view = Settings { view: true, ..AUTOMATIC };
        assert!(view.view_completes(false));
        assert!(!view.view_completes(true));
        assert!(!Settings { grade_item: Some(0), ..view }.view_completes(false));
        assert!(!Settings { completion: 1, ..view }.view_completes(false));
        assert!(Settings { grade_item: Some(0), ..view }.watches_views());
        assert!(!AUTOMATIC.watches_views());
    }

    #[test]
    fn every_condition_must_hold() {
        let view = Settings { view: true, ..AUTOMATIC };
        for (viewed, rules, expected) in [
            (false, &[][..], State::Incomplete),
            (true, &[][..], State::Complete),
            (true, &[true, true][..], State::Complete),
            (true, &[true, false][..], State::Incomplete),
            (false, &[true][..], State::Incomplete),
        ] {
            assert_eq!(view.decide(&Progress { viewed, rules, grade: None }), Some(expected));
        }
    }

    #[test]
    fn a_grade_completes_passes_or_fails() {
        let plain = Settings { grade_item: Some(0), ..AUTOMATIC };
        let must_pass = Settings { pass_grade: true, ..plain };
        let grade = |value, pass, hidden| Some(Grade { value, pass, hidden });
        for (settings, grade, expected) in [
            (plain, None, State::Incomplete),
            (plain, grade(0.0, None, false), State::Complete),
            (plain, grade(12.0, Some(10.0), false), State::Pass),
            (plain, grade(10.0, Some(10.0), false), State::Pass),
            (plain, grade(9.9, Some(10.0), false), State::Fail),
            (plain, grade(9.9, Some(10.0), true), State::Complete),
            (must_pass, grade(12.0, Some(10.0), true), State::Pass),
            (must_pass, grade(9.9, Some(10.0), true), State::Incomplete),
            (must_pass, grade(9.9, Some(10.0), false), State::Fail),
            (must_pass, grade(1.0, None, false), State::Pass),
        ] {
            assert_eq!(settings.decide(&Progress { grade, ..Progress::default() }), Some(expected), "{settings:?} {grade:?}");
        }
    }

    #[test]
    fn a_failed_activity_is_done_unless_it_has_to_be_passed() {
        assert!(AUTOMATIC.is_done(State::Fail));
        assert!(!Settings { pass_grade: true, ..AUTOMATIC }.is_done(State::Fail));
        assert!(!AUTOMATIC.is_done(State::Incomplete));
    }

    #[test]
    fn conditions_decide_nothing_about_a_manual_tick() {
        assert_eq!(Settings { completion: 1, ..AUTOMATIC }.decide(&Progress { viewed: true, ..Progress::default() }), None);
    }

    #[test]
    fn states_keep_their_numbers() {
        for code in 0..=3 {
            assert_eq!(State::from_code(code).code(), code);
        }
        for odd in [-1, 4, 99] {
            assert_eq!(State::from_code(odd), State::Incomplete);
        }
    }
}
