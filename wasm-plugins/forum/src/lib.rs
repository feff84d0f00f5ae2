//! Forum: discussions as Moodle's users know them.
//!
//! | file | what |
//! |---|---|
//! | [`list`] | the discussions of a forum, as a table or a blog |
//! | [`thread`] | one discussion, nested or flat |
//! | [`write`], [`compose`] | starting, answering, editing, and the form for it |
//! | [`delete`], [`manage`] | taking away, pinning, locking |
//! | [`rights`], [`groups`], [`seen`] | who may do what, in which group, and who sees which post |
//! | [`unread`], [`subscribe`], [`ratings`] | what has been read, who is told, how posts are rated |
//! | [`file`] | who may have the files of a post |
//! | [`search`] | subjects and messages |
//!
//! Record numbers are those of the archive, within the course; that a number belongs to this forum is asked of the store each time.
#![deny(unsafe_code)]

mod compose;
mod delete;
mod file;
mod groups;
mod here;
mod list;
mod manage;
mod order;
mod quote;
mod ratings;
mod records;
mod rights;
mod search;
mod seen;
mod subscribe;
mod thread;
mod unread;
mod write;

#[cfg(test)]
mod tests;

use here::Here;
use parcours_sdk::{Activity, Card, Cx, Error, Outcome, Query, Request, Result};

pub struct Forum;

impl Activity for Forum {
    /// How many posts are unread, as Moodle shows on the course page.
    fn describe(cx: &Cx) -> Result<Card> {
        let here = Here::new(cx)?;
        let lately = Query::new("discussions", &[]).filter(here.in_groups(None)).order("timemodified", true);
        let mut unread = 0;
        if here.can("viewdiscussion") && here.tracks()? {
            let (discussions, _) = here.page::<records::Discussion>(lately.limit(200))?;
            let known: Vec<&records::Discussion> = discussions.iter().filter(|d| here.sees_discussion(d)).collect();
            unread = here.unread_counts(&known, &here.answers(&known)?)?.values().sum();
        }
        let badges = if unread > 0 { vec![here.count("unread_posts", unread)] } else { Vec::new() };
        Ok(Card { badges, ..Card::default() })
    }

    fn view(cx: &Cx, req: &Request) -> Result<Outcome> {
        cx.require("viewdiscussion")?;
        let here = Here::new(cx)?;
        match req.route.as_str() {
            "" => list::view(&here, req),
            "discussion" => thread::view(&here, req),
            "search" => search::view(&here, req),
            "start" => write::start_form(&here),
            "reply" => write::reply_form(&here, req),
            "edit" => write::edit_form(&here, req),
            "delete" => delete::ask(&here, req),
            "file" => file::view(&here, req),
            _ => Err(Error::not_found(here.say("not_found"))),
        }
    }

    fn act(cx: &Cx, req: &Request) -> Result<Outcome> {
        cx.require("viewdiscussion")?;
        let here = Here::new(cx)?;
        match req.route.as_str() {
            "start" => write::start(&here, req),
            "reply" => write::reply(&here, req),
            "edit" => write::edit(&here, req),
            "delete" => delete::act(&here, req),
            "open" => write::open(&here),
            "pin" => manage::pin(&here, req),
            "lock" => manage::lock(&here, req),
            "subscribe" => subscribe::act(&here, req),
            "track" => unread::track(&here),
            "read" => unread::read(&here, req),
            _ => Err(Error::not_found(here.say("not_found"))),
        }
    }
}

parcours_sdk::export!(Forum);
