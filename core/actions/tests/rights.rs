//! Everybody asks for everything, and gets what is theirs (SECURITY F14, F15).
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_actions::activity::Answer;
use parcours_actions::import::{self, Choices};
use parcours_actions::{ActionError, Viewer, completion, course, export, file, publish};
use parcours_course::Language;
use std::collections::BTreeMap;
use support::archive::Archive;
use support::house::{Ask, House, word};
use support::sample;

/// Who asks. Lucie is of the group Loiret; Paul and Hugo are of Cher, and Paul has not read the page that the question waits for.
const WHO: [&str; 7] = ["admin", "formatrice", "tuteur", "stagiaire", "paul.nguyen", "hugo.marchand", "outsider"];

struct Sweep {
    house: House,
    course: i64,
    viewers: Vec<(&'static str, Viewer)>,
}

impl Sweep {
    fn new() -> Sweep {
        Sweep::of(&sample("formation"))
    }

    fn of(archive: &std::path::Path) -> Sweep {
        let house = House::new();
        let course = house.import(archive).course;
        let viewer = |name: &'static str| (name, if name == "admin" { house.admin() } else { house.login(name) });
        let viewers = WHO.into_iter().map(viewer).collect();
        Sweep { house, course, viewers }
    }

    fn who(&self, name: &str) -> &Viewer {
        self.viewers.iter().find(|(n, _)| *n == name).map(|(_, v)| v).unwrap()
    }

    fn ask(&self, cm: i64) -> Ask {
        Ask::of(self.course, "forum", cm)
    }

    /// What everybody gets, in the order of [`WHO`].
    fn row<T>(&self, ask: impl Fn(&Viewer) -> parcours_actions::Result<T>) -> Vec<&'static str> {
        self.viewers.iter().map(|(_, v)| word(&ask(v))).collect()
    }
}

/// A line of a table, one letter for each of [`WHO`]: `o` open, `-` not found, `d` denied.
fn words(line: &str) -> Vec<&'static str> {
    line.chars()
        .map(|c| {
            if c == 'o' {
                "open"
            } else if c == 'd' {
                "denied"
            } else {
                "not found"
            }
        })
        .collect()
}

#[test]
fn the_course_and_its_management_open_by_role() {
    let s = Sweep::new();
    let (app, c) = (&s.house.app, s.course);
    assert_eq!(s.row(|v| course::page(app, v, c, "fr")), words("oooooo-"), "course page");
    assert_eq!(s.row(|v| import::report(app, v, c)), words("oodddd-"), "report");
    let out = s.house.dir.path().join("x.mbz");
    let export = |v: &Viewer, without_people| export::run(app, Some(v), c, export::Choices { without_people, ..Default::default() }, &out);
    assert_eq!(s.row(|v| export(v, true)), words("oodddd-"), "export without people");
    assert_eq!(s.row(|v| export(v, false)), words("oddddd-"), "export with people");
    assert!(out.exists());
    // Nobody but an administrator withdraws: asked for last, because then it is gone.
    let mut all: Vec<&(&str, Viewer)> = s.viewers.iter().collect();
    all.reverse();
    let withdrawn: Vec<&str> = all.into_iter().map(|(_, v)| word(&import::withdraw(app, v, c))).collect();
    assert_eq!(withdrawn, ["not found", "denied", "denied", "denied", "denied", "denied", "open"]);
    assert_eq!(s.row(|v| course::page(app, v, c, "fr")), words("-------"));
}

/// Everything that shows or changes something of the sample course, each with what everybody gets.
fn doors(s: &Sweep) -> Vec<(String, Vec<&'static str>)> {
    let (app, c) = (&s.house.app, s.course);
    let out = s.house.dir.path().join("doors.mbz");
    let mut all = vec![
        ("course page".to_owned(), s.row(|v| course::page(app, v, c, "fr"))),
        ("list".into(), s.row(|v| if course::list(app, v)?.is_empty() { Err(ActionError::NotFound) } else { Ok(()) })),
        ("report".into(), s.row(|v| import::report(app, v, c))),
        ("export".into(), s.row(|v| export::run(app, Some(v), c, export::Choices { without_people: true, ..Default::default() }, &out))),
        ("tick".into(), s.row(|v| completion::tick(app, v, c, 442, true))),
        ("seen".into(), s.row(|v| completion::seen(app, v, c, 411))),
        ("link".into(), s.row(|v| parcours_actions::link::resolve(app, v, c, "FORUMVIEWBYID", &[402]))),
        ("form".into(), s.row(|v| s.house.act(v, s.ask(403).route("reply").query("post", 6010).form("message", "").form("message-format", 1)))),
    ];
    for (module, cm) in [("forum", 402), ("page", 411), ("url", 412), ("resource", 413), ("folder", 423)] {
        all.push((format!("{module} {cm}"), s.row(|v| s.house.view(v, Ask::of(c, module, cm)))));
    }
    for f in Archive::read(&sample("formation")).document("files.xml").all("file").into_iter().filter(|f| f.leaf("filename") != Some(".")) {
        let leaf = |name: &str| f.leaf(name).unwrap_or_default();
        let address = file::Address {
            course: c,
            context: leaf("contextid").parse().unwrap(),
            component: leaf("component").into(),
            area: leaf("filearea").into(),
            item: leaf("itemid").parse().unwrap(),
            path: format!("{}{}", leaf("filepath"), leaf("filename")),
        };
        all.push((format!("{address:?}"), s.row(|v| file::open(app, v, &address))));
    }
    all
}

#[test]
fn nothing_of_a_course_is_there_before_it_is_published_but_for_those_who_run_the_domain() {
    let s = Sweep::new();
    let (app, c) = (&s.house.app, s.course);
    let open = doors(&s);
    assert!(open.len() > 20 && open.iter().all(|(what, row)| row.iter().any(|w| *w != "not found") || what.contains("1433")), "{open:#?}");
    assert_eq!(s.row(|v| publish::set(app, v.into(), c, true)), words("oddddd-"), "publishing is for those who run the domain");
    publish::set(app, None, c, false).unwrap();
    for (what, row) in doors(&s) {
        assert_eq!(row[1..], words("------"), "{what}");
        assert_ne!(row[0], "not found", "{what}");
    }
    assert_eq!(s.row(|v| publish::set(app, v.into(), c, false)), words("o------"), "nobody else learns that there is something");
    let publication = |v: &Viewer| course::page(app, v, c, "fr").unwrap().publication;
    assert_eq!(publication(s.who("admin")).unwrap().since, None);
    publish::set(app, Some(s.who("admin")), c, true).unwrap();
    let told = publication(s.who("admin")).unwrap();
    assert!(told.since.is_some_and(|(at, _)| at == support::NOW) && told.by.contains("admin"));
    assert_eq!(publication(s.who("formatrice")), None);
    assert_eq!(doors(&s), open);
}

#[test]
fn a_course_that_the_archive_hides_is_there_for_those_who_teach() {
    let mut archive = Archive::read(&sample("formation"));
    let mut course = archive.document("course/course.xml");
    course.children.iter_mut().filter(|c| c.name == "visible").for_each(|c| c.text = "0".into());
    archive.put("course/course.xml", &course);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hidden.mbz");
    archive.write(&path);
    let s = Sweep::of(&path);
    for (what, row) in doors(&s) {
        assert_eq!(row[3..], words("----"), "{what}");
        assert!(row[..3].iter().all(|w| *w != "not found"), "{what}: {row:?}");
    }
}

#[test]
fn lists_name_only_what_one_takes_part_in() {
    let s = Sweep::new();
    let count = |v: &Viewer| course::list(&s.house.app, v).unwrap().len();
    let listed: Vec<usize> = s.viewers.iter().map(|(_, v)| count(v)).collect();
    assert_eq!(listed, [1, 1, 1, 1, 1, 1, 0]);
}

#[test]
fn every_activity_opens_to_those_it_is_for() {
    let s = Sweep::new();
    // Restricted to the group Loiret: 433. To those who have read page 411: 414. Hidden: 444, a label, which has no page for anybody.
    let table: [(i64, &str, &str); 17] = [
        (401, "label", "-------"),
        (402, "forum", "oooooo-"),
        (403, "forum", "oooooo-"),
        (411, "page", "oooooo-"),
        (412, "url", "oooooo-"),
        (413, "resource", "oooooo-"),
        (414, "forum", "oooo-o-"),
        (421, "label", "-------"),
        (422, "page", "oooooo-"),
        (423, "folder", "oooooo-"),
        (424, "forum", "oooooo-"),
        (431, "forum", "oooooo-"),
        (432, "forum", "oooooo-"),
        (433, "resource", "oooo---"),
        (441, "forum", "oooooo-"),
        (443, "page", "oooooo-"),
        (444, "label", "-------"),
    ];
    for (cm, module, expected) in table {
        let found = s.row(|v| s.house.view(v, Ask::of(s.course, module, cm)));
        if module == "label" {
            assert!(!found.contains(&"module") && found.last() == Some(&"not found"), "{module} {cm}: {found:?}");
        } else {
            assert_eq!(found, words(expected), "{module} {cm}");
        }
        // Under another module's name it is nobody's.
        let wrong = if module == "page" { "url" } else { "page" };
        assert_eq!(s.row(|v| s.house.view(v, Ask::of(s.course, wrong, cm))), words("-------"), "{wrong} {cm}");
        assert_eq!(s.row(|v| s.house.view(v, Ask::of(s.course + 1, module, cm))), words("-------"), "in another course: {cm}");
    }
    for cm in [0, -1, 1, 450, i64::MAX, i64::MIN] {
        assert_eq!(s.row(|v| s.house.view(v, s.ask(cm))), words("-------"), "{cm}");
    }
}

#[test]
fn a_page_of_the_course_does_not_name_what_is_hidden() {
    let s = Sweep::new();
    let seen = |name: &str| -> Vec<i64> {
        let page = course::page(&s.house.app, s.who(name), s.course, "fr").unwrap();
        page.sections.iter().flat_map(|s| s.activities.iter().map(|a| a.cm)).collect()
    };
    // The hidden label, and the sheet of the other group, whose restriction is not to be shown.
    assert!(seen("formatrice").contains(&444) && seen("tuteur").contains(&444));
    for learner in ["stagiaire", "paul.nguyen", "hugo.marchand"] {
        assert!(!seen(learner).contains(&444), "{learner}");
    }
    assert!(seen("stagiaire").contains(&433) && !seen("paul.nguyen").contains(&433));
    // The question is shown with its condition, and leads nowhere yet.
    let page = course::page(&s.house.app, s.who("paul.nguyen"), s.course, "fr").unwrap();
    let question = page.sections.iter().flat_map(|s| &s.activities).find(|a| a.cm == 414).expect("listed");
    assert!(!question.open && question.url.is_none() && !question.restrictions.is_empty() && question.html.is_empty(), "{question:?}");
}

#[test]
fn ticks_are_set_by_learners_on_what_they_may_enter() {
    let s = Sweep::new();
    let tick = |cm| s.row(|v| completion::tick(&s.house.app, v, s.course, cm, true));
    assert_eq!(tick(442), words("dddooo-"), "followed are learners only");
    assert_eq!(tick(411), words("dddddd-"), "it ticks itself");
    assert_eq!(tick(433), words("dddd---"), "it has no completion; the other group learns nothing of it");
    assert_eq!(tick(444), words("ddd----"), "hidden");
    assert_eq!(tick(999), words("-------"));
}

#[test]
fn every_file_is_served_to_those_its_place_is_open_to() {
    let s = Sweep::new();
    let files = Archive::read(&sample("formation")).document("files.xml");
    let mut wrong = Vec::new();
    for f in files.all("file").into_iter().filter(|f| f.leaf("filename") != Some(".")) {
        let leaf = |name: &str| f.leaf(name).unwrap_or_default();
        let address = |course| file::Address {
            course,
            context: leaf("contextid").parse().unwrap(),
            component: leaf("component").into(),
            area: leaf("filearea").into(),
            item: leaf("itemid").parse().unwrap(),
            path: format!("{}{}", leaf("filepath"), leaf("filename")),
        };
        let expected = match leaf("contextid") {
            "1414" => "oooo-o-",
            "1433" => "oooo---",
            _ => "oooooo-",
        };
        let found = s.row(|v| file::open(&s.house.app, v, &address(s.course)));
        if found != words(expected) {
            wrong.push(format!("{:?}: {found:?}", address(s.course)));
        }
        assert_eq!(s.row(|v| file::open(&s.house.app, v, &address(s.course + 1))), words("-------"), "in another course");
        for changed in [
            file::Address { item: address(0).item + 1, ..address(s.course) },
            file::Address { component: "mod_page".into(), area: "intro".into(), ..address(s.course) },
            file::Address { path: format!("/../{}", leaf("filename")), ..address(s.course) },
            file::Address { path: "/.".into(), ..address(s.course) },
            file::Address { path: String::new(), ..address(s.course) },
        ] {
            assert_eq!(s.row(|v| file::open(&s.house.app, v, &changed)), words("-------"), "{changed:?}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const SECRET: &str = "chouette-effraie";

/// What a group or two people say among themselves, with an attachment each. Gives, by what it is, the activity, the discussion and the post, and who may see it.
fn secrets(s: &Sweep) -> BTreeMap<&'static str, (i64, i64, i64, &'static str)> {
    let say = |ask: Ask| ask.form("subject", format!("Objet {SECRET}")).form("message", format!("<p>{SECRET}</p>")).form("message-format", 1);
    let stored = |who: &str, ask: Ask| -> (i64, i64) {
        let answer = s.house.act(s.who(who), ask.upload("attachments", "secret.txt", SECRET.as_bytes()));
        let Ok(Answer::Redirect(to)) = &answer else { panic!("{who}: {answer:?}") };
        let (discussion, post) = to.split_once("?d=").and_then(|(_, rest)| rest.split_once("#")).unwrap_or_else(|| panic!("{to}"));
        let digits = |t: &str| t.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
        (digits(discussion.split('&').next().unwrap()), digits(post))
    };
    let group = stored("hugo.marchand", say(s.ask(431).route("start").form("group", 22)));
    let private = stored("tuteur", say(s.ask(403).route("reply").query("post", 6018).form("private", 1)));
    BTreeMap::from([("of a group", (431, group.0, group.1, "ooo-oo-")), ("private", (403, private.0, private.1, "ooo-o--"))])
}

#[test]
fn what_a_group_or_two_people_say_reaches_nobody_else() {
    let s = Sweep::new();
    for (what, (cm, discussion, post, may)) in secrets(&s) {
        let context = 1000 + cm;
        for ((name, viewer), may) in s.viewers.iter().zip(words(may)) {
            let may = may == "open";
            let mut pages = vec![s.ask(cm), s.ask(cm).route("discussion").query("d", discussion)];
            pages.push(s.ask(cm).route("search").query("q", "chouette"));
            for sort in ["created", "replies", "name", "modified"] {
                pages.push(s.ask(cm).query("sort", sort).query("group", 22));
            }
            pages.push(s.ask(cm).route("discussion").query("d", discussion).query("mode", "flat"));
            pages.push(s.ask(cm).route("discussion").query("d", discussion).query("post", post));
            for route in ["reply", "edit", "delete"] {
                pages.push(s.ask(cm).route(route).query("post", post).query("quote", 1));
            }
            let shown = pages
                .into_iter()
                .map(|ask| s.house.view(viewer, ask))
                .filter(|a| a.as_ref().is_ok_and(|a| format!("{a:?}").contains(SECRET)))
                .count();
            assert!(if may { shown > 1 } else { shown == 0 }, "{what}, {name}: on {shown} pages");
            let address = file::Address {
                course: s.course,
                context,
                component: "mod_forum".into(),
                area: "attachment".into(),
                item: post,
                path: "/secret.txt".into(),
            };
            let served = file::open(&s.house.app, viewer, &address);
            assert_eq!(word(&served), if may { "open" } else { "not found" }, "the file {what}, for {name}");
            for area in ["post", "intro"] {
                let elsewhere = file::Address { area: area.into(), ..address.clone() };
                assert_eq!(word(&file::open(&s.house.app, viewer, &elsewhere)), "not found");
            }
        }
    }
}

#[test]
fn nobody_changes_what_is_not_theirs() {
    let s = Sweep::new();
    let secrets = secrets(&s);
    let (cm, discussion, post, _) = secrets["of a group"];
    let before = s.house.app.census().unwrap();
    for name in ["stagiaire", "outsider"] {
        let viewer = s.who(name);
        let said =
            |ask: Ask| ask.form("subject", "x").form("message", "<p>x</p>").form("message-format", 1).form("seen", i64::MAX).form("confirm", 1);
        let mut tries = Vec::new();
        for route in ["reply", "edit", "delete"] {
            // A post of another group, somebody else's in an open discussion, a private one, and one of another activity.
            for (cm, post) in [(cm, post), (403, 6010), (403, 6020), (403, 6305), (cm, 6010)] {
                if (route, post) != ("reply", 6010) || cm != 403 {
                    tries.push((route, post, said(s.ask(cm).route(route).query("post", post).form("post", post))));
                }
            }
        }
        for route in ["pin", "lock", "open"] {
            tries.push((route, discussion, s.ask(cm).route(route).query("d", discussion).form("d", discussion)));
            tries.push((route, 603, s.ask(403).route(route).query("d", 603).form("d", 603)));
        }
        tries.push(("start", 22, said(s.ask(431).route("start").form("group", 22))));
        tries.push(("start", -1, said(s.ask(431).route("start").form("group", -1))));
        for (route, id, ask) in tries {
            match s.house.act(viewer, ask) {
                Err(
                    ActionError::NotFound | ActionError::Refused(_) | ActionError::Denied(_) | ActionError::Invalid { .. } | ActionError::Conflict,
                ) => {}
                Ok(Answer::Page(p)) if p.status == 422 && !p.html.contains(SECRET) => {}
                other => panic!("{name} may {route} {id}: {other:?}"),
            }
        }
    }
    assert_eq!(s.house.app.census().unwrap(), before);
}

#[test]
fn an_import_belongs_to_who_began_it() {
    let s = Sweep::new();
    let upload = |name: &str| {
        let path = s.house.app.uploads().join(name);
        std::fs::copy(sample("petit"), &path).unwrap();
        path
    };
    let app = &s.house.app;
    assert_eq!(
        s.row(|v| import::receive(app, v, "petit.mbz", Language::French, &upload("u"))),
        words("odddddd"),
        "bringing courses in is for those who run the domain"
    );
    let mine = import::receive(app, s.who("admin"), "petit.mbz", Language::French, &upload("mine")).unwrap();
    let other =
        parcours_actions::user::NewUser { username: "admin2".into(), password: "correct horse battery".into(), admin: true, ..Default::default() };
    parcours_actions::user::add(app, &other).unwrap();
    let other = parcours_actions::session::login(app, "admin2", "correct horse battery", "127.0.0.1").unwrap().viewer;
    for (name, viewer) in s.viewers.iter().skip(1).map(|(n, v)| (*n, v)).chain([("another administrator", &other)]) {
        assert_eq!(word(&import::job(app, viewer, &mine.id)), "not found", "{name}");
        assert_eq!(word(&import::cancel(app, viewer, &mine.id)), "not found", "{name}");
        assert_ne!(word(&import::start(app, viewer, &mine.id, Choices::default())), "open", "{name}");
    }
    assert!(matches!(import::job(app, s.who("admin"), &mine.id).unwrap().state, import::State::Ready(_)));
}

#[test]
fn what_goes_out_of_a_course_is_for_those_who_may_export_it_and_theirs_alone() {
    use parcours_actions::convert::{Format, Offline};
    use parcours_actions::work::{self, Asked, Part, Who};
    use std::time::Duration;
    let s = Sweep::new();
    let (app, c) = (&s.house.app, s.course);
    let asked = |to, people, posts| Asked {
        to,
        zip: false,
        release: None,
        people,
        plain: false,
        clean: false,
        without_secrets: false,
        offline: Offline { posts, ..Offline::default() },
        language: Language::French,
    };
    let ended = |viewer: &Viewer, id: &str| {
        for _ in 0..2400 {
            let state = work::get(app, viewer, id).unwrap().state;
            if !matches!(state, work::State::Running(_)) {
                return state;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("{id} did not end");
    };
    // With people: as they are, under other names, or as names under discussions. Without: whatever is asked for.
    for (to, people, posts, expected) in [
        (Format::Mbz, Who::Keep, false, "oddddd-"),
        (Format::Mbz, Who::Replace, false, "oddddd-"),
        (Format::Epub, Who::Keep, true, "oddddd-"),
        (Format::Epub, Who::Replace, true, "oddddd-"),
        (Format::Mbz, Who::Remove, true, "oodddd-"),
        (Format::Epub, Who::Keep, false, "oodddd-"),
        (Format::Gift, Who::Keep, false, "oodddd-"),
    ] {
        let begun = s.row(|v| {
            let begun = work::export(app, v, c, asked(to, people, posts))?;
            assert!(matches!(ended(v, &begun.id), work::State::Done(_)));
            for (name, other) in &s.viewers {
                let found = word(&work::open(app, other, &begun.id, Part::Course));
                assert_eq!(found, if other.account == v.account { "open" } else { "not found" }, "{name}");
            }
            work::remove(app, v, &begun.id)
        });
        assert_eq!(begun, words(expected), "{to} {people:?} {posts}");
    }
    // A trainer's book has nobody's words in it, whatever was ticked.
    let trainer = s.who("formatrice");
    let begun = work::export(app, trainer, c, asked(Format::Markdown, Who::Remove, true)).unwrap();
    let work::State::Done(done) = ended(trainer, &begun.id) else { panic!("no export") };
    assert!(done.papers.iter().any(|p| p.part == Part::Course && p.size > 0));
    let (_, file) = work::open(app, trainer, &begun.id, Part::Course).unwrap();
    let mut archive = parcours_mbz::open_any(file, &Default::default()).unwrap();
    let mut texts = String::new();
    while let Some(mut entry) = archive.next().unwrap() {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        texts.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(texts.contains("cycle 3"), "the course is not in it");
    for name in ["Moreau", "Lefèvre", "Nguyen"] {
        assert!(!texts.contains(name), "{name} is in it");
    }
    // It goes with the course.
    import::withdraw(app, s.who("admin"), c).unwrap();
    assert_eq!(word(&work::get(app, trainer, &begun.id)), "not found");
    // Nobody but those who run the domain send files to be looked at.
    let upload = |name: &str| {
        let path = app.uploads().join(name);
        std::fs::copy(sample("petit"), &path).unwrap();
        path
    };
    let checked = s.row(|v| {
        let begun = work::check(app, v, "petit.mbz", Language::French, &upload("u"))?;
        assert!(matches!(ended(v, &begun.id), work::State::Done(_)));
        for (name, other) in s.viewers.iter().filter(|(_, o)| o.account != v.account) {
            assert_eq!(word(&work::get(app, other, &begun.id)), "not found", "{name}");
            assert_ne!(word(&work::clean(app, other, &begun.id, Language::French)), "open", "{name}");
        }
        work::remove(app, v, &begun.id)
    });
    assert_eq!(checked, words("odddddd"));
    std::fs::remove_file(app.uploads().join("u")).unwrap();
    assert_eq!(s.house.leftovers(), Vec::<String>::new());
}
