//! Links of a cartridge's texts, made those of an archive.

use super::Reading;
use crate::common_cartridge::markup::{escape, unescape};
use crate::common_cartridge::{Error, path};
use indexmap::IndexSet;
use parcours_course::outline::File;
use parcours_course::report::{Fate, Reason};
use parcours_mbz::error::Place;
use parcours_mbz::limits::Limit;
use parcours_mbz::links::{PLUGINFILE, decode, encode};
use std::ops::Range;

/// Attributes that hold an address.
const ADDRESSES: &[&str] = &["src", "href", "data", "poster", "background"];
/// Uses of files, as a multiple of the number of files that there may be.
const USES: u64 = 5;
/// Marks that stand for the folder of a document, or of the files of a cartridge.
const BASES: &[&str] = &["$IMS-CC-FILEBASE$", "$IMS_CC_FILEBASE$", "%24IMS-CC-FILEBASE%24", "%24IMS_CC_FILEBASE%24"];

/// Where the addresses of a text stand, with them decoded from HTML.
pub(super) fn addresses(html: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let bytes = html.as_bytes();
    let mut at = 0;
    let mut tag = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'<' => tag = true,
            b'>' => tag = false,
            b'=' if tag => {
                let name_end = html.get(..at).map_or(0, |h| h.trim_end().len());
                let before = html.get(..name_end).unwrap_or_default();
                let name_start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '-').map_or(0, |p| p + 1);
                let name = before.get(name_start..).unwrap_or_default().to_ascii_lowercase();
                let quote = at + 1 + html.get(at + 1..).map_or(0, |h| h.len() - h.trim_start().len());
                if let Some(mark @ (b'"' | b'\'')) = bytes.get(quote) {
                    let start = quote + 1;
                    let length = bytes.get(start..).and_then(|rest| rest.iter().position(|b| b == mark)).unwrap_or(bytes.len() - start);
                    if ADDRESSES.contains(&name.as_str())
                        && let Some(value) = html.get(start..start + length)
                    {
                        found.push((start..start + length, unescape(value)));
                    }
                    at = start + length;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Addresses in a style sheet.
fn urls(css: &str) -> Vec<String> {
    let inside = |(at, mark): (usize, &str)| {
        css.get(at + mark.len()..).and_then(|r| r.split_once(')')).map(|(u, _)| u.trim().trim_matches(['"', '\'']).to_owned())
    };
    css.match_indices("url(").filter_map(inside).collect()
}

fn is_elsewhere(address: &str) -> bool {
    let scheme = address
        .split_once(':')
        .is_some_and(|(s, _)| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-')));
    address.is_empty() || address.starts_with('#') || address.starts_with("//") || address.starts_with("$@") || scheme
}

/// The path a file gets in an area: that of the cartridge, so that files find each other.
pub(super) fn area_path(path: &str) -> String {
    format!("/{}", path.strip_prefix("web_resources/").unwrap_or(path))
}

impl Reading {
    /// The file or resource an address leads to, from a document at `from`, and what follows the path.
    fn resolve(&self, from: &str, address: &str) -> Option<(String, String)> {
        let based = BASES.iter().find_map(|b| address.strip_prefix(b));
        let plain = based.unwrap_or(address);
        let (decoded, rest) = path::parts(plain);
        let raw = plain.get(..plain.len() - rest.len()).unwrap_or(plain).to_owned();
        let own = path::folder(from);
        let folders: &[&str] = match based {
            Some(_) => &[own, "", "web_resources/"],
            None => &[own],
        };
        let wiki = ["$WIKI_REFERENCE$/pages/", "%24WIKI_REFERENCE%24/pages/"].iter().find_map(|m| address.strip_prefix(m));
        if let Some(page) = wiki {
            return self.cartridge.find(&format!("wiki_content/{}.html", path::parts(page).0)).map(|p| (p, String::new()));
        }
        let object = ["$CANVAS_OBJECT_REFERENCE$/", "%24CANVAS_OBJECT_REFERENCE%24/"].iter().find_map(|m| address.strip_prefix(m));
        if let Some(id) = object.and_then(|o| o.split('/').nth(1)) {
            return self.manifest.resources.get(id).and_then(|r| r.main()).map(|p| (p.to_owned(), String::new()));
        }
        for name in [decoded, raw] {
            for folder in folders {
                let there = if based.is_some() { name.trim_start_matches('/') } else { name.as_str() };
                let found = path::join(folder, there).and_then(|p| self.cartridge.find(&p));
                if let Some(found) = found {
                    return Some((found, rest.to_owned()));
                }
            }
        }
        None
    }

    /// A text of a document at `from`, with links to activities as tokens and to files as those of its area; these files are answered, each once.
    pub fn html(&mut self, html: &str, from: &str, area: (&str, i64), place: &str) -> Result<(String, Vec<File>), Error> {
        let (mut out, mut done, mut paths) = (String::with_capacity(html.len()), 0, IndexSet::new());
        for (range, address) in addresses(html) {
            if is_elsewhere(&address) {
                continue;
            }
            let new = match self.resolve(from, &address) {
                Some((to, _)) if self.tokens.contains_key(&to) => self.tokens.get(&to).cloned().unwrap_or_default(),
                Some((to, rest)) => {
                    let new = format!("{PLUGINFILE}{}{}", encode(&area_path(&to)), escape(&rest));
                    self.gather(&to, &mut paths)?;
                    new
                }
                None => {
                    self.report.remark(Fate::Kept, Reason::MissingContent, "link", place, decode(&address));
                    continue;
                }
            };
            out.push_str(html.get(done..range.start).unwrap_or_default());
            out.push_str(&new);
            done = range.end;
        }
        out.push_str(html.get(done..).unwrap_or_default());
        let files = self.store(&paths, area)?;
        Ok((out, files))
    }

    /// Counts uses of files and resources.
    ///
    /// # Errors
    /// [`Limit::Entries`] when there are several times more than a cartridge may have files: such a one is made to be large.
    pub fn spend(&mut self, uses: usize, path: &str) -> Result<(), Error> {
        self.uses += uses as u64;
        let most = USES * self.limits.entries;
        if self.uses > most {
            return Err(parcours_mbz::Error::Limit { place: Place::entry(path), limit: Limit::Entries, value: most }.into());
        }
        Ok(())
    }

    /// A file, and those it needs in its turn.
    ///
    /// # Errors
    /// As [`spend`](Self::spend).
    pub fn gather(&mut self, path: &str, into: &mut IndexSet<String>) -> Result<(), Error> {
        let mut at = into.len();
        into.insert(path.to_owned());
        while let Some(path) = into.get_index(at).cloned() {
            at += 1;
            let needed = self.needs(&path)?;
            self.spend(1 + needed.len(), &path)?;
            into.extend(needed);
        }
        Ok(())
    }

    /// What a page or a style sheet links to, without what is an activity.
    fn needs(&mut self, path: &str) -> Result<Vec<String>, Error> {
        if let Some(known) = self.needed.get(path) {
            return Ok(known.clone());
        }
        let lower = path.to_ascii_lowercase();
        let text = if is_html(&lower) || lower.ends_with(".css") { self.cartridge.text(path)? } else { None };
        let addresses: Vec<String> = match text {
            Some(text) if is_html(&lower) => addresses(&text).into_iter().map(|(_, a)| a).collect(),
            Some(text) => urls(&text),
            None => Vec::new(),
        };
        let found = addresses.iter().filter(|a| !is_elsewhere(a)).filter_map(|a| self.resolve(path, a)).map(|(to, _)| to);
        let found: IndexSet<String> = found.filter(|to| !self.tokens.contains_key(to)).collect();
        let found: Vec<String> = found.into_iter().collect();
        self.needed.insert(path.to_owned(), found.clone());
        Ok(found)
    }

    /// Stores files of the cartridge for an area.
    pub fn store<'p>(&mut self, paths: impl IntoIterator<Item = &'p String>, area: (&str, i64)) -> Result<Vec<File>, Error> {
        let mut files = Vec::new();
        for path in paths {
            self.spend(1, path)?;
            if let Some(content) = self.cartridge.reader(path)? {
                files.push(self.build.store(content)?.file(area.0, area.1, &area_path(path)));
                self.cartridge.used.insert(path.clone());
            }
        }
        Ok(files)
    }
}

pub(super) fn is_html(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.ends_with(".html") || lower.ends_with(".htm") || lower.ends_with(".xhtml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_tags_only() {
        let html = "<p title='a=\"b\"'>src=\"no\"</p><img alt=\"é\" SRC = 'a.png?x=1&amp;y'><a class=x href=\"b.html#c\">";
        let found: Vec<_> = addresses(html).into_iter().map(|(r, a)| (html[r].to_owned(), a)).collect();
        assert_eq!(found, [("a.png?x=1&amp;y".to_owned(), "a.png?x=1&y".to_owned()), ("b.html#c".to_owned(), "b.html#c".to_owned())]);
        assert_eq!(urls("a { b: url('c d.png') } @import url(e.css);"), ["c d.png", "e.css"]);
    }

    #[test]
    fn addresses_with_a_scheme_lead_elsewhere() {
        assert!(["https://x", "mailto:x", "#a", "", "//x", "data:image/png;base64,x"].iter().all(|a| is_elsewhere(a)));
        assert!(["a.html", "../b", "$IMS-CC-FILEBASE$/a: b.png", "/c"].iter().all(|a| !is_elsewhere(a)));
    }
}
