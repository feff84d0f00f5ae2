//! One discussion.

mod post;
mod words;

use crate::here::Here;
use crate::list::table::{states, title};
use crate::list::{choice, marks, notes};
use crate::order::{self, Mode, PER_PAGE, Placed};
use crate::records::{Discussion, Light, Post};
use crate::seen::{Answers, MOST};
use parcours_sdk::html::{Html, a, div, h2, nav, p, ul};
use parcours_sdk::{Outcome, Page, Request, Result, Url, pc};
use std::collections::{HashMap, HashSet};

/// GET `discussion?d=…`. `post=` leads to the page of a post (`last` and `unread` to the newest and the first unread one), `mode=` chooses the
/// order. A link that knows only the post finds the discussion by it.
pub fn view(here: &Here, req: &Request) -> Result<Outcome> {
    let d = match (req.number("d"), req.number("post")) {
        (Some(d), _) => here.discussion(d)?,
        (None, Some(post)) => here.post::<Light>(post)?.0,
        (None, None) => here.discussion(req.need(here, "d")?)?,
    };
    show(here, req, &d)
}

/// What a post's markup needs besides the post.
struct Around<'a> {
    discussion: &'a Discussion,
    mode: Mode,
    /// Why nobody can answer here; `None`: they can.
    closed: Option<&'static str>,
    has_replies: HashSet<i64>,
    unread: HashSet<i64>,
    rated: HashMap<i64, String>,
    words: HashMap<i64, usize>,
    subjects: HashMap<i64, String>,
    /// Where a link to `last` or `unread` comes to rest.
    landing: Option<(i64, &'a str)>,
}

pub fn show(here: &Here, req: &Request, d: &Discussion) -> Result<Outcome> {
    let (posts, answers) = here.posts_seen(d)?;
    let unread = here.unread_among(d, &posts)?;
    let mode = Mode::read(req.query("mode"));
    let placed = order::arrange(&posts, first_of(d, &posts), mode);
    let target = target(req.query("post"), &posts, &placed, &unread);
    let pages = order::pages(placed.len());
    let asked = req.number("page").and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
    let page = target.and_then(|id| order::page_of(&placed, id)).unwrap_or(asked).clamp(1, pages);
    let slice: Vec<Placed> = placed.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).copied().collect();

    let landing = target.filter(|_| matches!(req.query("post"), "last" | "unread")).map(|id| (id, req.query("post")));
    let some_unread = !unread.is_empty();
    let around = around(here, d, mode, &posts, &slice, unread, landing)?;
    let mut html = head(here, d, answers, &around)?;
    html.push(tools(here, d, &around, some_unread)?);
    if posts.len() >= MOST {
        html.push(notes([here.tr("too_many_posts", &[("n", &MOST.to_string())])]));
    }
    html.push(list(here, &around, &slice)?);
    let link = |n: usize| to(here, d, mode).q("page", n);
    let (previous, next) = ((page > 1).then(|| link(page - 1)), (page < pages).then(|| link(page + 1)));
    if pages > 1 {
        let numbers = [("page", page.to_string()), ("pages", pages.to_string())];
        html.push(p().class("by").text(&here.tr("page_n_of", &numbers.each_ref().map(|(k, v)| (*k, v.as_str())))));
    }
    html.push(pc::pager(previous.as_ref(), next.as_ref(), &here.say("pages_of_posts")));
    let page = Page::new(title(here, d), html);
    Ok(if here.kind == crate::here::Kind::Single { page } else { page.crumb(here.forum.name.clone(), here.url("")) }.into())
}

fn to(here: &Here, d: &Discussion, mode: Mode) -> Url {
    here.url("discussion").q("d", d.id).q("mode", if mode == Mode::Nested { "" } else { mode.name() })
}

/// The first post as the discussion says; where an archive does not know it, the oldest without a parent.
fn first_of(d: &Discussion, posts: &[Light]) -> i64 {
    let named = posts.iter().find(|p| p.id == d.firstpost);
    let first = named.or_else(|| posts.iter().find(|p| p.parent == 0)).or(posts.first());
    first.map_or(d.firstpost, |p| p.id)
}

fn target(asked: &str, posts: &[Light], placed: &[Placed], unread: &HashSet<i64>) -> Option<i64> {
    match asked {
        "last" => posts.last().map(|p| p.id),
        "unread" => placed.iter().find(|p| unread.contains(&p.id)).map(|p| p.id),
        id => id.parse().ok().filter(|id| posts.iter().any(|p| p.id == *id)),
    }
}

fn around<'a>(
    here: &Here,
    d: &'a Discussion,
    mode: Mode,
    posts: &[Light],
    slice: &[Placed],
    unread: HashSet<i64>,
    landing: Option<(i64, &'a str)>,
) -> Result<Around<'a>> {
    let shown: HashSet<i64> = slice.iter().map(|p| p.id).collect();
    let here_now: Vec<Light> = posts.iter().filter(|p| shown.contains(&p.id)).copied().collect();
    // Subjects of what is answered, so that “in reply to” can name it, wherever it stands.
    let parents: HashSet<i64> = here_now.iter().map(|p| p.parent).filter(|id| posts.iter().any(|p| p.id == *id)).collect();
    let parents: Vec<i64> = parents.into_iter().collect();
    Ok(Around {
        discussion: d,
        mode,
        closed: here.why_not_reply(d)?,
        has_replies: posts.iter().map(|p| p.parent).collect(),
        unread,
        rated: here.rated(&here_now)?,
        words: if here.forum.displaywordcount { words::counts(here, &here_now)? } else { HashMap::new() },
        subjects: here.find_many::<Post>(&parents)?.into_iter().map(|p| (p.id, p.subject)).collect(),
        landing,
    })
}

fn head(here: &Here, d: &Discussion, answers: Answers, around: &Around) -> Result<Html> {
    let mut html: Html = h2().text(&title(here, d)).child(marks(states(here, d))).into();
    if here.grouped() {
        html.push(p().class("by").child(here.group_name(d.groupid)));
    }
    if let Answers::Hidden { wait } = answers {
        html.push(notes([here.say(if wait { "qanda_wait" } else { "qanda_hidden" })]));
    }
    if let Some(why @ ("why_locked" | "why_cutoff" | "why_blocked" | "why_group")) = around.closed {
        html.push(notes([here.say(why)]));
    }
    Ok(html)
}

fn tools(here: &Here, d: &Discussion, around: &Around, some_unread: bool) -> Result<Html> {
    let link = |m: &Mode| {
        choice(Html::text(&here.say(&format!("mode_{}", m.name()))), &here.url("discussion").q("d", d.id).q("mode", m.name()), *m == around.mode)
    };
    let modes = nav().class("choices").label(&here.say("mode")).child(ul().children(Mode::ALL.iter().map(link)));
    let mut tools = div().class("tools").child(modes).child(here.discussion_subscription_box(d)?);
    if some_unread {
        tools = tools.child(pc::one_button(&here.url("read").q("d", d.id), pc::button(&here.say("mark_read"))));
    }
    let mut rare = Vec::new();
    for (may, route, on, keys) in
        [(here.can("pindiscussions"), "pin", d.pinned, ["pin", "unpin"]), (here.manages(), "lock", d.timelocked > 0, ["lock", "unlock"])]
    {
        if may && !here.guest() {
            let form = pc::form(&here.url(route).q("d", d.id)).class("one-button").child(pc::hidden("wanted", i64::from(!on)));
            rare.push(form.child(pc::button(&here.say(keys[usize::from(on)]))));
        }
    }
    if !rare.is_empty() {
        tools = tools.child(pc::menu(&here.say("order")).child(div().class("tools").children(rare)));
    }
    Ok(tools.into())
}

fn list(here: &Here, around: &Around, slice: &[Placed]) -> Result<Html> {
    let ids: Vec<i64> = slice.iter().map(|p| p.id).collect();
    let posts: HashMap<i64, Post> = here.find_many::<Post>(&ids)?.into_iter().map(|p| (p.id, p)).collect();
    if posts.is_empty() {
        return Ok(p().text(&here.say("no_posts")).into());
    }
    let shown = slice.iter().filter_map(|at| posts.get(&at.id).map(|p| post::show(here, around, p, at.depth)));
    Ok(div().class("posts").children(shown.collect::<Result<Vec<_>>>()?).into())
}

/// A link to one post, wherever it stands.
pub fn permalink(here: &Here, d: i64, post: i64) -> Url {
    here.url("discussion").q("d", d).q("post", post).at(&format!("p{post}"))
}

/// The way back: a link to the discussion.
pub fn back(here: &Here, d: &Discussion) -> Html {
    p().child(a(&here.url("discussion").q("d", d.id)).text(&here.say("back_to_discussion"))).into()
}
