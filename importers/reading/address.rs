//! Addresses: of pages, as a way from one to another; of elsewhere, made whole.

use super::plan::relative;
use parcours_mbz::links::encode;

/// The way to a page; the place in it is behind `#`.
pub fn way(page: &str, to: &str) -> String {
    let (path, place) = to.split_once('#').map_or((to, None), |(p, f)| (p, Some(f)));
    let href = encode(&relative(page, path));
    match place {
        Some(place) if path == page => format!("#{place}"),
        Some(place) => format!("{href}#{place}"),
        None => href,
    }
}

/// An address as it is on the site that the course came from.
pub fn absolute(address: &str, site: &str) -> Option<String> {
    let scheme = address.split_once(':').map(|(s, _)| s.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https" | "mailto" | "tel") => return Some(address.to_owned()),
        Some(s) if !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')) => return None,
        _ => {}
    }
    if let Some(rest) = address.strip_prefix("//") {
        return Some(format!("https://{rest}"));
    }
    let origin = site.split_once("//").map(|(s, r)| format!("{s}//{}", r.split('/').next().unwrap_or_default()))?;
    address.starts_with('/').then(|| origin + address)
}

/// An address of the web, of mail or of a telephone that every reader takes: what may not stand in one is encoded. Nothing where it has no host.
pub fn whole(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once(':')?;
    let scheme = scheme.trim().to_ascii_lowercase();
    let mut out = format!("{scheme}:");
    let rest = if matches!(scheme.as_str(), "http" | "https") {
        let rest = rest.trim_start_matches('/');
        let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        // Names and passwords in addresses mislead people, and hosts are written in letters that every reader knows.
        let url = ammonia::Url::parse(&format!("{scheme}://{host}")).ok().filter(|_| !host.contains('@'))?;
        out.push_str("//");
        out.push_str(
            url.host_str()
                .filter(|h| !h.contains(['[', '%', '!', '$', '*', '(', ')', '~', ',', ';', '=', '+', '&', '\'']))
                .filter(|h| !h.starts_with('.'))?,
        );
        out.extend(url.port().map(|p| format!(":{p}")));
        rest
    } else if matches!(scheme.as_str(), "mailto" | "tel") {
        rest
    } else {
        return None;
    };
    let mut fragment = false;
    let bytes = rest.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let escape = |n: usize| bytes.get(at + 1..at + n).is_some_and(|h| h.len() == 2 && h.iter().all(u8::is_ascii_hexdigit));
        match byte {
            b'#' if fragment => out.push_str("%23"),
            b'%' if !escape(3) => out.push_str("%25"),
            b'#' => {
                fragment = true;
                out.push('#');
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(*byte)),
            b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'@' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'='
            | b'%' => {
                out.push(char::from(*byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_whole_or_dropped() {
        for (from, to) in [
            ("HTTP://é.example.org/a b[1]#x#y%", Some("http://xn--9ca.example.org/a%20b%5B1%5D#x%23y%25")),
            ("https:///x.org", Some("https://x.org")),
            ("http://", None),
            ("http://a b/", None),
            ("http://x:y/", None),
            ("http://somebody:secret@x.org/", None),
            ("mailto:a@b.org", Some("mailto:a@b.org")),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
        ] {
            assert_eq!(whole(from).as_deref(), to, "{from}");
        }
        assert_eq!(absolute("/mod/x", "https://m.org/moodle").as_deref(), Some("https://m.org/mod/x"));
        assert_eq!((absolute("x.html", "https://m.org"), absolute("javascript:x", "https://m.org")), (None, None));
        assert_eq!(absolute("//c.org/x", "").as_deref(), Some("https://c.org/x"));
    }
}
