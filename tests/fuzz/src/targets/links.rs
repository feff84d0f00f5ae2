//! Links inside texts: tokens and file links stand where they are said to, and paths come back as they were.

use crate::Release;
use parcours_mbz::links::{PLUGINFILE, decode, encode, files, known, replace, tokens};
use std::borrow::Cow;

pub const TARGET: Release = Release {
    name: "links",
    run,
    seeds,
    words: &[
        "$@",
        "@$",
        "*",
        "$@NULL@$",
        "$@PAGEVIEWBYID*12@$",
        "$@FORUMDISCUSSIONVIEWPARENT*3*44@$",
        "$@QUIZINDEX*2@$",
        "INDEX",
        "VIEWBYID",
        "URLENCODED",
        "@@PLUGINFILE@@",
        "@@PLUGINFILE@@/",
        "/../",
        "%2e%2e",
        "%",
        "%00",
        "%C3%A9",
        "?",
        "#",
        "\"",
        "&amp;",
        " ",
        "\u{e9}",
        "\u{2028}",
    ],
    runs: 60_000,
};

pub fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    found(&text);
    rewritten(&text);
    let mut end = 0;
    for link in files(&text) {
        assert!(link.range.start >= end, "links overlap");
        end = link.range.end;
        let whole = text.get(link.range).expect("a link stands in its text");
        let path = whole.strip_prefix(PLUGINFILE).expect("a link begins with its mark");
        assert!(path.starts_with('/') && link.path == decode(path));
        assert_eq!(decode(&encode(&link.path)), link.path);
    }
    assert_eq!(decode(&encode(&text)), text);
    let encoded = encode(&text);
    assert!(encoded.is_ascii() && !encoded.contains(['"', '\'', '?', '#', '<', '>', '&', ' ']));
}

fn found(text: &str) {
    let mut end = 0;
    for token in tokens(text) {
        assert!(token.range.start >= end, "tokens overlap");
        end = token.range.end;
        let whole = text.get(token.range.clone()).expect("a token stands in its text");
        let inside = whole.strip_prefix("$@").and_then(|w| w.strip_suffix("@$")).expect("a token has its marks");
        assert!(inside.starts_with(token.name) && !token.ids.is_empty() && token.ids.iter().all(|id| *id >= 0));
        let known = known(token.name);
        if let Some(address) = token.address("https://m.example.org") {
            assert!(address.starts_with("https://m.example.org/") && known.is_some_and(|k| k.spaces.len() == token.ids.len()));
            assert!(token.ids.iter().all(|id| address.contains(&id.to_string())), "{address}");
        }
    }
}

fn rewritten(text: &str) {
    assert!(matches!(replace(text, |_| None), Cow::Borrowed(same) if same == text));
    let same = replace(text, |token| text.get(token.range.clone()).map(str::to_owned));
    assert_eq!(same, text);
    // Every token that is found is replaced; what then stands together may be a new one.
    let (mut asked, count) = (0, tokens(text).count());
    let none = replace(text, |_| {
        asked += 1;
        Some("-".into())
    });
    assert!(asked == count && none.len() + 4 * count <= text.len() + count);
}

fn seeds() -> Vec<Vec<u8>> {
    let names = ["a b/\u{e9}t\u{e9}.png", "../../etc/passwd", "100%.pdf"];
    let linked: String = names.iter().map(|n| format!("<img src=\"{PLUGINFILE}/{}?time=1\" alt=\"\" />", encode(n))).collect();
    vec![linked.into_bytes()]
}
