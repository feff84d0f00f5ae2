//! The type of a question decides its interaction, and the other way round.

use super::out::asked;
use super::read::{Fault, Read};
use super::{Item, RESPONSE, choice, gaps, image, pairs, words};
use crate::bank::node::Node;
use crate::qti::page::Page;
use parcours_course::question::{Body, Combined};

pub(super) fn write(page: &mut Page<'_>) -> Option<Item> {
    match &page.question.body {
        Body::Description => Some(Item::of(vec![asked(page)])),
        Body::TrueFalse(t) => Some(choice::write_true_false(page, t)),
        Body::Choice(c) => Some(choice::write(page, c)),
        Body::Short(s) => Some(words::write_short(page, s)),
        Body::Numerical(n) => Some(words::write_number(page, n)),
        Body::Match(m) => Some(pairs::write(page, m)),
        Body::Essay(e) => Some(words::write_essay(page, e)),
        Body::Cloze(c) => gaps::write_cloze(page, c),
        Body::Gaps(g) => gaps::write(page, g),
        Body::ImageDrop(d) => image::write(page, d),
        Body::Markers(m) => image::write_markers(page, m),
        Body::Ordering(o) => Some(pairs::write_ordering(page, o)),
        Body::Calculated(_) | Body::RandomMatch(_) | Body::Random(_) | Body::Other { .. } => None,
    }
}

pub(super) fn combined_of(body: &Body) -> Option<&Combined> {
    match body {
        Body::Choice(c) => Some(&c.combined),
        Body::Match(m) => Some(&m.combined),
        Body::Gaps(g) => Some(&g.combined),
        Body::ImageDrop(d) => Some(&d.combined),
        Body::Markers(m) => Some(&m.combined),
        Body::Ordering(o) => Some(&o.combined),
        _ => None,
    }
}

/// Interactions, and the stage that holds some.
pub(super) fn is_interaction(n: &Node) -> bool {
    n.name.ends_with("Interaction") || n.name == "positionObjectStage"
}

/// The body of an item; its text is set on the way.
pub(super) fn read(read: &mut Read<'_, '_>, label: &str, name: &str) -> Result<Body, Fault> {
    let mut all = Vec::new();
    let item = read.item;
    item.child("itemBody").into_iter().for_each(|b| b.find(&is_interaction, &mut all));
    let names: Vec<&str> = all.iter().map(|i| i.name.as_str()).collect();
    let response = |i: &Node| i.get("responseIdentifier").unwrap_or(RESPONSE).to_owned();
    let whole = all.first().map_or(1.0, |i| read.whole(&response(i)));
    let inline = !all.is_empty() && names.iter().all(|n| matches!(*n, "inlineChoiceInteraction" | "textEntryInteraction"));
    match (all.as_slice(), names.as_slice()) {
        ([], _) => {
            read.plain();
            Ok(Body::Description)
        }
        (_, n) if inline && label == "gapselect" && !n.contains(&"textEntryInteraction") => Ok(Body::Gaps(gaps::read_select(read, &all))),
        ([one], ["textEntryInteraction"]) if label != "multianswer" => {
            read.plain();
            let response = response(one);
            Ok(match label == "numerical" || (label != "shortanswer" && read.declared(&response).number) {
                true => Body::Numerical(words::read_number(read, &response, whole)),
                false => Body::Short(words::read_short(read, &response, whole)),
            })
        }
        (_, _) if inline => Ok(Body::Cloze(gaps::read_cloze(read, &all, name))),
        ([one], ["choiceInteraction"]) => {
            read.plain();
            if label == "truefalse"
                && let Some(t) = choice::read_true_false(read, one, whole)
            {
                return Ok(Body::TrueFalse(t));
            }
            Ok(Body::Choice(choice::read_choice(read, one, &response(one), whole)))
        }
        ([one], ["matchInteraction"]) => {
            read.plain();
            pairs::read_match(read, one).map(Body::Match).ok_or(Fault::Sets)
        }
        ([one], ["orderInteraction"]) => {
            read.plain();
            Ok(Body::Ordering(pairs::read_ordering(read, one)))
        }
        ([one], ["gapMatchInteraction"]) => Ok(Body::Gaps(gaps::read_drag(read, one))),
        ([one], ["graphicGapMatchInteraction"]) => {
            read.plain();
            Ok(Body::ImageDrop(image::read_drop(read, one)))
        }
        ([one], ["positionObjectStage"]) => {
            read.plain();
            Ok(Body::Markers(image::read_markers(read, one)))
        }
        ([one], ["extendedTextInteraction"]) => essay(read, Some(one), false),
        ([_], ["uploadInteraction"]) => essay(read, None, true),
        ([one, _], ["extendedTextInteraction", "uploadInteraction"]) => essay(read, Some(one), true),
        ([one], _) => Err(Fault::Interaction(one.name.clone())),
        _ => Err(Fault::Several),
    }
}

fn essay(read: &mut Read<'_, '_>, text: Option<&Node>, upload: bool) -> Result<Body, Fault> {
    read.plain();
    Ok(Body::Essay(words::read_essay(read, text, upload)))
}
