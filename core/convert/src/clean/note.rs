//! What there is to say about a text that a rule did not, or not wholly, put right.

use super::rules::Rule;
use parcours_course::{Fate, Language, Reason};
use serde::{Deserialize, Serialize};

/// One thing to know about one text. Texts in it are an author's: escape them wherever they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "note", content = "what")]
pub enum Note {
    /// A table that may hold data or only place things; kept as it is.
    DoubtfulTable(String),
    /// A text in the colour of what is behind it; kept, because somebody may have meant to hide it.
    HiddenText(String),
    /// A colour that could not be read went from a text that names colours: it may have meant something.
    NamedColour(String),
    /// A typeface in which other characters are seen than are written; kept.
    SymbolFont(String),
    /// A link whose only text is an icon: it got the icon's English name.
    IconAlone(String),
    /// An address of the old site that stays as it is.
    OldLink(String),
    /// A medium of the central store that the dump does not hold: a placeholder stands in its place.
    Placeholder(String),
    /// A token of the central store where no placeholder can stand (a script, a comment, a background); it stays or went, as the text says.
    DeadToken(String),
    /// A medium that was put into the archive, by its file name.
    Resolved(String),
    /// Nested too deep, or too long, to be looked at.
    TooDeep,
    TooLong,
    /// A rule whose change would have changed what the text says; it was not made.
    NotSafe(Rule),
    /// `configdata` that is no serialised object.
    BadConfig,
}

impl Note {
    /// What it says, for a person.
    pub fn words(&self, language: Language) -> String {
        let of = |en: &str, fr: &str, what: &str| match language {
            Language::English => format!("{en}{}{what}", if what.is_empty() { "" } else { ": " }),
            Language::French => format!("{fr}{}{what}", if what.is_empty() { "" } else { " : " }),
        };
        match self {
            Note::DoubtfulTable(t) => of("Table kept, because it may hold data", "Tableau conservé, car il contient peut-être des données", t),
            Note::HiddenText(t) => of("Text in the colour of its background", "Texte de la couleur de son fond", t),
            Note::NamedColour(t) => of("Colour removed from a text that names colours", "Couleur retirée d’un texte qui nomme des couleurs", t),
            Note::SymbolFont(t) => of("Typeface of symbols, kept", "Police de symboles, conservée", t),
            Note::IconAlone(t) => of("Link with an icon only: give it a text", "Lien réduit à une icône : donnez-lui un texte", t),
            Note::OldLink(t) => of("Still leads to the old site", "Mène encore à l’ancien site", t),
            Note::Placeholder(t) => of("Central medium replaced by a placeholder", "Ressource centralisée remplacée par un repère", t),
            Note::DeadToken(t) => of("Central medium that nothing can stand for", "Ressource centralisée que rien ne peut remplacer", t),
            Note::Resolved(t) => of("Central medium put into the archive", "Ressource centralisée placée dans l’archive", t),
            Note::TooDeep => of("Nested too deep to be cleaned", "Trop imbriqué pour être nettoyé", ""),
            Note::TooLong => of("Too long to be cleaned", "Trop long pour être nettoyé", ""),
            Note::NotSafe(r) => {
                of("Left alone, because the text might have changed", "Laissé tel quel, car le texte aurait pu changer", r.words(language))
            }
            Note::BadConfig => of("Settings of a block that cannot be read", "Réglages de bloc illisibles", ""),
        }
    }

    /// How a report says it.
    pub fn finding(&self) -> (Fate, Reason) {
        match self {
            Note::DoubtfulTable(_) | Note::TooDeep | Note::TooLong | Note::NotSafe(_) => (Fate::Kept, Reason::LeftAlone),
            Note::HiddenText(_) | Note::SymbolFont(_) => (Fate::Kept, Reason::LeftAlone),
            Note::IconAlone(_) | Note::NamedColour(_) => (Fate::Approximated, Reason::Cleaned),
            Note::OldLink(_) => (Fate::Kept, Reason::OldLink),
            Note::Placeholder(_) | Note::DeadToken(_) => (Fate::Approximated, Reason::Placeholder),
            Note::Resolved(_) => (Fate::Imported, Reason::Cleaned),
            Note::BadConfig => (Fate::Kept, Reason::Unreadable),
        }
    }
}
