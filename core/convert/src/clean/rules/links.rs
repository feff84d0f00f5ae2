//! Addresses of the old site: into this course they become tokens, to a file of the text they become file links, and the others are listed.

use crate::clean::html::{Doc, Edits, What};
use crate::clean::known::Target;
use crate::clean::note::Note;
use crate::clean::scene::Scene;

/// Attributes that hold an address.
const ADDRESSES: &[&str] = &["href", "src", "data", "poster", "action", "background", "longdesc", "cite"];

pub(super) fn change(doc: &Doc<'_>, scene: &mut Scene<'_>) -> Edits {
    let mut edits = Edits::default();
    if !scene.known.has_sites() {
        return edits;
    }
    for (at, node) in doc.nodes.iter().enumerate().skip(1) {
        match node.what {
            What::Element => {
                for attribute in doc.attributes(at) {
                    let address = ADDRESSES.contains(&attribute.name.as_str());
                    match scene.known.target(&attribute.value, scene.area, scene.tokens) {
                        Target::Becomes(new) if address && !doc.inside(at, &["svg", "math"]) => edits.attribute(&attribute, Some(&new)),
                        Target::Becomes(_) | Target::Stays if address => scene.note(Note::OldLink(attribute.value.clone())),
                        _ => mentioned(&attribute.value, scene),
                    }
                }
            }
            What::Text | What::Other => mentioned(doc.slice(node.start.clone()), scene),
        }
    }
    edits
}

/// An address of the old site that is not a link: what is read there stays.
fn mentioned(text: &str, scene: &mut Scene<'_>) {
    for address in scene.known.mentioned(text) {
        scene.note(Note::OldLink(address));
    }
}
