//! From what somebody once wrote to a tree without anything that acts: no scripts, no handlers, no styles, no frames that load.

use super::node::{Node, tag, text};
use super::parse::parse;
use parcours_course::{Format, Text};
use std::sync::LazyLock;

/// The sanitiser's cost grows faster than the square of the nesting, so deep texts are shown as they are written.
const DEPTH: usize = 100;
/// Bytes. Longer texts are shown as they are written.
const LONGEST: usize = 2 << 20;

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut b = ammonia::Builder::default();
    b.add_tags(["audio", "video", "source", "track", "figure", "figcaption", "iframe", "object", "embed", "font", "big", "u", "section"])
        .rm_tags(["math", "svg", "map", "area"])
        .add_tag_attributes("audio", ["src"])
        .add_tag_attributes("video", ["src", "width", "height", "poster"])
        .add_tag_attributes("source", ["src", "type"])
        .add_tag_attributes("track", ["src", "kind", "srclang", "label"])
        .add_tag_attributes("iframe", ["src"])
        .add_tag_attributes("embed", ["src"])
        .add_tag_attributes("object", ["data"])
        .add_tag_attributes("a", ["name"])
        .add_tag_attributes("ol", ["type"])
        .add_tag_attributes("li", ["value"])
        .add_generic_attributes(["dir", "lang", "title", "id"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .link_rel(None);
    b
});

/// What was found in a text beside its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Too deep or too long: the tree holds the source as text.
    pub source: bool,
    /// Formulas in MathML, of which the text is left.
    pub math: bool,
}

/// The tree of a text. Links are as they came.
pub fn clean(of: &Text) -> (Vec<Node>, Seen) {
    let mut seen = Seen::default();
    let html = match of.format {
        Format::Plain => return (lines(&of.text), seen),
        Format::Moodle if !of.text.contains('<') => return (lines(&of.text), seen),
        Format::Markdown => markdown(&of.text),
        Format::Html | Format::Moodle => of.text.clone(),
    };
    if html.trim().is_empty() {
        return (Vec::new(), seen);
    }
    if html.len() > LONGEST || depth(&html) > DEPTH {
        seen.source = true;
        return (lines(&of.text), seen);
    }
    seen.math = html.contains("<math");
    (parse(&CLEANER.clean(&html).to_string()), seen)
}

pub fn markdown(text: &str) -> String {
    let mut made = String::with_capacity(text.len() * 2);
    let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    pulldown_cmark::html::push_html(&mut made, pulldown_cmark::Parser::new_ext(text, options));
    made
}

/// Paragraphs and lines of a text without markup.
pub fn lines(of: &str) -> Vec<Node> {
    let of = of.replace("\r\n", "\n");
    let paragraph = |p: &str| {
        let mut all = Vec::new();
        for (at, line) in p.lines().enumerate() {
            if at > 0 {
                all.push(tag("br").node());
            }
            all.push(text(line));
        }
        tag("p").with(all).node()
    };
    of.split("\n\n").filter(|p| !p.trim().is_empty()).map(|p| paragraph(p.trim_matches('\n'))).collect()
}

/// An upper bound of how deep the tags nest: those that are never closed count too.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0usize, 0usize);
    let bytes = html.as_bytes();
    for (at, _) in bytes.iter().enumerate().filter(|(_, b)| **b == b'<') {
        match bytes.get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(c) if c.is_ascii_alphabetic() && !open(bytes.get(at + 1..).unwrap_or_default()) => now += 1,
            _ => {}
        }
        most = most.max(now);
    }
    most
}

/// Elements that nest nothing, and those that people commonly leave open.
fn open(from: &[u8]) -> bool {
    let end = from.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(from.len());
    let name = from.get(..end).unwrap_or_default().to_ascii_lowercase();
    [&b"br"[..], b"img", b"hr", b"input", b"p", b"li", b"td", b"tr", b"th", b"source", b"wbr", b"col", b"meta", b"link", b"param"]
        .contains(&name.as_slice())
}

#[cfg(test)]
mod tests {
    use super::super::node::{Style, words, write};
    use super::*;

    fn html(text: &str, format: Format) -> String {
        let mut out = String::new();
        write(&clean(&Text::new(text, format)).0, Style::Html, &mut out);
        out
    }

    #[test]
    fn what_acts_goes_and_what_speaks_stays() {
        let got = html(
            r#"<p onclick="x()" style="color:red">Bonjour<script>alert(1)</script><style>p{}</style> <a href="javascript:x">ici</a></p>"#,
            Format::Html,
        );
        assert_eq!(got, "<p>Bonjour <a>ici</a></p>");
        assert_eq!(html("<img src=\"@@PLUGINFILE@@/a%20b.png\"><a href=\"$@PAGEVIEWBYID*3@$\">p</a>", Format::Html).matches("@@").count(), 2);
    }

    #[test]
    fn every_format_becomes_markup() {
        assert_eq!(html("a < b\nc\n\nd", Format::Plain), "<p>a &lt; b<br>c</p><p>d</p>");
        assert_eq!(html("# T\n\n*x*", Format::Markdown).trim(), "<h1>T</h1>\n<p><em>x</em></p>");
        assert_eq!(html("un\ndeux", Format::Moodle), "<p>un<br>deux</p>");
        assert_eq!(html(" \n", Format::Html), "");
    }

    #[test]
    fn texts_that_are_too_deep_are_shown_as_they_are_written() {
        let deep = "<div>".repeat(20_000);
        let (nodes, seen) = clean(&Text::html(&deep));
        assert!(seen.source && words(&nodes) == deep);
        let list = "<ul><li>x".repeat(30);
        assert!(!clean(&Text::html(list)).1.source);
    }
}
