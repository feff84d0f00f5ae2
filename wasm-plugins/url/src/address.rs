//! What an author typed as an address, and whether it may be followed.

use parcours_sdk::is_safe_external;

/// An author's address.
#[derive(Debug, PartialEq)]
pub enum Address {
    Empty,
    /// May become a link.
    Safe(String),
    /// Shown as text, with a warning: a script, a local file, a scheme no browser opens.
    Unsafe(String),
}

/// Reads an address as Moodle does: white space around it does not count, spaces in it are encoded, and without a scheme it is `http`.
pub fn read(typed: &str) -> Address {
    let typed = typed.trim();
    if typed.is_empty() {
        return Address::Empty;
    }
    let encoded = typed.replace(' ', "%20");
    let full = if has_scheme(&encoded) || encoded.starts_with('/') { encoded } else { format!("http://{encoded}") };
    if is_safe_external(&full) { Address::Safe(full) } else { Address::Unsafe(typed.to_owned()) }
}

/// `word:` at the beginning, unless what follows is a port (`example.org:8080/`).
fn has_scheme(s: &str) -> bool {
    let Some((word, rest)) = s.split_once(':') else { return false };
    let port = rest.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.');
    !port && !word.contains(['/', '?', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_links() {
        let safe = |s: &str| Address::Safe(s.into());
        assert_eq!(read(" https://example.org/?a=1&b=2#é "), safe("https://example.org/?a=1&b=2#é"));
        assert_eq!(read("example.org/a b"), safe("http://example.org/a%20b"));
        assert_eq!(read("example.org:8080/x"), safe("http://example.org:8080/x"));
        assert_eq!(read("example.org/?u=https://x"), safe("http://example.org/?u=https://x"));
        assert_eq!(read("mailto:a@example.org"), safe("mailto:a@example.org"));
    }

    #[test]
    fn scripts_and_other_schemes_are_not() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//example.org",
            "/mod/x",
            "vbscript:x",
            "ftp://example.org/f",
            "https:\\\\example.org",
        ] {
            assert!(matches!(read(bad), Address::Unsafe(_)), "{bad}");
        }
        assert_eq!(read("  "), Address::Empty);
    }
}
