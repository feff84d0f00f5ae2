//! The forum of this call: its settings, who asks, and when.

use crate::records::Forum;
use parcours_sdk::{Code, Cx, GroupMode, Query, Record, Result};

/// How a forum works. Types this program does not know (`social`, those of contributed plug-ins) work as `general`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    General,
    News,
    /// One discussion, which is the forum.
    Single,
    /// One discussion each.
    EachUser,
    /// Answers of others are seen after one's own.
    Qanda,
    /// First posts shown in full.
    Blog,
}

pub struct Here<'a> {
    pub cx: &'a Cx<'a>,
    pub forum: Forum,
    pub kind: Kind,
    /// The current user's number; 0 for a guest and for somebody who runs the site and has not acted in this course yet (their first act gives them one).
    pub me: i64,
    /// May look and not write.
    guest: bool,
    pub now: i64,
}

impl<'a> std::ops::Deref for Here<'a> {
    type Target = Cx<'a>;
    fn deref(&self) -> &Cx<'a> {
        self.cx
    }
}

impl<'a> Here<'a> {
    pub fn new(cx: &'a Cx<'a>) -> Result<Here<'a>> {
        let forum: Forum = cx.instance()?;
        let kind = match forum.r#type.as_str() {
            "news" => Kind::News,
            "single" => Kind::Single,
            "eachuser" => Kind::EachUser,
            "qanda" => Kind::Qanda,
            "blog" => Kind::Blog,
            _ => Kind::General,
        };
        let user = cx.user();
        let me = if user.guest || user.id < 0 { 0 } else { user.id };
        Ok(Here { cx, forum, kind, me, guest: user.guest, now: cx.now() })
    }

    pub fn guest(&self) -> bool {
        self.guest
    }

    /// Whether something of this person's is the current user's: what is nobody's is not.
    pub fn is_mine(&self, user: i64) -> bool {
        user > 0 && user == self.me
    }

    #[inline(never)]
    pub fn say(&self, key: &str) -> String {
        self.tr(key, &[])
    }

    /// A page of records after a cursor of the browser's, and whether it is the first. One that does not fit any more (somebody's groups changed, or it
    /// was made up) leads to the first page.
    pub fn page_after<R: Record>(&self, q: Query, after: &str) -> Result<(Vec<R>, Option<String>, bool)> {
        if !after.is_empty() {
            match self.page(q.clone().after(Some(after.to_owned()))) {
                Err(e) if e.code == Code::Invalid => {}
                got => return got.map(|(rows, next)| (rows, next, false)),
            }
        }
        let (rows, next) = self.page(q)?;
        Ok((rows, next, true))
    }

    pub fn grouped(&self) -> bool {
        self.place().group_mode != GroupMode::None
    }
}
