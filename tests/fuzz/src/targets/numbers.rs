//! Other numbers: whatever a document holds, JSON that is read is JSON, and what went there and back goes there and back again to itself.

use super::{refused, small};
use crate::Target;
use parcours_convert::Error;
use parcours_convert::renumber::{Numbers, run as renumber};
use parcours_course::Language;
use parcours_mbz::json::{Json, Value, edited};
use parcours_mbz::{Spool, Unpacked};
use serde::de::IgnoredAny;
use std::io::Read;

pub const TARGET: Target = Target {
    name: "numbers",
    run,
    seeds: Vec::new,
    words: &[
        "<availability>",
        "{\"op\":\"&amp;\",\"c\":[{\"type\":\"completion\",\"cm\":7,\"e\":1}],\"showc\":[true]}",
        "{\"type\":\"grade\",\"id\":\"7\"}",
        "{\"filter\":{\"category\":{\"values\":[7]}}}",
        "\"cat\":\"7,8\"",
        "<configdata>",
        "Tzo4OiJzdGRDbGFzcyI6MTp7czoxNDoibW9uaXRvcl9mb3J1bTEiO2k6MTt9",
        "a:1:{s:6:\"userid\";i:7;}",
        "<parameter><name>module_7</name><value>7</value></parameter>",
        "<calculation>=##gi7##</calculation>",
        "$@FORUMDISCUSSIONVIEWPARENT*3*4@$",
        "$@PLUGINFILEBYCONTEXT*9@$/mod_forum/post/12/",
        "%2Fmod_forum%2Fpost%2F12%2F",
        "<variable><name>_order</name><value>7,8</value></variable>",
        "<itemid>",
        "<scale>-7</scale>",
        "<post id=\"7\">",
        "id=\"7\"",
        "\\/",
        "\\u00e9",
        "-1",
        "9223372036854775807",
        ",",
        "#forum.xml#",
    ],
    runs: 6_000,
};

/// The documents an input may stand for; its first byte chooses.
const PATHS: &[&str] = &[
    "activities/forum_7/forum.xml",
    "activities/forum_7/module.xml",
    "activities/strange_8/strange.xml",
    "activities/forum_7/quiz.xml",
    "badges.xml",
    "gradebook.xml",
    "questions.xml",
    "files.xml",
    "course/blocks/progress_3/block.xml",
    "course/logstores.xml",
];

const MANIFEST: &str = "<moodle_backup><information><details><detail backup_id=\"ff\"><type>course</type><format>moodle2</format></detail></details><contents><activities>\
    <activity><moduleid>7</moduleid><sectionid>3</sectionid><modulename>forum</modulename><title>F</title><directory>activities/forum_7</directory></activity>\
    <activity><moduleid>8</moduleid><sectionid>3</sectionid><modulename>strange</modulename><title>S</title><directory>activities/strange_8</directory></activity>\
    </activities></contents></information></moodle_backup>";

pub fn run(input: &[u8]) {
    json(&String::from_utf8_lossy(input));
    let Some((first, document)) = input.split_first() else { return };
    let path = PATHS[usize::from(*first) % PATHS.len()];
    let mut course = Unpacked::new(Spool::new().expect("a spool"), &small());
    course.put_bytes("moodle_backup.xml", MANIFEST.as_bytes()).expect("a manifest");
    course.put_bytes(path, document).expect("bytes");
    // Written as this program writes: once there and back.
    let Some(once) = there_and_back(&mut course) else { return };
    assert_eq!(there_and_back(&mut course).as_ref(), Some(&once));
}

fn there_and_back(course: &mut Unpacked) -> Option<Vec<(String, Vec<u8>)>> {
    for by in [1_000_000, -1_000_000] {
        match renumber(course, &Numbers::new(&|_| by), Language::English) {
            Ok(report) => assert_eq!(report.counts().items_in, 1),
            Err(Error::Archive(e)) => {
                refused(&e);
                return None;
            }
            // There are larger numbers than can be added to.
            Err(Error::Number) => {
                assert!(by > 0, "what was added can be taken away");
                return None;
            }
        }
    }
    let paths = course.paths();
    let read = |path: String| {
        let mut bytes = Vec::new();
        course.bytes(&path).ok()??.read_to_end(&mut bytes).ok()?;
        Some((path, bytes))
    };
    paths.into_iter().map(read).collect()
}

fn json(text: &str) {
    let Some(json) = Json::read(text) else { return };
    assert!(serde_json::from_str::<IgnoredAny>(text).is_ok(), "only JSON is read");
    assert_eq!(edited(text, Vec::new()), text);
    let mut plain = Vec::new();
    places(&json, &mut plain);
    let edits = plain.into_iter().map(|range| (range, "0".to_owned())).collect();
    let new = edited(text, edits);
    assert!(Json::read(&new).is_some(), "values stand where they are said to");
}

/// Where every plain value and text stands.
fn places(json: &Json, out: &mut Vec<std::ops::Range<usize>>) {
    match &json.value {
        Value::Plain(_) | Value::Text(_) => out.push(json.range.clone()),
        Value::List(values) => values.iter().for_each(|v| places(v, out)),
        Value::Object(fields) => fields.iter().for_each(|(.., v)| places(v, out)),
    }
}
