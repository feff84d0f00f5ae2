//! Other formats, reader and writer together: one folder a format.
//!
//! A reader makes an archive ([`Unpacked`](parcours_mbz::Unpacked)) of another format, a writer makes another format of an archive; both say in a
//! [`Report`](parcours_course::Report) what had no place on the other side.
//!
//! | module | format |
//! |---|---|
//! | [`magistere`] | M@gistère courses and plain Moodle ones: what only that platform knows becomes the nearest stock thing, and back. |
//! | [`moodle_xml`] | Moodle's own question format in XML, both ways. |
//! | [`gift`] | GIFT, a question format people type, both ways. |
//! | [`qti`] | IMS QTI 2.1 and 3.0 assessment items, both ways. |
//! | [`common_cartridge`] | IMS Common Cartridge 1.1 to 1.3 and Thin Common Cartridge, both ways. |
//! | [`epub`] | EPUB 3: a course to read offline. |
//! | [`site`] | A static, accessible web site of a course. |
//! | [`markdown`] | A tree of Markdown files, both ways. |
//!
//! [`bank`] is what the question formats share, [`reading`] what the last three do: a course as pages.
#![forbid(unsafe_code)]

pub mod bank;
pub mod common_cartridge;
pub mod epub;
mod escape;
pub mod gift;
pub mod magistere;
pub mod markdown;
pub mod moodle_xml;
pub mod qti;
pub mod reading;
pub mod site;
