//! For authors of activity modules.
//!
//! A module is a type with [`Activity`] and one line, [`export!`]. It sees a [`Cx`] (who, where, records, files, strings), answers with HTML made by
//! [`html`] and [`pc`], and is tested with `cargo test` on [`test::Host`], which keeps the same rules as the sandbox.
//!
//! ```
//! use parcours_sdk::{Activity, Cx, Outcome, Page, Request, Result, html::*, pc};
//!
//! parcours_sdk::record! {
//!     struct Page_ in "instance" { name: String }
//! }
//!
//! struct Demo;
//! impl Activity for Demo {
//!     fn view(cx: &Cx, _: &Request) -> Result<Outcome> {
//!         let page: Page_ = cx.instance()?;
//!         let html = div().child(pc::text("instance", page.id, "content")).child(small().text("…"));
//!         Ok(Page::new(page.name, html).into())
//!     }
//! }
//! parcours_sdk::export!(Demo);
//! ```
#![deny(unsafe_code)]

mod activity;
mod cx;
mod error;
mod form;
mod host;
pub mod html;
pub mod pc;
pub mod php;
mod query;
pub mod record;
mod request;
#[cfg(not(target_arch = "wasm32"))]
pub mod test;
pub mod time;
mod url;
mod value;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod wasm;

pub use activity::{Activity, Card, Outcome, Page};
pub use cx::Cx;
pub use error::{Code, Error, Result};
pub use form::Faults;
pub use host::{FileInfo, GroupMode, Host, Level, Place, Savepoint, User};
pub use html::Html;
pub use query::{Agg, All, Cmp, Cond, Filter, Query, Rows, all, any};
pub use record::{Record, Row};
pub use request::{Method, Request};
pub use url::{Url, is_safe_external};
pub use value::{FromValue, Value};

/// Makes a type with [`Activity`] the module's one export. Outside the sandbox it does nothing.
#[macro_export]
macro_rules! export {
    ($activity:ident) => {
        #[cfg(target_arch = "wasm32")]
        #[allow(unsafe_code)]
        mod parcours_export {
            type Guest = $crate::wasm::Guest<super::$activity>;
            $crate::wasm::bindings::export_module!(Guest with_types_in $crate::wasm::bindings);
        }
    };
}
