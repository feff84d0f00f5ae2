//! Addresses: built, never pasted together.

/// An address of the activity's own pages: a route and its query, encoded.
///
/// The host says where a route is ([`crate::Cx::url`]); what is added here is the query, which is part of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    path: String,
    query: String,
    fragment: String,
}

impl Url {
    pub(crate) fn new(path: String) -> Url {
        Url { path, query: String::new(), fragment: String::new() }
    }

    /// Adds a parameter; an empty value is left out.
    pub fn q(self, name: &str, value: impl ToString) -> Url {
        self.with(name, &value.to_string())
    }

    #[inline(never)]
    fn with(mut self, name: &str, value: &str) -> Url {
        if !value.is_empty() {
            self.query.push(if self.query.is_empty() && !self.path.contains('?') { '?' } else { '&' });
            encode(name, &mut self.query);
            self.query.push('=');
            encode(value, &mut self.query);
        }
        self
    }

    /// Points at an element of the page by the name it has in [`crate::html::El::id`].
    pub fn at(mut self, id: &str) -> Url {
        self.fragment = format!("#m-{id}");
        self
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}{}", self.path, self.query, self.fragment)
    }
}

impl From<Url> for String {
    fn from(u: Url) -> String {
        u.to_string()
    }
}

fn encode(s: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for b in s.bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(b));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(b >> 4)]));
            out.push(char::from(HEX[usize::from(b & 15)]));
        }
    }
}

/// Whether an address written by a stranger may become a link: absolute `http`, `https` or `mailto` (no browser opens `ftp` any more), without
/// the control characters, spaces and backslashes that browsers drop or turn while they read it.
pub fn is_safe_external(url: &str) -> bool {
    if url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return false;
    }
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|host| !host.is_empty() && !host.starts_with('/')),
        "mailto" => rest.contains('@'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_encoded() {
        let u = Url::new("/course/1/forum/2/search".into()).q("q", "l'été & moi").q("none", "").q("page", 2).at("list");
        assert_eq!(u.to_string(), "/course/1/forum/2/search?q=l%27%C3%A9t%C3%A9%20%26%20moi&page=2#m-list");
    }

    #[test]
    fn only_plain_absolute_addresses_are_safe() {
        for good in ["https://example.org/a?b=c#d", "HTTP://example.org", "mailto:a@example.org"] {
            assert!(is_safe_external(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:x",
            "data:text/html,x",
            "//example.org",
            "https:",
            "https:///x",
            "vbscript:x",
            "",
            "example.org",
            "mailto:",
            "ftp://example.org/f",
            "https:\\\\example.org",
            "file:///etc/passwd",
            "blob:https://x/",
        ] {
            assert!(!is_safe_external(bad), "{bad}");
        }
    }
}
