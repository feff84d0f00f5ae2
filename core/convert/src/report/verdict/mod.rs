//! A [`Verdict`](parcours_mbz::validate::Verdict): what a stock Moodle would make of an archive.

mod html;
pub(super) mod rules;

pub use html::verdict_html;
