//! `/login`: name and password, and back to the page that was asked for.

use super::{Asked, go};
use crate::fault::Fault;
use crate::form;
use crate::lang::say;
use crate::page::{Frame, Page};
use crate::security::{cookie, next};
use crate::shell::{Shell, Web};
use crate::visit::{Anyone, Visit};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use parcours_actions::{ActionError, session};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub(crate) struct Login {
    next: String,
    username: String,
    error: Option<String>,
}

impl Page for Login {
    const TEMPLATE: &'static str = "login.html";
    #[cfg(test)]
    fn samples() -> Vec<Login> {
        let page = |error: Option<&str>| Login { next: "/course/12".into(), username: "a.martin".into(), error: error.map(str::to_owned) };
        vec![page(None), page(Some("Identifiant ou mot de passe incorrect."))]
    }
}

#[derive(Deserialize, Default)]
pub(crate) struct Search {
    #[serde(default)]
    next: String,
}

pub(crate) async fn page(State(web): State<Web>, Anyone(visit, person): Anyone, Asked(asked): Asked<Search>) -> Response {
    let next = next::safe(&asked.next);
    if person.is_some() {
        return go(next);
    }
    let page = Login { next: next.to_owned(), username: String::new(), error: None };
    web.page(StatusCode::OK, &frame(&visit), &page)
}

/// The token of a form belongs to a session, and there is none yet: here only the request's source is checked (`security/source.rs`).
pub(crate) async fn send(State(web): State<Web>, visit: Visit, request: Request) -> Result<Response, Fault> {
    let before = cookie::session(request.headers(), web.options.tls());
    let form = form::open(&web, request).await?;
    let (username, password) = (form.field("username").trim().to_owned(), form.field("password").to_owned());
    let (app, name, address) = (web.app.clone(), username.clone(), visit.address.to_string());
    let next = next::safe(form.field("next")).to_owned();
    let opened = web.gate.run(move || Ok::<_, Fault>(session::login(&app, &name, &password, &address))).await?;
    match opened {
        Ok(session) => enter(&web, &session.token, before, &next).await,
        Err(ActionError::Invalid { .. }) => {
            Ok(again(&web, &visit, next, username, StatusCode::UNPROCESSABLE_ENTITY, say(visit.lang, "login.wrong", &[])))
        }
        Err(ActionError::TooMany(seconds)) => {
            let text = say(visit.lang, "login.too_many", &[("n", seconds.to_string())]);
            let mut response = again(&web, &visit, next, username, StatusCode::TOO_MANY_REQUESTS, text);
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

/// A login always gets a token of its own, and the one the browser had before ends (SECURITY F02).
async fn enter(web: &Shell, token: &str, before: Option<String>, next: &str) -> Result<Response, Fault> {
    if let Some(before) = before {
        let app = web.app.clone();
        web.gate.run(move || session::logout(&app, &before)).await?;
    }
    let mut response = go(next);
    let cookie = cookie::open(token, web.options.tls()).ok_or_else(|| Fault::incident("a session token that is no cookie value"))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

fn again(web: &Shell, visit: &Visit, next: String, username: String, status: StatusCode, error: String) -> Response {
    web.page(status, &frame(visit), &Login { next, username, error: Some(error) })
}

fn frame(visit: &Visit) -> Frame {
    let mut frame = Frame::open(visit, say(visit.lang, "login.title", &[]));
    "/login".clone_into(&mut frame.path);
    frame
}
