//! One question of each type, with all that the type can have.

use parcours_course::question::*;
use parcours_course::{Format, Text};

pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

fn answer(id: i64, text: &str, fraction: f64) -> Answer {
    Answer { id, text: Text::html(text), fraction, feedback: Text::html(format!("<p>About number {id}</p>")) }
}

/// Answers of words have no markup.
fn word(id: i64, text: &str, fraction: f64) -> Answer {
    Answer { text: Text::new(text, Format::Moodle), ..answer(id, text, fraction) }
}

fn combined() -> Combined {
    Combined { right: Text::html("<p>Yes</p>"), partly: Text::html("<p>Half</p>"), wrong: Text::html("<p>No</p>"), show_number_right: true }
}

/// A file, whose hash the archive sets.
pub fn file(area: &str, item: i64, path: &str) -> File {
    let component = match area {
        "subquestion" => "qtype_match",
        "bgimage" | "dragimage" => "qtype_ddimageortext",
        "graderinfo" => "qtype_essay",
        _ => "question",
    };
    File { component: component.into(), area: area.into(), item, path: path.into(), ..File::default() }
}

fn of(name: &str, text: &str, body: Body) -> Question {
    Question {
        id: 1,
        name: name.into(),
        text: Text::html(text),
        general_feedback: Text::html(format!("<p>So much for {name}: 1 + 1 = 2 {{}} ~ #</p>")),
        mark: 2.0,
        penalty: 0.25,
        idnumber: format!("id-{name}"),
        tags: vec!["Été".into(), "two words".into()],
        hints: vec![
            Hint { id: 1, text: Text::html("<p>Think</p>"), show_number_right: true, clear_wrong: false, options: String::new() },
            Hint { id: 2, text: Text::html("<p>Harder</p>"), show_number_right: false, clear_wrong: true, options: String::new() },
        ],
        version: 1,
        latest: true,
        body,
        ..Question::default()
    }
}

fn tolerance(id: i64, text: &str, tolerance: &str) -> Tolerance {
    Tolerance { answer: word(id, text, 1.0), tolerance: tolerance.into(), kind: 1, length: 2, format: 1 }
}

fn units() -> Units {
    Units { units: vec![Unit { name: "m".into(), multiplier: "1".into() }], show: 0, left: false, grading: 1, penalty: 0.1 }
}

fn calculated(kind: Formula) -> Body {
    let dataset = |name: &str| Dataset {
        name: name.into(),
        r#type: 1,
        options: "uniform:1.0:10.0:1".into(),
        items: vec![(1, "2.5".into()), (2, "4".into())],
        ..Dataset::default()
    };
    Body::Calculated(Calculated {
        kind,
        answers: vec![tolerance(1, "{a} + {b}", "0.01")],
        units: if kind == Formula::Multi { Units { show: 3, penalty: 0.1, ..Units::default() } } else { units() },
        datasets: vec![dataset("a"), Dataset { category: 2, ..dataset("b") }],
        synchronize: 0,
        single: true,
        shuffle: true,
        numbering: "abc".into(),
        combined: combined(),
    })
}

fn part(notation: &str, mark: f64, body: Body) -> Question {
    Question { name: "multianswer".into(), text: Text::html(notation), mark, version: 1, latest: true, body, ..Question::default() }
}

fn cloze() -> Body {
    let short = Short { case: false, answers: vec![Answer { feedback: Text::html("Yes"), ..word(1, "Paris", 1.0) }] };
    let list = Choice {
        single: true,
        numbering: "0".into(),
        vertical: true,
        answers: vec![Answer { feedback: Text::html(""), ..answer(1, "Rhine", 0.0) }, Answer { feedback: Text::html(""), ..answer(2, "Seine", 1.0) }],
        ..Choice::default()
    };
    Body::Cloze(Cloze {
        questions: vec![part("{1:SHORTANSWER:=Paris#Yes}", 1.0, Body::Short(short)), part("{1:MULTICHOICE:Rhine~=Seine}", 1.0, Body::Choice(list))],
    })
}

fn choice(single: bool) -> Body {
    let fractions = if single { [1.0, 0.5, 0.0] } else { [0.5, 0.5, -1.0] };
    Body::Choice(Choice {
        single,
        shuffle: true,
        numbering: "abc".into(),
        instruction: false,
        vertical: true,
        answers: ["<p>One = 1</p>", "<p>Two <img src=\"@@PLUGINFILE@@/two.png\" alt=\"\"></p>", "<p>Three</p>"]
            .iter()
            .zip(fractions)
            .zip(1..)
            .map(|((text, fraction), id)| answer(id, text, fraction))
            .collect(),
        combined: combined(),
    })
}

fn gaps(drag: bool) -> Body {
    let gap = |text: &str, group| Gap { id: 0, text: text.into(), group, infinite: false };
    let choices = vec![gap("fox", 1), gap("dog", 2), gap("cow", 1), gap("hen", 2)];
    Body::Gaps(Gaps { drag, shuffle: true, choices, combined: combined() })
}

fn image() -> Body {
    let drag = |no, label: &str| Drag { id: no, no, group: 1, infinite: false, label: label.into() };
    let drop = |no, x, y, choice| Drop { id: 0, no, x, y, choice, label: String::new() };
    Body::ImageDrop(ImageDrop {
        shuffle: true,
        drags: vec![drag(1, "head"), drag(2, "tail")],
        drops: vec![drop(1, 10, 20, 2), drop(2, 30, 40, 1)],
        combined: combined(),
        visibility: None,
    })
}

fn markers() -> Body {
    let marker = |no, label: &str| Marker { id: 0, no, infinite: false, label: label.into(), uses: 1 };
    let zone = |no, shape: &str, coords: &str, choice| Zone { id: 0, no, shape: shape.into(), coords: coords.into(), choice };
    Body::Markers(Markers {
        shuffle: true,
        show_misplaced: false,
        markers: vec![marker(1, "north"), marker(2, "south")],
        zones: vec![zone(1, "circle", "10,20;5", 1), zone(2, "rectangle", "30,40;10,12", 2), zone(3, "polygon", "1,1;5,1;3,4", 2)],
        combined: combined(),
    })
}

/// Every type, by Moodle's name of it.
pub fn all() -> Vec<Question> {
    let true_false = TrueFalse { yes: answer(1, "True", 1.0), no: answer(2, "False", 0.0), instruction: true };
    let pair = |id, text: &str, answer: &str| Pair { id, text: Text::html(text), answer: answer.into() };
    let pairs = vec![pair(1, "<p>cat</p>", "mammal"), pair(2, "<p>trout</p>", "fish"), pair(3, "", "bird")];
    let essay = Essay {
        response: "editorfilepicker".into(),
        required: true,
        lines: 10,
        min_words: Some(5),
        max_words: Some(500),
        attachments: 1,
        attachments_required: 0,
        grader_info: Text::html("<p>Look at the style</p>"),
        template: Text::html("<p>Dear …</p>"),
        file_types: ".pdf".into(),
        max_bytes: 0,
    };
    let mut items: Vec<Answer> = ["one", "two", "three"].iter().zip(1..).map(|(text, id)| answer(id, text, id as f64)).collect();
    items.iter_mut().for_each(|i| i.feedback = Text::html(""));
    let ordering = Ordering { items, grading: 0, show_grading: true, numbering: "none".into(), combined: combined(), ..Ordering::default() };
    let mut choice_one = of("multichoice", "<p>Which? <img src=\"@@PLUGINFILE@@/a%20b.png\" alt=\"\"></p>", choice(true));
    choice_one.files = vec![file("questiontext", 1, "/a b.png"), file("answer", 2, "/two.png")];
    let mut drop = of("ddimageortext", "<p>Where?</p>", image());
    drop.files = vec![file("bgimage", 1, "/back.png"), file("dragimage", 1, "/head.png")];
    let mut marker = of("ddmarker", "<p>Where?</p>", markers());
    marker.files = vec![File { component: "qtype_ddmarker".into(), ..file("bgimage", 1, "/map.png") }];
    vec![
        of("description", "<p>Read this first.</p>", Body::Description),
        of("truefalse", "<p>Is it?</p>", Body::TrueFalse(true_false)),
        choice_one,
        of("multichoice, several", "<p>Which?</p>", choice(false)),
        of("shortanswer", "<p>Who?</p>", Body::Short(Short { case: true, answers: vec![word(1, "J* Bach", 1.0), word(2, "him: ~ = # { }", 0.5)] })),
        of(
            "numerical",
            "<p>How much?</p>",
            Body::Numerical(Numerical { answers: vec![tolerance(1, "3.14", "0.01"), tolerance(2, "*", "0")], units: units() }),
        ),
        of("match", "<p>Which is what?</p>", Body::Match(Match { shuffle: true, pairs, combined: combined() })),
        of("essay", "<p>Tell.</p>", Body::Essay(essay)),
        of("multianswer", "<p>The capital is {#1}, on the {#2}.</p>", cloze()),
        of("calculated", "<p>{a} + {b}?</p>", calculated(Formula::Full)),
        of("calculatedsimple", "<p>{a} + {b}?</p>", calculated(Formula::Simple)),
        of("calculatedmulti", "<p>{a} + {b}?</p>", calculated(Formula::Multi)),
        of("gapselect", "<p>The [[1]] bites the [[2]] and the [[3]].</p>", gaps(false)),
        of("ddwtos", "<p>The [[1]] bites the [[2]] and the [[3]].</p>", gaps(true)),
        drop,
        marker,
        of("ordering", "<p>In order.</p>", Body::Ordering(ordering)),
        of("randomsamatch", "<p>Which?</p>", Body::RandomMatch(RandomMatch { choose: 2, subcategories: true, combined: combined() })),
    ]
}
