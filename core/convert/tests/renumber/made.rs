//! An archive made by hand: every place a number may stand in, and what stands there afterwards.

use crate::support::renumber;
use parcours_convert::Error;
use parcours_convert::renumber::{Numbers, run};
use parcours_course::report::{Fate, Reason};
use parcours_course::{Language, Report};
use parcours_mbz::php::Php;
use parcours_mbz::{Limits, Spool, Unpacked};
use std::io::Read;

const DOCUMENTS: &[(&str, &str)] = &[
    (
        "moodle_backup.xml",
        "<moodle_backup><information><name>page_7.mbz</name><original_course_id>5</original_course_id><original_system_contextid>1</original_system_contextid><details><detail backup_id=\"ff\">\
         <type>course</type><format>moodle2</format></detail></details><contents><activities>\
         <activity><moduleid>7</moduleid><sectionid>3</sectionid><modulename>forum</modulename><title>F</title><directory>activities/forum_7</directory></activity>\
         <activity><moduleid>8</moduleid><sectionid>3</sectionid><modulename>quiz</modulename><title>Q</title><directory>activities/quiz_8</directory></activity>\
         <activity><moduleid>9</moduleid><sectionid>3</sectionid><modulename>strange</modulename><title>S</title><directory>activities/strange_9</directory></activity></activities>\
         <sections><section><sectionid>3</sectionid><title>0</title><directory>sections/section_3</directory></section></sections></contents>\
         <settings><setting><level>section</level><section>section_3</section><name>section_3_userinfo</name><value>1</value></setting>\
         <setting><level>activity</level><activity>forum_7</activity><name>forum_7_included</name><value>1</value></setting></settings></information></moodle_backup>",
    ),
    ("users.xml", "<users><user id=\"2\" contextid=\"60\"><username>a</username><picture>0</picture><mnethostid>1</mnethostid></user></users>"),
    (
        "badges.xml",
        "<badges><badge id=\"4\"><courseid>5</courseid><criteria><criterion id=\"6\"><badgeid>4</badgeid><criteriatype>1</criteriatype><parameters><parameter id=\"1\"><critid>6</critid><name>module_7</name>\
         <value>7</value></parameter></parameters></criterion></criteria></badge></badges>",
    ),
    (
        "gradebook.xml",
        "<gradebook><grade_items><grade_item id=\"11\"><categoryid>$@NULL@$</categoryid><itemtype>course</itemtype><iteminstance>12</iteminstance><calculation>=##gi11##*2</calculation></grade_item></grade_items></gradebook>",
    ),
    (
        "sections/section_3/section.xml",
        "<section id=\"3\"><number>0</number><summary>7 &lt;a href=\"$@FORUMVIEWBYID*7@$\"&gt;</summary><sequence>7,8</sequence>\
         <availabilityjson>{\"op\":\"&amp;\", \"c\":[{\"type\":\"completion\",\"cm\":7,\"e\":1},{\"type\":\"date\",\"d\":\"&lt;\",\"t\":7}],\"showc\":[true,false]}</availabilityjson></section>",
    ),
    (
        "activities/forum_7/forum.xml",
        "<activity id=\"1\" moduleid=\"7\" modulename=\"forum\" contextid=\"61\"><forum id=\"1\"><name>F</name><scale>-13</scale><grade_forum>50</grade_forum><discussions><discussion id=\"2\"><firstpost>3</firstpost>\
         <groupid>-1</groupid><posts><post id=\"3\"><parent>0</parent><userid>2</userid></post><post id=\"4\"><parent>3</parent><privatereplyto>2</privatereplyto></post></posts></discussion></discussions></forum></activity>",
    ),
    (
        "activities/quiz_8/quiz.xml",
        "<activity id=\"1\" moduleid=\"8\" modulename=\"quiz\" contextid=\"62\"><quiz id=\"1\"><question_instances><question_instance id=\"2\"><question_set_reference id=\"3\">\
         <filtercondition>{\"filter\":{\"category\":{\"jointype\":1,\"values\":[14]},\"qtagids\":{\"values\":[\"15\"]}},\"cat\":\"14,62\"}</filtercondition></question_set_reference></question_instance></question_instances>\
         <attempts><attempt id=\"4\"><uniqueid>5</uniqueid><question_usage id=\"5\"><question_attempts><question_attempt id=\"6\"><questionid>16</questionid><steps><step id=\"7\"><response>\
         <variable><name>_order</name><value>21,20</value></variable><variable><name>answer</name><value>1</value></variable></response></step></steps></question_attempt></question_attempts></question_usage></attempt></attempts></quiz></activity>",
    ),
    (
        "activities/strange_9/strange.xml",
        "<activity id=\"1\" moduleid=\"9\" modulename=\"strange\" contextid=\"63\"><strange id=\"1\"><things><thing id=\"2\"><width>2</width></thing></things><uses><use id=\"5\"><thingid>2</thingid><otherid>2</otherid></use></uses></strange></activity>",
    ),
    (
        "files.xml",
        "<files><file id=\"31\"><contextid>61</contextid><component>mod_forum</component><filearea>post</filearea><itemid>3</itemid><userid>2</userid></file>\
         <file id=\"32\"><contextid>63</contextid><component>mod_strange</component><filearea>things</filearea><itemid>2</itemid></file>\
         <file id=\"33\"><contextid>63</contextid><component>mod_imscp</component><filearea>content</filearea><itemid>2</itemid></file></files>",
    ),
    (
        "course/blocks/progress_17/block.xml",
        "<block id=\"17\" contextid=\"64\"><blockname>progress</blockname><parentcontextid>60</parentcontextid><configdata>CONFIG</configdata></block>",
    ),
    ("parcours/original/course/course.xml.kept", "<course id=\"5\"></course>"),
];

/// Hundreds for courses, sections and so on, thousands for what belongs to an activity.
fn by(table: &str) -> i64 {
    match table {
        "cm" => 100,
        "section" => 200,
        "user" => 300,
        "forum" | "quiz" | "strange" => 400,
        "context" => 500,
        "scale" => 600,
        "grade_item" => 700,
        "block" => 800,
        _ if table.contains('/') => 1000,
        _ => 2000,
    }
}

fn config() -> String {
    Php::object([
        ("monitor_forum1", Php::Int(1)),
        ("list", Php::Text("forum-1 and more".into())),
        ("text", Php::Text("$@FORUMVIEWBYID*7@$".into())),
        ("selectactivities", Php::Array(vec![(Php::Int(0), Php::Text("forum-1".into()))])),
    ])
    .to_config()
}

fn made() -> Unpacked {
    let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
    for (path, text) in DOCUMENTS {
        let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", text.replace("CONFIG", &config()));
        course.put_bytes(path, text.as_bytes()).unwrap();
    }
    course
}

fn renumbered() -> (Unpacked, Report) {
    let mut course = made();
    let report = renumber(&mut course, &by);
    (course, report)
}

fn text(course: &mut Unpacked, path: &str) -> String {
    let mut text = String::new();
    course.bytes(path).unwrap().unwrap_or_else(|| panic!("no {path}")).read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_place_gets_the_number_of_its_table() {
    let (mut course, _) = renumbered();
    let expected: &[(&str, &[&str])] = &[
        (
            "moodle_backup.xml",
            &[
                "<name>page_7.mbz<",
                "<moduleid>107<",
                "<sectionid>203<",
                ">activities/forum_107<",
                ">sections/section_203<",
                ">section_203_userinfo<",
                "<activity>forum_107<",
                ">forum_107_included<",
                "<original_course_id>2005<",
            ],
        ),
        ("users.xml", &["<user id=\"302\" contextid=\"560\">", "<picture>0<", "<mnethostid>1<"]),
        ("badges.xml", &["<badge id=\"2004\">", "<name>module_107<", "<value>107<", "<critid>1006<", "<criterion id=\"1006\">", "<criteriatype>1<"]),
        ("gradebook.xml", &["<grade_item id=\"711\">", "=##gi711##*2", "<iteminstance>2012<", "$@NULL@$"]),
        (
            "sections/section_203/section.xml",
            &["7 &lt;a href=\"$@FORUMVIEWBYID*107@$", "<sequence>107,108<", "\"op\":\"&amp;\", \"c\"", "\"cm\":107,\"e\":1", "\"t\":7}"],
        ),
        (
            "activities/forum_107/forum.xml",
            &[
                "<activity id=\"401\" moduleid=\"107\"",
                "contextid=\"561\"",
                "<forum id=\"401\">",
                "<scale>-613<",
                "<grade_forum>50<",
                "<firstpost>1003<",
                "<groupid>-1<",
                "<post id=\"1004\">",
                "<parent>1003<",
                "<parent>0<",
                "<privatereplyto>302<",
            ],
        ),
        (
            "activities/quiz_108/quiz.xml",
            &[
                "\"jointype\":1,\"values\":[2014]",
                "\"values\":[\"2015\"]",
                "\"cat\":\"2014,562\"",
                "<uniqueid>2005<",
                "<question_usage id=\"2005\">",
                "<value>2021,2020<",
                "<value>1<",
                "<questionid>2016<",
            ],
        ),
        ("activities/strange_109/strange.xml", &["<thing id=\"1002\">", "<width>2<", "<thingid>1002<", "<otherid>2<"]),
        ("files.xml", &["<itemid>1003<", "<itemid>1002<", "<itemid>2<", "<file id=\"2031\">", "<userid>302<"]),
        ("course/blocks/progress_817/block.xml", &["<block id=\"817\" contextid=\"564\">", "<parentcontextid>560<"]),
    ];
    for (path, parts) in expected {
        let text = text(&mut course, path);
        for part in *parts {
            assert!(text.contains(part), "{path} lacks {part}:\n{text}");
        }
    }
}

#[test]
fn settings_of_blocks_are_serialised_with_the_right_lengths() {
    let (mut course, _) = renumbered();
    let block = course.document("course/blocks/progress_817/block.xml").unwrap().unwrap();
    let config = Php::read_config(block.leaf("configdata")).unwrap().unwrap();
    assert_eq!(config.get("monitor_forum401").and_then(Php::int), Some(1));
    assert_eq!(config.get("list").and_then(Php::text), Some("forum-1 and more"));
    assert_eq!(config.get("text").and_then(Php::text), Some("$@FORUMVIEWBYID*107@$"));
    let selected = config.get("selectactivities").unwrap();
    assert_eq!(selected.entries()[0].1.text(), Some("forum-401"));
}

#[test]
fn what_is_left_is_told() {
    let (course, report) = renumbered();
    let unclear: Vec<_> =
        report.findings.iter().filter(|f| f.reason == Reason::UnclearNumber).map(|f| (f.place.as_str(), f.detail.as_str())).collect();
    assert_eq!(unclear, [("activities/strange_9/strange.xml (use/otherid)", "×1")]);
    assert!(!course.has("parcours/original/course/course.xml.kept"));
    assert!(report.findings.iter().any(|f| f.fate == Fate::Refused && f.place.starts_with("parcours/")));
    assert_eq!(report.counts().items_in, 1);
}

#[test]
fn a_number_that_would_be_none_is_an_error() {
    for by in [-5, i64::MAX] {
        assert!(matches!(run(&mut made(), &Numbers::new(&|_| by), Language::English), Err(Error::Number)));
    }
}
