//! What the shell asks of the core records: typed, and only of courses that are live.

pub mod activities;
pub mod completion;
pub(crate) mod documents;
pub mod grades;
pub mod groups;
pub mod legacy;
pub mod people;
pub mod roles;
pub mod sections;
