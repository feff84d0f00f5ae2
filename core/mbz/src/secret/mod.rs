//! Leaves that are secrets: passwords, keys, and what only the first site could read (SECURITY C20).
//!
//! One list for everything that looks for them: an import tells which there are, a conversion or an export without secrets [empties](empty) them, and no module may
//! declare one. A leaf without text, or null, is no secret.
//!
//! Not in the list, because nothing tells them from other values: a key inside an address, in a text, in serialised settings of a block, in a file.

mod entries;
mod pass;

pub use entries::{Wish, pass};
pub use pass::{Held, empty, find, may_hold};

use crate::people::ORIGINALS;
use parcours_course::Language;

/// What a secret opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Somebody's account: the hash of a password, a key that confirms an address.
    Account,
    /// The course, to whoever knows it.
    Enrolment,
    /// A server elsewhere that trusts this site, or this site to a server elsewhere.
    Tool,
    /// A meeting on a server elsewhere.
    Meeting,
    /// An activity, to those who are told it.
    Access,
    /// Nobody knows: only the first site could read it.
    Encrypted,
}

impl Kind {
    pub const ALL: [Kind; 6] = [Kind::Account, Kind::Enrolment, Kind::Tool, Kind::Meeting, Kind::Access, Kind::Encrypted];

    /// What it is.
    pub fn words(self, language: Language) -> &'static str {
        match self {
            Kind::Account => language.of("password or key of an account", "mot de passe ou clé d’un compte"),
            Kind::Enrolment => language.of("enrolment key", "clé d’inscription"),
            Kind::Tool => language.of("key or shared secret of an external tool", "clé ou secret partagé d’un outil externe"),
            Kind::Meeting => language.of("password of a meeting", "mot de passe d’une réunion"),
            Kind::Access => language.of("access password of an activity", "mot de passe d’accès à une activité"),
            Kind::Encrypted => language.of("encrypted, for the first site only", "chiffré pour le seul site d’origine"),
        }
    }

    /// What to do once it is not there.
    pub fn advice(self, language: Language) -> &'static str {
        match self {
            Kind::Account => language.of("people choose a new one", "chacun en choisit un nouveau"),
            Kind::Enrolment => {
                language.of("set a new one before people enrol themselves again", "en définir une nouvelle avant de rouvrir l’inscription")
            }
            Kind::Tool => language.of("ask its provider for a new one", "en demander un nouveau au fournisseur"),
            Kind::Meeting => language.of("set a new one in its settings", "en définir un nouveau dans ses paramètres"),
            Kind::Access => language.of("set a new one before it opens", "en définir un nouveau avant son ouverture"),
            Kind::Encrypted => language.of("enter it again where it is used", "à saisir à nouveau là où il sert"),
        }
    }
}

/// A leaf that is a secret. Every part that is empty stands for any.
struct Rule {
    document: &'static str,
    record: &'static str,
    /// What the record's leaf `name` (of a method of enrolment: `enrol`) says.
    named: &'static [&'static str],
    leaf: &'static str,
    kind: Kind,
    /// Whether Moodle writes null where there is none; else an empty leaf.
    null: bool,
}

const fn rule(document: &'static str, record: &'static str, leaf: &'static str, kind: Kind) -> Rule {
    Rule { document, record, named: &[], leaf, kind, null: false }
}

const TOOL_SETTINGS: &[&str] = &["password", "resourcekey", "servicesalt", "privatekey", "secret"];

const RULES: &[Rule] = &[
    // MBZ-FORMAT §5.1: only where a site lets hashes out; `secret` confirms a registration.
    rule("users.xml", "user", "password", Kind::Account),
    rule("users.xml", "user", "secret", Kind::Account),
    // Moodle keeps the key that confirms a new address among the preferences (user/emailupdate.php).
    Rule { named: &["newemailkey"], ..rule("users.xml", "preference", "value", Kind::Account) },
    // MBZ-FORMAT Annex A, course/enrolments.xml: self enrolment and guests.
    Rule { null: true, ..rule("enrolments.xml", "enrol", "password", Kind::Enrolment) },
    // The same, `tool` {3.8+}: the course published by LTI (enrol_lti), and the consumers that know its people.
    rule("enrolments.xml", "tool", "secret", Kind::Tool),
    rule("enrolments.xml", "user", "consumersecret", Kind::Tool),
    // Plugins that publish by LTI without a table of their own keep keys in the free columns.
    Rule { named: &["lti"], null: true, ..rule("enrolments.xml", "enrol", "customchar1", Kind::Tool) },
    Rule { named: &["lti"], null: true, ..rule("enrolments.xml", "enrol", "customchar2", Kind::Tool) },
    Rule { named: &["lti"], null: true, ..rule("enrolments.xml", "enrol", "customchar3", Kind::Tool) },
    // MBZ-FORMAT Annex A, groups.xml: puts into a group whoever enrols with it.
    rule("groups.xml", "group", "enrolmentkey", Kind::Enrolment),
    // MBZ-FORMAT §2.9, §13: an external tool, and a tool of the course with its settings as pairs (mod_lti).
    rule("lti.xml", "lti", "password", Kind::Tool),
    Rule { named: TOOL_SETTINGS, ..rule(ACTIVITY, "ltitypesconfig", "value", Kind::Tool) },
    rule(ACTIVITY, "ltitypesconfigencrypted", "value", Kind::Tool),
    rule(ACTIVITY, "", "resourcekey", Kind::Tool),
    rule(ACTIVITY, "", "servicesalt", Kind::Tool),
    rule(ACTIVITY, "", "consumersecret", Kind::Tool),
    rule(ACTIVITY, "", "toolsecret", Kind::Tool),
    rule(ACTIVITY, "", "apikey", Kind::Tool),
    rule(ACTIVITY, "", "privatekey", Kind::Tool),
    rule(ACTIVITY, "", "accesstoken", Kind::Tool),
    rule(ACTIVITY, "", "secret", Kind::Tool),
    // MBZ-FORMAT Annex A, bigbluebuttonbn.xml and Moodle 4.2 for guests; the names other meetings use.
    rule(ACTIVITY, "", "moderatorpass", Kind::Meeting),
    rule(ACTIVITY, "", "viewerpass", Kind::Meeting),
    rule(ACTIVITY, "", "guestpassword", Kind::Meeting),
    rule(ACTIVITY, "", "moderatorpassword", Kind::Meeting),
    rule(ACTIVITY, "", "attendeepassword", Kind::Meeting),
    rule(ACTIVITY, "", "hostkey", Kind::Meeting),
    // MBZ-FORMAT Annex A: quiz and lesson with their overrides, attendance and its kin. A private plugin's leaf of that name is no other thing.
    rule(ACTIVITY, "", "password", Kind::Access),
    rule(ACTIVITY, "", "studentpassword", Kind::Access),
    rule(ACTIVITY, "", "rotateqrcodesecret", Kind::Access),
    // quizaccess_seb: who knows them leaves the exam browser, or is one.
    rule(ACTIVITY, "", "quitpassword", Kind::Access),
    rule(ACTIVITY, "", "allowedbrowserexamkeys", Kind::Access),
];

/// Stands in a rule for the document of any activity.
const ACTIVITY: &str = "activities/";
/// How a conversion names the documents it keeps as they were.
const KEPT: &str = ".kept";

/// The document whose rules hold for an entry: itself, or what it was before a conversion kept it aside. Nothing for what is no document.
pub fn document(path: &str) -> Option<&str> {
    if let Some(rest) = path.strip_prefix(ORIGINALS) {
        let kept = rest.strip_suffix(KEPT).unwrap_or(rest);
        return kept.split_once('/').map(|(_, original)| original).filter(|o| o.ends_with(".xml"));
    }
    crate::container::is_xml(path).then_some(path)
}

/// Whether a leaf is a secret, and what of. `record` is the element around it, `named` what that one's `name` or `enrol` says.
pub fn of(document: &str, record: &str, named: &str, leaf: &str) -> Option<Kind> {
    matching(document, record, named, leaf).map(|r| r.kind)
}

/// The same where no record is at hand: whether a column of a table would ever hold one.
pub fn column(document: &str, record: &str, leaf: &str) -> Option<Kind> {
    RULES.iter().find(|r| r.leaf == leaf && r.is_in(document) && r.is_of(record)).map(|r| r.kind)
}

fn matching(document: &str, record: &str, named: &str, leaf: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.leaf == leaf && r.is_in(document) && r.is_of(record) && (r.named.is_empty() || r.named.contains(&named)))
}

impl Rule {
    fn is_in(&self, document: &str) -> bool {
        match self.document {
            ACTIVITY => document.starts_with(ACTIVITY),
            name => document.rsplit('/').next() == Some(name),
        }
    }

    fn is_of(&self, record: &str) -> bool {
        self.record.is_empty() || self.record == record
    }
}

#[cfg(test)]
mod tests;
