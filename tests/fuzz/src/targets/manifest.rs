//! `moodle_backup.xml`: what is read of it is read again from what we write, and from JSON.

use super::{refused, small};
use crate::Release;
use parcours_mbz::Manifest;
use parcours_mbz::manifest::would_be_found;
use parcours_mbz::xml::{Reader, echo};

pub const TARGET: Release = Release {
    name: "manifest",
    run,
    seeds: Vec::new,
    words: &[
        "<information>",
        "</information>",
        "<details>",
        "<detail backup_id=\"1\">",
        "</detail>",
        "<activity>",
        "</activity>",
        "<section>",
        "</section>",
        "<setting>",
        "<level>activity</level>",
        "<value>$@NULL@$</value>",
        "<format>moodle2</format>",
        "<directory>../../etc</directory>",
        "<moduleid>",
        "<parentcmid>7</parentcmid>",
        "<type>section</type>",
        "&amp;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
    ],
    runs: 20_000,
};

pub fn run(input: &[u8]) {
    would_be_found(input);
    let limits = small();
    let manifest = match Manifest::read(input, &limits) {
        Ok(manifest) => manifest,
        Err(e) => return refused(&e),
    };
    let json = serde_json::to_string(&manifest).expect("a manifest is JSON");
    assert_eq!(serde_json::from_str::<Manifest>(&json).expect("and JSON a manifest"), manifest);
    let mut out = Vec::new();
    echo(Reader::new(input, "moodle_backup.xml", &limits), &mut out, |_, _| {}).expect("what is read is written");
    assert_eq!(Manifest::read(out.as_slice(), &Default::default()).expect("and read again"), manifest);
    assert_eq!(manifest.has_people(), manifest.root_setting("users") == Some("1"));
}
