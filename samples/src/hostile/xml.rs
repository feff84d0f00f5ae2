//! Documents that are not what a backup holds.

use super::{Hostile, with};
use crate::pack;
use anyhow::Result;
use parcours_mbz::Container::Tgz;

pub const ALL: &[Hostile] = &[
    Hostile { name: "xml-laughs", what: "ten levels of entities: three gigabytes from one kilobyte", make: laughs },
    Hostile {
        name: "xml-external",
        what: "an entity that reads a file of the server",
        make: || users("<!DOCTYPE users [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<users>&x;</users>"),
    },
    Hostile { name: "xml-entity", what: "an entity nobody declared", make: || users("<users>&nbsp;</users>") },
    Hostile { name: "xml-deep", what: "a hundred thousand elements inside each other", make: deep },
    Hostile { name: "xml-attributes", what: "ten thousand attributes", make: attributes },
    Hostile { name: "xml-tag", what: "a tag of a megabyte", make: || users(&format!("<users a=\"{}\"></users>", "x".repeat(1 << 20))) },
    Hostile { name: "xml-text", what: "a leaf of twenty megabytes", make: text },
    Hostile { name: "xml-crossed", what: "elements that overlap", make: || users("<users><user></users></user>") },
    Hostile { name: "xml-cut", what: "a document that stops", make: || users("<users><user id=\"1\"><username>a") },
    Hostile { name: "xml-utf16", what: "an encoding other than UTF-8", make: utf16 },
    Hostile { name: "manifest-foreign", what: "moodle_backup.xml is about something else", make: foreign },
];

fn users(body: &str) -> Result<Vec<u8>> {
    pack(&with("users.xml", format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}"))?, Tgz)
}

fn laughs() -> Result<Vec<u8>> {
    let levels: String = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    users(&format!("<!DOCTYPE users [<!ENTITY l0 \"ha\">{levels}]>\n<users>&l9;</users>"))
}

fn deep() -> Result<Vec<u8>> {
    users(&format!("<users>{}{}</users>", "<a>".repeat(100_000), "</a>".repeat(100_000)))
}

fn attributes() -> Result<Vec<u8>> {
    let attributes: String = (0..10_000).map(|n| format!(" a{n}=\"\"")).collect();
    users(&format!("<users{attributes}></users>"))
}

/// Random enough not to be stopped as a bomb before it is read as a text.
fn text() -> Result<Vec<u8>> {
    let mut state = 1u32;
    let letters = (0..20 << 20).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (state >> 24) as u8 % 26)
    });
    users(&format!("<users><user id=\"1\"><description>{}</description></user></users>", letters.collect::<String>()))
}

fn utf16() -> Result<Vec<u8>> {
    let text: Vec<u8> = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?><users></users>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    pack(&with("users.xml", text)?, Tgz)
}

fn foreign() -> Result<Vec<u8>> {
    pack(&with("moodle_backup.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<html><body>Maintenance</body></html>")?, Tgz)
}
