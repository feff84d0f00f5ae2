//! The addresses, one file a page, in folders as in the URL.

mod about;
mod check;
mod course;
mod dress;
mod file;
mod health;
mod home;
mod import;
mod language;
mod login;
mod logout;
mod statics;
mod work;

use crate::Options;
use crate::fault::Fault;
use crate::security::{headers, source};
use crate::shell::Shell;
use axum::extract::rejection::PathRejection;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use parcours_actions::App;
use serde::de::DeserializeOwned;
use std::convert::Infallible;
use std::sync::Arc;

/// Every page and endpoint, ready to be served. [`crate::Server::run`] adds who is connected; without it all requests seem to come from `0.0.0.0`.
pub fn router(app: Arc<App>, options: Options) -> Router {
    let web = Shell::new(app, options);
    Router::new()
        .route("/", get(home::page))
        .route("/login", get(login::page).post(login::send))
        .route("/logout", post(logout::send))
        .route("/lang", post(language::send))
        .route("/course/{course}", get(course::page))
        .route("/course/{course}/tick", post(course::tick::send))
        .route("/course/{course}/seen", post(course::tick::seen))
        .route("/course/{course}/report", get(course::report::page))
        .route("/course/{course}/report.json", get(course::report::json))
        .route("/course/{course}/report.csv", get(course::report::csv))
        .route("/course/{course}/export", get(course::export::page).post(course::export::send))
        .route("/course/{course}/publish", post(course::publish::send))
        .route("/course/{course}/withdraw", get(course::withdraw::page).post(course::withdraw::send))
        .route("/course/{course}/link/{token}/{numbers}", get(course::link::follow))
        .route("/course/{course}/{module}/{cm}", get(course::activity::front).post(course::activity::front))
        .route("/course/{course}/{module}/{cm}/", get(course::activity::front).post(course::activity::front))
        .route("/course/{course}/{module}/{cm}/{*route}", get(course::activity::inner).post(course::activity::inner))
        .route("/file/{course}/{context}/{component}/{area}/{item}/{*path}", get(file::send))
        .route("/import", get(import::page).post(import::send))
        .route("/import/{job}", get(import::job::page).post(import::job::send))
        .route("/check", get(check::page).post(check::send))
        .route("/check/{file}/{what}", post(check::tool))
        .route("/work/{work}", get(work::page).post(work::send))
        .route("/work/{work}/{part}", get(work::part))
        .route("/static/{name}", get(statics::asset))
        .route("/static/module/{name}", get(statics::module))
        .route("/accessibility", get(about::accessibility))
        .route("/legal", get(about::legal))
        .route("/privacy", get(about::privacy))
        .route("/healthz", get(health::answer))
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async { Fault::Method })
        // Forms are bounded where they are read (`form/`), each kind with its own limit.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(web.clone(), source::layer))
        .layer(middleware::from_fn_with_state(web.clone(), dress::layer))
        .layer(middleware::from_fn_with_state(web.clone(), headers::layer))
        .with_state(web)
}

/// The parts of an address. One that does not read (a word for a number, bytes that are no text) leads nowhere.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Fault))]
struct At<T>(T);

impl From<PathRejection> for Fault {
    fn from(_: PathRejection) -> Fault {
        Fault::NotFound
    }
}

/// What stands behind the `?`. What does not read counts as not asked.
struct Asked<T>(T);

impl<T: DeserializeOwned + Default, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked<T>, Infallible> {
        Ok(Asked(Query::try_from_uri(&parts.uri).map(|q| q.0).unwrap_or_default()))
    }
}

/// Post, redirect, get: after a change the browser asks for a page again.
fn go(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// Every page there is, for the tests that look at all of them.
#[cfg(test)]
pub(crate) mod samples {
    use super::{about, check, course, dress, home, import, login, work};
    use crate::page::Page;

    pub(crate) trait Visitor {
        fn page<P: Page>(&mut self);
    }

    pub(crate) fn each(visitor: &mut impl Visitor) {
        visitor.page::<login::Login>();
        visitor.page::<home::Home>();
        visitor.page::<course::view::Course>();
        visitor.page::<course::activity::Shown>();
        visitor.page::<course::report::Told>();
        visitor.page::<course::export::Export>();
        visitor.page::<course::withdraw::Withdraw>();
        visitor.page::<import::Ask>();
        visitor.page::<import::job::Ready>();
        visitor.page::<import::job::Running>();
        visitor.page::<import::job::Ended>();
        visitor.page::<check::Check>();
        visitor.page::<work::Running>();
        visitor.page::<work::Shown>();
        visitor.page::<about::Accessibility>();
        visitor.page::<about::Legal>();
        visitor.page::<about::Privacy>();
        visitor.page::<dress::Wrong>();
    }
}
