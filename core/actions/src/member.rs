//! Who somebody is in a course: the number they go by, their roles, their groups, and what is open to them.

use crate::{ActionError, Result, Viewer};
use parcours_rules::availability::{Facts, Field, Step};
use parcours_rules::capabilities as can;
use parcours_rules::completion;
use parcours_rules::rights::{Held, Override, Permission, Rights, Role, Scope};
use parcours_rules::visibility;
use parcours_store::activities::Activity;
use parcours_store::{Conn, accounts, groups, people, roles};
use std::collections::{HashMap, HashSet};

/// A viewer in a course.
#[derive(Clone)]
pub(crate) struct Member {
    pub course: i64,
    /// `None` for an administrator who was never part of it.
    pub number: Option<i64>,
    pub rights: Rights,
    /// Groups they are in.
    pub groups: HashSet<i64>,
    /// Whether some activity of the course gives people other rights than the course does.
    local: bool,
}

impl Member {
    /// The viewer in the course, with the rights of the activity `cm` when one is given.
    ///
    /// # Errors
    /// `NotFound` when there is no such course, it is not published or hidden from the viewer, or the viewer takes no part in it. Everything that shows or changes something of a
    /// course goes through here.
    pub fn of(conn: &Conn, viewer: &Viewer, course: i64, cm: Option<i64>, now: i64) -> Result<Member> {
        let listed = parcours_store::courses::get(conn, course)?.ok_or(ActionError::NotFound)?;
        let number = accounts::person(conn, course, viewer.account)?;
        let member = Member {
            course,
            number,
            rights: rights(conn, course, cm, number, viewer.admin)?,
            groups: match number {
                Some(n) => groups::of_person(conn, course, n)?.into_iter().collect(),
                None => HashSet::new(),
            },
            local: roles::has_local(conn, course)?,
        };
        let there = visibility::course(listed.opened.is_some(), listed.visible, &member.rights);
        if there && (viewer.admin || member.takes_part(conn, now)?) { Ok(member) } else { Err(ActionError::NotFound) }
    }

    /// The same person with the rights they have in one activity.
    pub fn in_activity(&self, conn: &Conn, cm: i64) -> Result<Member> {
        if !self.local {
            return Ok(self.clone());
        }
        let rights = rights(conn, self.course, Some(cm), self.number, self.rights.admin)?;
        Ok(Member { rights, ..self.clone() })
    }

    /// Enrolled now, or given a role in the course without an enrolment.
    fn takes_part(&self, conn: &Conn, now: i64) -> Result<bool> {
        let Some(number) = self.number else {
            return Ok(false);
        };
        let enrolments = people::enrolments(conn, self.course, Some(number))?;
        if enrolments.is_empty() {
            return Ok(self.rights.held.iter().any(|h| h.role.archetype.is_some_and(|a| a != parcours_rules::rights::Archetype::User)));
        }
        Ok(enrolments.iter().any(|e| e.active && (e.timestart == 0 || e.timestart <= now) && (e.timeend == 0 || now < e.timeend)))
    }

    /// Whether they manage the course: export it, read its report, take it away.
    pub fn manages(&self) -> bool {
        self.rights.may_core(can::BACKUP_COURSE, Scope::Course)
    }

    pub fn archetypes(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for held in &self.rights.held {
            if let Some(a) = held.role.archetype.filter(|a| *a != parcours_rules::rights::Archetype::User) {
                let code = a.code().to_owned();
                if !all.contains(&code) {
                    all.push(code);
                }
            }
        }
        all
    }
}

/// What an account may do in a course, or in one activity of it.
pub(crate) fn rights(conn: &Conn, course: i64, cm: Option<i64>, number: Option<i64>, admin: bool) -> Result<Rights> {
    let mut held = Vec::new();
    if let Some(number) = number {
        for a in roles::of_person(conn, course, cm, number)? {
            let at = if a.cm == 0 { Scope::Course } else { Scope::Module };
            let known = if a.archetype.is_empty() { a.shortname.clone() } else { a.archetype.clone() };
            held.push(Held { role: Role::new(a.role, &a.shortname, &known), at });
        }
    }
    Ok(Rights { admin, held, overrides: overrides(conn, course, cm)? })
}

/// The overrides in force. They came with an import, which only those who run the domain may make: they hold what the overrides grant (SECURITY C11).
pub(crate) fn overrides(conn: &Conn, course: i64, cm: Option<i64>) -> Result<Vec<Override>> {
    let found = roles::overrides(conn, course, cm)?;
    let made = found.into_iter().filter_map(|o| {
        let permission = Permission::from_code(o.permission)?;
        let at = if o.cm == 0 { Scope::Course } else { Scope::Module };
        Some(Override { role: o.role, capability: o.capability, permission, at })
    });
    Ok(made.collect())
}

/// What is so for a person, for deciding what is open (MBZ-FORMAT §7.4).
pub(crate) fn facts(conn: &Conn, course: i64, number: Option<i64>, all: &[Activity], now: i64) -> Result<Facts> {
    let mut facts = Facts { now, ..Facts::default() };
    facts.completion = all.iter().map(|a| (a.cm, completion::State::from_code(0))).collect();
    let Some(number) = number else {
        return Ok(facts);
    };
    for c in parcours_store::completion::of_person(conn, course, number)? {
        facts.completion.insert(c.cm, completion::State::from_code(c.state));
    }
    for g in parcours_store::grades::of_person(conn, course, number)? {
        if let Some(percent) = g.finalgrade.and_then(|v| Facts::percent(v, g.grademin, g.grademax)) {
            facts.grades.insert(g.item, percent);
        }
    }
    facts.groups = groups::of_person(conn, course, number)?.into_iter().collect();
    for grouping in groups::groupings(conn, course)? {
        if grouping.groups.iter().any(|g| facts.groups.contains(g)) {
            facts.groupings.insert(grouping.id);
        }
    }
    if let Some(person) = people::get(conn, course, number)? {
        let fields = [("firstname", person.firstname), ("lastname", person.lastname), ("email", person.email), ("username", person.username)];
        facts.profile = fields.into_iter().map(|(name, value)| (Field::Standard(name.to_owned()), value)).collect::<HashMap<_, _>>();
    }
    Ok(facts)
}

/// The order of a course, for "the activity before".
pub(crate) fn steps(outline: &parcours_store::sections::Outline, enabled: bool) -> Vec<Step> {
    let mut steps = Vec::new();
    for (section, activities) in &outline.sections {
        steps.push(Step::Section(section.id));
        steps.extend(activities.iter().map(|a| Step::Activity { cm: a.cm, tracked: enabled && a.completion != 0 }));
    }
    steps
}
