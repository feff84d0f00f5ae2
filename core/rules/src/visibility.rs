//! What of a course a person gets to see: hidden, stealth and restricted sections and activities.

use crate::availability::Verdict;
use crate::capabilities;
use crate::rights::{Rights, Scope};

/// The rights that see through hiding and restrictions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Eyes {
    /// `moodle/course:viewhiddensections`.
    pub hidden_sections: bool,
    /// `moodle/course:viewhiddenactivities`.
    pub hidden_activities: bool,
    /// `moodle/course:ignoreavailabilityrestrictions`.
    pub unrestricted: bool,
}

impl Eyes {
    /// `scope`: the course for its sections, the activity with its own roles and overrides for an activity.
    pub fn of(person: &Rights, scope: Scope) -> Self {
        Eyes {
            hidden_sections: person.may_core(capabilities::VIEW_HIDDEN_SECTIONS, scope),
            hidden_activities: person.may_core(capabilities::VIEW_HIDDEN_ACTIVITIES, scope),
            unrestricted: person.may_core(capabilities::IGNORE_AVAILABILITY_RESTRICTIONS, scope),
        }
    }
}

/// What a person gets of a section or an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Not mentioned, and its address answers as if it were not there.
    Nothing,
    /// On the page, greyed out, with the reason; cannot be entered.
    Greyed,
    /// Not on the page, but its address works (a stealth activity).
    Unlisted,
    /// On the page and open, marked as hidden from learners.
    Dimmed,
    Open,
}

impl Sight {
    /// May be entered.
    pub fn enters(self) -> bool {
        matches!(self, Sight::Unlisted | Sight::Dimmed | Sight::Open)
    }

    /// Stands on the course page.
    pub fn listed(self) -> bool {
        matches!(self, Sight::Greyed | Sight::Dimmed | Sight::Open)
    }
}

/// Whether the course is there at all for a person who takes part in it, or runs the domain: `published`, once brought in, by somebody who may ([`may_publish`]); and
/// `visible` as the archive has it, which those see through who may in Moodle. The door to every page, file and form (SECURITY C19).
pub fn course(published: bool, visible: bool, person: &Rights) -> bool {
    person.admin || published && (visible || person.may_core(capabilities::VIEW_HIDDEN_COURSES, Scope::Course))
}

/// Whether somebody may open a course to its people, or close it again: who sees it while it is closed.
pub fn may_publish(person: &Rights) -> bool {
    person.admin
}

/// A section: `visible`, and what its restriction says about the person.
pub fn section(visible: bool, restriction: &Verdict, eyes: Eyes) -> Sight {
    let hidden = !visible || !restriction.open && !restriction.shown;
    let enters = (visible || eyes.hidden_sections) && (restriction.open || eyes.unrestricted);
    match (enters, hidden) {
        (true, true) => Sight::Dimmed,
        (true, false) => Sight::Open,
        (false, false) => Sight::Greyed,
        (false, true) => Sight::Nothing,
    }
}

/// An activity's own settings, and what its restriction says about the person.
#[derive(Debug, Clone, Copy)]
pub struct Activity<'a> {
    pub visible: bool,
    /// `visibleoncoursepage` {3.3+}; true in older releases.
    pub on_course_page: bool,
    pub restriction: &'a Verdict,
}

/// An activity inside a section that is `section` to the same person. Where the section cannot be entered, nothing in it can,
/// and nothing in it is mentioned.
pub fn activity(activity: Activity, section: Sight, eyes: Eyes) -> Sight {
    let Activity { visible, on_course_page, restriction } = activity;
    if !section.enters() {
        return Sight::Nothing;
    }
    let hidden = !visible || !restriction.open && !restriction.shown;
    let enters = (visible || eyes.hidden_activities) && (restriction.open || eyes.unrestricted);
    match (enters, on_course_page) {
        (true, false) if eyes.hidden_activities => Sight::Dimmed,
        (true, false) => Sight::Unlisted,
        (true, true) if hidden => Sight::Dimmed,
        (true, true) => Sight::Open,
        (false, true) if !hidden => Sight::Greyed,
        (false, _) => Sight::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEARNER: Eyes = Eyes { hidden_sections: false, hidden_activities: false, unrestricted: false };
    const TEACHER: Eyes = Eyes { hidden_sections: false, hidden_activities: true, unrestricted: true };
    const EDITOR: Eyes = Eyes { hidden_sections: true, hidden_activities: true, unrestricted: true };
    const OPEN: &Verdict = &Verdict::OPEN;
    const HIDDEN: &Verdict = &Verdict::HIDDEN;
    const EXPLAINED: &Verdict = &Verdict { open: false, shown: true, unmet: None };

    #[test]
    fn a_course_is_there_once_it_is_published_and_a_hidden_one_for_those_who_teach() {
        use crate::rights::{Archetype, Held, Role};
        let of =
            |archetype| Rights { held: vec![Held { role: Role { number: 1, archetype: Some(archetype) }, at: Scope::Course }], ..Rights::default() };
        let admin = Rights { admin: true, ..Rights::default() };
        for (published, visible, person, expected) in [
            (true, true, of(Archetype::Student), true),
            (true, false, of(Archetype::Student), false),
            (true, false, of(Archetype::Teacher), true),
            (false, true, of(Archetype::Student), false),
            (false, true, of(Archetype::Manager), false),
            (false, false, admin, true),
        ] {
            assert_eq!(course(published, visible, &person), expected, "{published} {visible} {person:?}");
        }
        assert!(!may_publish(&of(Archetype::Manager)));
    }

    #[test]
    fn a_section_is_open_greyed_or_not_there() {
        for (visible, restriction, eyes, expected) in [
            (true, OPEN, LEARNER, Sight::Open),
            (false, OPEN, LEARNER, Sight::Nothing),
            (true, EXPLAINED, LEARNER, Sight::Greyed),
            (true, HIDDEN, LEARNER, Sight::Nothing),
            (false, EXPLAINED, LEARNER, Sight::Nothing),
            (false, OPEN, TEACHER, Sight::Nothing),
            (true, HIDDEN, TEACHER, Sight::Dimmed),
            (false, OPEN, EDITOR, Sight::Dimmed),
            (true, EXPLAINED, EDITOR, Sight::Open),
        ] {
            assert_eq!(section(visible, restriction, eyes), expected, "{visible} {restriction:?} {eyes:?}");
        }
    }

    #[test]
    fn an_activity_is_open_greyed_unlisted_or_not_there() {
        for (visible, on_course_page, restriction, eyes, expected) in [
            (true, true, OPEN, LEARNER, Sight::Open),
            (true, false, OPEN, LEARNER, Sight::Unlisted),
            (false, true, OPEN, LEARNER, Sight::Nothing),
            (false, false, OPEN, LEARNER, Sight::Nothing),
            (true, true, EXPLAINED, LEARNER, Sight::Greyed),
            (true, false, EXPLAINED, LEARNER, Sight::Nothing),
            (true, true, HIDDEN, LEARNER, Sight::Nothing),
            (false, true, EXPLAINED, LEARNER, Sight::Nothing),
            (true, false, OPEN, TEACHER, Sight::Dimmed),
            (false, true, OPEN, TEACHER, Sight::Dimmed),
            (true, true, HIDDEN, TEACHER, Sight::Dimmed),
            (true, true, EXPLAINED, TEACHER, Sight::Open),
        ] {
            let seen = activity(Activity { visible, on_course_page, restriction }, Sight::Open, eyes);
            assert_eq!(seen, expected, "{visible} {on_course_page} {restriction:?} {eyes:?}");
        }
    }

    #[test]
    fn nothing_in_a_closed_section_is_mentioned() {
        let open = Activity { visible: true, on_course_page: true, restriction: OPEN };
        assert_eq!(activity(open, Sight::Greyed, LEARNER), Sight::Nothing);
        assert_eq!(activity(open, Sight::Nothing, EDITOR), Sight::Nothing);
        assert_eq!(activity(open, Sight::Dimmed, EDITOR), Sight::Open);
    }
}
