//! What an archive was before it was changed, and documents written step by step.

use super::Unpacked;
use crate::container::clean_path;
use crate::error::Error;
use crate::spool::Slot;
use indexmap::IndexMap;
use std::io::{Read, Write};

/// What stood where in an archive at one moment. The bytes stay in the spool, so this costs the names only.
pub struct State(IndexMap<String, Slot>);

impl Unpacked {
    /// What stands where now.
    pub fn state(&self) -> State {
        State(self.spool.iter().map(|(path, slot)| (path.to_owned(), slot)).collect())
    }

    /// Gives every entry that was changed or taken out since `then` the name that `name` makes of its path, if any, with the bytes it had. Answers the paths that are new
    /// since.
    ///
    /// # Errors
    /// [`Error::BadPath`] for a name that is none; [`Error::Io`].
    pub fn keep(&mut self, then: &State, name: impl Fn(&str) -> Option<String>) -> Result<Vec<String>, Error> {
        let new = self.paths().into_iter().filter(|p| !then.0.contains_key(p)).collect();
        for (path, slot) in &then.0 {
            let (now, Some(name)) = (self.spool.slot(path), name(path)) else { continue };
            if now.is_none_or(|now| now != *slot) && !self.equal(now, *slot)? {
                self.spool.name(clean_path(&name)?, *slot);
            }
        }
        Ok(new)
    }

    fn equal(&mut self, now: Option<Slot>, then: Slot) -> Result<bool, Error> {
        let Some(now) = now.filter(|now| now.size == then.size) else { return Ok(false) };
        let (mut a, mut b) = (self.spool.read(now)?, self.spool.read(then)?);
        let (mut one, mut other) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
        loop {
            let n = a.read(&mut one)?;
            let Some((one, other)) = one.get(..n).zip(other.get_mut(..n)).filter(|_| n > 0) else { return Ok(true) };
            b.read_exact(other)?;
            if one != other {
                return Ok(false);
            }
        }
    }

    /// Puts an entry that is written step by step; nothing is put when writing fails. What is to be read meanwhile is opened before ([`reader`](Self::reader)).
    ///
    /// # Errors
    /// [`Error::BadPath`], and what `by` says.
    pub fn put_by(&mut self, path: &str, by: impl FnOnce(&mut dyn Write) -> Result<(), Error>) -> Result<(), Error> {
        let path = clean_path(path)?;
        let mtime = self.spool.slot(&path).and_then(|s| s.mtime);
        let mut sheet = self.spool.sheet();
        by(&mut sheet)?;
        sheet.finish(path, mtime);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::spool::Spool;

    #[test]
    fn what_was_changed_or_taken_out_is_kept() {
        let mut u = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        for (path, text) in [("a.txt", "one"), ("b.txt", "two"), ("c.txt", "three"), ("d.txt", "four")] {
            u.put_bytes(path, text.as_bytes()).unwrap();
        }
        let then = u.state();
        u.put_bytes("a.txt", b"uno").unwrap();
        u.put_bytes("b.txt", b"two").unwrap();
        u.put_bytes("d.txt", b"quattro").unwrap();
        u.rename("c.txt", "e.txt").unwrap();
        let new = u.keep(&then, |p| (p != "d.txt").then(|| format!("kept/{p}"))).unwrap();
        assert_eq!(new, ["e.txt"]);
        let mut paths = u.paths();
        paths.sort();
        assert_eq!(paths, ["a.txt", "b.txt", "d.txt", "e.txt", "kept/a.txt", "kept/c.txt"]);
        let mut text = String::new();
        u.bytes("kept/a.txt").unwrap().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "one");
        assert!(u.keep(&then, |_| Some("../x".to_owned())).is_err());
    }

    #[test]
    fn what_fails_while_it_is_written_was_never_there() {
        let mut u = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        u.put_by("a.txt", |out| Ok(out.write_all(b"a")?)).unwrap();
        assert!(u.put_by("b.txt", |_| Err(Error::EmptyManifest)).is_err());
        assert_eq!((u.size("a.txt"), u.has("b.txt")), (Some(1), false));
    }
}
