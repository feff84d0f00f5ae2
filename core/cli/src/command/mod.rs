//! One file a command; the comment on its arguments is its help.

pub mod convert;
pub mod course;
pub mod export;
pub mod import;
pub mod inspect;
pub mod module;
pub mod serve;
pub mod user;
pub mod validate;
