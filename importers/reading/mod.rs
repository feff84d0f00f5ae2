//! A course as pages to read: what the book, the site and the Markdown tree have in common.
//!
//! | module | does |
//! |---|---|
//! | `plan` | which pages there are, and which number of the archive leads where |
//! | `clean`, `parse`, `tidy`, `node` | from what somebody once wrote to a small tree of harmless, valid markup |
//! | `links`, `address`, `files`, `media` | links led to pages and files that come along |
//! | `desk`, `section`, `activity`, `quiz` | what stands on a page |
//! | `sink` | where files go |
//! | `course` | one page after the other, and what is reported of each |

pub mod activity;
pub mod address;
pub mod clean;
pub mod course;
pub mod desk;
pub mod files;
pub mod links;
pub mod media;
pub mod node;
pub mod parse;
pub mod plan;
pub mod quiz;
pub mod section;
pub mod sink;
pub mod tidy;
pub mod words;

pub use course::{Body, Reading};
pub use plan::{Kind, Page, Plan};
pub use sink::{Sink, Zipped, is_safe};

use parcours_course::Language;

/// What is wanted of a course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Of everything that is not the course's own: headings, names of kinds, the report.
    pub language: Language,
    /// Hidden sections, activities and chapters too.
    pub hidden: bool,
    /// People may be named, and what they wrote may be shown. Without this, [`forums`](Self::forums) has no effect.
    pub people: bool,
    /// Discussions with their posts.
    pub forums: bool,
    /// Pages of wikis. They name nobody by themselves.
    pub wikis: bool,
    /// Which answers of a quiz are right.
    pub answers: bool,
}

/// What a format asks of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Of the names of pages.
    pub end: &'static str,
    /// One folder a section, labels as pages of their own, no lists of what is in the folder.
    pub tree: bool,
    /// Types of files that a page can show; others are linked.
    pub shows: &'static [&'static str],
}
