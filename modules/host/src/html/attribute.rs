//! Attributes and their values.

use std::borrow::Cow;

use super::element::Element;
use super::scan::{Attribute, plain};

/// Checks an attribute of an element of the subset.
///
/// # Errors
/// The broken rule.
pub fn check(tag: &str, element: &Element, attribute: Attribute<'_>) -> Result<(), Cow<'static, str>> {
    let Attribute { name, value } = attribute;
    if !element.attributes.contains(&name) && !everywhere(tag, name) {
        return Err(format!("`{tag}` has no attribute `{name}`").into());
    }
    let fits = match (tag, name) {
        ("pc-user" | "pc-group" | "pc-text", "id") | (_, "ts" | "item" | "group") => plain(value).parse::<i64>().is_ok(),
        (_, "id" | "data-pc-swap") => is_own_name(value),
        (_, "dir") => matches!(value, "ltr" | "rtl" | "auto"),
        ("pc-form", "method") => matches!(value, "get" | "post"),
        (_, "href" | "action" | "next" | "previous") => is_address(&plain(value)),
        (_, "src") => is_local(&plain(value)),
        (_, "colspan" | "rowspan") => value.parse::<u16>().is_ok_and(|n| (1..=1000).contains(&n)),
        (_, "width" | "height") => value.parse::<u16>().is_ok(),
        _ => true,
    };
    if fits { Ok(()) } else { Err(format!("`{value}` is no value for `{name}` of `{tag}`").into()) }
}

/// Attributes of every element. `id` of a `pc-user`, a `pc-group` and a `pc-text` is a record's number.
fn everywhere(tag: &str, name: &str) -> bool {
    match name {
        "class" => true,
        "id" => !matches!(tag, "pc-date" | "pc-math" | "pc-files" | "pc-pager" | "pc-field" | "pc-option"),
        "title" | "lang" | "dir" | "hidden" | "role" => !tag.starts_with("pc-"),
        "data-pc-swap" => !tag.starts_with("pc-") || tag == "pc-form",
        _ => !tag.starts_with("pc-") && (name.starts_with("aria-") || name.starts_with("data-m-")),
    }
}

/// `m-` and then letters, digits, `-`, `_`: names the page's own scripts and the browser's objects never have.
fn is_own_name(value: &str) -> bool {
    let rest = value.strip_prefix("m-").unwrap_or_default();
    !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// An address a link may have: a web page, a mailbox, or a place of this site.
pub fn is_address(url: &str) -> bool {
    match scheme(url) {
        Some(scheme) => is_clean(url) && ["http", "https", "mailto"].iter().any(|s| scheme.eq_ignore_ascii_case(s)),
        None => is_local(url),
    }
}

/// An address on this site: a path, a query or a fragment, but no host.
fn is_local(url: &str) -> bool {
    is_clean(url) && scheme(url).is_none() && !url.starts_with("//")
}

/// Browsers drop or turn these while they read an address, so nobody but them knows where it leads.
fn is_clean(url: &str) -> bool {
    !url.is_empty() && !url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
}

/// What stands before a `:` that comes before any `/`, `?` or `#`.
fn scheme(url: &str) -> Option<&str> {
    let end = url.find(['/', '?', '#', ':'])?;
    url.get(end..)?.starts_with(':').then(|| url.get(..end))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_run_nothing_are_links() {
        for good in ["https://a.example/x?y#z", "HTTP://a", "mailto:a@b", "/course/1", "?d=2", "#m-x", "reply", "reply?x=a:b", "a/b:c"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "\\\\evil",
            "/\\evil",
            " javascript:x",
            "java\nscript:x",
            "",
            "x:y",
            "blob:https://a",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
        assert!(!is_local("https://a.example/x.png"));
    }
}
