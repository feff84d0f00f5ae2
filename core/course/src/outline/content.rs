//! What an activity holds, beside its name and intro (MBZ-FORMAT §12).

use super::Quiz;
use crate::Text;
use serde::{Deserialize, Serialize};

/// By module. Where nothing follows, all there is to see is in the intro and the files.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    Label,
    Page(Text),
    Url(String),
    /// Files of area `content`.
    Resource,
    /// Files of area `content`.
    Folder,
    /// In their order. Files are of area `chapter`, by the chapter's number.
    Book(Vec<Chapter>),
    /// Without what was written in it.
    Forum(Forum),
    /// By title, each as it was last saved.
    Wiki(Vec<WikiPage>),
    Quiz(Quiz),
    Assign(Assign),
    /// In the order of the archive. Files are of areas `entry` and `attachment`, by the entry's number.
    Glossary(Vec<Entry>),
    Choice(Choice),
    /// By their position.
    Feedback(Vec<Item>),
    /// In the order a reader who always goes on sees them.
    Lesson(Vec<LessonPage>),
    Data,
    H5p,
    Scorm,
    Imscp,
    Lti(Lti),
    Workshop,
    Subsection,
    #[default]
    Other,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Chapter {
    pub id: i64,
    pub title: String,
    /// Below the last that is none.
    pub sub: bool,
    pub hidden: bool,
    pub content: Text,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Forum {
    /// `general`, `news`, `single`, `eachuser`, `qanda`, `blog`, `social`.
    pub kind: String,
}

/// A thread of a forum.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Discussion {
    pub id: i64,
    pub name: String,
    /// Number of the post it begins with.
    pub first: i64,
    pub pinned: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Post {
    pub id: i64,
    /// 0 at the beginning of a discussion. May follow later in the archive.
    pub parent: i64,
    pub subject: String,
    pub message: Text,
    /// Unix seconds.
    pub created: i64,
    /// Unix seconds.
    pub modified: i64,
    pub user: i64,
    /// The user it is for alone; 0 for everybody.
    pub private: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WikiPage {
    pub id: i64,
    /// The wiki of one group or one person, where each has its own. Files are of area `attachments`, by this number.
    pub subwiki: i64,
    pub title: String,
    /// Its source. In `creole` and `nwiki` the format says plain.
    pub content: Text,
    /// `html`, `creole`, `nwiki`.
    pub markup: String,
    /// Unix seconds.
    pub modified: i64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Assign {
    /// From when work is taken, in Unix seconds; 0 is always.
    pub open: i64,
    /// Unix seconds; 0 is none.
    pub due: i64,
    /// Unix seconds; 0 is none.
    pub cutoff: i64,
    /// Points; below 0, a scale; 0 for no grade.
    pub grade: i64,
    /// What to do, shown when one hands in (from 4.0 on).
    pub activity: Text,
    /// Text written in the browser is taken.
    pub text: bool,
    /// Files are taken, at most this many; 0 for none.
    pub files: i64,
}

/// Of a glossary.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Entry {
    pub id: i64,
    pub concept: String,
    pub definition: Text,
    pub aliases: Vec<String>,
    /// Names.
    pub categories: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Choice {
    pub options: Vec<String>,
    /// Several may be chosen.
    pub multiple: bool,
}

/// Of a feedback.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Item {
    pub id: i64,
    /// `label`, `info`, `multichoice`, `multichoicerated`, `numeric`, `textarea`, `textfield`, `captcha`, `pagebreak`.
    pub kind: String,
    pub name: String,
    pub label: String,
    /// By kind: the HTML of a label, `r>>>>>a|b|c` of choices, `from|to` of a number, `width|length` of a text.
    pub presentation: String,
    pub required: bool,
    /// Asked only after [`answer`](Self::answer) to this item; 0 for always.
    pub depends: i64,
    pub answer: String,
    /// Letters, by kind.
    pub options: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LessonPage {
    pub id: i64,
    /// 1 short answer, 2 true or false, 3 choice, 5 matching, 8 number, 10 essay, 20 content, 21 end of branch, 30 cluster, 31 end of cluster.
    pub kind: i64,
    pub title: String,
    pub content: Text,
    pub answers: Vec<Answer>,
}

/// An answer of a lesson page, or a button of a content page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Answer {
    pub id: i64,
    pub text: Text,
    pub response: Text,
    /// A page's number; 0 this page, -1 the next, -9 the end, -40 the one before.
    pub jump: i64,
    pub score: f64,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Lti {
    /// Where the tool is launched; empty where only the site it came from knows.
    pub url: String,
    /// Lines of `name=value`.
    pub parameters: String,
    /// 1 as the site has it, 2 within the page, 3 without blocks, 4 in a new window.
    pub window: i64,
    /// Points; below 0, a scale; 0 for no grade.
    pub grade: i64,
    pub icon: String,
}
