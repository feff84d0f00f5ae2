//! A loaded module, and the calls one can make.

use std::sync::Arc;

use parcours_declare::Declaration;

use crate::abilities::Abilities;
use crate::abilities::services::Pair;
use crate::bindings::ActivityPre;
use crate::bindings::exports::parcours::activity::module::{Card, Outcome, Request};
use crate::call::{Call, Done};
use crate::html;
use crate::limits::Limits;
use crate::state::State;
use crate::strings::Strings;

/// A module, compiled and linked. Every call runs in a fresh instance; nothing stays in it between calls.
///
/// Each call takes the abilities and gives them back in [`Done`]: commit what they did when the result is `Ok`, roll it back otherwise.
/// What a reader may see, CSRF and the capability of the route are the caller's to check before.
pub struct Module {
    pub(crate) pre: ActivityPre<State>,
    pub(crate) strings: Arc<Strings>,
    pub(crate) declaration: Declaration,
    pub(crate) css: Option<String>,
    pub(crate) hash: String,
}

impl Module {
    pub fn declaration(&self) -> &Declaration {
        &self.declaration
    }

    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The module's style as it came, unchecked.
    pub fn css(&self) -> Option<&str> {
        self.css.as_deref()
    }

    /// blake3 of the file it was loaded from.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// How the activity shows on the course page. Reads only. The summary is checked and written out.
    pub fn describe(&self, abilities: Box<dyn Abilities>, limits: &Limits) -> Done<Card> {
        let call = Call { module: self, limits: &limits.view, writable: false };
        let done = call.run(abilities, |guest, store| guest.call_describe(store));
        done.and_then(|mut card, abilities| {
            card.summary_html = html::expand(&card.summary_html, abilities, &limits.page)?;
            Ok(card)
        })
    }

    /// A page. Reads only. Its HTML is checked and written out.
    pub fn view(&self, abilities: Box<dyn Abilities>, request: &Request, limits: &Limits) -> Done<Outcome> {
        let call = Call { module: self, limits: &limits.view, writable: false };
        let done = call.run(abilities, |guest, store| guest.call_view(store, request));
        done.and_then(|outcome, abilities| write_out(outcome, abilities, limits))
    }

    /// A deed. May write; a page it answers (a form with errors) is checked and written out.
    pub fn act(&self, abilities: Box<dyn Abilities>, request: &Request, limits: &Limits) -> Done<Outcome> {
        let call = Call { module: self, limits: &limits.act, writable: true };
        let done = call.run(abilities, |guest, store| guest.call_act(store, request));
        done.and_then(|outcome, abilities| write_out(outcome, abilities, limits))
    }

    /// The settings were saved; `created` when the activity is new.
    pub fn configure(&self, abilities: Box<dyn Abilities>, created: bool, settings: &[Pair], limits: &Limits) -> Done<()> {
        let call = Call { module: self, limits: &limits.act, writable: true };
        call.run(abilities, |guest, store| guest.call_configure(store, created, settings))
    }

    /// The course is reset, by the rules the person ticked.
    pub fn reset(&self, abilities: Box<dyn Abilities>, rules: &[String], limits: &Limits) -> Done<()> {
        let call = Call { module: self, limits: &limits.act, writable: true };
        call.run(abilities, |guest, store| guest.call_reset(store, rules))
    }

    /// Work put off by `enqueue`, or due by the clock.
    pub fn task(&self, abilities: Box<dyn Abilities>, name: &str, payload: &str, limits: &Limits) -> Done<()> {
        let call = Call { module: self, limits: &limits.task, writable: true };
        call.run(abilities, |guest, store| guest.call_task(store, name, payload))
    }

    /// Something happened elsewhere in the course.
    pub fn on_event(&self, abilities: Box<dyn Abilities>, event: &Event, limits: &Limits) -> Done<()> {
        let call = Call { module: self, limits: &limits.act, writable: true };
        call.run(abilities, |guest, store| guest.call_on_event(store, &event.name, event.subject, event.user, &event.data))
    }

    /// Changes of data the declaration cannot express.
    pub fn upgrade(&self, abilities: Box<dyn Abilities>, from_version: u32, limits: &Limits) -> Done<()> {
        let call = Call { module: self, limits: &limits.task, writable: true };
        call.run(abilities, |guest, store| guest.call_upgrade(store, from_version))
    }
}

/// Something that happened, as other modules are told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub name: String,
    pub subject: Option<i64>,
    pub user: Option<i64>,
    pub data: Vec<Pair>,
}

fn write_out(outcome: Outcome, abilities: &mut dyn Abilities, limits: &Limits) -> Result<Outcome, crate::CallError> {
    Ok(match outcome {
        Outcome::Page(mut page) => {
            page.html = html::expand(&page.html, abilities, &limits.page)?;
            Outcome::Page(page)
        }
        Outcome::Fragment(fragment) => Outcome::Fragment(html::expand(&fragment, abilities, &limits.page)?),
        other => other,
    })
}
