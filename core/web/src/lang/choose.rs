//! Which language a reader gets: the one chosen, else the browser's, else French.

use super::Lang;

/// `chosen` is the cookie, `accepted` the `Accept-Language` header (RFC 9110 §12.5.4).
pub(crate) fn choose(chosen: Option<&str>, accepted: Option<&str>) -> Lang {
    chosen.and_then(Lang::of).or_else(|| accepted.and_then(preferred)).unwrap_or(Lang::Fr)
}

fn preferred(header: &str) -> Option<Lang> {
    let mut best: Option<(f32, Lang)> = None;
    for item in header.split(',').take(20) {
        let mut parts = item.split(';').map(str::trim);
        let tag = parts.next().unwrap_or("").to_ascii_lowercase();
        let quality = parts.find_map(|p| p.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        let Some(lang) = Lang::of(tag.split('-').next().unwrap_or("")) else { continue };
        if quality > 0.0 && best.is_none_or(|(b, _)| quality > b) {
            best = Some((quality, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choice_then_browser_then_french() {
        assert_eq!(choose(Some("en"), Some("fr")), Lang::En);
        assert_eq!(choose(Some("xx"), Some("en")), Lang::En);
        assert_eq!(choose(None, Some("de, en;q=0.8, fr;q=0.9")), Lang::Fr);
        assert_eq!(choose(None, Some("en-GB,en;q=0.9")), Lang::En);
        assert_eq!(choose(None, Some("fr;q=0, en;q=0.1")), Lang::En);
        for unknown in [None, Some(""), Some("de"), Some("*"), Some(";;;,,,q=")] {
            assert_eq!(choose(None, unknown), Lang::Fr);
        }
    }
}
