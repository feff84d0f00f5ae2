//! Passwords: argon2id, 19 MiB, two passes (SECURITY §6).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// Shortest password accepted for a new account, in characters.
pub const SHORTEST: usize = 8;
/// Longest, in bytes: hashing is not a way to keep the machine busy.
pub const LONGEST: usize = 1024;

/// A real hash of a password nobody has, so that an unknown user costs what a known one does.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cGFyY291cnMtbm9ib2R5IQ$7Zb1mG2bX6mJm2fJmPq6y0Zq3yI2tq8m4bXc0wq1Y2E";

/// The text to store for a password.
///
/// # Errors
/// A password too short or too long, in words for the person.
pub fn hash(password: &str, salt: &[u8; 16]) -> Result<String, String> {
    if password.chars().count() < SHORTEST {
        return Err(format!("a password has at least {SHORTEST} characters"));
    }
    if password.len() > LONGEST {
        return Err(format!("a password has at most {LONGEST} bytes"));
    }
    Argon2::default().hash_password_with_salt(password.as_bytes(), salt).map(|h| h.to_string()).map_err(|e| e.to_string())
}

/// Whether the password is the one that was stored; takes as long when nothing is stored.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    if password.len() > LONGEST {
        return false;
    }
    let Ok(parsed) = PasswordHash::new(stored.unwrap_or(NOBODY)) else {
        return false;
    };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_password_and_no_other() {
        let stored = hash("parcours-2026", &[7; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("parcours-2026", Some(&stored)));
        assert!(!verify("parcours-2027", Some(&stored)));
        assert!(!verify("parcours-2026", None));
    }

    #[test]
    fn nobody_costs_a_full_hash() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }

    #[test]
    fn short_passwords_are_refused() {
        assert!(hash("court", &[0; 16]).is_err());
    }
}
