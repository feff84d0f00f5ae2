//! PHP's `serialize()`, as data only: no object is ever made of it (MBZ-FORMAT §2.8, SECURITY B).
//!
//! It stands in `configdata` of blocks (in base64), in `displayoptions`, `parameters` and a few others. What a length says may be wrong where Moodle took carriage returns
//! out of a text; such a text ends where the next value can begin.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt::Write as _;

/// As PHP's `base64_decode` reads it: with or without padding.
const STANDARD: GeneralPurpose =
    GeneralPurpose::new(&alphabet::STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// Nesting beyond which nothing is read: no backup of a Moodle comes near.
const DEPTH: usize = 32;

/// Values in one text beyond which nothing is read: one takes twenty times the room of the six bytes that it may be written in.
const VALUES: usize = 200_000;

/// A serialised value. Written again it has the right lengths, whatever those it was read with.
#[derive(Debug, Clone, PartialEq)]
pub enum Php {
    Null,
    Bool(bool),
    Int(i64),
    /// As written: `0.1`, `1.0E+25`, `INF`.
    Float(String),
    Text(String),
    Array(Vec<(Php, Php)>),
    /// An object's class and fields. A private field has its class in its name, between zero characters, as PHP writes it.
    Object(String, Vec<(Php, Php)>),
    /// `r:1` or `R:1`: another value of the same text again.
    Reference(char, i64),
}

/// Why a text is no serialised value, and at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("not a serialised value at byte {0}")]
    Syntax(usize),
    #[error("not base64")]
    Base64,
    #[error("nested more than {DEPTH} deep at byte {0}")]
    Depth(usize),
    #[error("more than {VALUES} values, the last at byte {0}")]
    Values(usize),
}

impl Php {
    /// Reads a value; what stands behind it is a fault.
    ///
    /// # Errors
    /// [`Fault`]: the text is something else, or holds an object with code of its own (`C:`).
    pub fn read(text: &str) -> Result<Php, Fault> {
        let mut reading = Reading { text, at: 0, values: 0 };
        let value = reading.value(0)?;
        match reading.at == text.len() {
            true => Ok(value),
            false => Err(Fault::Syntax(reading.at)),
        }
    }

    /// `configdata` of a block: base64 of a serialised object. Nothing for an empty one and for the `0 => false` that stands for an empty one (MAGISTERE-XML §2).
    ///
    /// # Errors
    /// [`Fault`].
    pub fn read_config(base64: &str) -> Result<Option<Php>, Fault> {
        let packed: String = base64.split_whitespace().collect();
        if packed.is_empty() || base64 == crate::xml::NULL {
            return Ok(None);
        }
        let bytes = STANDARD.decode(packed.as_bytes()).or(Err(Fault::Base64))?;
        let text = String::from_utf8_lossy(&bytes);
        let value = Php::read(&text)?;
        let unconfigured = matches!(&value, Php::Object(_, fields) if matches!(fields.as_slice(), [(Php::Text(k), Php::Bool(false))] if k == "0"));
        Ok(Some(value).filter(|_| !unconfigured))
    }

    /// The value as `configdata`.
    pub fn to_config(&self) -> String {
        STANDARD.encode(self.to_text())
    }

    /// The value as PHP serialises it.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.push(&mut out);
        out
    }

    /// An array or a `stdClass` with these fields.
    pub fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Php)>) -> Php {
        Php::Object("stdClass".to_owned(), fields.into_iter().map(|(k, v)| (Php::Text(k.to_owned()), v)).collect())
    }

    /// What an array or an object holds; nothing for other values.
    pub fn entries(&self) -> &[(Php, Php)] {
        match self {
            Php::Array(entries) | Php::Object(_, entries) => entries,
            _ => &[],
        }
    }

    pub fn entries_mut(&mut self) -> Option<&mut Vec<(Php, Php)>> {
        match self {
            Php::Array(entries) | Php::Object(_, entries) => Some(entries),
            _ => None,
        }
    }

    /// A field by its name or number.
    pub fn get(&self, name: &str) -> Option<&Php> {
        self.entries().iter().find(|(k, _)| k.key().as_deref() == Some(name)).map(|(_, v)| v)
    }

    /// Sets a field of an array or an object, in its place or at the end.
    pub fn set(&mut self, name: &str, value: Php) {
        let Some(entries) = self.entries_mut() else { return };
        match entries.iter_mut().find(|(k, _)| k.key().as_deref() == Some(name)) {
            Some((_, v)) => *v = value,
            None => entries.push((Php::Text(name.to_owned()), value)),
        }
    }

    /// A text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Php::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number, also one that is written as a text.
    pub fn int(&self) -> Option<i64> {
        match self {
            Php::Int(n) => Some(*n),
            Php::Bool(b) => Some(i64::from(*b)),
            Php::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Every text in it, to be changed. Names of fields are not shown.
    pub fn each_text(&mut self, see: &mut impl FnMut(&mut String)) {
        match self {
            Php::Text(text) => see(text),
            Php::Array(entries) | Php::Object(_, entries) => entries.iter_mut().for_each(|(_, v)| v.each_text(see)),
            _ => {}
        }
    }

    fn key(&self) -> Option<String> {
        match self {
            Php::Text(text) => Some(text.clone()),
            Php::Int(n) => Some(n.to_string()),
            _ => None,
        }
    }

    fn push(&self, out: &mut String) {
        // Writing to a string does not fail.
        let _ = match self {
            Php::Null => write!(out, "N;"),
            Php::Bool(b) => write!(out, "b:{};", u8::from(*b)),
            Php::Int(n) => write!(out, "i:{n};"),
            Php::Float(f) => write!(out, "d:{f};"),
            Php::Text(text) => write!(out, "s:{}:\"{text}\";", text.len()),
            Php::Reference(kind, n) => write!(out, "{kind}:{n};"),
            Php::Array(entries) => {
                let _ = write!(out, "a:{}:{{", entries.len());
                return Php::push_entries(entries, out);
            }
            Php::Object(class, entries) => {
                let _ = write!(out, "O:{}:\"{class}\":{}:{{", class.len(), entries.len());
                return Php::push_entries(entries, out);
            }
        };
    }

    fn push_entries(entries: &[(Php, Php)], out: &mut String) {
        for (key, value) in entries {
            key.push(out);
            value.push(out);
        }
        out.push('}');
    }
}

struct Reading<'a> {
    text: &'a str,
    at: usize,
    values: usize,
}

impl<'a> Reading<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fault<T>(&self) -> Result<T, Fault> {
        Err(Fault::Syntax(self.at))
    }

    fn expect(&mut self, word: &str) -> Result<(), Fault> {
        if !self.rest().starts_with(word) {
            return self.fault();
        }
        self.at += word.len();
        Ok(())
    }

    /// Up to a character, which is passed over.
    fn until(&mut self, end: char) -> Result<&'a str, Fault> {
        match self.rest().split_once(end) {
            Some((word, _)) => {
                self.at += word.len() + end.len_utf8();
                Ok(word)
            }
            None => self.fault(),
        }
    }

    fn int(&mut self, end: char) -> Result<i64, Fault> {
        let at = self.at;
        self.until(end)?.parse().map_err(|_| Fault::Syntax(at))
    }

    fn value(&mut self, depth: usize) -> Result<Php, Fault> {
        if depth > DEPTH {
            return Err(Fault::Depth(self.at));
        }
        self.values += 1;
        if self.values > VALUES {
            return Err(Fault::Values(self.at));
        }
        let kind = self.rest().chars().next().unwrap_or('\0');
        if kind == 'N' {
            self.expect("N;")?;
            return Ok(Php::Null);
        }
        self.expect(&format!("{kind}:"))?;
        match kind {
            'b' => match self.until(';')? {
                "0" => Ok(Php::Bool(false)),
                "1" => Ok(Php::Bool(true)),
                _ => self.fault(),
            },
            'i' => Ok(Php::Int(self.int(';')?)),
            'd' => {
                let word = self.until(';')?;
                let known = word.parse::<f64>().is_ok() || matches!(word, "INF" | "-INF" | "NAN");
                if known { Ok(Php::Float(word.to_owned())) } else { self.fault() }
            }
            's' => {
                let text = self.string()?;
                self.expect(";")?;
                Ok(Php::Text(text))
            }
            'a' => {
                let count = self.int(':')?;
                Ok(Php::Array(self.entries(count, depth)?))
            }
            'O' => {
                let class = self.string()?;
                self.expect(":")?;
                let count = self.int(':')?;
                Ok(Php::Object(class, self.entries(count, depth)?))
            }
            'r' | 'R' => Ok(Php::Reference(kind, self.int(';')?)),
            _ => self.fault(),
        }
    }

    fn entries(&mut self, count: i64, depth: usize) -> Result<Vec<(Php, Php)>, Fault> {
        self.expect("{")?;
        let mut entries = Vec::new();
        for _ in 0..count {
            let key = self.value(depth + 1)?;
            if key.key().is_none() {
                return self.fault();
            }
            entries.push((key, self.value(depth + 1)?));
        }
        self.expect("}")?;
        Ok(entries)
    }

    /// `5:"hello"`. A length that does not lead to the closing quote is not believed.
    fn string(&mut self) -> Result<String, Fault> {
        let length = usize::try_from(self.int(':')?).or(self.fault())?;
        self.expect("\"")?;
        let rest = self.rest();
        let ends = |at: usize| rest.get(at..).is_some_and(|r| r.starts_with("\";") || r.starts_with("\":"));
        let length = match ends(length) {
            true => length,
            // The shortest text that a value, or the end, can follow.
            false => match rest.match_indices('"').map(|(at, _)| at).find(|at| ends(*at) && self.may_follow(*at)) {
                Some(at) => at,
                None => return self.fault(),
            },
        };
        let text = rest.get(..length).unwrap_or_default().to_owned();
        self.at += length + 1;
        Ok(text)
    }

    /// Whether what stands behind `";` at a place of the rest can be a value, the end of an array, or nothing.
    fn may_follow(&self, at: usize) -> bool {
        let behind = self.rest().get(at + 2..).unwrap_or_default();
        let mut chars = behind.chars();
        match (chars.next(), chars.next()) {
            (None | Some('}'), _) => true,
            (Some('N'), second) => second == Some(';'),
            (Some('b' | 'i' | 'd' | 's' | 'a' | 'O' | 'r' | 'R'), second) => second == Some(':'),
            (Some(digit), _) => digit.is_ascii_digit(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_as_it_was() {
        for text in [
            "N;",
            "b:1;",
            "i:-7;",
            "d:0.1;",
            "d:INF;",
            "s:6:\"h\u{e9}\"; \";",
            "a:2:{i:0;s:1:\"a\";s:1:\"k\";a:0:{}}",
            "O:8:\"stdClass\":1:{s:4:\"text\";s:0:\"\";}",
            "a:2:{i:0;O:8:\"stdClass\":0:{}i:1;r:2;}",
        ] {
            assert_eq!(Php::read(text).map(|v| v.to_text()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn lengths_that_no_longer_fit_are_set_right() {
        // "a\r\nb" became "a\nb" and kept its 4.
        let value = Php::read("a:2:{s:4:\"a\nb\";s:9:\"x\";i:1;b:0;}").unwrap();
        assert_eq!(value.to_text(), "a:2:{s:3:\"a\nb\";s:1:\"x\";i:1;b:0;}");
    }

    #[test]
    fn what_is_none_is_said_to_be_none() {
        for text in
            ["", "x", "i:1", "i:x;", "s:1:\"a;", "a:1:{i:0;}", "a:1:{N;N;}", "C:1:\"A\":0:{}", "i:1;i:2;", "s:-1:\"\";", "a:-1:{", "b:2;", "d:x;"]
        {
            assert!(Php::read(text).is_err(), "{text}");
        }
        assert!(matches!(Php::read(&"a:1:{i:0;".repeat(100)), Err(Fault::Depth(_))));
        assert!(matches!(Php::read(&format!("a:999999999:{{{}", "i:0;N;".repeat(VALUES))), Err(Fault::Values(_))));
        // A number of entries that is not there is only a number.
        assert!(matches!(Php::read("a:9223372036854775807:{i:0;N;}"), Err(Fault::Syntax(_))));
    }

    #[test]
    fn config_of_a_block_is_an_object_in_base64() {
        let config = Php::object([("title", Php::Text("\u{c9}t\u{e9}".into())), ("n", Php::Int(3))]);
        let read = Php::read_config(&config.to_config()).unwrap().unwrap();
        assert_eq!((read.get("title").and_then(Php::text), read.get("n").and_then(Php::int)), (Some("\u{c9}t\u{e9}"), Some(3)));
        assert_eq!(Php::read_config(""), Ok(None));
        assert_eq!(Php::read_config(&Php::object([("0", Php::Bool(false))]).to_config()), Ok(None));
        assert!(Php::read_config("%%").is_err());
    }

    #[test]
    fn fields_are_set_and_texts_are_changed() {
        let mut config = Php::object([("a", Php::Text("x".into()))]);
        config.set("a", Php::Text("yy".into()));
        config.set("b", Php::Array(vec![(Php::Int(0), Php::Text("z".into()))]));
        config.each_text(&mut |t| t.push('!'));
        assert_eq!(config.to_text(), "O:8:\"stdClass\":2:{s:1:\"a\";s:3:\"yy!\";s:1:\"b\";a:1:{i:0;s:2:\"z!\";}}");
    }
}
