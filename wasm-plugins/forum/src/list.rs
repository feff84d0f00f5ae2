//! The forum's first page: its discussions.

mod blog;
pub mod rows;
pub mod table;
pub mod tools;

use crate::here::{Here, Kind};
use crate::thread;
use parcours_sdk::html::{Html, a, div, h2, li, nav, p, strong, ul};
use parcours_sdk::{Outcome, Page, Request, Result, Url, pc};

/// How discussions are sorted; pinned ones come first in every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    LastPost,
    Created,
    Replies,
    Subject,
}

impl Sort {
    const ALL: [(Sort, &'static str); 4] =
        [(Sort::LastPost, "lastpost"), (Sort::Created, "created"), (Sort::Replies, "replies"), (Sort::Subject, "subject")];

    fn read(req: &Request, kind: Kind) -> Sort {
        let asked = Sort::ALL.iter().find(|(_, name)| *name == req.query("sort"));
        asked.map_or(if kind == Kind::Blog { Sort::Created } else { Sort::LastPost }, |(sort, _)| *sort)
    }

    fn name(self) -> &'static str {
        Sort::ALL.iter().find(|(s, _)| *s == self).map_or("lastpost", |(_, name)| name)
    }
}

pub fn view(here: &Here, req: &Request) -> Result<Outcome> {
    if here.kind == Kind::Single {
        return single(here, req);
    }
    let sort = Sort::read(req, here.kind);
    let group = req.number("group").filter(|g| here.grouped() && here.sees_group(*g));
    let to = || here.url("").q("sort", sort.name()).q("group", group.map(|g| g.to_string()).unwrap_or_default());
    let got = rows::rows(here, req, sort, group, &to)?;
    let mut html = tools::intro(here);
    html.push(tools::toolbar(here)?);
    html.push(group_choice(here, sort, group)?);
    html.push(h2().id("all").text(&here.say("discussions")));
    if got.discussions.is_empty() {
        html.push(p().text(&here.say("no_discussions")));
    } else {
        html.push(sort_choice(here, sort, group));
        html.push(if here.kind == Kind::Blog { blog::show(here, &got)? } else { table::show(here, &got)? });
    }
    if got.from_first {
        html.push(pc::pager(got.previous.as_ref(), got.next.as_ref(), &here.say("pages_of_discussions")));
    } else {
        html.push(p().child(a(&to()).text(&here.say("first_page"))));
        html.push(pc::pager(None, got.next.as_ref(), &here.say("pages_of_discussions")));
    }
    Ok(Page::new(here.forum.name.clone(), html).into())
}

/// The forum is its one discussion. Where an export without people has taken it away, there is the intro, and whoever manages may open it again.
fn single(here: &Here, req: &Request) -> Result<Outcome> {
    let found = rows::newest_of_single(here)?;
    if let Some(d) = found {
        return thread::show(here, req, &d);
    }
    let mut html = tools::intro(here);
    html.push(p().text(&here.say("single_not_open")));
    if here.manages() && !here.guest() {
        html.push(pc::one_button(&here.url("open"), pc::submit(&here.say("single_open"))));
    }
    Ok(Page::new(here.forum.name.clone(), html).into())
}

fn sort_choice(here: &Here, now: Sort, group: Option<i64>) -> Html {
    let link = |(sort, name): &(Sort, &'static str)| {
        let to = here.url("").q("sort", name).q("group", group.map(|g| g.to_string()).unwrap_or_default());
        choice(Html::text(&here.say(&format!("sort_{name}"))), &to, *sort == now)
    };
    nav().class("choices").label(&here.say("sort_by")).child(p().class("by").text(&here.say("sort_by"))).child(ul().children(Sort::ALL.iter().map(link))).into()
}

fn group_choice(here: &Here, sort: Sort, now: Option<i64>) -> Result<Html> {
    if !here.grouped() {
        return Ok(Html::new());
    }
    let groups: Vec<i64> = here.groups_known()?.into_iter().filter(|g| here.sees_group(*g)).collect();
    let to = |g: &str| here.url("").q("sort", sort.name()).q("group", g);
    let every = choice(Html::text(&here.say("all_groups")), &to(""), now.is_none());
    let each = groups.iter().map(|g| choice(here.group_name(*g), &to(&g.to_string()), now == Some(*g)));
    Ok(nav().class("choices").label(&here.say("groups")).child(ul().child(every).children(each)).into())
}

/// One of several views of the same page.
pub fn choice(name: Html, to: &Url, now: bool) -> Html {
    li().child(if now { strong().current().child(name) } else { a(to).child(name) }).into()
}

/// A line of small marks.
pub fn marks(marks: impl IntoIterator<Item = String>) -> Html {
    use parcours_sdk::html::span;
    marks.into_iter().map(|m| Html::text(" ").with(span().class("mark").text(&m))).collect()
}

/// Notes above a page, one each.
pub fn notes(notes: impl IntoIterator<Item = String>) -> Html {
    notes.into_iter().map(|n| div().class("note").child(p().text(&n))).collect()
}
