//! What a module may ask of the host: one file an interface of `activity.wit`, each with the contract the caller implements and its
//! connection to the sandbox.
//!
//! The caller gives an owned object with all of them to a call and gets it back afterwards, so it may own the database transaction: commit it
//! on `Ok`, roll it back on any error. The object lives for one call and knows who asks and where; scoping to the activity is its duty,
//! limits and the ban on writing in a `view` are this crate's.

pub mod context;
mod fault;
pub mod files;
pub mod records;
pub mod services;
mod transfer;

pub use context::Context;
pub use fault::{Fault, Refused};
pub use files::Files;
pub use records::Records;
pub use services::Services;
pub use transfer::{Reader, Writer};

use crate::html::Expander;
use std::any::Any;

/// Everything one call may ask for. Implement the parts; the whole follows.
///
/// [`Any`] lets the caller turn the box it gets back into its own type again, with the transaction inside.
pub trait Abilities: Any + Context + Records + Files + Services + Expander + Send {}

impl<T: Context + Records + Files + Services + Expander + Send + 'static> Abilities for T {}
