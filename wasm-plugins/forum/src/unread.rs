//! What somebody has not read yet.
//!
//! Moodle's rule: a post is unread when it changed within the last fourteen days and has no row in `readposts` for this person. Who reads and only
//! looks writes nothing here (a view cannot); posts become read by the button that says so, and by answering.

use crate::here::Here;
use crate::records::{Discussion, Light, Read, Untracked};
use crate::seen::{Answers, MOST};
use parcours_sdk::{Error, Outcome, Query, Request, Result, Value, all};
use std::collections::{HashMap, HashSet};

/// Moodle's site setting `oldpostdays` as it comes: older posts count as read.
pub const UNREAD_FOR: i64 = 14 * 86_400;

impl Here<'_> {
    pub fn tracks(&self) -> Result<bool> {
        Ok(match self.forum.trackingtype {
            _ if self.me == 0 => false,
            0 => false,
            2 => true,
            _ => self.untracked()?.is_none(),
        })
    }

    fn untracked(&self) -> Result<Option<Untracked>> {
        self.first(Query::new("trackedprefs", &[]).filter(all().eq("userid", self.me)))
    }

    fn may_be_unread(&self, p: &Light) -> bool {
        p.modified >= self.now - UNREAD_FOR && p.userid != self.me
    }

    fn read_posts(&self, discussions: impl IntoIterator<Item = i64>) -> Result<HashSet<i64>> {
        let mine = Query::new("readposts", &[]).filter(all().eq("userid", self.me).any_of("discussionid", discussions));
        Ok(self.every::<Read>(mine, MOST)?.iter().map(|r| r.postid).collect())
    }

    /// The unread posts of these discussions, without those that are not seen anyway.
    fn unread_posts(&self, discussions: &[&Discussion], answers: &[Answers]) -> Result<Vec<Light>> {
        if discussions.is_empty() || !self.tracks()? {
            return Ok(Vec::new());
        }
        let ids = || discussions.iter().map(|d| d.id);
        let recent = all().any_of("discussion", ids()).ge("modified", self.now - UNREAD_FOR);
        let mut posts: Vec<Light> = self.every(Query::new("posts", &[]).filter(recent), MOST)?;
        posts.retain(|p| self.may_be_unread(p));
        if posts.is_empty() {
            return Ok(posts);
        }
        let read = self.read_posts(ids())?;
        let rule: HashMap<i64, (&Discussion, Answers)> = discussions.iter().zip(answers).map(|(d, a)| (d.id, (*d, *a))).collect();
        posts.retain(|p| !read.contains(&p.id) && rule.get(&p.discussion).is_some_and(|(d, a)| self.sees_post(d, *a, p)));
        Ok(posts)
    }

    /// How many posts of each discussion are unread.
    pub fn unread_counts(&self, discussions: &[&Discussion], answers: &[Answers]) -> Result<HashMap<i64, usize>> {
        let mut counts = HashMap::new();
        for p in self.unread_posts(discussions, answers)? {
            *counts.entry(p.discussion).or_default() += 1;
        }
        Ok(counts)
    }

    /// The unread ones among the posts of a discussion.
    pub fn unread_among(&self, d: &Discussion, posts: &[Light]) -> Result<HashSet<i64>> {
        let mut unread: HashSet<i64> = posts.iter().filter(|p| self.may_be_unread(p)).map(|p| p.id).collect();
        if unread.is_empty() || !self.tracks()? {
            return Ok(HashSet::new());
        }
        for id in self.read_posts([d.id])? {
            unread.remove(&id);
        }
        Ok(unread)
    }

    /// Remembers that posts of a discussion were read, those that were not already.
    pub fn mark_read(&self, d: &Discussion, posts: impl IntoIterator<Item = i64>) -> Result<()> {
        if !self.tracks()? {
            return Ok(());
        }
        let read = self.read_posts([d.id])?;
        self.remember(posts.into_iter().filter(|p| !read.contains(p)).map(|p| (d.id, p)))
    }

    fn remember(&self, posts: impl Iterator<Item = (i64, i64)>) -> Result<()> {
        let columns = ["userid", "discussionid", "postid", "firstread", "lastread"];
        let rows: Vec<Vec<Value>> = posts.map(|(d, p)| [self.me, d, p, self.now, self.now].map(Value::Int).to_vec()).collect();
        for slice in rows.chunks(500) {
            self.insert_many("readposts", &columns, slice)?;
        }
        Ok(())
    }
}

/// POST `read`: one discussion (`d`), or every one with something unread in it.
pub fn read(here: &Here, req: &Request) -> Result<Outcome> {
    if here.guest() {
        return Err(Error::denied(here.say("why_guest")));
    }
    let one = req.number("d").map(|d| here.discussion(d)).transpose()?;
    let back = one.as_ref().map_or(here.url(""), |d| here.url("discussion").q("d", d.id));
    let all = match one {
        Some(d) => vec![d],
        None => here.every(Query::new("discussions", &[]).filter(here.in_groups(None)).order("timemodified", true), 1000)?,
    };
    let known: Vec<&Discussion> = all.iter().filter(|d| here.sees_discussion(d)).collect();
    let answers = here.answers(&known)?;
    for (discussions, answers) in known.chunks(500).zip(answers.chunks(500)) {
        let unread = here.unread_posts(discussions, answers)?;
        here.remember(unread.iter().map(|p| (p.discussion, p.id)))?;
    }
    Ok(Outcome::Redirect(back.into()))
}

/// POST `track`: switches tracking off and on again, where the forum leaves the choice.
pub fn track(here: &Here) -> Result<Outcome> {
    if here.guest() || here.forum.trackingtype != 1 {
        return Err(Error::denied(here.say("why_no_right")));
    }
    match here.untracked()? {
        Some(row) => drop(here.delete("trackedprefs", row.id)?),
        None => drop(here.insert("trackedprefs", &[("userid", here.me.into())])?),
    }
    Ok(Outcome::Redirect(here.url("").into()))
}
