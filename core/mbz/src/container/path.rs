//! Which names an entry may have.

use crate::error::{Error, PathFault};
use crate::limits::{Limit, Limits};
use std::collections::HashSet;

/// Moodle's list of what follows in a tar; it carries no content (MBZ-FORMAT §1.2).
pub(crate) const INDEX: &str = ".ARCHIVE_INDEX";

/// Checks a path as written in an archive and gives it without a leading `./`; empty for the root itself.
///
/// Backups have ASCII names only (MBZ-FORMAT §1.4), so anything else is refused before two programs can disagree about it.
pub(crate) fn clean(raw: &[u8], limits: &Limits) -> Result<String, Error> {
    check(raw, limits, Names::Backup)
}

/// Which names are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Those that backups have.
    Backup,
    /// Any text in UTF-8 that leads nowhere else: packages of other formats hold files under the names that people gave them.
    Any,
}

/// The same for names of any kind.
pub(super) fn check(raw: &[u8], limits: &Limits, names: Names) -> Result<String, Error> {
    let any = names == Names::Any;
    let path = String::from_utf8_lossy(raw);
    let bad = |fault| Err(Error::BadPath { path: path.chars().take(300).collect(), fault });
    if raw.is_empty() {
        return bad(PathFault::Empty);
    }
    if raw.len() as u64 > limits.path_bytes {
        return Err(Error::limit(&path.chars().take(60).collect::<String>(), Limit::PathBytes, limits.path_bytes));
    }
    if any && std::str::from_utf8(raw).is_err() {
        return bad(PathFault::NotAscii);
    }
    for byte in raw {
        match byte {
            0 => return bad(PathFault::Zero),
            b'\\' => return bad(PathFault::Backslash),
            1..=0x1f | 0x7f => return bad(PathFault::NotAscii),
            _ if any => {}
            b':' | b'*' | b'?' | b'"' | b'<' | b'>' | b'|' => return bad(PathFault::Character),
            0x20..=0x7e => {}
            _ => return bad(PathFault::NotAscii),
        }
    }
    let drive = matches!(raw, [letter, b':', ..] if letter.is_ascii_alphabetic());
    if path.starts_with('/') || any && drive {
        return bad(PathFault::Absolute);
    }
    let mut clean = String::with_capacity(path.len());
    let mut depth = 0;
    for segment in path.split('/') {
        match segment {
            "" | "." => continue,
            ".." => return bad(PathFault::Parent),
            s if !any && (s.ends_with(['.', ' ']) || s.starts_with(' ')) => return bad(PathFault::Segment),
            s => {
                depth += 1;
                if !clean.is_empty() {
                    clean.push('/');
                }
                clean.push_str(s);
            }
        }
    }
    if depth > limits.path_depth {
        return Err(Error::limit(&clean, Limit::PathDepth, limits.path_depth));
    }
    Ok(clean)
}

/// What packing programs leave beside the content: pax headers of tars unpacked by a program that did not know them, the resource forks and
/// folder views of another system (MBZ-FORMAT §15, 21), and Moodle's own index.
pub(crate) fn is_litter(path: &str) -> bool {
    path == INDEX
        || path.split('/').any(|s| s.starts_with("._") || s == "PaxHeaders" || s.starts_with("PaxHeaders.") || s == "__MACOSX" || s == ".DS_Store")
}

/// The names met so far, without regard to case: an archive with both `Users.xml` and `users.xml` means different things on different systems.
#[derive(Default)]
pub(crate) struct Seen(HashSet<Box<str>>);

impl Seen {
    pub(crate) fn add(&mut self, path: &str) -> Result<(), Error> {
        match self.0.insert(path.to_ascii_lowercase().into_boxed_str()) {
            true => Ok(()),
            false => Err(Error::Duplicate { path: path.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(raw: &[u8]) -> PathFault {
        match clean(raw, &Limits::default()) {
            Err(Error::BadPath { fault, .. }) => fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_leading_dot_and_doubled_slashes_are_dropped() {
        let clean = |s: &str| clean(s.as_bytes(), &Limits::default()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(clean("./course//course.xml"), "course/course.xml");
        assert_eq!(clean("./"), "");
        assert_eq!(clean("activities/"), "activities");
    }

    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        assert_eq!(fault(b"/etc/passwd"), PathFault::Absolute);
        assert_eq!(fault(b"files/../../x"), PathFault::Parent);
        assert_eq!(fault(b"..\\x"), PathFault::Backslash);
        assert_eq!(fault(b"C:/x"), PathFault::Character);
        assert_eq!(fault(b"users.xml\0.jpg"), PathFault::Zero);
        assert_eq!(fault("cafe\u{301}.xml".as_bytes()), PathFault::NotAscii);
        assert_eq!(fault(b"\xc0\xae\xc0\xae/x"), PathFault::NotAscii);
        assert_eq!(fault(b"users.xml."), PathFault::Segment);
        assert_eq!(fault(b""), PathFault::Empty);
    }

    #[test]
    fn names_of_other_formats_are_freer_and_lead_nowhere_either() {
        let any = |raw: &[u8]| check(raw, &Limits::default(), Names::Any);
        let name = any("web_resources/D\u{e9}j\u{e0} vu: 1?.pdf".as_bytes()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(name, "web_resources/D\u{e9}j\u{e0} vu: 1?.pdf");
        for raw in [&b"/x"[..], b"a/../../x", b"..\\x", b"x\0y", b"C:/x", b"a\nb", b"\xc0\xae\xc0\xae/x", b""] {
            assert!(matches!(any(raw), Err(Error::BadPath { .. })), "{raw:?}");
        }
    }

    #[test]
    fn long_and_deep_paths_are_limits() {
        let long = "a".repeat(256);
        assert!(matches!(clean(long.as_bytes(), &Limits::default()), Err(Error::Limit { limit: Limit::PathBytes, .. })));
        let deep = "a/".repeat(13);
        assert!(matches!(clean(deep.as_bytes(), &Limits::default()), Err(Error::Limit { limit: Limit::PathDepth, .. })));
    }

    #[test]
    fn names_that_differ_in_case_only_are_the_same_name() {
        let mut seen = Seen::default();
        assert!(seen.add("users.xml").is_ok());
        assert!(matches!(seen.add("Users.XML"), Err(Error::Duplicate { .. })));
    }
}
