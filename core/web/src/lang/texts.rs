//! The texts themselves.

use super::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Counted { one: String, other: String },
}

type Texts = BTreeMap<String, Text>;

static FR: LazyLock<Texts> = LazyLock::new(|| serde_json::from_str(include_str!("../../lang/fr.json")).unwrap_or_default());
static EN: LazyLock<Texts> = LazyLock::new(|| serde_json::from_str(include_str!("../../lang/en.json")).unwrap_or_default());

fn texts(lang: Lang) -> &'static Texts {
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

/// The text of a key with its places filled. A key nobody wrote is shown as itself: tests keep that from happening.
pub(crate) fn say(lang: Lang, key: &str, args: &[(&str, String)]) -> String {
    let text = match texts(lang).get(key) {
        None => return key.to_owned(),
        Some(Text::Plain(t)) => t,
        Some(Text::Counted { one, other }) => {
            let n = args.iter().find(|(name, _)| *name == "n").and_then(|(_, v)| v.parse::<u64>().ok()).unwrap_or(0);
            if single(lang, n) { one } else { other }
        }
    };
    fill(text, args)
}

/// CLDR's `one`: in French 0 and 1, in English 1.
fn single(lang: Lang, n: u64) -> bool {
    match lang {
        Lang::Fr => n < 2,
        Lang::En => n == 1,
    }
}

/// One pass: what an argument brings in is never read as a place again.
fn fill(text: &str, args: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            break;
        };
        match args.iter().find(|(n, _)| *n == name) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn places(text: &str) -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|p| p.split_once('}').map(|(n, _)| n.to_owned())).collect()
    }

    fn all(text: &Text) -> BTreeSet<String> {
        match text {
            Text::Plain(t) => places(t),
            Text::Counted { one, other } => places(one).union(&places(other)).cloned().collect(),
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_and_places() {
        assert!(FR.len() > 100, "fr.json was not read");
        let keys = |t: &Texts| t.keys().cloned().collect::<BTreeSet<_>>();
        let (fr, en) = (keys(&FR), keys(&EN));
        assert_eq!(fr.symmetric_difference(&en).collect::<Vec<_>>(), Vec::<&String>::new());
        for (key, text) in FR.iter() {
            let Some(other) = EN.get(key) else { continue };
            assert_eq!(all(text), all(other), "{key}");
            assert_eq!(matches!(text, Text::Plain(_)), matches!(other, Text::Plain(_)), "{key}");
        }
    }

    /// Keys are written whole, in templates as `t("key")` and in code as string literals, so that this test can find them.
    #[test]
    fn no_key_is_missing_and_none_is_unused() {
        let mut used = BTreeSet::new();
        for (name, text) in crate::page::TEMPLATES {
            for piece in text.split("t(\"").skip(1) {
                let key = piece.split('"').next().unwrap_or("");
                assert!(FR.contains_key(key), "{name} says `{key}`, which fr.json does not have");
                used.insert(key.to_owned());
            }
        }
        let code = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        literals(&code, &mut used);
        let unused: Vec<_> = FR.keys().filter(|k| !used.contains(*k)).collect();
        assert!(unused.is_empty(), "nobody says {unused:?}");
    }

    fn literals(folder: &std::path::Path, used: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("the sources").flatten() {
            let path = entry.path();
            if path.is_dir() {
                literals(&path, used);
            } else {
                let text = std::fs::read_to_string(&path).expect("a source");
                used.extend(text.split('"').skip(1).filter(|k| FR.contains_key(*k)).map(str::to_owned));
            }
        }
    }

    #[test]
    fn texts_are_no_markup() {
        for lang in Lang::ALL {
            for (key, text) in texts(lang) {
                let text = format!("{text:?}");
                assert!(!text.contains(['<', '>', '&']), "{key}");
                assert!(!text.contains("...") && !text.contains(" '"), "{key}: write … and ’");
            }
        }
    }

    #[test]
    fn french_punctuation_does_not_begin_a_line() {
        for (key, text) in FR.iter() {
            let forms = match text {
                Text::Plain(t) => [t, t],
                Text::Counted { one, other } => [one, other],
            };
            for bad in [" ?", " !", " ;", " :", " »", "« ", " %"] {
                assert!(forms.iter().all(|t| !t.contains(bad)), "{key}: `{bad}` has a space that breaks");
            }
        }
    }

    #[test]
    fn numbers_choose_the_form_of_the_language() {
        let say = |lang, n: u64| say(lang, "home.activities", &[("n", n.to_string())]);
        assert_eq!((say(Lang::Fr, 0), say(Lang::Fr, 1), say(Lang::Fr, 2)), ("0 activité".into(), "1 activité".into(), "2 activités".into()));
        assert_eq!((say(Lang::En, 0), say(Lang::En, 1), say(Lang::En, 2)), ("0 activities".into(), "1 activity".into(), "2 activities".into()));
    }

    #[test]
    fn an_argument_is_not_read_again() {
        assert_eq!(fill("{a} {b} {c", &[("a", "{b}".into()), ("b", "x".into())]), "{b} x {c");
    }
}
