//! `/check`: a file that is not imported is looked at, made another, cleaned for show, compared.

use crate::fault::Fault;
use crate::form::{self, Bounds};
use crate::lang::say;
use crate::links;
use crate::page::{Frame, Page};
use crate::routes::work::asked::asked;
use crate::routes::{At, go};
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use parcours_actions::work::{self, KEPT, What, Work};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Check {
    /// Most a file may weigh, in bytes.
    limit: u64,
    /// A form without a file came.
    empty: bool,
    /// Files that were sent, and what was made of them.
    works: Vec<Line>,
    /// Hours until they go by themselves.
    hours: i64,
}

#[derive(Serialize)]
struct Line {
    name: String,
    what: &'static str,
    url: String,
    running: bool,
}

impl Line {
    fn new(work: Work) -> Option<Line> {
        let what = match work.what {
            What::Export { .. } => return None,
            What::Check => "",
            What::Convert { .. } => "convert",
            What::Clean { .. } => "clean",
            What::Compare { .. } => "compare",
        };
        Some(Line { url: links::work(&work.id), what, running: matches!(work.state, work::State::Running(_)), name: work.name })
    }
}

impl Page for Check {
    const TEMPLATE: &'static str = "check.html";
    #[cfg(test)]
    fn samples() -> Vec<Check> {
        let line = |what, running| Line { name: "oral <b>.mbz".into(), what, url: links::work("0a1b"), running };
        let works = ["", "convert", "clean", "compare"].map(|w| line(w, w.is_empty()));
        vec![
            Check { limit: 2 << 30, empty: false, works: works.into(), hours: 2 },
            Check { limit: 2 << 30, empty: true, works: Vec::new(), hours: 2 },
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
    let begun = web.gate.run(move || work::check(&app, &viewer, &upload.name, language, upload.file.path())).await?;
    Ok(go(&links::work(&begun.id)))
}

/// Begins a work on a file that was looked at.
pub(crate) async fn tool(State(web): State<Web>, person: Person, At((id, what)): At<(String, String)>, request: Request) -> Result<Response, Fault> {
    allowed(&person)?;
    let form = form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    let (app, viewer, lang) = (web.app.clone(), person.viewer, person.visit.lang);
    let begun = match what.as_str() {
        "convert" => {
            let asked = asked(&form, lang)?;
            web.gate.run(move || work::convert(&app, &viewer, &id, asked)).await?
        }
        "clean" => web.gate.run(move || work::clean(&app, &viewer, &id, lang.into())).await?,
        "compare" => {
            let with = form.field("with").to_owned();
            web.gate.run(move || work::compare(&app, &viewer, &id, &with, lang.into())).await?
        }
        _ => return Err(Fault::NotFound),
    };
    Ok(go(&links::work(&begun.id)))
}

/// The actions say the same; this says it before two gigabytes have been sent.
fn allowed(person: &Person) -> Result<(), Fault> {
    if person.viewer.admin { Ok(()) } else { Err(Fault::Denied) }
}

async fn ask(web: &Web, person: &Person, empty: bool) -> Result<Response, Fault> {
    let (app, viewer) = (web.app.clone(), person.viewer.clone());
    let works = web.gate.run(move || Ok::<_, Fault>(work::list(&app, &viewer))).await?;
    let works = works.into_iter().filter_map(Line::new).collect();
    let lang = person.visit.lang;
    let frame = Frame::of(person, say(lang, "check.title", &[])).crumb(say(lang, "home.title", &[]), "/");
    let status = if empty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(web.page(status, &frame, &Check { limit: web.options.limits.archive_bytes, empty, works, hours: KEPT / 3600 }))
}
