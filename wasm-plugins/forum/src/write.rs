//! Starting a discussion, answering, editing.
//!
//! A form that cannot be accepted comes back as a page (status 422) with everything typed still in it and each fault at its field; `Err` is for
//! what no typing would mend.

mod edit;
mod files;
mod reply;
mod start;

pub use edit::{edit, edit_form};
pub use reply::{reply, reply_form};
pub use start::{open, start, start_form};

use crate::compose::{self, Draft, Task};
use crate::here::Here;
use crate::list::notes;
use crate::list::tools::warning;
use crate::rights::Throttle;
use parcours_sdk::{Faults, Outcome, Page, Result, Value};

fn page(here: &Here, task: &Task, draft: &Draft, faults: &Faults) -> Result<Outcome> {
    let mut html = parcours_sdk::Html::new();
    if let (Throttle::Warned(said), false) = (here.throttle()?, matches!(task, Task::Edit(..))) {
        html.push(notes([warning(here, said)]));
    }
    html.push(compose::form(here, task, draft, faults)?);
    let title = match task {
        Task::Start => here.say("start"),
        Task::Reply(..) => here.say("reply"),
        Task::Edit(..) => here.say("edit"),
    };
    let page = Page::new(title, html).crumb(here.forum.name.clone(), here.url(""));
    let page = match task {
        Task::Start => page,
        Task::Reply(d, _) | Task::Edit(d, _) => page.crumb(d.name.clone(), here.url("discussion").q("d", d.id)),
    };
    Ok(page.status(if faults.is_empty() { 200 } else { 422 }).into())
}

/// Columns of a new post, in Moodle's conventions.
fn new_post(here: &Here, d: i64, parent: i64, draft: &Draft) -> Vec<(&'static str, Value)> {
    vec![
        ("discussion", d.into()),
        ("parent", parent.into()),
        ("userid", here.me.into()),
        ("created", here.now.into()),
        ("modified", here.now.into()),
        ("mailed", 0.into()),
        ("subject", (&draft.subject).into()),
        ("message", (&draft.message.text).into()),
        ("messageformat", draft.message.format.into()),
        ("messagetrust", 0.into()),
        ("attachment", "".into()),
        ("totalscore", 0.into()),
        ("mailnow", 0.into()),
    ]
}
