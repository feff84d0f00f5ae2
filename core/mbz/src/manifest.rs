//! `moodle_backup.xml`: what the archive says it holds (MBZ-FORMAT §3).

use crate::error::{Error, Place};
use crate::limits::Limits;
use crate::xml::{NULL, Reader, Step};
use serde::{Deserialize, Serialize};
use std::io::Read;

/// The manifest, as read. Numbers that are none are 0, absent texts are empty: whether that is a fault is for the reader's caller to say.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Manifest {
    pub information: Information,
    pub details: Vec<Detail>,
    /// The activities that Moodle would restore: this list, not the folders, decides (MBZ-FORMAT §3.4).
    pub activities: Vec<Activity>,
    pub sections: Vec<Section>,
    /// Absent in the backup of a single activity or section.
    pub course: Option<Course>,
    pub settings: Vec<Setting>,
}

/// The leaves of `information`, under Moodle's names without `original_` where that says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Information {
    /// File name at the time of writing.
    pub name: String,
    /// `2025100600.01`.
    pub moodle_version: String,
    /// `5.1+ (Build: 20251017)`.
    pub moodle_release: String,
    /// `2025100600`: decides what a Moodle converts on restore.
    pub backup_version: String,
    /// `5.1`.
    pub backup_release: String,
    /// Unix seconds.
    pub backup_date: i64,
    pub mnet_remoteusers: bool,
    /// Absent before 2.6, where files were always included.
    pub include_files: Option<bool>,
    pub wwwroot: String,
    /// MD5 of a secret of the first site: equal hashes mean "the same site".
    pub site_hash: String,
    pub course_id: i64,
    pub course_format: String,
    pub course_fullname: String,
    pub course_shortname: String,
    /// Unix seconds; 0 is none.
    pub course_startdate: i64,
    /// Unix seconds; 0 is none.
    pub course_enddate: i64,
    pub course_contextid: i64,
    pub system_contextid: i64,
}

/// How the backup was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Detail {
    /// 32 hex digits.
    pub backup_id: String,
    /// `course`, `section` or `activity`.
    pub r#type: String,
    /// `moodle2`.
    pub format: String,
    pub interactive: i64,
    /// 10 general, 20 import, 30 hub, 40 same site, 50 automated, 60 converted, 70 async, 80 copy.
    pub mode: i64,
    pub execution: i64,
    /// Unix seconds.
    pub executiontime: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Activity {
    /// Course module id.
    pub moduleid: i64,
    pub sectionid: i64,
    pub modulename: String,
    pub title: String,
    /// `activities/forum_630`. A name inside the archive.
    pub directory: String,
    /// Whether it stands in a subsection (from 4.5 on).
    pub insubsection: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    pub sectionid: i64,
    pub title: String,
    /// `sections/section_12`. A name inside the archive.
    pub directory: String,
    /// Course module id of the activity a delegated section belongs to (from 4.5 on).
    pub parentcmid: Option<i64>,
    /// Its module, `subsection`.
    pub modname: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Course {
    pub courseid: i64,
    pub title: String,
    /// `course`. A name inside the archive.
    pub directory: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Setting {
    /// `root`, `section`, `activity`; others are tolerated.
    pub level: String,
    /// `section_12` or `forum_630`, where the level is not root.
    pub owner: String,
    pub name: String,
    pub value: String,
}

impl Manifest {
    /// Reads a manifest. Leniently: what Moodle would refuse for its layout only is read ([`would_be_found`] tells).
    ///
    /// # Errors
    /// [`Error::EmptyManifest`]; [`Error::ForeignManifest`] when the document is about something else, or in a format that is not `moodle2`; and what is wrong with the XML.
    pub fn read(mut input: impl Read, limits: &Limits) -> Result<Manifest, Error> {
        let mut head = [0; 1];
        if input.read(&mut head)? == 0 {
            return Err(Error::EmptyManifest);
        }
        let mut xml = Reader::new(head.chain(input), crate::container::MANIFEST, limits);
        let mut building = Building::default();
        loop {
            match xml.step()? {
                Step::End => return building.finish(),
                step => building.take(step, &xml),
            }
        }
    }

    /// Value of a setting of the whole backup.
    pub fn root_setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|s| s.level == "root" && s.name == name).map(|s| s.value.as_str())
    }

    /// Whether the backup was made with people.
    pub fn has_people(&self) -> bool {
        self.root_setting("users") == Some("1")
    }

    /// `course`, `section` or `activity`.
    pub fn kind(&self) -> &str {
        self.details.first().map_or("", |d| d.r#type.as_str())
    }
}

/// Whether a Moodle would recognise a manifest that begins like this. It looks at the first 200 bytes and at these words only (MBZ-FORMAT §3.1).
pub fn would_be_found(beginning: &[u8]) -> bool {
    let head = String::from_utf8_lossy(beginning.get(..beginning.len().min(200)).unwrap_or_default());
    let prolog = crate::xml::PROLOG.trim_end().to_ascii_lowercase();
    head.to_ascii_lowercase().contains(&prolog) && head.contains("<moodle_backup>") && head.contains("<information>")
}

/// A manifest on its way from a reader's steps.
#[derive(Default)]
pub(crate) struct Building {
    manifest: Manifest,
    path: Vec<String>,
    root: String,
    information: bool,
    leaf: bool,
}

impl Building {
    pub(crate) fn take<R: Read>(&mut self, step: Step, xml: &Reader<R>) {
        match step {
            Step::Open => {
                self.path.push(xml.name().to_owned());
                self.leaf = true;
                self.open(xml);
            }
            Step::Close => {
                if std::mem::take(&mut self.leaf) {
                    self.text(xml.text());
                }
                self.path.pop();
            }
            Step::Comment | Step::End => {}
        }
    }

    fn open<R: Read>(&mut self, xml: &Reader<R>) {
        let m = &mut self.manifest;
        match segments(&self.path).as_slice() {
            [root] => (*root).clone_into(&mut self.root),
            [_, "information"] => self.information = true,
            [_, "information", "details", "detail"] => {
                let backup_id = xml.attributes().find(|(k, _)| *k == "backup_id").map(|(_, v)| v.to_owned()).unwrap_or_default();
                m.details.push(Detail { backup_id, ..Detail::default() });
            }
            [_, "information", "contents", "activities", "activity"] => m.activities.push(Activity::default()),
            [_, "information", "contents", "sections", "section"] => m.sections.push(Section::default()),
            [_, "information", "contents", "course"] => m.course = Some(Course::default()),
            [_, "information", "settings", "setting"] => m.settings.push(Setting::default()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let text = if text == NULL { "" } else { text };
        let number = text.trim().parse::<i64>().ok();
        let (n, flag, s) = (number.unwrap_or(0), number == Some(1), text.to_owned());
        let m = &mut self.manifest;
        let i = &mut m.information;
        match segments(&self.path).get(2..).unwrap_or_default() {
            ["name"] => i.name = s,
            ["moodle_version"] => i.moodle_version = s,
            ["moodle_release"] => i.moodle_release = s,
            ["backup_version"] => i.backup_version = s,
            ["backup_release"] => i.backup_release = s,
            ["backup_date"] => i.backup_date = n,
            ["mnet_remoteusers"] => i.mnet_remoteusers = flag,
            ["include_files"] => i.include_files = Some(flag),
            ["original_wwwroot"] => i.wwwroot = s,
            ["original_site_identifier_hash"] => i.site_hash = s,
            ["original_course_id"] => i.course_id = n,
            ["original_course_format"] => i.course_format = s,
            ["original_course_fullname"] => i.course_fullname = s,
            ["original_course_shortname"] => i.course_shortname = s,
            ["original_course_startdate"] => i.course_startdate = n,
            ["original_course_enddate"] => i.course_enddate = n,
            ["original_course_contextid"] => i.course_contextid = n,
            ["original_system_contextid"] => i.system_contextid = n,
            ["details", "detail", leaf] => {
                let Some(d) = m.details.last_mut() else { return };
                match *leaf {
                    "type" => d.r#type = s,
                    "format" => d.format = s,
                    "interactive" => d.interactive = n,
                    "mode" => d.mode = n,
                    "execution" => d.execution = n,
                    "executiontime" => d.executiontime = n,
                    _ => {}
                }
            }
            ["contents", "activities", "activity", leaf] => {
                let Some(a) = m.activities.last_mut() else { return };
                match *leaf {
                    "moduleid" => a.moduleid = n,
                    "sectionid" => a.sectionid = n,
                    "modulename" => a.modulename = s,
                    "title" => a.title = s,
                    "directory" => a.directory = s,
                    "insubsection" => a.insubsection = flag,
                    _ => {}
                }
            }
            ["contents", "sections", "section", leaf] => {
                let Some(section) = m.sections.last_mut() else { return };
                match *leaf {
                    "sectionid" => section.sectionid = n,
                    "title" => section.title = s,
                    "directory" => section.directory = s,
                    "parentcmid" => section.parentcmid = number,
                    "modname" => section.modname = s,
                    _ => {}
                }
            }
            ["contents", "course", leaf] => {
                let Some(c) = m.course.as_mut() else { return };
                match *leaf {
                    "courseid" => c.courseid = n,
                    "title" => c.title = s,
                    "directory" => c.directory = s,
                    _ => {}
                }
            }
            ["settings", "setting", leaf] => {
                let Some(setting) = m.settings.last_mut() else { return };
                match *leaf {
                    "level" => setting.level = s,
                    "section" | "activity" => setting.owner = s,
                    "name" => setting.name = s,
                    "value" => setting.value = s,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    pub(crate) fn finish(self) -> Result<Manifest, Error> {
        let foreign = |what: String| Err(Error::ForeignManifest { place: Place::entry(crate::container::MANIFEST), what });
        if self.root != "moodle_backup" || !self.information {
            return foreign(format!("its root is `{}`", self.root.escape_debug()));
        }
        match self.manifest.details.iter().find(|d| d.format != "moodle2") {
            Some(d) if !d.format.is_empty() => foreign(format!("its format is `{}`", d.format.escape_debug())),
            _ => Ok(self.manifest),
        }
    }
}

fn segments(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Result<Manifest, Error> {
        Manifest::read(xml.as_bytes(), &Limits::default())
    }

    #[test]
    fn the_leaves_are_found_at_their_places() -> Result<(), Error> {
        let m = read(
            "<moodle_backup><information><name>x.mbz</name><original_course_enddate>$@NULL@$</original_course_enddate>\
             <details><detail backup_id=\"ff\"><type>course</type><format>moodle2</format><mode>10</mode></detail></details>\
             <contents><activities><activity><moduleid>7</moduleid><title>A &amp; B</title><insubsection></insubsection></activity></activities>\
             <sections><section><sectionid>3</sectionid><parentcmid></parentcmid></section></sections><course><courseid>2</courseid></course></contents>\
             <settings><setting><level>root</level><name>users</name><value>1</value></setting></settings></information></moodle_backup>",
        )?;
        assert_eq!((m.information.name.as_str(), m.information.course_enddate, m.kind()), ("x.mbz", 0, "course"));
        assert_eq!(m.details.first().map(|d| (d.backup_id.as_str(), d.mode)), Some(("ff", 10)));
        assert_eq!(m.activities.first().map(|a| (a.moduleid, a.title.as_str())), Some((7, "A & B")));
        assert_eq!(m.sections.first().map(|s| (s.sectionid, s.parentcmid)), Some((3, None)));
        assert_eq!((m.course.map(|c| c.courseid), m.settings.len()), (Some(2), 1));
        Ok(())
    }

    #[test]
    fn what_is_no_manifest_is_said_to_be_none() {
        assert!(matches!(read(""), Err(Error::EmptyManifest)));
        assert!(matches!(read("<html></html>"), Err(Error::ForeignManifest { .. })));
        let imscc = "<moodle_backup><information><details><detail><format>imscc1</format></detail></details></information></moodle_backup>";
        assert!(matches!(read(imscc), Err(Error::ForeignManifest { .. })));
        assert!(matches!(read("<moodle_backup><information>"), Err(Error::Syntax { .. })));
    }

    #[test]
    fn moodle_looks_at_the_first_200_bytes_only() {
        let found = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<moodle_backup>\n  <information>";
        assert!(would_be_found(found.as_bytes()));
        assert!(!would_be_found(b"<moodle_backup><information>"));
        assert!(!would_be_found(format!("{}<!--{}-->{}", &found[..39], "x".repeat(200), &found[39..]).as_bytes()));
    }
}
