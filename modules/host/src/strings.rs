//! A module's texts: `lang/<language>.json`, packed as one section.

use std::collections::HashMap;

use serde_json::Value;

/// Language → key → text.
#[derive(Debug, Default)]
pub struct Strings(HashMap<String, HashMap<String, String>>);

impl Strings {
    /// Reads `{"en": {"key": "text"}, "fr": {…}}`.
    ///
    /// # Errors
    /// What is not as it should be, in words.
    pub fn parse(json: &[u8]) -> Result<Strings, String> {
        let all: Value = serde_json::from_slice(json).map_err(|e| e.to_string())?;
        let mut languages = HashMap::new();
        for (lang, texts) in all.as_object().ok_or("not an object of languages")? {
            let texts = texts.as_object().ok_or_else(|| format!("`{lang}` is not an object of texts"))?;
            let mut known = HashMap::new();
            for (key, text) in texts {
                let text = text.as_str().ok_or_else(|| format!("`{lang}.{key}` is not a text"))?;
                known.insert(key.clone(), text.to_owned());
            }
            languages.insert(lang.clone(), known);
        }
        Ok(Strings(languages))
    }

    /// The languages there are, in order of name.
    pub fn languages(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.0.keys().map(String::as_str).collect();
        all.sort_unstable();
        all
    }

    /// The text of a key in `lang`, else in its main language (`fr` for `fr_ca`), else in English, else the key itself; `{name}` is
    /// replaced by the argument of that name.
    pub fn text<'a>(&self, lang: &str, key: &str, args: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        let main = lang.split(['-', '_']).next().unwrap_or(lang);
        let found = [lang, main, "en"].iter().find_map(|lang| self.0.get(*lang)?.get(key));
        fill(found.map_or(key, String::as_str), &args.collect::<Vec<_>>())
    }
}

/// One pass, so that an argument that looks like a place is not filled again.
fn fill(text: &str, args: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}').and_then(|(name, behind)| Some((args.iter().find(|(n, _)| *n == name)?.1, behind)));
        match place {
            Some((value, behind)) => {
                filled.push_str(value);
                rest = behind;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings() -> Strings {
        Strings::parse(r#"{"en":{"hi":"Hello {name}","only":"en"},"fr":{"hi":"Bonjour {name}"}}"#.as_bytes()).unwrap()
    }

    #[test]
    fn a_missing_text_falls_back_to_english_and_then_to_its_key() {
        let s = strings();
        assert_eq!(s.text("fr_ca", "hi", [("name", "Ada")].into_iter()), "Bonjour Ada");
        assert_eq!(s.text("fr", "only", [].into_iter()), "en");
        assert_eq!(s.text("fr", "nowhere", [].into_iter()), "nowhere");
    }

    #[test]
    fn an_argument_is_never_filled_again() {
        assert_eq!(strings().text("en", "hi", [("name", "{name} {x")].into_iter()), "Hello {name} {x");
    }
}
