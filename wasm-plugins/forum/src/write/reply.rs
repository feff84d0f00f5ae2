//! An answer to a post.

use super::{files::attach, new_post, page};
use crate::compose::{Draft, SUBJECT, Task};
use crate::here::Here;
use crate::quote::quote;
use crate::records::{Discussion, Post, Source};
use crate::thread::permalink;
use parcours_sdk::{Faults, Outcome, Request, Result};

fn parent(here: &Here, req: &Request) -> Result<(Discussion, Post)> {
    let (d, light, post) = here.post::<Post>(req.need(here, "post")?)?;
    here.refuse(here.why_not_reply_to(&d, &light)?)?;
    Ok((d, post))
}

pub fn reply_form(here: &Here, req: &Request) -> Result<Outcome> {
    let (d, post) = parent(here, req)?;
    let mut draft = Draft { subject: subject(here, &post.subject), subscribe: here.is_subscribed_to(&d)?, ..Draft::default() };
    if req.number("quote").is_some() {
        let source: Source = here.fetch(post.id)?;
        let author = here.users(&[post.userid]).pop().map_or_else(|| here.say("nobody"), |u| u.name);
        draft.message = quote(&source, &here.tr("wrote", &[("name", &author)]));
    }
    page(here, &Task::Reply(&d, &post), &draft, &Faults::new())
}

/// “Re: …”, once however long the thread is.
fn subject(here: &Here, of: &str) -> String {
    let re = here.say("re");
    let full = if of.starts_with(&re) || of.starts_with("Re:") { of.to_owned() } else { format!("{re} {of}") };
    full.chars().take(SUBJECT).collect()
}

pub fn reply(here: &Here, req: &Request) -> Result<Outcome> {
    let (d, post) = parent(here, req)?;
    let task = Task::Reply(&d, &post);
    let draft = Draft::sent(req);
    let faults = draft.faults(here, &task);
    if !faults.is_empty() {
        return page(here, &task, &draft, &faults);
    }
    let private = draft.private && here.may_reply_privately(&post.light());
    let saved = here.savepoint();
    let mut fields = new_post(here, d.id, post.id, &draft);
    fields.push(("privatereplyto", if private { post.userid } else { 0 }.into()));
    let new = here.insert("posts", &fields)?;
    let faults = attach(here, new, &[])?;
    if !faults.is_empty() {
        drop(saved);
        return page(here, &task, &draft, &faults);
    }
    saved.release()?;
    // A private reply does not move its discussion: who is not to see it would see that it happened.
    if !private {
        here.update("discussions", d.id, &[("timemodified", here.now.into()), ("usermodified", here.me.into())], None)?;
    }
    here.subscribe_to(&d, draft.subscribe)?;
    here.mark_read(&d, [post.id, new])?;
    here.emit("post_created", Some(new), (post.userid > 0).then_some(post.userid), &[])?;
    Ok(Outcome::Redirect(permalink(here, d.id, new).into()))
}
