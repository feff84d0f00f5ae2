//! `/course/{course}/export`: the course as a backup that a stock Moodle restores, or in another format.

use super::managed;
use crate::fault::Fault;
use crate::form::{self, Bounds};
use crate::lang::say;
use crate::links;
use crate::page::{Frame, Page};
use crate::routes::work::asked::{Offer, asked};
use crate::routes::{At, go};
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use parcours_actions::work::{self, KEPT, What};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Export {
    name: String,
    back: String,
    offer: Offer,
    /// Exports of this course that this person has, with whether they run.
    works: Vec<Line>,
    /// Hours until they go by themselves.
    hours: i64,
}

#[derive(Serialize)]
struct Line {
    url: String,
    /// Of the download; empty while there is none.
    file: String,
    running: bool,
}

impl Page for Export {
    const TEMPLATE: &'static str = "export.html";
    #[cfg(test)]
    fn samples() -> Vec<Export> {
        let line = |file: &str| Line { url: links::work("a1"), file: file.into(), running: file.is_empty() };
        let works = |people: bool| if people { vec![line(""), line("oral-1.epub")] } else { Vec::new() };
        let page = |people| Export {
            name: "Enseigner l’oral".into(),
            back: links::course(1),
            offer: Offer::new(people, people, crate::lang::Lang::Fr),
            works: works(people),
            hours: 2,
        };
        [true, false].map(page).into()
    }
}

pub(crate) async fn page(State(web): State<Web>, person: Person, At(course): At<i64>) -> Result<Response, Fault> {
    let lang = person.visit.lang;
    let found = managed(&web, &person, course).await?;
    let frame =
        Frame::of(&person, say(lang, "export.title", &[])).crumb(say(lang, "home.title", &[]), "/").crumb(found.name.clone(), links::course(course));
    let (app, viewer) = (web.app.clone(), person.viewer.clone());
    let mine = web.gate.run(move || Ok::<_, Fault>(work::list(&app, &viewer))).await?;
    let mine = mine.into_iter().filter(|w| matches!(w.what, What::Export { course: c, .. } if c == course));
    let works = mine.map(|w| {
        let running = matches!(w.state, work::State::Running(_));
        let file = match w.state {
            work::State::Done(done) => done.papers.iter().find(|p| p.part == work::Part::Course).map(|p| p.name.clone()).unwrap_or_default(),
            _ => String::new(),
        };
        Line { url: links::work(&w.id), file, running }
    });
    let works = works.filter(|l| l.running || !l.file.is_empty()).collect();
    let offer = Offer::new(found.take_people, person.viewer.admin, lang);
    Ok(web.page(StatusCode::OK, &frame, &Export { name: found.name, back: links::course(course), offer, works, hours: KEPT / 3600 }))
}

/// Begins the export; its page says how far it is, and then where the file is.
pub(crate) async fn send(State(web): State<Web>, person: Person, At(course): At<i64>, request: Request) -> Result<Response, Fault> {
    let form = form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    let asked = asked(&form, person.visit.lang)?;
    let (app, viewer) = (web.app.clone(), person.viewer);
    let begun = web.gate.run(move || work::export(&app, &viewer, course, asked)).await?;
    Ok(go(&links::work(&begun.id)))
}
