//! Running one activity: the module's pages and forms.

mod answer;
pub(crate) mod call;
mod context;
mod describe;
mod expand;
mod files;
mod records;
mod services;
mod values;

pub(crate) use describe::Describing;

use crate::look::Look;
use crate::modules::Running;
use crate::{ActionError, App, Result, Viewer};
use call::{Asking, Call, Hold, Prepared};
use parcours_host::abilities::Abilities;
use parcours_host::abilities::services::Pair;
use parcours_host::{Limits, Method, Outcome, Permit};
use parcours_rules::rights::{Archetype, Scope};
use parcours_store::Read;
use parcours_store::activities::Activity;
use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longest a request waits for a place at its module, before it is told to come back.
const QUEUE: Duration = Duration::from_secs(1);

/// One request to a module.
#[derive(Debug, Default)]
pub struct Request {
    pub course: i64,
    pub cm: i64,
    /// Module name as in the address; must be the activity's own.
    pub module: String,
    /// Path below the activity's address; empty for its front page.
    pub route: String,
    pub query: Vec<(String, String)>,
    pub form: Vec<(String, String)>,
    pub uploads: Vec<Upload>,
    pub lang: String,
    /// The session's form token, which `pc-form` writes into forms.
    pub csrf: String,
}

/// A file somebody sent with a form, already on disk.
#[derive(Debug)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub file: std::fs::File,
    pub size: u64,
}

/// What the module answered, checked and expanded: safe to put on a page as it is.
#[derive(Debug)]
pub enum Answer {
    Page(Page),
    /// Path to go to (303).
    Redirect(String),
    Json(String),
    Download {
        name: String,
        mime: String,
        bytes: Vec<u8>,
    },
    File(crate::file::Served),
}

#[derive(Debug, Clone, Default)]
pub struct Page {
    pub title: String,
    /// Name of the activity and of its course, for the frame.
    pub activity: String,
    pub course_name: String,
    pub course: i64,
    pub html: String,
    /// Steps between the activity and this page: name, path.
    pub crumbs: Vec<(String, String)>,
    pub status: u16,
    /// CSS of the module is served under `/static/module/{module}.css` when it ships one.
    pub module: String,
    /// The activity before and after in the order of the course: name, path.
    pub previous: Option<(String, String)>,
    pub next: Option<(String, String)>,
    /// Opening this activity counts as done, and is not noted yet: reading never writes, so the page offers a form for it.
    pub to_note: bool,
}

/// A page of an activity. Nothing is written.
///
/// # Errors
/// `NotFound` for an activity that is not there, not for this viewer, or run by no module; `Denied` by the route's capability or the module; `Busy`, `Module`.
pub fn view(app: &App, viewer: &Viewer, request: Request) -> Result<Answer> {
    let read = app.domain.read()?;
    let look = Look::at(&read, viewer, request.course, app.now())?;
    let activity = look.enter(request.cm)?.clone();
    let (outcome, call) = ask(app, viewer, read, &look, &activity, request)?;
    answer::make(app, &look, &call, outcome)
}

/// Asks the module of an activity the viewer may enter.
pub(crate) fn ask(app: &App, viewer: &Viewer, read: Read, look: &Look, activity: &Activity, request: Request) -> Result<(Outcome, Box<Call>)> {
    let running = ready(app, activity, &request)?;
    let prepared = Prepared::new(&read, &look.member, activity, look.details.as_ref())?;
    allowed(&running, &prepared, &request, "get")?;
    let _place = place(&running)?;
    let (asked, asking) = split(request, viewer, Method::Get);
    let call = Call::new(Hold::Read(read), app, running.clone(), asking, prepared);
    let done = running.module.view(Box::new(call), &asked, &Limits::default());
    let call = back(done.abilities)?;
    Ok((answer::settle(&running, done.result)?, call))
}

/// A form sent to an activity: one write transaction that commits when the module says ok and rolls back otherwise.
///
/// # Errors
/// As [`view`]; and `Invalid`, `Conflict` as the module says.
pub fn act(app: &Arc<App>, viewer: &Viewer, request: Request) -> Result<Answer> {
    let (shared, viewer) = (app.clone(), viewer.clone());
    app.domain.write(move |w| {
        let app = &shared;
        // No place at the module's gate is asked for: the writer has one job at a time, and must not wait for readers.
        let start = || -> Result<(Look, Arc<Running>, Prepared)> {
            let look = Look::at(&w, &viewer, request.course, app.now())?;
            let activity = look.enter(request.cm)?.clone();
            let running = ready(app, &activity, &request)?;
            let prepared = Prepared::new(&w, &look.member, &activity, look.details.as_ref())?;
            allowed(&running, &prepared, &request, "post")?;
            Ok((look, running, prepared))
        };
        let (look, running, prepared) = match start() {
            Ok(ready) => ready,
            Err(e) => return (w, Err(e)),
        };
        let (asked, asking) = split(request, &viewer, Method::Post);
        let mut call = Call::new(Hold::Write(w), app, running.clone(), asking, prepared);
        if let Err(e) = call.take_part() {
            return give_back(call, Err(e));
        }
        let done = running.module.act(Box::new(call), &asked, &Limits::default());
        let call = match back(done.abilities) {
            Ok(call) => call,
            // Cannot happen: the host hands back what it was given. The store undoes a transaction that does not come back.
            Err(e) => unreachable!("{e}"),
        };
        let answer = answer::settle(&running, done.result).and_then(|outcome| answer::make(app, &look, &call, outcome));
        give_back(*call, answer)
    })
}

/// CSS of a module, as its author wrote it.
pub fn css(app: &App, module: &str) -> Option<String> {
    app.modules.css(module).map(str::to_owned)
}

fn give_back(call: Call, answer: Result<Answer>) -> (parcours_store::Write, Result<Answer>) {
    match call.hold {
        Hold::Write(w) => (w, answer),
        Hold::Read(_) => unreachable!("it was made with a write"),
    }
}

/// The module that runs an activity.
fn ready(app: &App, activity: &Activity, request: &Request) -> Result<Arc<Running>> {
    if activity.module != request.module || !activity.readable {
        return Err(ActionError::NotFound);
    }
    let running = app.modules.running(&activity.module)?.ok_or(ActionError::NotFound)?;
    running.breaker.check(Instant::now()).map_err(|wait| ActionError::Busy(wait.as_secs().max(1)))?;
    Ok(running.clone())
}

/// The route's method and capability, checked before the module runs (MODULES §5).
fn allowed(running: &Running, prepared: &Prepared, request: &Request, method: &str) -> Result<()> {
    let d = running.module.declaration();
    let head = request.route.split('/').next().unwrap_or_default();
    let Some(route) = d.routes.get(&request.route).or_else(|| d.routes.get(head)) else {
        // A module that declares no routes decides for itself.
        return if d.routes.is_empty() { Ok(()) } else { Err(ActionError::NotFound) };
    };
    if !route.methods.iter().any(|m| m == method) {
        return Err(ActionError::NotFound);
    }
    let Some(name) = &route.capability else {
        return Ok(());
    };
    let archetypes = d.capabilities.get(name).map(|c| Archetype::list(&c.archetypes)).unwrap_or_default();
    let full = format!("mod/{}:{name}", d.name);
    if prepared.member.rights.may(&full, &archetypes, Scope::Module) { Ok(()) } else { Err(ActionError::Denied(full)) }
}

fn place(running: &Running) -> Result<Permit> {
    running.gate.enter(QUEUE).ok_or(ActionError::Busy(1))
}

/// What the module gets, and what stays with the call.
fn split(request: Request, viewer: &Viewer, method: Method) -> (parcours_host::Request, Asking) {
    let pairs = |all: Vec<(String, String)>| all.into_iter().map(|(name, value)| Pair { name, value }).collect();
    let asking = Asking { viewer: viewer.clone(), lang: request.lang, csrf: request.csrf, uploads: request.uploads };
    let asked =
        parcours_host::Request { method, route: request.route, query: pairs(request.query), form: pairs(request.form), body: None, fragment: false };
    (asked, asking)
}

/// The call, with its transaction, out of the box it went in as.
fn back(abilities: Box<dyn Abilities>) -> Result<Box<Call>> {
    let any: Box<dyn Any> = abilities;
    any.downcast::<Call>().map_err(|_| ActionError::invalid("the module's host lost its call"))
}
