//! "Forum participatif": subjects and contributions, flat. A forum: a subject is a discussion, a contribution its reply.

use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, or_null, record, with};
use crate::magistere::files::Item;
use crate::magistere::stream::{self, Fill, Heavy};
use crate::magistere::words::{plain, short};
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::xml::Element;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Bytes of texts held at a time; more than these are gone through again.
const BATCH: usize = 8 << 20;

/// What a post holds besides its text, in bytes.
const LEAVES: usize = 2 << 10;

/// A subject, or a contribution that is published later: that is a discussion of its own until then.
struct Discussion {
    id: i64,
    subject: String,
    first: i64,
    user: i64,
    group: i64,
    /// Of the last post, and by whom.
    last: (i64, i64),
    /// From when on it is shown.
    start: i64,
    /// Number, person and time of each subscription.
    subscriptions: Vec<(i64, i64, String)>,
    size: usize,
}

/// What was seen of contributions before they are written.
#[derive(Default)]
struct Seen {
    /// Discussion of each contribution, by its number.
    of: HashMap<i64, usize>,
    posts: HashMap<i64, i64>,
    attached: HashSet<i64>,
    discussions: Vec<Discussion>,
    liked: usize,
    kept: usize,
}

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let seen = read(cx, a)?;
    for (from, to) in [("message", "post"), ("attachment", "attachment")] {
        cx.files.send(a.context, ("mod_socialforum", from), ("mod_forum", to), Item::Of(seen.posts.clone()));
    }
    if seen.liked + seen.kept > 0 {
        let words = cx.of("likes and favourites: a forum has none", "mentions « j’aime » et favoris : un forum n’en a pas");
        cx.remark(Fate::Kept, Reason::OtherFormat, "activity", &a.folder, format!("{} + {} {words}", seen.liked, seen.kept));
    }
    let r = &a.record;
    let forum = record!("forum", a.id;
        type: "general", name: a.name(), intro: or_null(r.value("intro")), introformat: r.number("introformat").unwrap_or(1), duedate: 0, cutoffdate: 0,
        assessed: 0, assesstimestart: 0, assesstimefinish: 0, scale: 0, maxbytes: 0, maxattachments: 9, forcesubscribe: 0, trackingtype: 1, rsstype: 0,
        rssarticles: 0, timemodified: a.modified(), warnafter: 0, blockafter: 0, blockperiod: 0, completiondiscussions: 0, completionreplies: 0,
        completionposts: i64::from(a.automatic), displaywordcount: 0, lockdiscussionafter: 0, grade_forum: 0);
    let lists = ["discussions", "subscriptions", "digests", "readposts", "trackedprefs", "poststags", "grades"].map(|n| Element::group(n, []));
    let detail = cx.of(
        "a forum: subjects are discussions, contributions replies, with files and subscriptions",
        "un forum : les sujets sont des discussions, les contributions des réponses, avec fichiers et abonnements",
    );
    let mut made = Made::new("forum", with(forum, lists), detail);
    made.rule = a.automatic;
    let batches = batches(&seen.discussions);
    made.heavy =
        Some(Heavy { into: "discussions", from: ("contributions", "contribution"), fill: Box::new(Posts { seen, batches, held: Vec::new() }) });
    Ok(Some(made))
}

fn read(cx: &mut Cx<'_>, a: &Activity) -> Result<Seen, Error> {
    let attached: HashSet<i64> = cx.files.of(a.context, "mod_socialforum", "attachment").map(|f| f.item).collect();
    let mut seen = Seen { attached, ..Seen::default() };
    let (made, known) = (cx.known.made, &cx.known);
    // Replies before their subject are possible: subjects are taken down first.
    let mut replies = Vec::new();
    stream::records(cx.course, &a.path, "contributions", "contribution", |c| {
        let id = c.id().unwrap_or(0);
        let number = |name: &str| c.number(name).unwrap_or(0);
        let count = |list: &str| c.child(list).map_or(0, |l| l.children.len());
        seen.liked += count("popularities");
        seen.kept += count("favorites");
        let size = c.leaf("message").len() + LEAVES;
        let later = if number("timepublished") > made { number("timepublished") } else { 0 };
        let time = number("timemodified").max(number("timecreated"));
        if number("issubject") == 1 || later > 0 {
            seen.of.insert(id, seen.discussions.len());
            let of = |s: &Element| (0, s.number("userid").unwrap_or(0), s.leaf("timecreated").to_owned());
            seen.discussions.push(Discussion {
                id: 0,
                subject: title(&c),
                first: id,
                user: number("userid"),
                group: known.group(number("groupid"), a.grouped, -1),
                last: (time, number("userid")),
                start: later,
                subscriptions: c.records("subscriptions", "subscription").map(of).collect(),
                size,
            });
        } else {
            replies.push((id, number("subject"), time, number("userid"), size));
        }
        Ok(())
    })?;
    for (id, subject, time, user, size) in replies {
        // One whose subject is gone is a discussion of its own.
        let at = seen.of.get(&subject).copied().unwrap_or_else(|| {
            let alone = Discussion {
                id: 0,
                subject: "…".to_owned(),
                first: id,
                user,
                group: -1,
                last: (time, user),
                start: 0,
                subscriptions: Vec::new(),
                size: 0,
            };
            seen.discussions.push(alone);
            seen.discussions.len() - 1
        });
        seen.of.insert(id, at);
        if let Some(d) = seen.discussions.get_mut(at) {
            d.last = d.last.max((time, user));
            d.size += size;
        }
    }
    let order: BTreeSet<i64> = seen.of.keys().copied().collect();
    for contribution in order {
        seen.posts.insert(contribution, cx.id());
    }
    for d in &mut seen.discussions {
        d.id = cx.id();
        d.first = seen.posts.get(&d.first).copied().unwrap_or(0);
        for s in &mut d.subscriptions {
            s.0 = cx.id();
        }
    }
    Ok(seen)
}

fn title(c: &Element) -> String {
    let title = c.leaf("subjecttitle");
    let title = if title.is_empty() { plain(c.leaf("message")) } else { title.to_owned() };
    match title.is_empty() {
        true => "…".to_owned(),
        false => short(&title, 255),
    }
}

/// Which discussions are written in which pass.
fn batches(discussions: &[Discussion]) -> Vec<std::ops::Range<usize>> {
    let (mut batches, mut from, mut size) = (Vec::new(), 0, 0);
    for (at, d) in discussions.iter().enumerate() {
        if size > 0 && size + d.size > BATCH {
            batches.push(from..at);
            (from, size) = (at, 0);
        }
        size += d.size;
    }
    batches.push(from..discussions.len());
    batches
}

struct Posts {
    seen: Seen,
    batches: Vec<std::ops::Range<usize>>,
    /// Posts of this pass, by discussion.
    held: Vec<(usize, Element)>,
}

impl Fill for Posts {
    fn passes(&self) -> usize {
        self.batches.len()
    }

    fn record(&mut self, pass: usize, c: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        let id = c.id().unwrap_or(0);
        let Some(at) = self.seen.of.get(&id).copied().filter(|at| self.batches.get(pass).is_some_and(|b| b.contains(at))) else { return Ok(()) };
        let Some((d, post)) = self.seen.discussions.get(at).zip(self.seen.posts.get(&id).copied()) else { return Ok(()) };
        let first = post == d.first;
        let created = c.number("timecreated").unwrap_or(0);
        let subject = if first { d.subject.clone() } else { short(&format!("Re: {}", d.subject), 255) };
        let attachment = if self.seen.attached.contains(&id) { "1" } else { "" };
        let post = record!("post", post;
            parent: if first { 0 } else { d.first }, userid: c.leaf("userid"), created: created, modified: c.number("timemodified").unwrap_or(created),
            mailed: c.leaf("mailed"), subject: subject, message: c.leaf("message"), messageformat: c.number("messageformat").unwrap_or(1),
            messagetrust: 0, attachment: attachment, totalscore: 0, mailnow: 0, privatereplyto: 0);
        self.held.push((at, with(post, [Element::group("ratings", [])])));
        Ok(())
    }

    fn end(&mut self, pass: usize, out: &mut Vec<Element>) {
        let mut held = std::mem::take(&mut self.held);
        // The first post stands first, whatever the order of the archive.
        held.sort_by_key(|(at, post)| (*at, post.leaf("parent") != "0"));
        let mut held = held.into_iter().peekable();
        for at in self.batches.get(pass).cloned().unwrap_or_default() {
            let Some(d) = self.seen.discussions.get(at) else { continue };
            let mut posts = Vec::new();
            while let Some((_, post)) = held.next_if(|(of, _)| *of == at) {
                posts.push(post);
            }
            let head = record!("discussion", d.id;
                name: d.subject, firstpost: d.first, userid: d.user, groupid: d.group, assessed: 0, timemodified: d.last.0, usermodified: d.last.1,
                timestart: d.start, timeend: 0, pinned: 0, timelocked: 0);
            let subs = d.subscriptions.iter().map(|(id, user, time)| record!("discussion_sub", *id; userid: user, preference: time));
            out.push(with(head, [Element::group("posts", posts), Element::group("discussion_subs", subs)]));
        }
    }
}
