//! What people do here goes out as Moodle would have written it, beside everything that came in.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_actions::activity::Answer;
use parcours_actions::completion;
use sha1::{Digest, Sha1};
use std::collections::HashSet;
use support::archive::Archive;
use support::house::{Ask, House, html};
use support::tree::Element;
use support::{NOW, judge, sample};

/// Forum « Se présenter », the discussion in it, and a post that is answered.
const FORUM: i64 = 403;
const DISCUSSION: i64 = 603;
const POST: i64 = 6015;
/// The learner Lucie Moreau, account `stagiaire`.
const LUCIE: i64 = 61;
const SHEET: &[u8] = b"Tours de parole : 23 \xc3\xa9l\xc3\xa8ves, 9 prises de parole.\n";

fn reply(course: i64, subject: &str) -> Ask {
    let ask = Ask::of(course, "forum", FORUM).route("reply").query("post", POST);
    ask.form("subject", subject).form("message", "<p>Neuf & pas plus : voir la <strong>fiche</strong>.</p>").form("message-format", 1)
}

/// The sample course after a learner and an administrator have worked in it: the house, the course, and the export.
fn worked() -> (House, i64, Archive) {
    let house = House::new();
    let course = house.import(&sample("formation")).course;
    let lucie = house.login("stagiaire");
    let answer = house.act(&lucie, reply(course, "Relevé de Lucie").upload("attachments", "relevé d’écoute.txt", SHEET)).unwrap();
    let Answer::Redirect(to) = answer else { panic!("not stored: {}", html(&answer)) };
    assert!(to.starts_with(&format!("/course/{course}/forum/{FORUM}/discussion?d={DISCUSSION}")), "{to}");
    completion::tick(&house.app, &lucie, course, 442, true).unwrap();
    let answer = house.act(&house.admin(), reply(course, "Réponse du rectorat")).unwrap();
    assert!(matches!(answer, Answer::Redirect(_)), "{}", html(&answer));
    let out = Archive::read(&house.export(course, "worked.mbz", false));
    (house, course, out)
}

fn post<'a>(forum: &'a Element, subject: &str) -> &'a Element {
    forum.all("post").into_iter().find(|p| p.leaf("subject") == Some(subject)).unwrap_or_else(|| panic!("no post « {subject} »"))
}

fn ids(archive: &Archive, document: &str, element: &str) -> HashSet<i64> {
    archive.document(document).all(element).into_iter().filter_map(Element::id).collect()
}

fn refs(archive: &Archive, activity: &str, list: &str) -> HashSet<String> {
    let inforef = archive.document(&format!("activities/{activity}/inforef.xml"));
    let all = inforef.all(list).into_iter().flat_map(|l| &l.children);
    all.filter_map(|c| c.leaf("id")).map(str::to_owned).collect()
}

#[test]
fn a_reply_is_written_as_a_post_of_its_discussion() {
    let (_house, _, out) = worked();
    let original = Archive::read(&sample("formation"));
    let path = format!("activities/forum_{FORUM}/forum.xml");
    let forum = out.document(&path);
    let new = post(&forum, "Relevé de Lucie");
    let highest = original
        .documents()
        .filter(|(p, _)| p.ends_with("/forum.xml"))
        .flat_map(|(_, d)| d.all("post").into_iter().filter_map(Element::id).collect::<Vec<_>>())
        .max();
    assert!(new.id() > highest, "{:?} is not above {highest:?}", new.id());
    let (now, lucie, parent) = (NOW.to_string(), LUCIE.to_string(), POST.to_string());
    let expected = [
        ("userid", lucie.as_str()),
        ("parent", &parent),
        ("created", &now),
        ("modified", &now),
        ("message", "<p>Neuf & pas plus : voir la <strong>fiche</strong>.</p>"),
        ("messageformat", "1"),
        ("attachment", "1"),
        ("privatereplyto", "0"),
    ];
    for (leaf, value) in expected {
        assert_eq!(new.leaf(leaf), Some(value), "{leaf}");
    }
    let names = |e: &Element| e.children.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
    let original = original.document(&path);
    assert_eq!(names(new), names(original.numbered("post", POST).unwrap()), "a new post has the leaves of those beside it");
    let discussion = forum.numbered("discussion", DISCUSSION).unwrap();
    assert!(discussion.all("post").contains(&new));
    assert_eq!(discussion.leaf("timemodified"), Some(now.as_str()));
}

#[test]
fn its_attachment_is_a_file_that_a_restore_finds() {
    let (_house, _, out) = worked();
    let original = Archive::read(&sample("formation"));
    let forum = out.document(&format!("activities/forum_{FORUM}/forum.xml"));
    let item = post(&forum, "Relevé de Lucie").id().unwrap().to_string();
    let files = out.document("files.xml");
    let known = ids(&original, "files.xml", "file");
    let new: Vec<&Element> = files.all("file").into_iter().filter(|f| f.id().is_some_and(|id| !known.contains(&id))).collect();
    let highest = known.iter().max().copied();
    assert!(new.len() == 2 && new.iter().all(|f| f.id() > highest), "a file and its folder: {new:?}");
    let hash: String = Sha1::digest(SHEET).iter().map(|b| format!("{b:02x}")).collect();
    for file in &new {
        for (leaf, value) in [("component", "mod_forum"), ("filearea", "attachment"), ("itemid", &item), ("filepath", "/"), ("userid", "61")] {
            assert_eq!(file.leaf(leaf), Some(value), "{leaf}");
        }
        assert_eq!(file.leaf("contextid"), forum.attribute("contextid"));
    }
    let sheet = new.iter().find(|f| f.leaf("filename") == Some("relevé d’écoute.txt")).expect("the file's own record");
    assert_eq!((sheet.leaf("contenthash"), sheet.leaf("filesize")), (Some(hash.as_str()), Some(SHEET.len().to_string().as_str())));
    assert_eq!((sheet.leaf("mimetype"), sheet.leaf("author")), (Some("text/plain"), Some("Lucie Moreau")));
    assert!(new.iter().any(|f| f.leaf("filename") == Some(".") && f.leaf("filesize") == Some("0")));
    assert_eq!(out.0.get(&format!("files/{}/{hash}", &hash[..2])).map(Vec::as_slice), Some(SHEET));
    let named = refs(&out, &format!("forum_{FORUM}"), "fileref");
    assert!(new.iter().all(|f| named.contains(&f.id().unwrap().to_string())), "{named:?}");
    assert!(refs(&out, &format!("forum_{FORUM}"), "userref").contains("61"));
}

#[test]
fn somebody_who_was_never_in_the_course_becomes_a_person_of_it() {
    let (_house, _, out) = worked();
    let original = Archive::read(&sample("formation"));
    let known = ids(&original, "users.xml", "user");
    let users = out.document("users.xml");
    let new: Vec<&Element> = users.all("user").into_iter().filter(|u| u.id().is_some_and(|id| !known.contains(&id))).collect();
    let [admin] = new.as_slice() else { panic!("{} people are new", new.len()) };
    assert!(admin.id() > known.iter().max().copied());
    for (leaf, value) in [("username", "admin"), ("firstname", "Zoé"), ("lastname", "Dupont-admin"), ("email", "admin@example.org")] {
        assert_eq!(admin.leaf(leaf), Some(value), "{leaf}");
    }
    let mut contexts = HashSet::new();
    for (_, root) in original.documents() {
        root.each(&mut |e| contexts.extend(e.attribute("contextid").or(e.leaf("contextid")).and_then(|c| c.parse::<i64>().ok())));
    }
    let own = admin.attribute("contextid").unwrap().parse::<i64>().unwrap();
    assert!(contexts.iter().all(|c| *c < own), "context {own} is somebody else's");
    let number = admin.id().unwrap().to_string();
    let forum = out.document(&format!("activities/forum_{FORUM}/forum.xml"));
    assert_eq!(post(&forum, "Réponse du rectorat").leaf("userid"), Some(number.as_str()));
    assert!(refs(&out, &format!("forum_{FORUM}"), "userref").contains(&number));
}

#[test]
fn a_tick_is_a_line_of_the_activitys_completion() {
    let (_house, _, out) = worked();
    let completions = out.document("activities/url_442/completion.xml");
    let all = completions.all("completion");
    let mine: Vec<&&Element> = all.iter().filter(|c| c.leaf("userid") == Some("61")).collect();
    let [line] = mine.as_slice() else { panic!("{} lines", mine.len()) };
    assert_eq!((line.leaf("completionstate"), line.leaf("timemodified")), (Some("1"), Some(NOW.to_string().as_str())));
    let mut known = HashSet::new();
    for (_, root) in Archive::read(&sample("formation")).documents().filter(|(p, _)| p.ends_with("/completion.xml")) {
        known.extend(root.all("completion").into_iter().filter_map(Element::id));
    }
    assert!(line.id() > known.into_iter().max());
    assert!(refs(&out, "url_442", "userref").contains("61"));
}

#[test]
fn nothing_that_came_in_is_lost_and_moodle_would_drop_nothing() {
    let (house, _, _) = worked();
    let Some(tools) = judge::tools() else { return };
    let out = house.dir.path().join("worked.mbz");
    let f = judge::fidelity(&tools, &sample("formation"), &out).unwrap();
    // What is lost is the time at which the discussion was changed last, and who is subscribed no more than before.
    assert!(f.lost <= 2 && f.files_lost == 0 && f.dangling == 0, "{}", f.told);
    assert_eq!(judge::new_faults(&tools, &sample("formation"), &out).unwrap(), Vec::<String>::new());
}

#[test]
fn another_house_shows_it_all() {
    let (house, _, _) = worked();
    let other = House::new();
    let course = other.import(&house.dir.path().join("worked.mbz")).course;
    let admin = other.admin();
    let page = other.view(&admin, Ask::of(course, "forum", FORUM).route("discussion").query("d", DISCUSSION)).unwrap();
    for text in
        ["Relevé de Lucie", "Réponse du rectorat", "voir la <strong>fiche</strong>", "relevé d’écoute.txt", "Lucie Moreau", "Zoé Dupont-admin"]
    {
        assert!(html(&page).contains(text), "{text} is not in\n{}", html(&page));
    }
    let again = other.export(course, "again.mbz", false);
    assert!(std::fs::read(again).unwrap() == std::fs::read(house.dir.path().join("worked.mbz")).unwrap());
}
