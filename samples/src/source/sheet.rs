//! The text form of the sources: `key: value` lines, an empty line, a body in HTML; a line `===` begins the next block.
//!
//! Keys are Moodle's column names wherever there is one, so that any column of an activity can be set in its file.

use anyhow::{Context, Result, bail};
use std::path::Path;

/// One block of a source file.
#[derive(Debug, Default, Clone)]
pub struct Block {
    /// `file:line`, for messages.
    place: String,
    heads: Vec<(String, String)>,
    /// Without the line end that closes it.
    pub body: String,
}

/// Reads the blocks of a file, in order. There is always at least one.
pub fn read(path: &Path) -> Result<Vec<Block>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    parse(&text, &path.display().to_string())
}

fn parse(text: &str, place: &str) -> Result<Vec<Block>> {
    let mut blocks = Vec::new();
    let mut block = Block { place: format!("{place}:1"), ..Block::default() };
    let mut in_body = false;
    for (number, line) in text.lines().enumerate() {
        if line == "===" {
            blocks.push(std::mem::take(&mut block));
            block.place = format!("{place}:{}", number + 2);
            in_body = false;
        } else if in_body {
            block.body.push_str(line);
            block.body.push('\n');
        } else if line.is_empty() {
            in_body = true;
        } else {
            let (key, value) = line.split_once(':').with_context(|| format!("{place}:{}: a head line is `key: value`", number + 1))?;
            block.heads.push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    blocks.push(block);
    for block in &mut blocks {
        block.body.truncate(block.body.trim_end().len());
    }
    Ok(blocks)
}

impl Block {
    pub fn get(&self, key: &str) -> Option<&str> {
        self.heads.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// Every value of a key that may be repeated.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.heads.iter().filter(move |(k, _)| k == key).map(|(_, v)| v.as_str())
    }

    /// The parts of a comma-separated value; none when the key is absent.
    pub fn list<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.all(key).flat_map(|v| v.split(',')).map(str::trim).filter(|v| !v.is_empty())
    }

    pub fn need(&self, key: &str) -> Result<&str> {
        self.get(key).with_context(|| format!("{}: `{key}` is missing", self.place))
    }

    pub fn number(&self, key: &str) -> Result<i64> {
        let value = self.need(key)?;
        value.parse().with_context(|| format!("{}: `{key}` is no number: {value}", self.place))
    }

    /// A moment, in Unix seconds.
    pub fn time(&self, key: &str) -> Result<i64> {
        let value = self.need(key)?;
        moment(value).with_context(|| format!("{}: `{key}` is no moment such as 2025-10-06 09:00: {value}", self.place))
    }

    /// A column as it is written in the archive: the given one, or the default. `null` is Moodle's null, a moment becomes seconds.
    pub fn leaf(&self, key: &str, default: &str) -> String {
        match self.get(key).unwrap_or(default) {
            "null" => crate::xml::NULL.to_owned(),
            value => moment(value).map_or_else(|| value.to_owned(), |t| t.to_string()),
        }
    }

    /// Refuses keys that nobody reads: a mistyped column must not vanish.
    pub fn only(&self, known: impl Fn(&str) -> bool) -> Result<()> {
        match self.heads.iter().find(|(key, _)| !known(key)) {
            Some((key, _)) => bail!("{}: nothing reads `{key}`", self.place),
            None => Ok(()),
        }
    }
}

/// `2025-10-06 09:12` (UTC) in Unix seconds.
pub fn moment(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(' ')?;
    let numbers = |text: &str, mark| text.split(mark).map(|n| n.parse::<i64>().ok()).collect::<Option<Vec<_>>>();
    match (numbers(date, '-')?.as_slice(), numbers(time, ':')?.as_slice()) {
        ([year, month, day], [hour, minute]) => Some(((days(*year, *month, *day) * 24 + hour) * 60 + minute) * 60),
        _ => None,
    }
}

/// Days from 1970-01-01 in the Gregorian calendar. Years begin in March here, so that the leap day is the last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_counted_from_1970() {
        assert_eq!(moment("1970-01-01 00:00"), Some(0));
        assert_eq!(moment("2024-02-29 12:30"), Some(1_709_209_800));
        assert_eq!(moment("Bonjour à toutes"), None);
    }

    #[test]
    fn blocks_have_heads_and_bodies() {
        let blocks = parse("name: Un\nfile: intro a.png\n\n<p>x</p>\n\n<p>y</p>\n===\nname: Deux\n", "t").unwrap();
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0].get("name"), Some("Un"));
        assert_eq!(blocks[0].body, "<p>x</p>\n\n<p>y</p>");
        assert!(blocks[1].only(|k| k == "nom").is_err());
    }
}
