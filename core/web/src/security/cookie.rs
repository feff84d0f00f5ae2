//! The two cookies: the session, and the language somebody chose.

use axum::http::{HeaderMap, HeaderValue, header};

/// Long before this many characters a token is not one of ours.
const LONGEST: usize = 128;

/// Over TLS the prefix makes browsers refuse it from other hosts, paths and plain http; on http://127.0.0.1 they would refuse the prefix itself.
fn name(tls: bool) -> &'static str {
    if tls { "__Host-parcours" } else { "parcours" }
}

/// The session token the browser sent.
pub(crate) fn session(headers: &HeaderMap, tls: bool) -> Option<String> {
    find(headers, name(tls)).filter(|v| !v.is_empty() && v.len() <= LONGEST && v.bytes().all(|b| b.is_ascii_alphanumeric())).map(str::to_owned)
}

/// Opens the session in the browser; it ends with the browser or with the server's own limit.
pub(crate) fn open(token: &str, tls: bool) -> Option<HeaderValue> {
    let secure = if tls { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}", name(tls)).parse().ok()
}

/// Takes the session out of the browser.
pub(crate) fn close(tls: bool) -> Option<HeaderValue> {
    let secure = if tls { "; Secure" } else { "" };
    format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}", name(tls)).parse().ok()
}

/// The chosen language's code, as sent.
pub(crate) fn lang(headers: &HeaderMap) -> Option<&str> {
    find(headers, "lang")
}

/// Remembers a language for a year. It names nobody, so scripts could read it; none does.
pub(crate) fn keep_lang(code: &str, tls: bool) -> Option<HeaderValue> {
    let secure = if tls { "; Secure" } else { "" };
    format!("lang={code}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}").parse().ok()
}

fn find<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(n, _)| *n == name).map(|(_, v)| v))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(cookie: &str) -> HeaderMap {
        let mut h = HeaderMap::new();
        h.insert(header::COOKIE, cookie.parse().expect("a header"));
        h
    }

    #[test]
    fn over_tls_only_the_prefixed_cookie_counts() {
        assert_eq!(session(&sent("parcours=abc"), true), None);
        assert_eq!(session(&sent("lang=fr; __Host-parcours=abc"), true).as_deref(), Some("abc"));
        assert_eq!(session(&sent("parcours=abc"), false).as_deref(), Some("abc"));
    }

    #[test]
    fn what_is_no_token_is_nobody() {
        for odd in ["parcours=", "parcours=a b", "parcours=\"x\"", "xparcours=abc", "parcours", &format!("parcours={}", "a".repeat(200))] {
            assert_eq!(session(&sent(odd), false), None, "{odd}");
        }
    }

    #[test]
    fn flags_are_set() {
        let text = |v: Option<HeaderValue>| v.and_then(|v| v.to_str().map(str::to_owned).ok()).unwrap_or_default();
        let tls = text(open("abc", true));
        for flag in ["__Host-parcours=abc", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(tls.contains(flag), "{tls}");
        }
        assert!(!tls.contains("Domain"));
        assert!(!text(open("abc", false)).contains("Secure"));
        assert!(text(close(true)).contains("Max-Age=0"));
    }
}
