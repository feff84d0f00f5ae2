//! Where chance enters: nowhere else.

use crate::{ActionError, Result};
use rustix::rand::{GetRandomFlags, getrandom};

/// Fills a buffer with random bytes of the system.
pub(crate) fn dice(buffer: &mut [u8]) -> Result<()> {
    let mut at = 0;
    while let Some(rest) = buffer.get_mut(at..).filter(|r| !r.is_empty()) {
        at += getrandom(rest, GetRandomFlags::empty()).map_err(|e| ActionError::Io { doing: "asking for randomness".into(), source: e.into() })?;
    }
    Ok(())
}

/// `N` random bytes in hexadecimal.
pub(crate) fn name<const N: usize>() -> Result<String> {
    let mut bytes = [0u8; N];
    dice(&mut bytes)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}
