//! `/course/{course}/link/{token}/{numbers}`: a link in a text that names a record; where it leads is looked up when somebody follows it.

use super::At;
use crate::fault::Fault;
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::State;
use axum::response::Redirect;
use parcours_actions::link;

pub(crate) async fn follow(
    State(web): State<Web>,
    person: Person,
    At((course, token, numbers)): At<(i64, String, String)>,
) -> Result<Redirect, Fault> {
    let numbers: Vec<i64> = numbers.split('-').map(str::parse).collect::<Result<_, _>>().map_err(|_| Fault::NotFound)?;
    let (app, viewer) = (web.app.clone(), person.viewer.clone());
    let path = web.gate.run(move || link::resolve(&app, &viewer, course, &token, &numbers)).await?;
    Ok(Redirect::to(&path))
}
