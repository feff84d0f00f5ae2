//! From what a module answered to what a page can show.

use super::call::Call;
use super::{Answer, Page};
use crate::look::Look;
use crate::modules::Running;
use crate::{ActionError, App, Result};
use parcours_host::{CallError, ErrorCode, Outcome};
use std::time::Instant;

/// Turns a failed call into an action's error, and lets the module's breaker know of a fault.
pub fn settle<T>(running: &Running, result: std::result::Result<T, CallError>) -> Result<T> {
    let error = match result {
        Ok(answer) => return Ok(answer),
        Err(CallError::Busy) => return Err(ActionError::Busy(1)),
        Err(CallError::Module(e)) => return Err(told(e)),
        Err(error) => error,
    };
    let name = &running.module.declaration().name;
    if error.is_fault() && running.breaker.fault(Instant::now()) {
        eprintln!("module={name} rests for half a minute after repeated failures");
    }
    let incident = incident();
    eprintln!("module={name} incident={incident} {error}");
    Err(ActionError::Module { incident, cause: error.to_string() })
}

fn told(e: parcours_host::ModuleError) -> ActionError {
    match e.code {
        ErrorCode::Denied => ActionError::Refused(e.message),
        ErrorCode::NotFound => ActionError::NotFound,
        ErrorCode::Conflict => ActionError::Conflict,
        ErrorCode::Quota => ActionError::TooMany(60),
        _ => ActionError::Invalid { field: e.field, message: e.message },
    }
}

/// A short random name under which the log knows a failure. Without randomness the log still has the time.
fn incident() -> String {
    crate::chance::name::<4>().unwrap_or_default()
}

pub fn make(app: &App, look: &Look, call: &Call, outcome: Outcome) -> Result<Answer> {
    Ok(match outcome {
        Outcome::Redirect(to) => Answer::Redirect(inside(call, &to)),
        Outcome::Page(p) => {
            let crumbs = p.crumbs.into_iter().map(|c| (c.name, c.value)).collect();
            Answer::Page(Page { title: p.title, html: p.html, crumbs, status: p.status.clamp(200, 599), ..frame(app, look, call) })
        }
        Outcome::Fragment(html) => Answer::Page(Page { title: call.activity.name.clone(), html, status: 200, ..frame(app, look, call) }),
        Outcome::Json(text) => Answer::Json(text),
        Outcome::Download((name, mime, bytes)) => Answer::Download { name, mime, bytes },
        Outcome::File((area, item, path)) => Answer::File(crate::file::of_activity(call, &area, item, &path)?),
    })
}

/// Modules send people to pages of this site only.
fn inside(call: &Call, to: &str) -> String {
    if to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']) {
        return to.to_owned();
    }
    call.address()
}

fn frame(app: &App, look: &Look, call: &Call) -> Page {
    let (previous, next) = neighbours(app, look, call.activity.cm);
    let name = parcours_store::courses::get(&call.hold, call.member.course).ok().flatten().map(|c| c.fullname).unwrap_or_default();
    Page {
        activity: call.activity.name.clone(),
        course_name: name,
        course: call.member.course,
        module: call.activity.module.clone(),
        previous,
        next,
        to_note: crate::completion::to_note(look, &call.hold, &call.activity),
        ..Page::default()
    }
}

type Link = Option<(String, String)>;

/// The activities before and after that this viewer may enter and that have a page.
fn neighbours(app: &App, look: &Look, cm: i64) -> (Link, Link) {
    let mut before: Link = None;
    let mut passed = false;
    for (section, activities) in &look.outline.sections {
        let seen = look.section(section);
        for a in activities {
            if a.cm == cm {
                passed = true;
                continue;
            }
            if !look.activity(&seen, a).sight.enters() {
                continue;
            }
            let Some(url) = crate::course::address(app, look.member.course, a) else {
                continue;
            };
            let link = Some((a.name.clone(), url));
            if passed {
                return (before, link);
            }
            before = link;
        }
    }
    (before.filter(|_| passed), None)
}
