//! Logging in and out, and who is asking.

use crate::{ActionError, App, Result, chance, password};
use parcours_store::{accounts, attempts, sessions};

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

/// Tries of one account and of one address in a minute (SECURITY §4).
const ACCOUNT_TRIES: i64 = 5;
const ADDRESS_TRIES: i64 = 30;
const WINDOW: i64 = 60;
/// Seconds without a request, and in all, after which a session is over.
const IDLE: i64 = 2 * 3600;
const LONGEST: i64 = 12 * 3600;
/// Sessions one account may have; the one unused longest makes room.
const PARALLEL: usize = 5;
/// The last use is written down at most this often.
const TOUCH: i64 = 60;

/// Checks a password and opens a session.
///
/// An unknown user costs what a wrong password costs, and is told the same (SECURITY F09).
///
/// # Errors
/// `Invalid` for a wrong name or password, `TooMany` when the account (5 a minute) or the address (30 a minute) failed too often.
pub fn login(app: &App, username: &str, given: &str, address: &str) -> Result<Session> {
    let now = app.now();
    let username = username.trim().to_lowercase();
    let (by_name, by_address) = (format!("account:{username}"), format!("address:{address}"));
    let account = {
        let read = app.domain.read()?;
        for (subject, most) in [(&by_name, ACCOUNT_TRIES), (&by_address, ADDRESS_TRIES)] {
            let failed = attempts::failures(&read, subject, now, WINDOW)?;
            if failed.count >= most {
                return Err(ActionError::TooMany(u64::try_from(failed.since + WINDOW - now).unwrap_or(1).max(1)));
            }
        }
        accounts::find(&read, &username)?.filter(|a| !a.suspended)
    };
    let stored = account.as_ref().and_then(|a| a.password.as_deref());
    let right = password::verify(given, stored);
    let Some(account) = account.filter(|_| right) else {
        app.domain.write(move |mut w| {
            let done = attempts::fail(&mut w, &by_name, now, WINDOW).and_then(|_| attempts::fail(&mut w, &by_address, now, WINDOW));
            (w, done.map(drop).map_err(ActionError::from))
        })?;
        return Err(ActionError::Invalid { field: Some("password".into()), message: "the name or the password is wrong".into() });
    };
    let token = chance::name::<32>()?;
    let session =
        sessions::Session { token: key(&token), account: account.id, created: now, used: now, address: address.to_owned(), agent: String::new() };
    app.domain.write(move |mut w| {
        let mut begin = || -> Result<()> {
            attempts::clear(&mut w, &by_name)?;
            for old in sessions::list(&w, session.account)?.into_iter().skip(PARALLEL - 1) {
                sessions::end(&mut w, &old.token)?;
            }
            sessions::expire(&mut w, now - IDLE, now - LONGEST)?;
            Ok(sessions::begin(&mut w, &session)?)
        };
        let done = begin();
        (w, done)
    })?;
    Ok(Session { token, viewer: Viewer::of(&account) })
}

/// Ends a session; unknown tokens are fine.
pub fn logout(app: &App, token: &str) -> Result<()> {
    let key = key(token);
    app.domain.write(move |mut w| {
        let done = sessions::end(&mut w, &key).map(drop).map_err(ActionError::from);
        (w, done)
    })
}

/// Who holds this token: `None` when it is unknown, idle for 2 hours or older than 12.
pub fn viewer(app: &App, token: &str) -> Result<Option<Viewer>> {
    let now = app.now();
    let key = key(token);
    let read = app.domain.read()?;
    let Some(session) = sessions::find(&read, &key)?.filter(|s| s.used > now - IDLE && s.created > now - LONGEST) else {
        return Ok(None);
    };
    let account = accounts::get(&read, session.account)?;
    if session.used < now - TOUCH {
        // Nobody waits for it, and a lost one only shortens the session.
        drop(app.domain.submit::<(), ActionError>(move |mut w| {
            let done = sessions::touch(&mut w, &key, now).map_err(ActionError::from);
            (w, done)
        }));
    }
    Ok(account.filter(|a| !a.suspended).map(|a| Viewer::of(&a)))
}

/// The form token of a session: derived from the session's token, so nothing is stored.
pub fn csrf(token: &str) -> String {
    blake3::derive_key("parcours 2026 form token", token.as_bytes()).iter().take(16).map(|b| format!("{b:02x}")).collect()
}

impl Viewer {
    pub(crate) fn of(a: &accounts::Account) -> Viewer {
        let name = format!("{} {}", a.firstname, a.lastname).trim().to_owned();
        Viewer { account: a.id, name: if name.is_empty() { a.username.clone() } else { name }, username: a.username.clone(), admin: a.admin }
    }
}

fn key(token: &str) -> String {
    sessions::hash(token.as_bytes())
}
