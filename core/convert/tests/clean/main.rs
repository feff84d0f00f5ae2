//! Whole archives cleaned: made by hand, and all of the corpus.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corpus;
mod support;

use parcours_convert::clean::{self, Change, Folder, Media, Note, Options, Rule, page};
use parcours_course::Language;
use parcours_declare::Declaration;
use parcours_mbz::Unpacked;
use parcours_mbz::php::Php;
use parcours_mbz::xml::Element;
use support::course;

const ID: &str = "0123456789abcdef0123456789abcdef01234567";
const GONE: &str = "ffffffffffffffffffffffffffffffffffffffff";

fn leaf(course: &mut Unpacked, name: &str) -> String {
    course.document("activities/page_7/page.xml").unwrap().unwrap().at(&["page"]).unwrap().leaf(name).to_owned()
}

fn block(course: &mut Unpacked) -> Php {
    let document = course.document("course/blocks/html_6/block.xml").unwrap().unwrap();
    Php::read_config(document.leaf("configdata")).unwrap().unwrap()
}

fn changes(cleaned: &mut clean::Cleaned) -> Vec<Change> {
    let mut all = Vec::new();
    cleaned
        .changes
        .each(|c| {
            all.push(c);
            Ok(())
        })
        .unwrap();
    all
}

/// A store with one film, in a folder of two letters as the platform keeps them.
fn media(folder: &std::path::Path) -> Media {
    std::fs::create_dir_all(folder.join("ab")).unwrap();
    std::fs::write(folder.join("ab/abcd"), "film").unwrap();
    Media::read(format!("resourceid,name,type,cleanname,hashname\n{ID},Le film,video,b c.mp4,abcd\n").as_bytes(), Folder::new(folder)).unwrap()
}

#[test]
fn links_of_the_old_site_become_links_of_the_course() {
    let text = "<p><a href=\"http://OLD.example/ac-x/mod/page/view.php?id=7&amp;x=1#y\">1</a><a href='https://old.example/ac-x/mod/educationallabel/view.php?id=8'>2</a>\
        <a href=\"https://old.example/ac-x/mod/page/view.php?id=70\">3</a><a href=\"https://old.example/ac-x/course/view.php?id=3#section-2\">4</a>\
        <img src=\"https://old.example/ac-x/pluginfile.php/20/mod_page/content/12/a/b%20c.png?time=1\"><img src=\"https://old.example/ac-x/pluginfile.php/20/mod_page/content/12/a/d.png\">\
        <a href=\"https://other.example/ac-x/mod/page/view.php?id=7\">5</a> http://old.example/ac-x/ </p>";
    let mut u = course(text, "", "<a href=\"https://old.example/ac-x/mod/page/view.php?id=7\">b</a>");
    let mut cleaned = clean::run(&mut u, &Options::default()).unwrap();
    assert_eq!(
        leaf(&mut u, "content"),
        "<p><a href=\"$@PAGEVIEWBYID*7@$&amp;x=1#y\">1</a><a href='https://old.example/ac-x/mod/educationallabel/view.php?id=8'>2</a>\
        <a href=\"https://old.example/ac-x/mod/page/view.php?id=70\">3</a><a href=\"$@COURSEVIEWBYID*3@$#section-2\">4</a>\
        <img src=\"@@PLUGINFILE@@/a/b%20c.png?time=1\"><img src=\"https://old.example/ac-x/pluginfile.php/20/mod_page/content/12/a/d.png\">\
        <a href=\"https://other.example/ac-x/mod/page/view.php?id=7\">5</a> http://old.example/ac-x/ </p>"
    );
    let old: Vec<_> = changes(&mut cleaned)
        .into_iter()
        .flat_map(|c| c.notes)
        .map(|n| match n {
            Note::OldLink(a) => a,
            n => panic!("{n:?}"),
        })
        .collect();
    assert_eq!(old.len(), 4, "{old:?}");
    let config = block(&mut u);
    assert_eq!(
        (config.get("text").and_then(Php::text), config.get("title").and_then(Php::text)),
        (Some("<a href=\"$@PAGEVIEWBYID*7@$\">b</a>"), Some("<span>T</span>"))
    );
}

#[test]
fn another_address_of_the_site_is_one_that_is_told() {
    let mut u = course("<a href=\"https://older.example/mod/page/view.php?id=7\">1</a>", "", "");
    let options = Options { sites: vec!["http://older.example/".into()], ..Options::default() };
    clean::run(&mut u, &options).unwrap();
    assert_eq!(leaf(&mut u, "content"), "<a href=\"$@PAGEVIEWBYID*7@$\">1</a>");
}

#[test]
fn central_media_become_files_of_the_text_that_shows_them() {
    let folder = tempfile::tempdir().unwrap();
    let page = format!("<p>[[[cr_{ID}]]]</p><p><a href=\"[[[cr_mlink_{ID}]]]\">film</a></p>");
    let mut u = course(&page, &format!("<p>[[[cr_{}]]]</p>", ID.to_uppercase()), &format!("[[[cr_link_{ID}]]]"));
    let options = Options { media: Some(media(folder.path())), ..Options::default() };
    let cleaned = clean::run(&mut u, &options).unwrap();
    assert_eq!(cleaned.tally.by_rule.get(&Rule::Media), Some(&3));
    let shown =
        "<video controls=\"controls\" src=\"@@PLUGINFILE@@/b%20c.mp4\" title=\"Le film\"><a href=\"@@PLUGINFILE@@/b%20c.mp4\">Le film</a></video>";
    assert_eq!(leaf(&mut u, "content"), format!("<p>{shown}</p><p><a href=\"@@PLUGINFILE@@/b%20c.mp4\">film</a></p>"));
    assert_eq!(leaf(&mut u, "intro"), format!("<p>{shown}</p>"));
    assert_eq!(block(&mut u).get("text").and_then(Php::text), Some("<a href=\"@@PLUGINFILE@@/b%20c.mp4\">Le film</a>"));
    let files = u.document("files.xml").unwrap().unwrap();
    let rows: Vec<_> = files
        .all("file")
        .map(|f| (f.id().unwrap(), f.number("contextid").unwrap(), f.leaf("filearea").to_owned(), f.leaf("filename").to_owned()))
        .collect();
    let row = |id, context, area: &str, name: &str| (id, context, area.to_owned(), name.to_owned());
    assert_eq!(
        rows,
        [row(9, 20, "content", "b c.png"), row(10, 20, "intro", "b c.mp4"), row(11, 20, "content", "b c.mp4"), row(12, 60, "content", "b c.mp4")]
    );
    let hash = files.all("file").nth(1).unwrap().leaf("contenthash").to_owned();
    assert!(u.content(&hash).unwrap().is_some());
    let list = |u: &mut Unpacked, path: &str| -> Vec<i64> {
        u.document(path).unwrap().unwrap().records("fileref", "file").filter_map(|f| f.number("id")).collect()
    };
    assert_eq!(list(&mut u, "activities/page_7/inforef.xml"), [10, 11]);
    assert_eq!(list(&mut u, "course/blocks/html_6/inforef.xml"), [12]);
    assert_eq!(clean::run(&mut u, &options).unwrap().tally.changed, 0);
}

#[test]
fn what_the_store_does_not_give_leaves_a_placeholder_with_its_number() {
    let page = format!(
        "<p>a [[[cr_{GONE}]]]</p><img src=\"[[[cr_link_{GONE}]]]\" alt=\"Un &lt;plan&gt;\"><a href=\"%5B%5B%5Bcr_link_{GONE}%5D%5D%5D\" id=\"k\">b</a><div style=\"color: #111; background: url([[[cr_link_{GONE}]]])\">c</div>"
    );
    let mut u = course(&page, "", "");
    let mut cleaned = clean::run(&mut u, &Options::default()).unwrap();
    let said = |name: &str| {
        format!("<span class=\"alert alert-warning d-inline-block\" role=\"note\">{name}Ressource absente de cette archive : {GONE}</span>")
    };
    assert_eq!(
        leaf(&mut u, "content"),
        format!("<p>a {}</p>{}<a id=\"k\">b</a>{}<div style=\"color: #111;\">c</div>", said(""), said("Un &lt;plan&gt; – "), said(""))
    );
    assert_eq!(changes(&mut cleaned).remove(0).notes, [Note::Placeholder(GONE.into()), Note::DeadToken(GONE.into())]);
    assert_eq!(clean::run(&mut u, &Options::default()).unwrap().tally.changed, 0);
}

#[test]
fn formats_that_are_no_html_and_names_are_not_touched() {
    let mut u = course("<span>a</span>", "<span>b</span>", "");
    let mut page = u.document("activities/page_7/page.xml").unwrap().unwrap();
    page.child_mut("page").unwrap().set("contentformat", 4);
    u.put("activities/page_7/page.xml", &page).unwrap();
    clean::run(&mut u, &Options::default()).unwrap();
    assert_eq!(
        (leaf(&mut u, "name").as_str(), leaf(&mut u, "content").as_str(), leaf(&mut u, "intro").as_str()),
        ("<b>P</b>", "<span>a</span>", "b")
    );
}

#[test]
fn a_dry_run_changes_nothing_and_shows_all() {
    let mut u = course("<p><span>a</span></p>\n<script>alert(1)</script>", "", "");
    let before = support::packed(&mut u);
    let mut dry = clean::preview(&mut u, &Options::default()).unwrap();
    assert_eq!(support::packed(&mut u), before);
    assert_eq!((dry.tally.texts, dry.tally.changed), (1, 1));
    let counts = dry.report.counts();
    assert_eq!((counts.items_in, counts.approximated), (1, 1));
    for language in [Language::English, Language::French] {
        let (mut html, mut text) = (Vec::new(), Vec::new());
        page::html(&mut dry, language, &mut html).unwrap();
        page::text(&mut dry, language, &mut text).unwrap();
        let html = String::from_utf8(html).unwrap();
        assert!(
            html.contains(&format!("lang=\"{}\"", language.code())) && html.contains("&lt;span&gt;</del>a<del>") && !html.contains("<script"),
            "{html}"
        );
        assert!(String::from_utf8(text).unwrap().contains("  - <p><span>a</span></p>\n"));
    }
}

#[test]
fn a_rule_that_is_off_does_nothing() {
    let mut u = course("<p><span>a</span> [fa-home]</p>", "", "");
    clean::run(&mut u, &Options { rules: vec![Rule::Icons], ..Options::default() }).unwrap();
    assert_eq!(leaf(&mut u, "content"), "<p><span>a</span> <i class=\"fa fa-home\" aria-hidden=\"true\"></i></p>");
}

/// A document of an activity that nothing here knows.
fn strange(course: &mut Unpacked, leaves: &[(&str, &str)]) {
    let leaves = leaves.iter().map(|(k, v)| Element::new(k, v));
    let grade = Element::record("grade", 3, [Element::new("note", "<span>g</span>"), Element::new("noteformat", 1)]);
    let inner = Element::record("strange", 2, leaves.chain([Element::group("grades", [grade])]));
    course.put("activities/strange_9/strange.xml", &Element::record("activity", 2, [inner]).with("contextid", 90)).unwrap();
}

fn strange_leaf(course: &mut Unpacked, path: &[&str], name: &str) -> String {
    course.document("activities/strange_9/strange.xml").unwrap().unwrap().at(path).unwrap().leaf(name).to_owned()
}

#[test]
fn texts_of_unknown_modules_are_known_by_the_format_beside_them() {
    let mut u = course("", "", "");
    let text = "<span>a</span>";
    let all = [
        ("one", text),
        ("oneformat", "1"),
        ("two", text),
        ("three", text),
        ("threeformat", "2"),
        ("answertext", text),
        ("answerformat", "0"),
        ("four", text),
        ("fourformat", "0"),
    ];
    strange(&mut u, &all);
    clean::run(&mut u, &Options::default()).unwrap();
    let found: Vec<_> = ["one", "two", "three", "answertext", "four"].iter().map(|n| strange_leaf(&mut u, &["strange"], n)).collect();
    assert_eq!(found, ["a", text, text, text, "a"]);
    assert_eq!(strange_leaf(&mut u, &["strange", "grades", "grade"], "note"), "<span>g</span>");
}

#[test]
fn texts_that_a_module_declares_are_texts_and_have_its_files() {
    let declared = r#"{"format": 1, "name": "strange", "version": 1, "release": "1.0", "world": "parcours:activity@0.1.0", "license": "MIT", "title": {"en": "Strange"}, "capabilities": {},
        "tables": {"instance": {"columns": {"two": {"kind": "rich-text", "area": "stories"}}}}, "areas": {"stories": {}},
        "backup": {"file": "strange.xml", "root": "activity", "children": {"strange": {"table": "instance"}}}}"#;
    let folder = tempfile::tempdir().unwrap();
    let mut u = course("", "", "");
    strange(&mut u, &[("two", &format!("<span>[[[cr_link_{ID}]]]</span>"))]);
    let options = Options { declared: vec![Declaration::parse(declared).unwrap()], media: Some(media(folder.path())), ..Options::default() };
    clean::run(&mut u, &options).unwrap();
    assert_eq!(strange_leaf(&mut u, &["strange"], "two"), "<a href=\"@@PLUGINFILE@@/b%20c.mp4\">Le film</a>");
    let files = u.document("files.xml").unwrap().unwrap();
    let last = files.children.last().unwrap();
    assert_eq!((last.leaf("component"), last.leaf("filearea"), last.number("contextid")), ("mod_strange", "stories", Some(90)));
}

#[test]
fn answers_that_are_compared_are_not_touched() {
    let mut u = course("", "", "");
    let answer = |id| {
        Element::record(
            "answer",
            id,
            [
                Element::new("answertext", "<span>a</span>"),
                Element::new("answerformat", 1),
                Element::new("feedback", "<span>f</span>"),
                Element::new("feedbackformat", 1),
            ],
        )
    };
    let kind = |name: &str, id| Element::group(&format!("plugin_qtype_{name}_question"), [Element::group("answers", [answer(id)])]);
    let question = Element::record(
        "question",
        1,
        [
            Element::new("questiontext", "<span>q</span>"),
            Element::new("questiontextformat", 1),
            kind("shortanswer", 2),
            kind("ordering", 3),
            kind("multichoice", 4),
        ],
    );
    let category = Element::record("question_category", 1, [Element::new("contextid", 20), Element::group("questions", [question])]);
    u.put("questions.xml", &Element::group("question_categories", [category])).unwrap();
    clean::run(&mut u, &Options::default()).unwrap();
    let (mut found, document) = (Vec::new(), u.document("questions.xml").unwrap().unwrap());
    document.walk(&mut |e| {
        if matches!(e.name.as_str(), "questiontext" | "answertext" | "feedback") {
            found.push(e.text.clone());
        }
    });
    assert_eq!(found, ["q", "<span>a</span>", "f", "<span>a</span>", "f", "a", "f"]);
}
