//! A comparison as a text.

use super::super::model::{Change, Detail, Diff, Fate, Item, Piece};
use super::say;
use parcours_course::Language;
use std::fmt::Write;

/// The comparison as a text of lines, `-` what only the first has and `+` what only the second has.
pub fn text(diff: &Diff, language: Language) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line(&format!("A {}", say::side(language, &diff.a)));
    line(&format!("B {}", say::side(language, &diff.b)));
    line(&say::summary(language, diff));
    let mut group = "";
    for item in &diff.items {
        let here = say::group(language, item.what);
        if here != group {
            line("");
            line(here);
            group = here;
        }
        self::item(language, item, &mut line);
    }
    if !diff.work.is_empty() {
        line("");
        line(say::work_title(language));
        diff.work.iter().for_each(|w| line(&format!("  {}", say::work(language, w))));
    }
    for (second, side) in [(false, &diff.a), (true, &diff.b)] {
        let mut only = diff.only.iter().filter(|o| o.second == second).peekable();
        if only.peek().is_some() {
            line("");
            line(&say::only_title(language, second, side));
            only.for_each(|o| line(&format!("  {}", say::only(language, o))));
        }
    }
    out
}

fn item(language: Language, item: &Item, line: &mut impl FnMut(&str)) {
    let sign = match item.fate {
        Fate::Added => '+',
        Fate::Removed => '-',
        Fate::Changed => '~',
    };
    let place = say::place(language, item);
    let place = if place.is_empty() { place } else { format!(" [{place}]") };
    let colon = say::colon(language);
    line(&format!("{sign} {}{place}{colon} {}", say::item(language, item), say::fate(language, item.fate)));
    if let Some(moved) = &item.moved {
        line(&format!("    {}", say::moved(language, moved)));
    }
    for detail in &item.details {
        let place = say::steps(language, detail);
        match &detail.change {
            Change::Value { from, to } => line(&format!("    {place}{colon} {} → {}", value(language, detail, from), value(language, detail, to))),
            Change::Text { pieces } => {
                line(&format!("    {place}{colon}"));
                line(&format!("      {}", words(language, pieces)));
            }
            Change::Added { holds } => line(&format!("  + {place} {}", brackets(holds))),
            Change::Removed { holds } => line(&format!("  - {place} {}", brackets(holds))),
            Change::Moved => line(&format!("    {place}{colon} {}", say::moved_record(language))),
        }
    }
}

fn brackets(holds: &str) -> String {
    if holds.is_empty() { String::new() } else { format!("({holds})") }
}

fn value(language: Language, detail: &Detail, text: &str) -> String {
    say::value(language, detail, text).replace('\n', "⏎")
}

fn words(language: Language, pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        // Writing to a string does not fail.
        let _ = match piece {
            Piece::Same(text) => write!(out, "{text}"),
            Piece::Removed(text) => write!(out, "[-{text}-]"),
            Piece::Added(text) => write!(out, "{{+{text}+}}"),
            Piece::Gap(words) => write!(out, "{}", say::gap(language, *words)),
        };
    }
    out.replace('\n', "⏎")
}
