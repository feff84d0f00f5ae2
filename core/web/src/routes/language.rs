//! `/lang`: choose a language, stay on the page.

use super::go;
use crate::fault::Fault;
use crate::form;
use crate::lang::Lang;
use crate::security::{cookie, next};
use crate::shell::Web;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::Response;

pub(crate) async fn send(State(web): State<Web>, request: Request) -> Result<Response, Fault> {
    let form = form::open(&web, request).await?;
    let lang = Lang::of(form.field("to")).ok_or(Fault::NotFound)?;
    // The login page is no place that a login may lead to, but it is one to read in another language.
    let back = form.field("next");
    let mut response = go(if back == "/login" { back } else { next::safe(back) });
    if let Some(cookie) = cookie::keep_lang(lang.code(), web.options.tls()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
