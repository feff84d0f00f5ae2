//! Makes a page of what went wrong: what happened, what to do next, and the incident number where there is one.

use crate::fault::Fault;
use crate::lang::{Lang, say, size};
use crate::links;
use crate::page::{Frame, Page};
use crate::security::next;
use crate::shell::Web;
use crate::visit::{self, Visit};
use crate::words::{self, Cause};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr};

#[derive(Serialize)]
pub(crate) struct Wrong {
    status: u16,
    title: String,
    text: String,
    /// Where in an archive, and a technical remark in English; empty when there is none.
    place: String,
    detail: String,
    /// What to do next.
    hint: String,
    incident: Option<String>,
    /// A page to go on from, and its name.
    link: String,
    link_name: String,
}

pub(crate) async fn layer(State(web): State<Web>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let lang = visit::lang(&headers);
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let response = next.run(request).await;
    let Some(fault) = fault(&response) else { return response };
    if let Fault::Login = fault {
        return super::go(&links::login(next::safe(&path)));
    }
    let page = wrong(&fault, lang);
    let visit = Visit { lang, path: next::safe(&path).to_owned(), address: IpAddr::V4(Ipv4Addr::UNSPECIFIED) };
    // Who is logged in stays so in the page's head; where even that cannot be found out, the page does without.
    let person = visit::person(&web, &headers, &visit).await.unwrap_or(None);
    let frame = Frame::maybe(&visit, person.as_ref(), page.title.clone());
    let mut dressed = web.page(fault.status(), &frame, &page);
    if let Some(seconds) = fault.retry_after() {
        dressed.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    if let Fault::TooLarge(_) = fault {
        // The rest of the body is not read; the connection cannot be used again.
        dressed.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
    }
    dressed
}

/// Ours, or what the framework answers by itself to a request it cannot read.
fn fault(response: &Response) -> Option<Fault> {
    if let Some(fault) = response.extensions().get::<Fault>() {
        return Some(fault.clone());
    }
    let page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    match response.status() {
        _ if page => None,
        StatusCode::RANGE_NOT_SATISFIABLE => None,
        s if s.is_client_error() => Some(Fault::Unreadable("error.unreadable.broken")),
        s if s.is_server_error() => Some(Fault::incident(format!("a bare status {s}"))),
        _ => None,
    }
}

fn wrong(fault: &Fault, lang: Lang) -> Wrong {
    let say = |key: &str| say(lang, key, &[]);
    let counted = |key: &str, n: u64| crate::lang::say(lang, key, &[("n", n.to_string())]);
    let mut cause = Cause::default();
    let (title, text, hint) = match fault {
        Fault::Login | Fault::NotFound => (say("error.not_found.title"), say("error.not_found.text"), say("error.not_found.hint")),
        Fault::Method => (say("error.method.title"), say("error.method.text"), say("error.method.hint")),
        Fault::Denied => (say("error.denied.title"), say("error.denied.text"), say("error.denied.hint")),
        Fault::Refused(text) => (say("error.denied.title"), text.clone(), say("error.refused.hint")),
        Fault::Waiting => (say("error.waiting.title"), say("error.waiting.text"), say("error.waiting.hint")),
        Fault::Started => (say("error.started.title"), say("error.started.text"), say("error.started.hint")),
        Fault::Forged => (say("error.forged.title"), say("error.forged.text"), say("error.forged.hint")),
        Fault::Unreadable(key) => (say("error.unreadable.title"), say(key), say("error.unreadable.hint")),
        Fault::Invalid(text) => (say("error.invalid.title"), text.clone(), say("error.invalid.hint")),
        Fault::Conflict => (say("error.conflict.title"), say("error.conflict.text"), say("error.conflict.hint")),
        Fault::TooLarge(limit) => {
            let text = crate::lang::say(lang, "error.too_large.text", &[("size", size(lang, *limit))]);
            (say("error.too_large.title"), text, say("error.too_large.hint"))
        }
        Fault::TooMany(seconds) => (say("error.too_many.title"), say("error.too_many.text"), counted("error.wait", *seconds)),
        Fault::Busy(seconds) => (say("error.busy.title"), say("error.busy.text"), counted("error.wait", *seconds)),
        Fault::Archive(error) => {
            cause = words::of_archive(lang, error);
            (say("error.archive.title"), cause.text.clone(), say("error.archive.hint"))
        }
        Fault::Foreign(what) => {
            let text = crate::lang::say(lang, "error.foreign.text", &[("what", what.escape_debug().to_string())]);
            (say("error.foreign.title"), text, say("error.foreign.hint"))
        }
        Fault::NoQuestions(why) => {
            cause.detail.clone_from(why);
            (say("error.no_questions.title"), say("error.no_questions.text"), say("error.no_questions.hint"))
        }
        Fault::Module(_) => (say("error.module.title"), say("error.module.text"), say("error.incident.hint")),
        Fault::Incident { .. } => (say("error.incident.title"), say("error.incident.text"), say("error.incident.hint")),
    };
    let incident = match fault {
        Fault::Module(incident) | Fault::Incident { incident } => Some(incident.clone()),
        _ => None,
    };
    let (link, link_name) = match fault {
        Fault::Archive(_) | Fault::Foreign(_) | Fault::NoQuestions(_) => ("/import", say("error.link.import")),
        _ => ("/", say("error.link.home")),
    };
    Wrong { status: fault.status().as_u16(), title, text, place: cause.place, detail: cause.detail, hint, incident, link: link.to_owned(), link_name }
}

impl Page for Wrong {
    const TEMPLATE: &'static str = "error.html";
    #[cfg(test)]
    fn samples() -> Vec<Wrong> {
        use parcours_mbz::{Error, Place};
        use std::sync::Arc;
        let faults = [
            Fault::NotFound,
            Fault::Method,
            Fault::Denied,
            Fault::Refused("Cette discussion est verrouillée <b>.".into()),
            Fault::Waiting,
            Fault::Started,
            Fault::Forged,
            Fault::Unreadable("error.unreadable.broken"),
            Fault::Invalid("<b>".into()),
            Fault::Conflict,
            Fault::TooLarge(2 << 30),
            Fault::TooMany(40),
            Fault::Busy(2),
            Fault::Archive(Arc::new(Error::Syntax { place: Place { entry: "users<b>.xml".into(), line: 3, column: 14 }, what: "<b>".into() })),
            Fault::Foreign("ADL <b>".into()),
            Fault::NoQuestions("<b>".into()),
            Fault::Module("abc".into()),
            Fault::Incident { incident: "3f9a0c21aa10".into() },
        ];
        Lang::ALL.into_iter().flat_map(|lang| faults.iter().map(move |f| wrong(f, lang)).collect::<Vec<_>>()).collect()
    }
}
