#![doc = include_str!("../README.md")]
// Not `forbid`: cwasm.rs is the one exception, and says why.
#![deny(unsafe_code)]

pub mod abilities;
mod bindings;
mod breaker;
mod budget;
mod cache;
mod call;
mod clock;
mod cwasm;
mod engine;
mod error;
mod gate;
mod host;
pub mod html;
mod limits;
mod module;
mod package;
mod state;
mod strings;

pub use abilities::services::Pair;
pub use bindings::exports::parcours::activity::module::{Card, Method, Outcome, Page, Request};
pub use bindings::parcours::activity::types::{Error as ModuleError, ErrorCode};
pub use breaker::Breaker;
pub use budget::Spent;
pub use call::Done;
pub use engine::Pool;
pub use error::{CallError, LoadError};
pub use gate::{Gate, Permit};
pub use host::{Host, Settings};
pub use limits::{CallLimits, Limits, PageLimits};
pub use module::{Event, Module};
pub use package::{Package, WORLD};
pub use strings::Strings;
