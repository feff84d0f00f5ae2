//! Who may do what: roles, and what a course or an activity changes about them.
//!
//! A person's roles come from `roles.xml` assignments and from enrolments, and whoever logged in also has the role `user`
//! ([`Role::authenticated`]). A role starts from what its archetype is given by the one who declares the capability (a module's
//! declaration, or [`capabilities`](crate::capabilities) for Moodle's own); an override at the course changes that, and one at
//! the activity changes it again. Source: MBZ-FORMAT §5.5 and Moodle's access rules.

use std::collections::HashSet;

use crate::capabilities::{self, Capability};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Archetype {
    Manager,
    CourseCreator,
    EditingTeacher,
    Teacher,
    Student,
    Guest,
    User,
    Frontpage,
}

/// A role as `roles.xml` at the root of an archive defines it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub number: i64,
    /// None: a role of the other site's own making, which has only what overrides give it.
    pub archetype: Option<Archetype>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    Allow,
    Prevent,
    /// Stronger than every permission of every role, and nothing below can take it back.
    Prohibit,
}

/// Where a role is held or overridden, and where a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Course,
    /// The activity the question is about.
    Module,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub role: Role,
    pub at: Scope,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Number of the role.
    pub role: i64,
    pub capability: String,
    pub permission: Permission,
    pub at: Scope,
}

/// All that is needed to answer for one person in one course, or in one activity of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    /// Administrator of the domain: may everything.
    pub admin: bool,
    pub held: Vec<Held>,
    /// Overrides in force ([`disarm`]) at the course and, for a question about an activity, at that activity; for whatever role.
    pub overrides: Vec<Override>,
}

impl Rights {
    /// `archetypes`: who has the capability unless an override says otherwise. A question at [`Scope::Course`] leaves out what is
    /// held or overridden at the activity.
    pub fn may(&self, capability: &str, archetypes: &[Archetype], scope: Scope) -> bool {
        self.admin || may(capability, archetypes, &self.held, &self.overrides, scope)
    }

    /// One of Moodle's own capabilities.
    pub fn may_core(&self, capability: Capability, scope: Scope) -> bool {
        self.may(capability.name, capability.archetypes, scope)
    }
}

/// Moodle's resolution. For each role the nearest override counts, else the archetype; one role that allows is enough; one
/// prohibition anywhere ends it.
pub fn may(capability: &str, archetypes: &[Archetype], held: &[Held], overrides: &[Override], scope: Scope) -> bool {
    let mut allowed = false;
    for Held { role, .. } in held.iter().filter(|held| held.at <= scope) {
        let mut nearest: Option<&Override> = None;
        for here in overrides.iter().filter(|o| o.role == role.number && o.at <= scope && o.capability == capability) {
            if here.permission == Permission::Prohibit {
                return false;
            }
            if nearest.is_none_or(|n| n.at < here.at) {
                nearest = Some(here);
            }
        }
        allowed |= match nearest {
            Some(nearest) => nearest.permission == Permission::Allow,
            None => role.archetype.is_some_and(|a| archetypes.contains(&a)),
        };
    }
    allowed
}

/// Splits the overrides of an archive into those that take force and those that are only kept for the way out (SECURITY C11).
///
/// A restriction always takes force. A grant does only when `importer`, the rights of the person who imports, includes that
/// capability in the course: nobody hands on what he does not hold. `archetypes` tells who has a capability by declaration, none
/// for one nobody here declares; that one is kept closed even for an administrator, since a module added later would find it open.
pub fn disarm(overrides: Vec<Override>, importer: &Rights, archetypes: impl Fn(&str) -> Option<Vec<Archetype>>) -> (Vec<Override>, Vec<Override>) {
    overrides.into_iter().partition(|o| {
        o.permission != Permission::Allow || archetypes(&o.capability).is_some_and(|default| importer.may(&o.capability, &default, Scope::Course))
    })
}

/// Whether a person may give out a role (SECURITY C12): nobody gives one above his own. Moodle's defaults: a manager gives any course
/// role, an editing teacher those of teacher and student. A role without an archetype is given by a manager only.
pub fn may_assign(giver: &Rights, role: &Role) -> bool {
    if giver.admin {
        return true;
    }
    let can = giver.may_core(capabilities::ROLE_ASSIGN, Scope::Course);
    let is = |archetype| giver.held.iter().any(|h| h.at == Scope::Course && h.role.archetype == Some(archetype));
    can && (is(Archetype::Manager) || (is(Archetype::EditingTeacher) && matches!(role.archetype, Some(Archetype::Teacher | Archetype::Student))))
}

impl Role {
    /// From the columns of the archive. The archetype may be empty; then a short name that is one of Moodle's standard ones tells.
    pub fn new(number: i64, shortname: &str, archetype: &str) -> Self {
        let archetype = if archetype.is_empty() { Archetype::from_code(shortname) } else { Archetype::from_code(archetype) };
        Role { number, archetype }
    }

    /// The role everyone has who logged in. Its number is the one the archive gave its `user` role; 0 where there is none.
    pub fn authenticated(number: i64) -> Self {
        Role { number, archetype: Some(Archetype::User) }
    }
}

impl Archetype {
    pub const ALL: [Archetype; 8] = [
        Archetype::Manager,
        Archetype::CourseCreator,
        Archetype::EditingTeacher,
        Archetype::Teacher,
        Archetype::Student,
        Archetype::Guest,
        Archetype::User,
        Archetype::Frontpage,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Archetype::Manager => "manager",
            Archetype::CourseCreator => "coursecreator",
            Archetype::EditingTeacher => "editingteacher",
            Archetype::Teacher => "teacher",
            Archetype::Student => "student",
            Archetype::Guest => "guest",
            Archetype::User => "user",
            Archetype::Frontpage => "frontpage",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }

    /// The archetypes a declaration names; names that are none of Moodle's give nothing to anyone.
    pub fn list<S: AsRef<str>>(codes: &[S]) -> Vec<Self> {
        codes.iter().filter_map(|c| Self::from_code(c.as_ref())).collect()
    }
}

impl Permission {
    /// From `permission` of an override. 0 is "as above", the same as no override; a number Moodle does not use counts as prevent.
    pub fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => None,
            1 => Some(Permission::Allow),
            -1000 => Some(Permission::Prohibit),
            _ => Some(Permission::Prevent),
        }
    }
}

/// Numbers of the roles that have a capability in the course: to find the people who do without asking for each.
pub fn roles_with(capability: &str, archetypes: &[Archetype], roles: &[Role], overrides: &[Override], scope: Scope) -> HashSet<i64> {
    let holds = |role: &&Role| {
        let held = [Held { role: (*role).clone(), at: Scope::Course }];
        may(capability, archetypes, &held, overrides, scope)
    };
    roles.iter().filter(holds).map(|role| role.number).collect()
}

#[cfg(test)]
#[path = "rights_tests.rs"]
mod tests;
