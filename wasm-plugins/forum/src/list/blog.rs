//! Discussions as a blog: first posts in full.

use super::marks;
use super::rows::Rows;
use super::table::{states, title, when, who};
use crate::here::Here;
use crate::records::Discussion;
use parcours_sdk::html::{Html, a, article, div, footer, h3, header, p};
use parcours_sdk::{Result, pc};

pub fn show(here: &Here, rows: &Rows) -> Result<Html> {
    Ok(div().class("blog").children(rows.discussions.iter().map(|d| entry(here, rows, d))).into())
}

fn entry(here: &Here, rows: &Rows, d: &Discussion) -> Html {
    let to = here.url("discussion").q("d", d.id);
    let name = format!("d{}", d.id);
    let head = header().child(h3().id(&name).child(a(&to).text(&title(here, d))).child(marks(states(here, d))));
    let first = rows.first.get(&d.firstpost);
    let by = p().class("by").child(who(here, d.userid)).child(first.map(|p| when(p.created)));
    let text = first.map(|post| pc::text("posts", post.id, "message"));
    let files = first.filter(|p| p.has_attachments()).map(|p| pc::files("attachment", p.id, ""));
    let replies = usize::try_from(rows.replies.get(&d.id).copied().unwrap_or(0)).unwrap_or(0);
    let foot = footer().child(p().child(a(&to).text(&here.count("n_replies", replies))));
    article().class("post").labelled_by(&[&name]).child(head.child(by)).child(text).child(files).child(foot).into()
}
