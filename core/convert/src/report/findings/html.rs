use super::{numbers, of};
use crate::report::escape;
use crate::report::page::{Cell, Head, Page};
use crate::report::words::{self, FATES};
use parcours_course::report::Finding;
use parcours_course::{Fate, Language, Report};

/// A page: the counts, which add up, then a list for each fate.
pub fn html(report: &Report, head: &Head<'_>, language: Language) -> String {
    let mut page = Page::new(head, language);
    page.heading(2, language.of("In numbers", "En nombres"));
    let counts = report.counts();
    let row = |fate: Fate, n: usize| {
        let class = fate.to_string();
        vec![
            Cell::Html(format!("<span class=\"{class}\">{}</span>", escape::html(words::fate(fate, language)))),
            Cell::Number(n as u64),
            Cell::Text(words::meaning(fate, language).to_owned()),
        ]
    };
    let number = |fate| match fate {
        Fate::Imported => counts.imported,
        Fate::Approximated => counts.approximated,
        Fate::Kept => counts.kept,
        Fate::Refused => counts.refused,
    };
    let total = vec![
        Cell::Text(language.of("All", "Total").to_owned()),
        Cell::Number(counts.items_in as u64),
        Cell::Text(language.of("Every item has one fate.", "Chaque élément a un seul sort.").to_owned()),
    ];
    let columns = [language.of("Fate", "Sort"), language.of("Items", "Éléments"), language.of("Meaning", "Signification")];
    page.table(
        language.of("What became of the items of the archive", "Ce que sont devenus les éléments de l’archive"),
        &columns,
        FATES.into_iter().map(|fate| row(fate, number(fate))).chain([total]),
    );
    let ids = FATES.map(|fate| fate.to_string());
    page.links(FATES.iter().zip(&ids).map(|(fate, id)| (id.as_str(), words::fate(*fate, language), number(*fate))));
    for (fate, id) in FATES.into_iter().zip(&ids) {
        list(&mut page, report, fate, id, language);
    }
    page.finish()
}

fn list(page: &mut Page, report: &Report, fate: Fate, id: &str, language: Language) {
    let lines = of(report, fate);
    page.open_part(id, words::fate(fate, language));
    let numbers = numbers(&lines, language);
    if lines.is_empty() {
        page.paragraph(&numbers);
    }
    let columns = [
        language.of("What", "Quoi"),
        language.of("Why", "Raison"),
        language.of("Place in the archive", "Place dans l’archive"),
        language.of("Counts", "Compté"),
    ];
    page.table(&numbers, &columns, lines.into_iter().map(|f| row(f, language)));
    page.close_part();
}

fn row(f: &Finding, language: Language) -> Vec<Cell> {
    let item = escape::html(words::item(&f.item, language));
    let detail = if f.detail.is_empty() { String::new() } else { format!(" <span class=\"soft\"><bdi>{}</bdi></span>", escape::html(&f.detail)) };
    vec![
        Cell::Html(format!("<span class=\"soft\">{item}</span> <bdi>{}</bdi>", escape::html(&f.name))),
        Cell::Html(format!("{}{detail}", escape::html(f.reason.words(language)))),
        Cell::Code(f.place.clone()),
        Cell::Text(if f.counts { language.of("yes", "oui") } else { language.of("remark", "remarque") }.to_owned()),
    ]
}
