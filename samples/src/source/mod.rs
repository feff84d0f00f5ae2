//! The readable sources of a sample: a folder of small text files.

mod activity;
mod course;
mod people;
pub mod sheet;

pub use activity::{Activity, Discussion};
pub use course::{Course, Section};
pub use people::{People, Person};
pub use sheet::Block;
