//! A label in the place of a subsection.

use super::super::contents;
use super::super::remake::remake;
use super::super::work::Work;
use crate::Error;
use parcours_mbz::manifest::Activity;
use parcours_mbz::xml::Element;

/// A link to a section of the course, by its number; only the name where there is none.
pub(super) fn link(work: &Work, name: &str, section: Option<i64>) -> String {
    let name = escape(name);
    match section {
        Some(number) => format!("<p><a href=\"$@COURSEVIEWBYID*{}@$#section-{number}\">{name}</a></p>", work.course.manifest().information.course_id),
        None => format!("<p>{name}</p>"),
    }
}

/// The name as a heading.
pub(super) fn heading(name: &str) -> String {
    format!("<h4>{}</h4>", escape(name))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Makes a label of a subsection. Answers the label's folder.
pub(super) fn make(work: &mut Work, activity: &Activity, text: &str) -> Result<String, Error> {
    let before = work.course.document(&contents::own(activity))?;
    let time = before.as_ref().and_then(|d| d.child("subsection")?.number("timemodified")).unwrap_or(0);
    let leaves =
        [Element::new("name", &activity.title), Element::new("intro", text), Element::new("introformat", 1), Element::new("timemodified", time)];
    remake(work, activity, "label", leaves.into())
}
