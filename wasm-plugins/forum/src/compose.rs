//! The form in which a post is written.

use crate::here::Here;
use crate::records::{Discussion, Post, Source};
use parcours_sdk::html::{Html, div, h2, li, p, ul};
use parcours_sdk::pc::{self, Rich};
use parcours_sdk::{Faults, Request, Result, Url, time};

/// Longest subject, in characters (Moodle's column).
pub const SUBJECT: usize = 255;

/// What is being written.
pub enum Task<'a> {
    Start,
    Reply(&'a Discussion, &'a Post),
    Edit(&'a Discussion, &'a Post),
}

impl Task<'_> {
    /// Whether it is a discussion's first post, which carries the discussion's settings.
    pub fn is_first(&self) -> bool {
        match self {
            Task::Start => true,
            Task::Reply(..) => false,
            Task::Edit(d, p) => p.id == d.firstpost,
        }
    }
}

/// What stands in the form: from the records at first, from the request when it comes back. Nothing typed is lost on the way.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub subject: String,
    pub message: Rich,
    pub group: Option<i64>,
    pub pinned: bool,
    /// Values of `datetime` fields, as typed.
    pub timestart: String,
    pub timeend: String,
    pub private: bool,
    pub subscribe: bool,
    /// Paths of attachments to take away.
    pub remove: Vec<String>,
    /// When the post was last changed, as far as the person writing knows; 0 where nothing is edited.
    pub seen: i64,
}

impl Draft {
    pub fn sent(req: &Request) -> Draft {
        Draft {
            subject: req.form("subject").trim().to_owned(),
            message: req.rich("message"),
            group: req.form("group").parse().ok(),
            pinned: req.ticked("pinned"),
            timestart: req.form("timestart").to_owned(),
            timeend: req.form("timeend").to_owned(),
            private: req.ticked("private"),
            subscribe: req.ticked("subscribe"),
            remove: req.form.iter().filter(|(n, _)| n == "remove").map(|(_, v)| v.clone()).collect(),
            seen: req.form_number("seen").unwrap_or(0),
        }
    }

    pub fn of(d: &Discussion, post: &Post, source: Source) -> Draft {
        Draft {
            subject: post.subject.clone(),
            message: Rich { text: source.message, format: source.messageformat },
            group: Some(d.groupid),
            pinned: d.pinned,
            timestart: time::write(d.timestart),
            timeend: time::write(d.timeend),
            seen: post.modified,
            ..Draft::default()
        }
    }

    /// What can be said to be wrong without asking the store.
    pub fn faults(&self, here: &Here, task: &Task) -> Faults {
        let mut faults = Faults::new();
        if self.subject.is_empty() {
            faults.add("subject", here.say("subject_empty"));
        } else if self.subject.chars().count() > SUBJECT {
            faults.add("subject", here.tr("subject_long", &[("n", &SUBJECT.to_string())]));
        }
        if self.message.is_blank() {
            faults.add("message", here.say("message_empty"));
        }
        if task.is_first() && here.can("viewhiddentimedposts") {
            let (start, end) = (moment(&self.timestart), moment(&self.timeend));
            for (field, value) in [("timestart", start), ("timeend", end)] {
                if value.is_none() {
                    faults.add(field, here.say("moment_wrong"));
                }
            }
            if let (Some(start), Some(end)) = (start, end)
                && end > 0
                && end <= start
            {
                faults.add("timeend", here.say("end_before_start"));
            }
        }
        faults
    }
}

/// The moment in a field; 0 when it is empty, `None` when it is not one.
pub fn moment(field: &str) -> Option<i64> {
    if field.trim().is_empty() { Some(0) } else { time::read(field) }
}

pub fn form(here: &Here, task: &Task, draft: &Draft, faults: &Faults) -> Result<Html> {
    let (title, action, button) = match task {
        Task::Start => ("start", here.url("start"), "send"),
        Task::Reply(_, p) => ("reply", here.url("reply").q("post", p.id), "send"),
        Task::Edit(_, p) => ("edit", here.url("edit").q("post", p.id), "save"),
    };
    let mut html = Html::from(h2().text(&here.say(title)));
    html.push(summary(here, faults));
    if let Task::Reply(_, post) = task {
        let told = here.tr("replying_to", &[("subject", &post.subject)]);
        html.push(div().class("quoted").child(p().text(&told)).child(pc::text("posts", post.id, "message")));
    }
    let subject = pc::field("text", "subject", &here.say("subject")).value(&draft.subject).maxlength(SUBJECT as u32).required();
    let message = pc::editor("message", &here.say("message"), &draft.message.text, draft.message.format).rows(12).required();
    let mut form = form_for(&action).child(subject.error(faults.of("subject"))).child(message.error(faults.of("message")));
    form = form.child(attachments(here, task, draft, faults)?);
    if task.is_first() {
        form = form.child(settings(here, task, draft, faults)?);
    }
    form = form.child(choices(here, task, draft)?).child(pc::hidden("seen", draft.seen)).child(pc::submit(&here.say(button)));
    html.push(form);
    html.push(back(here, task));
    Ok(html)
}

fn form_for(action: &Url) -> parcours_sdk::html::El {
    pc::form(action).with_files().draft()
}

/// What is wrong, in one place before the form; each fault stands at its field too.
fn summary(here: &Here, faults: &Faults) -> Html {
    if faults.is_empty() {
        return Html::new();
    }
    let list = ul().children(faults.iter().map(|(_, message)| li().text(message)));
    div().class("faults").alert().child(p().text(&here.say("not_sent"))).child(list).into()
}

fn attachments(here: &Here, task: &Task, draft: &Draft, faults: &Faults) -> Result<Html> {
    let mut html = Html::new();
    if let Task::Edit(_, post) = task
        && post.has_attachments()
    {
        let mut boxes = pc::field("choice", "remove", &here.say("remove_files")).boxes();
        for file in here.files("attachment", post.id)? {
            let path = format!("{}{}", file.path, file.name);
            let ticked = draft.remove.contains(&path);
            boxes = boxes.option(path, &file.name, ticked);
        }
        html.push(boxes);
    }
    if here.may_attach() {
        let help = here.tr("attachments_help", &[("n", &here.forum.maxattachments.to_string())]);
        let field = pc::field("files", "attachments", &here.say("attachments")).multiple(here.forum.maxattachments > 1).help(&help);
        html.push(field.error(faults.of("attachments")));
    }
    Ok(html)
}

/// What belongs to the discussion as a whole.
fn settings(here: &Here, task: &Task, draft: &Draft, faults: &Faults) -> Result<Html> {
    let mut html = Html::new();
    if matches!(task, Task::Start) && here.grouped() {
        let groups = here.groups_to_start_in()?;
        let mut field = pc::field("choice", "group", &here.say("group")).error(faults.of("group"));
        for g in groups {
            let chosen = draft.group == Some(g);
            field = if g > 0 { field.group(g, chosen) } else { field.option(g, &here.say("all_participants"), chosen) };
        }
        html.push(field);
    }
    if here.can("pindiscussions") {
        html.push(pc::field("checkbox", "pinned", &here.say("pin_this")).checked(draft.pinned));
    }
    if here.can("viewhiddentimedposts") {
        html.push(pc::field("datetime", "timestart", &here.say("timestart")).value(&draft.timestart).error(faults.of("timestart")));
        html.push(pc::field("datetime", "timeend", &here.say("timeend")).value(&draft.timeend).error(faults.of("timeend")));
    }
    Ok(html)
}

fn choices(here: &Here, task: &Task, draft: &Draft) -> Result<Html> {
    let mut html = Html::new();
    if matches!(task, Task::Edit(..)) {
        return Ok(html);
    }
    if let Task::Reply(_, post) = task
        && here.may_reply_privately(&post.light())
    {
        html.push(pc::field("checkbox", "private", &here.say("reply_privately")).checked(draft.private));
    }
    if here.subscription_is_free() {
        html.push(pc::field("checkbox", "subscribe", &here.say("subscribe_to_this")).checked(draft.subscribe));
    }
    Ok(html)
}

fn back(here: &Here, task: &Task) -> Html {
    match task {
        Task::Start => p().child(parcours_sdk::html::a(&here.url("")).text(&here.say("back_to_forum"))).into(),
        Task::Reply(d, _) | Task::Edit(d, _) => crate::thread::back(here, d),
    }
}
