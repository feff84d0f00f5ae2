//! An archive made by hand, twice: with other numbers for everything, and other times.

use crate::support::{differ, said};
use parcours_mbz::php::Php;
use parcours_mbz::{Limits, Spool, Unpacked};

/// `#7#` is number 7 of the archive, `~` a time.
const DOCUMENTS: &[(&str, &str)] = &[
    (
        "moodle_backup.xml",
        "<moodle_backup><information><name>x.mbz</name><backup_release>4.1</backup_release><original_course_id>#1#</original_course_id><details><detail backup_id=\"ff\"><type>course</type>\
         <format>moodle2</format></detail></details><contents><activities>\
         <activity><moduleid>#11#</moduleid><sectionid>#2#</sectionid><modulename>page</modulename><title>P</title><directory>activities/page_#11#</directory></activity>\
         <activity><moduleid>#12#</moduleid><sectionid>#3#</sectionid><modulename>quiz</modulename><title>Q</title><directory>activities/quiz_#12#</directory></activity>\
         <activity><moduleid>#13#</moduleid><sectionid>#3#</sectionid><modulename>lesson</modulename><title>L</title><directory>activities/lesson_#13#</directory></activity></activities>\
         <sections><section><sectionid>#2#</sectionid><title>0</title><directory>sections/section_#2#</directory></section>\
         <section><sectionid>#3#</sectionid><title>Two</title><directory>sections/section_#3#</directory></section></sections>\
         <course><courseid>#1#</courseid><title>C</title><directory>course</directory></course></contents>\
         <settings><setting><level>root</level><name>users</name><value>0</value></setting></settings></information></moodle_backup>",
    ),
    (
        "course/course.xml",
        "<course id=\"#1#\" contextid=\"#90#\"><shortname>c</shortname><fullname>C</fullname><summary>See $@PAGEVIEWBYID*#11#@$ of $@COURSEVIEWBYID*#1#@$.</summary>\
                           <defaultgroupingid>#32#</defaultgroupingid><timemodified>~</timemodified></course>",
    ),
    (
        "groups.xml",
        "<groups><group id=\"#31#\"><name>G</name><timecreated>~</timecreated></group><groupings><grouping id=\"#32#\"><name>GG</name><grouping_groups>\
                    <grouping_group id=\"#33#\"><groupid>#31#</groupid><timeadded>~</timeadded></grouping_group></grouping_groups></grouping></groupings></groups>",
    ),
    (
        "gradebook.xml",
        "<gradebook><grade_categories><grade_category id=\"#41#\"><parent>$@NULL@$</parent><depth>1</depth><path>/#41#/</path><fullname>?</fullname></grade_category>\
                       <grade_category id=\"#42#\"><parent>#41#</parent><depth>2</depth><path>/#41#/#42#/</path><fullname>Oral</fullname></grade_category></grade_categories><grade_items>\
                       <grade_item id=\"#43#\"><categoryid>$@NULL@$</categoryid><itemname>$@NULL@$</itemname><itemtype>course</itemtype><iteminstance>#41#</iteminstance></grade_item>\
                       <grade_item id=\"#44#\"><categoryid>#42#</categoryid><itemname>Sum</itemname><itemtype>manual</itemtype><calculation>=##gi#45###*2</calculation></grade_item></grade_items></gradebook>",
    ),
    (
        "completion.xml",
        "<course_completion><course_completion_criteria id=\"#46#\"><course>#1#</course><criteriatype>4</criteriatype><module>page</module><moduleinstance>#11#</moduleinstance>\
                        </course_completion_criteria></course_completion>",
    ),
    (
        "badges.xml",
        "<badges><badge id=\"#47#\"><name>B</name><criteria><criterion id=\"#48#\"><badgeid>#47#</badgeid><criteriatype>1</criteriatype><parameters>\
                    <parameter id=\"#49#\"><critid>#48#</critid><name>module_#11#</name><value>#11#</value></parameter></parameters></criterion></criteria></badge></badges>",
    ),
    (
        "sections/section_#2#/section.xml",
        "<section id=\"#2#\"><number>0</number><name>$@NULL@$</name><summary>Zero</summary><sequence>#11#</sequence><timemodified>~</timemodified></section>",
    ),
    (
        "sections/section_#3#/section.xml",
        "<section id=\"#3#\"><number>1</number><name>Two</name><summary></summary><sequence>#12#,#13#</sequence>\
                                          <availabilityjson>{\"op\":\"&amp;\",\"c\":[{\"type\":\"completion\",\"cm\":#11#,\"e\":1},{\"type\":\"grade\",\"id\":#45#,\"min\":50},{\"type\":\"group\",\"id\":#31#}],\"showc\":[true]}</availabilityjson></section>",
    ),
    (
        "activities/page_#11#/module.xml",
        "<module id=\"#11#\" version=\"1\"><modulename>page</modulename><sectionid>#2#</sectionid><groupingid>#32#</groupingid><added>~</added><visible>1</visible></module>",
    ),
    (
        "activities/page_#11#/page.xml",
        "<activity id=\"#21#\" moduleid=\"#11#\" modulename=\"page\" contextid=\"#91#\"><page id=\"#21#\"><name>P</name><intro></intro><content>&lt;a href=\"$@QUIZVIEWBYID*#12#@$\"&gt;quiz&lt;/a&gt;</content>\
                                       <revision>~</revision><timemodified>~</timemodified></page></activity>",
    ),
    (
        "activities/quiz_#12#/module.xml",
        "<module id=\"#12#\" version=\"1\"><modulename>quiz</modulename><sectionid>#3#</sectionid><visible>1</visible></module>",
    ),
    (
        "activities/quiz_#12#/quiz.xml",
        "<activity id=\"#22#\" moduleid=\"#12#\" modulename=\"quiz\" contextid=\"#92#\"><quiz id=\"#22#\"><name>Q</name><intro>i</intro><grade>10.0</grade><question_instances>\
        <question_instance id=\"#51#\"><quizid>#22#</quizid><slot>1</slot><maxmark>1.0</maxmark><question_reference id=\"#52#\"><usingcontextid>#92#</usingcontextid><questionbankentryid>#61#</questionbankentryid></question_reference></question_instance>\
        <question_instance id=\"#53#\"><quizid>#22#</quizid><slot>2</slot><maxmark>2.0</maxmark><question_set_reference id=\"#54#\"><questionscontextid>#90#</questionscontextid>\
        <filtercondition>{\"questioncategoryid\":#60#,\"includingsubcategories\":0}</filtercondition></question_set_reference></question_instance></question_instances></quiz></activity>",
    ),
    (
        "activities/quiz_#12#/grades.xml",
        "<activity_gradebook><grade_items><grade_item id=\"#45#\"><categoryid>#42#</categoryid><itemname>Q</itemname><itemtype>mod</itemtype><itemmodule>quiz</itemmodule>\
                                         <iteminstance>#22#</iteminstance><itemnumber>0</itemnumber><sortorder>#3#</sortorder></grade_item></grade_items></activity_gradebook>",
    ),
    (
        "activities/lesson_#13#/module.xml",
        "<module id=\"#13#\" version=\"1\"><modulename>lesson</modulename><sectionid>#3#</sectionid><visible>1</visible></module>",
    ),
    (
        "activities/lesson_#13#/lesson.xml",
        "<activity id=\"#23#\" moduleid=\"#13#\" modulename=\"lesson\" contextid=\"#93#\"><lesson id=\"#23#\"><name>L</name><dependency>0</dependency><pages>\
        <page id=\"#71#\"><prevpageid>0</prevpageid><nextpageid>#72#</nextpageid><title>One</title><answers><answer id=\"#73#\"><jumpto>#72#</jumpto><answer_text>go</answer_text></answer></answers></page>\
        <page id=\"#72#\"><prevpageid>#71#</prevpageid><nextpageid>0</nextpageid><title>End</title><answers><answer id=\"#74#\"><jumpto>-9</jumpto><answer_text>end</answer_text></answer></answers></page></pages></lesson></activity>",
    ),
    (
        "questions.xml",
        "<question_categories><question_category id=\"#60#\"><name>K</name><contextid>#90#</contextid><contextlevel>50</contextlevel><contextinstanceid>#1#</contextinstanceid><parent>0</parent>\
        <question_bank_entries><question_bank_entry id=\"#61#\"><idnumber>$@NULL@$</idnumber><question_version><question_versions id=\"#62#\"><version>1</version><status>ready</status><questions>\
        <question id=\"#63#\"><parent>0</parent><name>S</name><questiontext>Say it, see $@PAGEVIEWBYID*#11#@$</questiontext><questiontextformat>1</questiontextformat><qtype>shortanswer</qtype><defaultmark>1</defaultmark><timecreated>~</timecreated>\
        <plugin_qtype_shortanswer_question><answers><answer id=\"#64#\"><answertext>it</answertext><fraction>1.0</fraction></answer></answers><shortanswer id=\"#65#\"><usecase>0</usecase></shortanswer></plugin_qtype_shortanswer_question>\
        </question></questions></question_versions></question_version></question_bank_entry></question_bank_entries></question_category></question_categories>",
    ),
    (
        "files.xml",
        "<files><file id=\"#81#\"><contenthash>da39a3ee5e6b4b0d3255bfef95601890afd80709</contenthash><contextid>#91#</contextid><component>mod_page</component><filearea>content</filearea><itemid>0</itemid>\
                   <filepath>/</filepath><filename>a.txt</filename></file><file id=\"#82#\"><contenthash>00</contenthash><contextid>#93#</contextid><component>mod_lesson</component><filearea>page_contents</filearea>\
                   <itemid>#72#</itemid><filepath>/</filepath><filename>b.png</filename></file></files>",
    ),
    (
        "course/blocks/glossary_random_#84#/block.xml",
        "<block id=\"#84#\" contextid=\"#94#\"><blockname>completion_progress</blockname><parentcontextid>#90#</parentcontextid><configdata>CONFIG</configdata></block>",
    ),
];

/// Numbers are those of the template, times a factor, and more.
fn made(by: i64, more: i64, time: &str, and: impl Fn(&str, String) -> String) -> Unpacked {
    let number = |n: i64| if n == 0 { 0 } else { n * by + more };
    let filled = |text: &str| {
        // `##gi#45###` is a formula's own marks around a number.
        let mut out = String::new();
        let pieces: Vec<&str> = text.split('#').collect();
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            if at > 0 {
                match piece.parse::<i64>() {
                    Ok(n) => {
                        out.push_str(&number(n).to_string());
                        at += 1;
                        out.push_str(pieces.get(at).unwrap());
                        at += 1;
                        continue;
                    }
                    Err(_) => out.push('#'),
                }
            }
            out.push_str(piece);
            at += 1;
        }
        out.replace('~', time)
    };
    let config = Php::object([
        ("title", Php::Text("T".into())),
        ("list", Php::Text(format!("quiz-{}", number(22)))),
        (&format!("monitor_quiz{}", number(22)), Php::Int(1)),
    ])
    .to_config();
    let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
    for (path, text) in DOCUMENTS {
        let text = and(path, filled(text).replace("CONFIG", &config));
        course.put_bytes(&filled(path), format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}").as_bytes()).unwrap();
    }
    course
}

fn as_it_is(_: &str, text: String) -> String {
    text
}

#[test]
fn other_numbers_and_times_are_no_differences() {
    let diff = differ(&mut made(1, 0, "1000", as_it_is), &mut made(3, 1000, "2000", as_it_is));
    assert!(diff.is_empty() && diff.only.is_empty(), "{}", said(&diff));
    assert_eq!((diff.a.activities, diff.a.sections, diff.a.questions), (3, 2, 1));
}

/// What a number leads to is compared: the same archive, renumbered, with one of its references turned to something else.
#[test]
fn a_reference_to_something_else_is_a_difference() {
    let number = |n: i64| (n * 3 + 1000).to_string();
    let turns: &[(&str, String, String)] = &[
        ("course/course.xml", format!("PAGEVIEWBYID*{}@", number(11)), format!("PAGEVIEWBYID*{}@", number(13))),
        ("section.xml", format!("\"cm\":{}", number(11)), format!("\"cm\":{}", number(13))),
        ("section.xml", format!("\"id\":{}", number(45)), format!("\"id\":{}", number(44))),
        ("gradebook.xml", format!("##gi{}##", number(45)), format!("##gi{}##", number(43))),
        ("completion.xml", format!("<moduleinstance>{}", number(11)), format!("<moduleinstance>{}", number(13))),
        ("lesson.xml", format!("<jumpto>{}", number(72)), format!("<jumpto>{}", number(71))),
        ("files.xml", format!("<itemid>{}", number(72)), format!("<itemid>{}", number(71))),
        ("module.xml", format!("<groupingid>{}", number(32)), "<groupingid>0".to_owned()),
        ("questions.xml", format!("PAGEVIEWBYID*{}@", number(11)), format!("PAGEVIEWBYID*{}@", number(13))),
    ];
    for (document, from, to) in turns {
        let mut changed = made(3, 1000, "2000", |path, text| if path.ends_with(document) { text.replace(from.as_str(), to) } else { text });
        let diff = differ(&mut made(1, 0, "1000", as_it_is), &mut changed);
        assert_eq!(diff.findings(), 1, "{document} {from}: {}", said(&diff));
    }
}
