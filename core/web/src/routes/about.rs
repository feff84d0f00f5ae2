//! The pages that every French public site owes its visitors. They say what is true of the program; who runs it adds who they are.

use crate::fault::Fault;
use crate::lang::say;
use crate::page::{Frame, Page};
use crate::shell::Web;
use crate::visit::Anyone;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Accessibility {}
#[derive(Serialize)]
pub(crate) struct Legal {}
#[derive(Serialize)]
pub(crate) struct Privacy {}

macro_rules! pages {
    ($($page:ident $handler:ident $template:literal $title:literal;)*) => { $(
        impl Page for $page {
            const TEMPLATE: &'static str = $template;
            #[cfg(test)]
            fn samples() -> Vec<$page> {
                vec![$page {}]
            }
        }

        pub(crate) async fn $handler(State(web): State<Web>, Anyone(visit, person): Anyone) -> Result<Response, Fault> {
            let frame = Frame::maybe(&visit, person.as_ref(), say(visit.lang, $title, &[]));
            Ok(web.page(StatusCode::OK, &frame, &$page {}))
        }
    )* };
}

pages! {
    Accessibility accessibility "accessibility.html" "accessibility.title";
    Legal legal "legal.html" "legal.title";
    Privacy privacy "privacy.html" "privacy.title";
}
