//! `&lt;` and its kin, in both directions.

use crate::error::Forbidden;

/// Appends a text as it stands between two tags (MBZ-FORMAT §2.4). A carriage return would come back as a line feed if it were not escaped.
pub(crate) fn push_text(out: &mut String, text: &str) {
    push(out, text, |b| match b {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("&#13;"),
        _ => None,
    });
}

/// Appends a text as it stands in an attribute; there a reader turns every white space into a plain space.
pub(crate) fn push_attribute(out: &mut String, value: &str) {
    push(out, value, |b| match b {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\r' => Some("&#13;"),
        b'\n' => Some("&#10;"),
        b'\t' => Some("&#9;"),
        _ => None,
    });
}

fn push(out: &mut String, text: &str, escape: impl Fn(u8) -> Option<&'static str>) {
    let mut from = 0;
    // Only ASCII bytes are escaped, so every cut is between two characters.
    for (at, byte) in text.bytes().enumerate() {
        if let Some(escaped) = escape(byte) {
            out.push_str(text.get(from..at).unwrap_or_default());
            out.push_str(escaped);
            from = at + 1;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
}

/// What is wrong with a reference.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not one of the five.
    Entity,
    /// `&#…;` of something that XML has no place for.
    Character,
}

impl Fault {
    pub(super) fn forbidden(&self) -> Option<Forbidden> {
        (*self == Fault::Entity).then_some(Forbidden::Entity)
    }
}

/// What stands between `&` and `;`.
pub(super) fn reference(name: &str) -> Result<char, Fault> {
    let Some(number) = name.strip_prefix('#') else {
        return match name {
            "lt" => Ok('<'),
            "gt" => Ok('>'),
            "amp" => Ok('&'),
            "quot" => Ok('"'),
            "apos" => Ok('\''),
            _ => Err(Fault::Entity),
        };
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    let digits = Some(digits).filter(|d| d.chars().all(|c| c.is_digit(radix)));
    let c = digits.and_then(|d| u32::from_str_radix(d, radix).ok()).and_then(char::from_u32);
    match c {
        Some('\t' | '\n' | '\r' | ' '..) if !matches!(c, Some('\u{fffe}' | '\u{ffff}')) => c.ok_or(Fault::Character),
        _ => Err(Fault::Character),
    }
}

/// The value of an attribute, from between its quotes.
pub(super) fn attribute(raw: &str) -> Result<String, Fault> {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        plain(before, &mut value);
        let (name, after) = after.split_once(';').ok_or(Fault::Character)?;
        value.push(reference(name)?);
        rest = after;
    }
    plain(rest, &mut value);
    Ok(value)
}

/// White space that is written out is a space in an attribute; a line end of two characters is one space.
fn plain(raw: &str, value: &mut String) {
    match raw.contains(['\r', '\n', '\t']) {
        true => value.push_str(&raw.replace("\r\n", " ").replace(['\r', '\n', '\t'], " ")),
        false => value.push_str(raw),
    }
}

/// Appends text as a reader of XML sees it: every line end is a line feed.
pub(super) fn push_lines(out: &mut String, raw: &str) {
    match raw.contains('\r') {
        true => out.push_str(&raw.replace("\r\n", "\n").replace('\r', "\n")),
        false => out.push_str(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_escaped_as_moodle_does() {
        let mut out = String::new();
        push_text(&mut out, "<p class=\"x\">&nbsp;é\r</p>");
        assert_eq!(out, "&lt;p class=\"x\"&gt;&amp;nbsp;é&#13;&lt;/p&gt;");
        let mut out = String::new();
        push_attribute(&mut out, "a\"b\nc");
        assert_eq!(out, "a&quot;b&#10;c");
        assert_eq!(attribute(&out), Ok("a\"b\nc".into()));
    }

    #[test]
    fn characters_that_are_none_are_refused() {
        for name in ["#0", "#xD800", "#x110000", "#1", "#", "#x", "#+65", "#xFFFE", "#99999999999"] {
            assert_eq!(reference(name), Err(Fault::Character), "{name}");
        }
        assert_eq!(reference("#x1F600"), Ok('😀'));
        assert_eq!(reference("nbsp"), Err(Fault::Entity));
    }
}
