//! `/import`: an archive comes in, or a course in another format. It streams to disk, is read through once, and waits as a job; nothing of it is in the domain yet.

pub(crate) mod job;

use super::go;
use crate::fault::Fault;
use crate::form;
use crate::lang::say;
use crate::links;
use crate::page::{Frame, Page};
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use parcours_actions::import;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Ask {
    /// Most an archive may weigh, in bytes.
    limit: u64,
    /// A form without a file came.
    empty: bool,
    /// Sent before and not imported yet.
    waiting: Vec<Waiting>,
}

#[derive(Serialize)]
struct Waiting {
    name: String,
    size: u64,
    url: String,
    running: bool,
}

impl Waiting {
    fn new(job: import::Job) -> Waiting {
        let running = matches!(job.state, import::State::Running(_));
        Waiting { name: job.file_name, size: job.size, url: links::job(&job.id), running }
    }
}

impl Page for Ask {
    const TEMPLATE: &'static str = "import.html";
    #[cfg(test)]
    fn samples() -> Vec<Ask> {
        let waiting = |running| Waiting { name: "oral <b>.mbz".into(), size: 12_000_000, url: links::job("0a1b"), running };
        vec![
            Ask { limit: 2 << 30, empty: false, waiting: vec![waiting(false), waiting(true)] },
            Ask { limit: 2 << 30, empty: true, waiting: Vec::new() },
        ]
    }
}

pub(crate) async fn page(State(web): State<Web>, person: Person) -> Result<Response, Fault> {
    allowed(&person)?;
    ask(&web, &person, false).await
}

pub(crate) async fn send(State(web): State<Web>, person: Person, request: Request) -> Result<Response, Fault> {
    allowed(&person)?;
    let Some(upload) = form::archive(&web, &person, request).await? else {
        return ask(&web, &person, true).await;
    };
    let (app, viewer, language) = (web.app.clone(), person.viewer, person.visit.lang.into());
    let job = web.gate.run_long(move || import::receive(&app, &viewer, &upload.name, language, upload.file.path())).await?;
    Ok(go(&links::job(&job.id)))
}

/// The action says the same; this says it before two gigabytes have been sent.
fn allowed(person: &Person) -> Result<(), Fault> {
    if person.viewer.admin { Ok(()) } else { Err(Fault::Denied) }
}

async fn ask(web: &Web, person: &Person, empty: bool) -> Result<Response, Fault> {
    let (app, viewer) = (web.app.clone(), person.viewer.clone());
    let jobs = web.gate.run(move || import::jobs(&app, &viewer)).await?;
    let lang = person.visit.lang;
    let frame = Frame::of(person, say(lang, "import.title", &[])).crumb(say(lang, "home.title", &[]), "/");
    let status = if empty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let waiting = jobs.into_iter().map(Waiting::new).collect();
    Ok(web.page(status, &frame, &Ask { limit: web.options.limits.archive_bytes, empty, waiting }))
}
