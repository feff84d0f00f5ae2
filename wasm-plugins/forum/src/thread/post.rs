//! One post: an `article` labelled by its author and date.

use super::{Around, permalink};
use crate::here::Here;
use crate::list::marks;
use crate::list::table::who;
use crate::order::Mode;
use crate::records::Post;
use parcours_sdk::html::{El, Html, a, article, footer, h3, header, li, p, span, ul};
use parcours_sdk::{Result, pc};

/// Deeper answers are not set in further: the line would get too short to read, and “in reply to” says the rest.
const DEEPEST_INDENT: usize = 6;

pub fn show(here: &Here, around: &Around, post: &Post, depth: usize) -> Result<Html> {
    let (author, date) = (format!("a{}", post.id), format!("t{}", post.id));
    let mut class = format!("post depth-{}", depth.min(DEEPEST_INDENT));
    if around.unread.contains(&post.id) {
        class.push_str(" unread");
    }
    let article = article().class(&class).id(&format!("p{}", post.id)).labelled_by(&[&author, &date]);
    let subject = if post.subject.trim().is_empty() { here.say("no_subject") } else { post.subject.clone() };
    let landing = around.landing.filter(|(id, _)| *id == post.id).map(|(_, name)| span().id(name));
    let by = p().class("by").child(span().id(&author).child(who(here, post.userid))).text(" ").child(span().id(&date).child(pc::date(post.created)));
    let head = header().child(h3().child(landing).text(&subject).child(marks(states(here, around, post)))).child(by);
    let mut body = article.child(head.child(answered(here, around, post, depth))).child(pc::text("posts", post.id, "message"));
    if post.has_attachments() {
        body = body.child(pc::files("attachment", post.id, ""));
    }
    for (key, value) in [("rated", around.rated.get(&post.id)), ("words", None)] {
        body = body.child(value.map(|v| p().class(key).text(v)));
    }
    if let Some(n) = around.words.get(&post.id) {
        body = body.child(p().class("by").text(&here.count("n_words", *n)));
    }
    Ok(body.child(footer().child(ul().class("actions").children(actions(here, around, post)?))).into())
}

fn states(here: &Here, around: &Around, post: &Post) -> Vec<String> {
    let all = [(around.unread.contains(&post.id), "unread_mark"), (post.privatereplyto != 0, "private_mark")];
    all.iter().filter(|(yes, _)| *yes).map(|(_, key)| here.say(key)).collect()
}

/// What this answers, where its place does not say it.
fn answered(here: &Here, around: &Around, post: &Post, depth: usize) -> Option<El> {
    let subject = around.subjects.get(&post.parent)?;
    let plain = around.mode == Mode::Nested && depth <= DEEPEST_INDENT && post.privatereplyto == 0;
    (!plain).then(|| {
        let link = a(&permalink(here, post.discussion, post.parent)).text(if subject.trim().is_empty() { "…" } else { subject });
        p().class("by").text(&here.say("in_reply_to")).text(" ").child(link)
    })
}

fn actions(here: &Here, around: &Around, post: &Post) -> Result<Vec<El>> {
    let light = post.light();
    let d = around.discussion;
    let link = |route: &str, key: &str| li().child(a(&here.url(route).q("post", post.id)).text(&here.say(key)));
    let mut all = Vec::new();
    if around.closed.is_none() && light.privatereplyto == 0 {
        all.push(link("reply", "reply"));
        all.push(li().child(a(&here.url("reply").q("post", post.id).q("quote", 1)).text(&here.say("quote"))));
    }
    if here.why_not_edit(d, &light).is_none() {
        all.push(link("edit", "edit"));
    }
    if here.why_not_delete(d, &light, around.has_replies.contains(&post.id)).is_none() {
        all.push(link("delete", "delete"));
    }
    all.push(li().child(a(&permalink(here, post.discussion, post.id)).text(&here.say("permalink"))));
    Ok(all)
}
