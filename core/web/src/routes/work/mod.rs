//! `/work/{work}`: a work under way, what came of it, and its files. Exports and what is done with a file that is not imported end here.

pub(crate) mod asked;
mod shown;

use crate::fault::Fault;
use crate::form::{self, Bounds};
use crate::lang::{Lang, say};
use crate::links;
use crate::page::{Frame, Page};
use crate::routes::{Asked, At, go};
use crate::send::{self, Content, Parcel};
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use parcours_actions::work::{self, Part, Progress, State as Now, What, Work};
use serde::{Deserialize, Serialize};
pub(crate) use shown::Shown;

/// Seconds between looks at a work, where no script runs.
const AGAIN: u32 = 2;

#[derive(Serialize)]
pub(crate) struct Running {
    title: String,
    name: String,
    stages: Vec<Step>,
    /// Of the present stage; `None` while it is not known how much there is.
    percent: Option<u64>,
}

#[derive(Serialize)]
struct Step {
    name: &'static str,
    done: bool,
    current: bool,
}

pub(crate) async fn page(State(web): State<Web>, person: Person, At(id): At<String>) -> Result<Response, Fault> {
    let (app, viewer) = (web.app.clone(), person.viewer.clone());
    let found = web.gate.run(move || work::get(&app, &viewer, &id).map(|found| (found, work::list(&app, &viewer)))).await?;
    let (found, all) = found;
    let lang = person.visit.lang;
    let title = say(lang, shown::title(&found), &[]);
    let mut frame = crumbs(Frame::of(&person, title.clone()), &found, lang);
    if let Now::Running(progress) = &found.state {
        frame.refresh = Some(AGAIN);
        return Ok(web.page(StatusCode::OK, &frame, &running(title, found.name, progress, lang)));
    }
    Ok(web.page(StatusCode::OK, &frame, &Shown::new(title, &found, &all, lang)))
}

fn crumbs(frame: Frame, work: &Work, lang: Lang) -> Frame {
    let frame = frame.crumb(say(lang, "home.title", &[]), "/");
    match &work.what {
        What::Export { course, .. } => {
            let export = links::course_page(*course, "export");
            frame.crumb(work.name.clone(), links::course(*course)).crumb(say(lang, "course.export", &[]), export)
        }
        What::Check => frame.crumb(say(lang, "check.title", &[]), "/check"),
        What::Convert { of } | What::Clean { of } | What::Compare { of } => {
            frame.crumb(say(lang, "check.title", &[]), "/check").crumb(say(lang, "work.check.title", &[]), links::work(of))
        }
    }
}

fn running(title: String, name: String, progress: &Progress, lang: Lang) -> Running {
    let step =
        |(i, did): (usize, &parcours_actions::convert::Did)| Step { name: did.words(lang.into()), done: i < progress.at, current: i == progress.at };
    Running { title, name, stages: progress.steps.iter().enumerate().map(step).collect(), percent: progress.percent }
}

/// Ends a work, or throws it away.
pub(crate) async fn send(State(web): State<Web>, person: Person, At(id): At<String>, request: Request) -> Result<Response, Fault> {
    let form = form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    let (app, viewer, of) = (web.app.clone(), person.viewer, id.clone());
    match form.field("do") {
        "cancel" => web.gate.run(move || work::cancel(&app, &viewer, &of)).await?,
        "remove" => {
            let what = web
                .gate
                .run(move || {
                    let what = work::get(&app, &viewer, &of)?.what;
                    work::remove(&app, &viewer, &of).map(|()| what)
                })
                .await?;
            return Ok(match what {
                What::Export { course, .. } => go(&links::course_page(course, "export")),
                _ => go("/check"),
            });
        }
        _ => return Err(Fault::Unreadable("error.unreadable.broken")),
    }
    Ok(go(&links::work(&id)))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Search {
    /// Anything but empty: a page as a download too.
    download: String,
}

/// A file that the work left.
pub(crate) async fn part(
    State(web): State<Web>,
    person: Person,
    At((id, part)): At<(String, String)>,
    Asked(asked): Asked<Search>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let part: Part = part.parse().map_err(|()| Fault::NotFound)?;
    let (app, viewer, of) = (web.app.clone(), person.viewer, id.clone());
    let (paper, file) = web.gate.run(move || work::open(&app, &viewer, &of, part)).await?;
    if part.is_page() && asked.download.is_empty() {
        let back = (say(person.visit.lang, "work.back", &[]), links::work(&id));
        return web.gate.run(move || send::document(file, paper.size, &back)).await;
    }
    let mime = mime(&paper.name).to_owned();
    let parcel = Parcel { name: paper.name, mime, inline: false, etag: format!("{id}-{part}"), size: paper.size, content: Content::File(file) };
    send::parcel(&headers, parcel)
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "epub" => "application/epub+zip",
        "zip" | "imscc" => "application/zip",
        "xml" => "application/xml",
        "json" => "application/json",
        "html" => "text/html; charset=utf-8",
        "gift" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

impl Page for Running {
    const TEMPLATE: &'static str = "work-running.html";
    #[cfg(test)]
    fn samples() -> Vec<Running> {
        use parcours_actions::convert::Did;
        let steps = vec![Did::Export, Did::Read, Did::People, Did::Write];
        (0..5)
            .map(|at| running("Export".into(), "Oral <b>".into(), &Progress { steps: steps.clone(), at, percent: (at == 1).then_some(42) }, Lang::Fr))
            .collect()
    }
}
