//! `/course/{course}/withdraw`: taking an imported course away again, asked twice.

use super::managed;
use crate::fault::Fault;
use crate::form::{self, Bounds};
use crate::lang::say;
use crate::links;
use crate::page::{Frame, Page};
use crate::routes::{At, go};
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use parcours_actions::import;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Withdraw {
    name: String,
    activities: usize,
    back: String,
    /// Whether the box that says "I know" was missing.
    unsure: bool,
}

impl Page for Withdraw {
    const TEMPLATE: &'static str = "withdraw.html";
    #[cfg(test)]
    fn samples() -> Vec<Withdraw> {
        [false, true].map(|unsure| Withdraw { name: "Enseigner l’oral".into(), activities: 12, back: links::course(1), unsure }).into()
    }
}

pub(crate) async fn page(State(web): State<Web>, person: Person, At(course): At<i64>) -> Result<Response, Fault> {
    ask(&web, &person, course, false).await
}

pub(crate) async fn send(State(web): State<Web>, person: Person, At(course): At<i64>, request: Request) -> Result<Response, Fault> {
    let form = form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    if !form.ticked("sure") {
        return ask(&web, &person, course, true).await;
    }
    let (app, viewer) = (web.app.clone(), person.viewer);
    web.gate.run(move || import::withdraw(&app, &viewer, course)).await?;
    Ok(go("/"))
}

async fn ask(web: &Web, person: &Person, course: i64, unsure: bool) -> Result<Response, Fault> {
    let lang = person.visit.lang;
    let found = managed(web, person, course).await?;
    let frame =
        Frame::of(person, say(lang, "withdraw.title", &[])).crumb(say(lang, "home.title", &[]), "/").crumb(found.name.clone(), links::course(course));
    let activities = found.sections.iter().map(|s| s.activities.len()).sum();
    let page = Withdraw { name: found.name, activities, back: links::course(course), unsure };
    let status = if unsure { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(web.page(status, &frame, &page))
}
