//! The list of courses, and one course as its people see it.

use crate::activity::Describing;
use crate::look::{Look, Seen};
use crate::member::Member;
use crate::rich::{Base, Format};
use crate::{ActionError, App, Result, Viewer};
use parcours_rules::capabilities as can;
use parcours_rules::rights::Scope;
use parcours_rules::visibility::Sight;
use parcours_store::activities::Activity;
use parcours_store::{Conn, courses};

/// One line of "my courses".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub course: i64,
    pub name: String,
    pub short_name: String,
    /// The viewer's roles here, as archetypes: `student`, `teacher`, `editingteacher`, `manager`; empty for an administrator who only looks.
    pub roles: Vec<String>,
    pub hidden: bool,
    /// Whether its people see it, or only those who run the domain.
    pub published: bool,
    pub activities: usize,
    /// Activities with completion done by the viewer, and how many there are; none for somebody whose completion is not followed.
    pub done: (usize, usize),
}

/// A course on screen.
#[derive(Debug, Clone, Default)]
pub struct CoursePage {
    pub course: i64,
    pub name: String,
    pub short_name: String,
    /// Clean HTML.
    pub summary: String,
    pub sections: Vec<SectionView>,
    /// Whether the viewer may export, withdraw and read the import report.
    pub manage: bool,
    /// Whether the viewer may take people along in an export, and take the course away.
    pub take_people: bool,
    pub withdraw: bool,
    pub has_report: bool,
    /// For those who may publish it and take that back.
    pub publication: Option<Publication>,
}

/// Who sees a course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publication {
    /// Since when its people see it (Unix seconds, and as a day for people); `None`: only those who run the domain do.
    pub since: Option<(i64, String)>,
    /// Name of who published it; empty when it was done by a command.
    pub by: String,
    /// What the archive says: hidden from learners even once it is published.
    pub hidden: bool,
}

#[derive(Debug, Clone, Default)]
pub struct SectionView {
    /// The section's number in the archive (not its position).
    pub id: i64,
    pub position: i64,
    /// As named, or `None` for the default name (the shell says "Section 3" / "Généralités" in its language).
    pub name: Option<String>,
    /// Clean HTML.
    pub summary: String,
    /// Shown to those who may see hidden things.
    pub hidden: bool,
    /// Why it is closed or under which conditions it opens, in words of the viewer's language, one line each.
    pub restrictions: Vec<String>,
    pub open: bool,
    pub activities: Vec<ActivityView>,
    /// For a subsection (delegated section): the `cm` of the activity it belongs to; shown inside that activity's place.
    pub inside: Option<i64>,
}

#[derive(Debug, Clone, Default)]
pub struct ActivityView {
    pub cm: i64,
    /// Moodle's module name.
    pub module: String,
    /// The module's name for people.
    pub kind: String,
    /// Moodle's purpose (`collaboration`, `content` …), for the icon's colour.
    pub purpose: String,
    pub name: String,
    pub indent: i64,
    /// Path of its page; `None` when it has none (label), is closed, or no module runs it.
    pub url: Option<String>,
    /// Clean HTML that belongs on the course page: a label's text, a description.
    pub html: String,
    pub badges: Vec<String>,
    pub hidden: bool,
    pub restrictions: Vec<String>,
    pub open: bool,
    pub completion: Completion,
    /// Whether no installed module runs it: kept whole, shown as "not available here".
    pub kept: bool,
}

/// What the tick beside an activity shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Completion {
    #[default]
    None,
    /// The learner ticks it.
    Manual { done: bool },
    /// It ticks itself.
    Automatic { done: bool },
}

/// One line of the domain's list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Listed {
    pub course: i64,
    pub name: String,
    pub short_name: String,
    pub visible: bool,
    pub published: bool,
    /// Unix seconds.
    pub imported: i64,
}

/// The courses the viewer takes part in (all of them for an administrator), by name.
///
/// # Errors
/// What the store said.
pub fn list(app: &App, viewer: &Viewer) -> Result<Vec<Card>> {
    let read = app.domain.read()?;
    let now = app.now();
    let found = if viewer.admin { courses::list(&read)? } else { courses::of_account(&read, viewer.account)? };
    let mut cards = Vec::new();
    for c in found {
        let look = match Look::at(&read, viewer, c.id, now) {
            Ok(look) => look,
            // Enrolled once, but not now.
            Err(ActionError::NotFound) => continue,
            Err(e) => return Err(e),
        };
        let follows = look.tracked();
        let tracked: Vec<_> = look.outline.activities().filter(|a| follows && a.completion != 0).collect();
        cards.push(Card {
            course: c.id,
            name: c.fullname,
            short_name: c.shortname,
            roles: look.member.archetypes(),
            hidden: !c.visible,
            published: c.opened.is_some(),
            activities: look.outline.activities().count(),
            done: (tracked.iter().filter(|a| look.done(a)).count(), tracked.len()),
        });
    }
    Ok(cards)
}

/// Every course of the domain, for the command line.
///
/// # Errors
/// What the store said.
pub fn all(app: &App) -> Result<Vec<Listed>> {
    let read = app.domain.read()?;
    let listed = |c: courses::Course| {
        let published = c.opened.is_some();
        Listed { course: c.id, name: c.fullname, short_name: c.shortname, visible: c.visible, published, imported: c.published }
    };
    Ok(courses::list(&read)?.into_iter().map(listed).collect())
}

/// One course, with what this viewer may see of it.
///
/// # Errors
/// `NotFound` when there is no such course for this viewer: it is not published, hidden, or they take no part in it.
pub fn page(app: &App, viewer: &Viewer, course: i64, lang: &str) -> Result<CoursePage> {
    let read = app.domain.read()?;
    let look = Look::at(&read, viewer, course, app.now())?;
    let listed = courses::get(&read, course)?.ok_or(ActionError::NotFound)?;
    let manage = look.member.manages();
    let publication = crate::publish::publication(app, &read, &look.member, &listed, lang)?;
    let mut page = CoursePage { course, name: listed.fullname, short_name: listed.shortname, manage, publication, ..CoursePage::default() };
    page.take_people = look.member.rights.may_core(can::BACKUP_USERINFO, Scope::Course);
    page.withdraw = look.member.rights.may_core(can::COURSE_DELETE, Scope::Course);
    page.has_report = manage && courses::report(&read, course)?.is_some();
    let context = look.details.as_ref().map_or(0, |d| d.context);
    if let Some(d) = &look.details {
        page.summary = clean(app, course, &d.summary, d.summaryformat, &format!("{context}/course/summary/0"));
    }
    let mut describing = Describing::new(app, viewer, lang, read);
    for (section, activities) in &look.outline.sections {
        let seen = look.section(section);
        if !seen.sight.listed() {
            continue;
        }
        let summary = clean(app, course, &section.summary, section.summaryformat, &format!("{context}/course/section/{}", section.id));
        let mut made = SectionView {
            id: section.id,
            position: section.number,
            name: section.name.clone().filter(|n| !n.is_empty()),
            summary: if seen.sight.enters() { summary } else { String::new() },
            hidden: seen.sight == Sight::Dimmed,
            restrictions: describing.conn().map(|c| look.why(app, c, &seen, lang)).unwrap_or_default(),
            open: seen.sight.enters(),
            activities: Vec::new(),
            inside: look.holder(section).map(|(_, a)| a.cm),
        };
        for a in activities {
            made.activities.extend(line(app, &mut describing, &look, &look.activity(&seen, a), a, lang)?);
        }
        page.sections.push(made);
    }
    if !look.outline.adrift.is_empty() {
        let mut made = SectionView { open: true, position: i64::MAX, ..SectionView::default() };
        for a in &look.outline.adrift {
            made.activities.extend(line(app, &mut describing, &look, &look.adrift(a), a, lang)?);
        }
        page.sections.push(made);
    }
    Ok(page)
}

/// One activity's line, when the viewer gets to see one.
fn line(app: &App, describing: &mut Describing<'_>, look: &Look, seen: &Seen, a: &Activity, lang: &str) -> Result<Option<ActivityView>> {
    if !seen.sight.listed() {
        return Ok(None);
    }
    let enters = seen.sight.enters();
    let runs = a.readable && app.modules.has(&a.module);
    let card = if enters && runs { describing.card(look, a)? } else { None };
    if card.as_ref().is_some_and(|c| c.hidden) {
        return Ok(None);
    }
    let declared = app.modules.declaration(&a.module);
    let (html, badges) = card.map(|c| (c.summary_html, c.badges)).unwrap_or_default();
    Ok(Some(ActivityView {
        cm: a.cm,
        module: a.module.clone(),
        kind: declared.map_or_else(|| a.module.clone(), |d| d.title(lang).to_owned()),
        purpose: declared.map(|d| d.purpose.clone()).unwrap_or_default(),
        name: a.name.clone(),
        indent: a.indent,
        url: if enters { address(app, look.member.course, a) } else { None },
        html,
        badges,
        hidden: seen.sight == Sight::Dimmed,
        restrictions: describing.conn().map(|c| look.why(app, c, seen, lang)).unwrap_or_default(),
        open: enters,
        completion: crate::completion::tick_of(look, a),
        // A subsection has nothing to run: its section is its content.
        kept: !runs && a.module != "subsection",
    }))
}

/// Path of an activity's page; `None` when it has none: a label, or what no module runs.
pub(crate) fn address(app: &App, course: i64, a: &Activity) -> Option<String> {
    let declared = app.modules.declaration(&a.module).filter(|d| a.readable && !d.supports("no-view"))?;
    Some(format!("/course/{course}/{}/{}", declared.name, a.cm))
}

/// Passes when the viewer manages the course.
///
/// # Errors
/// `NotFound` when it is not theirs to see, `Denied` when they do not manage it.
pub(crate) fn manager(conn: &Conn, viewer: &Viewer, course: i64, now: i64) -> Result<()> {
    may(conn, viewer, course, can::BACKUP_COURSE, now)
}

/// Passes when the viewer has a capability of the core in the course.
///
/// # Errors
/// `NotFound` when it is not theirs to see, `Denied` when they lack it.
pub(crate) fn may(conn: &Conn, viewer: &Viewer, course: i64, what: can::Capability, now: i64) -> Result<()> {
    let member = Member::of(conn, viewer, course, None, now)?;
    if member.rights.may_core(what, Scope::Course) { Ok(()) } else { Err(ActionError::Denied(what.name.into())) }
}

fn clean(app: &App, course: i64, text: &str, format: i64, files: &str) -> String {
    let base = Base { files: format!("/file/{course}/{files}"), course: format!("/course/{course}") };
    app.rich.html(text, Format::of(format), &base).to_string()
}
