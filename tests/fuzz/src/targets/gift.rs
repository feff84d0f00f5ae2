//! GIFT: whatever is typed, every question is counted, and what was read is read the same when it is written.

use crate::Target;
use parcours_course::Language;
use parcours_importers::gift;
use parcours_mbz::outline::Info;
use parcours_mbz::{Spool, Unpacked};

pub const TARGET: Target = Target {
    name: "gift",
    run,
    seeds,
    words: &[
        "{",
        "}",
        "{}",
        "{T}",
        "{F#no}",
        "=",
        "~",
        "~%50%",
        "=%-33.333%",
        "#",
        "####",
        "->",
        "::",
        "{#3:0.1}",
        "{#1..5}",
        "{#=1:0 =%50%2:1}",
        "//",
        "\n\n",
        "\\{",
        "\\:",
        "\\n",
        "[html]",
        "[markdown]",
        "[plain]",
        "$CATEGORY: $course$/top/A//B",
        "// [id:x] [tag:y]",
        "\u{e9}",
        "&nbsp;",
        "<p>",
        "\0",
        "\r\n",
    ],
    runs: 20_000,
};

fn seeds() -> Vec<Vec<u8>> {
    let texts: [&str; 9] = [
        "::Q1:: 1+1=2 {T}",
        "What? {=right#yes ~wrong#no ~%50%half ####general}",
        "Who? {=Paris =%50%Lyon}",
        "Match {=cat -> mammal =frog -> amphibian = -> fish}",
        "Pi {#3.14:0.01}",
        "Range {#1..5}",
        "An {=apple ~pear} a day",
        "$CATEGORY: $course$/top/A\n\n// [id:7] [tag:t]\n::e:: Write {}",
        "Only a text",
    ];
    texts.iter().map(|t| t.as_bytes().to_vec()).collect()
}

/// Memory follows the size of the text, so that a text of this size is enough to find what grows too fast.
const LONGEST: usize = 16 << 10;

pub fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input.get(..input.len().min(LONGEST)).unwrap_or_default()) else { return };
    let Ok(bank) = gift::read(text, "D", Language::English) else { return };
    let counts = bank.report.counts();
    assert_eq!(counts.items_in, counts.imported + counts.approximated + counts.kept + counts.refused);
    let questions: usize = bank.categories.iter().map(|(_, all)| all.len()).sum();
    assert!(questions <= counts.items_in, "{questions} questions of {} items", counts.items_in);
    // A course of it is one that can be written again, and holds as many.
    if questions == 0 || questions > 20 {
        return;
    }
    let spool = || Spool::new().unwrap();
    let info = Info { fullname: "C".into(), shortname: "C".into(), ..Info::default() };
    let Ok((mut course, _)) = gift::into_course(text.as_bytes(), &parcours_mbz::Limits::default(), spool(), info, Language::English) else { return };
    assert_eq!(count(&mut course), questions);
    let mut out = Vec::new();
    gift::write(&mut course, &[], Language::English, &mut out).unwrap();
    let again = gift::read(std::str::from_utf8(&out).unwrap(), "D", Language::English).unwrap();
    let survived: usize = again.categories.iter().map(|(_, all)| all.len()).sum();
    assert!(survived <= questions, "{survived} of {questions}: {}", String::from_utf8_lossy(&out));
}

fn count(course: &mut Unpacked) -> usize {
    let mut count = 0;
    parcours_mbz::question::each(course, |_, _| {
        count += 1;
        Ok(())
    })
    .unwrap();
    count
}
