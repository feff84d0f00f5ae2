//! The archive around the forum: the sources in `course/` give its skeleton, chance gives the rest.

use crate::stored::{self, Row, Stored};
use crate::{chance::Chance, forum, logs, people, quiz};
use anyhow::{Context, Result};
use parcours_mbz::Container;
use parcours_mbz::write::{Item, Output, write as pack};
use parcours_mbz::xml::Writer;
use std::io::{self, Write};
use std::path::Path;

/// How large.
pub struct Size {
    pub seed: u64,
    pub posts: u64,
    /// Of attempts at a quiz.
    pub steps: u64,
    /// Lines of the course's log.
    pub logs: u64,
    /// Of stored files: they do not compress, so nearly all of the archive.
    pub megabytes: u64,
}

impl Default for Size {
    fn default() -> Self {
        Size { seed: 1, posts: 100_000, steps: 50_000, logs: 0, megabytes: 285 }
    }
}

/// What an entry's content is made by.
enum Made {
    Bytes(Vec<u8>),
    Users(Vec<u8>),
    Forum(String),
    Quiz,
    Logs,
    Files,
    Inforef,
    Stored(usize),
}

const FORUM: &str = "activities/forum_2/forum.xml";

/// Writes a tar.gz and hands back the output.
pub fn write<W: Output>(out: W, size: &Size) -> Result<W> {
    let stored = contents(size)?;
    let skeleton = parcours_samples::entries_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/course"))?;
    let mut entries = Vec::new();
    let section = skeleton.keys().find_map(|p| p.strip_prefix("sections/section_")?.strip_suffix("/section.xml")).unwrap_or("0").to_owned();
    if size.steps > 0 {
        entries.push((format!("{}/quiz.xml", quiz::FOLDER), Made::Quiz));
        entries.extend(quiz::around(&section).into_iter().map(|(path, bytes)| (path, Made::Bytes(bytes))));
    }
    if size.logs > 0 {
        entries.push((logs::PATH.to_owned(), Made::Logs));
    }
    for (path, bytes) in skeleton {
        let made = match path.as_str() {
            "moodle_backup.xml" if size.steps > 0 => Made::Bytes(quiz::listed(&String::from_utf8_lossy(&bytes), &section).into_bytes()),
            "users.xml" => Made::Users(bytes),
            "files.xml" => Made::Files,
            "activities/forum_2/inforef.xml" => Made::Inforef,
            FORUM => Made::Forum(String::from_utf8(bytes).context("the sources' forum is not UTF-8")?),
            _ => Made::Bytes(bytes),
        };
        entries.push((path, made));
    }
    entries.extend(stored.iter().enumerate().map(|(n, stored)| (stored.path(), Made::Stored(n))));
    let mut items = Vec::new();
    for (path, made) in entries {
        let mut counted = Counted(0);
        content(&made, size, &stored, &mut counted)?;
        items.push(Item { path, size: counted.0, mtime: Some(1_768_498_200), key: made });
    }
    Ok(pack(out, Container::Tgz, items, |item, to| Ok(content(&item.key, size, &stored, to)?))?)
}

fn content(made: &Made, size: &Size, stored: &[Stored], out: &mut dyn Write) -> io::Result<()> {
    match made {
        Made::Bytes(bytes) => out.write_all(bytes),
        Made::Users(bytes) => people::write(bytes, out),
        Made::Forum(around) => forum::write(size.seed, size.posts, around, out),
        Made::Quiz => quiz::write(size.seed, size.steps, out),
        Made::Logs => logs::write(size.seed, size.logs, out),
        Made::Files => stored::rows(rows(size, stored), out),
        Made::Inforef => inforef(size, stored, out),
        Made::Stored(n) => stored.get(*n).map_or(Ok(()), |s| s.write(size.seed, out)),
    }
}

/// Files of 16 KiB to 4 MiB, until there are enough.
fn contents(size: &Size) -> io::Result<Vec<Stored>> {
    let mut chance = Chance::new(size.seed, u64::MAX);
    let mut left = size.megabytes * 1_000_000;
    let mut all = Vec::new();
    while left > 0 {
        let bytes = (1 << 14 << chance.below(9)).min(left);
        all.push(Stored::new(size.seed, 1_000_000 + all.len() as u64, bytes)?);
        left -= bytes;
    }
    Ok(all)
}

/// One file in the first post of each discussion as long as there are discussions, contents taken in turn.
fn rows<'a>(size: &Size, stored: &'a [Stored]) -> impl Iterator<Item = Row<'a>> {
    let discussions = size.posts.div_ceil(forum::EACH);
    let count = (stored.len() as u64).max(discussions) * u64::from(!stored.is_empty());
    (0..count).zip(stored.iter().cycle()).map(move |(n, stored)| Row {
        id: n + 1,
        stored,
        context: 1002,
        component: "mod_forum",
        area: "attachment",
        item: n % discussions.max(1) * forum::EACH + 1,
        user: people::FIRST,
    })
}

fn inforef(size: &Size, stored: &[Stored], out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new(out);
    xml.open("inforef")?;
    list(&mut xml, "user", people::FIRST..people::FIRST + people::LEARNERS)?;
    list(&mut xml, "file", rows(size, stored).map(|row| row.id))?;
    xml.close()?;
    xml.finish().map(drop)
}

fn list<W: Write>(xml: &mut Writer<W>, name: &str, ids: impl Iterator<Item = u64>) -> io::Result<()> {
    xml.open(&format!("{name}ref"))?;
    for id in ids {
        xml.open(name)?;
        xml.leaf("id", &id.to_string())?;
        xml.close()?;
    }
    xml.close()
}

/// Throws everything away and counts it.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
