//! PHP's `serialize()`: what is read is written the same, whatever lengths it came with.

use crate::Release;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parcours_mbz::php::Php;

pub const TARGET: Release = Release {
    name: "php",
    run,
    seeds,
    words: &[
        "N;",
        "b:1;",
        "b:0;",
        "i:0;",
        "i:-7;",
        "d:0.1;",
        "d:INF;",
        "d:NAN;",
        "s:1:\"a\";",
        "s:0:\"\";",
        "a:0:{}",
        "a:1:{i:0;",
        "}",
        "{",
        "\";",
        "\":",
        "O:8:\"stdClass\":1:{",
        "C:1:\"A\":0:{}",
        "r:1;",
        "R:1;",
        "\u{e9}",
        "\0A\0b",
        "$@NULL@$",
        "\r\n",
    ],
    runs: 60_000,
};

/// Nesting that is read, in levels; one more is a fault.
const DEPTH: usize = 33;

pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let read = Php::read(text);
    let _ = Php::read_config(text);
    // As `configdata` says the same, but for what stands for nothing.
    let config = Php::read_config(&STANDARD.encode(text));
    match (&read, config) {
        (Ok(value), Ok(Some(config))) => assert_eq!(*value, config),
        (Ok(value), Ok(None)) => assert!(text.trim().is_empty() || value.entries().len() == 1),
        (Err(_), Err(_)) => assert!(!text.is_empty()),
        (Err(_), Ok(None)) => assert!(text.is_empty()),
        (read, config) => panic!("{read:?} and {config:?}"),
    }
    let Ok(mut value) = read else { return };
    assert!(depth(&value) <= DEPTH);
    let written = value.to_text();
    assert_eq!(Php::read(&written).as_ref(), Ok(&value));
    assert_eq!(Php::read(&written).map(|v| v.to_text()), Ok(written));
    // A text that is changed does not change what is around it.
    value.each_text(&mut |text| text.push_str("\";}"));
    value.set("x", Php::Int(1));
    assert_eq!(Php::read(&value.to_text()), Ok(value));
}

fn depth(value: &Php) -> usize {
    1 + value.entries().iter().map(|(_, v)| depth(v)).max().unwrap_or(0)
}

fn seeds() -> Vec<Vec<u8>> {
    let text = |t: &str| Php::Text(t.to_owned());
    let html = Php::object([("title", text("\u{c9}t\u{e9}")), ("text", text("<p>a\"; b</p>")), ("format", text("1")), ("n", Php::Int(3))]);
    let list =
        Php::Array((0..4).map(|n| (Php::Int(n), Php::Array(vec![(text("k"), Php::Float("0.5".into())), (text("b"), Php::Bool(true))]))).collect());
    let deep = (0..20).fold(Php::Null, |inner, _| Php::Array(vec![(Php::Int(0), inner)]));
    let again = Php::Array(vec![(Php::Int(0), Php::object([])), (Php::Int(1), Php::Reference('r', 2))]);
    [html, list, deep, again].iter().map(|v| v.to_text().into_bytes()).collect()
}
