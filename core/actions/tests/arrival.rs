//! What the values of an archive may do when it comes in: who its people are, whose grades count, what opens a door, what is secret (SECURITY C15, C17 to C20).
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_actions::import::{Choices, Imported};
use parcours_actions::user::{self, NewUser};
use parcours_actions::{course, export, import};
use parcours_course::report::{Fate, Finding, Reason};
use std::path::{Path, PathBuf};
use support::archive::Archive;
use support::house::Ask;
use support::tree::{self, Element};
use support::{House, files_below, sample};

/// The sample, changed.
fn changed(house: &House, name: &str, change: impl FnOnce(&mut Archive)) -> PathBuf {
    let mut archive = Archive::read(&sample("formation"));
    change(&mut archive);
    let path = house.dir.path().join(name);
    archive.write(&path);
    path
}

fn told(imported: &Imported, reason: Reason) -> Vec<&Finding> {
    imported.report.findings.iter().filter(|f| f.reason == reason).collect()
}

fn published() -> Choices {
    Choices { publish: true, ..Choices::default() }
}

#[test]
fn what_nobody_published_is_said_in_the_report() {
    let house = House::new();
    let quiet = house.bring(&sample("petit"), &Choices::default()).unwrap();
    assert_eq!(told(&quiet, Reason::NotPublished).len(), 1);
    assert!(told(&house.bring(&sample("petit"), &published()).unwrap(), Reason::NotPublished).is_empty());
    let all = course::all(&house.app).unwrap();
    assert_eq!(all.iter().map(|c| c.published).collect::<Vec<_>>(), [false, true]);
    // What the wizard tells later is what was told at once.
    let kept = import::report(&house.app, &house.admin(), quiet.course).unwrap();
    assert_eq!(kept, quiet.report);
}

#[test]
fn people_meet_the_accounts_that_are_theirs_and_no_administrators() {
    let house = House::new();
    let first = house.bring(&sample("formation"), &published()).unwrap();
    let people = first.report.findings.iter().filter(|f| f.counts && f.item == "person").count();
    let number = |imported: &Imported, reason| told(imported, reason).first().map_or(0, |f| f.detail.parse::<usize>().unwrap());
    assert_eq!((number(&first, Reason::NewAccounts), number(&first, Reason::KnownPeople)), (people, 0));
    let learner = house.login("stagiaire");
    user::add(&house.app, &NewUser { username: "formatrice".into(), password: "correct horse battery".into(), admin: true, ..NewUser::default() })
        .unwrap();
    let names = |imported: &Imported, reason| told(imported, reason).into_iter().map(|f| (f.fate, f.name.clone())).collect::<Vec<_>>();
    let courses = || course::list(&house.app, &learner).unwrap().len();
    // Nobody said whose archive it is: who uses an account keeps it to themselves.
    let second = house.bring(&sample("formation"), &published()).unwrap();
    assert_eq!(names(&second, Reason::AccountInUse), [(Fate::Approximated, "stagiaire".to_owned())]);
    assert_eq!(names(&second, Reason::AdministratorsName), [(Fate::Approximated, "formatrice".to_owned())]);
    assert_eq!((number(&second, Reason::KnownPeople), number(&second, Reason::NewAccounts)), (people - 2, 2));
    assert_eq!(courses(), 1);
    let third = house.bring(&sample("formation"), &Choices { same_people: true, ..published() }).unwrap();
    assert_eq!(names(&third, Reason::JoinedAccount), [(Fate::Imported, "stagiaire".to_owned())]);
    assert_eq!(names(&third, Reason::AdministratorsName), [(Fate::Approximated, "formatrice".to_owned())]);
    assert_eq!(courses(), 2);
    for imported in [first, second, third] {
        let c = imported.report.counts();
        assert_eq!(c.items_in, c.imported + c.approximated + c.kept + c.refused);
    }
}

fn number_of(archive: &Archive, username: &str) -> String {
    let users = archive.document("users.xml");
    let found = users.all("user").into_iter().find(|u| u.leaf("username") == Some(username)).unwrap();
    found.attribute("id").unwrap().to_owned()
}

#[test]
fn grades_and_completion_of_who_is_not_enrolled_come_along_and_are_told() {
    let house = House::new();
    let who = number_of(&Archive::read(&sample("formation")), "hugo.marchand");
    let path = changed(&house, "strangers.mbz", |archive| {
        for (document, record) in [("course/enrolments.xml", "enrolment"), ("course/roles.xml", "assignment")] {
            let mut root = archive.document(document);
            root.each_mut(&mut |e| e.children.retain(|c| c.name != record || c.leaf("userid") != Some(who.as_str())));
            archive.put(document, &root);
        }
    });
    let imported = house.bring(&path, &published()).unwrap();
    let found = told(&imported, Reason::NotEnrolled);
    assert!(found.len() == 1 && found[0].fate == Fate::Kept && found[0].detail.starts_with("1 ("), "{found:?}");
    assert!(told(&house.bring(&sample("formation"), &published()).unwrap(), Reason::NotEnrolled).is_empty());
    let records = |archive: &Archive| -> usize {
        let of = |root: &Element| {
            root.all("completion").into_iter().chain(root.all("grade_grade")).filter(|e| e.leaf("userid") == Some(who.as_str())).count()
        };
        archive.documents().map(|(_, root)| of(&root)).sum()
    };
    let (before, after) = (Archive::read(&path), Archive::read(&house.export(imported.course, "out.mbz", false)));
    assert!(records(&before) > 0, "the sample has nothing of them");
    assert_eq!(records(&before), records(&after));
    // And they are shown nowhere: not in the course, not among its people.
    let viewer = house.login("hugo.marchand");
    assert!(course::list(&house.app, &viewer).unwrap().iter().all(|c| c.course != imported.course));
}

const CANARY: &str = "zqsecretqz";

/// A secret of every kind: a key, a hash, a password of a kept activity, an encrypted leaf of one that is run, and one that a conversion kept aside.
fn with_secrets(house: &House) -> PathBuf {
    changed(house, "secrets.mbz", |archive| {
        let text = |archive: &Archive, path: &str| String::from_utf8(archive.0[path].clone()).unwrap();
        let put = |archive: &mut Archive, path: &str, text: String| drop(archive.0.insert(path.into(), text.into_bytes()));
        let method = format!(
            "<enrol id=\"990\"><enrol>self</enrol><status>0</status><password>{CANARY}1</password><customint6>1</customint6><user_enrolments>\n</user_enrolments></enrol></enrols>"
        );
        let enrolments = text(archive, "course/enrolments.xml").replace("</enrols>", &method);
        put(archive, "course/enrolments.xml", enrolments);
        let users = text(archive, "users.xml").replacen("<username>", &format!("<password>{CANARY}2</password><username>"), 1);
        put(archive, "users.xml", users);
        let forum = text(archive, "activities/forum_402/forum.xml").replacen("<name>", &format!("<odd encrypted=\"true\">{CANARY}3</odd><name>"), 1);
        put(archive, "activities/forum_402/forum.xml", forum);
        let quiz = format!(
            "<activity id=\"1\" moduleid=\"991\" modulename=\"quiz\" contextid=\"9\"><quiz id=\"1\"><name>Q</name><password>{CANARY}4</password></quiz></activity>"
        );
        put(archive, "activities/quiz_991/quiz.xml", quiz);
        let kept = format!("<groups><group id=\"1\"><enrolmentkey>{CANARY}5</enrolmentkey></group></groups>");
        put(archive, "parcours/original/groups.xml.kept", kept);
    })
}

/// Places of an archive that hold a canary.
fn canaries(path: &Path) -> Vec<String> {
    let holds = |body: &[u8]| String::from_utf8_lossy(body).contains(CANARY);
    Archive::read(path).0.into_iter().filter(|(_, body)| holds(body)).map(|(path, _)| path).collect()
}

#[test]
fn secrets_are_told_shown_to_nobody_and_leave_with_those_who_run_the_domain() {
    let house = House::new();
    let path = with_secrets(&house);
    let imported = house.bring(&path, &published()).unwrap();
    let found = told(&imported, Reason::Secret);
    let places: Vec<&str> = found.iter().map(|f| f.place.as_str()).collect();
    let expected = [
        "activities/forum_402/forum.xml forum/odd",
        "activities/quiz_991/quiz.xml quiz/password",
        "course/enrolments.xml enrols/enrol/password",
        "users.xml user/password",
    ];
    assert!(expected.iter().all(|e| places.contains(e)), "{places:?}");
    assert!(found.iter().all(|f| f.fate == Fate::Kept && !f.detail.is_empty()));
    assert!(!format!("{:?}", imported.report).contains(CANARY));
    let door = told(&imported, Reason::SelfEnrolment);
    assert!(door.iter().any(|f| f.place == "course/enrolments.xml enrol 990" && f.detail == "self" && f.fate == Fate::Kept), "{door:?}");
    // No page, not even one for those who run the domain, and no search.
    let (admin, trainer) = (house.admin(), house.login("formatrice"));
    let page = course::page(&house.app, &admin, imported.course, "fr").unwrap();
    assert!(!format!("{page:?}").contains(CANARY));
    for a in page.sections.iter().flat_map(|s| &s.activities) {
        for route in ["", "search"] {
            let shown = house.view(&admin, Ask::of(imported.course, &a.module, a.cm).route(route).query("q", CANARY));
            assert!(!shown.is_ok_and(|answer| format!("{answer:?}").contains(&format!("{CANARY}3"))), "{}", a.module);
        }
    }
    let export = |viewer, without_secrets, name: &str| {
        let out = house.dir.path().join(name);
        let choices = export::Choices { without_people: true, without_secrets, ..Default::default() };
        let report = export::run(&house.app, viewer, imported.course, choices, &out).unwrap();
        (canaries(&out), report.findings.iter().filter(|f| f.reason == Reason::Secret && f.fate == Fate::Refused).count())
    };
    let (left, refused) = export(None, false, "all.mbz");
    assert_eq!(
        (left, refused),
        (vec!["activities/forum_402/forum.xml".to_owned(), "activities/quiz_991/quiz.xml".into(), "course/enrolments.xml".into()], 0)
    );
    assert_eq!(export(Some(&admin), false, "admin.mbz").0.len(), 3);
    assert_eq!(export(Some(&trainer), false, "trainer.mbz"), (vec![], 3));
    assert_eq!(export(Some(&admin), true, "asked.mbz"), (vec![], 3));
    // With people, the hash goes back too, and what was kept aside.
    assert_eq!(canaries(&house.export(imported.course, "people.mbz", false)).len(), 5);
}

#[test]
fn secrets_that_are_left_out_never_reach_the_disk() {
    let house = House::new();
    let path = with_secrets(&house);
    let imported = house.bring(&path, &Choices { without_secrets: true, ..published() }).unwrap();
    std::fs::remove_file(path).unwrap();
    let found = told(&imported, Reason::Secret);
    assert!(found.len() == 5 && found.iter().all(|f| f.fate == Fate::Refused), "{found:?}");
    let closed = told(&imported, Reason::Disarmed);
    assert!(closed.iter().any(|f| f.place == "course/enrolments.xml enrol 990"), "{closed:?}");
    let out = house.export(imported.course, "out.mbz", false);
    assert_eq!(canaries(&out), Vec::<String>::new());
    let method = tree::parse("x", &Archive::read(&out).0["course/enrolments.xml"]).unwrap();
    let method = method.numbered("enrol", 990).unwrap();
    assert_eq!((method.leaf("password"), method.leaf("status"), method.leaf("customint6")), (Some("$@NULL@$"), Some("0"), Some("0")));
    for file in files_below(&house.folder()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(CANARY.len()).any(|w| w == CANARY.as_bytes()), "{}", file.display());
    }
}
