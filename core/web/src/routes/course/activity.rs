//! `/course/{course}/{module}/{cm}/…`: the pages and forms of an activity.

use crate::fault::Fault;
use crate::form::{self, Bounds, Received};
use crate::lang::say;
use crate::links;
use crate::page::{Crumb, Frame, Page};
use crate::routes::{At, file, go, statics};
use crate::security::next;
use crate::send::{self, Content, Parcel};
use crate::shell::{Shell, Web};
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use parcours_actions::activity::{self, Answer, Upload};
use serde::Serialize;
use std::io::Seek;

#[derive(Serialize)]
pub(crate) struct Shown {
    /// Name of the activity: the page's heading.
    activity: String,
    /// Class of the frame that a module's style is scoped to.
    module: String,
    /// Checked by the module host, written out by it: clean HTML.
    html: String,
    /// Opening it counts as done, and is not noted yet. A GET writes nothing, so the page offers to note it; the script does so by itself.
    seen: Option<Seen>,
    previous: Option<Crumb>,
    next: Option<Crumb>,
}

#[derive(Serialize)]
struct Seen {
    action: String,
    cm: i64,
    back: String,
}

impl Page for Shown {
    const TEMPLATE: &'static str = "activity.html";
    #[cfg(test)]
    fn samples() -> Vec<Shown> {
        let beside = |name: &str| Some(Crumb { name: name.into(), url: "/course/1/page/2".into() });
        let shown = |seen, previous, next| Shown {
            activity: "Forum <i>".into(),
            module: "forum".into(),
            html: "<h2>Sujet</h2>".into(),
            seen,
            previous,
            next,
        };
        let seen = Seen { action: "/course/1/seen".into(), cm: 2, back: "/course/1/forum/2?a=\"b".into() };
        vec![shown(Some(seen), None, beside("Suite")), shown(None, beside("Avant"), None), shown(None, None, None)]
    }
}

pub(crate) async fn front(
    State(web): State<Web>,
    person: Person,
    At((course, module, cm)): At<(i64, String, i64)>,
    request: Request,
) -> Result<Response, Fault> {
    run(&web, person, (course, module, cm, String::new()), request).await
}

pub(crate) async fn inner(
    State(web): State<Web>,
    person: Person,
    At(place): At<(i64, String, i64, String)>,
    request: Request,
) -> Result<Response, Fault> {
    run(&web, person, place, request).await
}

async fn run(web: &Shell, person: Person, (course, module, cm, route): (i64, String, i64, String), request: Request) -> Result<Response, Fault> {
    let query = request.uri().query().unwrap_or("");
    let mut asked = activity::Request {
        course,
        cm,
        module,
        route,
        query: form_urlencoded::parse(query.as_bytes()).into_owned().take(web.options.limits.parts).collect(),
        lang: person.visit.lang.code().to_owned(),
        csrf: person.csrf.clone(),
        ..activity::Request::default()
    };
    let headers = request.headers().clone();
    let (app, viewer) = (web.app.clone(), person.viewer.clone());
    let answer = if request.method() == Method::POST {
        let sent = form::of(web, &person, request, Bounds::uploads(&web.options.limits)).await?;
        asked.form = sent.fields;
        asked.uploads = sent.files.into_iter().map(upload).collect::<Result<_, _>>()?;
        web.gate.run(move || activity::act(&app, &viewer, asked)).await?
    } else {
        web.gate.run(move || activity::view(&app, &viewer, asked)).await?
    };
    match answer {
        Answer::Page(page) => {
            let (app, module) = (web.app.clone(), page.module.clone());
            let styled = web.gate.run(move || Ok::<_, Fault>(statics::styled(&app, &module).is_some())).await?;
            Ok(shown(web, &person, cm, page, styled))
        }
        Answer::Redirect(to) => Ok(go(next::safe(&to))),
        Answer::Json(text) => Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response()),
        Answer::Download { name, mime, bytes } => {
            let size = bytes.len() as u64;
            send::parcel(&headers, Parcel { name, mime, inline: false, etag: String::new(), size, content: Content::Bytes(bytes) })
        }
        Answer::File(served) => send::parcel(&headers, file::parcel(served, false)),
    }
}

/// Only the open file goes on; its name on our disk ends here.
fn upload(received: Received) -> Result<Upload, Fault> {
    let mut file = received.file.into_file();
    file.rewind().map_err(Fault::incident)?;
    Ok(Upload { field: received.field, name: received.name, file, size: received.size })
}

fn shown(web: &Shell, person: &Person, cm: i64, page: activity::Page, styled: bool) -> Response {
    let lang = person.visit.lang;
    let title =
        if page.title.is_empty() || page.title == page.activity { page.activity.clone() } else { format!("{} – {}", page.title, page.activity) };
    let mut frame = Frame::of(person, title).crumb(say(lang, "home.title", &[]), "/").crumb(page.course_name, links::course(page.course));
    for (name, url) in page.crumbs {
        frame = frame.crumb(name, url);
    }
    frame.module = styled.then(|| page.module.clone());
    let beside = |step: Option<(String, String)>| step.map(|(name, url)| Crumb { name, url });
    let seen = page.to_note.then(|| Seen { action: links::course_page(page.course, "seen"), cm, back: person.visit.path.clone() });
    let shown =
        Shown { activity: page.activity, module: page.module, html: page.html, seen, previous: beside(page.previous), next: beside(page.next) };
    let status = StatusCode::from_u16(page.status).ok().filter(|s| s.as_u16() >= 200).unwrap_or(StatusCode::OK);
    web.page(status, &frame, &shown)
}
