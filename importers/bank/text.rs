//! Texts from one markup to another.

pub(crate) use crate::escape::escape;
use parcours_course::{Format, Text};

/// HTML of a text in whatever markup.
pub(crate) fn html(text: &Text) -> String {
    match text.format {
        Format::Html => text.text.clone(),
        Format::Plain => lines(&escape(&text.text)),
        Format::Moodle if text.text.contains('<') => text.text.replace("\r\n", "\n").replace('\n', "<br>"),
        Format::Moodle => lines(&text.text),
        Format::Markdown => {
            let mut out = String::new();
            pulldown_cmark::html::push_html(&mut out, pulldown_cmark::Parser::new(&text.text));
            out
        }
    }
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "<br>")
}

/// The words of a text, without markup; references are resolved.
pub(crate) fn plain(text: &Text) -> String {
    match text.format {
        Format::Html | Format::Moodle => strip(&text.text),
        Format::Plain | Format::Markdown => text.text.clone(),
    }
}

fn strip(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push(' ');
            }
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    decode(&out)
}

/// The references that texts of questions have.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let known =
        [("&nbsp;", "\u{a0}"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#039;", "'"), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")];
    known.iter().fold(text.to_owned(), |text, (name, c)| text.replace(name, c))
}

/// Whether a text is nothing but words: no tag and no reference.
pub(crate) fn is_words(text: &str) -> bool {
    !text.contains(['<', '&'])
}

/// A part of the mark as a percentage, with the five decimals that Moodle writes at most.
pub(crate) fn percent(fraction: f64) -> String {
    let text = format!("{:.5}", fraction * 100.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whatever_the_markup() {
        assert_eq!(html(&Text::plain("1 < 2\nand")), "1 &lt; 2<br>and");
        assert_eq!(html(&Text::new("*a*", Format::Markdown)), "<p><em>a</em></p>\n");
        assert_eq!(plain(&Text::html("<p>a &lt; b</p>")).trim(), "a < b");
    }
}
