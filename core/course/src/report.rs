//! What became of each item: loss is data with a place, not a sentence in a log.

use crate::Language;
use serde::{Deserialize, Serialize};
use std::fmt;

/// [`Finding::item`] of a secret.
pub const SECRET: &str = "secret";

/// What became of one item of the archive. Every item has exactly one fate, so that items in = imported + approximated + kept + refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// Understood, usable here, and written back as it was.
    Imported,
    /// Usable here, with a difference that the finding names.
    Approximated,
    /// Not understood or not used here; kept whole and written back in its place.
    Kept,
    /// Left out, for the reason given.
    Refused,
}

/// The list, with what each says to a person. A new reason gets its line here and in `core/docs/report.md`.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $en:literal $fr:literal;)*) => {
        /// Why. The list is documented for people in `core/docs/report.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            pub const ALL: &[Reason] = &[$(Reason::$name),*];

            /// What it says, in a sentence for a person.
            pub fn words(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Reason::$name, Language::English) => $en, (Reason::$name, Language::French) => $fr,)*
                }
            }
        }
    };
}

reasons! {
    /// Nothing to say.
    AsItCame
        "Taken over as it came."
        "Repris tel quel.";
    /// No installed module runs activities of this kind.
    NoModule
        "No installed module runs this activity; it is kept whole."
        "Aucun module installé ne fait fonctionner cette activité ; elle est conservée entière.";
    /// A document that nothing here reads yet.
    NotRead
        "Nothing here uses this document yet; it is kept whole."
        "Rien ici n’utilise encore ce document ; il est conservé entier.";
    /// The document could not be laid out as records (duplicate numbers, text between elements…).
    NotRecords
        "This document has an unexpected form; it is kept whole."
        "Ce document a une forme inattendue ; il est conservé entier.";
    /// `files.xml` lists a content that the archive does not hold (MBZ-FORMAT §6.2).
    MissingContent
        "The archive lists this file but does not hold its content."
        "L’archive annonce ce fichier, mais ne contient pas son contenu.";
    /// A content whose SHA-1 is not its name.
    WrongHash
        "The content does not match its fingerprint: it was damaged before it came here."
        "Le contenu du fichier ne correspond pas à son empreinte : il a été abîmé avant d’arriver ici.";
    /// A stored content that `files.xml` does not list.
    UnlistedContent
        "The archive holds this file without listing it."
        "L’archive contient ce fichier sans l’annoncer.";
    /// The archive names a person it does not describe.
    UnknownPerson
        "The archive names a person it does not describe."
        "L’archive nomme une personne qu’elle ne décrit pas.";
    /// A person of the archive was joined to an account of this domain.
    JoinedAccount
        "This person was joined to an account of this domain."
        "Cette personne a été rattachée à un compte de ce domaine.";
    /// How many people were joined to accounts that nobody ever used, made by earlier imports.
    KnownPeople
        "People that an earlier import brought here, too: joined to the accounts it made. The number says how many."
        "Personnes déjà apportées par un import précédent : rattachées aux comptes qu’il a créés. Le nombre dit combien.";
    /// How many people got an account of their own.
    NewAccounts
        "People who got an account of their own, without a password. The number says how many."
        "Personnes pour qui un compte a été créé, sans mot de passe. Le nombre dit combien.";
    /// An account in use has this name and this address, and nobody said that it is the same person.
    AccountInUse
        "An account in use has this name and address. Nobody said that it is the same person, who therefore got an account of their own."
        "Un compte utilisé porte ce nom et cette adresse. Personne n’a dit que c’était la même personne : elle a reçu un compte à part.";
    /// Somebody in the archive has the user name of an administrator.
    AdministratorsName
        "This is the user name of an administrator here. Nobody is joined to such an account: this person got one of their own, which may nothing."
        "C’est le nom d’utilisateur d’une personne qui gère ce domaine. Nul n’est rattaché à un tel compte : cette personne en a reçu un à part, sans aucun droit.";
    /// Grades and states of completion of people who take no part in the course (SECURITY C17).
    NotEnrolled
        "Grades or completion of people who are not enrolled: kept for the way out, and counted nowhere here."
        "Notes ou achèvement de personnes qui ne sont pas inscrites : conservés pour l’export, sans compter nulle part ici.";
    /// A way into the course that people could take by themselves, or with a key (SECURITY C18).
    SelfEnrolment
        "Elsewhere people could enrol themselves this way, or with a key. It is kept, and lets nobody in here."
        "Ailleurs, on pouvait s’inscrire ainsi soi-même ou avec une clé. C’est conservé, et ne laisse entrer personne ici.";
    /// The course waits for somebody to publish it (SECURITY C19).
    NotPublished
        "Seen only by those who run the domain, until one of them publishes it."
        "Visible seulement par qui gère le domaine, jusqu’à sa publication.";
    /// The archive describes an activity or section in its contents list without its files.
    MissingDocument
        "The archive lists this item, but its files are not there."
        "L’archive annonce cet élément, mais ses fichiers n’y sont pas.";
    /// A folder of the archive that the contents list does not name: Moodle would not restore it (MBZ-FORMAT §3.4).
    Unlisted
        "The contents list does not name this folder: Moodle would not restore it."
        "Ce dossier ne figure pas au sommaire de l’archive : Moodle ne le restaurerait pas.";
    /// An XML document that holds nothing at all.
    EmptyDocument
        "This document is empty."
        "Ce document est vide.";
    /// An availability rule with a condition this program cannot evaluate: the activity stays closed to learners.
    UnknownCondition
        "An access condition cannot be evaluated here: the item stays closed to participants."
        "Une condition d’accès ne peut pas être évaluée ici : l’élément reste fermé aux participants.";
    /// Left out because the export or import was asked for without people.
    WithoutPeople
        "Left out: the import was asked for without people."
        "Laissé de côté : l’import a été demandé sans les personnes.";
    /// Hidden in the course, and hidden things were not asked for.
    Hidden
        "Hidden in the course, and hidden things were not asked for."
        "Caché dans le parcours, et les éléments cachés n’ont pas été demandés.";
    /// A password, a key, or a text that only the first site could read (MBZ-FORMAT §2.9): sealed, or left out.
    Secret
        "A password or a key. It is shown to nobody; where it was kept, only those who run the domain can take it along."
        "Un mot de passe ou une clé. Montré à personne ; s’il a été conservé, seules les personnes qui gèrent le domaine peuvent l’emporter.";
    /// Switched off on the way in for safety, as SECURITY C asks.
    Disarmed
        "Switched off on the way in, for safety."
        "Désactivé à l’arrivée, par sécurité.";
    /// The target release has no place for this, or another one.
    OtherRelease
        "What was asked of it has no place in the release asked for; it was changed or left out as the line says."
        "La version demandée n’a pas de place pour cela ; la ligne dit ce qui a été changé ou laissé.";
    /// Made into the nearest thing that the target knows; the line says which.
    Converted
        "Made into the nearest thing that a stock Moodle has."
        "Transformé en ce qui s’en rapproche le plus dans un Moodle standard.";
    /// Added because the target asks for it and the source had none.
    Invented
        "Added, because a restore asks for it and the archive had none."
        "Ajouté : une restauration l’exige, et l’archive n’en avait pas.";
    /// The content lives elsewhere (a central store, a server); a visible placeholder with its number stands here.
    Placeholder
        "The content lives elsewhere; a visible placeholder with its number stands in its place."
        "Le contenu se trouve ailleurs ; un repère visible avec son numéro le remplace.";
    /// A person, or something that names one, was replaced by a made-up one.
    Replaced
        "A name, an address or a number of a person was replaced."
        "Un nom, une adresse ou un numéro de personne a été remplacé.";
    /// A text still speaks of a person by name: somebody has to read it.
    NamesPerson
        "This text mentions a person by name: read it before passing the course on."
        "Ce texte nomme une personne : relisez-le avant de transmettre le parcours.";
    /// Numbers were changed, and all that points at them with them.
    Renumbered
        "Everything got another number, and what points at it the same."
        "Tout a reçu un autre numéro, et ce qui y renvoie le même.";
    /// A number that may point at something, in a module that nobody knows.
    UnclearNumber
        "This number may point at something, and nobody says at what: it was left as it is."
        "Ce numéro désigne peut-être quelque chose, sans que l’on sache quoi : il a été laissé tel quel.";
    /// The markup of a text was cleaned; what it says did not change.
    Cleaned
        "The layout of this text was cleaned; what it says did not change."
        "La mise en forme de ce texte a été nettoyée ; ce qu’il dit n’a pas changé.";
    /// Something that could have been cleaned and was not, because it may be meant as it is: somebody has to look.
    LeftAlone
        "Left as it is, because it may be meant so: look at it."
        "Laissé tel quel, car c’est peut-être voulu : à regarder.";
    /// An address of the old site that leads to nothing in this archive.
    OldLink
        "This still leads to the old site."
        "Ceci mène encore à l’ancien site.";
    /// The other format has no place for this.
    OtherFormat
        "The other format has no place for this."
        "L’autre format n’a pas de place pour cela.";
    /// A part of the source that could not be read as what it says it is.
    Unreadable
        "This part could not be read as what it says it is."
        "Cette partie n’a pas pu être lue pour ce qu’elle annonce.";
}

impl Reason {
    /// The word of reports and of the documentation: `as-it-came`.
    pub fn code(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub fate: Fate,
    pub reason: Reason,
    /// What it is, in Moodle's words: `activity`, `section`, `course`, `person`, `document`, `file`, `block`; or [`SECRET`].
    pub item: String,
    /// Where: an entry of the archive, with a record in it when that helps (`activities/forum_630/forum.xml`).
    pub place: String,
    /// The item's own name, as its author wrote it. Hostile text: escape it wherever it is shown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// More, for a person: a number, a hash, a hint.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Whether it counts as one item, or only remarks on one that is counted elsewhere.
    pub counts: bool,
}

/// Everything there is to say about one reading, import or export.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    pub findings: Vec<Finding>,
}

/// How many items met which fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    pub items_in: usize,
    pub imported: usize,
    pub approximated: usize,
    pub kept: usize,
    pub refused: usize,
}

impl Report {
    /// Counts one item.
    pub fn item(&mut self, fate: Fate, reason: Reason, item: &str, place: impl Into<String>, name: impl Into<String>) {
        self.push(fate, reason, item, place.into(), name.into(), String::new(), true);
    }

    /// Remarks on something that is counted elsewhere.
    pub fn remark(&mut self, fate: Fate, reason: Reason, item: &str, place: impl Into<String>, detail: impl Into<String>) {
        self.push(fate, reason, item, place.into(), String::new(), detail.into(), false);
    }

    #[allow(clippy::too_many_arguments)]
    fn push(&mut self, fate: Fate, reason: Reason, item: &str, place: String, name: String, detail: String, counts: bool) {
        self.findings.push(Finding { fate, reason, item: item.to_owned(), place, name, detail, counts });
    }

    pub fn counts(&self) -> Counts {
        let mut c = Counts::default();
        for f in self.findings.iter().filter(|f| f.counts) {
            c.items_in += 1;
            match f.fate {
                Fate::Imported => c.imported += 1,
                Fate::Approximated => c.approximated += 1,
                Fate::Kept => c.kept += 1,
                Fate::Refused => c.refused += 1,
            }
        }
        c
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fate::Imported => "imported",
            Fate::Approximated => "approximated",
            Fate::Kept => "kept",
            Fate::Refused => "refused",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_add_up_and_remarks_do_not_count() {
        let mut r = Report::default();
        r.item(Fate::Imported, Reason::AsItCame, "activity", "activities/forum_1", "Forum");
        r.item(Fate::Kept, Reason::NoModule, "activity", "activities/quiz_2", "Quiz");
        r.remark(Fate::Kept, Reason::MissingContent, "file", "files.xml", "abc");
        let c = r.counts();
        assert_eq!(c.items_in, c.imported + c.approximated + c.kept + c.refused);
        assert_eq!((c.items_in, c.imported, c.kept), (2, 1, 1));
    }
}
