//! `/course/{course}`: sections and what is in them.

pub(crate) mod activity;
pub(crate) mod export;
pub(crate) mod link;
pub(crate) mod publish;
pub(crate) mod report;
pub(crate) mod tick;
pub(crate) mod view;
pub(crate) mod withdraw;

use super::At;
use crate::fault::Fault;
use crate::lang::say;
use crate::page::Frame;
use crate::shell::{Shell, Web};
use crate::visit::Person;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use parcours_actions::course::{self, CoursePage};
use view::Course;

pub(crate) async fn page(State(web): State<Web>, person: Person, At(course): At<i64>) -> Result<Response, Fault> {
    let course = find(&web, &person, course).await?;
    let lang = person.visit.lang;
    let frame = Frame::of(&person, course.name.clone()).crumb(say(lang, "home.title", &[]), "/");
    Ok(web.page(StatusCode::OK, &frame, &Course::new(course, lang, &person.csrf)))
}

async fn find(web: &Shell, person: &Person, course: i64) -> Result<CoursePage, Fault> {
    let (app, viewer, lang) = (web.app.clone(), person.viewer.clone(), person.visit.lang.code());
    web.gate.run(move || course::page(&app, &viewer, course, lang)).await
}

/// A course for one of the pages about it, which only those see who manage it.
async fn managed(web: &Shell, person: &Person, course: i64) -> Result<CoursePage, Fault> {
    let course = find(web, person, course).await?;
    if course.manage { Ok(course) } else { Err(Fault::Denied) }
}
