//! What people fill together: forum, glossary.

use super::Making;
use crate::outline::build::tree::{empty, leaves, text};
use crate::outline::build::words::{NAME, clip};
use crate::xml::Element;
use parcours_course::outline::{Entry, Forum};

/// `type`, which a forum's record begins with.
pub(super) fn kind(forum: &Forum) -> Element {
    Element::new("type", Some(forum.kind.as_str()).filter(|k| !k.is_empty()).unwrap_or("general"))
}

pub(super) fn forum(m: &Making<'_>) -> Vec<Element> {
    let mut all = leaves(&[
        ("duedate", "0"),
        ("cutoffdate", "0"),
        ("assessed", "0"),
        ("assesstimestart", "0"),
        ("assesstimefinish", "0"),
        ("scale", "100"),
        ("maxbytes", "512000"),
        ("maxattachments", "9"),
        ("forcesubscribe", "0"),
        ("trackingtype", "1"),
        ("rsstype", "0"),
        ("rssarticles", "0"),
    ]);
    all.push(Element::new("timemodified", m.now));
    all.extend(leaves(&[
        ("warnafter", "0"),
        ("blockafter", "0"),
        ("blockperiod", "0"),
        ("completiondiscussions", "0"),
        ("completionreplies", "0"),
        ("completionposts", "0"),
        ("displaywordcount", "0"),
        ("lockdiscussionafter", "0"),
        ("grade_forum", "0"),
    ]));
    all.extend(empty(&["discussions", "subscriptions", "digests", "readposts", "trackedprefs", "poststags", "grades"]));
    all
}

pub(super) fn glossary(m: &mut Making<'_>, entries: &[Entry]) -> Vec<Element> {
    let now = m.now;
    let mut all = leaves(&[
        ("allowduplicatedentries", "1"),
        ("displayformat", "dictionary"),
        ("mainglossary", "0"),
        ("showspecial", "1"),
        ("showalphabet", "1"),
        ("showall", "1"),
        ("allowcomments", "0"),
        ("allowprintview", "1"),
        ("usedynalink", "1"),
        ("defaultapproval", "1"),
        ("globalglossary", "0"),
        ("entbypage", "10"),
        ("editalways", "0"),
        ("rsstype", "0"),
        ("rssarticles", "0"),
        ("assessed", "0"),
        ("assesstimestart", "0"),
        ("assesstimefinish", "0"),
        ("scale", "0"),
    ]);
    all.extend([Element::new("timecreated", now), Element::new("timemodified", now), Element::new("completionentries", 0)]);
    let mut categories: Vec<(String, Vec<i64>)> = Vec::new();
    let mut records = Vec::new();
    for e in entries {
        let number = m.number("entry", &["entry", "attachment"], e.id);
        for name in &e.categories {
            match categories.iter_mut().find(|(n, _)| n == name) {
                Some((_, held)) => held.push(number),
                None => categories.push((name.clone(), vec![number])),
            }
        }
        records.push(entry(m, e, number));
    }
    all.extend([Element::group("entries", records), Element::group("entriestags", [])]);
    let categories: Vec<Element> = categories.iter().map(|(name, held)| category(m, name, held)).collect();
    all.push(Element::group("categories", categories));
    all
}

fn entry(m: &mut Making<'_>, e: &Entry, number: i64) -> Element {
    // Nobody's: there are no people here.
    let mut leaves = vec![Element::new("userid", 0), Element::new("concept", clip(&e.concept, NAME))];
    leaves.extend(text("definition", &e.definition));
    leaves.extend([Element::new("definitiontrust", 0), Element::new("attachment", 0), Element::new("timecreated", m.now)]);
    leaves.extend([Element::new("timemodified", m.now), Element::new("teacherentry", 1), Element::new("sourceglossaryid", 0)]);
    leaves.extend([("usedynalink", 1), ("casesensitive", 0), ("fullmatch", 1), ("approved", 1)].map(|(name, n)| Element::new(name, n)));
    let alias = |a: &String| Element::record("alias", m.numbers.next("alias"), [Element::new("alias_text", clip(a, NAME))]);
    let aliases: Vec<Element> = e.aliases.iter().map(alias).collect();
    leaves.extend([Element::group("aliases", aliases), Element::group("ratings", [])]);
    Element::record("entry", number, leaves)
}

fn category(m: &mut Making<'_>, name: &str, entries: &[i64]) -> Element {
    let entry = |e: &i64| Element::record("category_entry", m.numbers.next("category_entry"), [Element::new("entryid", e)]);
    let held: Vec<Element> = entries.iter().map(entry).collect();
    let leaves = [Element::new("name", clip(name, NAME)), Element::new("usedynalink", 1), Element::group("category_entries", held)];
    Element::record("category", m.numbers.next("category"), leaves)
}
