//! What an activity may tell the rest of the system.

use wasmtime::Result;

use super::{Fault, Refused};
use crate::bindings::parcours::activity::services;
use crate::state::State;

pub use crate::bindings::parcours::activity::types::Pair;
pub use services::LogLevel;

/// What an activity may tell the rest of the system. All but the first four write: they belong to the transaction of the call.
pub trait Services {
    /// For the administrator's log, with the module's name. Within the budget of the call.
    fn log(&mut self, level: LogLevel, message: &str);
    /// In the reader's language and zone. `style`: `long`, `short`, `date`, `time`, `relative`; another one is `long`.
    fn format_time(&mut self, time: i64, style: &str) -> Result<String, Fault>;
    /// Text in a Moodle format (`0` to `4`, or `html`, `plain`, `markdown`, `moodle`) as sanitised HTML, to be shown and nothing else.
    fn format_text(&mut self, text: &str, format: &str) -> Result<String, Fault>;
    /// The address of a page of this activity.
    fn url(&mut self, route: &str, query: &[Pair]) -> Result<String, Fault>;
    /// An event type of the declaration.
    fn emit(&mut self, event: &str, subject: Option<i64>, related_user: Option<i64>, data: &[Pair]) -> Result<(), Refused>;
    fn set_grade(&mut self, item: &str, user: i64, value: Option<f64>, feedback: Option<&str>) -> Result<(), Refused>;
    fn set_completion(&mut self, user: i64, rule: &str, done: bool) -> Result<(), Refused>;
    fn notify(&mut self, message_type: &str, to: &[i64], subject: &str, html: &str, link: &str) -> Result<(), Refused>;
    /// Sets the one entry of this type of the activity in the course calendar; `None` takes it out.
    fn calendar(&mut self, event_type: &str, at: Option<i64>, name: &str) -> Result<(), Refused>;
    fn index(&mut self, table: &str, id: i64, title: &str, text: &str) -> Result<(), Refused>;
    /// Runs the module's `task` later, at least once, as the system's user.
    fn enqueue(&mut self, task: &str, payload: &str, not_before: Option<i64>) -> Result<(), Refused>;
}

impl services::Host for State {
    fn log(&mut self, level: LogLevel, message: String) -> Result<()> {
        self.enter()?;
        self.write_log(level, &message);
        Ok(())
    }

    fn tr(&mut self, key: String, args: Vec<Pair>) -> Result<String> {
        self.enter()?;
        if self.lang.is_none() {
            self.lang = Some(self.asked(|a| a.current_user())?.lang);
        }
        let args = args.iter().map(|pair| (pair.name.as_str(), pair.value.as_str()));
        let text = self.strings.text(self.lang.as_deref().unwrap_or_default(), &key, args);
        self.hand_out(text.len())?;
        Ok(text)
    }

    fn format_time(&mut self, time: i64, style: String) -> Result<String> {
        self.enter()?;
        self.asked(|a| a.format_time(time, &style))
    }

    fn format_text(&mut self, text: String, format: String) -> Result<String> {
        self.enter()?;
        let html = self.asked(|a| a.format_text(&text, &format))?;
        self.hand_out(html.len())?;
        Ok(html)
    }

    fn url(&mut self, route: String, query: Vec<Pair>) -> Result<String> {
        self.enter()?;
        self.asked(|a| a.url(&route, &query))
    }

    fn emit(&mut self, event: String, subject: Option<i64>, user: Option<i64>, data: Vec<Pair>) -> Result<(), Refused> {
        self.enter_to_write()?;
        self.abilities.emit(&event, subject, user, &data)
    }

    fn set_grade(&mut self, item: String, user: i64, value: Option<f64>, feedback: Option<String>) -> Result<(), Refused> {
        self.enter_to_write()?;
        self.abilities.set_grade(&item, user, value, feedback.as_deref())
    }

    fn set_completion(&mut self, user: i64, rule: String, done: bool) -> Result<(), Refused> {
        self.enter_to_write()?;
        self.abilities.set_completion(user, &rule, done)
    }

    fn notify(&mut self, message_type: String, to: Vec<i64>, subject: String, html: String, link: String) -> Result<(), Refused> {
        self.enter_to_write()?;
        self.abilities.notify(&message_type, &to, &subject, &html, &link)
    }

    fn calendar(&mut self, event_type: String, at: Option<i64>, name: String) -> Result<(), Refused> {
        self.enter_to_write()?;
        self.abilities.calendar(&event_type, at, &name)
    }

    fn index(&mut self, table: String, id: i64, title: String, text: String) -> Result<(), Refused> {
        self.enter_to_write()?;
        self.abilities.index(&table, id, &title, &text)
    }

    fn enqueue(&mut self, task: String, payload: String, not_before: Option<i64>) -> Result<(), Refused> {
        self.enter_to_write()?;
        self.abilities.enqueue(&task, &payload, not_before)
    }
}
