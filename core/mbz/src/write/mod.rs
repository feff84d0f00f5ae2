//! A backup as a file, in the form Moodle writes it.

mod gzip;
mod order;
mod tgz;
mod zip;

use crate::container::Container;
use crate::error::Error;
use std::io::{Read, Seek, Write};

/// An entry to be written. Its length is known beforehand, because the index that comes first says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<K> {
    /// Relative, ASCII; directories are made of the paths and need no items.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Unix seconds; `None` is written as "unknown".
    pub mtime: Option<i64>,
    /// What the caller finds the content by.
    pub key: K,
}

/// Something an archive can be written to.
pub trait Output: Write + Seek + Send + 'static {}
impl<T: Write + Seek + Send + 'static> Output for T {}

/// Writes an archive and hands back the output.
///
/// Entries are put in Moodle's order (MBZ-FORMAT §1.2: top level by the alphabet, the log last), each directory before its content, whatever order they are
/// given in. The same items with the same contents give the same bytes.
///
/// `content` is called once for each item, in the order of writing, and writes exactly [`Item::size`] bytes.
///
/// # Errors
/// [`Error::BadPath`], [`Error::Duplicate`] and [`Error::Limit`] when a path or a size does not fit the container; [`Error::Contradiction`] when a content is not as long as
/// its item says; [`Error::Io`]; and whatever `content` fails with.
pub fn write<W: Output, K>(
    out: W,
    container: Container,
    items: Vec<Item<K>>,
    mut content: impl FnMut(&Item<K>, &mut dyn Write) -> Result<(), Error>,
) -> Result<W, Error> {
    let lines = order::sort(items)?;
    match container {
        Container::Tgz => tgz::write(out, &lines, &mut content),
        Container::Zip => zip::write(out, &lines, &mut content),
    }
}

/// Copies a reader of known length into an archive: what most `content` functions end in.
pub fn copy(mut from: impl Read, to: &mut dyn Write) -> Result<(), Error> {
    let mut buffer = vec![0; 128 * 1024];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            n => to.write_all(buffer.get(..n).unwrap_or_default())?,
        }
    }
}

type Content<'a, K> = dyn FnMut(&Item<K>, &mut dyn Write) -> Result<(), Error> + 'a;

/// Lets through as many bytes as were announced.
struct Exact<W> {
    out: W,
    left: u64,
    over: bool,
}

impl<W: Write> Exact<W> {
    fn new(out: W, size: u64) -> Self {
        Exact { out, left: size, over: false }
    }

    /// What `result` of writing the content comes to.
    fn end(&self, path: &str, result: Result<(), Error>) -> Result<(), Error> {
        match (result, self.over || self.left > 0) {
            (Err(e), true) if !self.over => Err(e),
            (_, true) => Err(Error::contradiction(path, "the content is not as long as was said")),
            (result, false) => result,
        }
    }
}

impl<W: Write> Write for Exact<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.len() as u64 > self.left {
            self.over = true;
            return Err(std::io::Error::other("longer than was said"));
        }
        let n = self.out.write(bytes)?;
        self.left -= n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn items(bodies: &[(&str, &'static str)]) -> Vec<Item<&'static str>> {
        let item =
            |(path, body): &(&str, &'static str)| Item { path: (*path).into(), size: body.len() as u64, mtime: Some(1_700_000_000), key: *body };
        bodies.iter().map(item).collect()
    }

    fn archive(container: Container, bodies: &[(&str, &'static str)]) -> Result<Vec<u8>, Error> {
        let out = write(Cursor::new(Vec::new()), container, items(bodies), |item, to| Ok(to.write_all(item.key.as_bytes())?))?;
        Ok(out.into_inner())
    }

    const BODIES: [(&str, &str); 4] =
        [("moodle_backup.log", ""), ("files.xml", "<files></files>"), ("moodle_backup.xml", "<x></x>"), ("files/ab/abcd", "content")];

    #[test]
    fn both_containers_are_read_back_in_moodles_order() -> Result<(), Error> {
        for container in [Container::Tgz, Container::Zip] {
            let mut archive = crate::open(Cursor::new(archive(container, &BODIES)?), &Default::default())?;
            assert_eq!(archive.container(), container);
            let mut read = Vec::new();
            while let Some(mut entry) = archive.next()? {
                let mut text = String::new();
                entry.read_to_string(&mut text)?;
                assert_eq!((entry.size, entry.mtime), (text.len() as u64, Some(1_700_000_000)));
                read.push((entry.path.clone(), text));
            }
            let paths: Vec<_> = read.iter().map(|(p, _)| p.as_str()).collect();
            assert_eq!(paths, ["files/ab/abcd", "files.xml", "moodle_backup.xml", "moodle_backup.log"]);
            assert_eq!(read.first().map(|r| r.1.as_str()), Some("content"));
        }
        Ok(())
    }

    #[test]
    fn a_time_that_is_not_known_is_not_known_after_reading() -> Result<(), Error> {
        for container in [Container::Tgz, Container::Zip] {
            let item = Item { path: "moodle_backup.xml".into(), size: 0, mtime: None, key: () };
            let bytes = write(Cursor::new(Vec::new()), container, vec![item], |_, _| Ok(()))?;
            let mut archive = crate::open(bytes, &Default::default())?;
            assert_eq!(archive.next()?.map(|e| e.mtime), Some(None), "{container:?}");
        }
        Ok(())
    }

    #[test]
    fn the_same_items_in_another_order_give_the_same_bytes() -> Result<(), Error> {
        let mut turned = BODIES;
        turned.reverse();
        for container in [Container::Tgz, Container::Zip] {
            assert_eq!(archive(container, &BODIES)?, archive(container, &turned)?);
        }
        Ok(())
    }

    #[test]
    fn a_content_of_another_length_is_an_error() {
        for container in [Container::Tgz, Container::Zip] {
            for wrong in ["<x></x>longer", "<x>"] {
                let out =
                    write(
                        Cursor::new(Vec::new()),
                        container,
                        items(&[("moodle_backup.xml", "<x></x>")]),
                        |_, to| Ok(to.write_all(wrong.as_bytes())?),
                    );
                assert!(matches!(out, Err(Error::Contradiction { .. })), "{container:?}");
            }
        }
    }

    /// A disk with room for so many bytes.
    struct Full(usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Full {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Ok(0)
        }
    }

    #[test]
    fn a_full_disk_is_named_as_what_it_is() {
        let noise: Vec<u8> = (0..4_000_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for (container, room) in [(Container::Tgz, 1000), (Container::Tgz, 10), (Container::Zip, 1000)] {
            let item = Item { path: "files/00/x".into(), size: noise.len() as u64, mtime: None, key: () };
            match write(Full(room), container, vec![item], |_, to| Ok(to.write_all(&noise)?)) {
                Err(Error::Io(e)) => assert_eq!(e.kind(), std::io::ErrorKind::StorageFull, "{container:?}"),
                other => panic!("{:?}", other.map(|_| ())),
            }
        }
    }

    #[test]
    fn a_path_that_could_not_be_read_is_not_written() {
        assert!(matches!(archive(Container::Tgz, &[("../x", "")]), Err(Error::BadPath { .. })));
        assert!(matches!(archive(Container::Zip, &[("a.xml", ""), ("A.xml", "")]), Err(Error::Duplicate { .. })));
    }
}
