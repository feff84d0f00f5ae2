//! Taking a post away, with everything below it.

use crate::here::Here;
use crate::order::{self, Mode};
use crate::records::{Discussion, Light, Post};
use crate::seen::MOST;
use crate::thread;
use parcours_sdk::html::{Html, h2, p};
use parcours_sdk::{Outcome, Page, Query, Request, Result, all, pc};
use std::collections::{HashMap, HashSet};

/// Every post of the discussion, those included that the current user does not see: what hangs below goes too.
fn everything(here: &Here, d: &Discussion) -> Result<Vec<Light>> {
    here.every(Query::new("posts", &[]).filter(all().eq("discussion", d.id)).order("created", false), MOST)
}

fn allowed(here: &Here, req: &Request) -> Result<(Discussion, Post, Vec<Light>)> {
    let (d, light, post) = here.post::<Post>(req.need(here, "post")?)?;
    let posts = everything(here, &d)?;
    let has_replies = posts.iter().any(|p| p.parent == light.id && p.id != light.id);
    here.refuse(here.why_not_delete(&d, &light, has_replies))?;
    Ok((d, post, posts))
}

/// A post and all that answers it, however deep; circles end.
fn subtree(posts: &[Light], root: i64) -> Vec<i64> {
    let mut below: HashMap<i64, Vec<i64>> = HashMap::new();
    for p in posts {
        below.entry(p.parent).or_default().push(p.id);
    }
    let (mut all, mut seen) = (vec![root], HashSet::from([root]));
    let mut at = 0;
    while let Some(id) = all.get(at).copied() {
        at += 1;
        all.extend(below.get(&id).into_iter().flatten().copied().filter(|c| seen.insert(*c)));
    }
    all
}

/// GET `delete`: asks.
pub fn ask(here: &Here, req: &Request) -> Result<Outcome> {
    let (d, post, posts) = allowed(here, req)?;
    let more = if post.id == d.firstpost { posts.len() } else { subtree(&posts, post.id).len() } - 1;
    let mut html = Html::from(h2().text(&here.say("delete_title")));
    html.push(p().text(&here.tr("delete_ask", &[("subject", &post.subject)])));
    if more > 0 {
        html.push(p().child(parcours_sdk::html::strong().text(&here.count("delete_replies", more))));
    }
    html.push(pc::form(&here.url("delete").q("post", post.id)).child(pc::danger(&here.say("delete"))));
    html.push(thread::back(here, &d));
    let page = Page::new(here.say("delete_title"), html).crumb(here.forum.name.clone(), here.url(""));
    Ok(page.crumb(d.name.clone(), here.url("discussion").q("d", d.id)).into())
}

/// POST `delete`.
pub fn act(here: &Here, req: &Request) -> Result<Outcome> {
    let (d, post, posts) = allowed(here, req)?;
    if post.id == d.firstpost {
        remove(here, &posts.iter().map(|p| p.id).collect::<Vec<_>>())?;
        here.delete_where("discussion_subs", &all().eq("discussion", d.id).into())?;
        here.delete_where("readposts", &all().eq("discussionid", d.id).into())?;
        here.delete("discussions", d.id)?;
        here.emit("discussion_deleted", Some(d.id), None, &[])?;
        return Ok(Outcome::Redirect(here.url("").into()));
    }
    let gone = subtree(&posts, post.id);
    remove(here, &gone)?;
    last_post(here, &d, &posts, &gone)?;
    here.emit("post_deleted", Some(post.id), (post.userid > 0).then_some(post.userid), &[])?;
    let stays = posts.iter().any(|p| p.id == post.parent && !gone.contains(&p.id));
    let back = if stays { thread::permalink(here, d.id, post.parent) } else { here.url("discussion").q("d", d.id) };
    Ok(Outcome::Redirect(back.into()))
}

/// Posts with all that belongs to them: ratings, what was read, files. Tags stay unread with the forum; a restore passes over those of no post.
fn remove(here: &Here, posts: &[i64]) -> Result<()> {
    for slice in posts.chunks(500) {
        let ids = || slice.iter().copied();
        files(here, slice)?;
        here.delete_where("ratings", &all().any_of("post", ids()).into())?;
        here.delete_where("readposts", &all().any_of("postid", ids()).into())?;
        here.delete_where("posts", &all().any_of("id", ids()).into())?;
    }
    Ok(())
}

/// Only posts that say they have files are asked for them: there may be ten thousand.
fn files(here: &Here, posts: &[i64]) -> Result<()> {
    let ids = || all().any_of("id", posts.iter().copied());
    let attached: Vec<Post> = here.find_many(posts)?;
    let attached = attached.iter().filter(|p| p.has_attachments()).map(|p| ("attachment", p.id));
    let embedded: Vec<Light> = here.every(Query::new("posts", &[]).filter(ids().contains("message", "@@PLUGINFILE@@")), posts.len())?;
    for (area, id) in attached.chain(embedded.iter().map(|p| ("post", p.id))) {
        for f in here.files(area, id)? {
            here.remove_file(area, id, &format!("{}{}", f.path, f.name))?;
        }
    }
    Ok(())
}

/// The discussion tells of the last post that is left. A private reply never counted.
fn last_post(here: &Here, d: &Discussion, posts: &[Light], gone: &[i64]) -> Result<()> {
    let gone: HashSet<i64> = gone.iter().copied().collect();
    let left: Vec<Light> = posts.iter().filter(|p| !gone.contains(&p.id) && p.privatereplyto == 0).copied().collect();
    let Some(last) = order::arrange(&left, d.firstpost, Mode::Flat).last().and_then(|at| left.iter().find(|p| p.id == at.id)) else {
        return Ok(());
    };
    let fields = [("timemodified", last.modified.into()), ("usermodified", last.userid.into())];
    here.update("discussions", d.id, &fields, None).map(drop)
}
