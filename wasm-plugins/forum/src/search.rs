//! Searching subjects and messages.

use crate::here::Here;
use crate::list::table::{title, when, who};
use crate::list::tools::search_box;
use crate::records::{Discussion, Post};
use crate::thread::permalink;
use parcours_sdk::html::{Html, a, article, h2, h3, li, ol, p};
use parcours_sdk::{All, Outcome, Page, Query, Request, Result, all, pc};
use std::collections::HashMap;

const PER_PAGE: u32 = 20;
/// More words than this are not looked for.
const WORDS: usize = 5;
/// Pages in which nothing may be read are passed over, this many at once.
const ROUNDS: usize = 5;

/// GET `search?q=`. A post is found when all words stand in its subject or all in its message; newest first. Found or not, nothing is shown that
/// could not be read in its discussion.
pub fn view(here: &Here, req: &Request) -> Result<Outcome> {
    let asked: String = req.query("q").trim().chars().take(100).collect();
    let words: Vec<&str> = asked.split_whitespace().take(WORDS).collect();
    let mut html = Html::from(h2().text(&here.say("search")));
    html.push(search_box(here, &asked));
    if !words.is_empty() {
        let (found, next) = find(here, &words, req.query("after"))?;
        if found.is_empty() {
            html.push(p().text(&here.say(if next.is_some() { "nothing_yet" } else { "nothing_found" })));
        } else {
            html.push(ol().class("found").children(found.iter().map(|(post, d)| hit(here, post, d))));
        }
        let next = next.map(|cursor| here.url("search").q("q", &asked).q("after", cursor));
        html.push(pc::pager(None, next.as_ref(), &here.say("pages_of_posts")));
    }
    Ok(Page::new(here.say("search"), html).crumb(here.forum.name.clone(), here.url("")).into())
}

type Found = (Vec<(Post, Discussion)>, Option<String>);

fn find(here: &Here, words: &[&str], after: &str) -> Result<Found> {
    let all_in = |column: &'static str| words.iter().fold(all(), |a: All, w| a.contains(column, w));
    let filter = here.without_private(&[all_in("subject"), all_in("message")]);
    let mut from = after.to_owned();
    let mut next = None;
    for _ in 0..ROUNDS {
        let q = Query::new("posts", &[]).filter(filter.clone()).order("created", true).limit(PER_PAGE);
        let (posts, more, _) = here.page_after::<Post>(q, &from)?;
        let found = readable(here, posts)?;
        next = more;
        if !found.is_empty() || next.is_none() {
            return Ok((found, next));
        }
        from = next.clone().unwrap_or_default();
    }
    Ok((Vec::new(), next))
}

/// Those of the posts that can be read in their discussions.
fn readable(here: &Here, posts: Vec<Post>) -> Result<Vec<(Post, Discussion)>> {
    let mut ids: Vec<i64> = posts.iter().map(|p| p.discussion).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut known: Vec<Discussion> = here.find_many(&ids)?;
    known.retain(|d| here.sees_discussion(d));
    let answers = here.answers(&known.iter().collect::<Vec<_>>())?;
    let rule: HashMap<i64, _> = known.into_iter().zip(answers).map(|(d, a)| (d.id, (d, a))).collect();
    let seen = |p: Post| {
        let (d, answers) = rule.get(&p.discussion)?;
        here.sees_post(d, *answers, &p.light()).then(|| (p, d.clone()))
    };
    Ok(posts.into_iter().filter_map(seen).collect())
}

fn hit(here: &Here, post: &Post, d: &Discussion) -> Html {
    let subject = if post.subject.trim().is_empty() { here.say("no_subject") } else { post.subject.clone() };
    let head = h3().child(a(&permalink(here, d.id, post.id)).text(&subject));
    let by = p().class("by").child(who(here, post.userid)).child(when(post.created));
    let place = p().class("by").text(&here.say("in_discussion")).text(" ").child(a(&here.url("discussion").q("d", d.id)).text(&title(here, d)));
    li().child(article().class("post").child(head).child(by).child(place).child(pc::text("posts", post.id, "message"))).into()
}
