//! Packages that others make.

use super::read;
use parcours_course::Language;
use parcours_course::question::{Body, Question};
use parcours_course::report::Fate;
use parcours_mbz::Limits;
use std::io::{Cursor, Write};

fn package(entries: &[(&str, &str)]) -> Cursor<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in entries {
        zip.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap()
}

/// An item of QTI 2.1.
fn item(declarations: &str, body: &str) -> Question {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?xml-model href=\"x.sch\"?>\n<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"x\" title=\"T\" adaptive=\"false\" timeDependent=\"false\">\n\
         {declarations}\n<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n<itemBody>{body}</itemBody>\n\
         <responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response\"/>\n</assessmentItem>"
    );
    let bank = read(package(&[("item.xml", &xml)]), &Limits::default(), "Import", Language::English, &mut ()).unwrap();
    assert_eq!(bank.report.counts().items_in, 1);
    bank.questions().next().cloned().unwrap_or_else(|| panic!("{:?}", bank.report))
}

fn response(cardinality: &str, kind: &str, inside: &str) -> String {
    format!("<responseDeclaration identifier=\"RESPONSE\" cardinality=\"{cardinality}\" baseType=\"{kind}\">{inside}</responseDeclaration>")
}

fn correct(values: &[&str]) -> String {
    let values: String = values.iter().map(|v| format!("<value>{v}</value>")).collect();
    format!("<correctResponse>{values}</correctResponse>")
}

#[test]
fn a_choice_with_a_prompt_and_feedback_in_it_is_read() {
    let choices = "<simpleChoice identifier=\"ChoiceA\">You <b>must</b> stay.</simpleChoice><simpleChoice identifier=\"ChoiceB\">No.<feedbackInline outcomeIdentifier=\"F\" identifier=\"ChoiceB\" showHide=\"show\">Not so.</feedbackInline></simpleChoice>";
    let body = format!(
        "<p>Look at the text.</p>\n<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxChoices=\"1\"><prompt>What does it say?</prompt>{choices}</choiceInteraction>"
    );
    let q = item(&response("single", "identifier", &correct(&["ChoiceA"])), &body);
    assert_eq!((q.name.as_str(), q.text.text.as_str(), q.mark), ("T", "<p>Look at the text.</p>\n<p>What does it say?</p>", 1.0));
    let Body::Choice(c) = &q.body else { panic!("{q:?}") };
    let answers: Vec<_> = c.answers.iter().map(|a| (a.text.text.as_str(), a.fraction, a.feedback.text.as_str())).collect();
    assert_eq!((c.single, c.shuffle), (true, false));
    assert_eq!(answers, [("You <b>must</b> stay.", 1.0, ""), ("No.", 0.0, "Not so.")]);
}

#[test]
fn several_choices_share_the_mark_as_they_are_mapped() {
    let mapping = "<mapping lowerBound=\"0\" upperBound=\"2\" defaultValue=\"-2\"><mapEntry mapKey=\"H\" mappedValue=\"1\"/><mapEntry mapKey=\"O\" mappedValue=\"1\"/><mapEntry mapKey=\"Cl\" mappedValue=\"-1\"/></mapping>";
    let choices = "<simpleChoice identifier=\"H\">H</simpleChoice><simpleChoice identifier=\"O\">O</simpleChoice><simpleChoice identifier=\"Cl\">Cl</simpleChoice>";
    let body = format!("<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"0\">{choices}</choiceInteraction>");
    let q = item(&response("multiple", "identifier", &(correct(&["H", "O"]) + mapping)), &body);
    let Body::Choice(c) = &q.body else { panic!("{q:?}") };
    assert_eq!((q.mark, c.single, c.answers.iter().map(|a| a.fraction).collect::<Vec<_>>()), (2.0, false, vec![0.5, 0.5, -0.5]));
}

#[test]
fn words_numbers_and_lists_in_a_text_are_read() {
    let typed = "<p>Now is the <textEntryInteraction responseIdentifier=\"RESPONSE\" expectedLength=\"15\"/> of our discontent</p>";
    let mapping =
        "<mapping defaultValue=\"0\"><mapEntry mapKey=\"winter\" mappedValue=\"1\"/><mapEntry mapKey=\"Winter\" mappedValue=\"0.5\"/></mapping>";
    let q = item(&response("single", "string", &(correct(&["winter"]) + mapping)), typed);
    let Body::Short(s) = &q.body else { panic!("{q:?}") };
    assert_eq!(q.text.text, "<p>Now is the _____ of our discontent</p>");
    assert_eq!(s.answers.iter().map(|a| (a.text.text.as_str(), a.fraction)).collect::<Vec<_>>(), [("winter", 1.0), ("Winter", 0.5)]);
    let q = item(&response("single", "float", &correct(&["3.5"])), typed);
    let Body::Numerical(n) = &q.body else { panic!("{q:?}") };
    assert_eq!((n.answers[0].answer.text.text.as_str(), n.answers[0].answer.fraction), ("3.5", 1.0));
    let list = "<p>It was <inlineChoiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\"><inlineChoice identifier=\"G\">Gloucester</inlineChoice><inlineChoice identifier=\"Y\">York</inlineChoice></inlineChoiceInteraction>.</p>";
    let q = item(&response("single", "identifier", &correct(&["Y"])), list);
    let Body::Cloze(c) = &q.body else { panic!("{q:?}") };
    assert_eq!((q.text.text.as_str(), c.questions[0].text.text.as_str()), ("<p>It was {#1}.</p>", "{1:MULTICHOICE:Gloucester~=York}"));
}

#[test]
fn pairs_orders_and_gaps_are_read() {
    let choice = |id: &str, text: &str| format!("<simpleAssociableChoice identifier=\"{id}\" matchMax=\"1\">{text}</simpleAssociableChoice>");
    let sets = format!(
        "<simpleMatchSet>{}{}</simpleMatchSet><simpleMatchSet>{}{}{}</simpleMatchSet>",
        choice("C", "Capulet"),
        choice("D", "Demetrius"),
        choice("M", "Midsummer"),
        choice("R", "Romeo"),
        choice("T", "Tempest")
    );
    let body = format!("<matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxAssociations=\"4\">{sets}</matchInteraction>");
    let q = item(&response("multiple", "directedPair", &correct(&["C R", "D M"])), &body);
    let Body::Match(m) = &q.body else { panic!("{q:?}") };
    let pairs: Vec<_> = m.pairs.iter().map(|p| (p.text.text.as_str(), p.answer.as_str())).collect();
    assert_eq!(pairs, [("Capulet", "Romeo"), ("Demetrius", "Midsummer"), ("", "Tempest")]);

    let choices = "<simpleChoice identifier=\"A\">second</simpleChoice><simpleChoice identifier=\"B\">first</simpleChoice>";
    let body = format!("<orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\">{choices}</orderInteraction>");
    let q = item(&response("ordered", "identifier", &correct(&["B", "A"])), &body);
    let Body::Ordering(o) = &q.body else { panic!("{q:?}") };
    assert_eq!(o.items.iter().map(|i| i.text.text.as_str()).collect::<Vec<_>>(), ["first", "second"]);

    let texts = "<gapText identifier=\"W\" matchMax=\"1\">winter</gapText><gapText identifier=\"S\" matchMax=\"1\">summer</gapText>";
    let body = format!(
        "<gapMatchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"false\"><prompt>Fill in.</prompt>{texts}<p>The <gap identifier=\"G1\"/> and the <gap identifier=\"G2\"/></p></gapMatchInteraction>"
    );
    let q = item(&response("multiple", "directedPair", &correct(&["W G1", "S G2"])), &body);
    assert_eq!((q.kind(), q.text.text.as_str()), ("ddwtos", "<p>Fill in.</p><p>The [[1]] and the [[2]]</p>"));
}

#[test]
fn items_of_3_0_with_a_manifest_a_test_and_media_are_read() {
    let item = "<qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" identifier=\"i\" title=\"Three\" adaptive=\"false\" time-dependent=\"false\">\
                <qti-response-declaration identifier=\"RESPONSE\" cardinality=\"single\" base-type=\"identifier\"><qti-correct-response><qti-value>A</qti-value></qti-correct-response></qti-response-declaration>\
                <qti-item-body><p><img src=\"images/a%20b.png\" alt=\"\"/><img src=\"gone.png\" alt=\"\"/></p><qti-choice-interaction response-identifier=\"RESPONSE\" max-choices=\"1\"><qti-simple-choice identifier=\"A\">yes</qti-simple-choice>\
                <qti-simple-choice identifier=\"B\">no</qti-simple-choice></qti-choice-interaction></qti-item-body></qti-assessment-item>";
    let test = "<qti-assessment-test identifier=\"t\" title=\"T\"><qti-test-part identifier=\"p\"><qti-assessment-section identifier=\"s\" title=\"Out\"><qti-assessment-section identifier=\"s2\" title=\"In/side\">\
                <qti-assessment-item-ref identifier=\"i\" href=\"items/i.xml\"/></qti-assessment-section></qti-assessment-section></qti-test-part></qti-assessment-test>";
    let custom = "<qti-assessment-item identifier=\"c\" title=\"Custom\"><qti-item-body><qti-portable-custom-interaction response-identifier=\"R\"/></qti-item-body></qti-assessment-item>";
    let manifest = "<manifest><resources><resource identifier=\"t\" type=\"imsqti_test_xmlv3p0\" href=\"test.xml\"/><resource identifier=\"c\" type=\"imsqti_item_xmlv3p0\" href=\"items/c.xml\"/>\
                    <resource identifier=\"i\" type=\"imsqti_item_xmlv3p0\" href=\"items/i.xml\"/><resource identifier=\"g\" type=\"imsqti_item_xmlv3p0\" href=\"items/gone.xml\"/></resources></manifest>";
    let entries =
        [("imsmanifest.xml", manifest), ("test.xml", test), ("items/i.xml", item), ("items/c.xml", custom), ("items/images/a b.png", "png")];
    let bank = read(package(&entries), &Limits::default(), "Import", Language::English, &mut ()).unwrap();
    let names: Vec<_> = bank.categories.iter().map(|(c, q)| (c.name.as_str(), q.len())).collect();
    assert_eq!(names, [("top", 0), ("Out", 0), ("In/side", 1), ("Import", 0)]);
    let q = bank.questions().next().unwrap();
    assert_eq!(q.text.text, "<p><img src=\"@@PLUGINFILE@@/a%20b.png\" alt=\"\"><img src=\"gone.png\" alt=\"\"></p>");
    assert_eq!(q.files.iter().map(|f| (f.path.as_str(), f.size)).collect::<Vec<_>>(), [("/a b.png", 3)]);
    let fates: Vec<_> = bank.report.findings.iter().map(|f| (f.fate, f.detail.as_str())).collect();
    assert_eq!(fates[0], (Fate::Approximated, "Not taken over: missing file gone.png"));
    assert_eq!(fates[1], (Fate::Refused, "no question here has a portableCustomInteraction"));
    assert_eq!(fates[2].0, Fate::Refused);
}

#[test]
fn nothing_that_is_broken_makes_it_fail() {
    for broken in [
        "",
        "<a",
        "<assessmentItem ><itemBody><choiceInteraction/></itemBody></assessmentItem>",
        "<assessmentItem ><itemBody><matchInteraction/></itemBody></assessmentItem>",
        "<assessmentItem ><itemBody><positionObjectStage/><gapMatchInteraction/></itemBody></assessmentItem>",
        "<!DOCTYPE a><assessmentItem />",
    ] {
        let bank = read(package(&[("i.xml", broken)]), &Limits::default(), "Import", Language::English, &mut ()).unwrap();
        assert_eq!(bank.report.counts().items_in, bank.questions().count() + bank.report.counts().refused, "{broken}");
    }
}

#[test]
fn categories_are_sections_in_each_other() {
    let place = |path: &str, n: u32| (path.to_owned(), format!("items/Q{n}.xml"));
    let items = [place("$course$/top/A/B//C", 1), place("$course$/top/D", 2), place("$course$/top/A/E", 3), place("$course$/top/A", 4)];
    let xml = super::sections::write(&items, super::Version::V2_1);
    let titles: Vec<&str> = xml.match_indices("title=\"").filter_map(|(at, t)| xml[at + t.len()..].split('"').next()).collect();
    assert_eq!(titles, ["Question bank", "A", "B/C", "E", "D"]);
    let manifest = "<manifest><resources><resource identifier=\"t\" type=\"imsqti_test_xmlv2p1\" href=\"tests/t.xml\"/></resources></manifest>";
    let item = "<assessmentItem identifier=\"x\" title=\"T\"><itemBody><p>x</p></itemBody></assessmentItem>";
    let mut entries = vec![("imsmanifest.xml", manifest), ("tests/t.xml", xml.as_str())];
    entries.extend(items.iter().map(|(_, href)| (href.as_str(), item)));
    let bank = read(package(&entries), &Limits::default(), "Import", Language::English, &mut ()).unwrap();
    let all: Vec<_> = bank.categories.iter().map(|(c, q)| (c.name.as_str(), c.parent, q.len())).collect();
    assert_eq!(all, [("top", 0, 0), ("A", 1, 1), ("B/C", 2, 1), ("E", 2, 1), ("D", 1, 1)]);
}
