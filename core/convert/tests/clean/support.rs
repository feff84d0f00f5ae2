//! The corpus, and an archive made by hand.

use parcours_mbz::xml::Element;
use parcours_mbz::{Container, Limits, Spool, Unpacked};
use parcours_samples::corpus;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// The archives of the corpus, or nothing, with a word why.
pub fn archives() -> Option<Vec<PathBuf>> {
    corpus::shared().map(|shared| corpus::archives(&shared))
}

/// Runs a test on each, a few at a time, and gives what it complains of.
pub fn each(paths: &[PathBuf], test: impl Fn(&Path) -> Result<(), String> + Sync) -> Vec<String> {
    corpus::complaints(corpus::of(paths, test))
}

pub fn open(bytes: Vec<u8>) -> Unpacked {
    Unpacked::open(Cursor::new(bytes), &Limits::default(), Spool::new().unwrap()).unwrap()
}

pub fn packed(course: &mut Unpacked) -> Vec<u8> {
    course.write(Cursor::new(Vec::new()), Container::Tgz).unwrap().into_inner()
}

/// A course with a page (7), an introduction, a block and a section, all of one text each.
pub fn course(page: &str, intro: &str, block: &str) -> Unpacked {
    let mut u = Unpacked::new(Spool::new().unwrap(), &Limits::default());
    let manifest = "<moodle_backup><information><name>x.mbz</name><backup_date>1700000000</backup_date><original_wwwroot>https://old.example/ac-x</original_wwwroot>\
        <original_course_id>3</original_course_id><original_course_contextid>30</original_course_contextid>\
        <details><detail backup_id=\"ff\"><type>course</type><format>moodle2</format></detail></details>\
        <contents><activities><activity><moduleid>7</moduleid><modulename>page</modulename><title>P</title><directory>activities/page_7</directory></activity>\
        <activity><moduleid>8</moduleid><modulename>educationallabel</modulename><title>E</title><directory>activities/educationallabel_8</directory></activity></activities>\
        <sections><section><sectionid>4</sectionid><title>S</title><directory>sections/section_4</directory></section></sections></contents></information></moodle_backup>";
    u.put_bytes("moodle_backup.xml", manifest.as_bytes()).unwrap();
    let leaves = [
        Element::new("name", "<b>P</b>"),
        Element::new("intro", intro),
        Element::new("introformat", 1),
        Element::new("content", page),
        Element::new("contentformat", 1),
    ];
    u.put("activities/page_7/page.xml", &Element::record("activity", 2, [Element::record("page", 2, leaves)]).with("contextid", 20)).unwrap();
    u.put(
        "activities/page_7/inforef.xml",
        &Element::group("inforef", [Element::group("userref", [Element::group("user", [Element::new("id", 5)])])]),
    )
    .unwrap();
    let file = Element::record(
        "file",
        9,
        [("contextid", "20"), ("component", "mod_page"), ("filearea", "content"), ("itemid", "0"), ("filepath", "/a/"), ("filename", "b c.png")]
            .map(|(k, v)| Element::new(k, v)),
    );
    u.put("files.xml", &Element::group("files", [file])).unwrap();
    let config = parcours_mbz::php::Php::object([("title", text("<span>T</span>")), ("text", text(block)), ("format", text("1"))]);
    u.put(
        "course/blocks/html_6/block.xml",
        &Element::record("block", 6, [Element::new("blockname", "html"), Element::new("configdata", config.to_config())]).with("contextid", 60),
    )
    .unwrap();
    u.put("course/course.xml", &Element::record("course", 3, [Element::new("lang", "fr")])).unwrap();
    u
}

fn text(t: &str) -> parcours_mbz::php::Php {
    parcours_mbz::php::Php::Text(t.to_owned())
}
