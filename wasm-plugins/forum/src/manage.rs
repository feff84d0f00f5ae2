//! Keeping order: pin and lock.

use crate::here::Here;
use parcours_sdk::{Error, Outcome, Request, Result, Value};

fn set(here: &Here, req: &Request, may: bool, column: &'static str, value: impl Fn(bool) -> Value) -> Result<Outcome> {
    if !may || here.guest() {
        return Err(Error::denied(here.say("why_no_right")));
    }
    let d = here.discussion(req.need(here, "d")?)?;
    here.update("discussions", d.id, &[(column, value(req.ticked("wanted")))], None)?;
    here.emit("discussion_updated", Some(d.id), None, &[])?;
    Ok(Outcome::Redirect(here.url("discussion").q("d", d.id).into()))
}

/// POST `pin`.
pub fn pin(here: &Here, req: &Request) -> Result<Outcome> {
    set(here, req, here.can("pindiscussions"), "pinned", Value::Bool)
}

/// POST `lock`: remembers since when, as Moodle does.
pub fn lock(here: &Here, req: &Request) -> Result<Outcome> {
    set(here, req, here.manages(), "timelocked", |on| Value::Int(if on { here.now } else { 0 }))
}
