//! The forum of this call: its settings, who asks, and when.

use crate::records::Forum;
use parcours_sdk::{Cx, GroupMode, Result};

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
    /// The current user's number; 0 for a guest, so that nothing of nobody is theirs.
    pub me: i64,
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
        Ok(Here { cx, forum, kind, me, now: cx.now() })
    }

    pub fn guest(&self) -> bool {
        self.me == 0
    }

    pub fn say(&self, key: &str) -> String {
        self.tr(key, &[])
    }

    pub fn grouped(&self) -> bool {
        self.place().group_mode != GroupMode::None
    }
}
