//! Where a login leads: the page that was asked for, on this host and nowhere else.

/// The path when it is one of ours, else the front page.
///
/// Browsers read `\` as `/`, drop tabs and line ends inside addresses and take `//host` for another host; so only a path that none of this can happen to counts.
pub(crate) fn safe(path: &str) -> &str {
    let ok = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 2000
        && !path.contains('\\')
        && !path.chars().any(|c| c.is_control() || c.is_whitespace() || !c.is_ascii())
        && !dotted(path)
        && !path.starts_with("/login")
        && !path.starts_with("/logout");
    if ok { path } else { "/" }
}

/// `.` and `..` segments, also encoded: a browser resolves `/.//host` to `//host`.
fn dotted(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or("");
    path.split('/').any(|s| matches!(s.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_ours_are_kept() {
        for good in [
            "/",
            "/course/12",
            "/course/12/forum/3/discussion?d=4&page=2",
            "/course/1/forum/2/search?q=l%27%C3%A9t%C3%A9",
            "/import/ab#x",
            "/file/1/2/a/b/0/x..y.pdf",
        ] {
            assert_eq!(safe(good), good);
        }
    }

    #[test]
    fn fifty_ways_out_lead_home() {
        let ways = [
            "",
            " ",
            "//evil.example",
            "///evil.example",
            "////evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "\\/evil.example",
            "/\\/evil.example",
            "http://evil.example",
            "https://evil.example",
            "https:evil.example",
            "https:/evil.example",
            "https:///evil.example",
            "HTTPS://evil.example",
            "ftp://evil.example",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "evil.example",
            "evil.example/",
            "@evil.example",
            "?next=//evil.example",
            "#//evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\r/evil.example",
            "\t//evil.example",
            "\n//evil.example",
            " //evil.example",
            "\u{a0}//evil.example",
            "/ /evil.example",
            "/%0a\n",
            "/a\\b",
            "/\u{0}",
            "/\u{7f}",
            "/\u{2028}x",
            "/\u{ff0f}evil.example",
            "\u{ff0f}\u{ff0f}evil.example",
            "/.//evil.example",
            "/..//evil.example",
            "/%2e//evil.example",
            "/%2E%2e//evil.example",
            "/x/../..//evil.example",
            "/.",
            "/login?next=/login",
            "/logout",
            "mailto:a@evil.example",
            "blob:https://evil.example/x",
            "file:///etc/passwd",
        ];
        assert!(ways.len() >= 50);
        for way in ways {
            assert_eq!(safe(way), "/", "{way:?}");
        }
        assert_eq!(safe(&format!("/{}", "a".repeat(3000))), "/");
    }
}
