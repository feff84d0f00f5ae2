//! Small archives made here: what the corpus has no example of.

use crate::corpus::{convert, corpus, faults, judge};
use parcours_convert::release::Release;
use parcours_mbz::xml::Element;
use parcours_mbz::{Limits, Spool, Unpacked};

const MANIFEST: &str = "moodle_backup.xml";

/// A course of before 3.0 with one quiz, and what is given of it.
fn course(information: &str, quiz: &str, questions: &str, version: &str) -> Unpacked {
    let mut u = Unpacked::new(Spool::new().unwrap(), &Limits::default());
    let contents = "<contents><activities><activity><moduleid>7</moduleid><sectionid>3</sectionid><modulename>quiz</modulename><title>Q</title>\
         <directory>activities/quiz_7</directory></activity></activities><sections><section><sectionid>3</sectionid><title>0</title>\
         <directory>sections/section_3</directory></section></sections><course><courseid>2</courseid><title>C</title><directory>course</directory></course></contents>";
    let detail = "<details><detail backup_id=\"ff\"><type>course</type><format>moodle2</format></detail></details>";
    put(&mut u, MANIFEST, &format!("<moodle_backup><information><name>x</name>{information}{detail}{contents}</information></moodle_backup>"));
    put(
        &mut u,
        "course/course.xml",
        "<course id=\"2\" contextid=\"50\"><shortname>C</shortname><fullname>C</fullname><format>topics</format></course>",
    );
    put(&mut u, "sections/section_3/section.xml", "<section id=\"3\"><number>0</number><sequence>7</sequence><visible>1</visible></section>");
    let module = format!(
        "<module id=\"7\" version=\"{version}\"><modulename>quiz</modulename><sectionid>3</sectionid><sectionnumber>0</sectionnumber></module>"
    );
    put(&mut u, "activities/quiz_7/module.xml", &module);
    let own = format!("<activity id=\"1\" moduleid=\"7\" modulename=\"quiz\" contextid=\"60\"><quiz id=\"1\">{quiz}</quiz></activity>");
    put(&mut u, "activities/quiz_7/quiz.xml", &own);
    put(&mut u, "questions.xml", &format!("<question_categories>{questions}</question_categories>"));
    u
}

fn put(u: &mut Unpacked, path: &str, xml: &str) {
    u.put_bytes(path, format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}").as_bytes()).unwrap();
}

fn document(u: &mut Unpacked, path: &str) -> Element {
    u.document(path).unwrap().unwrap()
}

const NUMBERS: &str = "<moodle_version>2012062501</moodle_version><backup_version>2012061800</backup_version><backup_release>2.3</backup_release>\
    <original_course_id>2</original_course_id><original_course_contextid>50</original_course_contextid><original_system_contextid>1</original_system_contextid>";
const QUESTIONS: &str = "<question_category id=\"5\"><name>A</name><contextid>50</contextid><contextlevel>50</contextlevel>\
    <contextinstanceid>2</contextinstanceid><parent>0</parent><questions><question id=\"11\"><name>x</name><defaultgrade>2</defaultgrade><qtype>essay</qtype>\
    </question><question id=\"12\"><name>y</name><defaultgrade>3</defaultgrade><qtype>essay</qtype></question><question id=\"13\"><questiontext>1</questiontext>\
    <qtype>random</qtype></question></questions></question_category>";
const SLOTS: &str = "<name>Q</name><timeopen>0</timeopen><shufflequestions>1</shufflequestions><questions>12,0,13,0,11,0</questions><question_instances>\
    <question_instance id=\"1\"><question>11</question><grade>4</grade></question_instance><question_instance id=\"2\"><question>13</question><grade>1</grade>\
    </question_instance><question_instance id=\"3\"><question>99</question><grade>1</grade></question_instance></question_instances>";

#[test]
fn pages_marks_and_order_of_an_old_quiz_stay() {
    let mut u = course(NUMBERS, SLOTS, QUESTIONS, "2012061700");
    let report = convert(&mut u, Release::M41);
    let quiz = document(&mut u, "activities/quiz_7/quiz.xml");
    let quiz = quiz.child("quiz").unwrap();
    let slots: Vec<_> = quiz.records("question_instances", "question_instance").collect();
    let told: Vec<_> = slots.iter().map(|s| (s.number("slot").unwrap(), s.number("page").unwrap(), s.leaf("maxmark"))).collect();
    // The second question of the list had no row: it counts what the question counts by itself.
    assert_eq!(told, [(1, 1, "3"), (2, 2, "1"), (3, 3, "4")]);
    assert_eq!(slots[0].child("question_reference").unwrap().number("questionbankentryid"), Some(12));
    let set = slots[1].child("question_set_reference").unwrap();
    assert_eq!((set.number("questionscontextid"), set.leaf("filtercondition")), (Some(50), r#"{"questioncategoryid":5,"includingsubcategories":1}"#));
    assert_eq!(quiz.at(&["sections", "section"]).unwrap().leaf("shufflequestions"), "1");
    assert!(report.findings.iter().any(|f| f.detail.starts_with("1 questions had a mark and no place")));
    assert_eq!(document(&mut u, "activities/quiz_7/module.xml").attribute("version"), Some("2022112800"));
}

#[test]
fn what_is_missing_is_made_and_the_result_is_accepted() {
    for release in Release::ALL {
        // No settings, no numbers, a tag in the name, most documents missing.
        let mut u = course("<original_course_fullname>A &lt;b&gt;c&lt;/b&gt;</original_course_fullname>", SLOTS, QUESTIONS, "2012061700");
        assert!(faults(&judge(&mut u)).contains_key("manifest-leaf-missing"));
        convert(&mut u, release);
        let faults = faults(&judge(&mut u));
        assert!(faults.is_empty(), "{release}: {faults:?}");
        let i = &u.manifest().information;
        assert_eq!((i.course_id, i.course_contextid, i.course_fullname.as_str()), (2, 50, "A c"));
    }
}

#[test]
fn attempts_of_2_0_are_left_to_moodle() {
    let attempts = format!(
        "{SLOTS}<attempts><attempt id=\"1\"><state>finished</state><question_states><question_state id=\"1\"></question_state></question_states></attempt></attempts>"
    );
    let mut u = course(NUMBERS, &attempts, QUESTIONS, "2010122304");
    convert(&mut u, Release::M51);
    assert_eq!(document(&mut u, "activities/quiz_7/module.xml").attribute("version"), Some("2010122304"));
    assert!(document(&mut u, "activities/quiz_7/quiz.xml").child("quiz").unwrap().child("questions").is_some());
}

#[test]
fn states_that_came_with_5_0_go() {
    let attempt = |id: i64, state: &str| {
        format!("<attempt id=\"{id}\"><userid>3</userid><state>{state}</state><question_usage id=\"{id}\"><x>1</x></question_usage></attempt>")
    };
    let attempts = format!("<attempts>{}{}{}</attempts>", attempt(1, "submitted"), attempt(2, "notstarted"), attempt(3, "inprogress"));
    let mut u = course(NUMBERS, &format!("{SLOTS}{attempts}"), QUESTIONS, "2025100600");
    let report = convert(&mut u, Release::M45);
    let quiz = document(&mut u, "activities/quiz_7/quiz.xml");
    let states: Vec<_> = quiz.child("quiz").unwrap().records("attempts", "attempt").map(|a| (a.id(), a.leaf("state"))).collect();
    assert_eq!(states, [(Some(1), "finished"), (Some(3), "inprogress")]);
    assert!(report.findings.iter().any(|f| f.detail.contains("nobody had begun")));
}

#[test]
fn a_restore_does_not_end_at_characters_contexts_or_the_front_page() {
    let mut u = course(&format!("{NUMBERS}<original_course_format>site</original_course_format>"), SLOTS, QUESTIONS, "2012061700");
    put(&mut u, "groups.xml", "<groups><group id=\"1\"><name>a\u{1}b</name></group><groupings></groupings></groups>");
    let file = |id: i64, context: i64| {
        format!(
            "<file id=\"{id}\"><contenthash>da39a3ee5e6b4b0d3255bfef95601890afd80709</contenthash><contextid>{context}</contextid><component>question</component><filearea>questiontext</filearea><itemid>11</itemid><filename>.</filename></file>"
        )
    };
    put(&mut u, "files.xml", &format!("<files>{}{}</files>", file(1, 50), file(2, 777)));
    convert(&mut u, Release::M51);
    assert_eq!(faults(&judge(&mut u)).get("unknown-file-context"), None);
    assert_eq!(document(&mut u, "groups.xml").at(&["group"]).unwrap().leaf("name"), "ab");
    let files = document(&mut u, "files.xml");
    // The question's file is in the context of its bank now.
    let bank = u.manifest().activities.iter().find(|a| a.modulename == "qbank").cloned().unwrap();
    let own = document(&mut u, &format!("{}/qbank.xml", bank.directory));
    assert_eq!(
        files.all("file").map(|f| (f.id(), f.leaf("contextid").to_owned())).collect::<Vec<_>>(),
        [(Some(1), own.attribute("contextid").unwrap().to_owned())]
    );
    assert_eq!(u.manifest().information.course_format, "topics");
    assert_eq!(document(&mut u, "course/course.xml").leaf("format"), "topics");
}

#[test]
fn sections_behind_the_last_are_hidden() {
    let mut u = course(NUMBERS, SLOTS, QUESTIONS, "2012061700");
    put(
        &mut u,
        "course/course.xml",
        "<course id=\"2\" contextid=\"50\"><format>topics</format><numsections>0</numsections><hiddensections>1</hiddensections></course>",
    );
    put(&mut u, "sections/section_4/section.xml", "<section id=\"4\"><number>1</number><sequence></sequence><visible>1</visible></section>");
    let mut manifest = document(&mut u, MANIFEST);
    let sections = manifest.child_mut("information").unwrap().child_mut("contents").unwrap().child_mut("sections").unwrap();
    sections
        .push(Element::group("section", [Element::new("sectionid", 4), Element::new("title", 1), Element::new("directory", "sections/section_4")]));
    u.put(MANIFEST, &manifest).unwrap();
    convert(&mut u, Release::M51);
    assert_eq!(
        (document(&mut u, "sections/section_3/section.xml").leaf("visible"), document(&mut u, "sections/section_4/section.xml").leaf("visible")),
        ("1", "0")
    );
    assert_eq!(document(&mut u, "course/course.xml").at(&["courseformatoptions", "courseformatoption"]).unwrap().leaf("name"), "hiddensections");
}

/// Each document that a restore asks for, taken out of a real course one at a time.
#[test]
fn without_any_one_document_the_result_is_accepted() {
    let name = "upstream/moodle-question_category_45_format.mbz";
    let Some(whole) = corpus(name) else { return };
    let own = |path: &str| path.starts_with("activities/") && (path.ends_with("/quiz.xml") || path.ends_with("/module.xml"));
    let paths: Vec<String> = whole.documents().into_iter().filter(|p| p != MANIFEST && !own(p)).collect();
    assert!(paths.len() > 15, "{paths:?}");
    for path in paths {
        let mut course = corpus(name).unwrap();
        course.remove(&path);
        convert(&mut course, Release::M51);
        let verdict = judge(&mut course);
        assert_eq!(verdict.counts.refused, 0, "{path}: {:?}", faults(&verdict));
    }
}

/// Without its list a part loses its files and people: it is written again.
#[test]
fn lists_of_what_parts_use_are_made_again() {
    let Some(mut course) = corpus("m41-richA-users-full.mbz") else { return };
    let before = faults(&judge(&mut course));
    let lists = ["course/inforef.xml", "activities/page_120/inforef.xml", "activities/label_119/inforef.xml"];
    lists.iter().for_each(|path| assert!(course.remove(path)));
    assert!(faults(&judge(&mut course)).contains_key("no-inforef"));
    convert(&mut course, Release::M51);
    assert_eq!(faults(&judge(&mut course)), before);
}

/// The same with each leaf of the manifest's head, and with each kind of setting.
#[test]
fn without_any_one_leaf_of_the_manifest_the_result_is_accepted() {
    let name = "upstream/moodle-question_category_45_format.mbz";
    let Some(mut whole) = corpus(name) else { return };
    let manifest = document(&mut whole, MANIFEST);
    let leaves: Vec<String> = manifest.child("information").unwrap().children.iter().map(|c| c.name.clone()).filter(|n| n != "contents").collect();
    for leaf in leaves {
        let mut course = corpus(name).unwrap();
        let mut manifest = manifest.clone();
        manifest.child_mut("information").unwrap().remove(&leaf);
        course.put(MANIFEST, &manifest).unwrap();
        convert(&mut course, Release::M51);
        let faults = faults(&judge(&mut course));
        assert!(faults.is_empty(), "{leaf}: {faults:?}");
    }
}

/// Without settings nothing is restored, and nothing that people did: they are written again, with what the archive holds.
#[test]
fn settings_are_made_again() {
    let Some(mut course) = corpus("m41-richA-section2.mbz") else { return };
    let before = faults(&judge(&mut course));
    let mut manifest = document(&mut course, MANIFEST);
    manifest.child_mut("information").unwrap().remove("settings");
    course.put(MANIFEST, &manifest).unwrap();
    assert_ne!(faults(&judge(&mut course)), before);
    convert(&mut course, Release::M51);
    assert_eq!(faults(&judge(&mut course)), before);
    let m = course.manifest();
    assert!(m.has_people());
    for activity in &m.activities {
        let owner = activity.directory.rsplit('/').next().unwrap();
        assert!(m.settings.iter().any(|s| s.owner == owner && s.name == format!("{owner}_userinfo") && s.value == "1"), "{owner}");
    }
}

#[test]
fn leaves_that_a_row_cannot_do_without_are_made_again() {
    let Some(mut course) = corpus("m51-richA-activity-quiz.mbz") else { return };
    let before = faults(&judge(&mut course));
    let quiz = course.manifest().activities[0].clone();
    let path = format!("{}/quiz.xml", quiz.directory);
    let mut own = document(&mut course, &path);
    for leaf in ["name", "timeopen", "timeclose"] {
        own.child_mut("quiz").unwrap().remove(leaf);
    }
    course.put(&path, &own).unwrap();
    let grades = format!("{}/grades.xml", quiz.directory);
    let mut items = document(&mut course, &grades);
    items.child_mut("grade_items").unwrap().children.iter_mut().for_each(|i| drop(i.remove("sortorder")));
    course.put(&grades, &items).unwrap();
    let broken = faults(&judge(&mut course));
    assert!(broken.contains_key("missing-leaf") && broken.contains_key("name-missing"), "{broken:?}");
    convert(&mut course, Release::M51);
    assert_eq!(faults(&judge(&mut course)), before);
    let own = document(&mut course, &path);
    let quiz = (own.child("quiz").unwrap(), quiz.title);
    assert_eq!((quiz.0.leaf("name"), quiz.0.leaf("timeopen")), (quiz.1.as_str(), "0"));
}

/// Two banks, one with an introduction: their names and what they say of themselves stay, and nothing meets that was apart.
#[test]
fn banks_become_categories_of_their_name() {
    let Some(mut course) = corpus("upstream/moodle-question_category_45_format.mbz") else { return };
    convert(&mut course, Release::M51);
    let banks: Vec<_> = course.manifest().activities.iter().filter(|a| a.modulename == "qbank").cloned().collect();
    let path = format!("{}/qbank.xml", banks[0].directory);
    let mut own = document(&mut course, &path);
    own.child_mut("qbank").unwrap().set("intro", "<p>what it is for</p>");
    course.put(&path, &own).unwrap();
    convert(&mut course, Release::M45);
    assert!(course.manifest().activities.iter().all(|a| a.modulename != "qbank"));
    let questions = document(&mut course, "questions.xml");
    let of_course: Vec<_> = questions.all("question_category").filter(|c| c.leaf("contextlevel") == "50").collect();
    let tops: Vec<_> = of_course.iter().filter(|c| c.leaf("parent") == "0").collect();
    assert_eq!((tops.len(), tops[0].leaf("name")), (1, "top"));
    for bank in &banks {
        let category = of_course.iter().find(|c| c.leaf("name") == bank.title).unwrap();
        assert_eq!(category.number("parent"), tops[0].id());
    }
    assert!(of_course.iter().any(|c| c.leaf("info") == "<p>what it is for</p>" && c.leaf("infoformat") == "1"));
    assert!(faults(&judge(&mut course)).is_empty());
}
