//! Accounts, so that a restore with people is not refused for them (MBZ-FORMAT §5.4, §13.6).

use super::contents;
use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::{Element, Rewrite, rewrite};
use std::collections::HashSet;
use std::io;

const USERS: &str = "users.xml";
/// Names that accounts of two sites are likely to share, alone or with a number up to 99: those of the rule `common-username` of `parcours validate` are among them.
const COMMON: &[&str] = &["admin", "administrator", "guest", "manager", "student", "teacher", "test"];

pub(super) fn convert(work: &mut Work) -> Result<(), Error> {
    let remote = work.course.manifest().information.mnet_remoteusers;
    let mut people = People { taken: HashSet::new(), rename: work.options.rename_common, remote, suffix: suffix(work), ..People::default() };
    let Some(reader) = work.course.reader(USERS)? else { return Ok(()) };
    rewrite(reader, io::sink(), &mut Look(&mut people))?;
    if people.asks > 0 {
        people.done = Done::default();
        work.course.rewrite(USERS, &mut people)?;
    }
    if remote {
        contents::edit(work.course, |information| information.set("mnet_remoteusers", 0))?;
    }
    let Done { renamed, nameless, local } = people.done;
    if work.options.rename_common {
        // Another site of origin: people are matched by name and address then, and not by number.
        let hash = foreign(&work.course.manifest().information.site_hash);
        contents::edit(work.course, |information| {
            information.set("original_site_identifier_hash", hash);
        })?;
    }
    let lines = [
        (
            renamed,
            Reason::Replaced,
            "accounts with names that every site has got another",
            "comptes aux noms que tout site connaît ont reçu un autre nom",
        ),
        (nameless, Reason::Invented, "accounts without a name got one", "comptes sans nom en ont reçu un"),
        (
            local,
            Reason::Converted,
            "accounts of other hosts (MNet) became accounts of their own",
            "comptes d'autres hôtes (MNet) sont devenus des comptes ordinaires",
        ),
    ];
    for (n, reason, english, french) in lines.into_iter().filter(|(n, ..)| *n > 0) {
        work.remark(Fate::Approximated, reason, "person", USERS, format!("{n} {english}"), format!("{n} {french}"));
    }
    Ok(())
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Done {
    renamed: u64,
    nameless: u64,
    local: u64,
}

#[derive(Default)]
struct People {
    /// Names that begin like one with a suffix.
    taken: HashSet<String>,
    rename: bool,
    remote: bool,
    suffix: String,
    asks: u64,
    done: Done,
}

/// What follows a common name: the same for the same site of origin.
fn suffix(work: &Work) -> String {
    let hash = &work.course.manifest().information.site_hash;
    let digits: String = hash.chars().filter(char::is_ascii_hexdigit).take(6).collect();
    if digits.is_empty() { "parcours".to_owned() } else { digits.to_ascii_lowercase() }
}

/// Any other 32 hexadecimal digits, the same for the same ones.
fn foreign(hash: &str) -> String {
    let digits: String = hash.chars().filter_map(|c| c.to_digit(16)).filter_map(|d| char::from_digit((d + 1) % 16, 16)).take(32).collect();
    format!("{digits:7<32}")
}

fn is_common(name: &str) -> bool {
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
    COMMON.contains(&word) && name.len() - word.len() <= 2
}

impl People {
    fn asks(&self, user: &Element) -> bool {
        let name = user.leaf("username");
        name.is_empty() || user.child("confirmed").is_none() || (self.rename && is_common(name)) || (self.remote && user.leaf("auth") == "mnet")
    }

    fn change(&mut self, user: &mut Element) {
        let name = user.leaf("username").to_owned();
        if name.is_empty() {
            let name = self.free(&format!("user{}", user.id().unwrap_or(0)));
            user.set("username", name);
            self.done.nameless += 1;
        } else if self.rename && is_common(&name) {
            let name = self.free(&format!("{name}-{}", self.suffix));
            user.set("username", name);
            self.done.renamed += 1;
        }
        // An account that is not confirmed may not log in; a file that does not say so means one that may.
        if user.child("confirmed").is_none() {
            user.set("confirmed", 1);
        }
        if self.remote && user.leaf("auth") == "mnet" {
            user.set("auth", "manual");
            user.remove("mnethosturl");
            self.done.local += 1;
        }
    }

    fn free(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut n = 1;
        while !self.taken.insert(free.clone()) {
            n += 1;
            free = format!("{name}-{n}");
        }
        free
    }
}

impl Rewrite for People {
    fn takes(&mut self, path: &[String]) -> bool {
        path.len() == 2
    }

    fn element(&mut self, _: &[String], mut user: Element, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        if user.name == "user" {
            self.change(&mut user);
        }
        out.push(user);
        Ok(())
    }
}

/// The first pass: who is in the way, and which names are not free.
struct Look<'a>(&'a mut People);

impl Rewrite for Look<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        path.len() == 2
    }

    fn element(&mut self, _: &[String], user: Element, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        let name = user.leaf("username");
        // Only these can be in the way of a new name.
        if name.contains(&self.0.suffix) || name.starts_with("user") {
            self.0.taken.insert(name.to_owned());
        }
        self.0.asks += u64::from(user.name == "user" && self.0.asks(&user));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: i64, name: &str, auth: &str) -> Element {
        Element::record("user", id, [Element::new("username", name), Element::new("auth", auth), Element::new("confirmed", 1)])
    }

    #[test]
    fn common_names_get_a_suffix_that_is_free() {
        let mut people = People { rename: true, suffix: "9a98".to_owned(), taken: HashSet::from(["admin-9a98".to_owned()]), ..People::default() };
        let mut admin = user(2, "admin", "manual");
        people.change(&mut admin);
        assert_eq!(admin.leaf("username"), "admin-9a98-2");
        let mut other = user(3, "marie.curie", "manual");
        assert!(!people.asks(&other));
        people.change(&mut other);
        assert_eq!(other.leaf("username"), "marie.curie");
        assert!(is_common("student12") && !is_common("students") && !is_common("student2024"));
    }

    #[test]
    fn people_of_other_hosts_become_ordinary() {
        let mut people = People { remote: true, ..People::default() };
        let mut remote = user(4, "far", "mnet");
        remote.set("mnethosturl", "https://far.example");
        people.change(&mut remote);
        assert_eq!((remote.leaf("auth"), remote.child("mnethosturl"), people.done.local), ("manual", None, 1));
    }

    #[test]
    fn the_site_of_origin_becomes_another_one() {
        let hash = "9a987cefd94c5d50570300242725d19f";
        assert_eq!(foreign(hash), "aba98df0ea5d6e616814113538 36e2a0".replace(' ', ""));
        assert_eq!(foreign("").len(), 32);
    }
}
