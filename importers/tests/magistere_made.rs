//! M@gistère components on small courses made by hand: what the corpus does not hold.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/course.rs"]
mod course;

use course::{Course, doc, lines};
use parcours_course::{Language, Report};
use parcours_importers::magistere::{FOLDER, Options, plain, restore};
use parcours_mbz::php::Php;
use parcours_mbz::{Limits, Unpacked};

fn made(course: &mut Unpacked) -> Report {
    plain(course, &Options { language: Language::English, keep_original: false }).unwrap()
}

fn said(report: &Report, words: &str) -> bool {
    report.findings.iter().any(|f| f.detail.contains(words))
}

const QUESTIONNAIRE: &str = "<name>Q</name><intro></intro><introformat>1</introformat><qtype>1</qtype><respondenttype>fullname</respondenttype><resp_view>1</resp_view>\
 <sid>3</sid><completionsubmit>1</completionsubmit><autonum>2</autonum><surveys><survey id=\"3\"><title>Q</title><subtitle></subtitle><info></info><thank_head></thank_head>\
 <thank_body></thank_body><questions>\
 <question id=\"1\"><name>yn</name><type_id>1</type_id><position>1</position><content>&lt;p&gt;Yes?&lt;/p&gt;</content><required>y</required><deleted>n</deleted></question>\
 <question id=\"2\"><name>pb</name><type_id>99</type_id><position>2</position><content>BREAK</content><deleted>n</deleted></question>\
 <question id=\"3\"><name>ck</name><type_id>5</type_id><position>3</position><content>Which | ones</content><required>n</required><deleted>n</deleted><quest_choices>\
 <quest_choice id=\"31\"><content>a|b</content></quest_choice><quest_choice id=\"32\"><content>&lt;b&gt;c&lt;/b&gt;</content></quest_choice><quest_choice id=\"33\"><content>!other=Else</content></quest_choice>\
 </quest_choices><quest_dependencies><quest_dependency id=\"1\"><dependquestionid>1</dependquestionid><dependchoiceid>0</dependchoiceid><dependlogic>1</dependlogic></quest_dependency></quest_dependencies></question>\
 <question id=\"4\"><name>rate</name><type_id>8</type_id><length>3</length><precise>1</precise><position>4</position><content>Rate</content><required>n</required><deleted>n</deleted><quest_choices>\
 <quest_choice id=\"41\"><content>1=bad</content></quest_choice><quest_choice id=\"42\"><content>Food</content></quest_choice><quest_choice id=\"43\"><content>Beds</content></quest_choice></quest_choices></question>\
 <question id=\"5\"><name>gone</name><type_id>2</type_id><position>5</position><content>Gone</content><deleted>y</deleted></question>\
 <question id=\"6\"><name>text</name><type_id>3</type_id><position>6</position><content>&lt;img src=\"@@PLUGINFILE@@/i.png\"&gt; Say</content><required>n</required><deleted>n</deleted></question>\
 </questions></survey></surveys><responses>\
 <response id=\"1\"><submitted>50</submitted><complete>y</complete><userid>8</userid>\
 <response_bools><response_bool id=\"1\"><question_id>1</question_id><choice_id>y</choice_id></response_bool></response_bools>\
 <response_multiples><response_multiple id=\"1\"><question_id>3</question_id><choice_id>32</choice_id></response_multiple></response_multiples>\
 <response_others><response_other id=\"1\"><question_id>3</question_id><choice_id>33</choice_id><response>more</response></response_other></response_others>\
 <response_ranks><response_rank id=\"1\"><question_id>4</question_id><choice_id>42</choice_id><rankvalue>RANK</rankvalue></response_rank>\
 <response_rank id=\"2\"><question_id>4</question_id><choice_id>43</choice_id><rankvalue>-1</rankvalue></response_rank></response_ranks>\
 <response_texts><response_text id=\"1\"><question_id>6</question_id><response>&lt;p&gt;a &amp;amp; b &amp;lt;script&amp;gt;&lt;/p&gt;</response></response_text></response_texts></response>\
 <response id=\"2\"><submitted>51</submitted><complete>n</complete><userid>9</userid></response></responses>";

#[test]
fn a_questionnaire_becomes_a_feedback_with_its_answers() {
    for (rank, expected) in [("0", "1"), ("3", "3")] {
        let own = QUESTIONNAIRE.replace("RANK", rank);
        let mut c = Course::new().activity(20, "questionnaire", &own, "").file(90, 20, ("mod_questionnaire", "question"), 6, "i.png").make("topics");
        let report = made(&mut c);
        let feedback = doc(&mut c, "activities/feedback_20/feedback.xml");
        let f = feedback.child("feedback").unwrap();
        assert_eq!([f.leaf("anonymous"), f.leaf("multiple_submit"), f.leaf("publish_stats"), f.leaf("completionsubmit")], ["2", "0", "1", "1"]);
        let items = lines(f, "items", "item", &["typ", "name", "presentation"]);
        assert_eq!(
            items,
            [
                "multichoice Yes? r>>>>>Yes|No",
                "pagebreak  ",
                "multichoice Which | ones c>>>>>a/b|c|Else",
                "textfield Else 30|255",
                "label label Rate",
                "multichoice Food r>>>>>bad|2|3|Not applicable<<<<<1",
                "multichoice Beds r>>>>>bad|2|3|Not applicable<<<<<1",
                "label label <img src=\"@@PLUGINFILE@@/i.png\"> Say",
                "textarea Say 60|8",
            ]
        );
        let ids: Vec<i64> = f.records("items", "item").map(|i| i.id().unwrap()).collect();
        let check = f.records("items", "item").nth(2).unwrap();
        assert_eq!((check.number("dependitem"), check.leaf("dependvalue")), (Some(ids[0]), "Yes"));
        let done: Vec<_> = f.records("completeds", "completed").collect();
        assert_eq!((done.len(), done[0].leaf("userid"), done[0].leaf("timemodified")), (1, "8", "50"));
        let values: Vec<(usize, String)> = done[0]
            .records("values", "value")
            .map(|v| (ids.iter().position(|i| Some(*i) == v.number("item")).unwrap(), v.leaf("value").to_owned()))
            .collect();
        let expected = [(0, "1"), (2, "2|3"), (3, "more"), (5, expected), (6, "4"), (8, "a &amp; b &lt;script&gt;")].map(|(n, v)| (n, v.to_owned()));
        assert_eq!(values, expected);
        let mut seen = std::collections::HashSet::new();
        feedback.walk(&mut |e| assert!(e.id().is_none_or(|id| e.name == "activity" || e.name == "feedback" || seen.insert(id)), "{} twice", e.name));
        c.each("files.xml", "file", |_, file| {
            assert_eq!((file.leaf("component"), file.leaf("filearea"), file.number("itemid")), ("mod_feedback", "item", Some(ids[7])));
            Ok(())
        })
        .unwrap();
        assert!(said(&report, "1 answers that were not finished") && said(&report, "gone: deleted"));
    }
}

#[test]
fn contributions_find_their_subject_and_wait_for_their_day() {
    let contribution = |id: i64, subject: &str, user: i64, published: i64| {
        let (is, title, of) = if subject.is_empty() { (1, "S", "$@NULL@$") } else { (0, "$@NULL@$", subject) };
        format!(
            "<contribution id=\"{id}\"><message>&lt;p&gt;m{id}&lt;/p&gt;</message><messageformat>1</messageformat><userid>{user}</userid><groupid>4</groupid><issubject>{is}</issubject>\
             <subjecttitle>{title}</subjecttitle><subject>{of}</subject><timecreated>{id}</timecreated><timemodified>$@NULL@$</timemodified><timepublished>{published}</timepublished>\
             <mailed>1</mailed><favorites>\n</favorites><popularities>\n</popularities><subscriptions>\n</subscriptions></contribution>"
        )
    };
    // A reply before its subject, one that is published after the backup, and one whose subject is gone.
    let own = format!(
        "<name>F</name><intro></intro><contributions>{}{}{}{}</contributions>",
        contribution(1, "2", 8, 10),
        contribution(2, "", 7, 10),
        contribution(3, "2", 9, 2000),
        contribution(4, "99", 9, 10)
    );
    let mut c = Course::new()
        .activity(20, "socialforum", &own, "<completion>2</completion>")
        .file(90, 20, ("mod_socialforum", "attachment"), 1, "a.txt")
        .make("topics");
    made(&mut c);
    let forum = doc(&mut c, "activities/forum_20/forum.xml");
    let forum = forum.child("forum").unwrap();
    assert_eq!(forum.leaf("completionposts"), "1");
    let discussions: Vec<_> = forum.records("discussions", "discussion").collect();
    let of = |n: usize| lines(discussions[n], "posts", "post", &["userid", "subject", "message", "attachment"]);
    assert_eq!(of(0), ["7 S <p>m2</p> ", "8 Re: S <p>m1</p> 1"]);
    assert_eq!(of(1), ["9 m3 <p>m3</p> "]);
    assert_eq!((discussions[0].leaf("timestart"), discussions[1].leaf("timestart"), discussions[0].leaf("groupid")), ("0", "2000", "-1"));
    assert_eq!(of(2).len(), 1);
    let first = discussions[0].records("posts", "post").next().unwrap();
    assert_eq!((discussions[0].number("firstpost"), first.number("parent")), (first.id(), Some(0)));
    let reply = discussions[0].records("posts", "post").nth(1).unwrap();
    assert_eq!(reply.number("parent"), first.id());
    assert_eq!(doc(&mut c, "files.xml").children[0].number("itemid"), reply.id());
}

#[test]
fn what_is_for_trainers_is_hidden_from_learners() {
    let label = |kind: i64| format!("<name>N</name><intro>&lt;p&gt;x&lt;/p&gt;</intro><introformat>1</introformat><type>{kind}</type>");
    let allow = "<roles><role_overrides><override id=\"1\"><roleid>5</roleid><capability>mod/educationallabel:noteblockview</capability><permission>1</permission></override></role_overrides></roles>";
    let config = Php::object([
        ("title", Php::Text("R".into())),
        ("text_all", Php::Text("<p>all</p>".into())),
        ("text_5", Php::Text("<p>learners</p>".into())),
        ("text_6", Php::Text("<p>trainers</p>".into())),
        ("text_77", Php::Text("<p>unknown</p>".into())),
    ]);
    let note = Php::object([("selecttype", Php::Text("type4".into())), ("text", Php::Text("<p>note</p>".into()))]);
    let mut c = Course::new()
        .section(12, 2, "Closed", 0, "")
        .activity(20, "educationallabel", &label(1), "")
        .activity(21, "educationallabel", &label(4), "")
        .activity(22, "educationallabel", &label(4), "")
        .document("activities/educationallabel_22/roles.xml", allow)
        .block(1, "rolespecifichtml", &config.to_config(), "0")
        .block(2, "educationalbloc", &note.to_config(), "$@NULL@$")
        .block(3, "html", &Php::object([("title", Php::Text("T".into())), ("text", Php::Text("secret".into()))]).to_config(), "12")
        .block(4, "unheardof", "", "11")
        .make("topics");
    let report = made(&mut c);
    let visible = [20, 21, 22].map(|cm| doc(&mut c, &format!("activities/label_{cm}/module.xml")).leaf("visible").to_owned());
    assert_eq!(visible, ["1", "0", "1"]);
    assert_eq!(doc(&mut c, "activities/label_22/roles.xml").child("role_overrides").unwrap().children.len(), 0);
    let mut open = Vec::new();
    for path in c.documents().into_iter().filter(|p| p.ends_with("/block.xml")) {
        let block = doc(&mut c, &path);
        let text = Php::read_config(block.leaf("configdata")).unwrap().unwrap().get("text").unwrap().text().unwrap().to_owned();
        let hidden = block
            .records("block_positions", "block_position")
            .any(|p| p.leaf("visible") == "0" && p.leaf("pagetype") == block.leaf("pagetypepattern"));
        if !hidden {
            open.push(text);
        }
        assert!(block.child("sectionid").is_none());
    }
    assert_eq!(open, ["<p>all</p><h5>Participant</h5><p>learners</p>"]);
    assert!(said(&report, "not everybody sees"));
    // The role without archetype got one, so that a restore matches it.
    assert_eq!(doc(&mut c, "roles.xml").children[0].leaf("archetype"), "student");
}

#[test]
fn a_file_is_seen_by_others_when_whoever_was_asked_allowed_it() {
    let file = |id: i64, teacher: &str, person: &str| {
        format!(
            "<file id=\"{id}\"><userid>{id}</userid><timecreated>5</timecreated><filename>f</filename><type>0</type><teacherapproval>{teacher}</teacherapproval><studentapproval>{person}</studentapproval></file>"
        )
    };
    let null = "$@NULL@$";
    for (rules, expected, approval) in
        [(("1", "0"), ["1", "0", "0", "1"], "1"), (("1", "1"), ["1", "0", "0", "0"], "1"), (("0", "0"), ["1", "0", "1", "1"], "1")]
    {
        let own = format!(
            "<name>P</name><intro></intro><obtainteacherapproval>{}</obtainteacherapproval><obtainstudentapproval>{}</obtainstudentapproval><duedate>9</duedate><cutoffdate>0</cutoffdate><mode>0</mode>\
             <maxfiles>3</maxfiles><files>{}{}{}{}</files>",
            rules.0,
            rules.1,
            file(1, "1", "1"),
            file(2, "2", "1"),
            file(3, null, null),
            file(4, "1", null)
        );
        let mut c = Course::new().activity(20, "publication", &own, "").file(90, 20, ("mod_publication", "attachment"), 3, "f").make("topics");
        made(&mut c);
        let data = doc(&mut c, "activities/data_20/data.xml");
        let data = data.child("data").unwrap();
        assert_eq!(lines(data, "records", "record", &["approved"]), expected, "{rules:?}");
        assert_eq!((data.leaf("approval"), data.leaf("maxentries"), data.leaf("timeavailableto")), (approval, "3", "9"));
        let third = data.records("records", "record").nth(2).unwrap().records("contents", "content").next().unwrap().id();
        assert_eq!(doc(&mut c, "files.xml").children[0].number("itemid"), third);
    }
}

#[test]
fn groups_are_picked_by_name_and_members_have_picked() {
    let own = "<name>G</name><intro></intro><publish>1</publish><showresults>3</showresults><completionsubmit>0</completionsubmit><options><option id=\"1\"><groupid>40</groupid><maxanswers>2</maxanswers><timemodified>1</timemodified></option>\
               <option id=\"2\"><groupid>99</groupid><maxanswers>$@NULL@$</maxanswers><timemodified>1</timemodified></option></options>";
    let mut c = Course::new().group(40, "A", &[7, 8]).group(41, "B", &[9]).activity(20, "choicegroup", own, "").make("topics");
    made(&mut c);
    let choice = doc(&mut c, "activities/choice_20/choice.xml");
    let choice = choice.child("choice").unwrap();
    assert_eq!(lines(choice, "options", "option", &["text", "maxanswers"]), ["A 2", "Group 99 0"]);
    assert_eq!(lines(choice, "answers", "answer", &["userid", "timemodified"]), ["7 5", "8 5"]);
    assert_eq!(doc(&mut c, "activities/choice_20/inforef.xml").child("userref").unwrap().children.len(), 2);
}

#[test]
fn a_module_nobody_knows_becomes_a_page_and_its_grades_stay() {
    let own = "<name>X</name><intro>&lt;p&gt;intro&lt;/p&gt;</intro><rules>&lt;p&gt;rules&lt;/p&gt;</rules><size>3</size><plays><play id=\"1\"><userid>8</userid></play></plays>";
    let item = "<grade_item id=\"60\"><itemname>X</itemname><itemtype>mod</itemtype><itemmodule>game</itemmodule><iteminstance>20</iteminstance><itemnumber>0</itemnumber><grade_grades><grade_grade id=\"1\"><userid>8</userid></grade_grade></grade_grades></grade_item>";
    let mut c = Course::new()
        .activity(20, "game", own, "<completion>2</completion>")
        .document("activities/game_20/grades.xml", &format!("<activity_gradebook><grade_items>{item}</grade_items></activity_gradebook>"))
        .document("activities/game_20/inforef.xml", "<inforef><grade_itemref><grade_item><id>60</id></grade_item></grade_itemref></inforef>")
        .document("gradebook.xml", "<gradebook><grade_items><grade_item id=\"1\"><itemtype>course</itemtype></grade_item></grade_items></gradebook>")
        .activity(21, "page", "<name>P</name><intro></intro><content>&lt;a href=\"$@GAMEVIEWBYID*20@$\"&gt;a&lt;/a&gt; &lt;a href=\"$@GAMEVIEWBYID*5@$\"&gt;b&lt;/a&gt; https://m.example.org/ac/mod/game/view.php?id=20&amp;amp;x=1</content>", "")
        .make("topics");
    let report = made(&mut c);
    let page = doc(&mut c, "activities/page_20/page.xml");
    let content = page.child("page").unwrap().leaf("content");
    assert!(content.contains("<code>game</code>") && content.contains("<p>rules</p>") && page.child("page").unwrap().leaf("intro") == "<p>intro</p>");
    let gradebook = doc(&mut c, "gradebook.xml");
    let manual = gradebook.records("grade_items", "grade_item").nth(1).unwrap();
    assert_eq!((manual.id(), manual.leaf("itemtype"), manual.value("itemmodule")), (Some(60), "manual", None));
    assert_eq!(doc(&mut c, "activities/page_20/module.xml").leaf("completionview"), "1");
    assert!(doc(&mut c, "activities/page_20/inforef.xml").children.is_empty());
    let links = doc(&mut c, "activities/page_21/page.xml").child("page").unwrap().leaf("content").to_owned();
    assert_eq!(links, "<a href=\"$@PAGEVIEWBYID*20@$\">a</a> <a href=\"https://m.example.org/ac/mod/game/view.php?id=5\">b</a> $@PAGEVIEWBYID*20@$");
    let manifest = c.manifest();
    assert_eq!((manifest.activities[0].modulename.as_str(), manifest.activities[0].directory.as_str()), ("page", "activities/page_20"));
    let names: Vec<&str> = manifest.settings.iter().filter(|s| s.owner == "page_20").map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["page_20_included", "page_20_userinfo"]);
    assert!(said(&report, "a view completes it"));
}

#[test]
fn a_record_too_large_to_be_held_is_a_page_too() {
    let own = format!(
        "<name>W</name><intro></intro><wordsallowed>1</wordsallowed>{}",
        (0..200)
            .map(|n| format!("<wordcloud_words id=\"{n}\"><userid>{n}</userid><word>{}</word></wordcloud_words>", "x".repeat(100)))
            .collect::<String>()
    );
    let mut c = Course::with(&Limits { record_bytes: 16 << 10, ..Limits::default() }).activity(20, "wordcloud", &own, "").make("topics");
    made(&mut c);
    assert_eq!(doc(&mut c, "activities/page_20/page.xml").child("page").unwrap().leaf("name"), "W");
}

#[test]
fn what_people_typed_is_text_where_moodle_shows_it_as_it_is() {
    let pad = "<name>E</name><intro></intro><introformat>1</introformat><content><html>&lt;body&gt;&lt;script&gt;x&lt;/script&gt;&lt;/body&gt;</html><text>&lt;script&gt;x&lt;/script&gt;\nb</text></content>";
    let cloud = "<name>W</name><intro></intro><wordsallowed>3</wordsallowed><wordsrequired>1</wordsrequired><completionwords>0</completionwords>\
                 <wordcloud_words id=\"1\"><userid>8</userid><word>&lt;script&gt;</word><timemodified>4</timemodified></wordcloud_words>\
                 <wordcloud_words id=\"2\"><userid>8</userid><word>b</word><timemodified>6</timemodified></wordcloud_words>";
    let mut c = Course::new().activity(20, "etherpadlite", pad, "").activity(21, "wordcloud", cloud, "").make("topics");
    made(&mut c);
    let wiki = doc(&mut c, "activities/wiki_20/wiki.xml");
    let intro = wiki.child("wiki").unwrap().leaf("intro");
    assert!(intro.contains("&lt;script&gt;x&lt;/script&gt;<br />\nb") && !intro.contains("<script"));
    let feedback = doc(&mut c, "activities/feedback_21/feedback.xml");
    let feedback = feedback.child("feedback").unwrap();
    assert_eq!(lines(feedback, "items", "item", &["name", "required"]), ["Word 1 1", "Word 2 0", "Word 3 0"]);
    let done = feedback.records("completeds", "completed").next().unwrap();
    assert_eq!(
        (done.leaf("timemodified"), lines(done, "values", "value", &["value"])),
        ("6", vec!["&lt;script&gt;".to_owned(), "b".to_owned(), String::new()])
    );
}

#[test]
fn recordings_become_files_where_poodll_was() {
    let assign = "<name>A</name><intro></intro><submissions><submission id=\"3\"><userid>8</userid><subplugin_assignsubmission_onlinepoodll_submission><submission_onlinepoodll><submission>3</submission></submission_onlinepoodll></subplugin_assignsubmission_onlinepoodll_submission></submission>\
                  <submission id=\"4\"><userid>9</userid></submission></submissions><grades>\n</grades><plugin_configs><plugin_config id=\"1\"><plugin>onlinepoodll</plugin><subtype>assignsubmission</subtype><name>enabled</name><value>1</value></plugin_config>\
                  <plugin_config id=\"2\"><plugin>file</plugin><subtype>assignsubmission</subtype><name>enabled</name><value>0</value></plugin_config></plugin_configs>";
    let quiz = "<name>Q</name><timeopen>0</timeopen><question_attempts><question_attempt id=\"1\"><questionid>70</questionid></question_attempt></question_attempts>";
    let questions = "<question_categories><question_category id=\"1\"><contextid>2</contextid><questions><question id=\"70\"><name>O</name><qtype>poodllrecording</qtype><plugin_qtype_poodllrecording_question>\
                     <poodllrecording id=\"5\"><graderinfo>Listen</graderinfo><graderinfoformat>1</graderinfoformat></poodllrecording></plugin_qtype_poodllrecording_question></question></questions></question_category></question_categories>";
    let mut c = Course::new()
        .activity(20, "assign", assign, "")
        .activity(21, "quiz", quiz, "")
        .document("questions.xml", questions)
        .file(90, 20, ("assignsubmission_onlinepoodll", "submissions_onlinepoodll"), 3, "a.mp3")
        .make("topics");
    let report = made(&mut c);
    let assign = doc(&mut c, "activities/assign_20/assign.xml");
    let assign = assign.child("assign").unwrap();
    let works: Vec<_> = assign.records("submissions", "submission").collect();
    let file = works[0].at(&["subplugin_assignsubmission_file_submission", "submission_file"]).unwrap();
    assert_eq!(
        (file.leaf("numfiles"), file.leaf("submission"), works[1].child("subplugin_assignsubmission_file_submission").is_some()),
        ("1", "3", false)
    );
    assert_eq!(
        lines(assign, "plugin_configs", "plugin_config", &["plugin", "name", "value"]),
        ["file enabled 1", "file maxfilesubmissions 1", "file maxsubmissionsizebytes 0"]
    );
    let files = doc(&mut c, "files.xml");
    assert_eq!(["component", "filearea", "itemid"].map(|l| files.children[0].leaf(l)), ["assignsubmission_file", "submission_files", "3"]);
    let questions = doc(&mut c, "questions.xml");
    let essay = questions.children[0].records("questions", "question").next().unwrap();
    assert_eq!((essay.leaf("qtype"), essay.at(&["plugin_qtype_essay_question", "essay"]).unwrap().leaf("graderinfo")), ("essay", "Listen"));
    assert!(said(&report, "1 recorded answers"));
}

#[test]
fn sections_below_others_say_so_and_those_below_hidden_ones_are_hidden() {
    let below =
        |n: i64| format!("<course_format_options id=\"1\"><format>modular</format><name>ParentId</name><value>{n}</value></course_format_options>");
    let mut c = Course::new()
        .section(12, 2, "Deux", 1, &below(1))
        .section(13, 3, "Trois", 1, &below(2))
        .section(14, 4, "Caché", 0, "")
        .section(15, 5, "Dessous", 1, &below(4))
        .section(16, 6, "Boucle", 1, &below(6))
        .activity(20, "completionmarker", "<name>M</name><intro></intro><introformat>1</introformat>", "<completion>1</completion><availability>{\"op\":\"&amp;\",\"c\":[{\"type\":\"completion\",\"cm\":99,\"e\":1}],\"showc\":[true]}</availability>")
        .make("modular");
    let report = made(&mut c);
    let names: Vec<String> =
        [12, 13, 15, 16].iter().map(|id| doc(&mut c, &format!("sections/section_{id}/section.xml")).leaf("name").to_owned()).collect();
    assert_eq!(names, ["Un › Deux", "Un › Deux › Trois", "Caché › Dessous", "Boucle"]);
    assert_eq!(doc(&mut c, "sections/section_15/section.xml").leaf("visible"), "0");
    assert_eq!(c.manifest().sections[3].title, "Un › Deux › Trois");
    let course = doc(&mut c, "course/course.xml");
    assert_eq!((course.leaf("format"), course.leaf("coursedisplay"), c.manifest().information.course_format.as_str()), ("topics", "1", "topics"));
    // A condition on an activity that is not there locks nothing any more, and that is said.
    let module = doc(&mut c, "activities/label_20/module.xml");
    assert_eq!((module.value("availability"), module.leaf("completion")), (None, "1"));
    assert!(said(&report, "(completion 99)"));
}

#[test]
fn people_enrolled_by_a_method_that_is_not_there_are_enrolled_by_hand() {
    let mut c = Course::new()
        .document("course/enrolments.xml", "<enrolments><enrols><enrol id=\"1\"><enrol>gaia</enrol><user_enrolments><enrolment id=\"1\"><userid>8</userid></enrolment></user_enrolments></enrol></enrols></enrolments>")
        .document("course/roles.xml", "<roles><role_assignments><assignment id=\"1\"><roleid>5</roleid><component>enrol_gaia</component><itemid>1</itemid></assignment><assignment id=\"2\"><component>enrol_self</component><itemid>3</itemid></assignment></role_assignments></roles>")
        .make("topics");
    let report = made(&mut c);
    assert_eq!(doc(&mut c, "course/enrolments.xml").records("enrols", "enrol").next().unwrap().leaf("enrol"), "manual");
    assert_eq!(lines(&doc(&mut c, "course/roles.xml"), "role_assignments", "assignment", &["component", "itemid"]), [" 0", "enrol_self 3"]);
    assert!(said(&report, "gaia"));
}

#[test]
fn what_was_kept_is_looked_at_before_it_is_a_document_again() {
    let mut c = Course::new().activity(20, "completionmarker", "<name>M</name><intro></intro>", "").make("topics");
    plain(&mut c, &Options { language: Language::French, keep_original: true }).unwrap();
    let kept = "parcours/original/activities/completionmarker_20/completionmarker.xml.kept";
    assert!(c.has(kept) && !c.has("activities/completionmarker_20/completionmarker.xml"));
    c.put_bytes(kept, b"<!DOCTYPE a [<!ENTITY b \"c\">]><activity></activity>").unwrap();
    assert!(restore(&mut c).is_err());
    c.put_bytes(kept, b"<activity></activity>").unwrap();
    restore(&mut c).unwrap();
    assert!(c.has("activities/completionmarker_20/completionmarker.xml") && c.paths().iter().all(|p| !p.starts_with(FOLDER)));
}
