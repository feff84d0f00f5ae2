//! Blocks, one a file.

pub(super) mod completion_progress;
pub(super) mod course_badges;
pub(super) mod educationalbloc;
pub(super) mod list_activities;
pub(super) mod other;
pub(super) mod progress;
pub(super) mod rolespecifichtml;
pub(super) mod summary;

use super::cx::Cx;
use super::known::Cm;
use super::words::escape;

/// A list of links to activities, without those that are hidden.
fn links<'a>(cx: &Cx<'_>, activities: impl IntoIterator<Item = (&'a Cm, String)>) -> String {
    let items: String = activities
        .into_iter()
        .filter(|(a, _)| a.shown)
        .map(|(a, more)| format!("<li><a href=\"{}\">{}</a>{}</li>", cx.known.link(a), escape(&a.title), escape(&more)))
        .collect();
    if items.is_empty() { items } else { format!("<ul>{items}</ul>") }
}
