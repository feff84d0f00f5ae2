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
        Ok(_) => {
            // A browser's parser is dear, so it judges all rules at once first, and each alone only where that fails.
            let cleaned = rounds(text, on, scene, Judged::Together).or_else(|| rounds(text, on, scene, Judged::Alone));
            return match cleaned {
                Some((after, used)) => (after != text).then_some((after, used)),
                None => {
                    forget(scene);
                    on.iter().filter(|r| r.concerns(text)).for_each(|r| scene.note(Note::NotSafe(*r)));
                    None
                }
            };
        }
    }
    None
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judged {
    /// What several rules did, at once. A change that is not right ends it.
    Together,
    /// Each change. One that is not right is not made, and noted.
    Alone,
}

fn forget(scene: &mut Scene<'_>) {
    scene.notes.clear();
    scene.wanted.clear();
}

/// Takes back what a rule said and wanted, and says that it was not followed.
fn refuse(scene: &mut Scene<'_>, rule: Rule, notes: usize, wanted: usize) {
    scene.notes.truncate(notes);
    scene.wanted.truncate(wanted);
    scene.note(Note::NotSafe(rule));
}

fn rounds(text: &str, on: &[Rule], scene: &mut Scene<'_>, judged: Judged) -> Option<(String, Vec<Rule>)> {
    forget(scene);
    let mut now = text.to_owned();
    // The text as it was last found right.
    let mut right = text.to_owned();
    let mut used = Vec::new();
    for _ in 0..ROUNDS {
        let before = now.clone();
        for rule in on.iter().copied() {
            if !rule.concerns(&now) {
                continue;
            }
            let (notes, wanted) = (scene.notes.len(), scene.wanted.len());
            let (after, bare) = match (step(&now, rule, scene), judged) {
                (Some(Some(both)), _) => both,
                (Some(None), _) => continue,
                (None, Judged::Together) => return None,
                (None, Judged::Alone) => {
                    refuse(scene, rule, notes, wanted);
                    continue;
                }
            };
            let adds = matches!(rule, Rule::Icons | Rule::Media);
            if judged == Judged::Together && adds && !(says_the_same(&right, &now, Rule::Spans) && says_the_same(&now, &bare, rule)) {
                return None;
            }
            if judged == Judged::Alone && !(keeps_links(&now, &after) && says_the_same(&now, &bare, rule)) {
                refuse(scene, rule, notes, wanted);
                continue;
            }
            now = after;
            if judged == Judged::Alone || adds {
                right.clone_from(&now);
            }
            if !used.contains(&rule) {
                used.push(rule);
            }
        }
        if now == before {
            let fine = keeps_links(text, &now) && (right == now || says_the_same(&right, &now, Rule::Spans));
            return fine.then_some((now, used));
        }
    }
    None
}

/// What a rule makes of a text, with and without what it adds; nothing inside where it changes nothing, and nothing at all where its changes cannot be made.
fn step(text: &str, rule: Rule, scene: &mut Scene<'_>) -> Option<Option<(String, String)>> {
    let doc = Doc::read(text).ok()?;
    let edits = rule.change()(&doc, scene);
    if edits.is_empty() {
        return Some(None);
    }
    let (after, bare) = (edits.apply(text, true)?, edits.apply(text, false)?);
    if after == text {
        return Some(None);
    }
    (Doc::read(&after).is_ok() && Doc::read(&bare).is_ok()).then_some(Some((after, bare)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_judge_sees_words_things_and_links_that_go() {
        let same = |a: &str, b: &str| says_the_same(a, b, Rule::Spans);
        assert!(same("<p>a&nbsp;b</p>", "<div>a b</div>") && !same("<p>a b</p>", "<p>a</p>") && !same("<img>a", "a"));
        assert!(says_the_same("[fa-home] a [1]", "a [1]", Rule::Icons) && !says_the_same("[fa-home] a [1]", "a", Rule::Icons));
        assert!(keeps_links("@@PLUGINFILE@@/a $@PAGEVIEWBYID*1@$", "$@PAGEVIEWBYID*1@$ @@PLUGINFILE@@/a $@PAGEVIEWBYID*2@$"));
        assert!(!keeps_links("@@PLUGINFILE@@/a @@PLUGINFILE@@/a", "@@PLUGINFILE@@/a") && !keeps_links("$@PAGEVIEWBYID*1@$", "$@PAGEVIEWBYID*2@$"));
    }
}
