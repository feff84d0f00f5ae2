//! What an activity may tell the rest of the system.

use super::call::Call;
use crate::file::encode;
use parcours_host::ErrorCode;
use parcours_host::abilities::services::{LogLevel, Pair};
use parcours_host::abilities::{Fault, Refused, Services};

/// What this release does not do yet is said to the module, so that nothing it was promised is lost in silence.
fn not_yet(what: &str) -> Refused {
    Refused::told(ErrorCode::Unsupported, format!("{what} is not there in this release"))
}

impl Services for Call {
    fn log(&mut self, level: LogLevel, message: &str) {
        if matches!(level, LogLevel::Warn | LogLevel::Error) {
            eprintln!("module={} course={} cm={} {message:?}", self.activity.module, self.member.course, self.activity.cm);
        }
    }

    fn format_time(&mut self, time: i64, style: &str) -> Result<String, Fault> {
        Ok(self.date(time, style))
    }

    fn format_text(&mut self, text: &str, format: &str) -> Result<String, Fault> {
        let format = match format {
            "html" => 1,
            "plain" => 2,
            "markdown" => 4,
            "moodle" => 0,
            number => number.parse().unwrap_or(2),
        };
        Ok(self.clean(text, format, None).to_string())
    }

    fn url(&mut self, route: &str, query: &[Pair]) -> Result<String, Fault> {
        let mut url = self.address();
        if !route.is_empty() {
            url.push('/');
            url.push_str(&encode(route));
        }
        for (at, pair) in query.iter().enumerate() {
            url.push(if at == 0 { '?' } else { '&' });
            url.push_str(&encode_query(&pair.name));
            url.push('=');
            url.push_str(&encode_query(&pair.value));
        }
        Ok(url)
    }

    /// Nothing listens to events yet; the declaration is checked so that a module learns of a wrong name now.
    fn emit(&mut self, event: &str, _: Option<i64>, _: Option<i64>, _: &[Pair]) -> Result<(), Refused> {
        if self.declaration().events.contains_key(event) {
            return Ok(());
        }
        Err(Refused::told(ErrorCode::Invalid, format!("the module declares no event `{event}`")))
    }

    fn set_grade(&mut self, _: &str, _: i64, _: Option<f64>, _: Option<&str>) -> Result<(), Refused> {
        Err(not_yet("grading by a module"))
    }

    fn set_completion(&mut self, user: i64, _: &str, done: bool) -> Result<(), Refused> {
        let (course, cm, now) = (self.member.course, self.activity.cm, self.now);
        if self.activity.completion != 2 {
            return Ok(());
        }
        let w = self.write()?;
        parcours_store::completion::set(w, course, cm, user, done.into(), true, now).map_err(super::values::refused)
    }

    fn notify(&mut self, _: &str, _: &[i64], _: &str, _: &str, _: &str) -> Result<(), Refused> {
        Err(not_yet("notifying people"))
    }

    fn calendar(&mut self, _: &str, _: Option<i64>, _: &str) -> Result<(), Refused> {
        Err(not_yet("the calendar"))
    }

    fn index(&mut self, _: &str, _: i64, _: &str, _: &str) -> Result<(), Refused> {
        Err(not_yet("the search index"))
    }

    fn enqueue(&mut self, _: &str, _: &str, _: Option<i64>) -> Result<(), Refused> {
        Err(not_yet("work put off"))
    }
}

/// Percent-encodes a name or value of a query.
fn encode_query(text: &str) -> String {
    encode(text).replace('/', "%2F").replace('+', "%2B").replace('&', "%26").replace('=', "%3D")
}
