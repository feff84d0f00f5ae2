//! JSON changed in place: what is not changed stays as it is written, to the space.
//!
//! PHP writes slashes and letters in a way of its own (`\/`, `\u00e9`), and two writers order and space differently; a value that was read and written again would differ where
//! nothing changed.

use std::ops::Range;

/// Depth beyond which nothing is read: conditions are refused long before (MBZ-FORMAT §7.4).
const DEPTH: usize = 128;

/// A value, and where it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json {
    pub range: Range<usize>,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number as written, `true`, `false` or `null`.
    Plain(String),
    /// A text, its escapes resolved.
    Text(String),
    List(Vec<Json>),
    /// Names with where they stand, quotes and all.
    Object(Vec<(String, Range<usize>, Json)>),
}

impl Json {
    /// Reads an object or a list; nothing when the text is anything else.
    pub fn read(text: &str) -> Option<Json> {
        let mut reading = Reading { text, at: 0 };
        reading.blank();
        if !matches!(reading.peek()?, b'{' | b'[') {
            return None;
        }
        let json = reading.value(0)?;
        reading.blank();
        (reading.at == text.len()).then_some(json)
    }

    /// A field of an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        match &self.value {
            Value::Object(fields) => fields.iter().find(|(n, ..)| n == name).map(|(.., v)| v),
            _ => None,
        }
    }

    /// A text, or anything plain as it is written.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Plain(text) | Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Puts new pieces in their places. They must not overlap.
pub fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (range, new) in edits {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(&new);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// A text as JSON, in the way PHP writes it where `like` (a piece of the same document) does.
pub fn quoted(text: &str, like: &str) -> String {
    let plain = serde_json::Value::from(text).to_string();
    let slashes = if like.contains("\\/") { plain.replace('/', "\\/") } else { plain };
    if !like.contains("\\u") {
        return slashes;
    }
    let mut out = String::with_capacity(slashes.len());
    for c in slashes.chars() {
        match c.is_ascii() {
            true => out.push(c),
            false => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    out
}

struct Reading<'a> {
    text: &'a str,
    at: usize,
}

impl Reading<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes one mark if it stands next.
    fn take(&mut self, mark: u8) -> bool {
        self.blank();
        let there = self.peek() == Some(mark);
        self.at += usize::from(there);
        there
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.blank();
        let start = self.at;
        let value = match self.peek()? {
            _ if depth > DEPTH => return None,
            b'{' => self.object(depth)?,
            b'[' => self.list(depth)?,
            b'"' => Value::Text(self.quoted()?),
            _ => self.plain()?,
        };
        Some(Json { range: start..self.at, value })
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut values = Vec::new();
        if self.take(b']') {
            return Some(Value::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            match self.take(b',') {
                true => {}
                false => return self.take(b']').then_some(Value::List(values)),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut fields = Vec::new();
        if self.take(b'}') {
            return Some(Value::Object(fields));
        }
        loop {
            self.blank();
            let start = self.at;
            let name = self.quoted()?;
            let range = start..self.at;
            if !self.take(b':') {
                return None;
            }
            fields.push((name, range, self.value(depth + 1)?));
            match self.take(b',') {
                true => {}
                false => return self.take(b'}').then_some(Value::Object(fields)),
            }
        }
    }

    fn quoted(&mut self) -> Option<String> {
        let start = self.at;
        if self.peek()? != b'"' {
            return None;
        }
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        serde_json::from_str(self.text.get(start..self.at)?).ok()
    }

    fn plain(&mut self) -> Option<Value> {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at)?;
        serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
        Some(Value::Plain(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_changed_changes() {
        let text = r#" {"op" : "&", "c":[{"type":"completion","cm":12 ,"e":1}], "url":"http:\/\/a\u00e9"} "#;
        let json = Json::read(text).unwrap();
        let Value::List(conditions) = &json.get("c").unwrap().value else { panic!() };
        let cm = conditions[0].get("cm").unwrap();
        assert_eq!((cm.text(), json.get("url").unwrap().text()), (Some("12"), Some("http://aé")));
        let new = edited(text, vec![(cm.range.clone(), "1012".into()), (json.get("url").unwrap().range.clone(), quoted("/é", r"\/\u00e9"))]);
        assert_eq!(new, r#" {"op" : "&", "c":[{"type":"completion","cm":1012 ,"e":1}], "url":"\/\u00e9"} "#);
    }

    #[test]
    fn what_is_no_json_is_none() {
        for text in
            ["", "12", "\"a\"", "{", "[1,]", "{\"a\":}", "{\"a\":1,}", "[1] x", "[nul]", "[\"\\q\"]", "[[1]] is no list", "{cat} {mat}", "{\"a\\"]
        {
            assert_eq!(Json::read(text), None, "{text}");
        }
        assert_eq!(Json::read(&"[".repeat(100_000)), None);
        assert!(Json::read("[]").is_some() && Json::read("{\"a\":[true,null,-1.5e3]}").is_some());
    }
}
