//! The rules, one file each. A rule looks at a text and says which bytes of it to change.

mod colours;
mod fonts;
mod icons;
mod links;
mod media;
mod paragraphs;
mod spans;
mod tables;
mod tables_kind;

use super::html::{Doc, Edits};
use super::scene::Scene;
use parcours_course::Language;
use serde::{Deserialize, Serialize};

/// What a text may be cleaned of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// What a word processor left behind, typefaces, tiny letters, `<font>` and `<center>`.
    Fonts,
    /// Tables that only place things: their cells become blocks, in reading order.
    Tables,
    /// Colours that cannot be read on what is behind them.
    Colours,
    /// Spans that say nothing.
    Spans,
    /// Runs of empty paragraphs.
    Paragraphs,
    /// `[fa-home]` and its kin become icons that a stock Moodle shows and a screen reader passes over.
    Icons,
    /// `[[[cr_…]]]`: media of a central store.
    Media,
    /// Addresses of the old site that lead into this course.
    Links,
}

type Change = fn(&Doc<'_>, &mut Scene<'_>) -> Edits;

impl Rule {
    /// In the order they are applied in.
    pub const ALL: [Rule; 8] = [Rule::Fonts, Rule::Tables, Rule::Colours, Rule::Spans, Rule::Paragraphs, Rule::Icons, Rule::Media, Rule::Links];

    /// What it is called, for a person.
    pub fn words(self, language: Language) -> &'static str {
        match self {
            Rule::Fonts => language.of("typefaces and word processor markup", "polices et restes de traitement de texte"),
            Rule::Tables => language.of("layout tables", "tableaux de mise en page"),
            Rule::Colours => language.of("unreadable colours", "couleurs illisibles"),
            Rule::Spans => language.of("needless spans", "balises span inutiles"),
            Rule::Paragraphs => language.of("empty paragraphs", "paragraphes vides"),
            Rule::Icons => language.of("icons", "icônes"),
            Rule::Media => language.of("central media", "ressources centralisées"),
            Rule::Links => language.of("links of the old site", "liens de l’ancien site"),
        }
    }

    /// Whether a text may have something for it: a look that is much cheaper than the rule.
    pub(super) fn concerns(self, text: &str) -> bool {
        let has = |marks: &[&str]| marks.iter().any(|m| text.contains(m));
        match self {
            Rule::Fonts | Rule::Spans | Rule::Links => has(&["<"]),
            Rule::Tables => has(&["<table", "<TABLE", "<Table"]),
            Rule::Colours => has(&["color", "COLOR", "Color", "background", "BACKGROUND", "Background"]),
            Rule::Paragraphs => has(&["<p", "<P"]),
            Rule::Icons => has(&["fa-", "FA-", "Fa-"]),
            Rule::Media => has(&["cr_"]),
        }
    }

    pub(super) fn change(self) -> Change {
        match self {
            Rule::Fonts => fonts::change,
            Rule::Tables => tables::change,
            Rule::Colours => colours::change,
            Rule::Spans => spans::change,
            Rule::Paragraphs => paragraphs::change,
            Rule::Icons => icons::change,
            Rule::Media => media::change,
            Rule::Links => links::change,
        }
    }
}

/// Elements whose markup is not a text's.
const FOREIGN: &[&str] = &["svg", "math", "object", "select", "template", "noscript", "button"];

/// Whether an element is, or stands in, something no rule knows the rules of.
fn is_foreign(doc: &Doc<'_>, at: usize) -> bool {
    doc.node(at).is_some_and(|n| FOREIGN.contains(&n.name.as_str())) || doc.inside(at, FOREIGN)
}

/// Where tokens of the central store stand in a text.
pub(super) fn media_tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    media::tokens(text).into_iter().map(|t| t.range).collect()
}
