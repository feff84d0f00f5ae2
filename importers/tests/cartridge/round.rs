//! A course through a cartridge and back.

use crate::support::*;
use parcours_course::Text;
use parcours_course::outline::*;
use parcours_course::question::{Answer, Body, Category, Essay, Question, Short};
use parcours_course::report::Fate;
use parcours_importers::common_cartridge::{Options, Version};
use parcours_mbz::outline::{Build, Info, NewActivity, NewSection, content, read};
use parcours_mbz::question::{Numbers, bank, each};
use parcours_mbz::{Spool, Unpacked};
use std::collections::BTreeSet;

fn build() -> Build {
    let info = Info {
        fullname: "Les oiseaux & cie".into(),
        shortname: "OIS".into(),
        summary: Text::html("<p>Bonjour &amp; bienvenue</p>"),
        language: "fr".into(),
        now: NOW,
        site: "https://example.org".into(),
        ..Info::default()
    };
    Build::new(Spool::new().unwrap(), &limits(), info)
}

/// Two sections with what a cartridge knows, and links between them.
fn course() -> Unpacked {
    let mut b = build();
    let picture = b.store(&b"picture"[..]).unwrap();
    let sound = b.store(&b"sound"[..]).unwrap();
    let site = b.store(&b"<html><script src=\"x.js\"></script></html>"[..]).unwrap();
    let script = b.store(&b"script"[..]).unwrap();
    let general = b.section(NewSection::default()).unwrap();
    b.activity(general, NewActivity { intro: Text::html("<p>Lire ceci</p>"), ..NewActivity::new("", Content::Label) }).unwrap();
    let indented = NewActivity { indent: 1, ..NewActivity::new("Dessous", Content::Page(Text::html("x"))) };
    b.activity(general, indented).unwrap();
    let owls = NewSection {
        summary: Text::html("<img src=\"@@PLUGINFILE@@/s.png\">"),
        files: vec![picture.file("", 0, "/s.png")],
        ..NewSection::named("Chouettes & hiboux")
    };
    let section = b.section(owls).unwrap();
    let (book, forum) = (b.reserve(), b.reserve());
    let text = format!(
        "<p><img src=\"@@PLUGINFILE@@/d%C3%A9j%C3%A0/o%20wl.png?x=1\"> <a href=\"{}\">livre</a> <a href=\"$@BOOKVIEWBYIDCH*{book}*7@$\">chapitre</a> <a href=\"{}\">forum</a> <a href=\"https://elsewhere.example/\">x</a></p>",
        Build::module_link(book, "book"),
        Build::module_link(forum, "forum"),
    );
    let page = NewActivity::new("Effraie", Content::Page(Text::html(text)));
    b.activity(section, page.with(picture.file("content", 0, "/déjà/o wl.png")).with(sound.file("content", 0, "/unused.mp3"))).unwrap();
    let chapter = |id, title: &str, sub, text: &str| Chapter { id, title: title.into(), sub, hidden: false, content: Text::html(text) };
    let chapters = vec![chapter(5, "Un", false, "<p>1</p>"), chapter(7, "Un et demi", true, "<img src=\"@@PLUGINFILE@@/c.png\">")];
    let new = NewActivity { cm: book, intro: Text::html("<p>De quoi il s’agit</p>"), ..NewActivity::new("Livre", Content::Book(chapters)) };
    b.activity(section, new.with(picture.file("chapter", 7, "/c.png"))).unwrap();
    b.activity(
        section,
        NewActivity {
            intro: Text::html("<p>Un site &amp; rien d’autre</p>"),
            ..NewActivity::new("Site", Content::Url("https://example.org/?a=1&b=<2>".into()))
        },
    )
    .unwrap();
    let main = File { main: true, ..site.file("content", 0, "/site/index.html") };
    b.activity(section, NewActivity::new("Fichier", Content::Resource).with(main).with(script.file("content", 0, "/site/x.js"))).unwrap();
    let folder =
        NewActivity::new("Dossier", Content::Folder).with(sound.file("content", 0, "/a.mp3")).with(picture.file("content", 0, "/sous/b.png"));
    b.activity(section, folder).unwrap();
    let topic = NewActivity {
        cm: forum,
        intro: Text::html("<p>Parlons <img src=\"@@PLUGINFILE@@/f.png\"></p>"),
        ..NewActivity::new("Forum", Content::Forum(Forum { kind: "qanda".into() }))
    };
    b.activity(section, topic.with(picture.file("intro", 0, "/f.png"))).unwrap();
    let lti = Lti { url: "https://tool.example.org/launch".into(), parameters: "a=1\nmy_secret=hush".into(), window: 1, ..Lti::default() };
    b.activity(section, NewActivity::new("Outil", Content::Lti(lti))).unwrap();
    let assign = Assign { due: NOW, grade: 20, text: true, files: 3, activity: Text::html("<p>Consigne</p>"), ..Assign::default() };
    let assign = NewActivity { intro: Text::html("<p>Devoir</p>"), ..NewActivity::new("Devoir", Content::Assign(assign)) };
    b.activity(section, assign.with(sound.file("introattachment", 0, "/modèle.mp3"))).unwrap();
    b.activity(section, NewActivity { visible: false, ..NewActivity::new("Caché", Content::Page(Text::html("caché"))) }).unwrap();
    b.finish().unwrap()
}

fn hashes(outline: &Outline) -> BTreeSet<String> {
    outline.sections.iter().flat_map(|s| s.files.iter().chain(s.activities.iter().flat_map(|a| &a.files))).map(|f| f.hash.clone()).collect()
}

#[test]
fn what_a_cartridge_knows_comes_back_as_it_was() {
    let mut course = course();
    let before = read(&mut course).unwrap();
    for version in [Version::V11, Version::V12, Version::V13] {
        let (bytes, _) = written(&mut course, version, &options());
        assert_eq!(faults(&bytes), [""; 0]);
        let (mut made, report) = read_back(bytes).unwrap();
        assert!(report.findings.iter().all(|f| f.fate != Fate::Refused), "{report:?}");
        let after = read(&mut made).unwrap();
        assert_eq!((after.fullname.as_str(), after.language.as_str()), ("Les oiseaux & cie", "fr"));
        assert_eq!(after.summary.text, "Bonjour &amp; bienvenue");
        assert_eq!(after.sections.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["", "Chouettes & hiboux"]);
        let names = |o: &Outline| o.activities().filter(|(_, a)| a.visible).map(|(_, a)| (a.module.clone(), a.name.clone())).collect::<Vec<_>>();
        let expected: Vec<_> =
            names(&before).into_iter().map(|(m, n)| if m == "assign" && version == Version::V11 { ("page".into(), n) } else { (m, n) }).collect();
        assert_eq!(names(&after), expected);
        assert_eq!(hashes(&after), hashes(&before));
        let section = &after.sections[1];
        assert_eq!(after.sections[0].activities.iter().map(|a| a.indent).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(section.summary.text, "<img src=\"@@PLUGINFILE@@/section_2/s.png\">");
        let of = |name: &str| after.activities().map(|(_, a)| a).find(|a| a.name == name).unwrap().clone();
        let (book, forum) = (of("Livre"), of("Forum"));
        let Content::Book(chapters) = content(&mut made, &book).unwrap() else { panic!() };
        assert_eq!(chapters.iter().map(|c| (c.title.as_str(), c.sub)).collect::<Vec<_>>(), [("Un", false), ("Un et demi", true)]);
        assert_eq!(book.intro.text, "<p>De quoi il s’agit</p>");
        assert_eq!(book.area("chapter", chapters[1].id).count(), 1);
        let Content::Page(text) = content(&mut made, &of("Effraie")).unwrap() else { panic!() };
        let expected = [
            "src=\"@@PLUGINFILE@@/page_5/d%C3%A9j%C3%A0/o%20wl.png?x=1\"".to_owned(),
            // A link to a book leads to its first chapter.
            format!("href=\"$@BOOKVIEWBYIDCH*{}*{}@$\">chapitre", book.cm, chapters[1].id),
            "href=\"https://elsewhere.example/\"".to_owned(),
        ];
        assert!(expected.iter().all(|e| text.text.contains(e)), "{}", text.text);
        assert_eq!(forum.intro.text, "<p>Parlons <img src=\"@@PLUGINFILE@@/forum_2/intro/f.png\"></p>".replace("forum_2", &folder_of(&forum)));
        assert_eq!(content(&mut made, &of("Site")).unwrap(), Content::Url("https://example.org/?a=1&b=<2>".into()));
        assert_eq!(of("Site").intro.text, "<p>Un site &amp; rien d’autre</p>");
        let Content::Lti(lti) = content(&mut made, &of("Outil")).unwrap() else { panic!() };
        assert_eq!((lti.url.as_str(), lti.parameters.as_str()), ("https://tool.example.org/launch", "a=1"));
        assert_eq!(of("Fichier").main_file().unwrap().name(), "index.html");
        assert_eq!(of("Dossier").files.iter().map(|f| f.path.as_str()).collect::<BTreeSet<_>>(), BTreeSet::from(["/a.mp3", "/sous/b.png"]));
        if version == Version::V13 {
            let Content::Assign(assign) = content(&mut made, &of("Devoir")).unwrap() else { panic!() };
            assert_eq!((assign.grade, assign.text, assign.files), (20, true, 1));
            assert!(of("Devoir").intro.text.starts_with("<p>Devoir</p><p>Consigne</p>"), "{}", of("Devoir").intro.text);
        }
    }
}

fn folder_of(activity: &Activity) -> String {
    activity.files[0].path.split('/').nth(1).unwrap().to_owned()
}

#[test]
fn a_thin_cartridge_is_one_document_with_links() {
    let mut course = course();
    for version in [Version::Thin12, Version::Thin13] {
        let (bytes, report) = written(&mut course, version, &options());
        let files = unzip(&bytes);
        assert_eq!(files.keys().collect::<Vec<_>>(), ["imsmanifest.xml"]);
        let counts = report.counts();
        assert_eq!(counts.items_in, counts.imported + counts.approximated + counts.refused);
        let (mut made, _) = read_back(bytes).unwrap();
        let names: Vec<_> = read(&mut made).unwrap().activities().map(|(_, a)| (a.module.clone(), a.name.clone())).collect();
        assert_eq!(
            names,
            [("label".to_owned(), "Lire ceci".to_owned()), ("url".to_owned(), "Site".to_owned()), ("lti".to_owned(), "Outil".to_owned())]
        );
    }
}

#[test]
fn what_is_hidden_goes_along_only_when_it_is_asked_for() {
    let mut course = course();
    let names = |bytes: Vec<u8>| read(&mut read_back(bytes).unwrap().0).unwrap().activities().map(|(_, a)| a.name.clone()).collect::<Vec<_>>();
    let (bytes, report) = written(&mut course, Version::V11, &options());
    assert!(!names(bytes).contains(&"Caché".to_owned()));
    assert!(report.findings.iter().any(|f| f.counts && f.name == "Caché" && f.fate == Fate::Refused));
    let (bytes, _) = written(&mut course, Version::V11, &Options { hidden: true, ..options() });
    assert!(names(bytes).contains(&"Caché".to_owned()));
}

#[test]
fn secrets_and_links_that_lead_out_are_reported() {
    let mut course = course();
    let (bytes, report) = written(&mut course, Version::V11, &options());
    let all: String = unzip(&bytes).values().map(|b| String::from_utf8_lossy(b).into_owned()).collect();
    assert!(!all.contains("hush") && !all.contains("$@") && !all.contains("@@PLUGINFILE@@"));
    // A forum is no page: the link to it leads to the site.
    assert!(all.contains("href=\"https://example.org/mod/forum/view.php?id="));
    assert!(report.findings.iter().any(|f| f.item == "link" && f.detail.starts_with("FORUMVIEWBYID")));
}

#[test]
fn the_same_course_gives_the_same_bytes() {
    let mut course = course();
    assert_eq!(written(&mut course, Version::V13, &options()).0, written(&mut course, Version::V13, &options()).0);
}

#[test]
fn a_quiz_has_its_questions_and_the_bank_the_others() {
    let mut b = build();
    let picture = b.store(&b"picture"[..]).unwrap();
    let section = b.section(NewSection::default()).unwrap();
    let (context, instance) = b.bank_context();
    let category =
        |id, parent, name: &str| Category { id, parent, name: name.into(), context, instance, stamp: format!("s{id}"), ..Category::default() };
    let question = |id, name: &str, mark, body| Question {
        id,
        entry: id,
        version: 1,
        latest: true,
        name: name.into(),
        text: Text::html("<img src=\"@@PLUGINFILE@@/p.png\">"),
        mark,
        body,
        ..Question::default()
    };
    let short =
        Body::Short(Short { case: false, answers: vec![Answer { id: 9, text: Text::plain("owl"), fraction: 1.0, feedback: Text::default() }] });
    let essay = || Body::Essay(Essay { response: "editor".into(), lines: 15, ..Essay::default() });
    let all = vec![
        question(11, "Last", 1.0, essay()),
        question(12, "First", 3.0, short),
        question(13, "Other", 1.0, essay()),
        question(14, "Told", 0.0, Body::Description),
    ];
    let file = File { component: "question".into(), ..picture.file("questiontext", 12, "/p.png") };
    b.put_questions(&bank(&[(category(1, 0, "top"), vec![]), (category(2, 1, "Mine"), all)], &mut Numbers::default()), &[1, 2], vec![file]).unwrap();
    let slot = |what, mark| Slot { page: 1, mark, what };
    let slots = vec![
        slot(Slotted::Entry(12), 3.0),
        slot(Slotted::Entry(14), 0.0),
        slot(Slotted::Random { category: 2, subcategories: false }, 1.0),
        slot(Slotted::Entry(11), 1.0),
    ];
    let quiz = Quiz { limit: 90, attempts: 3, grade: 10.0, slots, ..Quiz::default() };
    b.activity(section, NewActivity { intro: Text::html("<p>Courage</p>"), ..NewActivity::new("Quiz & co", Content::Quiz(quiz)) }).unwrap();
    let (bytes, report) = written(&mut b.finish().unwrap(), Version::V12, &options());
    assert_eq!(faults(&bytes), [""; 0]);
    let lost: Vec<_> = report.findings.iter().filter(|f| f.place.contains("quiz")).map(|f| (f.fate, f.detail.as_str())).collect();
    let lost_of_it = ["", "1 random questions", "1 questions that a cartridge cannot hold"].map(|d| (Fate::Approximated, d));
    assert_eq!(lost, lost_of_it);
    let (mut made, _) = read_back(bytes).unwrap();
    let mut read_questions = Vec::new();
    each(&mut made, |c, q| {
        read_questions.push((c.name.clone(), q.name.clone(), q.mark, q.files.iter().map(|f| f.hash.clone()).collect::<Vec<_>>(), q.entry));
        Ok(())
    })
    .unwrap();
    let seen: Vec<_> = read_questions.iter().map(|(c, n, m, f, _)| (c.as_str(), n.as_str(), *m, f.len())).collect();
    // Two of the three said that they show a picture, which was nowhere.
    assert_eq!(seen, [("Quiz & co", "First", 3.0, 1), ("Quiz & co", "Last", 1.0, 0), ("Mine", "Other", 1.0, 0)]);
    assert_eq!(read_questions[0].3, [picture.hash]);
    let outline = read(&mut made).unwrap();
    let quiz = outline.activities().next().unwrap().1.clone();
    assert_eq!((quiz.name.as_str(), quiz.intro.text.as_str()), ("Quiz & co", "<p>Courage</p>"));
    let Content::Quiz(quiz) = content(&mut made, &quiz).unwrap() else { panic!() };
    assert_eq!((quiz.limit, quiz.attempts), (120, 3));
    assert_eq!(quiz.slots.iter().map(|s| s.what).collect::<Vec<_>>(), [Slotted::Entry(read_questions[0].4), Slotted::Entry(read_questions[1].4)]);
}
