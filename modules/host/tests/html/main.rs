//! The HTML subset: what it lets through, what it refuses, what becomes of the host's elements.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod attacks;
mod differential;
mod elements;
mod generator;
mod reader;
mod subset;

use parcours_host::abilities::Fault;
use parcours_host::html::{Attachment, Expander, Person, expand};
use parcours_host::{CallError, PageLimits};

/// Answers that try to break out wherever they land.
pub struct Outside;

pub const NASTY: &str = "\"><script>alert(1)</script>&";

impl Expander for Outside {
    fn person(&mut self, number: i64) -> Result<Option<Person>, Fault> {
        Ok((number > 0).then(|| Person { name: if number == 666 { NASTY.into() } else { "Ada".into() }, url: Some(format!("/user/{number}")) }))
    }

    fn group(&mut self, number: i64) -> Result<Option<String>, Fault> {
        Ok((number > 0).then(|| if number == 666 { NASTY.into() } else { "Blue & red".into() }))
    }

    fn date(&mut self, time: i64, style: &str) -> Result<String, Fault> {
        Ok(format!("{style} {time}"))
    }

    fn rich_text(&mut self, _: &str, id: i64, _: &str) -> Result<Option<String>, Fault> {
        Ok((id > 0).then(|| "<li>loose</li><p>rich</p>".into()))
    }

    fn attachments(&mut self, _: &str, item: i64) -> Result<Vec<Attachment>, Fault> {
        let file = |name: &str| Attachment { name: name.into(), url: "/file/1/a.pdf".into(), size: 2048 };
        Ok(if item > 0 { vec![file("a.pdf"), file(NASTY)] } else { Vec::new() })
    }

    fn form_token(&mut self) -> Result<String, Fault> {
        Ok("t0k3n".into())
    }

    fn file_size(&mut self, bytes: u64) -> String {
        format!("{} KB", bytes / 1024)
    }
}

pub fn limits() -> PageLimits {
    parcours_host::Limits::default().page
}

pub fn written(html: &str) -> String {
    expand(html, &mut Outside, &limits()).unwrap_or_else(|e| panic!("{html}\n{e}"))
}

/// Why a page is refused, if it is.
pub fn refused(html: &str) -> Option<String> {
    match expand(html, &mut Outside, &limits()) {
        Ok(_) => None,
        Err(CallError::BadHtml { why, .. }) => Some(why),
        Err(other) => Some(other.to_string()),
    }
}
