//! Typefaces, tiny letters, and what a word processor left behind.

use super::is_foreign;
use crate::clean::html::style::{Declaration, declarations, pixels, written};
use crate::clean::html::token::{Attribute, encode};
use crate::clean::html::{Doc, Edits, What};
use crate::clean::note::Note;
use crate::clean::scene::Scene;

/// Letters under this height, in CSS pixels, are not kept that small.
const TINY: f64 = 12.0;

/// Typefaces in which other characters are seen than are written.
const SYMBOLS: &[&str] = &["wingding", "webding", "symbol", "dingbat", "awesome", "icon"];

/// Typefaces that mean something: program text, letters for people who read them better.
const MEANT: &[&str] = &["mono", "courier", "consolas", "menlo", "dyslexi", "luciole"];

pub(super) fn change(doc: &Doc<'_>, scene: &mut Scene<'_>) -> Edits {
    let mut edits = Edits::default();
    for (at, node) in doc.nodes.iter().enumerate() {
        match node.what {
            What::Other if is_left_behind(doc.slice(node.start.clone())) => edits.cut(node.start.clone()),
            What::Element if at > 0 && !is_foreign(doc, at) => element(doc, at, scene, &mut edits),
            _ => {}
        }
    }
    edits
}

/// Comments that only Word or an old browser reads. One with a file in it stays: the file would seem unused.
fn is_left_behind(comment: &str) -> bool {
    let known = ["<!--[if", "<![if", "<![endif", "<!--[endif", "<!--StartFragment", "<!--EndFragment"];
    known.iter().any(|k| comment.starts_with(k)) && !comment.contains("@@PLUGINFILE@@") && !comment.contains("$@")
}

fn element(doc: &Doc<'_>, at: usize, scene: &mut Scene<'_>, edits: &mut Edits) {
    let Some(node) = doc.node(at) else { return };
    let attributes = doc.attributes(at);
    match node.name.as_str() {
        "font" if node.sound => return font(doc, at, &attributes, scene, edits),
        "center" if node.sound => return center(doc, at, &attributes, edits),
        name if node.sound && (name == "o:p" || name.starts_with("st1:")) => {
            edits.cut(node.start.clone());
            return edits.cut(node.end.clone());
        }
        _ => {}
    }
    for attribute in &attributes {
        match attribute.name.as_str() {
            "class" => class(attribute, edits),
            "style" => {
                let all = declarations(&attribute.value);
                let kept: Vec<_> = all.iter().filter(|d| is_kept(d, scene)).cloned().collect();
                if kept.len() != all.len() {
                    edits.attribute(attribute, written(&kept).as_deref());
                }
            }
            _ => {}
        }
    }
}

fn class(attribute: &Attribute, edits: &mut Edits) {
    let is_word = |c: &&str| c.starts_with("Mso") || c.starts_with("mso");
    if attribute.value.split_ascii_whitespace().any(|c| is_word(&c)) {
        let left: Vec<_> = attribute.value.split_ascii_whitespace().filter(|c| !is_word(c)).collect();
        edits.attribute(attribute, Some(left.join(" ")).filter(|l| !l.is_empty()).as_deref());
    }
}

fn is_kept(declaration: &Declaration, scene: &mut Scene<'_>) -> bool {
    match declaration.name.as_str() {
        name if name.starts_with("mso-") => false,
        "font-family" => is_meant(&declaration.value, scene),
        "font-size" => pixels(&declaration.value).is_none_or(|p| p >= TINY),
        _ => true,
    }
}

fn is_meant(face: &str, scene: &mut Scene<'_>) -> bool {
    let small = face.to_ascii_lowercase();
    if SYMBOLS.iter().any(|s| small.contains(s)) {
        scene.note(Note::SymbolFont(face.to_owned()));
        return true;
    }
    MEANT.iter().any(|m| small.contains(m))
}

/// `<font>` is a span with a style, or nothing.
fn font(doc: &Doc<'_>, at: usize, attributes: &[Attribute], scene: &mut Scene<'_>, edits: &mut Edits) {
    let Some(node) = doc.node(at) else { return };
    let mut style = Vec::new();
    let mut others = String::new();
    for a in attributes {
        match a.name.as_str() {
            "color" if !a.value.trim().is_empty() => style.push(Declaration::new("color", &css(&a.value))),
            "face" if is_meant(&a.value, scene) => style.push(Declaration::new("font-family", &a.value)),
            "size" => style.extend(size(&a.value).map(|s| Declaration::new("font-size", s))),
            "color" | "face" => {}
            "style" => style.extend(declarations(&a.value).into_iter().filter(|d| is_kept(d, scene))),
            _ => others.push_str(doc.slice(a.range.clone())),
        }
    }
    if let Some(style) = written(&style) {
        others.push_str(&format!(" style=\"{}\"", encode(&style)));
    }
    if others.is_empty() {
        edits.cut(node.start.clone());
        edits.cut(node.end.clone());
    } else {
        edits.put(node.start.clone(), format!("<span{others}>"));
        edits.put(node.end.clone(), "</span>");
    }
}

/// Letters that were made larger than others stay larger; 3 is the size of text.
fn size(value: &str) -> Option<&'static str> {
    let (relative, number) = (value.trim().starts_with('+'), value.trim().trim_start_matches('+').parse::<u32>().ok()?);
    match number + if relative { 3 } else { 0 } {
        0..=3 => None,
        4 => Some("large"),
        5 => Some("x-large"),
        _ => Some("xx-large"),
    }
}

/// An old colour as CSS has it.
pub(super) fn css(colour: &str) -> String {
    let colour = colour.trim();
    let bare = colour.len() == 6 && colour.bytes().all(|b| b.is_ascii_hexdigit());
    if bare { format!("#{colour}") } else { colour.to_owned() }
}

fn center(doc: &Doc<'_>, at: usize, attributes: &[Attribute], edits: &mut Edits) {
    let Some(node) = doc.node(at) else { return };
    let mut style = vec![Declaration::new("text-align", "center")];
    let mut others = String::new();
    for a in attributes {
        match a.name.as_str() {
            "style" => style.extend(declarations(&a.value)),
            _ => others.push_str(doc.slice(a.range.clone())),
        }
    }
    let style = written(&style).unwrap_or_default();
    edits.put(node.start.clone(), format!("<div{others} style=\"{}\">", encode(&style)));
    edits.put(node.end.clone(), "</div>");
}
