//! What is asked for.

use parcours_course::Text;
use parcours_course::outline::{Activity, Content, File, Outline, Section};

/// About the course.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Info {
    pub fullname: String,
    /// Made of the full name where it is empty.
    pub shortname: String,
    pub summary: Text,
    /// Moodle's code; empty for that of whoever reads.
    pub language: String,
    /// `weeks`, or else it is `topics`: other formats want more than sections, or a plug-in.
    pub format: String,
    /// Unix seconds.
    pub start: i64,
    /// Unix seconds; 0 is none.
    pub end: i64,
    /// The time of making, in Unix seconds.
    pub now: i64,
    /// Address to which links lead that the archive does not hold the target of; may be empty.
    pub site: String,
}

impl Info {
    /// What an outline says of its course. `now` is the time of making.
    pub fn of(outline: &Outline, now: i64) -> Self {
        Info {
            fullname: outline.fullname.clone(),
            shortname: outline.shortname.clone(),
            summary: outline.summary.clone(),
            language: outline.language.clone(),
            format: outline.format.clone(),
            start: outline.start,
            end: outline.end,
            now,
            site: outline.site.clone(),
        }
    }
}

/// A section to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSection {
    /// May be empty.
    pub name: String,
    pub summary: Text,
    pub visible: bool,
    /// JSON of restrictions.
    pub availability: Option<String>,
    /// Those of the summary; area and record are set.
    pub files: Vec<File>,
}

impl Default for NewSection {
    fn default() -> Self {
        NewSection { name: String::new(), summary: Text::default(), visible: true, availability: None, files: Vec::new() }
    }
}

impl NewSection {
    pub fn named(name: impl Into<String>) -> Self {
        NewSection { name: name.into(), ..NewSection::default() }
    }
}

impl From<&Section> for NewSection {
    /// All but the activities. Restrictions stay as they are: what they name has other numbers in another archive.
    fn from(s: &Section) -> Self {
        NewSection {
            name: s.name.clone(),
            summary: s.summary.clone(),
            visible: s.visible,
            availability: s.availability.clone(),
            files: s.files.clone(),
        }
    }
}

/// An activity to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewActivity {
    /// A [reserved](super::Build::reserve) number; 0 for the next.
    pub cm: i64,
    /// Where it is empty, the beginning of the intro is taken; Moodle does so for labels.
    pub name: String,
    pub intro: Text,
    pub show_intro: bool,
    pub visible: bool,
    /// Reached by its address, and not shown on the course page.
    pub stealth: bool,
    pub indent: i64,
    /// One that another activity has is left out, as a Moodle does.
    pub idnumber: String,
    /// JSON of restrictions.
    pub availability: Option<String>,
    /// 0 none, 1 ticked by hand, 2 by rules: the rule is then that it was looked at.
    pub completion: i64,
    /// Of the module's areas: `intro`, `content`, `chapter` … A component is not needed.
    pub files: Vec<File>,
    pub content: Content,
}

impl NewActivity {
    pub fn new(name: impl Into<String>, content: Content) -> Self {
        NewActivity {
            cm: 0,
            name: name.into(),
            intro: Text::default(),
            show_intro: false,
            visible: true,
            stealth: false,
            indent: 0,
            idnumber: String::new(),
            availability: None,
            completion: 0,
            files: Vec::new(),
            content,
        }
    }

    /// An activity of an outline, with its content, under the next number.
    pub fn of(a: &Activity, content: Content) -> Self {
        NewActivity {
            intro: a.intro.clone(),
            show_intro: a.show_intro,
            visible: a.visible,
            stealth: a.stealth,
            indent: a.indent,
            idnumber: a.idnumber.clone(),
            availability: a.availability.clone(),
            completion: a.completion,
            files: a.files.clone(),
            ..NewActivity::new(a.name.clone(), content)
        }
    }

    /// The same with one more file.
    pub fn with(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }
}
