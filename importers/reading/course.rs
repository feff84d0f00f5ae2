//! One page after the other, and what is reported of each.

use super::activity::attachments;
use super::desk::{Desk, Loss, Scope};
use super::files::{Files, Naming};
use super::node::{Node, tag};
use super::plan::is_bare;
use super::quiz::Questions;
use super::section::Label;
use super::tidy::settle;
use super::{Kind, Layout, Options, Page, Plan, media, words};
use parcours_course::outline::{Activity, File, Outline, Post};
use parcours_course::{Fate, Finding, Reason, Report};
use parcours_mbz::unpacked::content_path;
use parcours_mbz::{Error, Unpacked, outline};
use std::collections::HashMap;

/// A course about to be written as pages.
pub struct Reading {
    pub plan: Plan,
    pub files: Files,
    pub report: Report,
    /// What all pages lost together, once they were shown.
    pub lost: Loss,
    questions: Questions,
    names: HashMap<i64, String>,
}

/// What stands on a page, below its title.
#[derive(Debug, Default)]
pub struct Body {
    /// The intro apart, where the layout is a tree; else it is in `nodes`.
    pub intro: Vec<Node>,
    pub nodes: Vec<Node>,
    /// Places in it, for a table of contents.
    pub places: Vec<(String, String)>,
}

impl Reading {
    /// Reads the outline and plans the pages.
    ///
    /// # Errors
    /// What is wrong with a document, and the device.
    pub fn open(from: &mut Unpacked, options: &Options, layout: Layout) -> Result<Reading, Error> {
        let mut report = Report::default();
        let mut outline = outline::read(from)?;
        if !options.people {
            // What people handed in or attached must not go along, even by a link that somebody guessed.
            outline
                .sections
                .iter_mut()
                .flat_map(|s| &mut s.activities)
                .filter(|a| a.module == "forum")
                .for_each(|a| a.files.retain(|f| f.area == "intro"));
        }
        files(from, &mut outline, &mut report)?;
        let plan = Plan::new(from, outline, options.clone(), layout)?;
        let questions = Questions::read(from, &plan)?;
        let names = if options.people && options.forums { outline::people(from)? } else { HashMap::new() };
        let naming = if layout.tree { Naming::Beside } else { Naming::ByContent };
        let mut reading = Reading { plan, files: Files::new(naming), report, lost: Loss::default(), questions, names };
        reading.left_out();
        Ok(reading)
    }

    /// Shows every page in its order.
    ///
    /// # Errors
    /// What is wrong with a document, the device, and what `see` says.
    pub fn each(&mut self, from: &mut Unpacked, mut see: impl FnMut(&Plan, usize, Body) -> Result<(), Error>) -> Result<(), Error> {
        let Reading { plan, files, report, lost, questions, names } = self;
        for (at, page) in plan.pages.iter().enumerate() {
            let mut desk = Desk::new(plan, files, &page.path);
            let mut body = Body::default();
            match page.kind {
                Kind::Course => {
                    body.nodes = desk.course(&plan.outline)?;
                    lost.add(desk.loss);
                    finish(report, plan, "course", "course/course.xml", &page.title, Vec::new(), desk.loss);
                }
                Kind::Section(s) => {
                    let Some(section) = plan.outline.sections.get(s) else { continue };
                    let (nodes, labels) = desk.section(section)?;
                    body.nodes = nodes;
                    let loss = desk.loss;
                    labels.iter().for_each(|(_, l)| lost.add(*l));
                    lost.add(loss);
                    report_labels(report, plan, &section.activities, labels);
                    let lacks = section
                        .availability
                        .iter()
                        .map(|_| plan.options.language.of("its access restrictions", "ses conditions d’accès").to_owned())
                        .collect();
                    finish(report, plan, "section", &format!("sections/section_{}", section.id), &page.title, lacks, loss);
                }
                Kind::Activity(s, a) => {
                    let Some(activity) = plan.outline.sections.get(s).and_then(|s| s.activities.get(a)) else { continue };
                    let mut written = desk.activity(from, activity, questions)?;
                    let (lacks, places) = (std::mem::take(&mut written.lacks), std::mem::take(&mut written.places));
                    if plan.layout.tree {
                        (body.intro, body.nodes) = (written.intro, written.nodes);
                    } else {
                        body.nodes = written.all();
                    }
                    body.places = places;
                    lost.add(desk.loss);
                    finish(report, plan, "activity", &place(activity), &activity.name, lacks, desk.loss);
                    settle(&mut body.intro);
                    settle(&mut body.nodes);
                    see(plan, at, body)?;
                    if activity.module == "forum" && plan.options.forums && plan.options.people {
                        discussions(from, plan, files, names, activity, at, &mut see)?;
                    }
                    continue;
                }
                // With their forum.
                Kind::Discussion(_) => continue,
            }
            settle(&mut body.nodes);
            see(plan, at, body)?;
        }
        Ok(())
    }

    /// Reports what has no page: hidden things, and blocks.
    fn left_out(&mut self) {
        let Reading { plan, report, .. } = self;
        let language = plan.options.language;
        for section in &plan.outline.sections {
            let shown = plan.section_page(section.id).is_some();
            if !shown && plan.layout.tree && is_bare(section) && plan.shows(section.visible) {
                item(
                    report,
                    Fate::Imported,
                    Reason::AsItCame,
                    "section",
                    &format!("sections/section_{}", section.id),
                    &words::section(section, language),
                    "",
                );
            } else if !shown {
                item(
                    report,
                    Fate::Refused,
                    Reason::Hidden,
                    "section",
                    &format!("sections/section_{}", section.id),
                    &words::section(section, language),
                    "",
                );
            }
            for activity in &section.activities {
                let nested = activity.module == "subsection" && plan.outline.subsection(activity.cm).is_some();
                if !shown || !plan.shows(activity.visible) {
                    item(report, Fate::Refused, Reason::Hidden, "activity", &place(activity), &activity.name, "");
                } else if nested {
                    item(report, Fate::Imported, Reason::AsItCame, "activity", &place(activity), &activity.name, "");
                }
            }
        }
        for block in &plan.outline.blocks {
            let name = if block.title.is_empty() { &block.name } else { &block.title };
            let (fate, reason) = match (&block.text, plan.shows(block.visible)) {
                (_, false) => (Fate::Refused, Reason::Hidden),
                (Some(_), true) if !plan.layout.tree => (Fate::Imported, Reason::AsItCame),
                _ => (Fate::Refused, Reason::OtherFormat),
            };
            item(report, fate, reason, "block", &format!("course/blocks/{}_{}", block.name, block.id), name, "");
        }
    }
}

/// Files that are not in the archive are none; the others get the types they have.
fn files(from: &mut Unpacked, outline: &mut Outline, report: &mut Report) -> Result<(), Error> {
    let mut all: Vec<&mut Vec<File>> = vec![&mut outline.files];
    all.extend(outline.blocks.iter_mut().map(|b| &mut b.files));
    for section in &mut outline.sections {
        all.push(&mut section.files);
        all.extend(section.activities.iter_mut().map(|a| &mut a.files));
    }
    for list in all {
        list.retain(|f| {
            let there = from.has(&content_path(&f.hash));
            if !there {
                report.remark(Fate::Refused, Reason::MissingContent, "file", content_path(&f.hash), f.path.clone());
            }
            there
        });
        for file in list {
            media::settle(file, from)?;
        }
    }
    Ok(())
}

fn place(a: &Activity) -> String {
    format!("activities/{}_{}", a.module, a.cm)
}

fn report_labels(report: &mut Report, plan: &Plan, activities: &[Activity], labels: Vec<Label>) {
    for (at, loss) in labels {
        if let Some(a) = activities.get(at) {
            let lacks =
                a.availability.iter().map(|_| plan.options.language.of("its access restrictions", "ses conditions d’accès").to_owned()).collect();
            finish(report, plan, "activity", &place(a), &a.name, lacks, loss);
        }
    }
}

fn finish(report: &mut Report, plan: &Plan, what: &str, place: &str, name: &str, lacks: Vec<String>, loss: Loss) {
    let language = plan.options.language;
    let mut said = Vec::new();
    if !lacks.is_empty() {
        said.push(format!("{} {}", language.of("without", "sans"), lacks.join("; ")));
    }
    said.extend(Some(loss.words(language)).filter(|w| !w.is_empty()));
    let (fate, reason) = if said.is_empty() { (Fate::Imported, Reason::AsItCame) } else { (Fate::Approximated, Reason::OtherFormat) };
    item(report, fate, reason, what, place, name, &said.join("; "));
    if loss.silent > 0 {
        let words =
            language.of("pictures have no description for those who do not see them", "images n’ont pas de description pour qui ne les voit pas");
        report.remark(Fate::Imported, Reason::AsItCame, what, place, format!("{} {words}", loss.silent));
    }
}

fn item(report: &mut Report, fate: Fate, reason: Reason, what: &str, place: &str, name: &str, detail: &str) {
    report.findings.push(Finding {
        fate,
        reason,
        item: what.to_owned(),
        place: place.to_owned(),
        name: name.to_owned(),
        detail: detail.to_owned(),
        counts: true,
    });
}

/// Pages of a forum's discussions, of which one at a time is in memory.
fn discussions(
    from: &mut Unpacked,
    plan: &Plan,
    files: &mut Files,
    names: &HashMap<i64, String>,
    forum: &Activity,
    page: usize,
    see: &mut impl FnMut(&Plan, usize, Body) -> Result<(), Error>,
) -> Result<(), Error> {
    let pages: HashMap<i64, usize> = plan
        .pages
        .iter()
        .enumerate()
        .filter(|(_, p)| p.parent == Some(page))
        .filter_map(|(at, p)| if let Kind::Discussion(id) = p.kind { Some((id, at)) } else { None })
        .collect();
    let mut now: Option<(usize, Vec<Post>)> = None;
    outline::posts(from, forum, |discussion, post| {
        let Some(at) = pages.get(&discussion.id).copied().filter(|_| post.private == 0) else { return Ok(()) };
        if now.as_ref().is_some_and(|(page, _)| *page != at)
            && let Some((page, posts)) = now.take()
        {
            see(plan, page, thread(plan, files, names, forum, plan.pages.get(page), posts)?)?;
        }
        now.get_or_insert((at, Vec::new())).1.push(post);
        Ok(())
    })?;
    match now {
        Some((page, posts)) => see(plan, page, thread(plan, files, names, forum, plan.pages.get(page), posts)?),
        None => Ok(()),
    }
}

/// Posts in the order they were written, each with its author.
fn thread(
    plan: &Plan,
    files: &mut Files,
    names: &HashMap<i64, String>,
    forum: &Activity,
    page: Option<&Page>,
    mut posts: Vec<Post>,
) -> Result<Body, Error> {
    let mut desk = Desk::new(plan, files, page.map_or("", |p| p.path.as_str()));
    posts.sort_by_key(|p| (p.created, p.id));
    let mut body = Body::default();
    for post in posts {
        let author = names.get(&post.user).map_or("", String::as_str);
        let mut inside = vec![tag("h2").says(if post.subject.trim().is_empty() { "…" } else { post.subject.trim() }).node()];
        inside.extend((!author.is_empty()).then(|| tag("p").set("class", "note").says(author).node()));
        inside.extend(desk.text(&post.message, Scope { files: &forum.files, area: "post", item: post.id }, 3)?);
        inside.extend(desk.list(attachments(&forum.files, post.id)));
        body.nodes.push(tag("div").set("class", "part").set("id", format!("post-{}", post.id)).with(inside).node());
    }
    settle(&mut body.nodes);
    Ok(body)
}
