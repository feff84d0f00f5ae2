//! The copy of a text that searches look at: no case, no accents, no markup.

use parcours_declare::Kind;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The searchable form of a column's text.
pub(crate) fn fold(kind: &Kind, text: &str) -> String {
    match kind {
        Kind::RichText { .. } => plain(&bare(text)),
        _ => plain(text),
    }
}

/// `Évaluation ŒUVRE` → `evaluation oeuvre`.
pub(crate) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
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
    }
    out
}

/// The words of an HTML text: tags become spaces, entities letters. Good enough to search in; nothing is shown from it.
fn bare(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let opens_tag = rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
        if rest.starts_with('<') && opens_tag {
            out.push(' ');
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
        } else {
            let (text, used) = entity(rest).unwrap_or((&rest[..1], 1));
            out.push_str(text);
            rest = &rest[used..];
        }
    }
    out.push_str(rest);
    out
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
    use super::{bare, plain};

    #[test]
    fn case_and_accents_are_gone() {
        assert_eq!(plain("Évaluation de l’ŒUVRE à NOËL"), "evaluation de l'oeuvre a noel");
        assert_eq!(plain("ABC"), "abc");
    }

    #[test]
    fn markup_is_not_found_and_entities_are_letters() {
        assert_eq!(plain(&bare("<p class=\"x\">&Eacute;l&egrave;ve &amp; ami</p>")).trim(), "eleve & ami");
        assert_eq!(bare("1 < 2 & 3 &unknown; <unclosed"), "1 < 2 & 3 &unknown;  ");
        assert_eq!(bare("&"), "&");
    }
}
