use super::super::model::*;
use super::{html, text};
use parcours_course::Language;

fn diff() -> Diff {
    let step = |name: &str, label: &str| Step { name: name.into(), label: label.into() };
    let details = vec![
        Detail { place: vec![step("page", ""), step("display", "")], change: Change::Value { from: String::new(), to: "<5>".into() } },
        Detail {
            place: vec![step("chapter", "Un"), step("content", "")],
            change: Change::Text {
                pieces: vec![Piece::Same("<p>".into()), Piece::Removed("chat".into()), Piece::Added("chien".into()), Piece::Gap(3)],
            },
        },
    ];
    let item = Item {
        what: What::Activity,
        name: "A & B".into(),
        kind: "page".into(),
        place: "section “Un”".into(),
        fate: Fate::Changed,
        moved: Some(Moved { from: "section 1".into(), to: "section 2".into() }),
        details,
    };
    let work = vec![Work { name: "F".into(), kind: "forum".into(), of: "records".into(), a: 3, b: 0 }];
    Diff { items: vec![item], work, ..Diff::default() }
}

#[test]
fn a_text_says_what_differs_in_both_languages() {
    let english = text(&diff(), Language::English);
    assert!(english.contains("3 differences. What people did differs in number."), "{english}");
    assert!(english.contains("~ Activity (page) “A & B” [section “Un”]: changed"), "{english}");
    assert!(english.contains("    page › display: (nothing) → <5>"), "{english}");
    assert!(english.contains("      <p>[-chat-]{+chien+}[… 3 words …]"), "{english}");
    let french = text(&diff(), Language::French);
    assert!(french.contains("déplacement de section 1 vers section 2") && french.contains("[section « Un »]"), "{french}");
    assert!(french.contains("forum « F » : 3 → 0 enregistrements"), "{french}");
}

#[test]
fn a_page_escapes_all_and_says_in_words_what_its_colours_say() {
    let page = html(&diff(), "<Compare>", Language::French);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">") && page.contains("<title>&lt;Compare&gt;</title>"));
    assert!(
        page.contains("<del><span class=\"hidden\">supprimé : </span>chat</del><ins><span class=\"hidden\">ajouté : </span>chien</ins>"),
        "{page}"
    );
    assert!(page.contains("&lt;p&gt;") && page.contains("A &amp; B") && !page.contains("<script"));
    assert_eq!(page.matches("<li>").count(), page.matches("</li>").count());
}

#[test]
fn what_differs_is_counted() {
    assert_eq!((diff().findings(), diff().is_empty(), Diff::default().is_empty()), (3, false, true));
    let json = diff().json();
    assert_eq!(json.pointer("/items/0/details/1/change/pieces/1/piece").and_then(|v| v.as_str()), Some("removed"), "{json}");
}
