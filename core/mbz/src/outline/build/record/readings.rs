//! What is there to be read: page, url, resource, folder, book.

use super::Making;
use crate::outline::build::tree::{flag, leaves, nulls, text};
use crate::outline::build::words::{NAME, clip};
use crate::php::Php;
use crate::xml::Element;
use parcours_course::Text;
use parcours_course::outline::Chapter;

/// `displayoptions`: an array of switches.
fn options(of: &[(&str, i64)]) -> Element {
    let entries = of.iter().map(|(name, on)| (Php::Text((*name).to_owned()), Php::Int(*on))).collect();
    Element::new("displayoptions", Php::Array(entries).to_text())
}

pub(super) fn page(m: &Making<'_>, content: &Text) -> Vec<Element> {
    let mut all = text("content", content).to_vec();
    all.push(Element::new("legacyfiles", 0));
    all.extend(nulls(&["legacyfileslast"]));
    all.push(Element::new("display", 5));
    all.push(options(&[("printintro", 0), ("printlastmodified", 1)]));
    all.push(Element::new("revision", 1));
    all.push(Element::new("timemodified", m.now));
    all
}

pub(super) fn url(m: &Making<'_>, address: &str) -> Vec<Element> {
    vec![
        Element::new("externalurl", address),
        Element::new("display", 0),
        options(&[("printintro", 1)]),
        Element::new("parameters", Php::Array(Vec::new()).to_text()),
        Element::new("timemodified", m.now),
    ]
}

pub(super) fn resource(m: &Making<'_>) -> Vec<Element> {
    let mut all = leaves(&[("tobemigrated", "0"), ("legacyfiles", "0")]);
    all.extend(nulls(&["legacyfileslast"]));
    all.push(Element::new("display", 0));
    all.push(options(&[("printintro", 1)]));
    all.extend(leaves(&[("filterfiles", "0"), ("revision", "1")]));
    all.push(Element::new("timemodified", m.now));
    all
}

pub(super) fn folder(m: &Making<'_>) -> Vec<Element> {
    let mut all = leaves(&[("revision", "1")]);
    all.push(Element::new("timemodified", m.now));
    all.extend(leaves(&[("display", "0"), ("showexpanded", "1"), ("showdownloadfolder", "1"), ("forcedownload", "1")]));
    all
}

pub(super) fn book(m: &mut Making<'_>, chapters: &[Chapter]) -> Vec<Element> {
    let now = m.now;
    let mut all = leaves(&[("numbering", "1"), ("navstyle", "1"), ("customtitles", "0")]);
    all.extend([Element::new("timecreated", now), Element::new("timemodified", now)]);
    let chapter = |(at, c): (usize, &Chapter)| {
        let number = m.number("chapter", &["chapter"], c.id);
        // A book cannot begin with what is below a chapter.
        let sub = c.sub && at > 0;
        let mut leaves = vec![Element::new("pagenum", at + 1), flag("subchapter", sub), Element::new("title", clip(&c.title, NAME))];
        leaves.extend(text("content", &c.content));
        leaves.extend([flag("hidden", c.hidden), Element::new("timemodified", now), Element::new("importsrc", "")]);
        Element::record("chapter", number, leaves)
    };
    let chapters: Vec<Element> = chapters.iter().enumerate().map(chapter).collect();
    all.extend([Element::group("chapters", chapters), Element::group("chaptertags", [])]);
    all
}
