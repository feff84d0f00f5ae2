//! A course in another format on its way in: it is made a backup first, and its report begins with what that took.

use crate::convert::{self, Format, Step, Wishes};
use crate::{ActionError, App, Result};
use parcours_course::report::{Fate, Finding, Report};
use parcours_course::{Language, Reason};
use std::collections::{HashMap, VecDeque};
use std::path::Path;

/// What an upload was, and what became of it.
#[derive(Debug, Clone)]
pub struct Made {
    pub from: Format,
    pub report: Report,
}

/// Makes a backup at `output` of a file in another format; nothing when it is a backup already. `name` is what people call the file.
///
/// # Errors
/// `Archive` when it cannot be read, `Foreign` when it is a package of another kind, `NoQuestions` when it is to hold questions and has none.
pub(crate) fn backup(app: &App, input: &Path, name: &str, language: Language, output: &Path) -> Result<Option<Made>> {
    let from = convert::recognise(input, Path::new(name))?;
    if from == Format::Mbz {
        return Ok(None);
    }
    let wishes = Wishes { name: Some(name.to_owned()), from: Some(from), to: Some(Format::Mbz), language, now: app.now(), ..Wishes::default() };
    let steps = convert::run(input, output, &wishes)?;
    let report = steps.into_iter().next().map(|Step { report, .. }| report).unwrap_or_default();
    let taken = report.findings.iter().any(|f| f.item == "question" && f.counts && f.fate != Fate::Refused);
    if from.is_questions() && !taken {
        let _ = std::fs::remove_file(output);
        return Err(ActionError::NoQuestions(report.findings.into_iter().find(|f| f.fate == Fate::Refused).map(|f| f.detail).unwrap_or_default()));
    }
    Ok(Some(Made { from, report }))
}

/// One report of both steps. Something that both count, by its kind and name, is counted once with the worst that became of it; the other line is a remark when it says anything.
pub(super) fn joined(before: &Report, after: Report) -> Report {
    let mut second: HashMap<(String, String), VecDeque<usize>> = HashMap::new();
    for (at, f) in after.findings.iter().enumerate().filter(|(_, f)| f.counts) {
        second.entry((f.item.clone(), f.name.clone())).or_default().push_back(at);
    }
    let mut after = after.findings;
    let mut first = before.findings.clone();
    // What was refused on the way has no second line.
    for f in first.iter_mut().filter(|f| f.counts && f.fate != Fate::Refused) {
        let twin = second.get_mut(&(f.item.clone(), f.name.clone())).and_then(VecDeque::pop_front);
        let Some(twin) = twin.and_then(|at| after.get_mut(at)) else { continue };
        if f.fate > twin.fate { twin.counts = false } else { f.counts = false }
    }
    let says = |f: &Finding| f.counts || f.reason != Reason::AsItCame || !f.detail.is_empty();
    Report { findings: first.into_iter().chain(after).filter(says).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_steps_count_is_one_item() {
        let (mut before, mut after) = (Report::default(), Report::default());
        before.item(Fate::Imported, Reason::AsItCame, "activity", "imsmanifest.xml#a", "Page");
        before.item(Fate::Approximated, Reason::Converted, "activity", "imsmanifest.xml#b", "Page");
        before.item(Fate::Imported, Reason::AsItCame, "activity", "imsmanifest.xml#c", "Quiz");
        before.item(Fate::Refused, Reason::OtherFormat, "activity", "imsmanifest.xml#d", "Page");
        before.item(Fate::Imported, Reason::AsItCame, "question", "quiz.xml#1", "Question");
        after.item(Fate::Imported, Reason::AsItCame, "activity", "activities/page_1", "Page");
        after.item(Fate::Imported, Reason::AsItCame, "activity", "activities/page_2", "Page");
        after.item(Fate::Kept, Reason::NoModule, "activity", "activities/quiz_3", "Quiz");
        after.item(Fate::Imported, Reason::AsItCame, "section", "sections/section_1", "");
        let joined = joined(&before, after);
        let c = joined.counts();
        assert_eq!((c.items_in, c.imported, c.approximated, c.kept, c.refused), (6, 3, 1, 1, 1));
        assert_eq!(joined.findings.len(), 6, "what says nothing is left away: {:#?}", joined.findings);
    }
}
