//! Documents: every way of reading one agrees with the others, and what is read is written and read the same.

use super::{refused, small};
use crate::Release;
use indexed::layouts;
use parcours_mbz::records::{Unread, read, write};
use parcours_mbz::xml::{Element, Reader, Rewrite, Step, echo, is_blank, rewrite};
use parcours_mbz::{Error, Limits};

mod indexed;

pub const TARGET: Release = Release {
    name: "xml",
    run,
    seeds: Vec::new,
    words: &[
        "<a>",
        "</a>",
        "<a/>",
        "<a b=\"1\">",
        " id=\"7\"",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml version=\"1.0\"?>",
        "<?php ?>",
        "<!DOCTYPE a>",
        "&lt;",
        "&amp;",
        "&#13;",
        "&#x0;",
        "&#xD800;",
        "&nbsp;",
        "&",
        ";",
        "\r\n",
        "\r",
        "\t",
        "\u{feff}",
        "\u{1}",
        "\u{e9}",
        "\u{fffe}",
        "$@NULL@$",
        " xmlns:m=\"x\"",
        "<post id=\"1\">",
        "</post>",
        "<posts>",
        "</posts>",
        "]]&gt;",
        "--",
        "\"",
        "'",
    ],
    runs: 20_000,
};

pub fn run(input: &[u8]) {
    let limits = small();
    let before = match events(input, &limits) {
        Ok(events) => events,
        Err(e) => {
            refused(&e);
            assert!(echoed(input, &limits).is_err() && Element::document(Reader::new(input, "", &limits)).is_err(), "{e}");
            return;
        }
    };
    // Copied, it says the same, and copied again it is the same.
    match echoed(input, &limits) {
        Ok(once) => {
            assert_eq!(events(&once, &Limits::default()).expect("what we write is read"), before);
            assert!(echoed(&once, &Limits::default()).is_ok_and(|twice| twice == once), "copied twice, two documents");
        }
        Err(e) => panic!("read and not copied: {e}"),
    }
    whole(input, &limits);
    records(input, &limits, &before);
}

/// What a document says: tags with their attributes, and the texts of leaves. Blank text of several lines is layout.
fn events(xml: &[u8], limits: &Limits) -> Result<Vec<String>, Error> {
    let mut reader = Reader::new(xml, "", limits);
    let (mut events, mut opened) = (Vec::new(), false);
    loop {
        let step = reader.step()?;
        assert!(
            reader.depth() <= limits.xml_depth
                && reader.text().len() as u64 <= limits.text_bytes
                && reader.attributes().len() as u64 <= limits.attributes
        );
        let text = reader.text();
        // Text beside elements stands on lines of its own in what we write.
        match opened && step == Step::Close {
            true if is_blank(text) && text.contains('\n') => {}
            true => events.push(text.to_owned()),
            false => events.extend(Some(bare(text)).filter(|t| !t.is_empty()).map(str::to_owned)),
        }
        match step {
            Step::Open => events.push(format!("<{} {:?}", reader.name(), reader.attributes().collect::<Vec<_>>())),
            Step::Close => events.push(format!("</{}", reader.name())),
            _ => return Ok(events),
        }
        opened = step == Step::Open;
    }
}

fn bare(text: &str) -> &str {
    text.trim_matches([' ', '\n', '\t', '\r'])
}

fn echoed(xml: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    echo(Reader::new(xml, "", limits), &mut out, |_, _| {})?;
    Ok(out)
}

/// Held whole and streamed, it comes to the same document, which is read as what was written.
fn whole(xml: &[u8], limits: &Limits) {
    let root = match Element::document(Reader::new(xml, "", limits)) {
        Ok(root) => root,
        Err(e) => {
            assert_eq!(e.code(), "record-bytes", "{e}");
            return;
        }
    };
    assert!(bytes(&root) <= limits.record_bytes, "a record larger than its limit");
    let written = root.to_document();
    let again = Element::document(Reader::new(written.as_slice(), "", &Limits::default())).expect("what we write is read");
    assert_eq!(leaves(&again), leaves(&root));
    assert!(again.to_document() == written, "written twice, two documents");
    let streamed = rewrite(Reader::new(xml, "", limits), Vec::new(), &mut Nothing).expect("read whole and not streamed");
    assert_eq!(String::from_utf8_lossy(&streamed), String::from_utf8_lossy(&written));
}

struct Nothing;

impl Rewrite for Nothing {
    fn takes(&mut self, path: &[String]) -> bool {
        path.len() == 3
    }
    fn element(&mut self, _: &[String], element: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        out.push(element);
        Ok(())
    }
}

fn bytes(element: &Element) -> u64 {
    let own = element.name.len() + element.text.len() + element.attributes.iter().map(|(k, v)| k.len() + v.len()).sum::<usize>();
    own as u64 + element.children.iter().map(bytes).sum::<u64>()
}

fn leaves(root: &Element) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    root.walk(&mut |e| {
        if e.is_leaf() {
            let text = if e.name.is_empty() { bare(&e.text) } else { &e.text };
            leaves.push((e.name.clone(), text.to_owned()));
        }
    });
    leaves
}

/// Through the records of every declaration that knows this root, and back.
fn records(xml: &[u8], limits: &Limits, before: &[String]) {
    for (root, layout, nodes) in layouts() {
        if !before.first().is_some_and(|first| first.starts_with(&format!("<{root} "))) {
            continue;
        }
        let mut memory = indexed::Memory::new(nodes);
        let doc = match read(Reader::new(xml, "", limits), layout, &mut memory) {
            Ok(doc) => doc,
            Err(Unread::Unfit(_)) => continue,
            Err(Unread::Failed(e)) => panic!("read and not as records: {e}"),
        };
        let out = write(Vec::new(), layout, &doc, &mut memory).expect("records are written");
        // How an element without anything in it was broken into lines is not kept.
        let said = |events: &[String]| events.iter().filter(|e| !e.is_empty()).cloned().collect::<Vec<_>>();
        assert_eq!(said(&events(&out, &Limits::default()).expect("what we write is read")), said(before));
    }
}
