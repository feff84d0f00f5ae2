//! The copy of a text that searches look at: no case, no accents, no markup.
//!
//! Every record with a searched text passes here, so it is one pass over bytes: runs of ASCII are copied, what stands between tags is skipped, and only
//! letters beyond Latin are looked up in the tables of Unicode.

use parcours_declare::Kind;
use std::sync::LazyLock;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The searchable form of a column's text.
pub(crate) fn fold(kind: &Kind, text: &str) -> String {
    match kind {
        Kind::RichText { .. } => pass::<true>(text),
        _ => plain(text),
    }
}

/// `Évaluation ŒUVRE` → `evaluation oeuvre`.
pub(crate) fn plain(text: &str) -> String {
    pass::<false>(text)
}

/// Folds a text; of an HTML text, tags become spaces and entities letters. Good enough to search in; nothing is shown from it.
fn pass<const HTML: bool>(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    loop {
        let end = rest.bytes().position(|b| b >= 0x80 || (HTML && matches!(b, b'<' | b'&'))).unwrap_or(rest.len());
        let from = out.len();
        out.extend_from_slice(&rest.as_bytes()[..end]);
        out[from..].make_ascii_lowercase();
        rest = &rest[end..];
        let Some(c) = rest.chars().next() else { break };
        let used = if c >= '\u{80}' { letter(c, &mut out) } else { markup(rest, &mut out) };
        rest = &rest[used..];
    }
    // Only whole characters were put in.
    String::from_utf8(out).unwrap_or_default()
}

/// A tag, an entity or neither at the start of `rest`; gives its length.
fn markup(rest: &str, out: &mut Vec<u8>) -> usize {
    let opens_tag = rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
    if rest.starts_with('<') && opens_tag {
        out.push(b' ');
        return rest.find('>').map_or(rest.len(), |end| end + 1);
    }
    let (text, used) = entity(rest).unwrap_or((&rest[..1], 1));
    out.extend(text.bytes().map(|b| b.to_ascii_lowercase()));
    used
}

/// A character beyond ASCII, without case and accent; gives its length in the text.
fn letter(c: char, out: &mut Vec<u8>) -> usize {
    match LATIN.get(c as usize - 0x80) {
        Some(folded) => out.extend_from_slice(folded.as_bytes()),
        None if matches!(c, '’' | '‘') => out.push(b'\''),
        None => unfold(c, |c| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes())),
    }
    c.len_utf8()
}

/// Characters from U+0080 to U+024F, folded: what French is written in.
static LATIN: LazyLock<Vec<Box<str>>> = LazyLock::new(|| {
    let folded = |c| {
        let mut text = String::new();
        unfold(c, |c| text.push(c));
        text.into_boxed_str()
    };
    ('\u{80}'..='\u{24f}').map(folded).collect()
});

/// What is left of a character. Marks are dropped, so their order, which normalisation cares about, makes no difference.
fn unfold(c: char, mut put: impl FnMut(char)) {
    decompose_compatible(c, |c| {
        if is_combining_mark(c) {
            return;
        }
        for c in c.to_lowercase() {
            match c {
                'œ' => "oe".chars().for_each(&mut put),
                'æ' => "ae".chars().for_each(&mut put),
                'ß' => "ss".chars().for_each(&mut put),
                'ø' => put('o'),
                'ł' => put('l'),
                'đ' | 'ð' => put('d'),
                'ı' => put('i'),
                '’' | '‘' => put('\''),
                c => put(c),
            }
        }
    });
}

/// The entity at the start of `text`, without its accent, and its length. Old editors wrote French letters this way.
fn entity(text: &str) -> Option<(&str, usize)> {
    let name = text.strip_prefix('&')?;
    let end = name.bytes().take(10).position(|b| b == b';')?;
    let (name, used) = (&name[..end], end + 2);
    const ACCENTS: [&str; 8] = ["acute", "grave", "circ", "uml", "cedil", "tilde", "ring", "caron"];
    let plain = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "nbsp" | "ensp" | "emsp" | "thinsp" => " ",
        "rsquo" | "lsquo" | "apos" | "#39" => "'",
        "oelig" | "OElig" => "oe",
        "aelig" | "AElig" => "ae",
        "szlig" => "ss",
        _ if name.starts_with(|c: char| c.is_ascii_alphabetic()) && ACCENTS.contains(&&name[1..]) => &name[..1],
        _ => return None,
    };
    Some((plain, used))
}

#[cfg(test)]
mod tests {
    use super::{entity, pass, plain};
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    #[test]
    fn case_and_accents_are_gone() {
        assert_eq!(plain("Évaluation de l’ŒUVRE à NOËL"), "evaluation de l'oeuvre a noel");
        assert_eq!(plain("ABC"), "abc");
    }

    #[test]
    fn markup_is_not_found_and_entities_are_letters() {
        assert_eq!(pass::<true>("<p class=\"x\">&Eacute;l&egrave;ve &amp; ami</p>").trim(), "eleve & ami");
        assert_eq!(pass::<true>("1 < 2 & 3 &unknown; <unclosed"), "1 < 2 & 3 &unknown;  ");
        assert_eq!(pass::<true>("&"), "&");
    }

    /// The same, said plainly: without markup, in Unicode's decomposed form, without marks, in small letters.
    fn said(html: bool, text: &str) -> String {
        let text = if html { bare(text) } else { text.to_owned() };
        let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        letters.fold(String::new(), |mut out, c| {
            match c {
                'œ' => out.push_str("oe"),
                'æ' => out.push_str("ae"),
                'ß' => out.push_str("ss"),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'đ' | 'ð' => out.push('d'),
                'ı' => out.push('i'),
                '’' | '‘' => out.push('\''),
                c => out.push(c),
            }
            out
        })
    }

    fn bare(html: &str) -> String {
        let (mut out, mut rest) = (String::new(), html);
        while let Some(at) = rest.find(['<', '&']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let opens_tag = rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
            let (text, used) = match rest.starts_with('<') && opens_tag {
                true => (" ", rest.find('>').map_or(rest.len(), |end| end + 1)),
                false => entity(rest).unwrap_or((&rest[..1], 1)),
            };
            out.push_str(text);
            rest = &rest[used..];
        }
        out + rest
    }

    #[test]
    fn every_character_folds_as_its_decomposition_says() {
        for c in '\u{0}'..=char::MAX {
            let text = format!("a{c}\u{301}É{c}");
            assert_eq!(plain(&text), said(false, &text), "{c:?} U+{:04X}", c as u32);
        }
    }

    #[test]
    fn odd_texts_fold_as_said_plainly() {
        let parts = [
            "<",
            ">",
            "&",
            ";",
            "/",
            "!",
            "<p>",
            "</p>",
            "<!--",
            "a",
            "B",
            "Élève",
            "E\u{301}",
            "\u{301}",
            "\u{323}\u{307}",
            "&eacute;",
            "&Eacute;",
            "&Oelig;",
            "&OElig;",
            "&nbsp;",
            "&#39;",
            "&é;",
            "&;",
            "&&lt;",
            "&aaaaaaaaaa;",
            "ŒUVRE",
            "’",
            "İ",
            "ı",
            "ǅ",
            "ﬁ",
            "ẞ",
            "각",
            "각",
            "Ω",
            "ς",
            "😀",
            "①",
            "½",
            "\u{a0}",
            "\u{200b}",
            "\0",
            "\n",
        ];
        // A plain sequence of chance, the same each time.
        let mut chance = 7u64;
        let mut next = |below: usize| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (chance >> 33) as usize % below
        };
        for _ in 0..20_000 {
            let text: String = (0..next(12)).map(|_| parts[next(parts.len())]).collect();
            assert_eq!(pass::<true>(&text), said(true, &text), "{text:?}");
            assert_eq!(pass::<false>(&text), said(false, &text), "{text:?}");
        }
    }
}
