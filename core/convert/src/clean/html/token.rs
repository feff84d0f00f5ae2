//! Tags, comments and text of a fragment, each with its place, as a browser's tokeniser finds them.

use std::ops::Range;

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Start,
    End,
    /// Also what a browser makes a comment of: `<![if …]>`, `<?xml …>`.
    Comment,
    /// What a script, a style or a text box holds: no tags in it.
    Raw,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
    /// Of a tag, in small letters.
    pub name: String,
}

/// An attribute of a start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// In small letters.
    pub name: String,
    /// Decoded.
    pub value: String,
    /// From the white space before its name to the end of its value, so that cutting it out leaves a tag.
    pub range: Range<usize>,
    /// The value with its quotes; empty, at the end of the name, where there is none.
    pub written: Range<usize>,
}

/// Elements whose content is text to a browser, whatever stands in it.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];

/// Every token of a text; together they are the whole text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let (kind, end, name) = match tag(text, start) {
            Found::Tag(kind, end, name) => (kind, end, name),
            Found::Sign => {
                at = start + 1;
                continue;
            }
            // A browser takes nothing from what is left.
            Found::Endless => {
                push(&mut out, Kind::Text, from..start, String::new());
                push(&mut out, Kind::Comment, start..text.len(), String::new());
                return out;
            }
        };
        push(&mut out, Kind::Text, from..start, String::new());
        let raw = (kind == Kind::Start && RAW.contains(&name.as_str())).then(|| name.clone());
        push(&mut out, kind, start..end, name);
        at = end;
        if let Some(name) = raw {
            at = raw_end(text, end, &name);
            push(&mut out, Kind::Raw, end..at, String::new());
        }
        from = at;
    }
    push(&mut out, Kind::Text, from..text.len(), String::new());
    out
}

fn push(out: &mut Vec<Token>, kind: Kind, range: Range<usize>, name: String) {
    if !range.is_empty() {
        out.push(Token { kind, range, name });
    }
}

/// What begins at a `<`.
enum Found {
    /// Its kind, where it ends, and the name of a tag.
    Tag(Kind, usize, String),
    /// No tag at all.
    Sign,
    /// A tag or a comment that the text ends in.
    Endless,
}

fn tag(text: &str, start: usize) -> Found {
    let Some(rest) = text.get(start + 1..) else { return Found::Sign };
    let comment = |end: Option<usize>| end.map_or(Found::Endless, |n| Found::Tag(Kind::Comment, start + 1 + n, String::new()));
    let element = |kind, at: usize, name: String| close(text, at).map_or(Found::Endless, |end| Found::Tag(kind, end, name));
    let to = |end: &str| rest.find(end).map(|n| n + end.len());
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some('!'), _) if rest.starts_with("!--") && !rest.starts_with("!-->") && !rest.starts_with("!--->") => {
            let body = rest.get(3..).unwrap_or_default();
            comment([body.find("-->").map(|n| n + 6), body.find("--!>").map(|n| n + 7)].into_iter().flatten().min())
        }
        (Some('!' | '?'), _) => comment(to(">")),
        (Some('/'), Some(c)) if c.is_ascii_alphabetic() => element(Kind::End, start + 2, name(rest.get(1..).unwrap_or_default())),
        (Some('/'), Some(_)) => comment(to(">")),
        (Some(c), _) if c.is_ascii_alphabetic() => element(Kind::Start, start + 1, name(rest)),
        _ => Found::Sign,
    }
}

fn name(rest: &str) -> String {
    rest.split(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').next().unwrap_or_default().to_ascii_lowercase()
}

/// Behind the `>` that ends the tag whose name begins at a place.
fn close(text: &str, at: usize) -> Option<usize> {
    let mut walk = Walk { text, at };
    walk.skip(|c| !(c.is_ascii_whitespace() || c == '/' || c == '>'));
    while walk.attribute().is_some() {}
    (walk.peek() == Some('>')).then_some(walk.at + 1)
}

/// Attributes of the start tag at a range.
pub fn attributes(text: &str, tag: &Range<usize>) -> Vec<Attribute> {
    let mut walk = Walk { text, at: tag.start + 1 };
    walk.skip(|c| !(c.is_ascii_whitespace() || c == '/' || c == '>'));
    std::iter::from_fn(|| walk.attribute()).collect()
}

struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl Walk<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn skip(&mut self, while_: impl Fn(char) -> bool) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find(|c: char| !while_(c)).unwrap_or(rest.len());
        self.at
    }

    /// The next attribute; nothing at the end of the tag or of the text.
    fn attribute(&mut self) -> Option<Attribute> {
        let start = self.at;
        let begin = self.skip(|c| c.is_ascii_whitespace() || c == '/');
        if matches!(self.peek()?, '>') {
            return None;
        }
        // A name may begin with `=`.
        let first = self.peek().map_or(0, char::len_utf8);
        self.at += first;
        let end = self.skip(|c| !(c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=')));
        let name = self.text.get(begin..end).unwrap_or_default().to_ascii_lowercase();
        let behind = self.skip(|c| c.is_ascii_whitespace());
        if self.peek() != Some('=') {
            self.at = end;
            return Some(Attribute { name, value: String::new(), range: start..end, written: end..end });
        }
        self.at = behind + 1;
        let from = self.skip(|c| c.is_ascii_whitespace());
        let value = match self.peek() {
            Some(quote @ ('"' | '\'')) => {
                self.at += 1;
                let inner = self.at;
                let stop = self.skip(|c| c != quote);
                self.peek()?;
                self.at += 1;
                inner..stop
            }
            _ => from..self.skip(|c| !(c.is_ascii_whitespace() || c == '>')),
        };
        let value = decode(self.text.get(value).unwrap_or_default());
        Some(Attribute { name, value, range: start..self.at, written: from..self.at })
    }
}

fn raw_end(text: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("</")) {
        let start = at + found;
        let here = text.get(start + 2..start + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
        if here && name != "plaintext" {
            return start;
        }
        at = start + 2;
    }
    text.len()
}

/// An attribute's value without references, as far as addresses and styles have them.
pub fn decode(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match reference(after) {
            Some((c, len)) => {
                out.push(c);
                rest = after.get(len..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(after: &str) -> Option<(char, usize)> {
    let end = after.bytes().take(11).position(|b| b == b';')?;
    let name = after.get(..end)?;
    let number = |n: Option<u32>| n.and_then(char::from_u32).filter(|c| *c != '\0');
    let c = match name.strip_prefix('#') {
        Some(n) => match n.strip_prefix(['x', 'X']) {
            Some(hex) => number(u32::from_str_radix(hex, 16).ok()),
            None => number(n.parse().ok()),
        },
        None => match name {
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "nbsp" => Some('\u{a0}'),
            _ => None,
        },
    }?;
    Some((c, end + 1))
}

/// A value as it stands between double quotes.
pub fn encode(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('\u{a0}', "&nbsp;")
}

/// A text as it stands between tags.
pub fn escape(text: &str) -> String {
    encode(text).replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).into_iter().map(|t| (t.kind, &text[t.range])).collect()
    }

    #[test]
    fn tokens_are_the_whole_text() {
        for text in [
            "",
            "a < b && <c",
            "<p a='>'>x</p",
            "<!-- <b> --><br/><![endif]>",
            "<script>if (a<b) '</p>'</script >é",
            "</ x><?xml?>",
            "<a href=x",
            "<textarea><b></textarea>",
        ] {
            assert_eq!(tokens(text).iter().map(|t| &text[t.range.clone()]).collect::<String>(), text, "{text}");
        }
        use Kind::{Comment, End, Raw, Start, Text};
        assert_eq!(kinds("1 <2<P a=\"b>c\">x</P >"), [(Text, "1 <2"), (Start, "<P a=\"b>c\">"), (Text, "x"), (End, "</P >")]);
        assert_eq!(kinds("<!--a>--b-->c"), [(Comment, "<!--a>--b-->"), (Text, "c")]);
        assert_eq!(kinds("<style>a>b{}</p></style>")[1], (Raw, "a>b{}</p>"));
    }

    #[test]
    fn attributes_have_their_places() {
        let text = "<a  HREF='x?a=1&amp;b=2' b c = d/e =f \"g\">";
        let found: Vec<_> = attributes(text, &(0..text.len())).into_iter().map(|a| (a.name, a.value, &text[a.range], &text[a.written])).collect();
        let expected = [
            ("href", "x?a=1&b=2", "  HREF='x?a=1&amp;b=2'", "'x?a=1&amp;b=2'"),
            ("b", "", " b", ""),
            ("c", "d/e", " c = d/e", "d/e"),
            ("=f", "", " =f", ""),
            ("\"g\"", "", " \"g\"", ""),
        ];
        assert_eq!(found, expected.map(|(n, v, r, w)| (n.to_owned(), v.to_owned(), r, w)));
    }
}
