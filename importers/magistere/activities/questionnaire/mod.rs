//! A questionnaire. A feedback with its questions and, as they were, its answers (MBZ-FORMAT §12).

mod answers;
mod questions;

use super::feedback::{Rules, feedback};
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::Cx;
use crate::magistere::files::Item;
use crate::magistere::stream::{self, Heavy};
use crate::magistere::words::{escape, intro, paragraph};
use answers::Answers;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::xml::Element;
use questions::{Ask, Items};
use std::collections::HashMap;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let number = |name: &str| r.number(name).unwrap_or(0);
    let Some(survey) = r.records("surveys", "survey").find(|s| s.id() == r.number("sid")).or_else(|| r.records("surveys", "survey").next()) else {
        return Ok(None);
    };
    let (count, unfinished, from_zero) = survey_answers(cx, a)?;
    let mut items = Items::default();
    opening(cx, a, survey, &mut items);
    let mut asks: HashMap<i64, Ask> = HashMap::new();
    let mut questions: Vec<&Element> = survey.records("questions", "question").collect();
    questions.sort_by_key(|q| q.number("position"));
    for question in questions {
        // `deleted` is `n`, or when it was taken out.
        if !["n", ""].contains(&question.leaf("deleted")) {
            cx.remark(
                Fate::Kept,
                Reason::OtherFormat,
                "question",
                &a.folder,
                format!("{}: {}", question.leaf("name"), cx.of("deleted before the backup", "supprimée avant la sauvegarde")),
            );
            continue;
        }
        let ask = questions::ask(cx, a, question, &mut items, &asks, from_zero);
        asks.insert(question.id().unwrap_or(0), ask);
    }
    for (area, files) in [("question", std::mem::take(&mut items.files)), ("info", std::mem::take(&mut items.opening))] {
        cx.files.send(a.context, ("mod_questionnaire", area), ("mod_feedback", "item"), Item::Of(files));
    }
    cx.files.send(a.context, ("mod_questionnaire", "thankbody"), ("mod_feedback", "page_after_submit"), Item::One(0));
    remarks(cx, a, survey, unfinished);
    let head = survey.leaf("thank_head");
    let thanks = if head.is_empty() { String::new() } else { format!("<h3>{}</h3>", escape(head)) };
    let anonymous = r.leaf("respondenttype") == "anonymous";
    let by_submission = number("completionsubmit") != 0;
    let rules = Rules {
        intro: intro(r),
        anonymous,
        notify: number("notifications") > 0,
        again: number("qtype") == 0,
        numbered: number("autonum") & 1 == 1,
        after: format!("{thanks}{}", survey.leaf("thank_body")),
        open_results: [1, 3].contains(&number("resp_view")),
        opens: number("opendate"),
        closes: number("closedate"),
        by_submission,
    };
    let valued = items.valued;
    let first = cx.range(count * (valued + 1));
    let fill = Answers { asks, next: first, number: 0, anonymous };
    let detail = cx.of("a feedback with the same questions and answers", "un feedback avec les mêmes questions et réponses");
    let mut made = Made::new("feedback", feedback(a, &rules, items.list, Vec::new()), detail);
    made.heavy = Some(Heavy { into: "completeds", from: ("responses", "response"), fill: Box::new(fill) });
    made.rule = by_submission;
    Ok(Some(made))
}

/// How many there are, how many are unfinished, and whether points of scales are counted from 0, as old releases did.
fn survey_answers(cx: &mut Cx<'_>, a: &Activity) -> Result<(usize, usize, bool), Error> {
    let (mut count, mut unfinished, mut zero) = (0, 0, false);
    stream::records(cx.course, &a.path, "responses", "response", |response| {
        count += 1;
        unfinished += usize::from(response.leaf("complete") == "n");
        zero |= response.records("response_ranks", "response_rank").any(|rank| rank.leaf("rankvalue") == "0");
        Ok(())
    })?;
    Ok((count, unfinished, zero))
}

/// What stands above the first question.
fn opening(cx: &mut Cx<'_>, a: &Activity, survey: &Element, items: &mut Items) {
    let title = survey.leaf("title");
    let heading = if title.is_empty() || title == a.name() { String::new() } else { format!("<h4>{}</h4>", escape(title)) };
    let text = format!("{heading}{}{}", paragraph(survey.leaf("subtitle")), survey.leaf("info"));
    if !text.is_empty() {
        let id = items.text(cx, text);
        items.opening.insert(survey.id().unwrap_or(0), id);
    }
}

fn remarks(cx: &mut Cx<'_>, a: &Activity, survey: &Element, unfinished: usize) {
    if unfinished > 0 {
        let words = cx.of("answers that were not finished have no place", "réponses inachevées, sans place");
        cx.remark(Fate::Kept, Reason::OtherFormat, "activity", &a.folder, format!("{unfinished} {words}"));
    }
    let sections = survey.child("fb_sections").map_or(0, |s| s.children.len());
    if sections > 0 {
        let words = cx.of("sections of scored feedback: a feedback does not score", "sections de bilan noté : un feedback ne note pas");
        cx.remark(Fate::Kept, Reason::OtherFormat, "activity", &a.folder, format!("{sections} {words}"));
    }
}
