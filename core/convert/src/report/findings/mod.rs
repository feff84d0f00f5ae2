//! A [`Report`](parcours_course::Report): what became of each item.

mod html;
mod json;
mod text;

pub use html::html;
pub use json::json;
pub use text::text;

use super::words::count;
use parcours_course::report::Finding;
use parcours_course::{Fate, Language, Report};

/// The lines of one fate, those that count before remarks.
fn of(report: &Report, fate: Fate) -> Vec<&Finding> {
    let mut lines: Vec<&Finding> = report.findings.iter().filter(|f| f.fate == fate).collect();
    lines.sort_by_key(|f| !f.counts);
    lines
}

/// `3 items, 1 remark`.
fn numbers(lines: &[&Finding], language: Language) -> String {
    let items = lines.iter().filter(|f| f.counts).count();
    let remarks = lines.len() - items;
    let items = count(items, language.of("item", "élément"), language.of("items", "éléments"), language);
    let remarks = count(remarks, language.of("remark", "remarque"), language.of("remarks", "remarques"), language);
    format!("{items}, {remarks}")
}
