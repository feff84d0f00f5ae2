use super::{numbers, of};
use crate::report::escape::line;
use crate::report::words::{self, FATES, number};
use parcours_course::report::Finding;
use parcours_course::{Language, Reason, Report};
use std::fmt::Write as _;

/// Lines for a terminal: the counts, then each fate with what there is to say; what simply came through is only counted.
pub fn text(report: &Report, language: Language) -> String {
    let mut out = total(report, language) + "\n";
    for fate in FATES {
        let lines = of(report, fate);
        if lines.is_empty() {
            continue;
        }
        // Writing to a string does not fail.
        let _ = writeln!(out, "\n{}{} {}", words::fate(fate, language), language.of(":", "\u{a0}:"), numbers(&lines, language));
        for finding in lines.into_iter().filter(|f| f.reason != Reason::AsItCame || !f.detail.is_empty()) {
            let _ = writeln!(out, "  {}", one(finding, language));
        }
    }
    out
}

/// `12 items: 9 imported, 1 approximated, 2 kept closed, 0 refused.`
fn total(report: &Report, language: Language) -> String {
    let c = report.counts();
    let n = |n: usize| number(n as u64, language);
    let (all, imported, approximated, kept, refused) = (n(c.items_in), n(c.imported), n(c.approximated), n(c.kept), n(c.refused));
    match language {
        Language::English => format!("{all} items: {imported} imported, {approximated} approximated, {kept} kept closed, {refused} refused."),
        Language::French => format!(
            "{all} éléments\u{a0}: {imported} importés, {approximated} importés avec des différences, {kept} conservés fermés, {refused} refusés."
        ),
    }
}

/// `- Activity « Test » (activities/quiz_7): why. More.`
fn one(f: &Finding, language: Language) -> String {
    let mark = if f.counts { '-' } else { '·' };
    let name = if f.name.is_empty() { String::new() } else { format!(" «\u{a0}{}\u{a0}»", line(&f.name)) };
    let place = if f.place.is_empty() { String::new() } else { format!(" ({})", line(&f.place)) };
    let detail = if f.detail.is_empty() { String::new() } else { format!(" {}", line(&f.detail)) };
    let colon = language.of(":", "\u{a0}:");
    format!("{mark} {}{name}{place}{colon} {}{detail}", line(words::item(&f.item, language)), f.reason.words(language))
}
