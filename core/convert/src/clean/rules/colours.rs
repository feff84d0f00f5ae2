//! Colours that cannot be read on what is behind them: the failing declaration goes, and no other.

use super::is_foreign;
use crate::clean::html::colour::{Colour, ENOUGH, HIDDEN, INK, WHITE};
use crate::clean::html::style::{declarations, written};
use crate::clean::html::{Doc, Edits, What};
use crate::clean::note::Note;
use crate::clean::scene::Scene;
use std::collections::BTreeSet;

/// What an element says of a colour.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Paint {
    Nothing,
    /// Something that depends on the theme, on a picture, or on a browser.
    Unknown,
    Is(Colour),
}

/// Parts of class names that a theme gives colours to.
const PAINTED: &[&str] =
    &["btn", "badge", "alert", "bg-", "text-", "label", "card", "jumbotron", "well", "panel", "callout", "table-", "highlight", "navbar", "block"];

pub(super) fn change(doc: &Doc<'_>, scene: &mut Scene<'_>) -> Edits {
    let colours: Vec<(Paint, Paint)> = (0..doc.nodes.len()).map(|at| (text_colour(doc, at), behind(doc, at))).collect();
    let mut gone = BTreeSet::new();
    for (at, node) in doc.nodes.iter().enumerate().filter(|(_, n)| n.what == What::Text) {
        let says = doc.says(at);
        if says.is_empty() || is_foreign(doc, at) {
            continue;
        }
        let around: Vec<usize> = std::iter::once(node.parent).filter(|p| *p != 0).chain(doc.around(node.parent)).collect();
        let sight = Sight { doc, colours: &colours, around };
        if let Some(fault) = sight.fault() {
            match fault {
                Fault::Hidden => scene.note(Note::HiddenText(says.chars().take(80).collect())),
                Fault::Weak(failing) => gone.extend(failing),
            }
        }
    }
    if !gone.is_empty()
        && let Some(word) = named(&doc.says(0))
    {
        scene.note(Note::NamedColour(word));
    }
    let mut edits = Edits::default();
    let elements: BTreeSet<usize> = gone.iter().map(|(at, _)| *at).collect();
    for at in elements {
        remove(doc, at, gone.contains(&(at, Part::Text)), gone.contains(&(at, Part::Behind)), &mut edits);
    }
    edits
}

/// Words that name the colours of other words, or of parts of a picture.
const WORDS: &[&str] = &[
    "red", "green", "blue", "yellow", "orange", "purple", "pink", "grey", "gray", "colour", "color", "colours", "colors", "rouge", "rouges", "vert",
    "verte", "verts", "vertes", "bleu", "bleue", "bleus", "bleues", "jaune", "jaunes", "violet", "violets", "rose", "roses", "gris", "grise",
    "couleur", "couleurs", "rot", "rote", "grün", "blau", "blaue", "gelb",
];

/// The first word of a text that names a colour.
fn named(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).find(|w| WORDS.contains(&w.as_str()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Text,
    Behind,
}

enum Fault {
    /// The same colour in front and behind: somebody may have meant to hide it.
    Hidden,
    Weak(Vec<(usize, Part)>),
}

/// One text, with the elements around it from the inside out.
struct Sight<'a> {
    doc: &'a Doc<'a>,
    colours: &'a [(Paint, Paint)],
    around: Vec<usize>,
}

impl Sight<'_> {
    fn fault(&self) -> Option<Fault> {
        let text = self.text(None);
        let (front, front_at) = text?;
        let (back, back_at) = self.back(None)?;
        let contrast = front.over(back).contrast(back);
        if contrast >= ENOUGH || (front_at.is_none() && back_at.is_none()) {
            return None;
        }
        if contrast < HIDDEN {
            return Some(Fault::Hidden);
        }
        let reads = |front: Option<(Colour, Option<usize>)>, back: Option<(Colour, Option<usize>)>| match (front, back) {
            (Some((f, _)), Some((b, _))) => f.over(b).contrast(b) >= ENOUGH,
            // What only the theme knows is the theme's to get right.
            _ => true,
        };
        let front_helps = front_at.filter(|at| reads(self.text(Some(*at)), Some((back, back_at))));
        let back_helps = back_at.filter(|at| reads(Some((front, front_at)), self.back(Some(*at))));
        Some(Fault::Weak(match (front_helps, back_helps) {
            // The one nearer to the text: the other may be right for other texts.
            (Some(f), Some(b)) if b > f => vec![(b, Part::Behind)],
            (Some(f), _) => vec![(f, Part::Text)],
            (None, Some(b)) => vec![(b, Part::Behind)],
            (None, None) => front_at.map(|f| (f, Part::Text)).into_iter().chain(back_at.map(|b| (b, Part::Behind))).collect(),
        }))
    }

    /// The colour of the text and who gives it, as if one element gave none. Nothing where that is not known.
    fn text(&self, without: Option<usize>) -> Option<(Colour, Option<usize>)> {
        for at in &self.around {
            match self.colours.get(*at)?.0 {
                Paint::Is(colour) if without != Some(*at) => return Some((colour, Some(*at))),
                Paint::Unknown => return None,
                // A link has a colour of its own.
                _ if self.doc.node(*at)?.name == "a" => return None,
                _ => {}
            }
        }
        Some((INK, None))
    }

    /// What is behind the text, and the innermost element that gives it.
    fn back(&self, without: Option<usize>) -> Option<(Colour, Option<usize>)> {
        let mut layers = Vec::new();
        let mut innermost = None;
        for at in &self.around {
            match self.colours.get(*at)?.1 {
                Paint::Is(colour) if without != Some(*at) && colour.alpha > 0.0 => {
                    innermost = innermost.or(Some(*at));
                    layers.push(colour);
                    if colour.alpha >= 1.0 {
                        break;
                    }
                }
                Paint::Unknown => return None,
                _ => {}
            }
        }
        Some((layers.into_iter().rev().fold(WHITE, |behind, layer| layer.over(behind)), innermost))
    }
}

fn read(value: &str) -> Paint {
    Colour::read(value).map_or(Paint::Unknown, Paint::Is)
}

fn is_painted(doc: &Doc<'_>, at: usize) -> bool {
    let class = doc.value(at, "class").unwrap_or_default();
    class.split_ascii_whitespace().any(|c| PAINTED.iter().any(|p| c.starts_with(p)))
}

fn text_colour(doc: &Doc<'_>, at: usize) -> Paint {
    let Some(node) = doc.node(at).filter(|n| n.what == What::Element && at > 0) else { return Paint::Nothing };
    let style = declarations(&doc.value(at, "style").unwrap_or_default());
    match style.iter().rev().find(|d| d.name == "color") {
        Some(d) if d.value.eq_ignore_ascii_case("inherit") => Paint::Nothing,
        Some(d) => read(&d.value),
        None if node.name == "font" => doc.value(at, "color").map_or(Paint::Nothing, |c| read(&c)),
        None if is_painted(doc, at) => Paint::Unknown,
        None => Paint::Nothing,
    }
}

fn behind(doc: &Doc<'_>, at: usize) -> Paint {
    let Some(node) = doc.node(at).filter(|n| n.what == What::Element && at > 0) else { return Paint::Nothing };
    let style = declarations(&doc.value(at, "style").unwrap_or_default());
    let pictured = doc.value(at, "background").is_some() || style.iter().any(|d| d.name == "background-image" && d.value != "none");
    if pictured || matches!(node.name.as_str(), "mark" | "summary" | "legend") {
        return Paint::Unknown;
    }
    match style.iter().rev().find(|d| d.name == "background-color" || d.name == "background") {
        Some(d) if matches!(d.value.to_ascii_lowercase().as_str(), "none" | "inherit" | "initial") => Paint::Nothing,
        Some(d) => read(&d.value),
        None => match doc.value(at, "bgcolor") {
            Some(colour) => read(&colour),
            None if is_painted(doc, at) => Paint::Unknown,
            None => Paint::Nothing,
        },
    }
}

fn remove(doc: &Doc<'_>, at: usize, text: bool, behind: bool, edits: &mut Edits) {
    for attribute in doc.attributes(at) {
        match attribute.name.as_str() {
            "style" => {
                let all = declarations(&attribute.value);
                let fails = |name: &str| (text && name == "color") || (behind && matches!(name, "background-color" | "background"));
                let kept: Vec<_> = all.iter().filter(|d| !fails(&d.name)).cloned().collect();
                if kept.len() != all.len() {
                    edits.attribute(&attribute, written(&kept).as_deref());
                }
            }
            "bgcolor" if behind => edits.attribute(&attribute, None),
            "color" if text => edits.attribute(&attribute, None),
            _ => {}
        }
    }
}
