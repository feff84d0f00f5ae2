//! Every archive of the corpus: other numbers, the same course.

use crate::left::Left;
use crate::support::{apart, entries, faults, open, renumber};
use parcours_convert::diff::{Options, compare, text};
use parcours_course::{Language, Reason};
use parcours_samples::corpus::{all, is_shell, shared};
use std::collections::BTreeSet;
use std::path::Path;

/// Each table by a number of its own: what is told to be of the wrong table leads nowhere afterwards.
#[test]
fn an_archive_with_other_numbers_is_the_same_course_and_comes_back_byte_for_byte() {
    let Some(shared) = shared() else { return };
    let said = all(&shared, |path| if is_shell(path) { Ok(Done::default()) } else { there_and_back(path) });
    let mut all = Done::default();
    let mut failures = Vec::new();
    let archives = said.len();
    for (path, said) in said {
        match said {
            Ok(done) => {
                all.left.join(done.left);
                all.unclear.extend(done.unclear);
                all.numbers += done.numbers;
            }
            Err(e) => failures.push(format!("{}: {e}", path.display())),
        }
    }
    println!("{archives} archives, {} numbers; left because nobody says what they are: {:?}", all.numbers, all.unclear);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let astray = all.left.astray();
    assert!(astray.is_empty(), "numbers that lead nowhere now:\n{}", astray.join("\n"));
    let forgotten = all.left.forgotten();
    assert!(forgotten.is_empty(), "numbers that were left:\n{}", forgotten.join("\n"));
}

/// What is to be said of an archive.
#[derive(Default)]
struct Done {
    left: Left,
    unclear: BTreeSet<String>,
    numbers: u64,
}

fn there_and_back(path: &Path) -> Result<Done, String> {
    let (mut first, mut other) = (open(path), open(path));
    // As this program writes it: spaces that a hand left in a document go when it is written again.
    renumber(&mut first, &|_| 0);
    let before = entries(&mut first);
    let judged = faults(&mut first);
    let report = renumber(&mut other, &apart);
    let after = entries(&mut other);
    let expected: usize = before.keys().filter(|p| !p.starts_with("parcours/")).count();
    if after.len() != expected {
        return Err(format!("{expected} entries became {}", after.len()));
    }
    if faults(&mut other) != judged {
        return Err(format!("judged differently:\n{judged:?}\n{:?}", faults(&mut other)));
    }
    let diff = compare(&mut first, &mut other, &Options { times: true, work: true }).map_err(|e| e.to_string())?;
    if !diff.is_empty() || !diff.only.is_empty() {
        return Err(text(&diff, Language::English));
    }
    let left = Left::between(&before, &after);
    renumber(&mut other, &|table| -apart(table));
    for (path, bytes) in entries(&mut other) {
        if before.get(&path) != Some(&bytes) {
            let old = before.get(&path).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default();
            let new = String::from_utf8_lossy(&bytes).into_owned();
            let line = old.lines().zip(new.lines()).find(|(a, b)| a != b);
            return Err(format!("{path} did not come back: {line:?}"));
        }
    }
    let unclear = report.findings.iter().filter(|f| f.reason == Reason::UnclearNumber);
    let names = unclear.map(|f| f.place.rsplit('/').take(2).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("/"));
    let counted = report.findings.iter().find(|f| f.counts).and_then(|f| f.detail.split(' ').next()?.parse().ok());
    Ok(Done { left, unclear: names.collect(), numbers: counted.unwrap_or_default() })
}
