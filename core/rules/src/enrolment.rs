//! Who takes part in a course, at a time.

/// One way into the course: an `enrol` of `enrolments.xml`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Instance {
    /// 0 is enabled; anything else shuts out all who came this way.
    pub status: i64,
}

/// One person's `enrolment` under it. Times in seconds since 1970, 0 is no bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Enrolment {
    /// 0 is active, anything else suspended.
    pub status: i64,
    pub timestart: i64,
    pub timeend: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Suspended, or the way in is disabled.
    Suspended,
    Ended,
    /// Begins later.
    Future,
    Active,
}

impl Enrolment {
    pub fn standing(&self, instance: &Instance, now: i64) -> Standing {
        if instance.status != 0 || self.status != 0 {
            Standing::Suspended
        } else if self.timeend != 0 && self.timeend <= now {
            Standing::Ended
        } else if self.timestart > now {
            Standing::Future
        } else {
            Standing::Active
        }
    }

    pub fn is_active(&self, instance: &Instance, now: i64) -> bool {
        self.standing(instance, now) == Standing::Active
    }
}

/// The best of a person's ways in; none where there is no enrolment at all. One active enrolment is enough.
pub fn standing<'a>(enrolments: impl IntoIterator<Item = (&'a Instance, &'a Enrolment)>, now: i64) -> Option<Standing> {
    enrolments.into_iter().map(|(instance, enrolment)| enrolment.standing(instance, now)).max()
}

/// When a standing may next change by the clock alone: the nearest start or end after `now`.
pub fn next_change<'a>(enrolments: impl IntoIterator<Item = &'a Enrolment>, now: i64) -> Option<i64> {
    enrolments.into_iter().flat_map(|e| [e.timestart, e.timeend]).filter(|at| *at > now).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENABLED: Instance = Instance { status: 0 };
    const DISABLED: Instance = Instance { status: 1 };

    #[test]
    fn an_enrolment_is_active_within_its_time() {
        for (status, timestart, timeend, expected) in [
            (0, 0, 0, Standing::Active),
            (0, 100, 0, Standing::Active),
            (0, 101, 0, Standing::Future),
            (0, 0, 101, Standing::Active),
            (0, 0, 100, Standing::Ended),
            (0, 0, 99, Standing::Ended),
            (0, 200, 50, Standing::Ended),
            (1, 0, 0, Standing::Suspended),
        ] {
            let enrolment = Enrolment { status, timestart, timeend };
            assert_eq!(enrolment.standing(&ENABLED, 100), expected, "{enrolment:?}");
            assert_eq!(enrolment.standing(&DISABLED, 100), Standing::Suspended);
        }
    }

    #[test]
    fn one_active_enrolment_is_enough() {
        let (active, ended) = (Enrolment::default(), Enrolment { timeend: 1, ..Enrolment::default() });
        assert_eq!(standing([(&ENABLED, &ended), (&ENABLED, &active)], 100), Some(Standing::Active));
        assert_eq!(standing([(&ENABLED, &ended), (&DISABLED, &active)], 100), Some(Standing::Ended));
        assert_eq!(standing([], 100), None);
    }

    #[test]
    fn the_next_change_is_the_nearest_moment_to_come() {
        let enrolments = [Enrolment { timestart: 50, timeend: 300, ..Enrolment::default() }, Enrolment { timestart: 200, ..Enrolment::default() }];
        assert_eq!(next_change(&enrolments, 100), Some(200));
        assert_eq!(next_change(&enrolments, 300), None);
    }
}
