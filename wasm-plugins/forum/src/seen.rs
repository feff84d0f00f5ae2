//! Which posts of a discussion somebody sees: private replies are for two (and for those who keep order), answers to a question are for those who
//! have answered.

use crate::here::{Here, Kind};
use crate::records::{Discussion, Light};
use crate::rights::EDIT_WINDOW;
use parcours_sdk::{All, Error, Filter, Query, Result, all, any};
use std::collections::HashMap;

/// More posts than this are not laid out in one discussion: their outline alone would not fit into a call.
pub const MOST: usize = 15_000;

/// The part of the rule that is the same for all posts of a discussion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    Open,
    /// Only the question and one's own are seen. `wait`: one has answered, and the time to change the answer is not over yet.
    Hidden {
        wait: bool,
    },
}

impl Here<'_> {
    /// # Errors
    /// [`parcours_sdk::Code::NotFound`] also for a discussion that may not be seen: that it exists is nobody's business.
    pub fn discussion(&self, id: i64) -> Result<Discussion> {
        let found: Option<Discussion> = self.find(id)?;
        found.filter(|d| self.sees_discussion(d)).ok_or_else(|| Error::not_found(self.say("not_found")))
    }

    /// When the current user first wrote in each of these discussions.
    fn first_words(&self, discussions: &[i64]) -> Result<HashMap<i64, i64>> {
        let mut first = HashMap::new();
        if self.me == 0 || discussions.is_empty() {
            return Ok(first);
        }
        let q =
            Query::new("posts", &[]).filter(all().any_of("discussion", discussions.iter().copied()).eq("userid", self.me)).order("created", false);
        for p in self.every::<Light>(q, MOST)? {
            first.entry(p.discussion).or_insert(p.created);
        }
        Ok(first)
    }

    /// The state of the answers in each discussion, in the order given.
    pub fn answers(&self, discussions: &[&Discussion]) -> Result<Vec<Answers>> {
        if self.kind != Kind::Qanda || self.can("viewqandawithoutposting") {
            return Ok(vec![Answers::Open; discussions.len()]);
        }
        let ids: Vec<i64> = discussions.iter().map(|d| d.id).collect();
        let first = self.first_words(&ids)?;
        let state = |d: &&Discussion| match first.get(&d.id) {
            _ if self.is_mine(d.userid) => Answers::Open,
            Some(at) if self.now - at >= EDIT_WINDOW => Answers::Open,
            said => Answers::Hidden { wait: said.is_some() },
        };
        Ok(discussions.iter().map(state).collect())
    }

    pub fn sees_post(&self, d: &Discussion, answers: Answers, p: &Light) -> bool {
        let own = self.is_mine(p.userid);
        let for_me = self.is_mine(p.privatereplyto);
        let open = answers == Answers::Open || own || p.id == d.firstpost;
        let private = p.privatereplyto != 0 && !own && !for_me && !self.can("readprivatereplies");
        open && !private
    }

    /// A filter for posts without the private replies of others, for each of the alternatives.
    pub fn without_private(&self, alternatives: &[All]) -> Filter {
        if self.can("readprivatereplies") {
            return any(alternatives.iter().cloned());
        }
        let mut filter: Vec<All> = alternatives.iter().map(|a| a.clone().eq("privatereplyto", 0)).collect();
        if self.me > 0 {
            filter.extend(alternatives.iter().map(|a| a.clone().eq("privatereplyto", self.me)));
            filter.extend(alternatives.iter().map(|a| a.clone().ne("privatereplyto", 0).eq("userid", self.me)));
        }
        any(filter)
    }

    /// Every post of a discussion the current user sees, oldest first.
    pub fn posts_seen(&self, d: &Discussion) -> Result<(Vec<Light>, Answers)> {
        let answers = self.answers(&[d])?.pop().unwrap_or(Answers::Open);
        let q = Query::new("posts", &[]).filter(all().eq("discussion", d.id)).order("created", false);
        let mut posts: Vec<Light> = self.every(q, MOST)?;
        posts.retain(|p| self.sees_post(d, answers, p));
        Ok((posts, answers))
    }

    /// A post and its discussion, both of this forum and both to be seen.
    ///
    /// # Errors
    /// [`parcours_sdk::Code::NotFound`] otherwise.
    pub fn post<R: parcours_sdk::Record>(&self, id: i64) -> Result<(Discussion, Light, R)> {
        let not_found = || Error::not_found(self.say("not_found"));
        let light: Light = self.find(id)?.ok_or_else(not_found)?;
        let d = self.discussion(light.discussion)?;
        let answers = self.answers(&[&d])?.pop().unwrap_or(Answers::Open);
        if !self.sees_post(&d, answers, &light) {
            return Err(not_found());
        }
        Ok((d, light, self.fetch(id)?))
    }
}
