//! What people read of a reading, a conversion, an inventory or a verdict: a text for a terminal, a page for a browser, JSON for programs.
//!
//! A page is one file that needs no other: it carries its style, follows light and dark, has a heading for each part and a header for each column, and links above its
//! lists show one of them alone, without a script. Names come from archives and are hostile: [`escape`] is the only way they get onto a page or a terminal.
//!
//! | what | text | page | JSON |
//! |---|---|---|---|
//! | [`Report`](parcours_course::Report) | [`text`] | [`html`] | [`json`] |
//! | [`Inventory`](parcours_mbz::Inventory) | [`inventory_text`] | [`inventory_html`] | |
//! | [`Verdict`](parcours_mbz::validate::Verdict) | | [`verdict_html`] | |

pub mod escape;
mod findings;
mod inventory;
mod page;
mod verdict;
pub mod words;

pub use findings::{html, json, text};
pub use inventory::{inventory_html, inventory_text};
pub use page::Head;
pub use verdict::verdict_html;
