//! Who there is in an archive, and whom each becomes.

use super::USERS;
use super::mention::{Kind, Mentions};
use parcours_course::Language;
use parcours_mbz::xml::Element;
use parcours_mbz::{Error, Unpacked};
use std::collections::{HashMap, HashSet};

/// What the key of an archive is made for; another purpose of the same seed gives other numbers.
const PURPOSE: &str = "parcours 2026 anonymise people";
/// Made-up numbers have this many digits, or more where there are many people.
const DIGITS: u32 = 6;
/// Leaves of a profile that tell who somebody is beside their names and addresses.
const TELLING: &[&str] = &["idnumber", "phone1", "phone2", "address", "icq", "skype", "yahoo", "aim", "msn", "url"];

/// A made-up person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub username: String,
    pub first: String,
    pub last: String,
    pub mail: String,
}

impl Identity {
    pub fn full(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

/// Everybody, by their numbers in the archive. Holds numbers and names, never what people wrote.
pub struct Cast {
    /// Nothing where people are taken out.
    key: Option<[u8; 32]>,
    language: Language,
    known: HashSet<i64>,
    /// Contexts of people, and whose.
    contexts: HashMap<i64, i64>,
    numbers: HashMap<i64, i64>,
    used: HashSet<i64>,
    range: u64,
    pub mentions: Mentions,
}

impl Cast {
    /// Everybody in `users.xml`. Without a seed nobody becomes anybody.
    pub fn of(course: &mut Unpacked, seed: Option<&[u8]>, language: Language) -> Result<Cast, Error> {
        let mut cast = Cast {
            key: seed.map(|seed| blake3::derive_key(PURPOSE, seed)),
            language,
            known: HashSet::new(),
            contexts: HashMap::new(),
            numbers: HashMap::new(),
            used: HashSet::new(),
            range: 0,
            mentions: Mentions::default(),
        };
        course.each(USERS, "user", |_, user| {
            cast.learn(&user);
            Ok(())
        })?;
        // So few of all numbers are taken that two people rarely want the same one.
        let digits = if cast.known.len() > 5000 { DIGITS + 3 } else { DIGITS };
        cast.range = 9 * 10_u64.pow(digits - 1);
        // In the order of their numbers, not of the archive, so that who gets out of whose way does not depend on it.
        let mut ids: Vec<i64> = cast.known.iter().copied().collect();
        ids.sort_unstable();
        ids.into_iter().for_each(|id| {
            cast.number(id);
        });
        Ok(cast)
    }

    fn learn(&mut self, user: &Element) {
        let Some(id) = user.id() else { return };
        self.known.insert(id);
        if let Some(context) = user.attribute("contextid").and_then(|c| c.trim().parse().ok()) {
            self.contexts.insert(context, id);
        }
        let m = &mut self.mentions;
        m.add(id, Kind::Username, user.leaf("username"));
        m.add(id, Kind::Mail, user.leaf("email"));
        let last = user.leaf("lastname");
        for first in ["firstname", "alternatename", "firstnamephonetic"] {
            m.add_name(id, user.leaf(first), last);
        }
        m.add_name(id, user.leaf("firstnamephonetic"), user.leaf("lastnamephonetic"));
        m.add_name(id, &format!("{} {}", user.leaf("firstname"), user.leaf("middlename")), last);
        ["firstname", "lastname", "alternatename"].iter().for_each(|leaf| m.add(id, Kind::Alone, user.leaf(leaf)));
        TELLING.iter().for_each(|leaf| m.add(id, Kind::Other, user.leaf(leaf)));
        user.records("custom_fields", "custom_field").for_each(|field| m.add(id, Kind::Other, field.leaf("field_data")));
    }

    /// Whether people are replaced, and not taken out.
    pub fn replaces(&self) -> bool {
        self.key.is_some()
    }

    /// Whether `users.xml` describes a person of this number.
    pub fn knows(&self, id: i64) -> bool {
        self.known.contains(&id)
    }

    /// The number a person gets, described or not; nobody stays nobody.
    pub fn number(&mut self, id: i64) -> i64 {
        let Some(key) = self.key else { return if id > 0 { 0 } else { id } };
        if id <= 0 {
            return id;
        }
        if let Some(number) = self.numbers.get(&id) {
            return *number;
        }
        let range = self.range.max(1);
        let number = (0_u64..)
            .map(|attempt| {
                let mut hash = blake3::Hasher::new_keyed(&key);
                hash.update(&id.to_le_bytes()).update(&attempt.to_le_bytes());
                let mut out = [0; 8];
                hash.finalize_xof().fill(&mut out);
                // Too many undescribed people for the range: longer numbers.
                let range = if attempt > 50 { range.saturating_mul(1000) } else { range };
                i64::try_from(u64::from_le_bytes(out) % range + range / 9).unwrap_or(i64::MAX)
            })
            .find(|n| !self.used.contains(n) && !self.known.contains(n))
            .unwrap_or(i64::MAX);
        self.used.insert(number);
        self.numbers.insert(id, number);
        number
    }

    /// The number the context of a person gets; nothing where the number is no person's context.
    pub fn context(&mut self, context: i64) -> Option<i64> {
        let person = *self.contexts.get(&context)?;
        // Contexts of one archive are below; those of people are only named by themselves and by logs.
        Some(if self.replaces() { 1_000_000_000_000 + self.number(person) } else { 0 })
    }

    /// Whom a person becomes. Where people are taken out, everybody becomes the same.
    pub fn identity(&mut self, id: i64) -> Identity {
        let number = self.number(id);
        let first = self.language.of("Person", "Personne").to_owned();
        if !self.replaces() || number <= 0 {
            return Identity { username: "person".into(), first, last: "X".into(), mail: SOMEONE.into() };
        }
        Identity { username: format!("person{number}"), first, last: number.to_string(), mail: format!("person{number}@example.invalid") }
    }
}

/// An address of nobody in particular.
pub const SOMEONE: &str = "person@example.invalid";

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_mbz::{Limits, Spool};

    fn cast(seed: Option<&str>) -> Cast {
        let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        let user = |id: i64| Element::record("user", id, [Element::new("username", format!("u{id}"))]).with("contextid", id + 100);
        course.put(USERS, &Element::group("users", [user(5), user(6), user(7)])).unwrap();
        Cast::of(&mut course, seed.map(str::as_bytes), Language::French).unwrap()
    }

    #[test]
    fn who_becomes_whom_follows_from_the_seed_and_the_number() {
        let (mut a, mut b, mut c) = (cast(Some("s")), cast(Some("s")), cast(Some("t")));
        for id in [5, 6, 7, 99] {
            assert_eq!(a.number(id), b.number(id));
            assert_ne!(a.number(id), c.number(id));
            assert!((100_000..1_000_000).contains(&a.number(id)));
        }
        assert_ne!(a.number(5), a.number(6));
        assert_eq!((a.number(0), a.number(-1)), (0, -1));
        let identity = a.identity(5);
        assert_eq!(identity.mail, format!("person{}@example.invalid", a.number(5)));
        assert_eq!(identity.full(), format!("Personne {}", a.number(5)));
        assert!(a.context(105).is_some_and(|c| c > 1_000_000_000_000) && a.context(104).is_none());
    }

    #[test]
    fn without_a_seed_nobody_becomes_anybody() {
        let mut cast = cast(None);
        assert_eq!((cast.number(5), cast.number(99), cast.number(-1)), (0, 0, -1));
        assert_eq!((cast.identity(5).full(), cast.context(105)), ("Personne X".into(), Some(0)));
    }
}
