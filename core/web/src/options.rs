use crate::{Error, Result};
use std::net::IpAddr;
use std::time::Duration;

/// How the shell is set up.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The address people type, `https://parcours.example.org`, when a proxy stands in front. It decides which `Origin` is ours and, when it begins with
    /// `https`, that the cookie is `__Host-` and `Secure` and that HSTS is sent. `None`: plain http on the address listened to.
    pub public: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed (SECURITY F11). Anybody else's is ignored.
    pub proxies: Vec<IpAddr>,
    pub limits: Limits,
}

impl Options {
    /// Whether people reach this server through TLS.
    pub(crate) fn tls(&self) -> bool {
        self.public.as_deref().is_some_and(|p| p.starts_with("https://"))
    }

    /// # Errors
    /// [`Error::PublicAddress`] when the public address has a path or no host: `Origin` could never equal it.
    pub(crate) fn check(&self) -> Result<()> {
        let Some(public) = &self.public else { return Ok(()) };
        let host = public.strip_prefix("https://").or_else(|| public.strip_prefix("http://"));
        match host {
            Some(h) if !h.is_empty() && !h.contains(['/', '?', '#', '@', ' ']) => Ok(()),
            _ => Err(Error::PublicAddress(public.clone())),
        }
    }
}

/// What one request, and all of them together, may use. Reaching a limit is an answer of its own (413, 429, 503), never a cut.
#[derive(Debug, Clone)]
pub struct Limits {
    /// One archive to import, in bytes.
    pub archive_bytes: u64,
    /// All files of one form together, in bytes.
    pub upload_bytes: u64,
    /// All text fields of one form together, in bytes.
    pub form_bytes: usize,
    /// Fields and files of one form.
    pub parts: usize,
    /// Actions running at a time.
    pub working: usize,
    /// Actions running or waiting; the next one is told to come back.
    pub in_flight: usize,
    /// How long an action may wait for its turn.
    pub patience: Duration,
    /// Imports being received and exports being written at a time.
    pub long: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Limits {
            archive_bytes: 2 << 30,
            upload_bytes: 100 << 20,
            form_bytes: 1 << 20,
            parts: 1000,
            working: (2 * cores).max(4),
            in_flight: (64 * cores).max(128),
            patience: Duration::from_secs(5),
            long: 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_scheme_and_host() {
        let ok = |p: &str| Options { public: Some(p.to_owned()), ..Options::default() }.check().is_ok();
        assert!(ok("https://parcours.example.org") && ok("http://127.0.0.1:8080"));
        for bad in ["parcours.example.org", "https://", "https://a/b", "ftp://a", "https://a/"] {
            assert!(!ok(bad), "{bad}");
        }
    }
}
