use super::rules;
use crate::report::page::{Cell, Head, Page};
use crate::report::words::{self, SEVERITIES, number};
use parcours_course::Language;
use parcours_mbz::validate::{Finding, Severity, Verdict};

/// A page: the numbers, the rules that were broken with what to do, then where, severity by severity.
pub fn verdict_html(verdict: &Verdict, head: &Head<'_>, language: Language) -> String {
    let mut page = Page::new(head, language);
    page.facts([
        (language.of("Judged for", "Jugée pour"), format!("Moodle {}", verdict.target)),
        (language.of("Made by Moodle", "Faite par Moodle"), verdict.release.clone()),
        (language.of("Backup of", "Sauvegarde de"), words::kind(&verdict.kind, language).to_owned()),
    ]);
    page.paragraph(rules::summary(verdict, language));
    page.heading(2, language.of("In numbers", "En nombres"));
    let row = |severity: Severity| {
        vec![
            Cell::Html(format!("<span class=\"{severity}\">{}</span>", words::severity(severity, language))),
            Cell::Number(rules::number(verdict, severity)),
            Cell::Text(words::consequence(severity, language).to_owned()),
        ]
    };
    let columns = [language.of("Severity", "Gravité"), language.of("Times", "Nombre"), language.of("Meaning", "Signification")];
    page.table(language.of("What would happen", "Ce qui se passerait"), &columns, SEVERITIES.into_iter().map(row));
    rules::table(&mut page, verdict, language.of("Rules that the archive breaks", "Règles que l’archive enfreint"), language);
    let ids = SEVERITIES.map(|s| s.to_string());
    let size = |s| usize::try_from(rules::number(verdict, s)).unwrap_or(usize::MAX);
    page.links(SEVERITIES.iter().zip(&ids).map(|(s, id)| (id.as_str(), words::severity(*s, language), size(*s))));
    for (severity, id) in SEVERITIES.into_iter().zip(&ids) {
        page.open_part(id, words::severity(severity, language));
        page.paragraph(words::consequence(severity, language));
        places(&mut page, verdict, severity, language);
        page.close_part();
    }
    page.finish()
}

/// For each rule of this severity, where it is broken.
fn places(page: &mut Page, verdict: &Verdict, severity: Severity, language: Language) {
    let columns = [
        language.of("Place in the archive", "Place dans l’archive"),
        language.of("Line", "Ligne"),
        language.of("Name", "Nom"),
        language.of("What", "Quoi"),
    ];
    for findings in verdict.findings.chunk_by(|a, b| a.rule == b.rule) {
        let Some(rule) = findings.first().map(|f| f.rule).filter(|r| r.severity() == severity) else { continue };
        page.heading(3, rule.code());
        page.table(rule.hint(language), &columns, findings.iter().map(|f| row(f, language)));
        if let Some(more) = verdict.unlisted.get(&rule) {
            let more = number(*more, language);
            page.paragraph(&language.of(format!("… and {more} more."), format!("… et {more} de plus.")));
        }
    }
}

fn row(f: &Finding, language: Language) -> Vec<Cell> {
    let place = if f.place.entry.is_empty() { language.of("the archive", "l’archive") } else { &f.place.entry };
    let line = if f.place.line == 0 { String::new() } else { f.place.line.to_string() };
    vec![Cell::Code(place.to_owned()), Cell::Text(line), Cell::Text(f.name.clone()), Cell::Text(f.detail.clone())]
}
