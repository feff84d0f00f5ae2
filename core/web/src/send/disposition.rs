//! `Content-Disposition`: what a download is called (RFC 6266, RFC 8187).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but `attr-char` of RFC 8187 §3.2.1.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// Most file systems take no longer name; counted in bytes.
const LONGEST: usize = 200;

/// The header's value: ASCII only, whatever the name.
pub(crate) fn header(inline: bool, name: &str) -> String {
    let kind = if inline { "inline" } else { "attachment" };
    let name = tidy(name);
    let plain: String = name.chars().map(|c| if c.is_ascii() && c != '"' && c != '%' { c } else { '_' }).collect();
    if plain == name {
        format!("{kind}; filename=\"{plain}\"")
    } else {
        format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(&name, ENCODED))
    }
}

/// No folders, no control or direction-changing characters (`gpj.exe` shown as `exe.jpg`), not longer than a file system takes, never empty.
fn tidy(name: &str) -> String {
    let clean: String = name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    let clean: String = clean.chars().map(|c| if matches!(c, '/' | '\\' | ':' | '*' | '?' | '<' | '>' | '|') { '_' } else { c }).collect();
    let clean = clean.trim_matches([' ', '.']);
    if clean.is_empty() { "file".to_owned() } else { shorten(clean) }
}

/// Cuts the stem, keeps the ending.
fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rfind('.') {
        Some(dot) if name.len() - dot <= 20 => name.split_at(dot),
        _ => (name, ""),
    };
    let mut end = (LONGEST - ending.len()).min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", stem.get(..end).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_kinds_become_one_ascii_line() {
        for (name, expected) in [
            ("notes.pdf", "attachment; filename=\"notes.pdf\""),
            ("a\"b.txt", "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt"),
            ("été.txt", "attachment; filename=\"_t_.txt\"; filename*=UTF-8''%C3%A9t%C3%A9.txt"),
            ("50%.txt", "attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt"),
            ("a\r\nSet-Cookie: x=1.txt", "attachment; filename=\"aSet-Cookie_ x=1.txt\""),
            ("../../etc/passwd", "attachment; filename=\"_.._etc_passwd\""),
            ("photo\u{202e}gpj.exe", "attachment; filename=\"photogpj.exe\""),
            ("...", "attachment; filename=\"file\""),
        ] {
            assert_eq!(header(false, name), expected);
        }
        assert!(header(true, "x.png").starts_with("inline; "));
    }

    #[test]
    fn a_name_of_four_thousand_characters_keeps_its_ending() {
        for long in [format!("{}.tar.gz", "é".repeat(2000)), format!("{}.pdf", "x".repeat(4000)), "🎓".repeat(1000)] {
            let tidy = tidy(&long);
            assert!(tidy.len() <= LONGEST, "{}", tidy.len());
            assert_eq!(tidy.rsplit_once('.').map(|p| p.1), long.rsplit_once('.').map(|p| p.1));
            assert!(header(false, &long).bytes().all(|b| (32..127).contains(&b)));
        }
    }
}
