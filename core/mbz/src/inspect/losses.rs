//! What would be lost where.

use crate::container::Input;
use crate::error::Error;
use crate::limits::Limits;
use crate::validate::{Release, Verdict, for_releases};

/// What each stock Moodle would refuse, drop or degrade, oldest first: 4.1, 4.5, 5.1. What would be lost here is in [`Inventory::report`](super::Inventory::report).
///
/// A reading of its own, slower than [`inspect`](super::inspect) since what points at what is looked at too.
///
/// # Errors
/// As [`validate`](crate::validate()).
pub fn losses(input: impl Input + 'static, limits: &Limits) -> Result<[Verdict; 3], Error> {
    for_releases(input, limits, Release::ALL)
}
