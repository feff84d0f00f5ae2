//! Cartridges as other platforms write them.

use crate::support::*;
use parcours_course::outline::{Content, Slotted};
use parcours_course::question::Body;
use parcours_course::report::Fate;
use parcours_mbz::outline::{content, read};
use parcours_mbz::validate::Severity;
use parcours_mbz::{Container, Limits, question, validate};
use std::io::Cursor;

/// Reads a cartridge, and asks that the archive is one that a Moodle restores.
fn course(files: &[(&str, &str)]) -> (parcours_mbz::Unpacked, parcours_course::Report) {
    let (mut made, report) = read_back(zip(files)).unwrap();
    let bytes = made.write(Cursor::new(Vec::new()), Container::Tgz).unwrap().into_inner();
    let verdict = validate(Cursor::new(bytes), &Limits::default()).unwrap();
    let worse: Vec<_> = verdict.findings.iter().filter(|f| f.severity != Severity::Note).map(|f| format!("{} {}", f.rule.code(), f.detail)).collect();
    assert!(worse.is_empty(), "{worse:?}");
    let counts = report.counts();
    assert_eq!(counts.items_in, counts.imported + counts.approximated + counts.kept + counts.refused);
    (made, report)
}

const CANVAS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="g0" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion><lomimscc:lom><lomimscc:general><lomimscc:title><lomimscc:string>Biology</lomimscc:string></lomimscc:title></lomimscc:general></lomimscc:lom></metadata>
<organizations><organization identifier="org_1" structure="rooted-hierarchy"><item identifier="LearningModules">
<item identifier="m1"><title>Week 1</title>
<item identifier="i1" identifierref="gpage"><title>Cells</title></item>
<item identifier="i2"><title>To do</title></item>
<item identifier="i3" identifierref="gassign"><title>Draw a cell</title></item>
<item identifier="i4" identifierref="gtopic"><title>Say hello</title></item>
<item identifier="i5" identifierref="gquiz"><title>Check</title></item>
<item identifier="i6" identifierref="glink"><title>A site</title></item>
</item></item></organization></organizations>
<resources>
<resource identifier="gset" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="course_settings/canvas_export.txt"><file href="course_settings/course_settings.xml"/><file href="course_settings/canvas_export.txt"/></resource>
<resource identifier="gpage" type="webcontent" href="wiki_content/cells.html"><file href="wiki_content/cells.html"/></resource>
<resource identifier="gassign" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="gassign/draw.html"><file href="gassign/draw.html"/><file href="gassign/assignment_settings.xml"/></resource>
<resource identifier="gtopic" type="imsdt_xmlv1p1"><file href="gtopic.xml"/><dependency identifierref="gtopicmeta"/></resource>
<resource identifier="gtopicmeta" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="gtopicmeta.xml"><file href="gtopicmeta.xml"/></resource>
<resource identifier="gquiz" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="gquiz/assessment_qti.xml"/><dependency identifierref="gquizmeta"/></resource>
<resource identifier="gquizmeta" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="gquiz/assessment_meta.xml"><file href="gquiz/assessment_meta.xml"/><file href="non_cc_assessments/gquiz.xml.qti"/></resource>
<resource identifier="glink" type="imswl_xmlv1p1"><file href="glink.xml"/></resource>
<resource identifier="gfile" type="webcontent" href="web_resources/Uploaded Media/d%C3%A9j%C3%A0 vu.png"><file href="web_resources/Uploaded Media/d%C3%A9j%C3%A0 vu.png"/></resource>
<resource identifier="gloose" type="webcontent" href="web_resources/loose.pdf"><file href="web_resources/loose.pdf"/></resource>
<resource identifier="gother" type="webcontent" href="wiki_content/other.html"><file href="wiki_content/other.html"/></resource>
</resources></manifest>"#;

const PAGE: &str = "<html><head><title>Cells</title><meta name=\"identifier\" content=\"gpage\"/></head><body><p><img src=\"%24IMS-CC-FILEBASE%24/Uploaded%20Media/d%C3%A9j%C3%A0%20vu.png?canvas_download=1\"/>\
    <a href=\"$WIKI_REFERENCE$/pages/other\">other</a> <a href=\"$CANVAS_OBJECT_REFERENCE$/assignments/gassign\">draw</a></p></body></html>";

const QUIZ: &str = r#"<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="gquiz" title="Check"><qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel><fieldentry>2</fieldentry></qtimetadatafield></qtimetadata>
<section ident="root_section">
<item ident="q1" title="One"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>cc.multiple_choice.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">&lt;p&gt;Which &lt;img src="$IMS-CC-FILEBASE$Uploaded%20Media/d%C3%A9j%C3%A0%20vu.png"&gt;?&lt;/p&gt;</mattext></material><response_lid ident="r" rcardinality="Single"><render_choice>
<response_label ident="1"><material><mattext texttype="text/plain">a &lt; b</mattext></material></response_label><response_label ident="2"><material><mattext texttype="text/plain">c</mattext></material></response_label></render_choice></response_lid></presentation>
<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>
<respcondition continue="Yes"><conditionvar><varequal respident="r">1</varequal></conditionvar><displayfeedback feedbacktype="Response" linkrefid="1_fb"/></respcondition>
<respcondition continue="No"><conditionvar><varequal respident="r">2</varequal></conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing>
<itemfeedback ident="1_fb"><flow_mat><material><mattext texttype="text/plain">No.</mattext></material></flow_mat></itemfeedback></item>
<item ident="q2" title="Two"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>cc.pattern_match.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext>2?</mattext></material><response_str ident="r" rcardinality="Single"><render_fib><response_label ident="a" rshuffle="No"/></render_fib></response_str></presentation>
<resprocessing><outcomes><decvar maxvalue="100"/></outcomes><respcondition><conditionvar><varsubstring respident="r">owl</varsubstring></conditionvar><setvar>100</setvar></respcondition></resprocessing></item>
<item ident="q3" title="Three"><presentation><material><mattext>3?</mattext></material><response_lid ident="a"><render_choice/></response_lid><response_lid ident="b"/></presentation></item>
<item ident="q4" title="Four"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>text_only_question</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation><material><mattext>Read</mattext></material></presentation></item>
</section></assessment></questestinterop>"#;

#[test]
fn canvas() {
    let files = [
        ("course_settings/canvas_export.txt", "Q: What did the panda say?"),
        ("course_settings/course_settings.xml", "<course/>"),
        ("wiki_content/cells.html", PAGE),
        ("wiki_content/other.html", "<html><head><title>Other page</title></head><body>x</body></html>"),
        ("gassign/draw.html", "<html><body><p>Draw <img src=\"../web_resources/Uploaded%20Media/d%C3%A9j%C3%A0%20vu.png\"></p></body></html>"),
        (
            "gassign/assignment_settings.xml",
            "<assignment><title>Draw</title><points_possible>9.5</points_possible><submission_types>online_upload</submission_types></assignment>",
        ),
        (
            "gtopic.xml",
            "<topic xmlns=\"http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1\"><title>Hello</title><text texttype=\"text/html\">&lt;p&gt;Hi&lt;/p&gt;</text></topic>",
        ),
        ("gtopicmeta.xml", "<topicMeta/>"),
        ("gquiz/assessment_qti.xml", QUIZ),
        ("gquiz/assessment_meta.xml", "<quiz/>"),
        ("non_cc_assessments/gquiz.xml.qti", "<questestinterop/>"),
        (
            "glink.xml",
            "<webLink xmlns=\"http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1\"><title>S</title><url href=\"https://example.org/?a=b&amp;c\"/></webLink>",
        ),
        ("web_resources/Uploaded Media/déjà vu.png", "picture"),
        ("web_resources/loose.pdf", "loose"),
        ("imsmanifest.xml", CANVAS),
    ];
    let (mut made, report) = course(&files);
    let outline = read(&mut made).unwrap();
    let all: Vec<_> = outline.activities().map(|(s, a)| (s.name.as_str(), a.module.as_str(), a.name.as_str())).collect();
    let week = "Week 1";
    let aside = "Not in the table of contents";
    let expected = [
        (week, "page", "Cells"),
        (week, "label", "To do"),
        (week, "assign", "Draw a cell"),
        (week, "forum", "Say hello"),
        (week, "quiz", "Check"),
        (week, "url", "A site"),
        (aside, "page", "Other page"),
        (aside, "folder", "Files"),
    ];
    assert_eq!(all, expected);
    let of = |name: &str| outline.activities().map(|(_, a)| a).find(|a| a.name == name).unwrap();
    let Content::Page(text) = content(&mut made, of("Cells")).unwrap() else { panic!() };
    let links = [
        "src=\"@@PLUGINFILE@@/Uploaded%20Media/d%C3%A9j%C3%A0%20vu.png?canvas_download=1\"".to_owned(),
        format!("$@PAGEVIEWBYID*{}@$", of("Other page").cm),
        format!("$@ASSIGNVIEWBYID*{}@$", of("Draw a cell").cm),
    ];
    assert!(links.iter().all(|l| text.text.contains(l)), "{}", text.text);
    let Content::Assign(assign) = content(&mut made, of("Draw a cell")).unwrap() else { panic!() };
    assert_eq!((assign.grade, assign.files, assign.text, of("Draw a cell").files.len()), (10, 1, false, 1));
    assert_eq!(of("Files").files.iter().map(|f| f.name()).collect::<Vec<_>>(), ["loose.pdf"]);
    let Content::Quiz(quiz) = content(&mut made, of("Check")).unwrap() else { panic!() };
    assert_eq!((quiz.attempts, quiz.slots.len()), (2, 3));
    let mut questions = Vec::new();
    question::each(&mut made, |c, q| {
        questions.push((c.name.clone(), q));
        Ok(())
    })
    .unwrap();
    assert_eq!(
        questions.iter().map(|(c, q)| (c.as_str(), q.kind())).collect::<Vec<_>>(),
        [("Check", "multichoice"), ("Check", "shortanswer"), ("Check", "description")]
    );
    assert_eq!(quiz.slots.iter().map(|s| s.what).collect::<Vec<_>>(), questions.iter().map(|(_, q)| Slotted::Entry(q.entry)).collect::<Vec<_>>());
    let (one, two) = (&questions[0].1, &questions[1].1);
    assert_eq!(one.files.iter().map(|f| (f.area.as_str(), f.path.as_str())).collect::<Vec<_>>(), [("questiontext", "/Uploaded Media/déjà vu.png")]);
    let Body::Choice(choice) = &one.body else { panic!() };
    let answers: Vec<_> = choice.answers.iter().map(|a| (a.text.text.as_str(), a.fraction, a.feedback.text.as_str())).collect();
    assert_eq!(answers, [("a &lt; b", 0.0, "No."), ("c", 1.0, "")]);
    let Body::Short(short) = &two.body else { panic!() };
    assert_eq!(short.answers[0].text.text, "*owl*");
    let refused: Vec<_> =
        report.findings.iter().filter(|f| f.counts && f.fate == Fate::Refused).map(|f| (f.item.as_str(), f.name.as_str())).collect();
    let expected = [
        ("question", "Three"),
        ("resource", "course_settings/canvas_export.txt"),
        ("file", "gtopicmeta.xml"),
        ("file", "assessment_meta.xml"),
        ("file", "gquiz.xml.qti"),
    ];
    assert_eq!(refused, expected);
}

#[test]
fn an_assignment_with_a_page_for_those_who_do_not_know_it() {
    let manifest = r#"<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1" xmlns:cpx="http://www.imsglobal.org/xsd/imsccv1p3/imscp_extensionv1p2"><metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion></metadata>
        <organizations><organization><item identifier="root"><item identifier="s"><title>S</title><item identifier="1" identifierref="page"><title>Lab</title></item></item></item></organization></organizations>
        <resources><resource identifier="page" type="webcontent" href="a/lab.html"><file href="a/lab.html"/><cpx:variant identifier="v" identifierref="real"><cpx:metadata/></cpx:variant></resource>
        <resource identifier="real" type="assignment_xmlv1p0" href="cc-objects/real.xml"><file href="cc-objects/real.xml"/><dependency identifierref="att"/></resource>
        <resource identifier="att" type="webcontent" href="attachments/m.txt"><file href="attachments/m.txt"/></resource></resources></manifest>"#;
    let real = r#"<assignment xmlns="http://www.imsglobal.org/xsd/imscc_extensions/assignment" identifier="x"><title>Lab report</title><text texttype="text/html">&lt;p&gt;Do&lt;/p&gt;</text>
        <attachments><attachment href="attachments/m.txt" role="All"/></attachments><gradable points_possible="50">true</gradable><submission_formats><format type="html"/></submission_formats></assignment>"#;
    let (mut made, report) = course(&[("imsmanifest.xml", manifest), ("a/lab.html", "x"), ("cc-objects/real.xml", real), ("attachments/m.txt", "m")]);
    let outline = read(&mut made).unwrap();
    assert_eq!(
        outline.activities().map(|(_, a)| (a.module.as_str(), a.name.as_str(), a.files.len())).collect::<Vec<_>>(),
        [("assign", "Lab", 1)],
        "{report:?}"
    );
    let activity = outline.activities().next().unwrap().1.clone();
    assert_eq!(activity.intro.text, "<p>Do</p><p><a href=\"@@PLUGINFILE@@/attachments/m.txt\">m.txt</a></p>");
    let Content::Assign(assign) = content(&mut made, &activity).unwrap() else { panic!() };
    assert_eq!((assign.grade, assign.text, assign.files), (50, true, 0));
}

#[test]
fn prefixes_everywhere_nested_folders_a_folder_that_was_packed_and_no_version() {
    let manifest = r#"<p:manifest xmlns:p="http://www.imsglobal.org/xsd/imscp_v1p1"><p:organizations><p:organization>
        <p:item identifier="root"><p:item identifier="a" identifierref="w"><p:title>First</p:title></p:item>
        <p:item identifier="b"><p:title>Unit</p:title><p:item identifier="c"><p:title>Part</p:title><p:item identifier="d" identifierref="f"><p:title>File</p:title></p:item></p:item></p:item>
        <p:item identifier="e" identifierref="gone"><p:title>Gone</p:title></p:item></p:item></p:organization></p:organizations>
        <p:resources><p:resource identifier="w" type="imswl_xmlv1p1"><p:file href="w.xml"/></p:resource><p:resource identifier="f" type="webcontent" p:base="files/" href="x.pdf"><p:file href="x.pdf"/></p:resource></p:resources></p:manifest>"#;
    let link = "<wl:webLink xmlns:wl=\"http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1\"><wl:title>T</wl:title><wl:url href=\"http://example.org\"/></wl:webLink>";
    let (mut made, report) = course(&[("Export/imsmanifest.xml", manifest), ("Export/w.xml", link), ("Export/files/x.pdf", "pdf")]);
    let outline = read(&mut made).unwrap();
    let all: Vec<_> = outline.activities().map(|(s, a)| (s.name.as_str(), a.module.as_str(), a.name.as_str(), a.indent)).collect();
    assert_eq!(all, [("", "url", "First", 0), ("Unit", "label", "Part", 0), ("Unit", "resource", "File", 1)]);
    assert_eq!((report.counts().refused, report.findings.iter().filter(|f| f.name == "Gone").count()), (1, 1));
}

#[test]
fn links_within_a_thin_manifest() {
    let manifest = r#"<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"><metadata><schema>IMS Thin Common Cartridge</schema><schemaversion>1.3.0</schemaversion></metadata>
        <organizations><organization><item identifier="root"><item identifier="s"><title>S</title><item identifier="1" identifierref="l"><title>Tool</title></item><item identifier="2" identifierref="w"/></item></item></organization></organizations>
        <resources><resource identifier="l" type="imsbasiclti_xmlv1p3"><cartridge_basiclti_link xmlns="http://www.imsglobal.org/xsd/imslticc_v1p3" xmlns:b="http://www.imsglobal.org/xsd/imsbasiclti_v1p0" xmlns:m="http://www.imsglobal.org/xsd/imslticm_v1p0">
        <b:title>T</b:title><b:custom><m:property name="x">1</m:property></b:custom><b:launch_url>http://tool.example.org</b:launch_url></cartridge_basiclti_link></resource>
        <resource identifier="w" type="imswl_xmlv1p3"><w:webLink xmlns:w="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><w:title>Site</w:title><w:url href="https://example.org"/></w:webLink></resource></resources></manifest>"#;
    let (mut made, _) = course(&[("imsmanifest.xml", manifest)]);
    let outline = read(&mut made).unwrap();
    assert_eq!(outline.activities().map(|(_, a)| (a.module.as_str(), a.name.as_str())).collect::<Vec<_>>(), [("lti", "Tool"), ("url", "Site")]);
    let Content::Lti(lti) = content(&mut made, outline.activities().next().unwrap().1).unwrap() else { panic!() };
    assert_eq!((lti.url.as_str(), lti.parameters.as_str()), ("http://tool.example.org", "x=1"));
}
