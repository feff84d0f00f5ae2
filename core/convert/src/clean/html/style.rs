//! Declarations of a `style` attribute.

/// One declaration, with the white space it was written with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// In small letters; empty where the text is none.
    pub name: String,
    /// Without `!important`, in its own letters.
    pub value: String,
    pub important: bool,
    written: String,
}

/// Declarations of a decoded attribute, in order.
pub fn declarations(style: &str) -> Vec<Declaration> {
    split(style).into_iter().filter(|part| !part.trim().is_empty()).map(declaration).collect()
}

fn declaration(written: &str) -> Declaration {
    let (name, value) = written.split_once(':').unwrap_or(("", written));
    let value = value.trim();
    let important = value.to_ascii_lowercase().ends_with("important") && value.contains('!');
    let value = if important { value.rsplit_once('!').map_or(value, |(v, _)| v.trim()) } else { value };
    Declaration { name: name.trim().to_ascii_lowercase(), value: value.to_owned(), important, written: written.to_owned() }
}

/// At semicolons that are in no quotes and no brackets.
fn split(style: &str) -> Vec<&str> {
    let (mut quote, mut depth, mut from) = (None, 0usize, 0);
    let mut parts = Vec::new();
    for (at, c) in style.char_indices() {
        match (quote, c) {
            (Some(q), c) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';') if depth == 0 => {
                parts.push(style.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(style.get(from..).unwrap_or_default());
    parts
}

/// The declarations as an attribute; nothing for none.
pub fn written(all: &[Declaration]) -> Option<String> {
    let text = all.iter().map(|d| d.written.as_str()).collect::<Vec<_>>().join(";");
    (!all.is_empty()).then(|| format!("{};", text.trim()))
}

impl Declaration {
    pub fn new(name: &str, value: &str) -> Self {
        declaration(&format!(" {name}: {value}"))
    }
}

/// A length in CSS pixels; nothing for one that depends on others (`em`, `%`, `large`).
pub fn pixels(value: &str) -> Option<f64> {
    let value = value.trim().to_ascii_lowercase();
    let units = [("px", 1.0), ("pt", 4.0 / 3.0), ("pc", 16.0), ("mm", 96.0 / 25.4), ("cm", 96.0 / 2.54), ("in", 96.0)];
    let (unit, factor) = units.into_iter().find(|(unit, _)| value.ends_with(unit))?;
    value.strip_suffix(unit)?.trim().parse::<f64>().ok().map(|n| n * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_cut_where_they_end() {
        let all = declarations("color:RED !important; background: url('a;b') ;;font-family:\"x;y\",z");
        assert_eq!(
            all.iter().map(|d| (d.name.as_str(), d.value.as_str())).collect::<Vec<_>>(),
            [("color", "RED"), ("background", "url('a;b')"), ("font-family", "\"x;y\",z")]
        );
        assert!(all[0].important);
        assert_eq!(written(&all[1..2]).as_deref(), Some("background: url('a;b');"));
        assert_eq!(written(&[]), None);
    }

    #[test]
    fn lengths_are_pixels() {
        assert_eq!(pixels("9pt"), Some(12.0));
        assert_eq!((pixels("1.2em"), pixels("x"), pixels("px")), (None, None, None));
    }
}
