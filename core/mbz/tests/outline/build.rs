//! What is built is restored whole, and read as it was asked for.

use parcours_course::Text;
use parcours_course::outline::*;
use parcours_mbz::outline::{Build, Info, NewActivity, NewSection, content, read};
use parcours_mbz::validate::Severity;
use parcours_mbz::xml::Element;
use parcours_mbz::{Container, Error, Limits, Spool, Unpacked, validate};
use std::io::{Cursor, Read};

const NOW: i64 = 1_790_000_000;

fn new() -> Build {
    let info = Info {
        fullname: "Les oiseaux & <b>cie</b>".into(),
        shortname: "OIS".into(),
        summary: Text::html("<p>Bonjour</p>"),
        language: "fr".into(),
        start: 1_700_000_000,
        now: NOW,
        site: "https://example.org/".into(),
        ..Info::default()
    };
    Build::new(Spool::new().unwrap(), &Limits::default(), info)
}

/// One of each kind.
fn contents() -> Vec<(&'static str, Content)> {
    let text = |t: &str| Text::html(format!("<p>{t} &amp; é</p>"));
    let chapter = |id, title: &str, sub| Chapter { id, title: title.into(), sub, hidden: sub, content: text(title) };
    let item = |id, kind: &str, presentation: &str| Item {
        id,
        kind: kind.into(),
        name: format!("{kind}?"),
        presentation: presentation.into(),
        ..Item::default()
    };
    let entry = Entry {
        id: 3,
        concept: "Hulotte".into(),
        definition: text("Chouette"),
        aliases: vec!["Chat-huant".into()],
        categories: vec!["Rapaces".into()],
    };
    let slot = |page, mark, what| Slot { page, mark, what };
    let quiz = Quiz {
        limit: 600,
        attempts: 2,
        method: 1,
        grade: 20.0,
        behaviour: "interactive".into(),
        shuffle: true,
        free: true,
        slots: vec![slot(1, 1.0, Slotted::Entry(11)), slot(2, 2.5, Slotted::Random { category: 6, subcategories: true })],
        headings: vec![Heading { slot: 1, ..Heading::default() }, Heading { slot: 2, text: "B".into(), shuffle: true }],
        feedbacks: vec![Band { id: 1, text: text("Bravo"), from: 10.0, to: 21.0 }, Band { id: 2, text: text("Bof"), from: 0.0, to: 10.0 }],
        ..Quiz::default()
    };
    vec![
        ("label", Content::Label),
        ("page", Content::Page(text("Page"))),
        ("url", Content::Url("https://example.org/?a=1&b=<2>".into())),
        ("resource", Content::Resource),
        ("folder", Content::Folder),
        ("book", Content::Book(vec![chapter(1, "Un", false), chapter(2, "Un et demi", true)])),
        ("forum", Content::Forum(Forum { kind: "qanda".into() })),
        ("quiz", Content::Quiz(quiz)),
        ("assign", Content::Assign(Assign { due: NOW, grade: 20, activity: text("Consigne"), text: true, files: 3, ..Assign::default() })),
        (
            "lti",
            Content::Lti(Lti { url: "https://tool.example.org".into(), parameters: "a=1\nb=2".into(), window: 4, grade: 100, icon: String::new() }),
        ),
        ("glossary", Content::Glossary(vec![entry])),
        ("choice", Content::Choice(Choice { options: vec!["Oui".into(), "Non & <b>".into()], multiple: true })),
        (
            "feedback",
            Content::Feedback(vec![item(1, "multichoice", "r>>>>>a|b"), Item { depends: 1, answer: "a".into(), ..item(2, "textarea", "30|5") }]),
        ),
    ]
}

/// A course with one activity of each kind, and what was asked for in it.
fn course() -> (Unpacked, Vec<(i64, NewActivity)>) {
    let mut build = new();
    let picture = build.store(&b"picture"[..]).unwrap();
    build.course_files(vec![picture.file("overviewfiles", 0, "/p.png")]);
    build.section(NewSection::default()).unwrap();
    let section = build
        .section(NewSection { files: vec![picture.file("", 0, "/d/s.png")], summary: Text::html("<p>S</p>"), ..NewSection::named("Chouettes <i>") })
        .unwrap();
    let hidden = build.section(NewSection { visible: false, ..NewSection::named("Ailleurs") }).unwrap();
    let mut asked = Vec::new();
    for (at, (module, content)) in contents().into_iter().enumerate() {
        let area = if module == "book" { ("chapter", 2) } else { ("content", 0) };
        let mut activity = NewActivity::new(format!("{module} é & <b>{at}</b>"), content)
            .with(picture.file("intro", 0, "/i n.png"))
            .with(picture.file(area.0, area.1, "/à/b.png"));
        activity.intro = Text::html("<img src=\"@@PLUGINFILE@@/i%20n.png\">");
        activity.idnumber = format!("n{at}");
        (activity.indent, activity.stealth, activity.completion) = (1, at == 2, 1);
        activity.show_intro = at % 2 == 0;
        let cm = build.activity(if at < 7 { section } else { hidden }, activity.clone()).unwrap();
        asked.push((cm, activity));
    }
    let (context, course) = build.bank_context();
    build.put_questions(&bank(context, course), &[5, 6], vec![]).unwrap();
    (build.finish().unwrap(), asked)
}

/// Two categories, and one question that explains something.
fn bank(context: i64, course: i64) -> Element {
    let leaves = |of: &[(&str, &str)]| of.iter().map(|(n, v)| Element::new(n, v)).collect::<Vec<_>>();
    let category = |id: i64, name: &str, parent: i64, entries: Vec<Element>| {
        let mut all = vec![
            Element::new("name", name),
            Element::new("contextid", context),
            Element::new("contextlevel", 50),
            Element::new("contextinstanceid", course),
        ];
        all.extend(leaves(&[("info", ""), ("infoformat", "0")]));
        all.extend([
            Element::new("stamp", format!("example.org+{id}")),
            Element::new("parent", parent),
            Element::new("sortorder", 0),
            Element::new("idnumber", "$@NULL@$"),
        ]);
        all.push(Element::group("question_bank_entries", entries));
        Element::record("question_category", id, all)
    };
    let mut question = leaves(&[
        ("parent", "0"),
        ("name", "Q"),
        ("questiontext", "T"),
        ("questiontextformat", "1"),
        ("generalfeedback", ""),
        ("generalfeedbackformat", "1"),
    ]);
    question.extend(leaves(&[
        ("defaultmark", "0"),
        ("penalty", "0"),
        ("qtype", "description"),
        ("length", "0"),
        ("stamp", "example.org+q"),
        ("timecreated", "1"),
        ("timemodified", "1"),
        ("createdby", "$@NULL@$"),
        ("modifiedby", "$@NULL@$"),
    ]));
    let version = Element::record(
        "question_versions",
        1,
        [Element::new("version", 1), Element::new("status", "ready"), Element::group("questions", [Element::record("question", 1, question)])],
    );
    let entry = Element::record(
        "question_bank_entry",
        11,
        [
            Element::new("questioncategoryid", 6),
            Element::new("idnumber", "$@NULL@$"),
            Element::new("ownerid", "$@NULL@$"),
            Element::group("question_version", [version]),
        ],
    );
    Element::group("question_categories", [category(5, "top", 0, vec![]), category(6, "Oiseaux", 5, vec![entry])])
}

fn written(mut archive: Unpacked) -> Cursor<Vec<u8>> {
    Cursor::new(archive.write(Cursor::new(Vec::new()), Container::Tgz).unwrap().into_inner())
}

#[test]
fn nothing_of_what_is_built_is_refused_dropped_or_degraded() {
    let bytes = written(course().0);
    if let Some(path) = std::env::var_os("PARCOURS_KEEP") {
        std::fs::write(path, bytes.get_ref()).unwrap();
    }
    let verdict = validate(bytes, &Limits::default()).unwrap();
    let worse: Vec<_> = verdict.findings.iter().filter(|f| f.severity != Severity::Note).collect();
    assert!(worse.is_empty(), "{worse:#?}");
    let empty = validate(written(new().finish().unwrap()), &Limits::default()).unwrap();
    assert!(empty.findings.iter().all(|f| f.severity == Severity::Note), "{:#?}", empty.findings);
}

#[test]
fn what_is_built_is_read_as_it_was_asked_for() {
    let (archive, asked) = course();
    let mut again = Unpacked::open(written(archive), &Limits::default(), Spool::new().unwrap()).unwrap();
    assert_eq!(again.report.counts().items_in, 0, "{:?}", again.report);
    let outline = read(&mut again).unwrap();
    let course = (outline.fullname.as_str(), outline.shortname.as_str(), outline.language.as_str(), outline.start, outline.site.as_str());
    assert_eq!(course, ("Les oiseaux & cie", "OIS", "fr", 1_700_000_000, "https://example.org"));
    assert_eq!((outline.files[0].path.as_str(), outline.files[0].mime.as_deref()), ("/p.png", Some("image/png")));
    let sections: Vec<_> = outline.sections.iter().map(|s| (s.number, s.name.as_str(), s.visible, s.files.len(), s.activities.len())).collect();
    assert_eq!(sections, [(0, "", true, 0, 0), (1, "Chouettes <i>", true, 1, 7), (2, "Ailleurs", false, 0, 6)]);
    assert_eq!(again.manifest().sections[1].title, "Chouettes ");
    for (cm, new) in &asked {
        let a = outline.activity(*cm).unwrap();
        let back = NewActivity { cm: 0, content: content(&mut again, a).unwrap(), ..NewActivity::of(a, Content::Other) };
        let plain = |files: &[File]| files.iter().map(|f| (f.area.clone(), f.path.clone(), f.hash.clone(), f.size)).collect::<Vec<_>>();
        assert_eq!(plain(&back.files), plain(&new.files), "{}", a.module);
        assert!(back.files.iter().all(|f| f.component == format!("mod_{}", a.module)));
        assert_eq!(
            NewActivity { files: vec![], content: Content::Other, ..back.clone() },
            NewActivity { files: vec![], content: Content::Other, ..new.clone() }
        );
        assert_eq!(numberless(back.content), numberless(new.content.clone()), "{}", a.module);
    }
    let mut body = String::new();
    let hash = outline.files[0].hash.clone();
    again.content(&hash).unwrap().unwrap().read_to_string(&mut body).unwrap();
    assert_eq!(body, "picture");
}

/// Records get numbers of the archive's; all else stays.
fn numberless(content: Content) -> Content {
    match content {
        Content::Book(all) => Content::Book(all.into_iter().map(|c| Chapter { id: 0, ..c }).collect()),
        Content::Glossary(all) => Content::Glossary(all.into_iter().map(|e| Entry { id: 0, ..e }).collect()),
        Content::Feedback(all) => Content::Feedback(all.into_iter().map(|i| Item { id: 0, depends: i64::from(i.depends != 0), ..i }).collect()),
        other => other,
    }
}

#[test]
fn records_of_two_activities_never_share_a_number_and_files_follow() {
    let mut build = new();
    let stored = build.store(&b"x"[..]).unwrap();
    let book = |n: &str| {
        let chapters = vec![Chapter { id: 1, title: n.into(), ..Chapter::default() }];
        NewActivity::new(n, Content::Book(chapters)).with(stored.file("chapter", 1, &format!("/{n}.png")))
    };
    for name in ["a", "b"] {
        build.activity(0, book(name)).unwrap();
    }
    let mut archive = build.finish().unwrap();
    let outline = read(&mut archive).unwrap();
    let mut ids = Vec::new();
    for (_, a) in outline.activities() {
        let Content::Book(chapters) = content(&mut archive, a).unwrap() else { panic!() };
        assert_eq!(a.area("chapter", chapters[0].id).map(|f| f.name().to_owned()).collect::<Vec<_>>(), [format!("{}.png", a.name)]);
        ids.push(chapters[0].id);
    }
    assert_eq!(ids, [1, 2]);
}

#[test]
fn links_can_lead_to_what_is_still_to_come() {
    let mut build = new();
    let (later, chapter) = (build.reserve(), build.number());
    let link = Build::module_link(later, "book");
    let first = build.activity(0, NewActivity::new("P", Content::Page(Text::html(format!("<a href=\"{link}\">x</a>"))))).unwrap();
    let book = NewActivity { cm: later, ..NewActivity::new("B", Content::Book(vec![Chapter { id: chapter, ..Chapter::default() }])) };
    assert_eq!((build.activity(0, book.clone()).unwrap(), link.as_str()), (later, "$@BOOKVIEWBYID*1@$"));
    assert!(first != later && build.activity(0, book).unwrap() != later);
    let unmade = build.activity(0, NewActivity::new("W", Content::Wiki(vec![])));
    assert!(matches!(unmade, Err(Error::Io(_))) && !Build::makes(&Content::Scorm));
    let mut archive = build.finish().unwrap();
    let outline = read(&mut archive).unwrap();
    let Content::Book(chapters) = content(&mut archive, outline.activity(later).unwrap()).unwrap() else { panic!() };
    assert_eq!(chapters[0].id, chapter);
}

#[test]
fn texts_that_no_document_can_hold_are_made_so_that_one_can() {
    let mut build = new();
    let stored = build.store(&b"x"[..]).unwrap();
    let page = NewActivity::new("a\u{0}b", Content::Page(Text::html("1\r\n2\u{b}"))).with(stored.file("content", 0, "/../c\u{1}/d.png"));
    let cm = build.activity(0, page).unwrap();
    let mut again = Unpacked::open(written(build.finish().unwrap()), &Limits::default(), Spool::new().unwrap()).unwrap();
    let outline = read(&mut again).unwrap();
    let page = outline.activity(cm).unwrap();
    assert_eq!((page.name.as_str(), page.files[0].path.as_str()), ("ab", "/c/d.png"));
    assert_eq!(content(&mut again, page).unwrap(), Content::Page(Text::html("1\n2")));
    assert_eq!(again.manifest().activities[0].title, "ab");
}

#[test]
fn a_course_is_described_as_it_was_last() {
    let mut build = new();
    build.describe(Info { fullname: "Hiboux".into(), now: NOW, ..Info::default() });
    let mut made = build.finish().unwrap();
    let outline = read(&mut made).unwrap();
    assert_eq!((outline.fullname.as_str(), outline.shortname.as_str(), outline.language.as_str()), ("Hiboux", "Hiboux", ""));
}
