//! Who may do what: Moodle's rules (`mod/forum/classes/local/managers/capability.php`), each as a reason why not.
//!
//! A reason is a key of `lang/`, so that a page can say it; `None` is yes.

use crate::here::{Here, Kind};
use crate::records::{Discussion, Light};
use parcours_sdk::{Error, Result, all};

/// Moodle's site setting `maxeditingtime` as it comes: how long an author may change or take back a post.
pub const EDIT_WINDOW: i64 = 30 * 60;

type Why = Option<&'static str>;

/// How near somebody is to the forum's limit of posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Throttle {
    Free,
    /// Posts so far; the warning says how many there may be.
    Warned(i64),
    Blocked,
}

impl Here<'_> {
    /// # Errors
    /// [`parcours_sdk::Code::Denied`], saying the reason.
    pub fn refuse(&self, why: Why) -> Result<()> {
        why.map_or(Ok(()), |key| Err(Error::denied(self.say(key))))
    }

    /// Why no discussion can be started, in any group or in a certain one.
    pub fn why_not_start(&self, group: Option<i64>) -> Result<Why> {
        let capability = match self.kind {
            Kind::News => "addnews",
            Kind::Qanda => "addquestion",
            _ => "startdiscussion",
        };
        let groups = self.groups_to_start_in()?;
        Ok(match self.kind {
            _ if self.guest() => Some("why_guest"),
            Kind::Single => Some("why_single"),
            _ if !self.can(capability) => Some("why_no_right"),
            _ if groups.is_empty() || group.is_some_and(|g| !groups.contains(&g)) => Some("why_group"),
            Kind::EachUser if self.has_started(group)? => Some("why_each_once"),
            _ if self.past_cutoff() => Some("why_cutoff"),
            _ if self.throttle()? == Throttle::Blocked => Some("why_blocked"),
            _ => None,
        })
    }

    fn has_started(&self, group: Option<i64>) -> Result<bool> {
        if self.me == 0 {
            return Ok(false);
        }
        let mine = all().eq("userid", self.me);
        let mine = match group {
            Some(g) if self.grouped() => mine.eq("groupid", g),
            _ => mine,
        };
        // Where one may be in several groups, which one is only known when the form comes back.
        let open_choice = self.grouped() && group.is_none();
        Ok(!open_choice && self.number_of("discussions", mine)? > 0)
    }

    /// Why nothing can be said in a discussion (that may be seen).
    pub fn why_not_reply(&self, d: &Discussion) -> Result<Why> {
        let capability = if self.kind == Kind::News { "replynews" } else { "replypost" };
        Ok(if self.guest() {
            Some("why_guest")
        } else if !self.can(capability) {
            Some("why_no_right")
        } else if self.is_locked(d) && !self.can("canoverridediscussionlock") {
            Some("why_locked")
        } else if !self.takes_part(d.groupid) {
            Some("why_group")
        } else if self.past_cutoff() {
            Some("why_cutoff")
        } else if self.throttle()? == Throttle::Blocked {
            Some("why_blocked")
        } else {
            None
        })
    }

    /// Why there is no answer to a certain post: nobody answers what was said in private.
    pub fn why_not_reply_to(&self, d: &Discussion, p: &Light) -> Result<Why> {
        if p.privatereplyto != 0 { Ok(Some("why_private")) } else { self.why_not_reply(d) }
    }

    pub fn may_reply_privately(&self, p: &Light) -> bool {
        p.privatereplyto == 0 && p.userid > 0 && p.userid != self.me && self.can("postprivatereply")
    }

    pub fn why_not_edit(&self, d: &Discussion, p: &Light) -> Why {
        let first = p.id == d.firstpost;
        if self.can("editanypost") {
            return None;
        }
        if self.guest() || !self.is_mine(p.userid) {
            return Some("why_not_own");
        }
        match self.kind {
            Kind::Single if first => (!self.can("moodle/course:manageactivities")).then_some("why_no_right"),
            // News stays open to its author until it is shown.
            Kind::News if first && d.timestart > self.now => None,
            _ if self.is_locked(d) && !self.can("canoverridediscussionlock") => Some("why_locked"),
            _ => (self.now - p.created >= EDIT_WINDOW).then_some("why_window"),
        }
    }

    pub fn why_not_delete(&self, d: &Discussion, p: &Light, has_replies: bool) -> Why {
        if self.kind == Kind::Single && p.id == d.firstpost {
            return Some("why_single_first");
        }
        if self.can("deleteanypost") {
            return None;
        }
        if self.guest() || !self.is_mine(p.userid) || !self.can("deleteownpost") {
            return Some("why_not_own");
        }
        if has_replies {
            return Some("why_has_replies");
        }
        (self.now - p.created >= EDIT_WINDOW).then_some("why_window")
    }

    /// Whether somebody keeps order here: locks discussions, opens a single one.
    pub fn manages(&self) -> bool {
        self.can("moodle/course:manageactivities")
    }

    /// Locked by hand, or silent for longer than the forum allows.
    pub fn is_locked(&self, d: &Discussion) -> bool {
        let after = self.forum.lockdiscussionafter;
        let silent = after > 0 && self.kind != Kind::Single && d.timemodified.saturating_add(after) < self.now;
        (d.timelocked > 0 && d.timelocked <= self.now) || silent
    }

    fn past_cutoff(&self) -> bool {
        self.forum.cutoffdate > 0 && self.forum.cutoffdate < self.now && !self.can("canoverridecutoff")
    }

    pub fn throttle(&self) -> Result<Throttle> {
        let f = &self.forum;
        if f.blockperiod <= 0 || (f.blockafter <= 0 && f.warnafter <= 0) || self.can("postwithoutthrottling") {
            return Ok(Throttle::Free);
        }
        let said = self.number_of("posts", all().eq("userid", self.me).gt("created", self.now - f.blockperiod))?;
        Ok(match () {
            () if f.blockafter > 0 && said >= f.blockafter => Throttle::Blocked,
            () if f.warnafter > 0 && said >= f.warnafter => Throttle::Warned(said),
            () => Throttle::Free,
        })
    }

    pub fn may_attach(&self) -> bool {
        self.forum.maxattachments > 0 && self.forum.maxbytes != 1 && self.can("createattachment")
    }
}
