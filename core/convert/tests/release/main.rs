//! Every archive of the corpus, in the shape of every release.
//!
//! The corpus is not part of the repository: it is looked for in `../shared` beside it, or where PARCOURS_SHARED points. `table` prints what the validator says of each
//! archive and each release: `cargo test -p parcours-convert --test release -- --nocapture table`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corpus;
mod made;
mod same;
mod small;
mod whole;

use corpus::{convert, each, faults, judge, open};
use parcours_convert::release::Release;

/// Nothing is found in what was made that was not in what it was made of.
#[test]
fn table() {
    let rows = each(|path| {
        let before = judge(&mut open(path));
        let before = (before.counts, faults(&before));
        let after = Release::ALL.iter().map(|release| {
            let mut course = open(path);
            convert(&mut course, *release);
            let verdict = judge(&mut course);
            (*release, verdict.counts, faults(&verdict))
        });
        (before, after.collect::<Vec<_>>())
    });
    let mut new = Vec::new();
    let tell = |c: &parcours_mbz::validate::Counts| format!("{}/{}/{}", c.refused, c.dropped, c.degraded);
    println!("{:<72} {:>12} {:>12} {:>12} {:>12}", "refused/dropped/degraded", "as it came", "4.1", "4.5", "5.1");
    for (path, ((counts, before), after)) in rows {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let cells: Vec<String> = after.iter().map(|(_, counts, _)| format!("{:>12}", tell(counts))).collect();
        println!("{name:<72} {:>12} {}", tell(&counts), cells.join(" "));
        for (release, _, faults) in after {
            for (rule, n) in faults.iter().filter(|(rule, n)| before.get(*rule).is_none_or(|m| m < n)) {
                new.push(format!("{name} to {release}: {n} {rule}, {} before", before.get(rule).copied().unwrap_or(0)));
            }
        }
    }
    assert!(new.is_empty(), "{}\n{}", new.len(), new.join("\n"));
}
