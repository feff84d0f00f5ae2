//! What the report says of people, once they have met the accounts of the domain.

use parcours_course::Report;
use parcours_course::report::{Fate, Reason};
use parcours_store::Published;
use parcours_store::accounts::{How, Met};
use std::collections::HashMap;

/// Everybody the archive describes is an item; `people` are their numbers and user names.
pub(super) fn tell(people: &[(i64, String)], published: &Published, report: &mut Report) {
    let met: HashMap<i64, &Met> = published.people.iter().map(|m| (m.number, m)).collect();
    for (number, name) in people {
        let (fate, reason) = match met.get(number).map(|m| m.how) {
            Some(How::JoinedLive) => (Fate::Imported, Reason::JoinedAccount),
            Some(How::MadeBesideLive) => (Fate::Approximated, Reason::AccountInUse),
            Some(How::MadeBesideAdmin) => (Fate::Approximated, Reason::AdministratorsName),
            Some(How::Joined | How::Made) | None => (Fate::Imported, Reason::AsItCame),
        };
        report.item(fate, reason, "person", format!("users.xml user {number}"), name);
    }
    let count = |hows: &[How]| published.people.iter().filter(|m| hows.contains(&m.how)).count();
    let made = count(&[How::Made, How::MadeBesideLive, How::MadeBesideAdmin]);
    for (reason, n) in [(Reason::KnownPeople, count(&[How::Joined])), (Reason::NewAccounts, made)] {
        if n > 0 {
            report.remark(Fate::Imported, reason, "person", "users.xml", n.to_string());
        }
    }
    let strangers = published.strangers;
    if strangers.people > 0 {
        report.remark(Fate::Kept, Reason::NotEnrolled, "person", "course/enrolments.xml", format!("{} ({})", strangers.people, strangers.records));
    }
}
