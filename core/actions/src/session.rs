//! Logging in and out, and who is asking.

use crate::{App, Result};

/// Who is asking, for one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    pub account: i64,
    pub username: String,
    /// First and last name.
    pub name: String,
    /// Whether this person runs the domain: sees every course, imports, exports, withdraws.
    pub admin: bool,
}

/// A fresh session.
#[derive(Debug, Clone)]
pub struct Session {
    /// 256 random bits in hexadecimal: the cookie's value. Only its hash is stored.
    pub token: String,
    pub viewer: Viewer,
}

/// Checks a password and opens a session.
///
/// The answer for an unknown user costs the same time and says the same as for a wrong password (SECURITY F09).
///
/// # Errors
/// `Invalid` for a wrong name or password, `TooMany` when the account (5 a minute) or the address (30 a minute) tried too often.
pub fn login(app: &App, username: &str, password: &str, address: &str) -> Result<Session> {
    let _ = (app, username, password, address);
    Err(crate::ActionError::NotFound)
}

/// Ends a session; unknown tokens are fine.
pub fn logout(app: &App, token: &str) -> Result<()> {
    let _ = (app, token);
    Ok(())
}

/// Who holds this token: `None` when it is unknown, idle for 2 hours or older than 12.
pub fn viewer(app: &App, token: &str) -> Result<Option<Viewer>> {
    let _ = (app, token);
    Ok(None)
}

/// The form token of a session: derived from the session's token, so nothing is stored.
pub fn csrf(token: &str) -> String {
    let _ = token;
    String::new()
}
