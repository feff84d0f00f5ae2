//! `/static/…`: what is embedded, and the styles of modules.

use super::At;
use crate::fault::Fault;
use crate::scope;
use crate::shell::Web;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use parcours_actions::{App, activity};

/// The address changes with the content, so a copy never grows old.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// A module's address does not, so the browser asks whether its copy still holds.
const ASK: &str = "public, no-cache";

pub(crate) async fn asset(State(web): State<Web>, At(name): At<String>) -> Result<Response, Fault> {
    let asset = web.assets.find(&name).ok_or(Fault::NotFound)?;
    Ok(([(header::CONTENT_TYPE, asset.mime), (header::CACHE_CONTROL, FOREVER)], asset.bytes).into_response())
}

/// The style of a module, if it ships one that may be used.
pub(crate) fn styled(app: &App, module: &str) -> Option<String> {
    let css = activity::css(app, module)?;
    scope::style(module, &css).inspect_err(|why| eprintln!("level=warn module={module} cause={:?}", format!("its style is refused: {why}"))).ok()
}

/// `/static/module/{module}.css`.
pub(crate) async fn module(State(web): State<Web>, At(name): At<String>, headers: HeaderMap) -> Result<Response, Fault> {
    let module = name.strip_suffix(".css").ok_or(Fault::NotFound)?.to_owned();
    let app = web.app.clone();
    let css = web.gate.run(move || styled(&app, &module).ok_or(Fault::NotFound)).await?;
    let etag = format!("\"{}\"", blake3::hash(css.as_bytes()).to_hex());
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == etag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], css).into_response() };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(ASK));
    if let Ok(v) = etag.parse() {
        response.headers_mut().insert(header::ETAG, v);
    }
    Ok(response)
}
