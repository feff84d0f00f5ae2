//! What any leaf may hold: links, dates, secrets, characters that are none (MBZ-FORMAT §2, §11).

use super::doc::Doc;
use super::element::{Element, number};
use super::facts::{Facts, Space};
use super::finding::Findings;
use super::rule::Rule;
use crate::links;
use crate::xml::NULL;

/// 1 January 2100.
const LATEST: i64 = 4_102_444_800;
/// The time of the first step of an attempt that was made and not begun (MBZ-FORMAT §2.5).
const UNBEGUN: i64 = -1;
pub(super) fn leaf(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, leaf: Element<'_>, text: &str) {
    if text == NULL || text.is_empty() {
        return;
    }
    if text.bytes().any(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) && facts.first(Rule::ControlCharacter, doc, 0) {
        out.add(Rule::ControlCharacter, doc.path, leaf.name(), "");
    }
    if leaf.attribute("encrypted") == Some("true") {
        out.add(Rule::EncryptedLeaf, doc.path, leaf.name(), "");
    }
    if is_time(leaf.name())
        && let Some(time) = number(text).filter(|t| *t > LATEST || *t < UNBEGUN)
        && facts.first(Rule::OddDate, doc, time)
    {
        out.add(Rule::OddDate, doc.path, leaf.name(), text);
    }
    if text.contains("$@") {
        for module in links(text) {
            facts.want(Rule::DanglingLink, doc, Space::Module, module, "");
        }
    }
}

/// Whether a leaf of this name holds a point in time.
fn is_time(name: &str) -> bool {
    matches!(name, "added" | "timecreated" | "timemodified" | "timeopen" | "timeclose" | "timestart" | "timeend" | "deadline")
        || name.ends_with("date")
}

/// Course modules that the links in a text go to.
fn links(text: &str) -> impl Iterator<Item = i64> {
    links::tokens(text).filter_map(|token| {
        let leads = links::known(token.name)?.spaces.first() == Some(&links::Space::Module);
        token.ids.first().copied().filter(|_| leads)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_activities_are_told_from_other_tokens() {
        let text = "a $@PAGEVIEWBYID*12@$ b $@COURSEVIEWBYID*3@$ $@LESSONVIEWPAGE*7*99@$ $@foo@$ $@NULL@$ $@PAGEINDEX*4@$ $@x";
        assert_eq!(links(text).collect::<Vec<_>>(), [12, 7]);
    }
}
