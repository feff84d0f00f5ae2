//! A course, as its template wants it.

use crate::lang::{Lang, say};
use crate::links;
use crate::page::Page;
use crate::routes::import::job;
use parcours_actions::course::{ActivityView, Completion, CoursePage, Publication, SectionView};
use serde::Serialize;
use std::collections::HashMap;

#[derive(Serialize)]
pub(crate) struct Course {
    name: String,
    /// Clean HTML.
    summary: String,
    sections: Vec<Section>,
    /// Ticks there are, and those that are done.
    done: usize,
    of: usize,
    tick: String,
    csrf: String,
    manage: Option<Manage>,
    publish: Option<Publish>,
}

/// For those who publish the course, or take that back: who sees it.
#[derive(Serialize)]
struct Publish {
    url: String,
    published: bool,
    /// What is so, in a sentence.
    text: String,
    /// Whether learners see it when it is published: the archive may say no.
    hidden: bool,
}

impl Publish {
    fn new(course: i64, p: Publication, lang: Lang) -> Publish {
        let text = match &p.since {
            None => say(lang, "publish.not", &[]),
            Some((_, day)) if p.by.is_empty() => say(lang, "publish.since", &[("day", day.clone())]),
            Some((_, day)) => say(lang, "publish.since.by", &[("day", day.clone()), ("name", p.by)]),
        };
        Publish { url: links::course_page(course, "publish"), published: p.since.is_some(), text, hidden: p.hidden }
    }
}

/// Addresses for those who manage the course.
#[derive(Serialize)]
struct Manage {
    report: Option<String>,
    export: String,
    withdraw: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Section {
    /// Name of the place on the page.
    anchor: String,
    name: String,
    /// Clean HTML.
    summary: String,
    hidden: bool,
    open: bool,
    restrictions: Vec<String>,
    activities: Vec<Activity>,
    done: usize,
    of: usize,
}

#[derive(Serialize)]
pub(crate) struct Activity {
    cm: i64,
    kind: String,
    icon: &'static str,
    purpose: &'static str,
    name: String,
    /// Steps to the right, at most five.
    indent: i64,
    url: Option<String>,
    /// Clean HTML.
    html: String,
    /// A label: its text is all there is of it.
    bare: bool,
    badges: Vec<String>,
    hidden: bool,
    open: bool,
    kept: bool,
    restrictions: Vec<String>,
    completion: Tick,
    /// A subsection stands in its activity's place.
    inner: Option<Section>,
}

#[derive(Serialize)]
struct Tick {
    manual: bool,
    automatic: bool,
    done: bool,
}

impl Course {
    pub fn new(page: CoursePage, lang: Lang, csrf: &str) -> Course {
        let mut inner: HashMap<i64, SectionView> = HashMap::new();
        let mut outer = Vec::new();
        for section in page.sections {
            match section.inside {
                Some(cm) => drop(inner.insert(cm, section)),
                None => outer.push(section),
            }
        }
        let mut sections: Vec<Section> = outer.into_iter().map(|s| Section::new(s, &mut inner, lang)).collect();
        // A subsection whose activity is not there still holds activities: it stands last rather than nowhere.
        let mut lost: Vec<SectionView> = inner.drain().map(|(_, s)| s).collect();
        lost.sort_by_key(|s| s.position);
        sections.extend(lost.into_iter().map(|s| Section::new(s, &mut HashMap::new(), lang)));
        let manage = page.manage.then(|| Manage {
            report: page.has_report.then(|| links::course_page(page.course, "report")),
            export: links::course_page(page.course, "export"),
            withdraw: page.withdraw.then(|| links::course_page(page.course, "withdraw")),
        });
        let publish = page.publication.map(|p| Publish::new(page.course, p, lang));
        Course {
            publish,
            done: sections.iter().map(|s| s.done).sum(),
            of: sections.iter().map(|s| s.of).sum(),
            tick: links::course_page(page.course, "tick"),
            csrf: csrf.to_owned(),
            name: page.name,
            summary: page.summary,
            sections,
            manage,
        }
    }
}

impl Section {
    fn new(section: SectionView, inner: &mut HashMap<i64, SectionView>, lang: Lang) -> Section {
        let activities: Vec<Activity> = section
            .activities
            .into_iter()
            .map(|a| {
                // Taken out, so that sections that claim to be inside each other end somewhere.
                let own = inner.remove(&a.cm).map(|s| Section::new(s, inner, lang));
                Activity::new(a, own, lang)
            })
            .collect();
        let (done, of) = activities.iter().fold((0, 0), |(done, of), a| (done + a.count().0, of + a.count().1));
        let name = section.name.unwrap_or_else(|| match section.position {
            0 => say(lang, "course.section.general", &[]),
            n => say(lang, "course.section.number", &[("n", n.to_string())]),
        });
        Section {
            anchor: format!("section-{}", section.id),
            name,
            summary: section.summary,
            hidden: section.hidden,
            open: section.open,
            restrictions: section.restrictions,
            activities,
            done,
            of,
        }
    }
}

impl Activity {
    fn new(a: ActivityView, inner: Option<Section>, lang: Lang) -> Activity {
        let (manual, automatic, done) = match a.completion {
            Completion::None => (false, false, false),
            Completion::Manual { done } => (true, false, done),
            Completion::Automatic { done } => (false, true, done),
        };
        Activity {
            cm: a.cm,
            icon: icon(&a.module, &a.purpose),
            purpose: purpose(&a.purpose),
            bare: a.module == "label" && !a.kept,
            // What no module runs has no name for people but ours.
            kind: if a.kind == a.module { job::kind(lang, &a.module) } else { a.kind },
            name: a.name,
            indent: a.indent.clamp(0, 5),
            url: a.url,
            html: a.html,
            badges: a.badges,
            hidden: a.hidden,
            open: a.open,
            kept: a.kept,
            restrictions: a.restrictions,
            completion: Tick { manual, automatic, done },
            inner,
        }
    }

    /// Done and counted, with what is inside.
    fn count(&self) -> (usize, usize) {
        let own = self.completion.manual || self.completion.automatic;
        let (done, of) = self.inner.as_ref().map_or((0, 0), |s| (s.done, s.of));
        (done + usize::from(own && self.completion.done), of + usize::from(own))
    }
}

/// A picture of `static/icons.svg`: by module where there is one, else by purpose.
pub(crate) fn icon(module: &str, purpose: &str) -> &'static str {
    match (module, purpose) {
        ("forum" | "hsuforum", _) => "forum",
        ("page" | "label", _) => "page",
        ("url", _) => "url",
        ("resource", _) => "file",
        ("folder", _) => "folder",
        ("quiz" | "assign" | "lesson", _) => "quiz",
        ("wiki" | "journal", _) => "wiki",
        ("book" | "glossary", _) => "book",
        ("choice" | "feedback" | "questionnaire" | "survey", _) => "poll",
        ("chat", _) => "forum",
        ("subsection", _) => "section",
        (_, "communication") => "forum",
        (_, "collaboration") => "wiki",
        (_, "content") => "page",
        (_, "assessment") => "quiz",
        (_, "interface") => "section",
        _ => "activity",
    }
}

/// Only words of the style sheet become classes.
pub(super) fn purpose(purpose: &str) -> &'static str {
    ["communication", "collaboration", "content", "assessment", "administration", "interface"].into_iter().find(|p| *p == purpose).unwrap_or("other")
}

impl Page for Course {
    const TEMPLATE: &'static str = "course.html";
    #[cfg(test)]
    fn samples() -> Vec<Course> {
        vec![
            Course::new(samples::course(true), Lang::Fr, "token"),
            Course::new(samples::course(false), Lang::En, "token"),
            Course::new(samples::published(""), Lang::En, "token"),
            Course::new(samples::published("Camille <b>"), Lang::Fr, "token"),
            Course::new(CoursePage::default(), Lang::Fr, ""),
        ]
    }
}

#[cfg(test)]
mod samples {
    use super::*;

    fn activity(cm: i64, module: &str, purpose: &str, name: &str) -> ActivityView {
        ActivityView {
            cm,
            module: module.into(),
            kind: module.into(),
            purpose: purpose.into(),
            name: name.into(),
            url: Some(format!("/course/1/{module}/{cm}")),
            open: true,
            ..ActivityView::default()
        }
    }

    pub(super) fn published(by: &str) -> CoursePage {
        let publication = Publication { since: Some((1, "1er mars 2026".into())), by: by.into(), hidden: !by.is_empty() };
        CoursePage { publication: Some(publication), ..course(true) }
    }

    pub(super) fn course(manage: bool) -> CoursePage {
        let section = |id, position, name: Option<&str>, activities| SectionView {
            id,
            position,
            name: name.map(str::to_owned),
            open: true,
            activities,
            ..SectionView::default()
        };
        let forum = ActivityView {
            badges: vec!["3 non lus".into()],
            completion: Completion::Automatic { done: true },
            ..activity(11, "forum", "collaboration", "Forum des nouvelles <b>")
        };
        let label = ActivityView { url: None, html: "<p>Bienvenue</p>".into(), ..activity(12, "label", "content", "Bienvenue") };
        let page = ActivityView { completion: Completion::Manual { done: false }, indent: 9, ..activity(13, "page", "content", "Lire") };
        let kept = ActivityView { url: None, kept: true, hidden: true, ..activity(14, "quiz", "assessment", "Test") };
        let closed =
            ActivityView { url: None, open: false, restrictions: vec!["À partir du 1er mars".into()], ..activity(15, "url", "content", "Lien") };
        let subsection = activity(16, "subsection", "interface", "Approfondir");
        let nested = SectionView { inside: Some(16), ..section(4, 3, Some("Approfondir"), vec![activity(17, "folder", "content", "Documents")]) };
        let lost = SectionView { inside: Some(99), hidden: true, ..section(5, 4, None, vec![activity(18, "resource", "content", "Document")]) };
        let locked = SectionView { open: false, restrictions: vec!["Réservé".into()], ..section(3, 2, Some("Plus tard"), Vec::new()) };
        CoursePage {
            course: 1,
            name: "Enseigner l’oral".into(),
            short_name: "ORAL".into(),
            summary: "<p>Un parcours.</p>".into(),
            sections: vec![
                section(1, 0, None, vec![forum, label]),
                section(2, 1, Some("Commencer"), vec![page, kept, closed, subsection]),
                locked,
                nested,
                lost,
            ],
            manage,
            take_people: manage,
            withdraw: manage,
            has_report: true,
            publication: manage.then(Publication::default),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subsection_stands_inside_its_activity_and_none_is_lost() {
        let course = Course::new(samples::course(false), Lang::Fr, "");
        let names: Vec<_> = course.sections.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["Généralités", "Commencer", "Plus tard", "Section 4"]);
        let inner = course.sections[1].activities[3].inner.as_ref().expect("the subsection");
        assert_eq!(inner.activities[0].cm, 17);
        assert_eq!((course.done, course.of), (1, 2));
    }

    #[test]
    fn sections_inside_each_other_come_to_an_end() {
        let inside = |id, cm, of| SectionView {
            id,
            inside: Some(of),
            activities: vec![ActivityView { cm, module: "subsection".into(), ..ActivityView::default() }],
            ..SectionView::default()
        };
        let page = CoursePage { sections: vec![inside(1, 10, 20), inside(2, 20, 10)], ..CoursePage::default() };
        assert_eq!(Course::new(page, Lang::Fr, "").sections.len(), 2);
    }
}
