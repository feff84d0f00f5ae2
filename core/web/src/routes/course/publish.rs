//! `/course/{course}/publish`: opening a course to its people, and closing it again.

use crate::fault::Fault;
use crate::form::{self, Bounds};
use crate::links;
use crate::routes::{At, go};
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::response::Response;
use parcours_actions::publish;

pub(crate) async fn send(State(web): State<Web>, person: Person, At(course): At<i64>, request: Request) -> Result<Response, Fault> {
    let form = form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    let open = match form.field("do") {
        "publish" => true,
        "hide" => false,
        _ => return Err(Fault::Unreadable("error.unreadable.broken")),
    };
    let (app, viewer) = (web.app.clone(), person.viewer);
    web.gate.run(move || publish::set(&app, Some(&viewer), course, open)).await?;
    Ok(go(&links::course(course)))
}
