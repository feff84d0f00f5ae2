//! An archive as the outline of a course, and an outline as an archive.
//!
//! | function | gives |
//! |---|---|
//! | [`read`] | sections, activities, files, blocks: small, however large the archive |
//! | [`content`] | what one activity holds, without what people did in it |
//! | [`posts`], [`pages`] | what a forum and a wiki hold, one at a time |
//! | [`people`] | names, for those who show who wrote what |
//! | [`Build`] | a new archive, in the shape of Moodle 4.1 |
//!
//! What an archive lacks is empty here: a course without its course.xml still has its activities.

mod build;
mod content;
mod files;
mod modules;
mod posts;
mod read;
mod record;

pub use build::{Build, Info, NewActivity, NewSection, Stored, mime};
pub use content::content;
pub use posts::{pages, people, posts};
pub use read::read;
