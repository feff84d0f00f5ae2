//! One report of several steps: each item once, with the worst that became of it.

use super::Step;
use parcours_course::report::{Fate, Finding, Report};
use std::collections::HashMap;

/// Joins the reports of a conversion. An item that several steps count is counted once, with the fate that says most; what the other steps say of it are remarks.
pub fn whole(steps: &[Step]) -> Report {
    let mut worst: HashMap<(String, String), (usize, Fate)> = HashMap::new();
    let all: Vec<&Finding> = steps.iter().flat_map(|s| &s.report.findings).collect();
    for (at, f) in all.iter().enumerate().filter(|(_, f)| f.counts) {
        let place = worst.entry(key(f)).or_insert((at, f.fate));
        if weight(f.fate) > weight(place.1) {
            *place = (at, f.fate);
        }
    }
    let counted = |at: usize, f: &Finding| worst.get(&key(f)).is_some_and(|(first, _)| *first == at);
    let findings = all.iter().enumerate().filter_map(|(at, f)| {
        let counts = f.counts && counted(at, f);
        // That nothing happened to it in another step is not worth a line.
        (counts || !f.counts || f.fate != Fate::Imported).then(|| Finding { counts, ..(*f).clone() })
    });
    Report { findings: findings.collect() }
}

/// An activity keeps its number whatever it becomes: `activities/label_7` is what `activities/via_7` was.
fn key(f: &Finding) -> (String, String) {
    let number = f.place.rsplit_once('_').map(|(_, n)| n).filter(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let place = match (f.item.as_str(), number) {
        ("activity" | "section" | "block", Some(number)) => number.to_owned(),
        ("course", _) => String::new(),
        _ => f.place.clone(),
    };
    (f.item.clone(), place)
}

fn weight(fate: Fate) -> u8 {
    match fate {
        Fate::Imported => 0,
        Fate::Approximated => 1,
        Fate::Kept => 2,
        Fate::Refused => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::Did;
    use parcours_course::Reason;

    #[test]
    fn an_item_is_counted_once_with_the_worst_that_became_of_it() {
        let step = |did, items: &[(Fate, &str)]| {
            let mut report = Report::default();
            items.iter().for_each(|(fate, place)| report.item(*fate, Reason::Converted, "activity", *place, "A"));
            report.remark(Fate::Kept, Reason::MissingContent, "file", "files.xml", "");
            Step { did, report }
        };
        let plain = step(Did::Plain, &[(Fate::Approximated, "activities/label_7"), (Fate::Imported, "activities/page_8")]);
        let release = step(
            Did::Release,
            &[(Fate::Imported, "activities/label_7"), (Fate::Refused, "activities/page_8"), (Fate::Imported, "activities/page_9")],
        );
        let whole = whole(&[plain, release]);
        let c = whole.counts();
        assert_eq!((c.items_in, c.imported, c.approximated, c.refused), (3, 1, 1, 1));
        assert_eq!(whole.findings.iter().filter(|f| !f.counts).count(), 2);
    }
}
