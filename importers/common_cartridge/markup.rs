//! Texts as HTML.

pub(super) use crate::escape::escape;
use parcours_course::{Format, Text};
use pulldown_cmark::{Options, Parser, html};

/// A text as HTML, whatever it is written in.
pub(super) fn html_of(text: &Text) -> String {
    match text.format {
        Format::Html => text.text.clone(),
        Format::Moodle => text.text.replace("\r\n", "\n").replace('\n', "<br />\n"),
        Format::Plain => escape(&text.text).replace("\r\n", "\n").replace('\n', "<br />\n"),
        Format::Markdown => {
            let mut out = String::new();
            html::push_html(&mut out, Parser::new_ext(&text.text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH));
            out
        }
    }
}

/// A whole page.
pub(super) fn page(title: &str, language: &str, body: &str) -> String {
    let (title, language) = (escape(title), escape(&language.replace('_', "-")));
    let language = if language.is_empty() { String::new() } else { format!(" lang=\"{language}\"") };
    format!(
        "<!DOCTYPE html>\n<html{language}>\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}

/// Title and body of a page; a fragment is all body.
pub(super) fn parts(page: &str) -> (Option<String>, &str) {
    let title = inside(page, "title").map(|t| words(t).trim().to_owned()).filter(|t| !t.is_empty());
    let body = inside(page, "body").unwrap_or_else(|| match find(page, "</head>", 0) {
        Some(at) => page.get(at + "</head>".len()..).unwrap_or(page).trim_end_matches("</html>"),
        None => page.trim_start_matches('\u{feff}'),
    });
    (title, body.trim())
}

/// What stands between the first tag of a name and the last that ends it.
fn inside<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    let start = loop {
        let at = find(page, &format!("<{name}"), from)?;
        from = at + name.len() + 1;
        if page.get(from..)?.starts_with(|c: char| c == '>' || c.is_whitespace()) {
            break from;
        }
    };
    let start = start + page.get(start..)?.find('>')? + 1;
    let rest = page.get(start..)?;
    let lower = rest.to_ascii_lowercase();
    let close = format!("</{name}");
    let end = if name == "body" { lower.rfind(&close) } else { lower.find(&close) };
    rest.get(..end.unwrap_or(rest.len()))
}

/// Without regard to case.
fn find(text: &str, what: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    bytes.windows(what.len()).position(|w| w.eq_ignore_ascii_case(what.as_bytes())).map(|at| at + from)
}

/// The words of a text, without its tags.
pub(super) fn words(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        out.push_str(before);
        let tag = behind.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if tag {
            rest = behind.split_once('>').map_or("", |(_, after)| after);
        } else {
            out.push('<');
            rest = behind;
        }
    }
    out.push_str(rest);
    unescape(&out)
}

/// The references that every HTML has, as what they stand for.
pub(super) fn unescape(text: &str) -> String {
    let marks = [("&nbsp;", " "), ("&#160;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_becomes_html() {
        let html = |format| html_of(&Text::new("a < *b*\nc", format));
        assert_eq!(html(Format::Html), "a < *b*\nc");
        assert_eq!(html(Format::Moodle), "a < *b*<br />\nc");
        assert_eq!(html(Format::Plain), "a &lt; *b*<br />\nc");
        assert_eq!(html(Format::Markdown), "<p>a &lt; <em>b</em>\nc</p>\n");
    }

    #[test]
    fn a_page_is_taken_apart_again() {
        let made = page("A & <b>", "fr_ca", "<p>x</p>");
        assert!(made.contains("lang=\"fr-ca\""));
        assert_eq!(parts(&made), (Some("A & <b>".into()), "<p>x</p>"));
        assert_eq!(parts("<p>no page</p>"), (None, "<p>no page</p>"));
        assert_eq!(parts("<HTML><HEAD><TITLE>T</TITLE></HEAD><BODY class=a>x</BODY></HTML>"), (Some("T".into()), "x"));
        assert_eq!(parts("<html><head><title></title></head>x</html>"), (None, "x"));
        assert_eq!(words("<p>a&nbsp;b <i>&amp;lt;</i></p> 3 < 5<x"), "a b &lt; 3 < 5");
    }
}
