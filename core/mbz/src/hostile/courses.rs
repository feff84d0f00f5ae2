//! SECURITY §5 C: well-formed archives whose values mean harm. Nothing of them is a fault of the archive, so they are read, and every value is kept as the text that it is; what it
//! must not do is for those who use it.

use super::{Case, Tar};
use crate::php::Php;

/// The cases of list C that an archive can show.
pub fn courses() -> Vec<Case> {
    let mut cases = values();
    cases.extend(numbers());
    cases
}

/// An archive of a course with one activity, and one document more.
fn with(name: &str, path: &'static str, xml: impl Fn() -> String + Send + Sync + 'static) -> Case {
    Case::new(name, None, move || course("page", "activities/page_7").file(path, xml().as_bytes()).gz())
}

fn course(module: &str, directory: &str) -> Tar {
    let activity = format!(
        "<activity><moduleid>7</moduleid><sectionid>3</sectionid><modulename>{module}</modulename><title>P</title><directory>{directory}</directory></activity>"
    );
    let section = "<section><sectionid>3</sectionid><title>1</title><directory>sections/section_3</directory></section>";
    let setting = "<setting><level>root</level><name>users</name><value>1</value></setting>";
    let detail = "<detail backup_id=\"0123456789abcdef0123456789abcdef\"><type>course</type><format>moodle2</format></detail>";
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<moodle_backup>\n  <information>\n    <name>x.mbz</name><backup_release>5.1</backup_release>\
         <backup_version>2025100600</backup_version><details>{detail}</details><contents><activities>{activity}</activities><sections>{section}</sections>\
         <course><courseid>2</courseid><title>C</title><directory>course</directory></course></contents><settings>{setting}</settings></information></moodle_backup>"
    );
    Tar::bare()
        .file("moodle_backup.xml", manifest.as_bytes())
        .file("course/course.xml", b"<course id=\"2\" contextid=\"20\"><shortname>c</shortname><fullname>C</fullname></course>")
}

fn values() -> Vec<Case> {
    let block = |config: String| format!("<block id=\"9\" contextid=\"90\"><blockname>html</blockname><configdata>{config}</configdata></block>");
    let object = |class: &str| format!("O:{}:\"{class}\":1:{{s:4:\"file\";s:11:\"/etc/passwd\";}}", class.len());
    let page = |content: &str| {
        format!("<activity id=\"1\" moduleid=\"7\" modulename=\"page\"><page id=\"1\"><name>P</name><content>{content}</content></page></activity>")
    };
    let file = |leaves: &str| format!("<files><file id=\"1\"><contenthash>{}</contenthash>{leaves}</file></files>", "0".repeat(40));
    let user = |leaves: &str| format!("<users><user id=\"2\" contextid=\"1\"><username>admin</username>{leaves}</user></users>");
    let pack = |text: &str| Php::Text(text.to_owned()).to_config();
    vec![
        Case::new("C01 a module that leads out", None, || course("../../x", "activities/../../x").gz()),
        Case::new("C01 a module that nobody has", None, || {
            course("evil", "activities/evil_7")
                .file("activities/evil_7/evil.xml", b"<activity id=\"1\" moduleid=\"7\" modulename=\"evil\"></activity>")
                .gz()
        }),
        with("C02 a block named by a path", "course/blocks/html_9/block.xml", move || block(String::new()).replace(">html<", ">..\\..\\config::x<")),
        with("C02 a question named by a path", "questions.xml", || {
            "<question_categories><question_category id=\"1\"><questions><question id=\"2\"><qtype>../../x</qtype></question></questions></question_category></question_categories>"
                .to_owned()
        }),
        with("C03 a setting that names a file", "activities/page_7/page.xml", move || {
            page("x").replace("<content>", "<display>/etc/passwd</display><content>")
        }),
        with("C04 an object of a class with code", "course/blocks/html_9/block.xml", move || block(base64(&object("core\\lock\\lock")))),
        with("C04 an object that reads itself", "course/blocks/html_9/block.xml", move || {
            block(base64("C:11:\"ArrayObject\":21:{x:i:0;a:0:{};m:a:0:{}}"))
        }),
        with("C04 ten thousand arrays deep", "course/blocks/html_9/block.xml", move || block(base64(&"a:1:{i:0;".repeat(10_000)))),
        with("C04 an array of 2^63 entries", "course/blocks/html_9/block.xml", move || block(base64("a:9223372036854775807:{i:0;N;}"))),
        with("C04 a text of 2^63 bytes", "course/blocks/html_9/block.xml", move || block(base64("s:9223372036854775807:\"x\";"))),
        with("C04 a million values", "course/blocks/html_9/block.xml", move || {
            block(base64(&format!("a:1000000:{{{}}}", "i:0;N;".repeat(1_000_000))))
        }),
        with("C04 a text inside a text", "course/blocks/html_9/block.xml", move || block(pack(&pack(&pack("x"))))),
        with("C05 a file that lies elsewhere", "files.xml", move || {
            file(
                "<filename>a</filename><repositorytype>local</repositorytype><repositoryid>1</repositoryid><reference>file:///etc/passwd</reference>",
            )
        }),
        with("C06 a file named by a path", "files.xml", move || file("<filepath>/../../../etc/</filepath><filename>../passwd</filename>")),
        with("C07 a link that leads out", "activities/page_7/page.xml", move || page("@@PLUGINFILE@@/../../%2e%2e/%2e%2e/etc/passwd%00.png")),
        with("C10 a text that says it is to be trusted", "activities/page_7/page.xml", move || {
            page("&lt;script&gt;alert(1)&lt;/script&gt;")
                .replace("</content>", "</content><contenttrust>1</contenttrust><contentformat>9</contentformat>")
        }),
        with("C15 somebody who is the administrator", "users.xml", move || {
            user("<email>admin@example.org</email><auth>manual</auth><mnethostid>1</mnethostid><suspended>0</suspended><password>$2y$10$x</password>")
        }),
        with("C20 secrets", "course/enrolments.xml", || {
            "<enrolments><enrols><enrol id=\"1\"><enrol>self</enrol><password>key</password></enrol></enrols></enrolments>".to_owned()
        }),
        with("C23 a link to anywhere", "activities/page_7/page.xml", move || page("$@PAGEVIEWBYID*99999999999999999999@$ $@EVILVIEWBYID*1@$")),
        with("C27 restrictions ten thousand deep", "activities/page_7/module.xml", || module(&"{\"op\":\"&amp;\",\"c\":[".repeat(10_000))),
        with("C27 a restriction of ten megabytes", "activities/page_7/module.xml", || {
            module(&format!("[{}0]", (0..1_400_000).map(|n| format!("{n},")).collect::<String>()))
        }),
        with("C27 a restriction of a kind that there is not", "activities/page_7/module.xml", || {
            module("{\"op\":\"!&amp;\",\"c\":[{\"type\":\"../../x\"}],\"show\":true}")
        }),
        with("C28 an address that runs", "activities/page_7/page.xml", move || {
            page("&lt;a href=\"javascript:alert(1)\"&gt;&lt;a href=\"data:text/html,x\"&gt;")
        }),
        with("C32 a formula of nothing but brackets", "gradebook.xml", || {
            let formula = format!("={}1{}", "(".repeat(500_000), ")".repeat(500_000));
            format!("<gradebook><grade_items><grade_item id=\"1\"><calculation>{formula}</calculation></grade_item></grade_items></gradebook>")
        }),
    ]
}

fn numbers() -> Vec<Case> {
    vec![
        with("C22 dates of no calendar", "course/calendarevents.xml", || {
            let event = |time: &str| format!("<event id=\"1\"><timestart>{time}</timestart></event>");
            let times = ["-9223372036854775808", "9223372036854775807", "253402300800", "-1", "1e300", "NaN"];
            format!("<events>{}</events>", times.map(event).concat())
        }),
        with("C24 posts that answer each other", "activities/forum_8/forum.xml", || {
            let post = |id: u64, parent: u64| format!("<post id=\"{id}\"><parent>{parent}</parent></post>");
            let posts = [post(1, 2), post(2, 1), post(3, 3)].concat();
            format!(
                "<activity id=\"1\" moduleid=\"8\" modulename=\"forum\"><forum id=\"1\"><discussions><discussion id=\"1\"><posts>{posts}</posts></discussion></discussions></forum></activity>"
            )
        }),
        with("C24 categories inside each other", "questions.xml", || {
            let category = |id: u64, parent: u64| format!("<question_category id=\"{id}\"><parent>{parent}</parent></question_category>");
            format!("<question_categories>{}</question_categories>", [category(1, 2), category(2, 1), category(3, 3)].concat())
        }),
        with("C24 a chain of 100 000 categories", "gradebook.xml", || {
            let category = |id: u64| format!("<grade_category id=\"{id}\"><parent>{}</parent></grade_category>", id + 1);
            format!("<gradebook><grade_categories>{}</grade_categories></gradebook>", (1..100_000).map(category).collect::<String>())
        }),
        with("C25 one number for two", "users.xml", || {
            "<users><user id=\"5\"></user><user id=\"5\"></user><user id=\"05\"></user></users>".to_owned()
        }),
        with("C26 a million grade items", "gradebook.xml", || {
            let item = |id: u64| format!("<grade_item id=\"{id}\"><itemtype>manual</itemtype></grade_item>");
            format!("<gradebook><grade_items>{}</grade_items></gradebook>", (1..1_000_000).map(item).collect::<String>())
        }),
    ]
}

fn module(availability: &str) -> String {
    format!("<module id=\"7\"><modulename>page</modulename><sectionid>3</sectionid><availability>{availability}</availability></module>")
}

/// A text as `configdata`, whether or not it is a value.
fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}
