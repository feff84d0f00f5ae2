//! Who is asking, where.

use super::call::{Call, display_name};
use crate::ActionError;
use parcours_host::abilities::context::{GroupMode, Place, User};
use parcours_host::abilities::{Context, Fault};
use parcours_rules::groups::{Mode, Reach};
use parcours_rules::rights::{self, Role, Scope as At};
use parcours_store::{people, roles};
use std::collections::HashSet;

impl Context for Call {
    fn current_user(&mut self) -> Result<User, Fault> {
        Ok(User {
            id: self.number(),
            display_name: self.viewer.name.clone(),
            lang: self.lang.clone(),
            timezone: self.zone.iana_name().unwrap_or("UTC").to_owned(),
            guest: false,
        })
    }

    fn current_place(&mut self) -> Result<Place, Fault> {
        let mut groups: Vec<i64> = self.member.groups.iter().copied().collect();
        groups.sort_unstable();
        Ok(Place {
            instance: self.activity.instance,
            course_module: self.activity.cm,
            course: self.member.course,
            name: self.activity.name.clone(),
            group_mode: match self.mode {
                Mode::None => GroupMode::None,
                Mode::Separate => GroupMode::Separate,
                Mode::Visible => GroupMode::Visible,
            },
            groups,
        })
    }

    fn can(&mut self, capability: &str) -> Result<bool, Fault> {
        Ok(self.may(capability))
    }

    fn can_user(&mut self, user: i64, capability: &str) -> Result<bool, Fault> {
        let Some((name, archetypes)) = self.meaning(capability) else {
            return Ok(false);
        };
        let rights = crate::member::rights(&self.hold, self.member.course, Some(self.activity.cm), Some(user), false).map_err(fault)?;
        Ok(rights.may(&name, &archetypes, At::Module))
    }

    fn users(&mut self, ids: &[i64]) -> Result<Vec<User>, Fault> {
        self.meet(ids).map_err(fault)?;
        let mut found = Vec::new();
        for id in ids {
            if let Some(p) = self.person(*id).map_err(fault)? {
                found.push(user(&p));
            }
        }
        Ok(found)
    }

    fn participants(&mut self, capability: &str, group: Option<i64>, after: i64, limit: u32) -> Result<Vec<User>, Fault> {
        let Some((name, archetypes)) = self.meaning(capability) else {
            return Ok(Vec::new());
        };
        let (course, cm) = (self.member.course, Some(self.activity.cm));
        let all = roles::list(&self.hold, course).map_err(Fault::new)?;
        let all: Vec<Role> = all.iter().map(|r| Role::new(r.id, &r.shortname, &r.archetype)).collect();
        let with = rights::roles_with(&name, &archetypes, &all, &self.member.rights.overrides, At::Module);
        let assigned = roles::assignments(&self.hold, course, cm).map_err(Fault::new)?;
        let mut numbers: HashSet<i64> = assigned.into_iter().filter(|a| with.contains(&a.role)).map(|a| a.person).collect();
        if let Some(group) = group.or_else(|| self.only_group()) {
            let members: HashSet<i64> = parcours_store::groups::members(&self.hold, course, group).map_err(Fault::new)?.into_iter().collect();
            numbers.retain(|n| members.contains(n));
        }
        let mut numbers: Vec<i64> = numbers.into_iter().filter(|n| *n > after).collect();
        numbers.sort_unstable();
        numbers.truncate(limit as usize);
        Ok(people::many(&self.hold, course, &numbers).map_err(Fault::new)?.iter().map(user).collect())
    }

    fn now(&mut self) -> i64 {
        self.now
    }

    fn random(&mut self, n: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = vec![0; n];
        crate::chance::dice(&mut bytes).map_err(fault)?;
        Ok(bytes)
    }
}

impl Call {
    /// In separate groups a viewer of one group sees that group's people only.
    fn only_group(&self) -> Option<i64> {
        match self.group_viewer().reads() {
            Reach::Only(groups) if groups.len() == 1 => groups.into_iter().next(),
            Reach::Only(_) if self.mode == Mode::Separate => Some(-1),
            _ => None,
        }
    }
}

fn user(p: &parcours_store::people::Person) -> User {
    User { id: p.number, display_name: display_name(p), lang: p.lang.clone(), timezone: p.timezone.clone(), guest: false }
}

pub fn fault(e: ActionError) -> Fault {
    Fault::new(e)
}
