//! `/import/{job}`: the inventory and the choices, then the progress, then the end.

mod inventory;

use crate::fault::Fault;
use crate::form::{self, Bounds};
use crate::lang::{Lang, say};
use crate::links;
use crate::page::{Frame, Page};
use crate::routes::{At, go};
use crate::shell::Web;
use crate::visit::Person;
use crate::words::{self, Cause};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
pub(crate) use inventory::{Ready, kind};
use parcours_actions::import::{self, Choices, Job, Progress, Stage, State as At_};
use serde::Serialize;

/// Seconds between looks at a running import, where no script runs.
const AGAIN: u32 = 2;

#[derive(Serialize)]
pub(crate) struct Running {
    file_name: String,
    stages: Vec<Step>,
    /// Of the present stage, in percent; `None` while it is not known how much there is.
    percent: Option<u64>,
}

#[derive(Serialize)]
struct Step {
    name: String,
    done: bool,
    current: bool,
}

#[derive(Serialize)]
pub(crate) struct Ended {
    file_name: String,
    /// Address of the course, when there is one.
    course: Option<String>,
    report: Option<String>,
    /// Where to publish it.
    publish: Option<String>,
    /// Why there is none; empty when somebody cancelled.
    cause: Cause,
}

pub(crate) async fn page(State(web): State<Web>, person: Person, At(id): At<String>) -> Result<Response, Fault> {
    let (app, viewer) = (web.app.clone(), person.viewer.clone());
    let job = web.gate.run(move || import::job(&app, &viewer, &id)).await?;
    let lang = person.visit.lang;
    let frame = |title: &str| {
        Frame::of(&person, say(lang, title, &[])).crumb(say(lang, "home.title", &[]), "/").crumb(say(lang, "import.title", &[]), "/import")
    };
    let Job { file_name, size, made, state, .. } = job;
    Ok(match state {
        At_::Ready(found) => web.page(StatusCode::OK, &frame("job.ready.title"), &Ready::new(file_name, size, &found, made.as_ref(), lang)),
        At_::Running(progress) => {
            let mut frame = frame("job.running.title");
            frame.refresh = Some(AGAIN);
            web.page(StatusCode::OK, &frame, &running(file_name, progress, lang))
        }
        At_::Done { course } => web.page(StatusCode::OK, &frame("job.done.title"), &ended(file_name, Some(course), Cause::default())),
        At_::Failed(error) => {
            let cause = words::of_import(lang, &error);
            web.page(StatusCode::OK, &frame("job.failed.title"), &ended(file_name, None, cause))
        }
        At_::Cancelled => web.page(StatusCode::OK, &frame("job.cancelled.title"), &ended(file_name, None, Cause::default())),
    })
}

/// Starts a waiting import, or ends one.
pub(crate) async fn send(State(web): State<Web>, person: Person, At(id): At<String>, request: Request) -> Result<Response, Fault> {
    let form = form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    let language = person.visit.lang.into();
    let (app, viewer, job) = (web.app.clone(), person.viewer, id.clone());
    match form.field("do") {
        "start" => {
            let with = form.field("people") == "with";
            let choices = Choices {
                without_people: !with,
                same_people: with && form.ticked("same"),
                without_secrets: form.field("secrets") == "without",
                // Somebody looks at it first; the page that tells the end offers it.
                publish: false,
                language,
                origin: None,
            };
            web.gate.run(move || import::start(&app, &viewer, &job, choices)).await?;
        }
        "cancel" => web.gate.run(move || import::cancel(&app, &viewer, &job)).await?,
        _ => return Err(Fault::Unreadable("error.unreadable.broken")),
    }
    Ok(go(&links::job(&id)))
}

fn ended(file_name: String, course: Option<i64>, cause: Cause) -> Ended {
    let page = |name| course.map(|c| links::course_page(c, name));
    Ended { file_name, course: course.map(links::course), report: page("report"), publish: page("publish"), cause }
}

fn running(file_name: String, progress: Progress, lang: Lang) -> Running {
    const STAGES: [(Stage, &str); 4] = [
        (Stage::Unpacking, "stage.unpacking"),
        (Stage::People, "stage.people"),
        (Stage::Activities, "stage.activities"),
        (Stage::Publishing, "stage.publishing"),
    ];
    let now = STAGES.iter().position(|(s, _)| *s == progress.stage).unwrap_or(0);
    let step = |(i, (_, key)): (usize, &(Stage, &str))| Step { name: say(lang, key, &[]), done: i < now, current: i == now };
    let percent = (progress.of > 0).then(|| (u128::from(progress.done.min(progress.of)) * 100 / u128::from(progress.of)) as u64);
    Running { file_name, stages: STAGES.iter().enumerate().map(step).collect(), percent }
}

impl Page for Running {
    const TEMPLATE: &'static str = "job-running.html";
    #[cfg(test)]
    fn samples() -> Vec<Running> {
        let at = |stage, done, of| running("oral.mbz".into(), Progress { stage, done, of }, Lang::Fr);
        vec![at(Stage::Unpacking, 0, 0), at(Stage::Activities, 42, 100), at(Stage::Publishing, 9, 3)]
    }
}

impl Page for Ended {
    const TEMPLATE: &'static str = "job-ended.html";
    #[cfg(test)]
    fn samples() -> Vec<Ended> {
        let cause = |text: &str| Cause { text: text.into(), place: "users.xml".into(), detail: "<b>".into() };
        let ended = |course, text| ended("oral.mbz".into(), course, cause(text));
        vec![ended(Some(3), ""), ended(None, "users.xml, line 3 <b>"), ended(None, "")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_never_passes_the_whole() {
        let percent = |done, of| running(String::new(), Progress { stage: Stage::People, done, of }, Lang::Fr).percent;
        assert_eq!((percent(0, 0), percent(1, 3), percent(5, 3), percent(u64::MAX, u64::MAX)), (None, Some(33), Some(100), Some(100)));
    }
}
