//! How many texts each rule changed, and what there is to look at.

use super::note::Note;
use super::rules::Rule;
use parcours_course::{Fate, Finding, Language, Reason, Report};
use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};

/// How many notes of one kind a report quotes; [changes](super::Changes) have them all.
const QUOTED: usize = 5;

/// Counts over a document or an archive.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Texts with markup.
    pub texts: u64,
    /// Texts that are changed.
    pub changed: u64,
    /// By rule, texts that it changed; one text may be counted for several.
    pub by_rule: BTreeMap<Rule, u64>,
    notes: Vec<(Discriminant<Note>, u64, Vec<Note>)>,
}

impl Tally {
    pub(super) fn changed(&mut self, rules: &[Rule]) {
        if !rules.is_empty() {
            self.changed += 1;
        }
        rules.iter().for_each(|r| *self.by_rule.entry(*r).or_default() += 1);
    }

    pub(super) fn notes(&mut self, notes: &[Note]) {
        for note in notes {
            let kind = discriminant(note);
            let entry = match self.notes.iter().position(|(k, ..)| *k == kind) {
                Some(at) => self.notes.get_mut(at),
                None => {
                    self.notes.push((kind, 0, Vec::new()));
                    self.notes.last_mut()
                }
            };
            if let Some((_, count, quoted)) = entry {
                *count += 1;
                if quoted.len() < QUOTED && !quoted.contains(note) {
                    quoted.push(note.clone());
                }
            }
        }
    }

    /// How many notes of every kind there are.
    pub fn remarks(&self) -> u64 {
        self.notes.iter().map(|(_, count, _)| count).sum()
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.notes.is_empty()
    }

    pub(super) fn add(&mut self, other: &Tally) {
        self.texts += other.texts;
        self.changed += other.changed;
        other.by_rule.iter().for_each(|(rule, n)| *self.by_rule.entry(*rule).or_default() += n);
        for (_, count, quoted) in &other.notes {
            self.notes(quoted);
            if let Some(entry) = quoted.first().and_then(|n| self.notes.iter_mut().find(|(k, ..)| *k == discriminant(n))) {
                entry.1 += count.saturating_sub(quoted.len() as u64);
            }
        }
    }

    /// One item for the document, and a remark for each kind of note.
    pub(super) fn report(&self, report: &mut Report, item: &str, place: &str, title: &str, language: Language) {
        let (fate, reason) = if self.changed > 0 { (Fate::Approximated, Reason::Cleaned) } else { (Fate::Imported, Reason::AsItCame) };
        let rules: Vec<_> = self.by_rule.iter().map(|(rule, n)| format!("{} {n}", rule.words(language))).collect();
        let of = language.of("texts changed of", "textes modifiés sur");
        let mark = language.of(": ", " : ");
        let detail = if self.changed == 0 { String::new() } else { format!("{} {of} {}{mark}{}", self.changed, self.texts, rules.join(", ")) };
        report.findings.push(Finding { fate, reason, item: item.to_owned(), place: place.to_owned(), name: title.to_owned(), detail, counts: true });
        for (_, count, quoted) in &self.notes {
            let Some((fate, reason)) = quoted.first().map(Note::finding) else { continue };
            let mut words: Vec<_> = quoted.iter().map(|n| n.words(language)).collect();
            let left = count.saturating_sub(quoted.len() as u64);
            if left > 0 {
                words.push(format!("{} {left}", language.of("and more:", "et d’autres :")));
            }
            report.remark(fate, reason, "text", place, words.join("; "));
        }
    }
}
