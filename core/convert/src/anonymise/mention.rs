//! Names, usernames and addresses of people, found in texts.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What of a person a text mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// First and last name, or the other way round.
    Full,
    Mail,
    Username,
    /// A telephone number, an identifier.
    Other,
    /// A first or last name alone: perhaps a word, perhaps somebody else.
    Alone,
}

/// A mention in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub range: Range<usize>,
    pub person: i64,
    pub kind: Kind,
    /// For a full name: what stands between its parts, and whether the last name is the first of them.
    pub between: String,
    pub last_first: bool,
}

/// Usernames and names of accounts that are words: a text that has them speaks of a role.
const WORDS: &[&str] = &[
    "account",
    "admin",
    "administrateur",
    "administrator",
    "anonymous",
    "demo",
    "eleve",
    "enseignant",
    "etudiant",
    "first",
    "formateur",
    "guest",
    "last",
    "learner",
    "local",
    "manager",
    "moodle",
    "name",
    "parent",
    "person",
    "personne",
    "professeur",
    "root",
    "stagiaire",
    "student",
    "support",
    "teacher",
    "test",
    "tester",
    "trainer",
    "tutor",
    "user",
];
/// What may stand between the parts of a name beside white space: `Moreau, Lucie`, `Lucie_Moreau.pdf`, `Lucie%20Moreau`.
const BETWEEN: &[&str] = &["&nbsp;", "&#160;", "%20", "%C2%A0", "_", "-", ".", ",", "+"];
/// How else an apostrophe is written.
const APOSTROPHES: &[&str] = &["\u{2019}", "&#39;", "&#039;", "&apos;", "%27"];

struct Pattern {
    /// In small letters, unless the case counts.
    parts: Vec<String>,
    person: i64,
    kind: Kind,
    last_first: bool,
}

/// Everything to be looked for, by the first two words of it, or by its only one.
#[derive(Default)]
pub struct Mentions {
    patterns: HashMap<String, Vec<Pattern>>,
    /// First words of them all: most words of a text are none.
    first: HashSet<String>,
    /// Whole values, in small letters.
    whole: HashMap<String, (i64, Kind)>,
}

impl Mentions {
    /// Looks for a value from now on, if it tells somebody from a word.
    pub fn add(&mut self, person: i64, kind: Kind, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        if !matches!(kind, Kind::Alone | Kind::Other) {
            self.whole.entry(value.to_lowercase()).or_insert((person, kind));
        }
        if tells(kind, value) {
            for spelling in spellings(value) {
                self.look_for(vec![spelling], person, kind, false);
            }
        }
    }

    /// Looks for a full name, in both orders.
    pub fn add_name(&mut self, person: i64, first: &str, last: &str) {
        let (first, last) = (first.trim(), last.trim());
        if first.is_empty() || last.is_empty() || first.chars().count() + last.chars().count() < 5 {
            return;
        }
        for whole in [format!("{first} {last}"), format!("{last} {first}"), format!("{last}, {first}")] {
            self.whole.entry(whole.to_lowercase()).or_insert((person, Kind::Full));
        }
        for (first, last) in spellings(first).into_iter().zip(spellings(last)) {
            self.look_for(vec![first.clone(), last.clone()], person, Kind::Full, false);
            self.look_for(vec![last, first], person, Kind::Full, true);
        }
    }

    fn look_for(&mut self, parts: Vec<String>, person: i64, kind: Kind, last_first: bool) {
        let parts: Vec<String> = if is_cased(kind, &parts) { parts } else { parts.iter().map(|p| p.to_lowercase()).collect() };
        let key = key(&parts.join(" "), 0);
        self.first.extend(key.split(' ').next().map(str::to_owned));
        let known = self.patterns.entry(key).or_default();
        if !known.iter().any(|p| p.parts == parts) {
            known.push(Pattern { parts, person, kind, last_first });
            // The longest wins: `a@b.fr` over the username `a`, a full name over one alone.
            known.sort_by_key(|p| (std::cmp::Reverse(p.parts.iter().map(String::len).sum::<usize>()), p.kind));
        }
    }

    /// Whose this is, when a text is nothing but somebody's name, username or address.
    pub fn whole(&self, text: &str) -> Option<(i64, Kind)> {
        self.whole.get(&text.trim().to_lowercase()).copied()
    }

    /// Every mention in a text, from its beginning, none inside another.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        if self.patterns.is_empty() {
            return found;
        }
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
            let length = match () {
                () if is_escape(rest) => 3,
                () if rest.starts_with(char::is_alphanumeric) => {
                    let word = word_at(text, at);
                    let small = word.to_lowercase();
                    let known = self.first.contains(&small);
                    let hit = if known { self.hit(&key(text, at), text, at).or_else(|| self.hit(&small, text, at)) } else { None };
                    let length = hit.as_ref().map_or(word.len(), |f| f.range.len());
                    found.extend(hit);
                    length
                }
                () => rest.chars().next().map_or(1, char::len_utf8),
            };
            at += length;
        }
        found
    }
}

impl Mentions {
    fn hit(&self, key: &str, text: &str, at: usize) -> Option<Found> {
        self.patterns.get(key)?.iter().find_map(|p| p.at(text, at))
    }
}

impl Pattern {
    fn at(&self, text: &str, start: usize) -> Option<Found> {
        // What a value begins with before its first word is looked for backwards: `+33 6…`.
        let lead = self.parts.first().and_then(|p| p.find(char::is_alphanumeric)).unwrap_or(0);
        let start = start.checked_sub(lead)?;
        let cased = is_cased(self.kind, &self.parts);
        let mut at = start;
        let mut between = String::new();
        for (n, part) in self.parts.iter().enumerate() {
            if n > 0 {
                let gap = gap(text.get(at..)?)?;
                between = text.get(at..at + gap)?.to_owned();
                at += gap;
            }
            at += same(text.get(at..)?, part, cased)?;
        }
        let tight = matches!(self.kind, Kind::Mail | Kind::Username);
        let (before, after) = (text.get(..start)?, text.get(at..)?);
        let joined = before.ends_with(['.', '-', '@']) && !before.ends_with("..");
        let goes_on = after.starts_with(['-', '@']) || (after.starts_with('.') && after.chars().nth(1).is_some_and(char::is_alphanumeric));
        if after.starts_with(char::is_alphanumeric) || (tight && joined) || (self.kind == Kind::Username && goes_on) {
            return None;
        }
        Some(Found { range: start..at, person: self.person, kind: self.kind, between, last_first: self.last_first })
    }
}

/// A name alone, and a username of nothing but letters, are only meant when they are written as they are.
fn is_cased(kind: Kind, parts: &[String]) -> bool {
    kind == Kind::Alone || (kind == Kind::Username && parts.iter().all(|p| p.chars().all(char::is_alphabetic)))
}

/// Whether a value is more than a word or a number that means anything.
fn tells(kind: Kind, value: &str) -> bool {
    let (letters, digits) = (value.chars().filter(|c| c.is_alphabetic()).count(), value.chars().filter(char::is_ascii_digit).count());
    let word = WORDS.contains(&value.to_lowercase().as_str());
    match kind {
        Kind::Full => true,
        Kind::Mail => value.contains('@'),
        Kind::Username => !word && value.len() >= 4 && letters > 0,
        Kind::Alone => !word && letters >= 4 && value.starts_with(char::is_uppercase),
        Kind::Other if value.len() < 6 || value.len() > 200 => false,
        Kind::Other => (letters > 0 && digits > 0) || value.contains(['@', '/']) || (digits >= 9 && value.starts_with(['0', '+'])),
    }
}

fn spellings(value: &str) -> Vec<String> {
    let mut all = vec![value.to_owned()];
    let encoded = parcours_mbz::links::encode(value);
    all.push(encoded);
    all.push(value.replace('@', "%40"));
    all.extend(APOSTROPHES.iter().map(|a| value.replace('\'', a)));
    all
}

/// The first two words from a place on, in small letters: few people have both.
fn key(text: &str, at: usize) -> String {
    let mut key = String::new();
    let (mut at, mut gap) = (at, 0);
    // Two words of one name do not stand further apart.
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty() && gap < 40) {
        gap += usize::from(!key.is_empty());
        let skipped = BETWEEN.iter().chain(APOSTROPHES).find(|b| b.len() > 1 && rest.starts_with(**b)).map(|b| b.len());
        let word = word_at(text, at);
        at += match skipped {
            Some(length) => length,
            None if is_escape(rest) => 3,
            None if word.is_empty() => rest.chars().next().map_or(1, char::len_utf8),
            None if key.is_empty() => {
                key = word.to_lowercase();
                word.len()
            }
            None => return key + " " + &word.to_lowercase(),
        };
    }
    key
}

fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// `%20` and its like: the two digits begin no word.
fn is_escape(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    bytes.next() == Some(b'%') && bytes.next().is_some_and(|b| b.is_ascii_hexdigit()) && bytes.next().is_some_and(|b| b.is_ascii_hexdigit())
}

fn gap(rest: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(here) = rest.get(at..).filter(|_| at < 12) {
        let between = BETWEEN.iter().find(|b| here.starts_with(**b)).map(|b| b.len());
        let space = || here.chars().next().filter(|c| c.is_whitespace()).map(char::len_utf8);
        let Some(length) = between.or_else(space) else { break };
        at += length;
    }
    (at > 0).then_some(at)
}

/// How many bytes of the text are the part, if it begins with it.
fn same(text: &str, part: &str, cased: bool) -> Option<usize> {
    if cased {
        return text.starts_with(part).then_some(part.len());
    }
    let mut wanted = part.chars();
    let mut at = 0;
    let mut chars = text.chars();
    while !wanted.as_str().is_empty() {
        let c = chars.next()?;
        for small in c.to_lowercase() {
            if wanted.next() != Some(small) {
                return None;
            }
        }
        at += c.len_utf8();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions() -> Mentions {
        let mut m = Mentions::default();
        m.add(5, Kind::Username, "lmoreau");
        m.add(5, Kind::Mail, "lucie.moreau@ac-lyon.fr");
        m.add_name(5, "Lucie", "Moreau");
        m.add(5, Kind::Alone, "Lucie");
        m.add(5, Kind::Alone, "Moreau");
        m.add(6, Kind::Username, "student");
        m.add_name(6, "Hélène", "d'Arc");
        m.add(6, Kind::Other, "+33 6 12 34 56 78");
        m
    }

    fn found(text: &str) -> Vec<(&str, i64, Kind)> {
        mentions().find(text).into_iter().map(|f| (text.get(f.range).unwrap_or("?"), f.person, f.kind)).collect()
    }

    #[test]
    fn names_are_found_however_they_are_joined() {
        for name in [
            "Lucie Moreau",
            "LUCIE MOREAU",
            "Moreau, Lucie",
            "Lucie&nbsp;Moreau",
            "Lucie%20Moreau",
            "Lucie_Moreau",
            "Lucie\u{a0}Moreau",
            "lucie.moreau",
        ] {
            let text = format!("<p>{name}</p>");
            assert_eq!(found(&text), [(name, 5, Kind::Full)], "{name}");
        }
        assert_eq!(found("par Hélène d\u{2019}Arc et HÉLÈNE D'ARC"), [("Hélène d\u{2019}Arc", 6, Kind::Full), ("HÉLÈNE D'ARC", 6, Kind::Full)]);
        assert_eq!(found("a/H%C3%A9l%C3%A8ne%20d%27Arc.pdf").len(), 1);
    }

    #[test]
    fn addresses_and_usernames_are_found_whole() {
        assert_eq!(found("mailto:Lucie.Moreau@ac-lyon.fr?x"), [("Lucie.Moreau@ac-lyon.fr", 5, Kind::Mail)]);
        assert_eq!(found("x=lucie.moreau%40ac-lyon.fr").len(), 1);
        assert_eq!(found("(lmoreau), lmoreau."), [("lmoreau", 5, Kind::Username), ("lmoreau", 5, Kind::Username)]);
        assert_eq!(found("lmoreau2 lmoreau@elsewhere.org xlmoreau"), []);
        assert_eq!(found("tel +33 6 12 34 56 78"), [("+33 6 12 34 56 78", 6, Kind::Other)]);
    }

    #[test]
    fn words_are_none() {
        assert_eq!(found("each student, lucie, moreaux, Luciean"), []);
        assert_eq!(found("Lucie dit"), [("Lucie", 5, Kind::Alone)]);
        assert_eq!((mentions().whole("STUDENT"), mentions().whole("Moreau Lucie")), (Some((6, Kind::Username)), Some((5, Kind::Full))));
    }
}
