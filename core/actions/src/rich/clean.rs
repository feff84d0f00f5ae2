//! Cleaning: from what somebody once wrote to HTML that is safe on our pages.

use super::Format;
use std::sync::LazyLock;

/// Part of the cache key: raise it whenever the rules below change.
pub(super) const VERSION: u8 = 1;
/// The sanitiser's cost grows faster than the square of the nesting, so deep texts are shown as plain text instead (SECURITY §6).
const DEPTH: usize = 200;
/// Longer texts are shown as plain text.
const LONGEST: usize = 1 << 20;

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut b = ammonia::Builder::default();
    b.add_tags(["audio", "video", "source", "track", "figure", "figcaption", "section", "u", "big", "font"])
        .rm_tags(["math", "svg", "style"])
        .add_tag_attributes("audio", ["src", "controls", "preload"])
        .add_tag_attributes("video", ["src", "controls", "preload", "width", "height", "poster"])
        .add_tag_attributes("source", ["src", "type"])
        .add_tag_attributes("track", ["src", "kind", "srclang", "label", "default"])
        .add_generic_attributes(["dir", "lang", "title"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .id_prefix(Some("u-"))
        .link_rel(Some("noopener noreferrer"));
    b
});

/// Clean HTML of a text in a format. Equal input gives equal output.
pub(super) fn html(text: &str, format: Format) -> String {
    if text.is_empty() {
        return String::new();
    }
    if text.len() > LONGEST || depth(text) > DEPTH {
        return plain(text);
    }
    match format {
        Format::Plain => plain(text),
        Format::Html => CLEANER.clean(text).to_string(),
        Format::Moodle if text.contains('<') => CLEANER.clean(text).to_string(),
        Format::Moodle => plain(text),
        Format::Markdown => {
            let mut made = String::with_capacity(text.len() * 2);
            let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
            pulldown_cmark::html::push_html(&mut made, pulldown_cmark::Parser::new_ext(text, options));
            if depth(&made) > DEPTH {
                return plain(text);
            }
            CLEANER.clean(&made).to_string()
        }
    }
}

/// Text with its line breaks.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str("<p>");
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            '\r' | '\0' => {}
            c => out.push(c),
        }
    }
    out.push_str("</p>");
    out
}

/// An upper bound of how deep the tags nest: opening tags that are never closed count too.
fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0usize, 0usize);
    let bytes = text.as_bytes();
    for (i, b) in bytes.iter().enumerate() {
        if *b == b'<' {
            match bytes.get(i + 1) {
                Some(b'/') => now = now.saturating_sub(1),
                Some(c) if c.is_ascii_alphabetic() && !void(&bytes[i + 1..]) => now += 1,
                _ => {}
            }
            most = most.max(now);
        }
    }
    most
}

/// Elements that never nest anything, and those people commonly leave open.
fn void(name: &[u8]) -> bool {
    let end = name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name[..end].to_ascii_lowercase();
    matches!(
        name.as_slice(),
        b"br" | b"img" | b"hr" | b"input" | b"p" | b"li" | b"td" | b"tr" | b"th" | b"source" | b"wbr" | b"col" | b"meta" | b"link"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_handlers_go_and_text_stays() {
        let got = html(r#"<p onclick="x()">Bonjour<script>alert(1)</script> <a href="javascript:x">ici</a> <svg onload=x></svg></p>"#, Format::Html);
        assert!(got.contains("Bonjour") && got.contains("ici"));
        for bad in ["onclick", "script", "javascript", "svg", "onload"] {
            assert!(!got.contains(bad), "{bad} in {got}");
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        for t in ["<p>a<b>c</p>d", "<a href='/x' id=k>y</a>", "<table><td>1", "<ul><li>x<li>y</ul>"] {
            let once = html(t, Format::Html);
            let twice = html(&once, Format::Html).replace("u-u-", "u-");
            assert_eq!(once, twice);
        }
    }

    #[test]
    fn deep_nesting_is_shown_as_text() {
        let deep = "<div>".repeat(20_000);
        assert!(html(&deep, Format::Html).starts_with("<p>&lt;div"));
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        assert_eq!(html("a < b\nc", Format::Plain), "<p>a &lt; b<br>c</p>");
        assert_eq!(html("un\ndeux", Format::Moodle), "<p>un<br>deux</p>");
    }

    #[test]
    fn markdown_is_rendered_and_cleaned() {
        let got = html("# T\n\n<script>x</script>*é*", Format::Markdown);
        assert!(got.contains("<h1>T</h1>") && !got.contains("script"), "{got}");
    }
}
