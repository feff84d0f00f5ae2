//! Whose content and which people a person may see (SECURITY F15).
//!
//! Every list, search, export, message and feed asks here; there is no other place that knows about separate groups.

use std::collections::HashSet;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    None,
    Separate,
    Visible,
}

impl Mode {
    /// From `groupmode`. A number Moodle does not use counts as separate groups, the closest of them.
    pub fn from_code(code: i64) -> Self {
        match code {
            0 => Mode::None,
            2 => Mode::Visible,
            _ => Mode::Separate,
        }
    }

    /// The mode of an activity: the course's where the course forces it (`groupmodeforce`), else its own.
    pub fn of_activity(course: Mode, forced: bool, activity: Mode) -> Mode {
        if forced { course } else { activity }
    }
}

/// Groups whose content a person may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All, and what belongs to no group.
    All,
    /// These, and what belongs to everybody.
    Only(HashSet<i64>),
}

/// A person before an activity that has a group mode.
#[derive(Debug, Clone, Copy)]
pub struct Viewer<'a> {
    pub mode: Mode,
    /// Has `moodle/site:accessallgroups`.
    pub all_groups: bool,
    /// Groups the person is a member of.
    pub mine: &'a HashSet<i64>,
    /// Groups of the activity's grouping (or of the course's default grouping); none where it has no grouping.
    pub grouping: Option<&'a HashSet<i64>>,
}

impl Viewer<'_> {
    /// Whose content may be read.
    pub fn reads(&self) -> Reach {
        if self.mode != Mode::Separate || self.all_groups { Reach::All } else { Reach::Only(self.own()) }
    }

    /// As whose member something may be written: visible groups may be read, but not written for by others. With
    /// [`Reach::All`] also for everybody.
    pub fn writes(&self) -> Reach {
        if self.mode == Mode::None || self.all_groups { Reach::All } else { Reach::Only(self.own()) }
    }

    /// Whether something that belongs to `group` may be read. 0 and -1 are no group: meant for everybody.
    pub fn may_read(&self, group: i64) -> bool {
        self.reads().covers(group) || group <= 0
    }

    /// Whether something may be written for `group`; 0 and -1 are everybody.
    pub fn may_write(&self, group: i64) -> bool {
        self.writes().covers(group)
    }

    /// Whether another person, a member of `theirs`, may be seen at all: named, listed, mentioned, found. In separate groups only
    /// who shares a group with them; `themselves`: one always sees oneself.
    pub fn may_see(&self, themselves: bool, theirs: &HashSet<i64>) -> bool {
        themselves
            || match self.reads() {
                Reach::All => true,
                Reach::Only(mine) => !mine.is_disjoint(theirs),
            }
    }

    /// The groups among `all` a page offers to choose from, in that order.
    pub fn choices<'g>(&self, all: &'g [i64]) -> Vec<&'g i64> {
        if self.mode == Mode::None {
            return Vec::new();
        }
        let reach = self.reads();
        all.iter().filter(|g| self.grouping.is_none_or(|grouping| grouping.contains(g)) && reach.covers(**g)).collect()
    }

    fn own(&self) -> HashSet<i64> {
        self.mine.iter().copied().filter(|g| self.grouping.is_none_or(|grouping| grouping.contains(g))).collect()
    }
}

impl Reach {
    pub fn covers(&self, group: i64) -> bool {
        match self {
            Reach::All => true,
            Reach::Only(groups) => groups.contains(&group),
        }
    }
}

/// Who sees that a group exists and who is in it: `visibility` of a group {4.2+}.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Membership {
    /// Everybody sees who is in it.
    #[default]
    All,
    /// Members see each other.
    Members,
    /// A member sees that he is in it, but not who else is.
    Own,
    /// Only who has `moodle/course:viewhiddengroups` knows of it.
    None,
}

impl Membership {
    /// A number Moodle does not use hides the group.
    pub fn from_code(code: i64) -> Self {
        match code {
            0 => Membership::All,
            1 => Membership::Members,
            2 => Membership::Own,
            _ => Membership::None,
        }
    }

    /// Whether the group may be named to a person.
    pub fn names(self, member: bool, view_hidden: bool) -> bool {
        view_hidden
            || match self {
                Membership::All => true,
                Membership::Members | Membership::Own => member,
                Membership::None => false,
            }
    }

    /// Whether its other members may be listed to a person.
    pub fn lists(self, member: bool, view_hidden: bool) -> bool {
        view_hidden
            || match self {
                Membership::All => true,
                Membership::Members => member,
                Membership::Own | Membership::None => false,
            }
    }

    /// Whether the group may take part in activities (`participation`); Moodle lets only groups whose members see each other.
    pub fn participates(self, participation: bool) -> bool {
        participation && matches!(self, Membership::All | Membership::Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(groups: &[i64]) -> HashSet<i64> {
        groups.iter().copied().collect()
    }

    #[test]
    fn a_forced_mode_of_the_course_wins() {
        use Mode::{None, Separate, Visible};
        for (course, forced, activity, expected) in
            [(Separate, true, Visible, Separate), (Separate, false, Visible, Visible), (None, true, Separate, None), (Visible, false, None, None)]
        {
            assert_eq!(Mode::of_activity(course, forced, activity), expected);
        }
        assert_eq!(Mode::from_code(9), Separate);
    }

    #[test]
    fn only_separate_groups_keep_content_apart() {
        let mine = set(&[1]);
        for (mode, all_groups, group, read, write) in [
            (Mode::None, false, 2, true, true),
            (Mode::Visible, false, 2, true, false),
            (Mode::Visible, false, 1, true, true),
            (Mode::Visible, true, 2, true, true),
            (Mode::Separate, false, 1, true, true),
            (Mode::Separate, false, 2, false, false),
            (Mode::Separate, true, 2, true, true),
            (Mode::Separate, false, -1, true, false),
            (Mode::Separate, false, 0, true, false),
            (Mode::Separate, true, -1, true, true),
        ] {
            let viewer = Viewer { mode, all_groups, mine: &mine, grouping: None };
            assert_eq!((viewer.may_read(group), viewer.may_write(group)), (read, write), "{viewer:?} {group}");
        }
    }

    #[test]
    fn a_grouping_narrows_the_groups_that_count() {
        let (mine, grouping) = (set(&[1, 2]), set(&[2, 3]));
        let viewer = Viewer { mode: Mode::Separate, all_groups: false, mine: &mine, grouping: Some(&grouping) };
        assert_eq!(viewer.reads(), Reach::Only(set(&[2])));
        assert!(!viewer.may_read(1));
        assert!(!viewer.may_see(false, &set(&[1])), "group 1 does not count here");
        assert!(viewer.may_see(false, &set(&[1, 2])));
    }

    #[test]
    fn in_separate_groups_only_fellow_members_are_seen() {
        let (mine, nobody) = (set(&[1]), set(&[]));
        let separate = Viewer { mode: Mode::Separate, all_groups: false, mine: &mine, grouping: None };
        for (viewer, themselves, theirs, seen) in [
            (separate, false, &[1, 5][..], true),
            (separate, false, &[5][..], false),
            (separate, false, &[][..], false),
            (separate, true, &[][..], true),
            (Viewer { mine: &nobody, ..separate }, false, &[1][..], false),
            (Viewer { mine: &nobody, ..separate }, false, &[][..], false),
            (Viewer { mode: Mode::Visible, ..separate }, false, &[5][..], true),
            (Viewer { all_groups: true, ..separate }, false, &[5][..], true),
        ] {
            assert_eq!(viewer.may_see(themselves, &set(theirs)), seen, "{viewer:?} {theirs:?}");
        }
    }

    #[test]
    fn a_page_offers_the_groups_of_the_grouping_that_may_be_read() {
        let (mine, grouping) = (set(&[1, 2]), set(&[2, 3]));
        let viewer = Viewer { mode: Mode::Separate, all_groups: false, mine: &mine, grouping: Some(&grouping) };
        assert_eq!(viewer.choices(&[3, 2, 1]), [&2]);
        assert_eq!(Viewer { mode: Mode::Visible, ..viewer }.choices(&[3, 2, 1]), [&3, &2]);
        assert!(Viewer { mode: Mode::None, ..viewer }.choices(&[3, 2, 1]).is_empty());
    }

    #[test]
    fn hidden_groups_are_named_and_listed_to_few() {
        use Membership::{All, Members, None, Own};
        for (membership, member, names, lists) in [
            (All, false, true, true),
            (Members, false, false, false),
            (Members, true, true, true),
            (Own, true, true, false),
            (Own, false, false, false),
            (None, true, false, false),
        ] {
            assert_eq!((membership.names(member, false), membership.lists(member, false)), (names, lists), "{membership:?} {member}");
            assert!(membership.names(member, true) && membership.lists(member, true));
        }
        assert!(!Own.participates(true) && !All.participates(false) && Members.participates(true));
    }
}
