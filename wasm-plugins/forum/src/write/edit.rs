//! Changing a post.

use super::{files::attach, page, start::settings};
use crate::compose::{Draft, Task};
use crate::here::Here;
use crate::records::{Discussion, Post, Source};
use crate::thread::permalink;
use parcours_sdk::{Faults, Outcome, Request, Result, Value};

fn own(here: &Here, req: &Request) -> Result<(Discussion, Post)> {
    let (d, light, post) = here.post::<Post>(req.need(here, "post")?)?;
    here.refuse(here.why_not_edit(&d, &light))?;
    Ok((d, post))
}

pub fn edit_form(here: &Here, req: &Request) -> Result<Outcome> {
    let (d, post) = own(here, req)?;
    let source: Source = here.fetch(post.id)?;
    page(here, &Task::Edit(&d, &post), &Draft::of(&d, &post, source), &Faults::new())
}

pub fn edit(here: &Here, req: &Request) -> Result<Outcome> {
    let (d, post) = own(here, req)?;
    let task = Task::Edit(&d, &post);
    let mut draft = Draft::sent(req);
    let mut faults = draft.faults(here, &task);
    if draft.seen != post.modified {
        // Sent again, it is meant: the person has now been told.
        faults.add("message", here.say("changed_meanwhile"));
        draft.seen = post.modified;
    }
    if !faults.is_empty() {
        return page(here, &task, &draft, &faults);
    }
    let saved = here.savepoint();
    let fields: [(&str, Value); 4] = [
        ("subject", (&draft.subject).into()),
        ("message", (&draft.message.text).into()),
        ("messageformat", draft.message.format.into()),
        ("modified", here.now.into()),
    ];
    here.update("posts", post.id, &fields, None)?;
    let faults = attach(here, post.id, &draft.remove)?;
    if !faults.is_empty() {
        drop(saved);
        return page(here, &task, &draft, &faults);
    }
    saved.release()?;
    if task.is_first() {
        // Time and author of the last post stay: an edit is not a new post.
        let mut fields = settings(here, &draft, [d.timestart, d.timeend]);
        fields.push(("name", (&draft.subject).into()));
        here.update("discussions", d.id, &fields, None)?;
    }
    here.emit("post_updated", Some(post.id), (post.userid > 0).then_some(post.userid), &[])?;
    Ok(Outcome::Redirect(permalink(here, d.id, post.id).into()))
}
