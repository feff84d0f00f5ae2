//! What was found, and how much of it.

use super::rule::{About, Rule, Severity};
use crate::Release;
use crate::container::Container;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Findings of one rule that are held one by one; more are counted only, so that an archive cannot fill memory with its faults.
pub(super) const HELD: u64 = 500;

/// Where in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct At {
    /// Path of the entry; a folder for what is about all of it. Hostile text: escape it wherever it is shown.
    pub entry: String,
    /// From 1; 0 is the entry as a whole.
    #[serde(skip_serializing_if = "is_zero")]
    pub line: u64,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub rule: Rule,
    pub severity: Severity,
    pub place: At,
    /// Name of the thing, as its author wrote it: hostile text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What of it: a number, a setting, what was found in the place of what.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// How many of each severity, those beyond what is listed included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    pub refused: u64,
    pub dropped: u64,
    pub degraded: u64,
    pub note: u64,
}

/// What a stock Moodle would make of an archive.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// The Moodle that was asked.
    pub target: Release,
    /// Absent when the file is not an archive at all.
    pub container: Option<Container>,
    /// `backup_release`.
    pub release: String,
    /// `course`, `section` or `activity`.
    pub kind: String,
    pub counts: Counts,
    /// Worst first, then in the order of the rules and the archive.
    pub findings: Vec<Finding>,
    /// How many of a rule are counted and not listed.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub unlisted: BTreeMap<Rule, u64>,
    /// The rules that were broken, by code.
    #[serde(serialize_with = "abouts")]
    pub rules: Vec<Rule>,
}

fn abouts<S: Serializer>(rules: &[Rule], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(rules.iter().map(|r| -> About { r.about() }))
}

impl Verdict {
    /// Whether a restore would go through and bring everything: nothing refused, nothing dropped.
    pub fn is_clean(&self) -> bool {
        self.counts.refused == 0 && self.counts.dropped == 0
    }

    /// How often a rule was broken, what is not listed included.
    pub fn count(&self, rule: Rule) -> u64 {
        let listed = self.findings.iter().filter(|f| f.rule == rule).fold(0, |n, _| n + 1);
        listed + self.unlisted.get(&rule).copied().unwrap_or(0)
    }

    /// Whether a rule was broken.
    pub fn breaks(&self, rule: Rule) -> bool {
        self.rules.contains(&rule)
    }
}

/// What becomes of a finding once more is known.
pub(super) enum Revision {
    Keep,
    Drop,
    Become(Rule),
}

/// Findings as they come.
#[derive(Default, Clone)]
pub(super) struct Findings {
    list: Vec<Finding>,
    counts: BTreeMap<Rule, u64>,
}

impl Findings {
    pub(super) fn add(&mut self, rule: Rule, entry: &str, name: impl Into<String>, detail: impl Into<String>) {
        self.add_at(rule, entry, 0, name, detail);
    }

    pub(super) fn add_at(&mut self, rule: Rule, entry: &str, line: u64, name: impl Into<String>, detail: impl Into<String>) {
        let count = self.counts.entry(rule).or_default();
        *count += 1;
        if *count <= HELD {
            let place = At { entry: entry.to_owned(), line };
            self.list.push(Finding { rule, severity: rule.severity(), place, name: short(name.into()), detail: short(detail.into()) });
        }
    }

    /// Counts without listing.
    pub(super) fn count(&mut self, rule: Rule, more: u64) {
        *self.counts.entry(rule).or_default() += more;
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Gives a line to the last findings about an entry, those that have none.
    pub(super) fn stand_at(&mut self, entry: &str, line: u64) {
        for f in self.list.iter_mut().rev().take_while(|f| f.place.entry == entry && f.place.line == 0) {
            f.place.line = line;
        }
    }

    /// Takes out or changes findings. Those that are only counted stay as they are.
    pub(super) fn revise(&mut self, mut keep: impl FnMut(&Finding) -> Revision) {
        let list = std::mem::take(&mut self.list);
        for mut f in list {
            let was = f.rule;
            match keep(&f) {
                Revision::Keep => {}
                Revision::Drop => {
                    self.uncount(was);
                    continue;
                }
                Revision::Become(rule) => {
                    self.uncount(was);
                    *self.counts.entry(rule).or_default() += 1;
                    (f.rule, f.severity) = (rule, rule.severity());
                }
            }
            self.list.push(f);
        }
    }

    pub(super) fn append(&mut self, other: Findings) {
        self.list.extend(other.list);
        other.counts.into_iter().for_each(|(rule, n)| *self.counts.entry(rule).or_default() += n);
    }

    fn uncount(&mut self, rule: Rule) {
        if let Some(n) = self.counts.get_mut(&rule) {
            *n = n.saturating_sub(1);
        }
        self.counts.retain(|_, n| *n > 0);
    }

    pub(super) fn verdict(mut self, target: Release, container: Option<Container>, release: &str, kind: &str) -> Verdict {
        let place = |f: &Finding| (f.severity, f.rule, f.place.entry.clone(), f.place.line, f.name.clone(), f.detail.clone());
        self.list.sort_by_cached_key(place);
        let mut counts = Counts::default();
        for (rule, n) in &self.counts {
            *match rule.severity() {
                Severity::Refused => &mut counts.refused,
                Severity::Dropped => &mut counts.dropped,
                Severity::Degraded => &mut counts.degraded,
                Severity::Note => &mut counts.note,
            } += n;
        }
        let unlisted = self.counts.iter().filter(|(_, n)| **n > HELD).map(|(r, n)| (*r, n - HELD)).collect();
        let mut rules: Vec<Rule> = self.counts.keys().copied().collect();
        rules.sort_by_key(|r| (r.severity(), *r));
        Verdict { target, container, release: release.to_owned(), kind: kind.to_owned(), counts, findings: self.list, unlisted, rules }
    }
}

/// A text of the archive in a finding is there to be recognised, not to be kept.
fn short(text: String) -> String {
    match text.char_indices().nth(200) {
        Some((at, _)) => text.get(..at).unwrap_or_default().to_owned() + "…",
        None => text,
    }
}
