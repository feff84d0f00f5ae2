//! `/course/{course}/tick`: marking an activity as done, and taking that back; `/course/{course}/seen`: noting that one was opened.

use crate::fault::Fault;
use crate::form::{self, Bounds};
use crate::links;
use crate::routes::{At, go};
use crate::security::next;
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::response::Response;
use parcours_actions::completion;

pub(crate) async fn send(State(web): State<Web>, person: Person, At(course): At<i64>, request: Request) -> Result<Response, Fault> {
    let form = form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    let cm = form.number("cm").ok_or(Fault::NotFound)?;
    let done = form.ticked("done");
    let (app, viewer) = (web.app.clone(), person.viewer);
    web.gate.run(move || completion::tick(&app, &viewer, course, cm, done)).await?;
    Ok(go(&format!("{}#cm-{cm}", links::course(course))))
}

pub(crate) async fn seen(State(web): State<Web>, person: Person, At(course): At<i64>, request: Request) -> Result<Response, Fault> {
    let form = form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    let cm = form.number("cm").ok_or(Fault::NotFound)?;
    let (app, viewer) = (web.app.clone(), person.viewer);
    web.gate.run(move || completion::seen(&app, &viewer, course, cm)).await?;
    Ok(go(next::safe(form.field("back"))))
}
