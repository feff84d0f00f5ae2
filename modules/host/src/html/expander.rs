//! What the host's elements need to know from outside.

use crate::abilities::Fault;

/// Answers for the host's elements, in the reader's language and with the reader's rights. Texts are plain; they are escaped here.
pub trait Expander {
    /// A person by number in the course; `None` for nobody, or somebody the reader may not see.
    fn person(&mut self, number: i64) -> Result<Option<Person>, Fault>;
    /// The name of a group of the course; `None` for one that is not there, or that the reader may not know of. Asked once a page for each.
    fn group(&mut self, number: i64) -> Result<Option<String>, Fault> {
        let _ = number;
        Ok(None)
    }
    /// A time for people; `style` as in [`crate::abilities::Services::format_time`].
    fn date(&mut self, time: i64, style: &str) -> Result<String, Fault>;
    /// Rich text of a record of this activity, already sanitised; it is put on the page as it stands. `None` when there is no such record.
    fn rich_text(&mut self, table: &str, id: i64, column: &str) -> Result<Option<String>, Fault>;
    /// The files of an item of an area of this activity.
    fn attachments(&mut self, area: &str, item: i64) -> Result<Vec<Attachment>, Fault>;
    /// The form token of the reader's session.
    fn form_token(&mut self) -> Result<String, Fault>;
    /// A size for people: `12 KB`.
    fn file_size(&mut self, bytes: u64) -> String;
    /// One of the host's own words.
    fn phrase(&mut self, phrase: Phrase) -> String {
        phrase.english().to_owned()
    }
}

/// A person, as shown on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub name: String,
    /// The profile, where the reader may see it.
    pub url: Option<String>,
}

/// A file, as listed on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    pub name: String,
    pub url: String,
    pub size: u64,
}

/// Words the host puts on a module's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phrase {
    /// In place of a person that is not known or not shown.
    UnknownPerson,
    /// Before the number of a group whose name is not known or not shown.
    Group,
    /// Behind the label of a field that must be filled in.
    Required,
    /// Before the message of a field's error, for those who do not see its colour.
    Error,
    Previous,
    Next,
    /// Name of the navigation between pages.
    Pages,
    /// Name of the list of files a field has already.
    Files,
}

impl Phrase {
    pub fn english(self) -> &'static str {
        match self {
            Phrase::UnknownPerson => "Unknown person",
            Phrase::Group => "Group",
            Phrase::Required => "(required)",
            Phrase::Error => "Error:",
            Phrase::Previous => "Previous",
            Phrase::Next => "Next",
            Phrase::Pages => "Pages",
            Phrase::Files => "Files already there",
        }
    }
}
