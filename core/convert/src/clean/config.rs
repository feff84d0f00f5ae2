//! Texts in the settings of blocks (MBZ-FORMAT §9.1, MAGISTERE-XML §2).

use super::texts::has_markup;
use parcours_mbz::php::Php;

/// Settings as a value; nothing for none, and for those that would not come back as they were.
pub(super) fn read(configdata: &str) -> Option<Php> {
    let config = Php::read_config(configdata).ok().flatten()?;
    // Bytes that are no UTF-8 have become signs that say so: such settings are better left alone.
    let mut damaged = false;
    config.clone().each_text(&mut |t| damaged |= t.contains('\u{fffd}'));
    (!damaged || config.to_config() == configdata.trim()).then_some(config)
}

pub(super) fn is_empty(configdata: &str) -> bool {
    matches!(Php::read_config(configdata), Ok(None))
}

/// Whether a restore decodes link tokens in a block's settings.
pub(super) fn decodes(block: &str) -> bool {
    matches!(block, "html" | "educationalbloc")
}

/// Names of the fields that are HTML: those with a format beside them that says so, and the text of the blocks that are known for it.
pub(super) fn texts(config: &Php, block: &str) -> Vec<String> {
    let fields = config.entries().iter().filter_map(|(k, v)| Some((k.text()?, v.text()?)));
    fields.filter(|(name, value)| has_markup(value) && is_html(config, block, name)).map(|(name, _)| name.to_owned()).collect()
}

fn is_html(config: &Php, block: &str, name: &str) -> bool {
    let beside = match name.strip_prefix("text") {
        Some("") => "format".to_owned(),
        Some(role) if role.starts_with('_') => format!("format{role}"),
        _ => format!("{name}format"),
    };
    match config.get(&beside) {
        Some(format) => matches!(format.int(), Some(0 | 1)),
        None => (decodes(block) && name == "text") || (block == "rolespecifichtml" && name.starts_with("text_")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_blocks_are_known_by_their_formats() {
        let t = |s: &str| Php::Text(s.into());
        let config = Php::object([
            ("title", t("<b>")),
            ("text", t("<p>a")),
            ("format", t("1")),
            ("text_5", t("<p>b")),
            ("format_5", Php::Int(4)),
            ("text_all", t("<p>c")),
        ]);
        assert_eq!(texts(&config, "html"), ["text"]);
        assert_eq!(texts(&config, "rolespecifichtml"), ["text", "text_all"]);
        assert_eq!(texts(&Php::object([("text", t("<p>"))]), "other"), [] as [&str; 0]);
    }
}
