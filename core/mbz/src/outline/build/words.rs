//! Names and titles, as a Moodle takes them.

use parcours_course::Text;

/// Characters of a name in Moodle's tables.
pub(super) const NAME: usize = 255;
/// Characters that Moodle takes of a label for its name.
const BEGINNING: usize = 50;

/// No more than `most` characters.
pub(super) fn clip(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

/// The name of an activity: its own, or the beginning of its intro, or what it is.
pub(super) fn name(own: &str, intro: &Text, module: &str) -> String {
    let own = own.trim();
    if !own.is_empty() {
        return clip(own, NAME).to_owned();
    }
    let words = plain(&intro.text).replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match clip(&words, BEGINNING) {
        "" => module.to_owned(),
        short if short.len() < words.len() => format!("{short}..."),
        _ => words,
    }
}

/// Without tags: a title that has one is refused (MBZ-FORMAT §13.3).
pub(super) fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let without = strip(&text);
        if without == text {
            return text;
        }
        text = without;
    }
}

fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        out.push_str(before);
        let tag = behind.trim_start().starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        rest = match behind.split_once('>') {
            Some((_, after)) if tag => after,
            _ if tag => behind,
            _ => {
                out.push('<');
                behind
            }
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_no_tags_and_lose_nothing_else() {
        assert_eq!(plain("A <b>&</b> B < 3 <"), "A & B < 3 <");
        assert_eq!(plain("<<b>i>x <script"), "x script");
    }

    #[test]
    fn a_label_is_named_by_its_first_words() {
        assert_eq!(name("", &Text::html("<p>One&nbsp;two\n three</p>"), "label"), "One two three");
        assert_eq!(name("", &Text::html("\u{e9}".repeat(60)), "label"), format!("{}...", "\u{e9}".repeat(50)));
        assert_eq!((name(" ", &Text::default(), "page"), name("N", &Text::html("x"), "page")), ("page".into(), "N".into()));
    }

    #[test]
    fn names_end_at_a_character() {
        assert_eq!((clip("\u{e9}\u{e9}\u{e9}", 2), clip("ab", 2)), ("\u{e9}\u{e9}", "ab"));
    }
}
