//! What people did in a forum (MBZ-FORMAT §12).

use super::files::{Area, Owner};
use super::module::person_at;
use super::{Columns, Made, Refs, module_context};
use crate::source::{Activity, Block, Course, Discussion};
use crate::xml::{Element, group, leaf, record};
use anyhow::{Context, Result};
use std::collections::BTreeMap;

pub const COLUMNS: Columns = &[
    ("type", "general"),
    ("duedate", "0"),
    ("cutoffdate", "0"),
    ("assessed", "0"),
    ("assesstimestart", "0"),
    ("assesstimefinish", "0"),
    ("scale", "0"),
    ("maxbytes", "0"),
    ("maxattachments", "3"),
    ("forcesubscribe", "0"),
    ("trackingtype", "1"),
    ("rsstype", "0"),
    ("rssarticles", "0"),
    ("timemodified", "0"),
    ("warnafter", "0"),
    ("blockafter", "0"),
    ("blockperiod", "0"),
    ("completiondiscussions", "0"),
    ("completionreplies", "0"),
    ("completionposts", "0"),
    ("displaywordcount", "0"),
    ("lockdiscussionafter", "0"),
    ("grade_forum", "0"),
];

/// Keys of a forum's first block beside its columns.
pub const KEYS: &[&str] = &["subscribers", "digest", "read", "gradeitem"];
const POST_KEYS: &[&str] = &["post", "to", "by", "at", "subject", "private", "inline", "attach", "rating", "tags"];
const DISCUSSION_KEYS: &[&str] = &["discussion", "name", "group", "pinned", "timelocked", "subscribed"];

/// The containers of a forum, in Moodle's order. What a rating says goes to the gradebook too.
pub fn people(course: &Course, activity: &Activity, forum: &mut Element, made: &mut Made, refs: &mut Refs) -> Result<()> {
    let mut scene = Scene { course, activity, made, refs, received: BTreeMap::new() };
    let mut discussions = group("discussions", []);
    for discussion in &activity.discussions {
        discussions.push(scene.discussion(discussion)?);
    }
    forum.push(discussions);
    forum.push(scene.subscriptions()?);
    forum.push(scene.digests()?);
    forum.push(scene.reads()?);
    forum.push(group("trackedprefs", []));
    forum.push(scene.tags()?);
    forum.push(group("grades", []));
    let received = std::mem::take(&mut scene.received);
    made.grades.rated(activity, received);
    Ok(())
}

struct Scene<'a> {
    course: &'a Course,
    activity: &'a Activity,
    made: &'a mut Made,
    refs: &'a mut Refs,
    /// Ratings by author of the rated post.
    received: BTreeMap<i64, Vec<i64>>,
}

impl Scene<'_> {
    fn user(&mut self, name: &str) -> Result<i64> {
        let id = self.course.people.id(name)?;
        self.refs.users.insert(id);
        Ok(id)
    }

    fn discussion(&mut self, discussion: &Discussion) -> Result<Element> {
        let (first, last) =
            (discussion.posts.first().context("no post")?, discussion.posts.iter().max_by_key(|p| p.time("at").ok()).context("no post")?);
        first.only(|key| POST_KEYS.contains(&key) || DISCUSSION_KEYS.contains(&key))?;
        let group_id = first.get("group").map_or(Ok(-1), str::parse)?;
        self.refs.groups.extend(Some(group_id).filter(|id| *id > 0));
        let mut posts = group("posts", []);
        for (place, post) in discussion.posts.iter().enumerate() {
            if place > 0 {
                post.only(|key| POST_KEYS.contains(&key))?;
            }
            posts.push(self.post(post, first.need("name")?, place == 0)?);
        }
        let mut subs = group("discussion_subs", []);
        for name in first.list("subscribed") {
            let leaves = [leaf("userid", self.user(name)?), leaf("preference", first.time("at")?)];
            subs.push(record("discussion_sub", self.made.number("discussion_sub"), leaves));
        }
        let leaves = [
            leaf("name", first.need("name")?),
            leaf("firstpost", first.number("post")?),
            leaf("userid", self.user(first.need("by")?)?),
            leaf("groupid", group_id),
            leaf("assessed", 0),
            leaf("timemodified", last.time("at")?),
            leaf("usermodified", self.user(last.need("by")?)?),
            leaf("timestart", 0),
            leaf("timeend", 0),
            leaf("pinned", first.leaf("pinned", "0")),
            leaf("timelocked", first.leaf("timelocked", "0")),
            posts,
            subs,
        ];
        Ok(record("discussion", discussion.id, leaves))
    }

    fn post(&mut self, post: &Block, name: &str, first: bool) -> Result<Element> {
        let (id, time, author) = (post.number("post")?, post.time("at")?, self.user(post.need("by")?)?);
        let subject = post.get("subject").map_or_else(|| if first { name.to_owned() } else { format!("Re: {name}") }, str::to_owned);
        let person = self.course.people.persons.iter().find(|p| p.id == author);
        let full = person.map(|p| format!("{} {}", p.sheet.leaf("firstname", ""), p.sheet.leaf("lastname", "")));
        let owner = Owner { user: Some(author), name: full.as_deref(), time };
        for (key, area) in [("inline", "post"), ("attach", "attachment")] {
            let area = Area { context: module_context(self.activity.cm), component: "mod_forum", area, item: id };
            for path in post.all(key) {
                self.made.files.add(area, path, false, owner, self.refs)?;
            }
        }
        let mut ratings = group("ratings", []);
        for line in post.all("rating") {
            ratings.push(self.rating(line, author)?);
        }
        let leaves = [
            leaf("parent", post.leaf("to", "0")),
            leaf("userid", author),
            leaf("created", time),
            leaf("modified", time),
            leaf("mailed", 1),
            leaf("subject", subject),
            leaf("message", &post.body),
            leaf("messageformat", 1),
            leaf("messagetrust", 0),
            leaf("attachment", if post.get("attach").is_some() { "1" } else { "" }),
            leaf("totalscore", 0),
            leaf("mailnow", 0),
            leaf("privatereplyto", post.get("private").map_or(Ok(0), |name| self.user(name))?),
            ratings,
        ];
        Ok(record("post", id, leaves))
    }

    /// `USERNAME VALUE MOMENT`
    fn rating(&mut self, line: &str, author: i64) -> Result<Element> {
        let mut words = line.splitn(3, ' ');
        let mut word = || words.next().context("a rating is `USERNAME VALUE MOMENT`");
        let (name, value, time) = (word()?, word()?.parse::<i64>()?, word()?);
        let (rater, time) = person_at(self.course, &format!("{name} {time}"))?;
        self.refs.users.insert(rater);
        self.received.entry(author).or_default().push(value);
        let leaves = [
            leaf("component", "mod_forum"),
            leaf("ratingarea", "post"),
            leaf("scaleid", self.activity.sheet.number("scale")?),
            leaf("value", value),
            leaf("userid", rater),
            leaf("timecreated", time),
            leaf("timemodified", time),
        ];
        Ok(record("rating", self.made.number("rating"), leaves))
    }

    fn subscriptions(&mut self) -> Result<Element> {
        let mut all = group("subscriptions", []);
        for name in self.activity.sheet.list("subscribers") {
            let user = self.user(name)?;
            all.push(record("subscription", self.made.number("subscription"), [leaf("userid", user)]));
        }
        Ok(all)
    }

    /// `digest: USERNAME KIND`, the kind as in Moodle: 0 none, 1 whole posts, 2 subjects only.
    fn digests(&mut self) -> Result<Element> {
        let mut all = group("digests", []);
        for line in self.activity.sheet.all("digest") {
            let (name, kind) = line.split_once(' ').context("a digest is `USERNAME KIND`")?;
            let leaves = [leaf("userid", self.user(name)?), leaf("maildigest", kind)];
            all.push(record("digest", self.made.number("digest"), leaves));
        }
        Ok(all)
    }

    /// `read: USERNAME MOMENT`: this person had then read every post written before.
    fn reads(&mut self) -> Result<Element> {
        let mut all = group("readposts", []);
        for line in self.activity.sheet.all("read") {
            let (user, time) = person_at(self.course, line)?;
            self.refs.users.insert(user);
            for discussion in &self.activity.discussions {
                for post in discussion.posts.iter().filter(|p| p.time("at").is_ok_and(|at| at < time)) {
                    let leaves = [
                        leaf("userid", user),
                        leaf("discussionid", discussion.id),
                        leaf("postid", post.number("post")?),
                        leaf("firstread", time),
                        leaf("lastread", time),
                    ];
                    all.push(record("read", self.made.number("read"), leaves));
                }
            }
        }
        Ok(all)
    }

    fn tags(&mut self) -> Result<Element> {
        let mut all = group("poststags", []);
        for post in self.activity.discussions.iter().flat_map(|d| &d.posts) {
            for tag in post.list("tags") {
                all.push(record("tag", self.made.number("posttag"), [leaf("itemid", post.number("post")?), leaf("rawname", tag)]));
            }
        }
        Ok(all)
    }
}
