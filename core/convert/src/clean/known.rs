//! What an address of the old site may lead to: the numbers that the archive holds.

use super::address::{self, Asked};
use parcours_mbz::xml::{NULL, Step};
use parcours_mbz::{Error, Unpacked, links};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A file area of one record: whose files `@@PLUGINFILE@@` in a text are (MBZ-FORMAT §6.4).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Area {
    pub context: i64,
    pub component: String,
    pub filearea: String,
    pub item: i64,
}

/// What becomes of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A token, or a link to a file of the text's own.
    Becomes(String),
    /// It is the old site's, and leads to nothing that this archive holds.
    Stays,
    /// It is not the old site's.
    Elsewhere,
}

/// Numbers of an archive. Memory holds numbers only: of every file 8 bytes, of every discussion, post, page and so on as much.
#[derive(Debug, Default)]
pub struct Known {
    /// Host and path of the old site, without `https://`, in small letters.
    sites: Vec<String>,
    course: i64,
    modules: HashMap<i64, String>,
    instances: HashSet<(String, i64)>,
    sections: HashSet<i64>,
    records: HashMap<&'static str, HashSet<i64>>,
    files: HashSet<u64>,
    /// The highest number of a file.
    pub last_file: i64,
}

/// Characters of an address that is quoted.
const LONGEST: usize = 500;

/// Records that a token can name, by the module whose document holds them.
const RECORDS: &[(&str, &[&str])] = &[
    ("forum", &["discussion", "post"]),
    ("book", &["chapter"]),
    ("wiki", &["page"]),
    ("glossary", &["entry"]),
    ("data", &["record"]),
    ("lesson", &["page"]),
];

impl Known {
    /// Reads what an archive holds. `also` are more addresses the site once had.
    ///
    /// # Errors
    /// What reading a document of the archive fails with.
    pub fn read(course: &mut Unpacked, also: &[String]) -> Result<Known, Error> {
        let manifest = course.manifest();
        let mut known = Known { course: manifest.information.course_id, ..Known::default() };
        known.sections.extend(manifest.sections.iter().map(|s| s.sectionid));
        let activities: Vec<_> = manifest.activities.iter().map(|a| (a.moduleid, a.modulename.clone(), a.directory.clone())).collect();
        let sites = std::iter::once(&manifest.information.wwwroot).chain(also);
        known.sites = sites.map(|s| address::site(s)).filter(|s| !s.is_empty()).collect();
        known.list_files(course)?;
        for (cm, module, folder) in activities {
            if known.has_sites() {
                known.look_into(course, &module, &format!("{folder}/{module}.xml"))?;
            }
            known.modules.insert(cm, module);
        }
        Ok(known)
    }

    pub fn has_sites(&self) -> bool {
        !self.sites.is_empty()
    }

    /// Whether an area has a file of this path and name (`/folder/a.png`).
    pub fn has_file(&self, area: &Area, path: &str) -> bool {
        self.files.contains(&digest(area, path))
    }

    /// Notes a file that is added.
    pub fn add_file(&mut self, area: &Area, path: &str) {
        self.files.insert(digest(area, path));
    }

    fn list_files(&mut self, course: &mut Unpacked) -> Result<(), Error> {
        course.each("files.xml", "file", |_, file| {
            self.last_file = self.last_file.max(file.id().unwrap_or(0));
            let area = Area {
                context: file.number("contextid").unwrap_or(0),
                component: file.leaf("component").to_owned(),
                filearea: file.leaf("filearea").to_owned(),
                item: file.number("itemid").unwrap_or(0),
            };
            self.files.insert(digest(&area, &format!("{}{}", file.leaf("filepath"), file.leaf("filename"))));
            Ok(())
        })
    }

    fn look_into(&mut self, course: &mut Unpacked, module: &str, path: &str) -> Result<(), Error> {
        let Some(mut xml) = course.reader(path)? else { return Ok(()) };
        let wanted = RECORDS.iter().find(|(m, _)| *m == module).map_or(&[][..], |(_, r)| r);
        let mut depth = 0;
        loop {
            match xml.step()? {
                Step::Open => {
                    depth += 1;
                    let id = xml.attributes().find(|(n, _)| *n == "id").and_then(|(_, v)| v.parse::<i64>().ok());
                    if let (1, Some(id)) = (depth, id) {
                        self.instances.insert((module.to_owned(), id));
                    }
                    if let (Some(name), Some(id)) = (wanted.iter().find(|n| **n == xml.name()), id) {
                        self.records.entry(record_key(module, name)).or_default().insert(id);
                    }
                }
                Step::Close => depth -= 1,
                Step::Comment => {}
                Step::End => return Ok(()),
            }
            // Other modules' documents are looked at no further than their first element.
            if wanted.is_empty() && depth > 0 {
                return Ok(());
            }
        }
    }

    /// What becomes of an address in a text. `tokens`: whether a restore decodes tokens there.
    pub fn target(&self, value: &str, area: Option<&Area>, tokens: bool) -> Target {
        let value = value.trim();
        let Some(rest) = self.sites.iter().find_map(|site| address::below(value, site)) else { return Target::Elsewhere };
        let asked = Asked::read(rest);
        if let Some(file) = asked.file() {
            return area.and_then(|a| self.own_file(&file, a, &asked)).map_or(Target::Stays, Target::Becomes);
        }
        let token = if tokens { asked.token(|space, module, id| self.holds(space, module, id)) } else { None };
        token.map_or(Target::Stays, Target::Becomes)
    }

    /// `context/component/area/…` as a link to a file of the text's own area.
    fn own_file(&self, file: &str, area: &Area, asked: &Asked<'_>) -> Option<String> {
        let mut parts = file.trim_start_matches('/').splitn(4, '/');
        let (context, component, filearea, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if context.parse() != Ok(area.context) || component != area.component || filearea != area.filearea {
            return None;
        }
        // Behind the area may stand the item, or a revision, or neither.
        let numbered = rest.split_once('/').filter(|(n, _)| n.parse::<i64>().is_ok_and(|n| area.item == 0 || n == area.item)).map(|(_, rest)| rest);
        let found = numbered
            .into_iter()
            .chain(Some(rest).filter(|_| area.item == 0))
            .find(|rest| self.has_file(area, &format!("/{}", links::decode(rest))))?;
        Some(format!("{}/{found}{}", links::PLUGINFILE, asked.behind_file()))
    }

    fn holds(&self, space: links::Space, module: &str, id: i64) -> bool {
        match space {
            links::Space::Course => id == self.course && id != 0,
            links::Space::Module => self.modules.get(&id).is_some_and(|m| m == module),
            links::Space::Instance => self.instances.contains(&(module.to_owned(), id)),
            links::Space::Section => self.sections.contains(&id),
            links::Space::Record(record) => self.records.get(record_key(module, record)).is_some_and(|r| r.contains(&id)),
            links::Space::Context => false,
        }
    }

    /// Every address of the old site that stands in a text as words.
    pub fn mentioned(&self, text: &str) -> Vec<String> {
        if !text.contains("//") {
            return Vec::new();
        }
        let small = text.to_ascii_lowercase();
        let mut out = Vec::new();
        for site in &self.sites {
            for (at, _) in small.match_indices(&format!("//{site}")) {
                let rest = text.get(at..).unwrap_or_default();
                let is_end = |c: &char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')');
                let address: String = rest.chars().take(LONGEST).take_while(|c| !is_end(c)).collect();
                let address = address.as_str();
                if address::below(address, site).is_some() {
                    out.push(address.trim_start_matches('/').to_owned());
                }
            }
        }
        out
    }
}

/// Pages of a wiki and of a lesson are not the same numbers.
fn record_key(module: &str, record: &str) -> &'static str {
    match (module, record) {
        ("forum", "discussion") => "discussion",
        ("forum", "post") => "post",
        ("book", "chapter") => "chapter",
        ("wiki", "page") => "wiki page",
        ("lesson", "page") => "lesson page",
        ("glossary", "entry") => "entry",
        ("data", "record") => "record",
        _ => "",
    }
}

fn digest(area: &Area, path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (area, path).hash(&mut hasher);
    hasher.finish()
}

/// A number of a leaf's text; nothing for null.
pub(super) fn number(text: &str) -> Option<i64> {
    Some(text).filter(|t| *t != NULL).and_then(|t| t.trim().parse().ok())
}
