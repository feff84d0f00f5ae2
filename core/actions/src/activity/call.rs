//! What one call of a module may reach: the abilities, over one transaction of the store.

use super::Upload;
use crate::dates::{self, Style};
use crate::member::Member;
use crate::modules::Running;
use crate::rich::{Base, Format, Rich};
use crate::{ActionError, App, Result, Viewer};
use jiff::tz::TimeZone;
use parcours_declare::Declaration;
use parcours_rules::capabilities;
use parcours_rules::groups::{Mode, Viewer as GroupViewer};
use parcours_rules::rights::{Archetype, Scope as At};
use parcours_store::activities::Activity;
use parcours_store::courses::Details;
use parcours_store::people::Person;
use parcours_store::records::Scope;
use parcours_store::{Conn, Read, Write, people};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

/// The transaction a call owns.
pub enum Hold {
    Read(Read),
    Write(Write),
}

impl Deref for Hold {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        match self {
            Hold::Read(r) => r,
            Hold::Write(w) => w,
        }
    }
}

/// One call. It goes into the sandbox's host as a box and comes back with its transaction.
pub struct Call {
    pub hold: Hold,
    pub running: Arc<Running>,
    pub rich: Arc<Rich>,
    pub zone: TimeZone,
    pub now: i64,
    pub lang: String,
    pub csrf: String,
    pub viewer: Viewer,
    pub member: Member,
    pub activity: Activity,
    pub scope: Scope,
    pub mode: Mode,
    pub uploads: Vec<Upload>,
    /// Open savepoints: the interface's number, the store's mark.
    pub marks: Vec<(u32, parcours_store::Mark)>,
    /// People looked up so far.
    known: HashMap<i64, Option<Person>>,
}

/// What a call needs to know beyond its transaction, looked up before it is made.
pub struct Prepared {
    pub member: Member,
    pub activity: Activity,
    scope: Scope,
    mode: Mode,
}

/// What of a request goes into the call.
pub struct Asking {
    pub viewer: Viewer,
    pub lang: String,
    pub csrf: String,
    pub uploads: Vec<Upload>,
}

impl Prepared {
    /// The activity must be one the viewer may enter: that was decided before. `member` is who they are in the course; their rights become those in the activity.
    ///
    /// # Errors
    /// What the store said.
    pub fn new(conn: &Conn, member: &Member, activity: &Activity, details: Option<&Details>) -> Result<Prepared> {
        let course = member.course;
        let (forced, own) = details.map_or((false, 0), |d| (d.groupmodeforce, d.groupmode));
        Ok(Prepared {
            member: member.in_activity(conn, activity.cm)?,
            activity: activity.clone(),
            scope: Scope::open(conn, course, activity.cm)?,
            mode: Mode::of_activity(Mode::from_code(own), forced, Mode::from_code(activity.groupmode)),
        })
    }
}

impl Call {
    pub fn new(hold: Hold, app: &App, running: Arc<Running>, asking: Asking, prepared: Prepared) -> Call {
        Call {
            hold,
            running,
            rich: app.rich.clone(),
            zone: app.zone.clone(),
            now: app.now(),
            lang: asking.lang,
            csrf: asking.csrf,
            viewer: asking.viewer,
            member: prepared.member,
            activity: prepared.activity,
            scope: prepared.scope,
            mode: prepared.mode,
            uploads: asking.uploads,
            marks: Vec::new(),
            known: HashMap::new(),
        }
    }

    pub fn declaration(&self) -> &Declaration {
        self.running.module.declaration()
    }

    /// The viewer's number in this course; 0 for an administrator who never took part in it.
    pub fn number(&self) -> i64 {
        self.member.number.unwrap_or(0)
    }

    /// The write transaction; a fault in a call that may only read, which the host refuses before it gets here.
    pub fn write(&mut self) -> std::result::Result<&mut Write, parcours_host::abilities::Refused> {
        match &mut self.hold {
            Hold::Write(w) => Ok(w),
            Hold::Read(_) => Err(parcours_host::abilities::Refused::told(parcours_host::ErrorCode::Denied, "nothing is written here")),
        }
    }

    /// A capability: short names are the module's own, full ones the core's, as far as the declaration asks for them.
    pub fn may(&self, capability: &str) -> bool {
        match self.meaning(capability) {
            Some((name, archetypes)) => self.member.rights.may(&name, &archetypes, At::Module),
            None => false,
        }
    }

    /// Full name and default archetypes of a capability as the module writes it.
    pub fn meaning(&self, capability: &str) -> Option<(String, Vec<Archetype>)> {
        let d = self.declaration();
        if capability.contains('/') {
            let granted = d.grants.iter().any(|g| g == capability);
            return capabilities::core(capability).filter(|_| granted).map(|c| (c.name.to_owned(), c.archetypes.to_vec()));
        }
        let own = d.capabilities.get(capability)?;
        Some((format!("mod/{}:{capability}", d.name), Archetype::list(&own.archetypes)))
    }

    /// Somebody of the course, once per call. In separate groups only those one shares a group with (SECURITY F15).
    pub fn person(&mut self, number: i64) -> Result<Option<Person>> {
        if number <= 0 {
            return Ok(None);
        }
        if let Some(known) = self.known.get(&number) {
            return Ok(known.clone());
        }
        let found = people::get(&self.hold, self.member.course, number)?;
        self.known.insert(number, found.clone());
        Ok(found)
    }

    /// Looks many people up at once.
    pub fn meet(&mut self, numbers: &[i64]) -> Result<()> {
        let new: Vec<i64> = numbers.iter().copied().filter(|n| *n > 0 && !self.known.contains_key(n)).collect();
        if new.is_empty() {
            return Ok(());
        }
        for p in people::many(&self.hold, self.member.course, &new)? {
            self.known.insert(p.number, Some(p));
        }
        for n in new {
            self.known.entry(n).or_insert(None);
        }
        Ok(())
    }

    /// Whose content the viewer may see here.
    pub fn group_viewer(&self) -> GroupViewer<'_> {
        GroupViewer {
            mode: self.mode,
            all_groups: self.member.rights.may_core(capabilities::ACCESS_ALL_GROUPS, At::Module),
            mine: &self.member.groups,
            grouping: None,
        }
    }

    pub fn date(&self, time: i64, style: &str) -> String {
        dates::format(time, Style::named(style), &self.lang, &self.zone, self.now)
    }

    /// The activity's address.
    pub fn address(&self) -> String {
        format!("/course/{}/{}/{}", self.member.course, self.activity.module, self.activity.cm)
    }

    /// Where files of an item of one of the module's areas are served.
    pub fn file_base(&self, area: &str, item: i64) -> String {
        format!("/file/{}/{}/mod_{}/{area}/{item}", self.member.course, self.activity.context, self.activity.module)
    }

    /// A text as clean HTML, its file links leading to an area and item of this activity.
    pub fn clean(&self, text: &str, format: i64, area: Option<(&str, i64)>) -> Arc<str> {
        let files = area.map_or_else(String::new, |(area, item)| self.file_base(area, item));
        let base = Base { files, course: format!("/course/{}", self.member.course) };
        self.rich.html(text, Format::of(format), &base)
    }

    /// Gives the viewer a number in the course when they act in it for the first time, and notes that they did.
    ///
    /// # Errors
    /// What the store said.
    pub fn take_part(&mut self) -> Result<()> {
        let (course, cm, account, now) = (self.member.course, self.activity.cm, self.viewer.account, self.now);
        let Hold::Write(w) = &mut self.hold else {
            return Err(ActionError::Denied("nothing is written here".into()));
        };
        let number = match self.member.number {
            Some(n) => n,
            None => parcours_store::accounts::ensure_person(w, course, account, now)?,
        };
        parcours_store::activities::mention_user(w, course, cm, number)?;
        self.member.number = Some(number);
        Ok(())
    }
}

/// The name people see.
pub fn display_name(p: &Person) -> String {
    let name = format!("{} {}", p.firstname, p.lastname);
    let name = name.trim();
    if name.is_empty() { p.username.clone() } else { name.to_owned() }
}
