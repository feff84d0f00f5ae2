//! One text through the rules, until none has anything to say; and the judge that lets no change pass that changes what the text says.

use super::html::Doc;
use super::html::tree::Refused;
use super::html::visible::visible;
use super::note::Note;
use super::rules::Rule;
use super::scene::Scene;
use parcours_mbz::links;
use std::collections::HashMap;

/// Rounds after which a text that still changes is left as it was.
const ROUNDS: usize = 24;

/// A cleaned text and the rules that changed it; nothing where none did. What there is to say stands in the scene's notes.
pub fn wash(text: &str, on: &[Rule], scene: &mut Scene<'_>) -> Option<(String, Vec<Rule>)> {
    match Doc::read(text) {
        Err(Refused::Depth) => scene.note(Note::TooDeep),
        Err(Refused::Size) => scene.note(Note::TooLong),
        Ok(_) => return rounds(text, on, scene).filter(|(after, _)| after != text),
    }
    None
}

fn rounds(text: &str, on: &[Rule], scene: &mut Scene<'_>) -> Option<(String, Vec<Rule>)> {
    let mut now = text.to_owned();
    let mut used = Vec::new();
    for _ in 0..ROUNDS {
        let before = now.clone();
        for rule in on.iter().filter(|r| r.concerns(&before) || r.concerns(&now)).copied().collect::<Vec<_>>() {
            let (notes, wanted) = (scene.notes.len(), scene.wanted.len());
            match step(&now, rule, scene) {
                Step::Same => {}
                Step::Changed(after) => {
                    now = after;
                    if !used.contains(&rule) {
                        used.push(rule);
                    }
                }
                Step::Unsafe => {
                    scene.notes.truncate(notes);
                    scene.wanted.truncate(wanted);
                    scene.note(Note::NotSafe(rule));
                }
            }
        }
        if now == before {
            return keeps_links(text, &now).then_some((now, used));
        }
    }
    scene.wanted.clear();
    scene.notes.clear();
    used.into_iter().for_each(|rule| scene.note(Note::NotSafe(rule)));
    None
}

enum Step {
    Same,
    Changed(String),
    Unsafe,
}

fn step(text: &str, rule: Rule, scene: &mut Scene<'_>) -> Step {
    let Ok(doc) = Doc::read(text) else { return Step::Unsafe };
    let edits = rule.change()(&doc, scene);
    if edits.is_empty() {
        return Step::Same;
    }
    let (Some(after), Some(bare)) = (edits.apply(text, true), edits.apply(text, false)) else { return Step::Unsafe };
    if after == text {
        return Step::Same;
    }
    let safe = Doc::read(&after).is_ok() && Doc::read(&bare).is_ok() && keeps_links(text, &after) && says_the_same(text, &bare, rule);
    if safe { Step::Changed(after) } else { Step::Unsafe }
}

/// Whether a browser shows the same words and things; tokens that a rule is there to replace do not count.
fn says_the_same(before: &str, after: &str, rule: Rule) -> bool {
    let (a, b) = (visible(before), visible(after));
    match rule {
        Rule::Icons => without_icons(&a.words) == without_icons(&b.words) && a.things == b.things,
        // A picture that is not there becomes a placeholder.
        Rule::Media => without_media(&a.words) == without_media(&b.words),
        _ => a == b,
    }
}

/// Words without `[fa…]` and `[icon…]`, whose spaces are gone already.
pub(super) fn without_icons(words: &str) -> String {
    without(words, '[', ']', |inside| {
        let small = inside.to_ascii_lowercase();
        small.contains("fa-") && (small.starts_with("fa") || small.starts_with("icon"))
    })
}

pub(super) fn without_media(words: &str) -> String {
    let mut out = words.to_owned();
    super::rules::media_tokens(words).into_iter().rev().for_each(|t| out.replace_range(t, ""));
    out
}

fn without(text: &str, open: char, close: char, is: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        match after.split_once(close) {
            Some((inside, behind)) if is(inside) => rest = behind,
            _ => {
                out.push(open);
                rest = after;
            }
        }
    }
    out + rest
}

/// Whether every file link and every token of a text is still there, as often as it was.
pub(super) fn keeps_links(before: &str, after: &str) -> bool {
    let all = |text: &str| {
        let mut counts: HashMap<String, i64> = HashMap::new();
        links::files(text).for_each(|f| *counts.entry(f.path).or_default() += 1);
        links::tokens(text).for_each(|t| *counts.entry(format!("{}{:?}", t.name, t.ids)).or_default() += 1);
        counts
    };
    let after = all(after);
    all(before).into_iter().all(|(link, n)| after.get(&link).is_some_and(|m| *m >= n))
}
