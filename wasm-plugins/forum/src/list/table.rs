//! Discussions as a table.

use super::{marks, rows::Rows};
use crate::here::Here;
use crate::records::Discussion;
use parcours_sdk::html::{El, Html, a, small, span, table, tbody, td, th, thead, tr};
use parcours_sdk::{Result, pc};

pub fn show(here: &Here, rows: &Rows) -> Result<Html> {
    let head = |key: &str| th().scope("col").text(&here.say(key));
    let number = |key: &str| head(key).class("number");
    let mut heads = vec![head("discussion")];
    if here.grouped() {
        heads.push(head("group"));
    }
    heads.extend([head("started_by"), head("last_post"), number("replies")]);
    if rows.tracked {
        heads.push(number("unread"));
    }
    let body = rows.discussions.iter().map(|d| row(here, rows, d));
    // Named by the heading above it (`list`), which a caption would only repeat.
    let table = table().class("discussions").labelled_by(&["all"]);
    Ok(table.child(thead().child(tr().children(heads))).child(tbody().children(body)).into())
}

fn row(here: &Here, rows: &Rows, d: &Discussion) -> El {
    let to = || here.url("discussion").q("d", d.id);
    let cell = |key: &str| td().column(&here.say(key));
    let mut line = tr().child(th().scope("row").child(a(&to()).text(title(here, d).trim())).child(marks(states(here, d))));
    if here.grouped() {
        line = line.child(cell("group").child(here.group_name(d.groupid)));
    }
    let started = rows.first.get(&d.firstpost).map(|p| when(p.created));
    line = line.child(cell("started_by").child(who(here, d.userid)).child(started));
    let last = a(&to().q("post", "last").at("last")).child(pc::date(d.timemodified).style("short"));
    line = line.child(cell("last_post").child(who(here, d.usermodified)).text(" ").child(small().child(last)));
    line = line.child(cell("replies").class("number").text(&rows.replies.get(&d.id).copied().unwrap_or(0).to_string()));
    if rows.tracked {
        let unread = rows.unread.get(&d.id).copied().unwrap_or(0);
        let link = a(&to().q("post", "unread").at("unread")).label(&here.count("unread_posts", unread)).text(&unread.to_string());
        line = line.child(if unread > 0 { cell("unread").class("number").child(link) } else { cell("unread").class("number").text("0") });
    }
    line
}

/// A discussion's name; one that an archive brought without any can still be opened.
pub fn title(here: &Here, d: &Discussion) -> String {
    if d.name.trim().is_empty() { here.say("no_subject") } else { d.name.clone() }
}

/// A person, or that there is none any more.
pub fn who(here: &Here, user: i64) -> Html {
    if user > 0 { pc::user(user).into() } else { span().text(&here.say("nobody")).into() }
}

pub fn when(ts: i64) -> Html {
    Html::text(" ").with(small().child(pc::date(ts).style("short")))
}

/// What is special about a discussion, in words.
pub fn states(here: &Here, d: &Discussion) -> Vec<String> {
    let later = d.timestart > here.now;
    let over = d.timeend > 0 && d.timeend <= here.now;
    let all = [(d.pinned, "pinned"), (here.is_locked(d), "locked"), (later, "shown_later"), (over, "shown_no_more")];
    all.iter().filter(|(yes, _)| *yes).map(|(_, key)| here.say(key)).collect()
}
