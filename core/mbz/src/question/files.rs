//! The files of a bank's texts: rows of `files.xml` in the contexts of categories, by the record they belong to (MBZ-FORMAT §6.4).

use crate::error::Error;
use crate::unpacked::Unpacked;
use parcours_course::question::{Body, File, Question};
use std::collections::HashMap;

/// Files by context and number of record. Numbers of questions, answers and hints overlap, so the area decides.
pub(super) type Files = HashMap<(i64, i64), Vec<File>>;

/// Areas whose number is a student's step and not a question's.
const RESPONSES: &str = "response_";

pub(super) fn all(course: &mut Unpacked) -> Result<Files, Error> {
    let mut all = Files::new();
    course.each("files.xml", "file", |_, e| {
        let (component, area) = (e.leaf("component"), e.leaf("filearea"));
        let belongs = (component == "question" || component.starts_with("qtype_")) && !area.starts_with(RESPONSES) && e.leaf("filename") != ".";
        if belongs {
            let (context, item) = (e.number("contextid").unwrap_or(0), e.number("itemid").unwrap_or(0));
            let file = File {
                component: component.to_owned(),
                area: area.to_owned(),
                item,
                path: format!("{}{}", e.leaf("filepath"), e.leaf("filename")),
                hash: e.leaf("contenthash").to_owned(),
                size: e.number("filesize").and_then(|n| n.try_into().ok()).unwrap_or(0),
                mime: e.value("mimetype").map(str::to_owned),
            };
            all.entry((context, item)).or_default().push(file);
        }
        Ok(())
    })?;
    Ok(all)
}

/// Those of one question: its own, its answers', its hints', its pairs' and its drags'.
pub(super) fn of(files: &Files, context: i64, q: &Question) -> Vec<File> {
    let mut found = Vec::new();
    let mut take = |item: i64, areas: &[&str]| {
        let here = files.get(&(context, item)).into_iter().flatten();
        found.extend(here.filter(|f| areas.contains(&f.area.as_str())).cloned());
    };
    take(q.id, &["questiontext", "generalfeedback", "correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "graderinfo", "bgimage"]);
    q.hints.iter().for_each(|h| take(h.id, &["hint"]));
    answers(&q.body).into_iter().for_each(|id| take(id, &["answer", "answerfeedback"]));
    match &q.body {
        Body::Match(m) => m.pairs.iter().for_each(|p| take(p.id, &["subquestion"])),
        Body::ImageDrop(d) => d.drags.iter().for_each(|d| take(d.id, &["dragimage"])),
        _ => {}
    }
    found
}

fn answers(body: &Body) -> Vec<i64> {
    match body {
        Body::TrueFalse(t) => vec![t.yes.id, t.no.id],
        Body::Choice(c) => c.answers.iter().map(|a| a.id).collect(),
        Body::Short(s) => s.answers.iter().map(|a| a.id).collect(),
        Body::Numerical(n) => n.answers.iter().map(|a| a.answer.id).collect(),
        Body::Calculated(c) => c.answers.iter().map(|a| a.answer.id).collect(),
        Body::Ordering(o) => o.items.iter().map(|a| a.id).collect(),
        _ => Vec::new(),
    }
}
