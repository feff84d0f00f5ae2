//! A course as its readers see it: sections, activities in their order, what they hold, and the files that go with them.
//!
//! This is less than an archive holds, and on purpose: what a book, a site, a cartridge or a comparison needs. People, grades, attempts and settings of the gradebook are not
//! in it. Numbers are those of the archive.

mod content;
mod file;
mod quiz;

pub use content::{Answer, Assign, Chapter, Choice, Content, Discussion, Entry, Forum, Item, LessonPage, Lti, Post, WikiPage};
pub use file::File;
pub use quiz::{Band, Heading, Quiz, Slot, Slotted};

use crate::Text;
use serde::{Deserialize, Serialize};

/// A course, or the section or activity that was backed up alone.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Outline {
    pub fullname: String,
    pub shortname: String,
    pub summary: Text,
    /// Moodle's code (`fr`, `en_us`); empty where the course has none of its own.
    pub language: String,
    /// `topics`, `weeks`, `singleactivity` … or that of a plug-in.
    pub format: String,
    /// Unix seconds; 0 is none.
    pub start: i64,
    /// Unix seconds; 0 is none.
    pub end: i64,
    /// Address of the site it was made on, without a slash at its end; empty where the archive does not say.
    pub site: String,
    /// Of the Moodle that wrote it: `4.1`.
    pub release: String,
    /// In areas `summary`, `overviewfiles` (pictures of the course) and `legacy`.
    pub files: Vec<File>,
    /// By their number, except that those of a subsection stand with it.
    pub sections: Vec<Section>,
    /// Of the course, not of its activities.
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Section {
    pub id: i64,
    /// Its place in the course; 0 stands above all others.
    pub number: i64,
    /// Empty where it has only its number.
    pub name: String,
    pub summary: Text,
    pub visible: bool,
    /// Restrictions, as the archive writes them: JSON (MBZ-FORMAT §7.4), or nothing.
    pub availability: Option<String>,
    /// The course module of the subsection activity whose content this is (from 4.5 on).
    pub delegate: Option<i64>,
    /// Those of its summary.
    pub files: Vec<File>,
    pub activities: Vec<Activity>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Activity {
    /// Course module.
    pub cm: i64,
    /// The module's own record.
    pub id: i64,
    pub context: i64,
    /// `page`, `quiz` …
    pub module: String,
    pub name: String,
    pub intro: Text,
    /// Whether the course page shows the intro. A label's is all it has.
    pub show_intro: bool,
    pub visible: bool,
    /// Reached by its address, and not shown on the course page.
    pub stealth: bool,
    /// Steps to the right.
    pub indent: i64,
    pub idnumber: String,
    /// Restrictions, as the archive writes them: JSON (MBZ-FORMAT §7.4), or nothing.
    pub availability: Option<String>,
    /// 0 none, 1 ticked by hand, 2 by rules.
    pub completion: i64,
    /// Of the module's own areas; not what people handed in.
    pub files: Vec<File>,
}

/// A block of the course page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Block {
    pub id: i64,
    pub context: i64,
    /// `html`, `calendar_month` …
    pub name: String,
    /// `side-pre`, `side-post` …
    pub region: String,
    /// Order in its region, lightest first.
    pub weight: i64,
    pub visible: bool,
    /// The one it was given; empty where it has that of its kind.
    pub title: String,
    /// Of a block that holds a text.
    pub text: Option<Text>,
    pub files: Vec<File>,
}

impl Outline {
    /// Every activity, section by section.
    pub fn activities(&self) -> impl Iterator<Item = (&Section, &Activity)> {
        self.sections.iter().flat_map(|s| s.activities.iter().map(move |a| (s, a)))
    }

    /// An activity by its course module.
    pub fn activity(&self, cm: i64) -> Option<&Activity> {
        self.activities().map(|(_, a)| a).find(|a| a.cm == cm)
    }

    /// The section that holds what stands in a subsection.
    pub fn subsection(&self, cm: i64) -> Option<&Section> {
        self.sections.iter().find(|s| s.delegate == Some(cm))
    }
}

impl Activity {
    /// The files of one area, and of one record in it.
    pub fn area<'a>(&'a self, area: &'a str, item: i64) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |f| f.area == area && f.item == item)
    }

    /// The file that a resource opens: the one marked so, or the first there is.
    pub fn main_file(&self) -> Option<&File> {
        let mut content = self.files.iter().filter(|f| f.area == "content");
        content.clone().find(|f| f.main).or_else(|| content.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_opens_the_file_that_is_marked_or_else_the_first() {
        let mut activity =
            Activity { files: vec![File::new("intro", 0, "/i.png", "0", 1), File::new("content", 0, "/a.html", "1", 1)], ..Activity::default() };
        activity.files.push(File::new("content", 0, "/b.html", "2", 1));
        assert_eq!(activity.main_file().map(|f| f.path.as_str()), Some("/a.html"));
        activity.files.last_mut().into_iter().for_each(|f| f.main = true);
        assert_eq!(activity.main_file().map(File::name), Some("b.html"));
        assert_eq!(activity.area("intro", 0).count(), 1);
    }
}
