//! What of each type of question a cartridge holds. The table for people (`common_cartridge/questions.md`) is computed here.

use crate::support::*;
use parcours_course::Text;
use parcours_course::question::*;
use parcours_importers::common_cartridge::Version;
use parcours_mbz::outline::{Build, Info, NewSection};
use parcours_mbz::question::{Numbers, bank, each};
use parcours_mbz::{Spool, Unpacked};
use std::fmt::Write;

fn answer(id: i64, text: &str, fraction: f64, feedback: &str) -> Answer {
    Answer { id, text: Text::html(text), fraction, feedback: Text::html(feedback) }
}

fn tolerance(id: i64, text: &str, tolerance: &str) -> Tolerance {
    Tolerance { answer: answer(id, text, 1.0, ""), tolerance: tolerance.into(), ..Tolerance::default() }
}

/// One of each, by what is special about it.
fn samples() -> Vec<(&'static str, Body)> {
    let choice = |single, fractions: [f64; 3]| {
        let answers = ["<b>A</b> &amp; é", "B", "C"].iter().zip(fractions).enumerate();
        let answers =
            answers.map(|(at, (text, fraction))| answer(10 + at as i64, text, fraction, if at == 1 { "<p>why B</p>" } else { "" })).collect();
        let combined = Combined { right: Text::html("Yes"), wrong: Text::html("No"), ..Combined::default() };
        Body::Choice(Choice { single, shuffle: true, numbering: "abc".into(), instruction: true, vertical: false, answers, combined })
    };
    let short = |case, texts: &[(&str, f64)]| {
        Body::Short(Short {
            case,
            answers: texts.iter().enumerate().map(|(at, (t, f))| Answer { text: Text::plain(*t), ..answer(20 + at as i64, t, *f, "") }).collect(),
        })
    };
    let word =
        |id, text: &str, fraction| Answer { text: Text::new(text, parcours_course::Format::Moodle), ..answer(id, text, fraction, "<p>so</p>") };
    let essay = |attachments| Body::Essay(Essay { response: "editor".into(), lines: 15, attachments, ..Essay::default() });
    let numerical = |t| Body::Numerical(Numerical { answers: vec![tolerance(30, "3.5", t)], units: Units { show: 3, ..Units::default() } });
    let pair = |id, text: &str, answer: &str| Pair { id, text: Text::html(text), answer: answer.into() };
    vec![
        ("one right answer", choice(true, [1.0, 0.0, 0.0])),
        ("one answer, parts of the mark", choice(true, [1.0, 0.5, 0.0])),
        ("several answers, a wrong one costs the mark", choice(false, [1.0, -1.0, -1.0])),
        ("several answers, parts of the mark", choice(false, [0.5, 0.5, -0.5])),
        ("", Body::TrueFalse(TrueFalse { yes: word(1, "True", 0.0), no: word(2, "False", 1.0), instruction: true })),
        ("", short(true, &[("Paris", 1.0), ("Lutèce", 1.0)])),
        ("with `*` around a word", short(false, &[("*owl*", 1.0)])),
        ("with `*` within", short(false, &[("o*l", 1.0)])),
        ("partly right answers", short(false, &[("Paris", 1.0), ("paris", 0.5)])),
        ("", essay(0)),
        ("with files", essay(2)),
        ("exact", numerical("0")),
        ("with a tolerance", numerical("0.1")),
        ("", Body::Match(Match { shuffle: true, pairs: vec![pair(1, "a", "1"), pair(2, "b", "2")], combined: Combined::default() })),
        ("", Body::Description),
        (
            "",
            Body::Cloze(Cloze {
                questions: vec![Question { body: short(false, &[("x", 1.0)]), text: Text::html("{1:SA:=x}"), ..Question::default() }],
            }),
        ),
        ("", Body::Calculated(Calculated { answers: vec![tolerance(40, "{a}+1", "0.01")], ..Calculated::default() })),
        ("", Body::Gaps(Gaps { choices: vec![Gap { text: "x".into(), group: 1, ..Gap::default() }], ..Gaps::default() })),
        ("", Body::Gaps(Gaps { drag: true, choices: vec![Gap { text: "x".into(), group: 1, ..Gap::default() }], ..Gaps::default() })),
        ("", Body::Ordering(Ordering { items: vec![answer(50, "1", 1.0, ""), answer(51, "2", 2.0, "")], ..Ordering::default() })),
    ]
}

/// A course whose question bank holds this question.
fn course(body: &Body) -> Unpacked {
    let info = Info { fullname: "Q".into(), now: NOW, ..Info::default() };
    let mut build = Build::new(Spool::new().unwrap(), &limits(), info);
    build.section(NewSection::default()).unwrap();
    let (context, instance) = build.bank_context();
    let category =
        |id, parent, name: &str| Category { id, parent, name: name.into(), context, instance, stamp: format!("s{id}"), ..Category::default() };
    let q = Question {
        id: 5,
        entry: 6,
        version: 1,
        latest: true,
        name: "Name & <b>".into(),
        text: Text::html("<p>Asked &amp; <img src=\"x.png\"></p>"),
        general_feedback: Text::html("<p>General</p>"),
        mark: 2.5,
        body: body.clone(),
        ..Question::default()
    };
    let all = [(category(1, 0, "top"), vec![]), (category(2, 1, "Mine"), vec![q])];
    build.put_questions(&bank(&all, &mut Numbers::default()), &[1, 2], vec![]).unwrap();
    build.finish().unwrap()
}

/// Without the numbers that every archive gives anew.
fn unnumbered(body: &Body) -> Body {
    let mut body = body.clone();
    match &mut body {
        Body::Choice(c) => c.answers.iter_mut().for_each(|a| a.id = 0),
        Body::Short(s) => s.answers.iter_mut().for_each(|a| a.id = 0),
        Body::TrueFalse(t) => (t.yes.id, t.no.id) = (0, 0),
        _ => {}
    }
    body
}

/// The question as it comes back; nothing where it was refused.
fn again(made: &mut Unpacked) -> Option<Question> {
    let mut found = None;
    each(made, |category, q| {
        assert_eq!(category.name, "Mine");
        found = Some(q);
        Ok(())
    })
    .unwrap();
    found
}

#[test]
fn the_table_of_question_types_is_what_happens() {
    let mut table = String::from("| type | | in a cartridge | and back | what is lost |\n|---|---|---|---|---|\n");
    for (special, body) in samples() {
        let mut course = course(&body);
        let before = again(&mut course).unwrap();
        let (bytes, report) = written(&mut course, Version::V11, &options());
        let finding = report.findings.iter().find(|f| f.counts && f.item == "question").unwrap();
        let lost: Vec<_> =
            report.findings.iter().filter(|f| !f.counts && f.item == "question").map(|f| f.detail.split_once(": ").unwrap().1).collect();
        assert_eq!(faults(&bytes), [""; 0]);
        let profile = unzip(&bytes).get("descriptors/question_bank.xml").map(|b| {
            let text = String::from_utf8(b.clone()).unwrap();
            text.split_once("<fieldentry>cc.").unwrap().1.split_once('<').unwrap().0.to_owned()
        });
        let after = again(&mut read_back(bytes).unwrap().0);
        let back = match &after {
            None => "–".to_owned(),
            Some(q) => {
                assert_eq!((&q.name, q.mark), (&before.name, before.mark));
                assert_eq!((&q.text.text, &q.general_feedback.text), (&before.text.text, &before.general_feedback.text));
                let same = unnumbered(&q.body) == unnumbered(&before.body);
                // What is said to be whole is whole.
                assert!(finding.fate != parcours_course::Fate::Imported || same, "{special}: {:?}\n{:?}", q.body, before.body);
                format!("{}{}", q.kind(), if same { ", the same" } else { "" })
            }
        };
        let _ = writeln!(
            table,
            "| {} | {special} | {} ({}) | {back} | {} |",
            before.kind(),
            profile.as_deref().unwrap_or("–"),
            finding.fate,
            lost.join("; ")
        );
    }
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("common_cartridge/questions.md");
    let known = std::fs::read_to_string(file).unwrap_or_default();
    assert!(known.ends_with(&table), "common_cartridge/questions.md should end with\n{table}");
}
