//! What stands above the discussions.

use super::notes;
use crate::here::{Here, Kind};
use crate::rights::Throttle;
use parcours_sdk::html::{Html, a, div, p};
use parcours_sdk::{Result, pc};

pub fn intro(here: &Here) -> Html {
    let mut html: Html = pc::intro(here.forum.id).into();
    for (at, key) in [(here.forum.duedate, "due"), (here.forum.cutoffdate, "cutoff")] {
        if at > 0 {
            html.push(p().class("note").text(&here.say(key)).text(" ").child(pc::date(at)));
        }
    }
    html
}

pub fn toolbar(here: &Here) -> Result<Html> {
    let mut html = Html::new();
    if here.kind == Kind::Qanda && !here.can("viewqandawithoutposting") {
        html.push(notes([here.say("qanda_note")]));
    }
    if let Throttle::Warned(said) = here.throttle()? {
        html.push(notes([warning(here, said)]));
    }
    let mut tools = div().class("tools");
    match here.why_not_start(None)? {
        None => tools = tools.child(p().child(a(&here.url("start")).class("button").text(&here.say(start_key(here.kind))))),
        // Everybody else never sees the button; these would miss it.
        Some(why @ ("why_cutoff" | "why_blocked" | "why_each_once")) => html.push(notes([here.say(why)])),
        Some(_) => {}
    }
    tools = tools.child(search_box(here, "")).child(here.subscription_box()?);
    let mut rare = Vec::new();
    if here.tracks()? {
        rare.push(pc::one_button(&here.url("read"), pc::button(&here.say("mark_all_read"))));
    }
    if here.forum.trackingtype == 1 && here.me > 0 {
        let key = if here.tracks()? { "track_off" } else { "track_on" };
        rare.push(pc::one_button(&here.url("track"), pc::button(&here.say(key))));
    }
    if !rare.is_empty() {
        tools = tools.child(pc::menu(&here.say("reading")).child(div().class("tools").children(rare)));
    }
    html.push(tools);
    Ok(html)
}

pub fn warning(here: &Here, said: i64) -> String {
    let days = (here.forum.blockperiod + 43_200) / 86_400;
    let numbers = [said, here.forum.blockafter, days].map(|n| n.to_string());
    here.tr("throttle_warning", &[("said", &numbers[0]), ("most", &numbers[1]), ("days", &numbers[2])])
}

fn start_key(kind: Kind) -> &'static str {
    match kind {
        Kind::News => "start_news",
        Kind::Qanda => "start_question",
        Kind::Blog => "start_entry",
        _ => "start",
    }
}

pub fn search_box(here: &Here, q: &str) -> Html {
    let field = pc::field("search", "q", &here.say("search_for")).value(q).maxlength(100).label_hidden();
    pc::search_form(&here.url("search")).class("search").named(&here.say("search")).child(field).child(pc::button(&here.say("search"))).into()
}
