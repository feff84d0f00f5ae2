//! Looking for secrets in a document as it streams, and emptying them.

use super::{Kind, RULES, matching};
use crate::error::Error;
use crate::xml::{Element, NULL, Reader, Rewrite, Tag, rewrite};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};

/// The secrets of a document: where, and never what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    /// Kind and place, as names from the root (`enrolments/enrols/enrol/password`), with how many there are.
    pub found: BTreeMap<(Kind, String), u64>,
    /// Ways into a course that a secret guards: number and method.
    pub guarded: Vec<(i64, String)>,
    /// Positions of these among the methods of the document.
    at: BTreeSet<usize>,
}

impl Held {
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// Whether a document could hold a secret, by its tags alone: most do not, and need no second reading.
///
/// # Errors
/// What the reader says.
pub fn may_hold(mut bytes: impl Read) -> io::Result<bool> {
    /// A tag this long is looked into.
    const LONG: usize = 4096;
    let (mut chunk, mut tag, mut inside) = (vec![0; 64 * 1024], Vec::new(), false);
    loop {
        let n = bytes.read(&mut chunk)?;
        if n == 0 {
            return Ok(false);
        }
        for byte in chunk.get(..n).unwrap_or_default() {
            match byte {
                b'<' => {
                    tag.clear();
                    inside = true;
                }
                b'>' if inside => {
                    if speaks(&tag) {
                        return Ok(true);
                    }
                    inside = false;
                }
                byte if inside => {
                    tag.push(*byte);
                    if tag.len() > LONG {
                        return Ok(true);
                    }
                }
                _ => {}
            }
        }
    }
}

fn speaks(tag: &[u8]) -> bool {
    let name = tag.split(|b| b.is_ascii_whitespace() || *b == b'/').next().unwrap_or_default();
    // A pair is known by its record, since any leaf may be called `value`.
    let of_rule = |r: &super::Rule| name == if r.named.is_empty() && r.leaf != "value" { r.leaf } else { r.record }.as_bytes();
    RULES.iter().any(of_rule) || tag.windows(ENCRYPTED.len()).any(|w| w == ENCRYPTED.as_bytes())
}

/// The secrets of a document. `document` is where it stands, as [`super::document`] tells.
///
/// # Errors
/// As [`rewrite`].
pub fn find<R: Read>(xml: Reader<R>, document: &str) -> Result<Held, Error> {
    let mut pass = Pass { document, take: None, held: Held::default(), levels: Vec::new(), methods: 0 };
    rewrite(xml, io::sink(), &mut pass)?;
    Ok(pass.held)
}

/// Copies a document with the secrets that were [found](find) in it emptied: null where Moodle writes null, else without text; an encrypted leaf is none any more (MBZ-FORMAT §2.9).
///
/// A way into the course whose key goes would let everybody in. It is closed to newcomers instead: self enrolment takes no new people and keeps those it has, any other
/// method is switched off.
///
/// # Errors
/// As [`rewrite`].
pub fn empty<R: Read, W: Write>(xml: Reader<R>, document: &str, held: &Held, out: W) -> Result<W, Error> {
    let mut pass = Pass { document, take: Some(&held.at), held: Held::default(), levels: Vec::new(), methods: 0 };
    rewrite(xml, out, &mut pass)
}

const ENCRYPTED: &str = "encrypted";
/// The record of a way into the course, and the leaf that says which.
const METHOD: &str = "enrol";
/// The method by which people enrol themselves, and the leaf that says whether it takes new ones.
const SELF: (&str, &str) = ("self", "customint6");
/// The leaf that says whether a method is on: 0, or off: 1.
const STATUS: &str = "status";

struct Pass<'a> {
    document: &'a str,
    /// Secrets are emptied, and these methods closed to newcomers.
    take: Option<&'a BTreeSet<usize>>,
    held: Held,
    levels: Vec<Level>,
    /// Methods seen so far.
    methods: usize,
}

/// An open element.
#[derive(Default)]
struct Level {
    id: Option<i64>,
    encrypted: bool,
    /// What its `name`, or its `enrol`, says.
    named: String,
    /// Position among the methods, where it is one.
    method: Option<usize>,
}

impl Pass<'_> {
    fn secret(&self, path: &[String], text: &str) -> Option<(Kind, bool)> {
        if text.is_empty() || text == NULL {
            return None;
        }
        if self.levels.last().is_some_and(|l| l.encrypted) {
            return Some((Kind::Encrypted, false));
        }
        let (leaf, around) = path.split_last()?;
        let named = self.levels.iter().rev().nth(1).map_or("", |l| l.named.as_str());
        matching(self.document, around.last()?, named, leaf).map(|r| (r.kind, r.null))
    }

    /// Notes that the method around, if there is one, is guarded.
    fn guard(&mut self, kind: Kind) {
        let method = self.levels.iter().rev().find_map(|l| l.method.map(|at| (at, l.id.unwrap_or(0), l.named.clone())));
        if let Some((at, id, named)) = method.filter(|_| kind != Kind::Account)
            && self.held.at.insert(at)
        {
            self.held.guarded.push((id, named));
        }
    }

    /// A leaf of a method that is to take nobody new.
    fn close(&self, leaf: &str, text: &mut String) {
        let Some(level) = self.levels.iter().rev().nth(1) else { return };
        if !level.method.is_some_and(|at| self.take.is_some_and(|take| take.contains(&at))) {
            return;
        }
        let own = level.named == SELF.0;
        if own && leaf == SELF.1 {
            *text = "0".to_owned();
        } else if !own && leaf == STATUS {
            *text = "1".to_owned();
        }
    }
}

impl Rewrite for Pass<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        // An element of the same depth has ended since.
        self.levels.truncate(path.len().saturating_sub(1));
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        Ok(())
    }

    fn start(&mut self, path: &[String], tag: &mut Tag, _: &mut Vec<Element>) -> Result<(), Error> {
        let encrypted = tag.attributes.iter().any(|(n, v)| n == ENCRYPTED && v == "true");
        if encrypted && self.take.is_some() {
            tag.attributes.retain(|(n, _)| n != ENCRYPTED);
        }
        let method = self.document.ends_with("enrolments.xml")
            && path.last().is_some_and(|n| n == METHOD)
            && path.iter().filter(|n| *n == METHOD).count() == 1;
        let method = method.then(|| {
            self.methods += 1;
            self.methods
        });
        self.levels.push(Level { id: tag.id(), encrypted, named: String::new(), method });
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        let secret = self.secret(path, text);
        let leaf = path.last().map_or("", String::as_str);
        if matches!(leaf, "name" | METHOD)
            && let Some(around) = self.levels.iter_mut().rev().nth(1).filter(|l| leaf == "name" || l.method.is_some())
            && (around.method.is_none() || leaf == METHOD)
        {
            around.named.clone_from(text);
        }
        self.close(leaf, text);
        let Some((kind, null)) = secret else { return Ok(()) };
        self.guard(kind);
        *self.held.found.entry((kind, path.join("/"))).or_default() += 1;
        if self.take.is_some() {
            *text = if null { NULL.to_owned() } else { String::new() };
        }
        Ok(())
    }
}
