//! One value at its place, with names where it has numbers.

use super::json;
use super::normal::Normal;
use parcours_mbz::numbers::{self, Around, Document, Field, Frame, Meaning};
use parcours_mbz::php::Php;

/// Where a value stands.
pub(super) struct Here<'a> {
    pub normal: &'a Normal<'a>,
    pub document: &'a Document<'a>,
    /// Open elements, the record last.
    pub open: &'a [Frame],
    pub leaf: &'a str,
}

impl Here<'_> {
    pub fn around(&self) -> Around<'_> {
        Around { open: self.open, leaf: self.leaf }
    }

    /// A leaf's value.
    pub fn value(&self, raw: &str) -> String {
        match self.document.value(self.open, self.leaf, raw) {
            Meaning::Of(table) => self.listed(&table, raw),
            Meaning::Scale => match raw.trim().parse::<i64>().ok().and_then(i64::checked_neg) {
                Some(scale) if scale > 0 => format!("scale “{}”", self.normal.named("scale", scale).unwrap_or_default()),
                _ => self.text(raw),
            },
            Meaning::Content | Meaning::Unclear => self.content(raw),
        }
    }

    /// Names in the place of numbers with commas or slashes between them. One that leads nowhere is nothing.
    pub fn listed(&self, table: &str, raw: &str) -> String {
        let each: Option<Vec<String>> = raw
            .split([',', '/'])
            .map(|part| match part.trim().parse::<i64>() {
                Ok(id) if id > 0 => Some(self.normal.named(table, id).unwrap_or_default()),
                Ok(0) => Some(String::new()),
                Ok(id) => Some(id.to_string()),
                Err(_) => part.trim().is_empty().then(String::new),
            })
            .collect();
        each.map_or_else(|| self.text(raw), |names| names.join(", "))
    }

    fn content(&self, raw: &str) -> String {
        if self.open.last().is_some_and(|f| f.name == "variable" || f.name == "parameter") {
            match self.leaf {
                "name" => return self.key(raw),
                "value" => {
                    let name = self.open.last().map_or("", |f| f.leaf("name"));
                    if let Some(table) = numbers::step(&self.normal.names.archive, self.open, name).0 {
                        return self.listed(&table, raw);
                    }
                }
                _ => {}
            }
        }
        self.text(raw)
    }

    /// A name that ends in a number.
    pub fn key(&self, name: &str) -> String {
        let step = numbers::step(&self.normal.names.archive, self.open, name).1.filter(|_| self.open.last().is_some_and(|f| f.name == "variable"));
        let (head, table) = match (step, name.rsplit_once('_'), numbers::key(&self.normal.names.archive, self.around(), name)) {
            (Some(table), Some((head, _)), _) => (head, table),
            (_, _, Some(known)) => known,
            _ => return name.to_owned(),
        };
        let id = name.get(head.len()..).unwrap_or_default().trim_start_matches('_');
        match id.parse().ok().map(|id| self.normal.named(&table, id).unwrap_or_default()) {
            Some(label) => format!("{head} {label}"),
            None => name.to_owned(),
        }
    }

    /// A field of something packed that is plain: a number, a text.
    pub fn field(&self, field: &Field, text: &str) -> String {
        match field {
            Field::Of(table) => match text.split_once(',').filter(|(_, rest)| rest.parse::<i64>().is_err() && !rest.contains(',')) {
                Some((_, rest)) => rest.to_owned(),
                None => self.listed(table, text),
            },
            Field::Pair(first, _) => self.listed(first, text.split(',').next().unwrap_or_default()),
            Field::Named => match text.rsplit_once('-') {
                Some((name, id)) if id.parse::<i64>().is_ok() => self.listed(name, id),
                _ => self.listed("group", text),
            },
            Field::Content => match numbers::activity(&self.normal.names.archive, self.around(), text) {
                Some((module, id)) => self.normal.named(module, id).unwrap_or_default(),
                None => self.text(text),
            },
        }
    }

    /// Fields of settings that are serialised; nothing when the value is something else. One without a name stands for no settings.
    pub fn settings(&self, raw: &str) -> Option<Vec<(String, String)>> {
        let value = serialised(self.leaf, raw)?;
        let fields = json::fields(self, &value);
        Some(if fields.is_empty() { vec![(String::new(), String::new())] } else { fields })
    }

    /// A text with names in the place of all numbers in it.
    pub fn text(&self, raw: &str) -> String {
        if let Some(value) = json::canonical(self, raw) {
            return value;
        }
        let text = self.normal.names.links(raw, &|table, id| self.normal.named(table, id));
        let named = numbers::formula(&text, |id| self.normal.named("grade_item", id).unwrap_or_else(|| "?".to_owned()));
        let text = named.map_or(text, Into::into);
        decimal(&text).unwrap_or_else(|| text.replace("\r\n", "\n"))
    }
}

/// A serialised value of PHP's, in base64 in the settings of a block (MBZ-FORMAT §2.8, MAGISTERE-XML §2).
fn serialised(leaf: &str, raw: &str) -> Option<Php> {
    if leaf == "configdata" && !raw.starts_with(['{', '[']) {
        return Php::read_config(raw).ok().map(|v| v.unwrap_or(Php::Null));
    }
    if raw.starts_with("a:") || raw.starts_with("O:") {
        return Php::read(raw).ok();
    }
    if matches!(leaf, "weight" | "notdisplay") { Php::read_config(raw).ok().flatten() } else { None }
}

/// A decimal number without its last zeros.
fn decimal(text: &str) -> Option<String> {
    let (whole, part) = text.split_once('.')?;
    let digits = |s: &str| !s.is_empty() && s.len() < 16 && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(part) {
        return None;
    }
    let part = part.trim_end_matches('0');
    Some(if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_lose_their_last_zeros() {
        let all: Vec<_> = ["10.00000", "0.50", "-1.0", "1.2.3", "v1.0", "."].into_iter().map(decimal).collect();
        assert_eq!(all, [Some("10".into()), Some("0.5".into()), Some("-1".into()), None, None, None]);
    }
}
