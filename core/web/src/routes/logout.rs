//! `/logout`.

use super::go;
use crate::fault::Fault;
use crate::form::{self, Bounds};
use crate::security::cookie;
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use parcours_actions::session;

pub(crate) async fn send(State(web): State<Web>, person: Person, request: Request) -> Result<Response, Fault> {
    form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    let (app, token) = (web.app.clone(), person.token);
    web.gate.run(move || session::logout(&app, &token)).await?;
    let mut response = go("/login");
    let headers = response.headers_mut();
    if let Some(cookie) = cookie::close(web.options.tls()) {
        headers.append(header::SET_COOKIE, cookie);
    }
    // Drafts and copies of pages leave a shared computer with the person (ASVS 14.3.1).
    headers.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}
