use super::{Numbers, QUESTIONS, bank, categories, each};
use crate::{Limits, Spool, Unpacked};
use parcours_course::Text;
use parcours_course::question::*;

fn answer(text: &str, fraction: f64) -> Answer {
    Answer { text: Text::html(text), fraction, feedback: Text::html(format!("about {text}")), ..Answer::default() }
}

fn of(name: &str, body: Body) -> Question {
    Question {
        name: name.into(),
        text: Text::html(format!("<p>{name}?</p>")),
        mark: 2.0,
        penalty: 0.3333333,
        version: 1,
        latest: true,
        body,
        ..Question::default()
    }
}

/// One of each type.
fn questions() -> Vec<Question> {
    let combined = Combined { right: Text::html("yes"), partly: Text::html("half"), wrong: Text::html("no"), show_number_right: true };
    let tolerance = |text: &str| Tolerance { answer: answer(text, 1.0), tolerance: "0.01".into(), kind: 1, length: 2, format: 1 };
    let units = Units { units: vec![Unit { name: "m".into(), multiplier: "1.0".into() }], show: 0, left: false, grading: 1, penalty: 0.1 };
    let calculated = Calculated {
        answers: vec![tolerance("{a} + 1")],
        units: units.clone(),
        datasets: vec![Dataset {
            name: "a".into(),
            r#type: 1,
            options: "uniform:1:10:1".into(),
            items: vec![(1, "2.5".into())],
            ..Dataset::default()
        }],
        numbering: "abc".into(),
        ..Calculated::default()
    };
    let part = Question {
        text: Text::html("{1:SHORTANSWER:=Paris}"),
        ..of("part", Body::Short(Short { case: false, answers: vec![answer("Paris", 1.0)] }))
    };
    vec![
        of("description", Body::Description),
        of("truefalse", Body::TrueFalse(TrueFalse { yes: answer("True", 1.0), no: answer("False", 0.0), instruction: true })),
        of(
            "multichoice",
            Body::Choice(Choice {
                single: true,
                shuffle: true,
                numbering: "abc".into(),
                instruction: false,
                vertical: true,
                answers: vec![answer("A", 1.0), answer("B", -0.5)],
                combined: combined.clone(),
            }),
        ),
        of("shortanswer", Body::Short(Short { case: true, answers: vec![answer("*x*", 0.5)] })),
        of("numerical", Body::Numerical(Numerical { answers: vec![tolerance("3.14")], units })),
        of(
            "match",
            Body::Match(Match {
                shuffle: true,
                pairs: vec![Pair { text: Text::html("cat"), answer: "mammal".into(), id: 0 }, Pair { answer: "fish".into(), ..Pair::default() }],
                combined: combined.clone(),
            }),
        ),
        of(
            "essay",
            Body::Essay(Essay { response: "editor".into(), required: true, lines: 10, min_words: Some(5), attachments: 1, ..Essay::default() }),
        ),
        of("cloze", Body::Cloze(Cloze { questions: vec![part] })),
        of("calculated", Body::Calculated(calculated.clone())),
        of("calculatedsimple", Body::Calculated(Calculated { kind: Formula::Simple, ..calculated.clone() })),
        of("calculatedmulti", Body::Calculated(Calculated { kind: Formula::Multi, single: true, ..calculated })),
        of(
            "ddwtos",
            Body::Gaps(Gaps {
                drag: true,
                shuffle: false,
                choices: vec![Gap { text: "fox".into(), group: 2, infinite: true, id: 0 }],
                combined: combined.clone(),
            }),
        ),
        of(
            "gapselect",
            Body::Gaps(Gaps {
                drag: false,
                shuffle: true,
                choices: vec![Gap { text: "cat".into(), group: 1, ..Gap::default() }],
                combined: combined.clone(),
            }),
        ),
        of(
            "ddimageortext",
            Body::ImageDrop(ImageDrop {
                drags: vec![Drag { no: 1, group: 1, label: "arc".into(), ..Drag::default() }],
                drops: vec![Drop { no: 1, x: 10, y: 20, choice: 1, ..Drop::default() }],
                combined: combined.clone(),
                ..ImageDrop::default()
            }),
        ),
        of(
            "ddmarker",
            Body::Markers(Markers {
                markers: vec![Marker { no: 1, label: "OU".into(), uses: 2, ..Marker::default() }],
                zones: vec![Zone { no: 1, shape: "circle".into(), coords: "1,2;3".into(), choice: 1, id: 0 }],
                combined: combined.clone(),
                ..Markers::default()
            }),
        ),
        of(
            "ordering",
            Body::Ordering(Ordering {
                items: vec![answer("one", 1.0), answer("two", 2.0)],
                show_grading: true,
                numbering: "none".into(),
                combined: combined.clone(),
                ..Ordering::default()
            }),
        ),
        of("randomsamatch", Body::RandomMatch(RandomMatch { choose: 2, subcategories: true, combined })),
        of(
            "other",
            Body::Other {
                name: "stack".into(),
                xml: "<plugin_qtype_stack_question>\n  <stackoptions id=\"1\">\n    <a>&lt;x</a>\n  </stackoptions>\n</plugin_qtype_stack_question>"
                    .into(),
            },
        ),
    ]
}

fn category() -> Category {
    Category { id: 7, parent: 6, name: "C".into(), stamp: "s".into(), level: Level::Course, context: 20, instance: 2, ..Category::default() }
}

fn laid(xml: &crate::xml::Element) -> Unpacked {
    let mut u = Unpacked::new(Spool::new().unwrap(), &Limits::default());
    u.put(QUESTIONS, xml).unwrap();
    u
}

/// The question without the numbers it was given.
fn bare(mut q: Question) -> Question {
    let mut value = serde_json::to_value(&q).unwrap();
    fn zero(v: &mut serde_json::Value) {
        match v {
            serde_json::Value::Object(fields) => {
                for (name, v) in fields {
                    if matches!(name.as_str(), "id" | "entry") { *v = 0.into() } else { zero(v) }
                }
            }
            serde_json::Value::Array(all) => all.iter_mut().for_each(zero),
            _ => {}
        }
    }
    zero(&mut value);
    q = serde_json::from_value(value).unwrap();
    q
}

#[test]
fn every_type_is_read_as_it_was_written() {
    let all = questions();
    let mut course = laid(&bank(&[(category(), all.clone())], &mut Numbers::default()));
    assert_eq!(categories(&mut course).unwrap(), [category()]);
    let mut read = Vec::new();
    each(&mut course, |c, q| {
        assert_eq!(c.id, 7);
        read.push(bare(q));
        Ok(())
    })
    .unwrap();
    assert_eq!(read.len(), all.len());
    for (read, made) in read.into_iter().zip(all) {
        assert_eq!(read, bare(made));
    }
}

#[test]
fn numbers_are_given_where_there_are_none_and_kept_where_there_are() {
    let mut first = of("first", Body::Short(Short { case: false, answers: vec![Answer { id: 40, ..answer("x", 1.0) }] }));
    (first.id, first.entry) = (9, 30);
    let second = of("second", Body::Short(Short { case: false, answers: vec![answer("y", 1.0)] }));
    let mut course = laid(&bank(&[(category(), vec![first, second])], &mut Numbers::default()));
    let mut ids = Vec::new();
    each(&mut course, |_, q| {
        let Body::Short(s) = &q.body else { panic!() };
        ids.push((q.id, q.entry, s.answers[0].id));
        Ok(())
    })
    .unwrap();
    assert_eq!(ids, [(9, 30, 40), (10, 31, 41)]);
}

#[test]
fn questions_of_before_4_0_are_lifted() {
    let xml = "<question_categories><question_category id=\"1\"><name>C</name><contextid>5</contextid><contextlevel>50</contextlevel><contextinstanceid>2</contextinstanceid><info></info>\
               <infoformat>0</infoformat><stamp>x</stamp><parent>0</parent><questions><question id=\"3\"><parent>0</parent><name>Q</name><questiontext>1</questiontext><questiontextformat>0</questiontextformat>\
               <defaultgrade>1.5</defaultgrade><qtype>random</qtype><hidden>1</hidden></question><question id=\"4\"><parent>4</parent><name>R</name><qtype>shortanswer</qtype>\
               <plugin_qtype_shortanswer_question><answers><answer id=\"8\"><answer>x</answer><fraction>1</fraction></answer></answers></plugin_qtype_shortanswer_question></question></questions></question_category>\
               <question_category id=\"2\"><name>empty</name><contextid>5</contextid></question_category></question_categories>";
    let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
    course.put_bytes(QUESTIONS, xml.as_bytes()).unwrap();
    assert_eq!(categories(&mut course).unwrap().iter().map(|c| c.id).collect::<Vec<_>>(), [1, 2]);
    let mut read = Vec::new();
    each(&mut course, |_, q| {
        read.push(q);
        Ok(())
    })
    .unwrap();
    let [random, short] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!((random.entry, random.mark, random.status, &random.body), (3, 1.5, Status::Hidden, &Body::Random(Random { subcategories: true })));
    let Body::Short(s) = &short.body else { panic!() };
    assert_eq!((s.answers[0].text.text.as_str(), s.answers[0].fraction), ("x", 1.0));
}

#[test]
fn versions_and_files_are_found() {
    let version = |id: i64, version: i64| {
        format!(
            "<question_versions id=\"{id}\"><version>{version}</version><status>ready</status><questions><question id=\"{id}\"><parent>0</parent><name>v{version}</name><qtype>description</qtype></question></questions></question_versions>"
        )
    };
    let xml = format!(
        "<question_categories><question_category id=\"1\"><name>C</name><contextid>5</contextid><question_bank_entries><question_bank_entry id=\"9\"><idnumber>I</idnumber><question_version>{}{}</question_version>\
         </question_bank_entry></question_bank_entries></question_category></question_categories>",
        version(21, 1),
        version(22, 2)
    );
    let row = |item: i64, context: i64| {
        format!(
            "<file id=\"{item}{context}\"><contenthash>ab</contenthash><contextid>{context}</contextid><component>question</component><filearea>questiontext</filearea><itemid>{item}</itemid><filepath>/</filepath><filename>a b.png</filename><filesize>3</filesize></file>"
        )
    };
    let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
    course.put_bytes(QUESTIONS, xml.as_bytes()).unwrap();
    course.put_bytes("files.xml", format!("<files>{}{}</files>", row(22, 5), row(22, 6)).as_bytes()).unwrap();
    let mut read = Vec::new();
    each(&mut course, |_, q| {
        read.push((q.entry, q.version, q.latest, q.idnumber.clone(), q.files.iter().map(|f| f.path.clone()).collect::<Vec<_>>()));
        Ok(())
    })
    .unwrap();
    assert_eq!(read, [(9, 1, false, "I".to_owned(), vec![]), (9, 2, true, "I".to_owned(), vec!["/a b.png".to_owned()])]);
}
