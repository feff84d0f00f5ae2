//! A new discussion.

use super::{files::attach, new_post, page};
use crate::compose::{Draft, Task, moment};
use crate::groups::EVERYBODY;
use crate::here::{Here, Kind};
use crate::records::{Discussion, Forum};
use crate::thread::permalink;
use parcours_sdk::pc::Rich;
use parcours_sdk::{Error, Faults, Outcome, Request, Result, Value, time};

pub fn start_form(here: &Here) -> Result<Outcome> {
    here.refuse(here.why_not_start(None)?)?;
    let draft = Draft { group: here.groups_to_start_in()?.first().copied(), subscribe: here.is_subscribed()?, ..Draft::default() };
    page(here, &Task::Start, &draft, &Faults::new())
}

pub fn start(here: &Here, req: &Request) -> Result<Outcome> {
    let draft = Draft::sent(req);
    let group = if here.grouped() { draft.group.unwrap_or(EVERYBODY) } else { EVERYBODY };
    here.refuse(here.why_not_start(None)?)?;
    let mut faults = draft.faults(here, &Task::Start);
    if let Some(why) = here.why_not_start(Some(group))? {
        faults.add("group", here.say(why));
    }
    if !faults.is_empty() {
        return page(here, &Task::Start, &draft, &faults);
    }
    let saved = here.savepoint();
    let (d, post) = insert(here, group, &draft)?;
    let faults = attach(here, post, &[])?;
    if !faults.is_empty() {
        drop(saved);
        return page(here, &Task::Start, &draft, &faults);
    }
    saved.release()?;
    let made: Discussion = here.fetch(d)?;
    here.subscribe_to(&made, draft.subscribe)?;
    here.mark_read(&made, [post])?;
    here.emit("discussion_created", Some(d), None, &[])?;
    Ok(Outcome::Redirect(permalink(here, d, post).into()))
}

/// Discussion and first post, each pointing at the other.
fn insert(here: &Here, group: i64, draft: &Draft) -> Result<(i64, i64)> {
    let mut fields: Vec<(&str, Value)> = vec![
        ("name", (&draft.subject).into()),
        ("userid", here.me.into()),
        ("groupid", group.into()),
        // Moodle marks it so and never reads it again.
        ("assessed", i64::from(here.forum.assessed > 0).into()),
        ("timemodified", here.now.into()),
        ("usermodified", here.me.into()),
    ];
    fields.extend(settings(here, draft, [0, 0]));
    let d = here.insert("discussions", &fields)?;
    let post = here.insert("posts", &new_post(here, d, 0, draft))?;
    here.update("discussions", d, &[("firstpost", post.into())], None)?;
    Ok((d, post))
}

/// The discussion's settings the form may change, for whom it may. Its fields know minutes only, so a moment that was not touched stays as it
/// was to the second.
pub fn settings(here: &Here, draft: &Draft, old: [i64; 2]) -> Vec<(&'static str, Value)> {
    let mut fields: Vec<(&str, Value)> = Vec::new();
    if here.can("pindiscussions") {
        fields.push(("pinned", draft.pinned.into()));
    }
    if here.can("viewhiddentimedposts") {
        for (column, typed, old) in [("timestart", &draft.timestart, old[0]), ("timeend", &draft.timeend, old[1])] {
            let new = if *typed == time::write(old) { old } else { moment(typed).unwrap_or(0) };
            fields.push((column, new.into()));
        }
    }
    fields
}

parcours_sdk::record! {
    struct Intro in "instance" { intro: String, introformat: i64 }
}

/// POST `open`: makes the one discussion of a `single` forum out of its intro, as Moodle does when it restores one without people.
pub fn open(here: &Here) -> Result<Outcome> {
    if here.kind != Kind::Single || here.guest() || !here.manages() {
        return Err(Error::denied(here.say("why_no_right")));
    }
    if crate::list::rows::newest_of_single(here)?.is_none() {
        let forum: Forum = here.instance()?;
        let intro: Intro = here.instance()?;
        let message = Rich { text: intro.intro, format: intro.introformat };
        insert(here, EVERYBODY, &Draft { subject: forum.name, message, ..Draft::default() })?;
    }
    Ok(Outcome::Redirect(here.url("").into()))
}
