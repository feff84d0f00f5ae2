//! Reports, inventories and verdicts for people: everything is on them, in both languages, and nothing that an archive says is taken for markup.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use parcours_samples::corpus as support;
mod page;

use page::Page;
use parcours_convert::report::{Head, html, inventory_html, inventory_text, json, text, verdict_html};
use parcours_course::{Fate, Language, Reason, Report};
use parcours_mbz::inspect::{inspect, losses};
use parcours_mbz::validate::{Release, Verdict, for_release};
use parcours_mbz::{Inventory, Limits};
use std::fs::File;
use std::path::{Path, PathBuf};
use support::{each, is_shell, shared};

const BOTH: [Language; 2] = [Language::English, Language::French];
const HOSTILE: &str = "</title></style><script>alert(1)</script>\"'><img src=x onerror=y>\u{202e}\u{1b}[2J\n& é";

fn report() -> Report {
    let mut report = Report::default();
    report.item(Fate::Imported, Reason::AsItCame, "activity", "activities/forum_1", "Forum");
    report.item(Fate::Imported, Reason::AsItCame, "section", "sections/section_1", "Début");
    report.item(Fate::Approximated, Reason::Converted, "activity", "activities/label_2", "Étiquette");
    report.item(Fate::Kept, Reason::NoModule, "activity", "activities/quiz_3", HOSTILE);
    report.item(Fate::Refused, Reason::MissingDocument, HOSTILE, HOSTILE, "x");
    report.remark(Fate::Kept, Reason::MissingContent, "file", "files.xml", HOSTILE);
    report
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name)
}

fn inventory(path: &Path) -> Inventory {
    inspect(File::open(path).unwrap(), &Limits::default(), |module| module != "forum").unwrap()
}

fn verdicts(path: &Path) -> [Verdict; 3] {
    losses(File::open(path).unwrap(), &Limits::default()).unwrap()
}

fn head() -> Head<'static> {
    Head { title: HOSTILE, facts: &[(HOSTILE, HOSTILE), ("Empty", "")] }
}

#[test]
fn a_page_has_every_line_and_counts_that_add_up() {
    for language in BOTH {
        let page = Page::read(&html(&report(), &Head { title: "Import", facts: &[("File", "a.mbz")] }, language));
        page.assert_sound(language.code());
        // The summary: a row for each fate and one for all.
        let numbers: Vec<u64> = page.tables[0].iter().filter_map(|row| row.get(1)?.parse().ok()).collect();
        assert_eq!(numbers, [1, 1, 1, 2, 5], "{language:?}");
        assert_eq!(numbers[..4].iter().sum::<u64>(), numbers[4]);
        let listed: usize = page.tables[1..].iter().map(|t| t.len() - 1).sum();
        assert_eq!(listed, report().findings.len());
        assert!(page.text.contains("Étiquette") && page.text.contains(Reason::Converted.words(language)) && page.text.contains("a.mbz"));
    }
}

#[test]
fn a_part_can_be_shown_alone() {
    let made = html(&report(), &Head::default(), Language::English);
    for fate in ["imported", "approximated", "kept", "refused"] {
        assert!(made.contains(&format!("href=\"#{fate}\"")) && made.contains(&format!("<section class=\"part\" id=\"{fate}\"")), "{fate}");
    }
    assert!(made.contains("href=\"#all\"") && made.contains("id=\"all\"") && made.contains(".part:not(:target)"));
}

#[test]
fn hostile_names_are_text_on_every_page() {
    let mut found = inventory(&sample("petit.mbz"));
    found.manifest.information.course_fullname = HOSTILE.to_owned();
    found.sections[0].title = HOSTILE.to_owned();
    found.activities.insert(HOSTILE.to_owned(), 1);
    found.parts.blocks.insert(HOSTILE.to_owned(), 1);
    let [_, _, mut verdict] = verdicts(&sample("formation.mbz"));
    for finding in &mut verdict.findings {
        (finding.name, finding.detail, finding.place.entry) = (HOSTILE.to_owned(), HOSTILE.to_owned(), HOSTILE.to_owned());
    }
    assert!(!verdict.findings.is_empty());
    for language in BOTH {
        for made in [
            html(&report(), &head(), language),
            inventory_html(&found, std::slice::from_ref(&verdict), &head(), language),
            verdict_html(&verdict, &head(), language),
        ] {
            Page::read(&made).assert_sound(language.code());
            assert!(made.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !made.contains('\u{1b}') && !made.contains('\u{202e}'));
        }
    }
}

#[test]
fn hostile_names_do_not_steer_a_terminal() {
    let mut found = inventory(&sample("petit.mbz"));
    found.manifest.information.course_fullname = HOSTILE.to_owned();
    found.sections[0].title = HOSTILE.to_owned();
    found.report = report();
    for language in BOTH {
        for made in [text(&report(), language), inventory_text(&found, &[], language)] {
            assert!(!made.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{made}");
            // A name that holds a line end stays on its line.
            assert!(!made.contains("\n& é") && made.contains("& é"), "{made}");
        }
    }
}

#[test]
fn a_text_counts_what_came_and_lists_the_rest() {
    let english = text(&report(), Language::English);
    assert!(english.starts_with("5 items: 2 imported, 1 approximated, 1 kept closed, 1 refused.\n"), "{english}");
    assert!(english.contains("Imported: 2 items, 0 remarks\n") && !english.contains("forum_1"), "{english}");
    assert!(
        english.contains("- Activity «\u{a0}Étiquette\u{a0}» (activities/label_2): Made into the nearest thing that a stock Moodle has.\n"),
        "{english}"
    );
    assert!(english.contains("· File (files.xml): The archive lists this file"), "{english}");
    let french = text(&report(), Language::French);
    assert!(french.contains("Importé avec des différences\u{a0}: 1 élément, 0 remarque\n"), "{french}");
}

#[test]
fn json_is_what_import_gives() {
    let value: serde_json::Value = serde_json::from_str(&json(&report())).unwrap();
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["items_in", "imported", "approximated", "kept", "refused", "report"]);
    assert_eq!((value["items_in"].as_u64(), value["report"].as_array().unwrap().len()), (Some(5), 6));
    assert_eq!(value["report"][3]["name"], HOSTILE);
}

#[test]
fn nothing_makes_a_page_and_a_text_too() {
    for language in BOTH {
        Page::read(&html(&Report::default(), &Head::default(), language)).assert_sound(language.code());
        assert!(text(&Report::default(), language).starts_with("0 "));
    }
}

#[test]
fn an_inventory_tells_what_is_there_and_what_would_be_lost() {
    let path = sample("formation.mbz");
    let (found, lost) = (inventory(&path), verdicts(&path));
    for language in BOTH {
        let page = Page::read(&inventory_html(&found, &lost, &Head { title: "Inventory", facts: &[] }, language));
        page.assert_sound(language.code());
        let told = inventory_text(&found, &lost, language);
        for target in Release::ALL {
            assert!(page.text.contains(&format!("Moodle {target}")) && told.contains(&format!("Moodle {target}")));
        }
        for section in &found.sections {
            assert!(page.text.contains(&section.title) && told.contains(&section.title), "{}", section.title);
        }
        for module in found.activities.keys() {
            assert!(page.text.contains(module.as_str()) && told.contains(module.as_str()), "{module}");
        }
        assert!(told.contains(Reason::NoModule.words(language)) && page.text.contains(Reason::NoModule.words(language)));
    }
}

#[test]
fn a_verdict_names_its_moodle_and_every_finding() {
    let verdict = for_release(File::open(sample("formation.mbz")).unwrap(), &Limits::default(), Release::M41).unwrap();
    for language in BOTH {
        let page = Page::read(&verdict_html(&verdict, &Head { title: "Verdict", facts: &[] }, language));
        page.assert_sound(language.code());
        assert!(page.text.contains("Moodle 4.1"));
        for finding in &verdict.findings {
            assert!(page.text.contains(finding.rule.code()) && page.text.contains(finding.rule.hint(language)));
            assert!(page.text.contains(&finding.place.entry), "{}", finding.place.entry);
        }
    }
}

#[test]
fn every_archive_of_the_corpus_makes_sound_pages() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| {
        let lost = verdicts(path);
        for verdict in &lost {
            Page::read(&verdict_html(verdict, &head(), Language::French)).assert_sound("fr");
        }
        if !is_shell(path) {
            let found = inventory(path);
            Page::read(&inventory_html(&found, &lost, &head(), Language::English)).assert_sound("en");
            Page::read(&html(&found.report, &head(), Language::French)).assert_sound("fr");
        }
        Ok(())
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
