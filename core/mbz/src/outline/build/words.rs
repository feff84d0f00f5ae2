//! Names and titles, as a Moodle takes them.

use crate::xml::Element;
use parcours_course::Text;

/// Characters of a name in Moodle's tables.
pub(super) const NAME: usize = 255;
/// Characters that Moodle takes of a label for its name.
const BEGINNING: usize = 50;

/// No more than `most` characters.
pub(super) fn clip(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

/// Whether a character may stand in an archive: none that XML has no place for, nor a carriage return (MBZ-FORMAT §2.4).
fn stays(c: char) -> bool {
    matches!(c, '\n' | '\t') || !(c.is_ascii_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// Line ends and characters of every text of a document, as a Moodle writes them.
pub(super) fn clean(document: &mut Element) {
    document.walk_mut(&mut |e| {
        if !e.text.chars().all(stays) {
            e.text = e.text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| stays(*c)).collect();
        }
    });
}

pub(super) fn is_clean(document: &Element) -> bool {
    let mut all = true;
    document.walk(&mut |e| all &= e.text.chars().all(stays));
    all
}

/// A path of a file as a Moodle takes it: from `/` on, every folder with a name, none of them `..`.
pub(super) fn path(of: &str) -> String {
    let named = |s: &&str| !s.trim().is_empty() && !matches!(*s, "." | "..");
    let segment = |s: &str| clip(&s.chars().filter(|c| stays(*c) && !matches!(c, '\n' | '\t' | '\\')).collect::<String>(), NAME).to_owned();
    let (folders, name) = of.rsplit_once('/').unwrap_or(("", of));
    let name = segment(name);
    let name = if named(&name.as_str()) { name } else { "file".to_owned() };
    let folders = folders.split('/').map(segment).filter(|s| named(&s.as_str()));
    folders.chain([name]).fold(String::new(), |path, s| path + "/" + &s)
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
    fn characters_that_break_a_document_are_left_out() {
        let mut document = Element::group("a", [Element::new("b", "1\r\n2\u{0}\u{b}\u{ffff}\t\u{e9}")]);
        assert!(!is_clean(&document));
        clean(&mut document);
        assert_eq!((document.leaf("b"), is_clean(&document)), ("1\n2\t\u{e9}", true));
    }

    #[test]
    fn paths_lead_nowhere_else() {
        let all = ["/a/b.png", "a b/\u{e9}.png", "/../..//x\u{0}/./y", "/a/..", "", "a\\b"].map(path);
        assert_eq!(all, ["/a/b.png", "/a b/\u{e9}.png", "/x/y", "/a/file", "/file", "/ab"]);
    }

    #[test]
    fn names_end_at_a_character() {
        assert_eq!((clip("\u{e9}\u{e9}\u{e9}", 2), clip("ab", 2)), ("\u{e9}\u{e9}", "ab"));
    }
}
