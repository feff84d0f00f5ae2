//! Accounts of the domain.

use crate::chance::dice;
use crate::{ActionError, App, Result, password};
use parcours_store::accounts::{self, NewAccount};

/// A new account, or a new password for one that is there (imported people cannot log in until they have one).
#[derive(Debug, Clone, Default)]
pub struct NewUser {
    pub username: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub password: String,
    /// Given; never taken away here.
    pub admin: bool,
}

/// Adds or completes an account and answers with its number.
///
/// # Errors
/// `Invalid` for a name or password that will not do.
pub fn add(app: &App, user: &NewUser) -> Result<i64> {
    let mut salt = [0u8; 16];
    dice(&mut salt)?;
    let hash = password::hash(&user.password, &salt).map_err(|message| ActionError::Invalid { field: Some("password".into()), message })?;
    let username = user.username.trim().to_lowercase();
    if username.is_empty() || username.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(ActionError::Invalid { field: Some("username".into()), message: "a user name has no spaces and is not empty".into() });
    }
    let new = NewAccount {
        username: username.clone(),
        email: user.email.clone(),
        firstname: user.first_name.clone(),
        lastname: user.last_name.clone(),
        password: Some(hash.clone()),
        admin: user.admin,
        now: app.now(),
        ..NewAccount::default()
    };
    let admin = user.admin;
    app.domain.write(move |mut w| {
        let mut add = || -> Result<i64> {
            let Some(known) = accounts::find(&w, &username)? else {
                return Ok(accounts::create(&mut w, &new)?);
            };
            accounts::set_password(&mut w, known.id, Some(&hash))?;
            if admin {
                accounts::set_admin(&mut w, known.id, true)?;
            }
            Ok(known.id)
        };
        let done = add();
        (w, done)
    })
}
