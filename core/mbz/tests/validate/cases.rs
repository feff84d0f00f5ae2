//! One archive for each rule: the sample with one thing dropped or changed.

use super::archive::{Archive, MANIFEST};
use parcours_mbz::validate::{Release, Rule};

pub struct Case {
    pub rule: Rule,
    /// Rules that cannot but be broken too.
    pub also: &'static [Rule],
    pub break_it: fn(&mut Archive),
    /// The Moodle that minds.
    pub target: Release,
}

const fn case(rule: Rule, break_it: fn(&mut Archive)) -> Case {
    Case { rule, also: &[], break_it, target: Release::M51 }
}

/// What 4.1 minds in a sample of 4.5.
const fn before(target: Release, rule: Rule, break_it: fn(&mut Archive)) -> Case {
    let also: &[Rule] = match target {
        Release::M41 => &[Rule::NewerRelease],
        _ => &[],
    };
    Case { rule, also, break_it, target }
}

const PAGE: &str = "activities/page_12/page.xml";
const PAGE_MODULE: &str = "activities/page_12/module.xml";
const NULL_CONDITION: &str = "<availability>$@NULL@$</availability>";

pub fn all() -> Vec<Case> {
    let mut all = archive_and_manifest();
    all.extend(documents_and_settings());
    all.extend(files());
    all.extend(people());
    all.extend(conditions());
    all.extend(questions());
    all.extend(numbers_and_places());
    all.extend(plugins());
    all.extend(releases());
    all
}

fn archive_and_manifest() -> Vec<Case> {
    vec![
        case(Rule::NoManifest, |a| a.remove(MANIFEST)),
        case(Rule::ManifestNotDetected, |a| a.edit(MANIFEST, "<information>", &format!("<!--{}--><information>", "x".repeat(200)))),
        case(Rule::NotWellFormed, |a| a.edit(PAGE, "</page>", "</pages>")),
        case(Rule::ControlCharacter, |a| a.edit(PAGE, "Un carré", "Un\u{1}carré")),
        case(Rule::ManifestLeafMissing, |a| a.edit(MANIFEST, "<original_course_id>3</original_course_id>", "")),
        case(Rule::BackupTooOld, |a| a.edit(MANIFEST, "<backup_version>2024100700", "<backup_version>2010010100")),
        case(Rule::NoDetail, |a| a.edit(MANIFEST, "<type>course</type>", "")),
        case(Rule::NoSectionsListed, |a| a.cut(MANIFEST, "<sections>", "</sections>")),
        case(Rule::TagInCourseName, |a| a.edit(MANIFEST, "Un petit", "Un &lt;b&gt;petit&lt;/b&gt;")),
        case(Rule::FrontPage, |a| a.edit(MANIFEST, "<original_course_format>topics", "<original_course_format>site")),
        case(Rule::ReleaseMissing, |a| a.edit(MANIFEST, "<moodle_version>2024100700</moodle_version>", "")),
        case(Rule::NewerRelease, |a| a.edit(MANIFEST, "<moodle_version>2024100700", "<moodle_version>2030042200.01")),
        case(Rule::RemoteUsers, |a| a.edit(MANIFEST, "<mnet_remoteusers>0", "<mnet_remoteusers>1")),
    ]
}

fn documents_and_settings() -> Vec<Case> {
    vec![
        case(Rule::MissingDocument, |a| a.remove("scales.xml")),
        case(Rule::MissingForSetting, |a| a.remove("activities/page_12/calendar.xml")),
        case(Rule::MissingLeaf, |a| a.edit("gradebook.xml", "<sortorder>1</sortorder>", "")),
        case(Rule::LateLeaf, |a| a.edit(PAGE, "<intro>", "<list>\n<item id=\"1\"><x>1</x></item>\n</list><intro>")),
        case(Rule::NumberMismatch, |a| a.edit(PAGE_MODULE, "id=\"12\"", "id=\"112\"")),
        case(Rule::NameMissing, |a| a.forum_becomes("quiz", "<quiz id=\"1\"><timeopen>0</timeopen></quiz>")),
        case(Rule::NoInforef, |a| a.remove("activities/forum_13/inforef.xml")),
        case(Rule::NoBlockDocument, |a| a.put("course/blocks/html_9/roles.xml", "<roles></roles>")),
        case(Rule::NoEnrolments, |a| {
            a.with_people("ana", "");
            a.remove("course/enrolments.xml");
        }),
        case(Rule::NotInContents, |a| a.put("activities/url_99/module.xml", "<module id=\"99\"></module>")),
        Case { also: &[Rule::NotInContents], ..case(Rule::UnreadBroken, |a| a.put("activities/url_99/module.xml", "<module>")) },
        case(Rule::NoRootSettings, |a| a.unset("<level>root</level>")),
        case(Rule::SwitchedOff, |a| a.set("label_11_included", "0")),
        case(Rule::UserinfoMissing, |a| {
            a.with_people("ana", "");
            a.unset("forum_13_userinfo");
        }),
        case(Rule::IncludedMissing, |a| a.unset("page_12_included")),
    ]
}

fn files() -> Vec<Case> {
    const CONTENT: &str = "files/46/46fbfec390b46485b24d4b97564ac4a7a7ff3ba5";
    vec![
        case(Rule::FileNotInInforef, |a| a.cut("activities/page_12/inforef.xml", "<id>7001", "</id>")),
        case(Rule::GroupNotInInforef, |a| a.edit("groups.xml", "<groups>", "<groups><group id=\"3\"><name>G</name></group>")),
        case(Rule::ScaleNotInInforef, |a| a.put("scales.xml", "<scales_definition><scale id=\"9\"><name>S</name></scale></scales_definition>")),
        case(Rule::RoleNotInInforef, |a| a.cut("course/inforef.xml", "<id>5", "</id>")),
        case(Rule::InforefDangling, |a| a.list("activities/forum_13", "<fileref><file><id>9999</id></file></fileref>")),
        case(Rule::MissingContent, |a| a.remove(CONTENT)),
        case(Rule::WrongHash, |a| a.put_bytes(CONTENT, b"another")),
        case(Rule::UnlistedContent, |a| a.put_bytes("files/11/11f6ad8ec52a2984abaafd7c3b516503785c2072", b"x")),
        case(Rule::FilesNotIncluded, |a| {
            a.edit(MANIFEST, "<include_files>1", "<include_files>0");
            a.remove(CONTENT);
        }),
        Case { also: &[Rule::FileOfText], ..case(Rule::UnknownFileContext, |a| a.edit("files.xml", "<contextid>1012", "<contextid>5555")) },
        case(Rule::FilePath, |a| {
            let file = "<file id=\"7003\"><contenthash>46fbfec390b46485b24d4b97564ac4a7a7ff3ba5</contenthash><contextid>1012</contextid>\
                        <component>mod_page</component><filearea>content</filearea><itemid>0</itemid><filepath>images</filepath><filename>a.png</filename></file>";
            a.edit("files.xml", "<files>", &format!("<files>{file}"));
            a.list("activities/page_12", "<fileref><file><id>7003</id></file></fileref>");
        }),
        case(Rule::FileItem, |a| {
            let file = "<file id=\"7003\"><contenthash>46fbfec390b46485b24d4b97564ac4a7a7ff3ba5</contenthash><contextid>1013</contextid>\
                        <component>mod_forum</component><filearea>post</filearea><itemid>77</itemid><filepath>/</filepath><filename>a.png</filename></file>";
            a.edit("files.xml", "<files>", &format!("<files>{file}"));
            a.list("activities/forum_13", "<fileref><file><id>7003</id></file></fileref>");
            let posts = "<posts><post id=\"1\"><parent>0</parent></post></posts>";
            a.edit("activities/forum_13/forum.xml", "<discussions>", &format!("<discussions><discussion id=\"1\">{posts}</discussion>"));
        }),
        case(Rule::FileOfText, |a| a.edit(PAGE, "Un carré", "&lt;img src=\"@@PLUGINFILE@@/d%C3%A9sert.png\"&gt;Un carré")),
        case(Rule::GroupPicture, |a| {
            a.edit("groups.xml", "<groups>", "<groups><group id=\"3\"><name>G</name><picture>0</picture></group>");
            a.list("course", "<groupref><group><id>3</id></group></groupref>");
            let icon = "<file id=\"7003\"><contenthash>46fbfec390b46485b24d4b97564ac4a7a7ff3ba5</contenthash><contextid>45</contextid>\
                        <component>group</component><filearea>icon</filearea><itemid>3</itemid><filepath>/</filepath><filename>f1.png</filename></file>";
            a.edit("files.xml", "<files>", &format!("<files>{icon}"));
        }),
    ]
}

fn people() -> Vec<Case> {
    fn enrol(a: &mut Archive, person: u32) {
        let enrolment = format!("<user_enrolments><enrolment id=\"1\"><userid>{person}</userid></enrolment>");
        a.edit("course/enrolments.xml", "<user_enrolments>", &enrolment);
    }
    vec![
        case(Rule::PersonNotInInforef, |a| {
            a.with_people("ana", "");
            a.edit("users.xml", "</users>", "<user id=\"901\"><username>bob</username></user></users>");
            enrol(a, 901);
        }),
        case(Rule::CommonUsername, |a| a.with_people("admin", "")),
        case(Rule::DeletedPerson, |a| a.with_people("ana", "<deleted>1</deleted>")),
        case(Rule::MissingPerson, |a| {
            a.with_people("ana", "");
            enrol(a, 999);
        }),
        case(Rule::AttemptOfMissingPerson, |a| {
            a.with_people("ana", "");
            let attempts = "<attempts><attempt id=\"1\"><userid>999</userid></attempt></attempts>";
            a.forum_becomes("quiz", &format!("<quiz id=\"1\"><name>Q</name><timeopen>0</timeopen>{attempts}</quiz>"));
        }),
        case(Rule::UnknownRole, |a| a.change("roles.xml", |text| text.replace("student", "tuteur"))),
        case(Rule::SecondGuest, |a| {
            let guests = "<enrol id=\"1\"><enrol>guest</enrol></enrol><enrol id=\"2\"><enrol>guest</enrol></enrol>";
            a.edit("course/enrolments.xml", "<enrols>", &format!("<enrols>{guests}"));
        }),
        case(Rule::RoleTarget, |a| {
            let assignment = "<assignment id=\"1\"><roleid>77</roleid><userid>0</userid></assignment>";
            a.put("course/roles.xml", &format!("<roles><role_assignments>{assignment}</role_assignments></roles>"));
        }),
        case(Rule::PrivateReply, |a| {
            let post = "<discussion id=\"1\"><posts><post id=\"1\"><privatereplyto>900</privatereplyto></post></posts></discussion>";
            a.edit("activities/forum_13/forum.xml", "<discussions>", &format!("<discussions>{post}"));
        }),
        case(Rule::CommentTwice, |a| {
            let comment = |id| format!("<comment id=\"{id}\"><userid>900</userid><timecreated>5</timecreated></comment>");
            a.put("activities/page_12/comments.xml", &format!("<comments>{}{}</comments>", comment(1), comment(2)));
        }),
        case(Rule::BrokenSerialised, |a| a.edit(PAGE, "<displayoptions>", "<displayoptions>a:1:{s:99:\"x\";i:1;}")),
        case(Rule::EncryptedLeaf, |a| a.edit(PAGE, "<intro>", "<password encrypted=\"true\">c2VjcmV0</password><intro>")),
    ]
}

fn conditions() -> Vec<Case> {
    vec![
        case(Rule::BrokenCondition, |a| a.edit(PAGE_MODULE, NULL_CONDITION, "<availability>{\"op\":</availability>")),
        case(Rule::UnknownCondition, |a| {
            a.edit(PAGE_MODULE, NULL_CONDITION, "<availability>{\"op\":\"|\",\"c\":[{\"type\":\"relativedate\"}],\"show\":true}</availability>");
        }),
        case(Rule::ConditionTarget, |a| {
            let condition = "{\"op\":\"&amp;\",\"c\":[{\"type\":\"completion\",\"cm\":77,\"e\":1}],\"showc\":[true]}";
            a.edit("sections/section_5/section.xml", "<availabilityjson>$@NULL@$", &format!("<availabilityjson>{condition}"));
        }),
        case(Rule::CriterionTarget, |a| {
            let criterion =
                "<course_completion_criteria id=\"1\"><criteriatype>4</criteriatype><moduleinstance>77</moduleinstance></course_completion_criteria>";
            a.put("completion.xml", &format!("<course_completion>{criterion}</course_completion>"));
        }),
    ]
}

/// A category with its leaves, and one question of a type.
fn category(id: u32, context: u32, level: u32, parent: u32, question: &str) -> String {
    let questions = match question {
        "" => String::new(),
        qtype => format!(
            "<question_bank_entries><question_bank_entry id=\"{id}\"><question_version><question_versions id=\"{id}\"><questions>\
             <question id=\"{id}\"><name>q</name><qtype>{qtype}</qtype></question></questions></question_versions></question_version>\
             </question_bank_entry></question_bank_entries>"
        ),
    };
    format!(
        "<question_category id=\"{id}\"><name>c{id}</name><contextid>{context}</contextid><contextlevel>{level}</contextlevel>\
         <parent>{parent}</parent>{questions}</question_category>"
    )
}

fn questions() -> Vec<Case> {
    const LISTED: &str = "<question_categoryref><question_category><id>1</id></question_category></question_categoryref>";
    fn slots(a: &mut Archive, slots: &str) {
        let row = format!("<quiz id=\"1\"><name>Q</name><timeopen>0</timeopen><question_instances>{slots}</question_instances></quiz>");
        a.forum_becomes("quiz", &row);
    }
    vec![
        case(Rule::CategoryNotInInforef, |a| a.with_categories(&category(1, 1013, 70, 0, "essay"))),
        case(Rule::SeveralTops, |a| a.with_categories(&[category(1, 1013, 70, 0, ""), category(2, 1013, 70, 0, "")].concat())),
        case(Rule::CategoryParent, |a| a.with_categories(&category(1, 1013, 70, 77, ""))),
        case(Rule::CategoryContext, |a| {
            a.with_categories(&category(1, 4444, 70, 0, "essay"));
            a.list("course", LISTED);
        }),
        case(Rule::CategoriesMove, |a| {
            a.with_categories(&category(1, 45, 50, 0, "essay"));
            a.list("course", LISTED);
        }),
        case(Rule::UnknownQuestionType, |a| {
            a.with_categories(&category(1, 1013, 70, 0, "stack"));
            a.list("course", LISTED);
        }),
        case(Rule::SlotQuestion, |a| {
            slots(
                a,
                "<question_instance id=\"1\"><question_reference id=\"1\"><questionbankentryid>77</questionbankentryid></question_reference></question_instance>",
            );
        }),
        case(Rule::ReleaseShape, |a| {
            let question = "<questions><question id=\"1\"><name>q</name><qtype>essay</qtype></question></questions>";
            a.with_categories(&category(1, 1013, 70, 0, "").replace("</question_category>", &format!("{question}</question_category>")));
            a.list("course", LISTED);
        }),
        case(Rule::SlotEmpty, |a| slots(a, "<question_instance id=\"1\"><slot>1</slot></question_instance>")),
        case(Rule::ClozePart, |a| {
            let part = "<plugin_qtype_multianswer_question><multianswer id=\"1\"><sequence>1,77</sequence></multianswer></plugin_qtype_multianswer_question>";
            let whole = category(1, 1013, 70, 0, "multianswer").replace("</question>", &format!("{part}</question>"));
            a.with_categories(&whole);
            a.list("course", LISTED);
        }),
        case(Rule::AttemptQuestion, |a| {
            let answer = "<question_attempts><question_attempt id=\"1\"><questionid>77</questionid></question_attempt></question_attempts>";
            let attempt = format!("<attempt id=\"1\"><userid>0</userid><question_usage id=\"1\">{answer}</question_usage></attempt>");
            a.forum_becomes("quiz", &format!("<quiz id=\"1\"><name>Q</name><timeopen>0</timeopen><attempts>{attempt}</attempts></quiz>"));
        }),
        case(Rule::RandomSource, |a| {
            let filter = "{\"filter\":{\"category\":{\"values\":[77]}}}";
            let set = format!("<question_set_reference id=\"1\"><filtercondition>{filter}</filtercondition></question_set_reference>");
            slots(a, &format!("<question_instance id=\"1\">{set}</question_instance>"));
        }),
    ]
}

fn numbers_and_places() -> Vec<Case> {
    vec![
        case(Rule::GradeCategory, |a| {
            let item = "<grade_items><grade_item id=\"71\"><categoryid>99</categoryid><sortorder>2</sortorder></grade_item></grade_items>";
            a.put("activities/page_12/grades.xml", &format!("<activity_gradebook>{item}</activity_gradebook>"));
        }),
        case(Rule::CalculationTarget, |a| a.edit("gradebook.xml", "<calculation>$@NULL@$", "<calculation>=##gi999##*2")),
        case(Rule::ScaleTarget, |a| a.edit("activities/forum_13/forum.xml", "<scale>0", "<scale>-9")),
        case(Rule::GroupingTarget, |a| a.edit(PAGE_MODULE, "<groupingid>0", "<groupingid>4")),
        case(Rule::GroupTarget, |a| {
            a.edit("activities/forum_13/forum.xml", "<discussions>", "<discussions><discussion id=\"1\"><groupid>4</groupid></discussion>");
        }),
        case(Rule::DuplicateIdnumber, |a| {
            for module in [PAGE_MODULE, "activities/label_11/module.xml"] {
                a.edit(module, "<idnumber>", "<idnumber>A1");
            }
        }),
        case(Rule::DuplicateId, |a| a.edit("activities/label_11/label.xml", "contextid=\"1011\"", "contextid=\"1013\"")),
        case(Rule::ActivitySection, |a| a.edit(MANIFEST, "<sectionid>5", "<sectionid>6")),
        case(Rule::NoSectionZero, |a| a.edit("sections/section_5/section.xml", "<number>0", "<number>1")),
        case(Rule::SectionNumber, |a| a.with_section(0, "", "")),
        case(Rule::Delegate, |a| a.forum_becomes("subsection", "<subsection id=\"1\"><name>S</name></subsection>")),
        case(Rule::SubsectionOrder, |a| {
            a.forum_becomes("subsection", "<subsection id=\"1\"><name>S</name></subsection>");
            a.with_section(1, "<parentcmid>13</parentcmid>", "<component>mod_subsection</component><itemid>1</itemid>");
            a.edit(MANIFEST, "<sectionid>5", "<sectionid>6");
        }),
        case(Rule::DanglingLink, |a| a.edit(PAGE, "Un carré", "$@PAGEVIEWBYID*999@$")),
        case(Rule::InnerTarget, |a| {
            let posts = "<posts><post id=\"1\"><parent>0</parent></post><post id=\"2\"><parent>77</parent></post></posts>";
            a.edit("activities/forum_13/forum.xml", "<discussions>", &format!("<discussions><discussion id=\"1\">{posts}</discussion>"));
        }),
        case(Rule::Competencies, |a| {
            let competency = "<competencies><competency><idnumber>C1</idnumber></competency></competencies>";
            a.put("course/competencies.xml", &format!("<course_competencies>{competency}</course_competencies>"));
        }),
        case(Rule::OddDate, |a| a.edit(PAGE, "<timemodified>", "<timemodified>9")),
        case(Rule::CarriageReturn, |a| a.edit(PAGE, "Un carré", "Un\r\ncarré")),
    ]
}

fn plugins() -> Vec<Case> {
    vec![
        // The label has a link to the forum.
        Case {
            also: &[Rule::DanglingLink],
            ..case(Rule::UnknownModule, |a| a.forum_becomes("nanogong", "<nanogong id=\"1\"><name>N</name></nanogong>"))
        },
        case(Rule::UnknownBlock, |a| {
            a.put("course/blocks/progress_9/roles.xml", "<roles></roles>");
            a.put("course/blocks/progress_9/block.xml", "<block id=\"9\" contextid=\"99\"><blockname>progress</blockname></block>");
        }),
        case(Rule::UnknownFormat, |a| a.edit("course/course.xml", "<format>topics", "<format>flexpage")),
        case(Rule::UnknownEnrolment, |a| a.edit("course/enrolments.xml", "<enrol>manual", "<enrol>apply")),
        case(Rule::UnknownFilter, |a| {
            a.put(
                "course/filters.xml",
                "<filters><filter_actives><filter_active><filter>generico</filter><active>1</active></filter_active></filter_actives></filters>",
            );
        }),
        case(Rule::UnknownGrading, |a| {
            let definition = "<definitions><definition id=\"1\"><method>btec</method><name>B</name></definition></definitions>";
            a.put("activities/forum_13/grading.xml", &format!("<areas><area id=\"1\"><areaname>forum</areaname>{definition}</area></areas>"));
        }),
        case(Rule::UnknownPlugin, |a| {
            a.edit(
                PAGE_MODULE,
                "</module>",
                "<plugin_local_notes_module><notes><note id=\"1\"><x>1</x></note></notes></plugin_local_notes_module></module>",
            );
        }),
    ]
}

fn releases() -> Vec<Case> {
    vec![
        before(Release::M41, Rule::NewerPart, |a| {
            let item = "<groupcustomfields><groupcustomfield id=\"1\"><shortname>x</shortname></groupcustomfield></groupcustomfields>";
            a.edit("groups.xml", "<groups>", &format!("<groups>{item}"));
        }),
        before(Release::M41, Rule::GroupVisibility, |a| {
            a.edit("groups.xml", "<groups>", "<groups><group id=\"3\"><name>G</name><visibility>2</visibility></group>");
            a.list("course", "<groupref><group><id>3</id></group></groupref>");
        }),
        before(Release::M41, Rule::RandomFilter, |a| {
            a.with_categories(&category(1, 1013, 70, 0, ""));
            let filter = "{\"filter\":{\"category\":{\"values\":[1]}}}";
            let set = format!("<question_set_reference id=\"1\"><filtercondition>{filter}</filtercondition></question_set_reference>");
            let slot = format!("<question_instances><question_instance id=\"1\">{set}</question_instance></question_instances>");
            a.forum_becomes("quiz", &format!("<quiz id=\"1\"><name>Q</name><timeopen>0</timeopen>{slot}</quiz>"));
        }),
        before(Release::M45, Rule::AttemptState, |a| {
            let attempts = "<attempts><attempt id=\"1\"><userid>0</userid><state>submitted</state></attempt></attempts>";
            a.forum_becomes("quiz", &format!("<quiz id=\"1\"><name>Q</name><timeopen>0</timeopen>{attempts}</quiz>"));
        }),
        Case {
            also: &[Rule::DanglingLink],
            ..before(Release::M45, Rule::BankMoves, |a| a.forum_becomes("qbank", "<qbank id=\"1\"><name>B</name></qbank>"))
        },
        Case {
            also: &[Rule::DanglingLink, Rule::NewerRelease],
            ..before(Release::M41, Rule::SubsectionFlat, |a| {
                a.forum_becomes("subsection", "<subsection id=\"1\"><name>S</name></subsection>");
                a.with_section(
                    1,
                    "<parentcmid>13</parentcmid><modname>subsection</modname>",
                    "<component>mod_subsection</component><itemid>1</itemid>",
                );
            })
        },
    ]
}
