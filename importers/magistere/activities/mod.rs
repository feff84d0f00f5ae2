//! Activities, one module a file.

pub(super) mod centralizedresources;
pub(super) mod choicegroup;
pub(super) mod completionmarker;
pub(super) mod coursebadges;
pub(super) mod educationallabel;
pub(super) mod etherpadlite;
pub(super) mod hvp;
pub(super) mod jupyternotebook;
pub(super) mod nanogong;
pub(super) mod other;
pub(super) mod publication;
pub(super) mod questionnaire;
pub(super) mod socialforum;
pub(super) mod tracker;
pub(super) mod via;
pub(super) mod viaassign;
pub(super) mod wordcloud;

mod assign;
mod data;
mod feedback;

use super::activity::Activity;
use super::cx::{or_null, record};
use parcours_mbz::xml::Element;

/// A page with the activity's own description, and a content.
fn page(a: &Activity, content: &str) -> Element {
    record!("page", a.id;
        name: a.name(), intro: or_null(a.record.value("intro")), introformat: a.record.number("introformat").unwrap_or(1),
        content: content, contentformat: 1, legacyfiles: 0, legacyfileslast: parcours_mbz::xml::NULL, display: 5,
        displayoptions: "a:2:{s:10:\"printintro\";i:1;s:17:\"printlastmodified\";i:0;}", revision: 1, timemodified: a.modified())
}

/// A choice; options and answers are the caller's.
fn choice(a: &Activity, intro: &str, several: bool, rules: [i64; 7]) -> Element {
    let [publish, showresults, display, allowupdate, limitanswers, timeopen, timeclose] = rules;
    record!("choice", a.id;
        name: a.name(), intro: intro, introformat: 1, publish: publish, showresults: showresults, display: display, allowupdate: allowupdate,
        allowmultiple: i64::from(several), showunanswered: 0, limitanswers: limitanswers, timeopen: timeopen, timeclose: timeclose,
        timemodified: a.modified(), completionsubmit: i64::from(a.automatic), showpreview: 0, includeinactive: 1, showavailable: limitanswers)
}
