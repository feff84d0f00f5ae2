//! One archive, several Moodles.

use super::archive::{Archive, MANIFEST};
use super::support::{each, shared};
use parcours_mbz::validate::{Release, Rule, for_release, for_releases};
use parcours_mbz::{Limits, validate};
use std::fs::File;
use std::io::Cursor;

/// Which of the releases mind.
fn minding(archive: &Archive, rule: Rule) -> Vec<&'static str> {
    Release::ALL.into_iter().filter(|t| archive.verdict_of(*t).breaks(rule)).map(Release::name).collect()
}

#[test]
fn a_module_is_missed_where_it_is_not() {
    for (module, expected) in [
        ("assignment", &["4.5", "5.1"][..]),
        ("chat", &["5.1"]),
        ("survey", &["5.1"]),
        ("bigbluebuttonbn", &[]),
        ("questionnaire", &["4.1", "4.5", "5.1"]),
    ] {
        let mut archive = Archive::petit();
        archive.forum_becomes(module, &format!("<{module} id=\"1\"><name>X</name></{module}>"));
        assert_eq!(minding(&archive, Rule::UnknownModule), expected, "{module}");
    }
}

#[test]
fn what_is_newer_is_newer_than_each() {
    for (version, expected) in [("2022112803.02", &[][..]), ("2023100900", &["4.1"]), ("2024100711", &["4.1"]), ("2025041400", &["4.1", "4.5"])] {
        let mut archive = Archive::petit();
        archive.edit(MANIFEST, "<moodle_version>2024100700", &format!("<moodle_version>{version}"));
        assert_eq!(minding(&archive, Rule::NewerRelease), expected, "{version}");
    }
}

#[test]
fn categories_of_the_course_stay_where_they_are_before_5_0() {
    let mut archive = Archive::petit();
    archive.with_categories(
        "<question_category id=\"1\"><name>c</name><contextid>45</contextid><contextlevel>50</contextlevel><parent>0</parent><questions>\
         <question id=\"1\"><name>q</name><qtype>ordering</qtype></question></questions></question_category>",
    );
    archive.list("course", "<question_categoryref><question_category><id>1</id></question_category></question_categoryref>");
    assert_eq!(minding(&archive, Rule::CategoriesMove), ["5.1"]);
    assert_eq!(minding(&archive, Rule::UnknownQuestionType), ["4.1"]);
}

#[test]
fn a_document_that_only_later_releases_read_is_not_asked_for_before() {
    let mut archive = Archive::petit();
    archive.set("xapistate", "1");
    archive.remove("activities/page_12/xapistate.xml");
    assert_eq!(minding(&archive, Rule::MissingForSetting), ["4.5", "5.1"]);
}

#[test]
fn restrictions_on_what_is_left_out_are_locked_where_it_is() {
    let mut archive = Archive::petit();
    archive.forum_becomes("chat", "<chat id=\"1\"><name>C</name></chat>");
    let condition = "{\"op\":\"&amp;\",\"c\":[{\"type\":\"completion\",\"cm\":13,\"e\":1}],\"showc\":[true]}";
    archive.edit("activities/page_12/module.xml", "<availability>$@NULL@$", &format!("<availability>{condition}"));
    assert_eq!(minding(&archive, Rule::ConditionTarget), ["5.1"]);
}

#[test]
fn a_plug_in_used_a_thousand_times_is_counted_and_not_listed_as_often() {
    let mut archive = Archive::petit();
    let filters: String = (0..1000).map(|_| "<filter_active><filter>tidy</filter><active>1</active></filter_active>").collect();
    archive.put("course/filters.xml", &format!("<filters><filter_actives>{filters}</filter_actives></filters>"));
    let counts = Release::ALL.map(|t| archive.verdict_of(t).count(Rule::UnknownFilter));
    assert_eq!(counts, [0, 1000, 1000]);
}

#[test]
fn reading_once_for_all_is_reading_once_for_each() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| {
        let open = || File::open(path).unwrap();
        let all = for_releases(open(), &Limits::default(), Release::ALL).unwrap();
        // One of the three is enough for one archive.
        let verdict = &all[path.as_os_str().len() % all.len()];
        let one = for_release(open(), &Limits::default(), verdict.target).unwrap();
        match (one.counts, &one.findings) == (verdict.counts, &verdict.findings) {
            true => Ok(()),
            false => Err(verdict.target.to_string()),
        }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn unless_told_the_newest_is_asked() {
    let bytes = Archive::petit().bytes();
    assert_eq!(validate(Cursor::new(bytes), &Limits::default()).unwrap().target, Release::M51);
}
