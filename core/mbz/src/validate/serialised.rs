//! Texts that PHP has to read: one length that is not right, and all of it is lost (MBZ-FORMAT §2.8).

use super::doc::{Doc, Kind};
use super::element::Element;
use super::finding::Findings;
use super::rule::Rule;
use crate::php::Php;
use crate::xml::NULL;

/// Columns that hold an array, and whose.
const ARRAYS: &[(&str, &str)] = &[
    ("displayoptions", "/page.xml"),
    ("displayoptions", "/resource.xml"),
    ("displayoptions", "/url.xml"),
    ("parameters", "/url.xml"),
    ("structure", "/imscp.xml"),
];

pub(super) fn leaf(out: &mut Findings, doc: &Doc<'_>, parent: Element<'_>, name: &str, text: &str) {
    if parent.depth() > 2 || text == NULL || text.is_empty() {
        return;
    }
    let broken = match doc.kind {
        Kind::Own => ARRAYS.iter().any(|(n, file)| *n == name && doc.path.ends_with(file)) && !Php::read(text).is_ok_and(|v| v.to_text() == text),
        Kind::Block => name == "configdata" && !is_config(text),
        _ => false,
    };
    if broken {
        out.add(Rule::BrokenSerialised, doc.path, name, "");
    }
}

fn is_config(text: &str) -> bool {
    let bare = |text: &str| text.trim().trim_end_matches('=').to_owned();
    Php::read_config(text).is_ok_and(|config| config.is_none_or(|c| bare(&c.to_config()) == bare(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_that_does_not_fit_is_found() {
        let config = Php::object([("text", Php::Text("é".to_owned()))]);
        assert!(is_config(&config.to_config()) && is_config(config.to_config().trim_end_matches('=')));
        // O:8:"stdClass":1:{s:4:"text";s:9:"a";}
        assert!(!is_config("Tzo4OiJzdGRDbGFzcyI6MTp7czo0OiJ0ZXh0IjtzOjk6ImEiO30="));
        assert!(!is_config("%%%"));
    }
}
