//! What is written of a small course.

use super::check::{self, Kept, epub, pages, words};
use super::course::course;
use parcours_course::{Fate, Language};
use parcours_importers::reading::Options;
use parcours_importers::site;

fn french() -> Options {
    Options { language: Language::French, ..Options::default() }
}

#[test]
fn a_site_holds_texts_and_files_and_every_link_leads_somewhere() {
    let mut kept = Kept::default();
    let report = site::write(&mut course(), &french(), &mut kept).unwrap();
    pages(&kept).unwrap();
    let all: String = kept.pages.values().map(|p| words(p)).collect();
    for expected in
        ["Bonjour", "Gras&fin", "Étiquetteici", "DeUnetdemi", "https://example.org/?a=1&b=2", "Consigne", "Rapace", "Oui", "cours.pdf", "jeu.h5p"]
    {
        assert!(all.contains(expected), "{expected}");
    }
    for secret in ["Secret", "Loin", "alert", "Ailleurs"] {
        assert!(!all.contains(secret), "{secret}");
    }
    let section = kept.pages.values().find(|p| p.contains("<h1>Chouettes</h1>")).unwrap();
    assert!(section.contains("<a href=\"https://m.example.org/mod/page/view.php?id=999\">ailleurs</a>") && section.contains(", perdu."), "{section}");
    assert!(section.contains("<html lang=\"fr\">") && section.contains("Aller au contenu") && section.contains("aria-current=\"page\""));
    assert!(kept.paths.iter().any(|p| p.ends_with("/i-n.png")) && kept.paths.contains("style.css"));
    let c = report.counts();
    assert_eq!(c.items_in, c.imported + c.approximated + c.kept + c.refused);
    // The course, three sections, twelve activities.
    assert_eq!((c.items_in, c.refused), (16, 3));
    let page = report.findings.iter().find(|f| f.name == "Effraie").unwrap();
    assert!(page.fate == Fate::Approximated && page.detail.starts_with("2 médias"), "{page:?}");
}

#[test]
fn hidden_things_are_shown_when_they_are_asked_for() {
    let mut kept = Kept::default();
    let report = site::write(&mut course(), &Options { hidden: true, ..french() }, &mut kept).unwrap();
    pages(&kept).unwrap();
    let all: String = kept.pages.values().map(|p| words(p)).collect();
    assert!(all.contains("DeSecret") && all.contains("Secretaussi") && all.contains("Loin"));
    assert_eq!(report.counts().refused, 0);
}

#[test]
fn a_book_is_complete_and_well_formed() {
    let (kept, report) = epub(&mut course(), &french());
    pages(&kept).unwrap();
    check::package(&kept).unwrap();
    let opf = &kept.pages["package.opf"];
    for expected in [
        "<dc:title>Les oiseaux &amp; cie</dc:title>",
        "<dc:language>fr</dc:language>",
        "<dc:identifier id=\"id\">https://m.example.org/course/view.php?id=2</dc:identifier>",
        "<meta property=\"dcterms:modified\">2026-09-21T14:13:20Z</meta>",
        "schema:accessibilityHazard\">none",
        "schema:accessMode\">visual",
    ] {
        assert!(opf.contains(expected), "{expected} in {opf}");
    }
    // A PDF is outside of the reading order, with something to show in its place.
    assert!(opf.contains("media-type=\"application/pdf\" fallback=\"files\"") && opf.contains("linear=\"no\""));
    let nav = &kept.pages["nav.xhtml"];
    let order: Vec<usize> = ["Chouettes", "Effraie", "Livre", "Un et demi", "Lien"].iter().map(|t| nav.find(&format!(">{t}</a>")).unwrap()).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(report.counts().items_in, 16);
}
