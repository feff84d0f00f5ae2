//! The rules that were broken, worst first, with how often.

use crate::report::page::{Cell, Page};
use crate::report::words;
use parcours_course::Language;
use parcours_mbz::validate::{Severity, Verdict};

/// How many findings of a severity.
pub(in crate::report) fn number(verdict: &Verdict, severity: Severity) -> u64 {
    match severity {
        Severity::Refused => verdict.counts.refused,
        Severity::Dropped => verdict.counts.dropped,
        Severity::Degraded => verdict.counts.degraded,
        Severity::Note => verdict.counts.note,
    }
}

/// A row for each rule: severity, how often, what happens and what to do, its code.
pub(in crate::report) fn table(page: &mut Page, verdict: &Verdict, caption: &str, language: Language) {
    let columns = [
        language.of("Rule", "Règle"),
        language.of("Severity", "Gravité"),
        language.of("Times", "Nombre"),
        language.of("What happens, what to do", "Ce qui se passe, que faire"),
    ];
    let row = |rule: &parcours_mbz::validate::Rule| {
        let severity = rule.severity();
        vec![
            Cell::Code(rule.code().to_owned()),
            Cell::Html(format!("<span class=\"{severity}\">{}</span>", words::severity(severity, language))),
            Cell::Number(verdict.count(*rule)),
            Cell::Text(rule.hint(language).to_owned()),
        ]
    };
    page.table(caption, &columns, verdict.rules.iter().map(row));
}

/// `1 refused, 3 dropped, 0 degraded, 2 notes`.
pub(in crate::report) fn counts(verdict: &Verdict, language: Language) -> String {
    let c = verdict.counts;
    let n = |n: u64| words::number(n, language);
    let (refused, dropped, degraded, note) = (n(c.refused), n(c.dropped), n(c.degraded), n(c.note));
    match language {
        Language::English => format!("{refused} refused, {dropped} dropped, {degraded} degraded, {note} notes"),
        Language::French => format!("{refused} refus, {dropped} pertes, {degraded} dégradations, {note} remarques"),
    }
}

/// Whether a restore would bring everything, in a sentence.
pub(in crate::report) fn summary(verdict: &Verdict, language: Language) -> &'static str {
    match (verdict.counts.refused, verdict.counts.dropped) {
        (0, 0) => language.of("A restore goes through and brings everything.", "Une restauration aboutit et apporte tout."),
        (0, _) => language.of("A restore goes through, and something is lost.", "Une restauration aboutit, et quelque chose est perdu."),
        _ => language.of("A restore stops.", "Une restauration s’arrête."),
    }
}
