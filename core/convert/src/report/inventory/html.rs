use super::facts::facts;
use crate::report::escape;
use crate::report::page::{Cell, Head, Page};
use crate::report::verdict::rules;
use crate::report::words::{self, SEVERITIES};
use parcours_course::report::{Counts, Finding};
use parcours_course::{Language, Reason};
use parcours_mbz::Inventory;
use parcours_mbz::validate::{Release, Verdict};

/// A page. `losses` are the verdicts to speak of, or none; what becomes of everything here stands before them.
pub fn inventory_html(inventory: &Inventory, losses: &[Verdict], head: &Head<'_>, language: Language) -> String {
    let i = inventory;
    let mut page = Page::new(head, language);
    page.facts(facts(i, language));
    parts(&mut page, i, language);
    plugins(&mut page, i, language);
    lost(&mut page, i, losses, language);
    page.finish()
}

fn parts(page: &mut Page, i: &Inventory, language: Language) {
    page.heading(2, language.of("What is in it", "Ce qu’elle contient"));
    let columns = [language.of("Section", "Section"), language.of("Number", "Numéro"), language.of("Activities", "Activités")];
    let section = |s: &parcours_mbz::inspect::Section| {
        let title = if s.subsection { format!("{} {}", s.title, language.of("(subsection)", "(sous-section)")) } else { s.title.clone() };
        vec![Cell::Text(title), Cell::Text(s.number.map(|n| n.to_string()).unwrap_or_default()), Cell::Number(s.activities)]
    };
    page.table(language.of("Sections", "Sections"), &columns, i.sections.iter().map(section));
    for (caption, counts) in [
        (language.of("Activities by module", "Activités par module"), &i.activities),
        (language.of("Questions by type", "Questions par type"), &i.parts.questions),
        (language.of("Blocks by name", "Blocs par nom"), &i.parts.blocks),
    ] {
        let row = |(name, n): (&String, &u64)| vec![Cell::Code(name.clone()), Cell::Number(*n)];
        page.table(caption, &[language.of("Kind", "Genre"), language.of("How many", "Combien")], counts.iter().map(row));
    }
}

fn plugins(page: &mut Page, i: &Inventory, language: Language) {
    page.heading(2, language.of("Plug-ins needed", "Plugins nécessaires"));
    if i.plugins.is_empty() {
        page.paragraph(language.of("Nothing that a stock Moodle does not have.", "Rien qu’un Moodle standard n’ait pas."));
        return;
    }
    let releases = Release::ALL.map(|t| format!("Moodle {t}"));
    let columns: Vec<&str> =
        [language.of("Plug-in", "Plugin"), language.of("Used", "Utilisations")].into_iter().chain(releases.iter().map(String::as_str)).collect();
    let has = |absent: bool| if absent { language.of("to be added", "à ajouter") } else { language.of("comes with it", "fourni") };
    let row = |p: &parcours_mbz::inspect::Plugin| {
        let first = [Cell::Code(p.component.clone()), Cell::Number(p.used)];
        first.into_iter().chain(Release::ALL.map(|t| Cell::Text(has(p.is_absent_from(t)).to_owned()))).collect()
    };
    page.table(
        language.of("Plug-ins beyond those of a stock Moodle", "Plugins au-delà de ceux d’un Moodle standard"),
        &columns,
        i.plugins.iter().map(row),
    );
}

fn lost(page: &mut Page, i: &Inventory, losses: &[Verdict], language: Language) {
    page.heading(2, language.of("What would be lost where", "Ce qui serait perdu, et où"));
    here(page, i, language);
    if losses.is_empty() {
        return;
    }
    let columns: Vec<&str> = [language.of("Moodle", "Moodle")].into_iter().chain(SEVERITIES.map(|s| words::severity(s, language))).collect();
    let row = |v: &Verdict| {
        let numbers = SEVERITIES.map(|s| Cell::Number(rules::number(v, s)));
        [Cell::Text(format!("Moodle {}", v.target))].into_iter().chain(numbers).collect()
    };
    page.table(language.of("In a stock Moodle", "Dans un Moodle standard"), &columns, losses.iter().map(row));
    for verdict in losses {
        page.heading(3, &format!("Moodle {}", verdict.target));
        page.paragraph(rules::summary(verdict, language));
        let caption = format!("{} Moodle {}", language.of("Rules broken for", "Règles enfreintes pour"), verdict.target);
        rules::table(page, verdict, &caption, language);
    }
}

/// What becomes of activities and sections in this program.
fn here(page: &mut Page, i: &Inventory, language: Language) {
    page.heading(3, language.of("Here", "Ici"));
    let Counts { items_in, imported, approximated, kept, refused } = i.report.counts();
    let n = |n: usize| words::number(n as u64, language);
    let (all, imported, approximated, kept, refused) = (n(items_in), n(imported), n(approximated), n(kept), n(refused));
    page.paragraph(&match language {
        Language::English => format!(
            "Of {all} activities and sections, {imported} would be imported, {approximated} approximated, {kept} kept closed and {refused} refused."
        ),
        Language::French => format!(
            "Sur {all} activités et sections, {imported} seraient importées, {approximated} importées avec des différences, {kept} conservées fermées et {refused} refusées."
        ),
    });
    let columns = [
        language.of("What", "Quoi"),
        language.of("Why", "Raison"),
        language.of("Place in the archive", "Place dans l’archive"),
        language.of("Fate", "Sort"),
    ];
    let row = |f: &Finding| {
        vec![
            Cell::Html(format!("{} <bdi>{}</bdi>", escape::html(words::item(&f.item, language)), escape::html(&f.name))),
            Cell::Text(format!("{} {}", f.reason.words(language), f.detail)),
            Cell::Code(f.place.clone()),
            Cell::Text(words::fate(f.fate, language).to_owned()),
        ]
    };
    let worth = i.report.findings.iter().filter(|f| f.reason != Reason::AsItCame);
    page.table(language.of("What does not simply come through", "Ce qui n’arrive pas tel quel"), &columns, worth.map(row));
}
