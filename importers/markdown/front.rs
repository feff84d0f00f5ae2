//! The lines of `name: value` above a text.

use serde_json::Value;

/// Names and values, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Front(Vec<(String, String)>);

impl Front {
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self {
        if !value.trim().is_empty() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// False only where it says so.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.get(name).map(|v| !matches!(v.trim().to_ascii_lowercase().as_str(), "false" | "no" | "0"))
    }

    /// What YAML reads too: words and numbers as they are, all else in quotes.
    pub fn write(&self, out: &mut String) {
        out.push_str("---\n");
        for (name, value) in &self.0 {
            let bare = !value.is_empty() && value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            let value = if bare { value.clone() } else { Value::from(value.as_str()).to_string() };
            out.push_str(&format!("{name}: {value}\n"));
        }
        out.push_str("---\n");
    }
}

/// Takes the lines off a text. Nothing where it begins otherwise, or they do not end.
pub fn split(text: &str) -> (Option<Front>, &str) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(inside) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else { return (None, text) };
    let mut front = Front::default();
    let mut rest = inside;
    while let Some((line, after)) = rest.split_once('\n') {
        rest = after;
        let line = line.trim_end();
        if line == "---" {
            return (Some(front), rest);
        }
        if let Some((name, value)) = line.split_once(':').filter(|(n, _)| !n.starts_with([' ', '#', '-'])) {
            front.0.push((name.trim().to_owned(), plain(value.trim())));
        }
    }
    (None, text)
}

fn plain(value: &str) -> String {
    if value.starts_with('"') {
        return serde_json::from_str(value).unwrap_or_else(|_| value.trim_matches('"').to_owned());
    }
    match value.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')) {
        Some(inside) => inside.replace("''", "'"),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_above_a_text_is_read_again() {
        let mut front = Front::default();
        front.text("title", "L’été: \"1\"\n#").text("module", "page").text("empty", " ").text("visible", "false");
        let mut out = String::new();
        front.write(&mut out);
        assert!(out.contains("module: page\n") && !out.contains("empty"));
        out.push_str("\nText");
        assert_eq!(split(&out), (Some(front), "\nText"));
    }

    #[test]
    fn other_hands_write_otherwise() {
        let (front, rest) = split("---\r\ntitle: 'It''s'\nvisible: No\ntags:\n  - a\n---\nx");
        let front = front.unwrap();
        assert_eq!((front.get("title"), front.flag("visible"), front.flag("other"), rest), (Some("It's"), Some(false), None, "x"));
        assert_eq!(split("---\nno end"), (None, "---\nno end"));
    }
}
