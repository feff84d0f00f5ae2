//! What activities say of themselves on the course page: many calls over one snapshot.

use super::call::{Asking, Call, Hold, Prepared};
use super::{answer, back};
use crate::look::Look;
use crate::{App, Result, Viewer};
use parcours_host::{Card, Limits};
use parcours_store::activities::Activity;
use parcours_store::{Conn, Read};
use std::time::Instant;

/// One snapshot that goes from call to call.
pub(crate) struct Describing<'a> {
    app: &'a App,
    viewer: &'a Viewer,
    lang: &'a str,
    hold: Option<Hold>,
}

impl<'a> Describing<'a> {
    pub fn new(app: &'a App, viewer: &'a Viewer, lang: &'a str, read: Read) -> Self {
        Describing { app, viewer, lang, hold: Some(Hold::Read(read)) }
    }

    /// The snapshot between two calls; `None` only after a call that lost it.
    pub fn conn(&self) -> Option<&Conn> {
        self.hold.as_deref()
    }

    /// What an activity says of itself; `None` when no module runs it, or its module fails: the page is worth more than one card.
    pub fn card(&mut self, look: &Look, activity: &Activity) -> Result<Option<Card>> {
        let Some(running) = self.app.modules.running(&activity.module)?.filter(|_| activity.readable).cloned() else {
            return Ok(None);
        };
        if running.breaker.check(Instant::now()).is_err() {
            return Ok(None);
        }
        let Some(hold) = self.hold.take() else {
            return Ok(None);
        };
        let prepared = match Prepared::new(&hold, &look.member, activity, look.details.as_ref()) {
            Ok(prepared) => prepared,
            Err(e) => {
                self.hold = Some(hold);
                return Err(e);
            }
        };
        let asking = Asking { viewer: self.viewer.clone(), lang: self.lang.to_owned(), csrf: String::new(), uploads: Vec::new() };
        let call = Call::new(hold, self.app, running.clone(), asking, prepared);
        let done = running.module.describe(Box::new(call), &Limits::default());
        self.hold = Some(back(done.abilities)?.hold);
        Ok(answer::settle(&running, done.result).ok())
    }
}
