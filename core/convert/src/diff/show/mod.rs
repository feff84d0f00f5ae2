//! A comparison, for people: as a text and as a page.

mod html;
mod say;
mod text;

pub use html::html;
pub use text::text;

#[cfg(test)]
mod tests;
