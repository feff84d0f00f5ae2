//! Archives of before 4.0: what their columns and lists say is said in today's words.

use crate::corpus::{convert, corpus};
use parcours_convert::release::{Options, Release, to};
use parcours_mbz::Unpacked;
use parcours_mbz::xml::Element;

fn document(course: &mut Unpacked, path: &str) -> Element {
    course.document(path).unwrap().unwrap()
}

fn slots(course: &mut Unpacked) -> Vec<Element> {
    let quiz = course.manifest().activities.iter().find(|a| a.modulename == "quiz").cloned().unwrap();
    let quiz = document(course, &format!("{}/quiz.xml", quiz.directory));
    quiz.child("quiz").unwrap().records("question_instances", "question_instance").cloned().collect()
}

/// The conditions of the random slots.
fn conditions(course: &mut Unpacked) -> Vec<String> {
    slots(course).iter().filter_map(|s| Some(s.child("question_set_reference")?.leaf("filtercondition").to_owned())).collect()
}

#[test]
fn random_questions_become_slots_that_draw() {
    let name = "upstream/moodle-moodle_39_quiz_with_random_question_from_mod_context.mbz";
    let Some(mut course) = corpus(name) else { return };
    convert(&mut course, Release::M41);
    assert_eq!(conditions(&mut course), [r#"{"questioncategoryid":27,"includingsubcategories":0}"#]);
    let mut course = corpus(name).unwrap();
    convert(&mut course, Release::M51);
    assert_eq!(conditions(&mut course), [r#"{"filter":{"category":{"jointype":1,"values":[27],"filteroptions":{"includesubcategories":false}}}}"#]);
    let slot = slots(&mut course).remove(0);
    assert_eq!(slot.child("question_set_reference").unwrap().number("questionscontextid"), Some(204));
}

#[test]
fn tags_of_random_slots_keep_their_names_in_every_release() {
    for release in Release::ALL {
        let Some(mut course) = corpus("upstream/moodle41ulpgc-moodle_311_quiz.mbz") else { return };
        let tags = |slot: &Element| slot.records("tags", "tag").map(|t| t.leaf("tagname").to_owned()).collect::<Vec<_>>();
        let before: Vec<Vec<String>> = slots(&mut course).iter().map(tags).filter(|t| !t.is_empty()).collect();
        assert!(!before.is_empty());
        convert(&mut course, release);
        let conditions = conditions(&mut course);
        for names in before {
            let with = |c: &&String| names.iter().all(|n| c.contains(&format!(",{n}\"")));
            assert!(conditions.iter().any(|c| with(&c)), "{names:?} in {conditions:?}");
        }
    }
}

#[test]
fn a_list_of_questions_becomes_slots_in_its_order() {
    let Some(mut course) = corpus("upstream/moodle2cc-unpacked-fixture.mbz") else { return };
    convert(&mut course, Release::M51);
    let slots = slots(&mut course);
    let numbers: Vec<_> = slots.iter().map(|s| (s.number("slot"), s.number("page"))).collect();
    assert_eq!(numbers, (1..=11).map(|n| (Some(n), Some(1))).collect::<Vec<_>>());
    // 1,3,2,4,10,11,12,13,14,15,17: each refers to the entry of its question.
    let questions = document(&mut course, "questions.xml");
    let mut entries = std::collections::HashMap::new();
    questions.walk(&mut |e| {
        if e.name == "question_bank_entry" {
            e.walk(&mut |q| {
                if q.name == "question" && q.child("qtype").is_some() {
                    entries.insert(e.attribute("id").unwrap().to_owned(), q.id());
                }
            });
        }
    });
    let asked: Vec<_> =
        slots.iter().map(|s| entries.get(s.child("question_reference").unwrap().leaf("questionbankentryid")).copied().flatten()).collect();
    let want = [1, 3, 2, 4, 10, 11, 12, 13, 14, 15, 17].map(Some);
    assert_eq!((asked[0], &asked[3..]), (want[0], &want[3..]));
    let mark = |at: usize| slots[at].leaf("maxmark").to_owned();
    assert_eq!((mark(0).as_str(), mark(3).as_str()), ("1.0000000", "5.0000000"));
}

#[test]
fn columns_of_a_restriction_become_a_tree() {
    let Some(mut course) = corpus("upstream/Magistere-availability_26_format.mbz") else { return };
    convert(&mut course, Release::M41);
    let section = document(&mut course, "sections/section_15/section.xml");
    let want = concat!(
        r#"{"op":"&","c":[{"type":"date","d":">=","t":1417737600},{"type":"grade","id":3,"min":20},{"type":"completion","cm":5,"e":1},"#,
        r#"{"type":"profile","sf":"email","op":"contains","v":"@"}],"showc":[false,false,false,false]}"#
    );
    assert_eq!(section.leaf("availabilityjson"), want);
    let module = document(&mut course, "activities/page_10/module.xml");
    assert_eq!(module.leaf("availability"), r#"{"op":"&","c":[{"type":"grade","id":3,"min":75}],"showc":[true]}"#);
}

#[test]
fn banks_of_the_course_its_category_and_the_site_are_made() {
    let Some(mut course) = corpus("upstream/moodle-question_category_45_format.mbz") else { return };
    convert(&mut course, Release::M51);
    let banks: Vec<_> = course.manifest().activities.iter().filter(|a| a.modulename == "qbank").cloned().collect();
    assert_eq!(banks.len(), 3);
    for bank in banks {
        let inforef = document(&mut course, &format!("{}/inforef.xml", bank.directory));
        assert_eq!(inforef.records("question_categoryref", "question_category").count(), 2, "{}", bank.title);
    }
}

#[test]
fn accounts_that_every_site_has_get_other_names() {
    let Some(mut course) = corpus("m51-richA-users-full.mbz") else { return };
    let hash = course.manifest().information.site_hash.clone();
    let users = |course: &mut Unpacked| {
        let mut names = Vec::new();
        course
            .each("users.xml", "user", |_, u| {
                names.push(u.leaf("username").to_owned());
                Ok(())
            })
            .unwrap();
        names
    };
    let before = users(&mut course);
    to(&mut course, Release::M51, &Options { rename_common: true, ..Options::default() }).unwrap();
    let after = users(&mut course);
    assert_eq!(before.len(), after.len());
    assert!(before.iter().any(|n| n == "admin") && !after.iter().any(|n| n == "admin") && after.iter().any(|n| n.starts_with("admin-")));
    let now = &course.manifest().information.site_hash;
    assert!(*now != hash && now.len() == 32 && now.bytes().all(|b| b.is_ascii_hexdigit()));
}

#[test]
fn every_section_and_activity_is_an_item_and_has_one_fate() {
    let Some(mut course) = corpus("m51-richA-users-full.mbz") else { return };
    let items = 1 + course.manifest().sections.len() + course.manifest().activities.len();
    let counts = convert(&mut course, Release::M41).counts();
    assert_eq!(counts.items_in, items);
    assert_eq!(counts.items_in, counts.imported + counts.approximated + counts.kept + counts.refused);
    assert!(counts.approximated >= 3);
}
