//! What came in comes out, and what is new stands beside it as if it had always been there.
#![allow(clippy::unwrap_used)]

mod common;
use common::*;
use parcours_course::{Record, Shape};
use parcours_store::export::{Export, Form};
use parcours_store::files::{self, Area, NewFile};
use parcours_store::{Conn, Limits, accounts, activities, completion, people, records, roles};
use std::io::Read;

fn all(e: &Export<'_>, owner: &str, table: &str, path: &str, parent: Option<i64>) -> Vec<Record> {
    let doc = e.documents().unwrap().into_iter().find(|d| d.path == path).unwrap();
    e.rows(owner, table, doc.doc, parent).unwrap().map(Result::unwrap).collect()
}

#[test]
fn records_come_back_with_shape_and_unknown_in_order() {
    let (_dir, domain) = domain();
    let course = import(&domain, 700);
    let read = domain.read().unwrap();
    let e = Export::open(&read, course).unwrap();
    let paths: Vec<String> = e.documents().unwrap().into_iter().map(|d| d.path).collect();
    assert!(paths.is_sorted());
    assert_eq!(paths.len(), 10);
    let posts = all(&e, "forum", "posts", "activities/forum_11/forum.xml", Some(1));
    let expected: Vec<Record> = (0..700).map(|n| post(1 + n, 1, 2 + n, &format!("<p>Bonjour n°{n} &agrave; tous</p>"))).collect();
    assert_eq!(posts, expected);
    assert!(all(&e, "forum", "posts", "activities/forum_11/forum.xml", None).is_empty());
    assert_eq!(all(&e, "forum", "instance", "activities/forum_12/forum.xml", None)[0].id, 500_000);
    assert_eq!(all(&e, "core", "module", "activities/forum_12/module.xml", None)[0].id, 12);
}

#[test]
fn kept_documents_and_contents_come_back_byte_by_byte() {
    let (_dir, domain) = domain();
    let course = import(&domain, 1);
    let read = domain.read().unwrap();
    let e = Export::open(&read, course).unwrap();
    for d in e.documents().unwrap() {
        if let Form::Kept(size) = d.form {
            let mut bytes = Vec::new();
            e.body(d.doc).unwrap().read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes.len() as u64, size, "{}", d.path);
            assert!(bytes == b"<events/>" || bytes == vec![b'x'; 200_000]);
        }
    }
    let contents = e.contents().unwrap();
    assert_eq!(contents[0].name, contents[0].sha1);
    let mut text = String::new();
    e.content(&contents[0].hash).unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "abc");
}

#[test]
fn a_new_record_is_written_as_its_siblings_are_without_what_was_theirs_alone() {
    let (_dir, domain) = domain();
    let course = import(&domain, 2);
    let s = scope(&domain, course, 11);
    let fields = vec![("discussion".to_owned(), 1.into()), ("subject".to_owned(), "Re".into())];
    let id = write(&domain, move |w| records::insert(w, &s, "posts", fields)).unwrap();
    let read = domain.read().unwrap();
    let posts = all(&Export::open(&read, course).unwrap(), "forum", "posts", "activities/forum_11/forum.xml", Some(1));
    let new = posts.last().unwrap();
    assert_eq!((new.id, new.seq, &new.unknown), (id, 4, &None));
    assert_eq!(new.shape, Shape("@id parent userid created subject message score hidden".into()));
}

#[test]
fn a_file_added_is_listed_everywhere_a_restore_looks() {
    let (_dir, domain) = domain();
    let course = import(&domain, 1);
    let s = scope(&domain, course, 11);
    let stored = domain.pool().put_now(&mut &b"%PDF-1.4"[..], Limits::default()).unwrap();
    assert_eq!(stored.mime, Some("application/pdf"));
    let id = write(&domain, move |w| {
        let area = Area::of(w, &s, "attachment", 1)?;
        let new = NewFile { path: "/notes/", name: "à lire.pdf", mime: "application/pdf", person: 5, author: "Ada", content: &stored, now: 50 };
        let first = files::add(w, &area, &new)?;
        assert!(files::add(w, &area, &NewFile { name: "../x", ..new.clone() }).is_err());
        // Again: it replaces the first.
        let second = files::add(w, &area, &new)?;
        assert_ne!(first, second);
        Ok(second)
    })
    .unwrap();
    let read = domain.read().unwrap();
    let s = scope(&domain, course, 11);
    let area = Area::of(&read, &s, "attachment", 1).unwrap();
    let list = files::list(&read, &area).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].id, list[0].size, list[0].context, list[0].person), (id, 8, 111, Some(5)));
    assert_eq!(files::find(&read, &area, "/notes/", "à lire.pdf").unwrap().unwrap(), list[0]);
    let e = Export::open(&read, course).unwrap();
    let records = all(&e, "core", "file", "files.xml", None);
    assert_eq!(records.len(), 3, "two directories and the file");
    let inforef = all(&e, "core", "inforef_file", "activities/forum_11/inforef.xml", None);
    assert_eq!(inforef.iter().filter_map(|r| r.values[0].int()).collect::<Vec<_>>(), [records[0].id, records[1].id, id]);
    assert_eq!(all(&e, "core", "inforef_user", "activities/forum_11/inforef.xml", None)[0].values[0].int(), Some(5));
    assert!(e.contents().unwrap().iter().any(|c| c.sha1 == list[0].contenthash));
    drop(read);
    // The post takes its files along.
    let s2 = s.clone();
    assert!(write(&domain, move |w| records::delete(w, &s2, "posts", 1)).unwrap());
    let read = domain.read().unwrap();
    assert!(files::list(&read, &area).unwrap().is_empty());
    let e = Export::open(&read, course).unwrap();
    assert!(all(&e, "core", "inforef_file", "activities/forum_11/inforef.xml", None).is_empty());
    assert_eq!(e.contents().unwrap().len(), 1);
}

#[test]
fn somebody_who_first_acts_in_a_course_gets_a_number_and_a_record() {
    let (_dir, domain) = domain();
    let course = import(&domain, 1);
    let number = write(&domain, move |w| {
        let account = accounts::create(w, &accounts::NewAccount { username: "bob".into(), firstname: "Bob".into(), ..Default::default() })?;
        let number = accounts::ensure_person(w, course, account, 60)?;
        assert_eq!(accounts::ensure_person(w, course, account, 61)?, number);
        people::enrol(w, course, number, "student", 60)?;
        people::enrol(w, course, number, "student", 61)?;
        Ok(number)
    })
    .unwrap();
    assert_eq!(number, 6);
    let read = domain.read().unwrap();
    assert_eq!(people::list(&read, course).unwrap().len(), 2);
    assert_eq!(people::get(&read, course, number).unwrap().unwrap().firstname, "Bob");
    assert_eq!(roles::of_person(&read, course, Some(11), number).unwrap()[0].archetype, "student");
    let enrolments = people::enrolments(&read, course, Some(number)).unwrap();
    assert_eq!(enrolments.len(), 1);
    assert!(enrolments[0].active && enrolments[0].method == "manual");
    let e = Export::open(&read, course).unwrap();
    let users = all(&e, "core", "user", "users.xml", None);
    assert_eq!(users.iter().map(|u| u.id).collect::<Vec<_>>(), [5, 6]);
    assert!(context_is_new(&read, course, users[1].values[0].int().unwrap()));
}

fn context_is_new(conn: &Conn, course: i64, context: i64) -> bool {
    activities::list(conn, course).unwrap().iter().all(|a| a.context != context) && context > 112
}

#[test]
fn completion_is_noted_once_and_a_view_stays() {
    let (_dir, domain) = domain();
    let course = import(&domain, 1);
    assert_eq!(completion::get(&domain.read().unwrap(), course, 11, 5).unwrap(), None);
    write(&domain, move |w| {
        completion::set(w, course, 11, 5, 0, true, 70)?;
        completion::set(w, course, 11, 5, 1, false, 71)?;
        completion::set(w, course, 11, 5, 1, true, 72)
    })
    .unwrap();
    let read = domain.read().unwrap();
    let state = completion::get(&read, course, 11, 5).unwrap().unwrap();
    assert_eq!((state.state, state.viewed, state.timemodified), (1, true, 72));
    // Nobody who takes part in the course: it counts for nothing.
    assert_eq!(completion::of_person(&read, course, 5).unwrap(), []);
    write(&domain, move |w| people::enrol(w, course, 5, "student", 73)).unwrap();
    assert_eq!(completion::of_person(&domain.read().unwrap(), course, 5).unwrap(), [state]);
    assert_eq!(completion::of_activity(&read, course, 12).unwrap(), []);
    let e = Export::open(&read, course).unwrap();
    assert_eq!(all(&e, "core", "completion", "activities/forum_11/completion.xml", None).len(), 1);
    assert_eq!(all(&e, "core", "completionview", "activities/forum_11/completion.xml", None).len(), 1);
}

#[test]
fn what_was_set_here_is_written_although_the_archive_had_no_leaf_for_it() {
    let (_dir, domain) = domain();
    let course = import(&domain, 2);
    assert!(write(&domain, move |w| activities::set_visible(w, course, 12, false)).unwrap());
    let read = domain.read().unwrap();
    let e = Export::open(&read, course).unwrap();
    let shape = |path| all(&e, "core", "module", path, None)[0].shape.0.clone();
    assert_eq!(shape("activities/forum_12/module.xml"), "@id @version modulename sectionid visible completion");
    assert_eq!(shape("activities/forum_11/module.xml"), "@id @version modulename", "untouched records stay as they came");
}
