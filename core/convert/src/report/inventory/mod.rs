//! An [`Inventory`](parcours_mbz::Inventory): what is in an archive, and what would be lost where.

mod facts;
mod html;
mod text;

pub use html::inventory_html;
pub use text::inventory_text;
