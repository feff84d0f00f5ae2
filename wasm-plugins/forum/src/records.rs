//! The forum's records, each as wide as its reader needs.

use parcours_sdk::record;

record! {
    /// The forum's settings.
    pub struct Forum in "instance" {
        r#type: String,
        name: String,
        duedate: i64,
        cutoffdate: i64,
        /// 0 no ratings, 1 average, 2 count, 3 maximum, 4 minimum, 5 sum.
        assessed: i64,
        /// Above 0 points, below 0 the number of a scale.
        scale: i64,
        /// Largest attachment in bytes: 0 the course's limit, 1 none at all.
        maxbytes: i64,
        maxattachments: i64,
        /// 0 optional, 1 forced, 2 everybody at first, 3 disabled.
        forcesubscribe: i64,
        /// 0 off, 1 optional, 2 forced.
        trackingtype: i64,
        warnafter: i64,
        blockafter: i64,
        /// Seconds.
        blockperiod: i64,
        displaywordcount: bool,
        /// Seconds after the last post.
        lockdiscussionafter: i64,
    }
}

record! {
    pub struct Discussion in "discussions" {
        name: String,
        firstpost: i64,
        userid: i64,
        /// -1: all participants.
        groupid: i64,
        /// Of the last post.
        timemodified: i64,
        /// Author of the last post.
        usermodified: i64,
        timestart: i64,
        timeend: i64,
        pinned: bool,
        timelocked: i64,
    }
}

record! {
    /// What ordering, counting and hiding need of a post: a discussion of 10,000 of them fits into a call.
    #[derive(Copy)]
    pub struct Light in "posts" {
        discussion: i64,
        parent: i64,
        userid: i64,
        created: i64,
        modified: i64,
        /// The person it is for; 0 everybody.
        privatereplyto: i64,
    }
}

record! {
    /// A post without its text, which the host shows from the store.
    pub struct Post in "posts" {
        discussion: i64,
        parent: i64,
        userid: i64,
        created: i64,
        modified: i64,
        subject: String,
        attachment: String,
        privatereplyto: i64,
    }
}

record! {
    /// The text of a post as it was written, for quoting and editing.
    pub struct Source in "posts" {
        message: String,
        messageformat: i64,
    }
}

record! {
    pub struct Read in "readposts" {
        discussionid: i64,
        postid: i64,
    }
}

record! {
    pub struct DiscussionSub in "discussion_subs" {
        discussion: i64,
        /// -1 unsubscribed, else since when.
        preference: i64,
    }
}

record! {
    /// A row that says something about a person by being there.
    pub struct Subscription in "subscriptions" { userid: i64 }
}

record! {
    /// A person who has switched tracking off here.
    pub struct Untracked in "trackedprefs" { userid: i64 }
}

impl Post {
    pub fn light(&self) -> Light {
        Light {
            id: self.id,
            discussion: self.discussion,
            parent: self.parent,
            userid: self.userid,
            created: self.created,
            modified: self.modified,
            privatereplyto: self.privatereplyto,
        }
    }

    /// Moodle's flag: `1` with attachments, else empty or `0`.
    pub fn has_attachments(&self) -> bool {
        !matches!(self.attachment.as_str(), "" | "0")
    }
}
