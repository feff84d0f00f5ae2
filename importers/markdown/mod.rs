//! A tree of Markdown files, both ways.
//!
//! ```text
//! index.md                    the course: title, shortname, language, summary
//! 01-Owls/index.md            a section: title, summary
//! 01-Owls/01-Barn-owl.md      an activity; what it is stands above its text
//! 01-Owls/files/01-Barn-owl/  its files, linked from it
//! ```
//!
//! Above each text stand lines of `name: value` between two lines of `---`: `title`, `module` (`page`, `label`, `url`, `book`, `resource`, `folder` are read back as such,
//! others as pages), `url`, `visible`, `show_intro`, `cm` (of the archive it was written from). In a text, `<!-- content -->` ends the intro, and `<!-- chapter -->` or
//! `<!-- subchapter -->` begins a chapter of a book with its title in the next line. None of these lines is needed: a file without them is a page that is called by its first
//! heading or its name, a folder is a section, and any other file is a resource.

mod front;
mod inline;
mod page;
mod plan;
mod read;
mod rewrite;
mod tree;
mod write;

pub use read::read;
pub use write::write;

/// Ends the intro.
const CONTENT: &str = "<!-- content -->";
/// Begin a chapter of a book.
const CHAPTER: &str = "<!-- chapter -->";
const SUBCHAPTER: &str = "<!-- subchapter -->";
