//! Imports: nothing seen before it is published, nothing left when it is not.
#![allow(clippy::unwrap_used)]

mod common;
use common::*;
use parcours_course::Doc;
use parcours_store::export::Export;
use parcours_store::query::{Query, select};
use parcours_store::records::{self, Scope};
use parcours_store::{
    Domain, Limits, Publish, Staging, StoreError, accounts, activities, completion, courses, grades, numbers, people, sections, sessions,
};

fn rows(domain: &Domain) -> i64 {
    let read = domain.read().unwrap();
    parcours_store::courses::list(&read).unwrap().len() as i64
}

#[test]
fn an_import_is_invisible_until_it_is_published() {
    let (_dir, domain) = domain();
    let mut s = Staging::begin(&domain, "{\"file\":\"x.mbz\"}", 10).unwrap();
    let course = s.course();
    fill(&mut s, 2500).unwrap();
    {
        let read = domain.read().unwrap();
        assert_eq!(rows(&domain), 0);
        assert!(courses::get(&read, course).unwrap().is_none());
        assert!(activities::list(&read, course).unwrap().is_empty());
        assert!(sections::list(&read, course).unwrap().is_empty());
        assert!(matches!(Scope::open(&read, course, 11), Err(StoreError::NoActivity { .. })));
        assert!(matches!(Export::open(&read, course), Err(StoreError::NoCourse(_))));
        assert_eq!(accounts::count(&read).unwrap(), 0);
    }
    let published = s.publish(Publish { now: 20, ..Publish::default() }, |_| "{}".into()).unwrap();
    assert_eq!((published.course, published.people.len(), published.people[0].how), (course, 1, accounts::How::Made));
    let read = domain.read().unwrap();
    let c = courses::get(&read, course).unwrap().unwrap();
    assert_eq!((c.fullname.as_str(), c.published, c.source.as_str()), ("Cours d'essai", 20, "{\"file\":\"x.mbz\"}"));
    assert_eq!(c.opened, None, "brought in is not yet open to its people");
    let outline = sections::outline(&read, course).unwrap();
    let inside: Vec<_> = outline.sections[0].1.iter().map(|a| (a.cm, a.name.as_str(), a.context)).collect();
    assert_eq!(inside, [(12, "Forum 12", 112), (11, "Forum 11", 111)]);
    assert_eq!(people::get(&read, course, 5).unwrap().unwrap().username, "ada");
}

#[test]
fn an_abandoned_import_leaves_nothing() {
    let (dir, domain) = domain();
    let mut s = Staging::begin(&domain, "{}", 10).unwrap();
    fill(&mut s, 1500).unwrap();
    s.abandon().unwrap();
    leaves_nothing(&dir, domain);
}

#[test]
fn a_dropped_import_leaves_nothing() {
    let (dir, domain) = domain();
    let mut s = Staging::begin(&domain, "{}", 10).unwrap();
    fill(&mut s, 1500).unwrap();
    drop(s);
    leaves_nothing(&dir, domain);
}

#[test]
fn a_killed_import_leaves_nothing_after_the_next_start() {
    let (dir, domain) = domain();
    let mut s = Staging::begin(&domain, "{}", 10).unwrap();
    fill(&mut s, 1500).unwrap();
    // The copy is what a kill at this moment leaves on the disk, unfinished log and all.
    let copy = tempfile::tempdir().unwrap();
    copy_dir(dir.path(), copy.path());
    std::fs::write(copy.path().join("pool/tmp/half"), "half a content").unwrap();
    let after = open(&copy);
    leaves_nothing(&copy, after);
    drop(s);
}

fn leaves_nothing(dir: &tempfile::TempDir, domain: Domain) {
    assert_eq!(files_below(&dir.path().join("pool")), 0);
    drop(domain);
    let sql = rusqlite::Connection::open(dir.path().join("domain.sqlite3")).unwrap();
    let mut tables = sql.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").unwrap();
    let names: Vec<String> = tables.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(names.len() > 30);
    for name in names.iter().filter(|n| *n != "declared" && *n != "setting") {
        let n: i64 = sql.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |r| r.get(0)).unwrap();
        assert_eq!(n, 0, "{name}");
    }
}

fn copy_dir(from: &std::path::Path, to: &std::path::Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&to).unwrap();
            copy_dir(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_duplicate_number_is_told_and_the_document_can_be_kept_whole_instead() {
    let (_dir, domain) = domain();
    let mut s = Staging::begin(&domain, "{}", 10).unwrap();
    fill(&mut s, 3).unwrap();
    let doc = s.document("activities/forum_13/forum.xml", "forum", 13).unwrap();
    s.insert(&doc, post(900, 900, 1, "a")).unwrap();
    let again = s.insert(&doc, post(900, 900, 2, "b"));
    assert!(matches!(&again, Err(StoreError::Duplicate { table, id: 900 }) if table == "posts"), "{again:?}");
    s.drop_document(doc).unwrap();
    s.keep("activities/forum_13/forum.xml", "forum", place(13), &mut &b"<activity/>"[..]).unwrap();
    // Its numbers are free for others.
    let doc = s.document("activities/forum_14/forum.xml", "forum", 14).unwrap();
    s.insert(&doc, post(900, 900, 1, "a")).unwrap();
    s.close(doc, &Doc::default(), place(14)).unwrap();
    assert!(matches!(s.document("users.xml", "core", 0), Err(StoreError::DuplicateDocument(_))));
    let course = s.publish(Publish::default(), |_| String::new()).unwrap().course;
    let read = domain.read().unwrap();
    let documents = Export::open(&read, course).unwrap().documents().unwrap();
    assert_eq!(documents.iter().filter(|d| d.cm == 13).count(), 1);
}

#[test]
fn new_numbers_are_above_all_that_the_archive_has_or_mentions() {
    let (_dir, domain) = domain();
    let mut s = Staging::begin(&domain, "{}", 10).unwrap();
    fill(&mut s, 3).unwrap();
    let mention = [("userid", 4000.into()), ("timecreated", 1.into())];
    one(&mut s, "activities/forum_11/completion.xml", 11, vec![core_record("completionview", 1, 0, "@id userid", &mention)]).unwrap();
    s.raise(numbers::CONTEXT, 7000);
    let course = s.publish(Publish::default(), |_| String::new()).unwrap().course;
    let read = domain.read().unwrap();
    assert_eq!(numbers::next(&read, course, "c_user").unwrap(), 4001);
    assert_eq!(numbers::next(&read, course, numbers::CONTEXT).unwrap(), 7001);
    assert_eq!(numbers::next(&read, course, "m_forum_posts").unwrap(), 500_003);
    let scope = scope(&domain, course, 11);
    let fields = vec![("discussion".to_owned(), 1.into()), ("subject".to_owned(), "x".into())];
    let s2 = scope.clone();
    let id = write(&domain, move |w| records::insert(w, &s2, "posts", fields)).unwrap();
    assert_eq!(id, 500_003);
    let s2 = scope.clone();
    write(&domain, move |w| records::delete(w, &s2, "posts", id)).unwrap();
    let fields = vec![("discussion".to_owned(), 1.into())];
    assert_eq!(write(&domain, move |w| records::insert(w, &scope, "posts", fields)).unwrap(), 500_004);
}

#[test]
fn people_are_joined_by_name_and_address_or_get_a_free_name() {
    let (_dir, domain) = domain();
    let ada = write(&domain, |w| {
        accounts::create(w, &accounts::NewAccount { username: "Ada".into(), email: "ada@EXAMPLE.org".into(), ..Default::default() })
    })
    .unwrap();
    let first = import(&domain, 1);
    assert_eq!(accounts::of_person(&domain.read().unwrap(), first, 5).unwrap().unwrap().id, ada);
    write(&domain, move |w| w_email(w, ada)).unwrap();
    let second = import(&domain, 1);
    let other = accounts::of_person(&domain.read().unwrap(), second, 5).unwrap().unwrap();
    assert_eq!((other.username.as_str(), other.password), ("ada-2", None));
    assert_ne!(other.id, ada);
    assert_eq!(courses::of_account(&domain.read().unwrap(), ada).unwrap().len(), 1);
}

#[test]
fn an_account_in_use_is_joined_only_when_somebody_says_so_and_an_administrators_never() {
    use accounts::How;
    let (_dir, domain) = domain();
    let ada = |password: Option<&str>| accounts::NewAccount {
        username: "ada".into(),
        email: "ada@example.org".into(),
        password: password.map(str::to_owned),
        ..Default::default()
    };
    let new = ada(Some("hash"));
    let account = write(&domain, move |w| accounts::create(w, &new)).unwrap();
    let bring = |same_people: bool| {
        let mut s = Staging::begin(&domain, "{}", 10).unwrap();
        fill(&mut s, 1).unwrap();
        s.publish(Publish { now: 20, same_people, ..Publish::default() }, |_| "{}".into()).unwrap().people.remove(0)
    };
    let met = bring(false);
    assert_eq!((met.how, met.username.as_str(), met.account == account), (How::MadeBesideLive, "ada", false));
    assert_eq!((bring(true).how, bring(true).account), (How::JoinedLive, account));
    // A session is use, too.
    write(&domain, move |w| {
        accounts::set_password(w, account, None)?;
        let session = sessions::Session { token: sessions::hash(b"x"), account, created: 1, used: 1, address: String::new(), agent: String::new() };
        sessions::begin(w, &session)
    })
    .unwrap();
    assert_eq!(bring(false).how, How::MadeBesideLive);
    write(&domain, move |w| accounts::set_suspended(w, account, false)).unwrap();
    assert_eq!((bring(false).how, bring(false).account), (How::Joined, account));
    write(&domain, move |w| accounts::set_admin(w, account, true)).unwrap();
    for same_people in [false, true] {
        let met = bring(same_people);
        assert_eq!((met.how, met.account == account), (How::MadeBesideAdmin, false));
    }
}

#[test]
fn grades_and_completion_of_strangers_are_counted_and_count_nowhere() {
    let (_dir, domain) = domain();
    let mut s = Staging::begin(&domain, "{}", 10).unwrap();
    fill(&mut s, 1).unwrap();
    let enrol = [("enrol", "manual".into())];
    let mut enrolment = core_record("enrolment", 70, 1, "@id userid", &[("userid", 5.into())]);
    enrolment.parent = Some(60);
    one(&mut s, "course/enrolments.xml", 0, vec![enrolment, core_record("enrol", 60, 0, "@id enrol", &enrol)]).unwrap();
    let done =
        |id: i64, who: i64| core_record("completion", id, id, "@id userid completionstate", &[("userid", who.into()), ("completionstate", 1.into())]);
    one(&mut s, "activities/forum_11/completion.xml", 11, vec![done(1, 5), done(2, 6)]).unwrap();
    let grade = |id: i64, who: i64| {
        core_record("grade_grade", id, id, "@id userid", &[("itemid", 9.into()), ("userid", who.into()), ("finalgrade", "7".into())])
    };
    one(&mut s, "gradebook.xml", 0, vec![grade(1, 5), grade(2, 6), grade(3, 6)]).unwrap();
    let published = s.publish(Publish::default(), |_| "{}".into()).unwrap();
    assert_eq!((published.strangers.people, published.strangers.records), (1, 3));
    let (read, course) = (domain.read().unwrap(), published.course);
    let counts = |who: i64| (completion::of_person(&read, course, who).unwrap().len(), grades::of_person(&read, course, who).unwrap().len());
    assert_eq!((counts(5), counts(6)), ((1, 1), (0, 0)));
    assert_eq!(completion::of_activity(&read, course, 11).unwrap().iter().map(|c| c.person).collect::<Vec<_>>(), [5]);
    // They go out with the course all the same.
    let out = Export::open(&read, course).unwrap();
    let doc = |path: &str| out.documents().unwrap().into_iter().find(|d| d.path == path).unwrap().doc;
    assert_eq!(out.rows("core", "completion", doc("activities/forum_11/completion.xml"), None).unwrap().count(), 2);
    assert_eq!(out.rows("core", "grade_grade", doc("gradebook.xml"), None).unwrap().count(), 3);
}

#[test]
fn a_course_is_opened_to_its_people_and_closed_again() {
    let (_dir, domain) = domain();
    let course = import(&domain, 1);
    let opened = || courses::get(&domain.read().unwrap(), course).unwrap().map(|c| (c.opened, c.opener, c.visible));
    assert_eq!(opened(), Some((None, None, true)));
    write(&domain, move |w| courses::open(w, course, Some(1), 30)).unwrap();
    assert_eq!(opened(), Some((Some(30), Some(1), true)));
    write(&domain, move |w| courses::close(w, course)).unwrap();
    assert_eq!(opened(), Some((None, None, true)));
    assert!(matches!(write(&domain, |w| courses::open(w, 99, None, 30)), Err(StoreError::NoCourse(99))));
}

fn w_email(w: &mut parcours_store::Write, id: i64) -> Result<(), StoreError> {
    accounts::set_email(w, id, "elsewhere@example.org").map(drop)
}

#[test]
fn a_withdrawn_course_is_gone_with_its_files_and_the_other_stays() {
    let (dir, domain) = domain();
    let (a, b) = (import(&domain, 1200), import(&domain, 5));
    courses::withdraw(&domain, a).unwrap();
    let read = domain.read().unwrap();
    assert_eq!(courses::list(&read).unwrap().iter().map(|c| c.id).collect::<Vec<_>>(), [b]);
    let q = Query { table: "posts".into(), ..Query::default() };
    assert_eq!(select(&read, &scope(&domain, b, 11), &q).unwrap().rows.len(), 5);
    // Both held the same two contents.
    assert_eq!(files_below(&dir.path().join("pool")), 2);
    assert!(matches!(courses::withdraw(&domain, a), Err(StoreError::NoCourse(_))));
    courses::withdraw(&domain, b).unwrap();
    assert_eq!(files_below(&dir.path().join("pool")), 0);
}

#[test]
fn a_content_over_the_limit_is_refused_and_not_kept() {
    let (dir, domain) = domain();
    let mut s = Staging::begin(&domain, "{}", 10).unwrap();
    let refused = s.content("x", &mut vec![0; 100].as_slice(), Limits { size: 99 });
    assert!(matches!(refused, Err(StoreError::TooLarge { limit: 99, .. })));
    assert_eq!(files_below(&dir.path().join("pool")), 0);
}

#[test]
fn a_sweep_does_not_take_what_somebody_is_about_to_name() {
    let (dir, domain) = domain();
    let held = domain.pool().put(&mut &b"held"[..], Limits::default()).unwrap();
    let course = import(&domain, 1);
    courses::withdraw(&domain, course).unwrap();
    assert_eq!(files_below(&dir.path().join("pool")), 1);
    assert_eq!(held.size, 4);
}

#[test]
fn files_a_crash_left_without_a_row_are_removed_at_the_next_start() {
    let (dir, domain) = domain();
    drop(domain.pool().put_now(&mut &b"nobody names me"[..], Limits::default()).unwrap());
    let copy = tempfile::tempdir().unwrap();
    copy_dir(dir.path(), copy.path());
    assert_eq!(files_below(&copy.path().join("pool")), 1);
    drop(open(&copy));
    assert_eq!(files_below(&copy.path().join("pool")), 0);
}

#[test]
fn imports_and_withdrawals_at_the_same_time_lose_no_content() {
    let (_dir, domain) = domain();
    std::thread::scope(|s| {
        for n in 0..4 {
            let domain = &domain;
            s.spawn(move || {
                for round in 0..6 {
                    let course = import(domain, 20);
                    if (n + round) % 2 == 0 {
                        courses::withdraw(domain, course).unwrap();
                    }
                }
            });
        }
    });
    let read = domain.read().unwrap();
    let left = courses::list(&read).unwrap();
    assert_eq!(left.len(), 12);
    for c in left {
        let e = Export::open(&read, c.id).unwrap();
        for content in e.contents().unwrap() {
            e.content(&content.hash).unwrap();
        }
        for d in e.documents().unwrap().iter().filter(|d| matches!(d.form, parcours_store::export::Form::Kept(_))) {
            e.body(d.doc).unwrap();
        }
    }
}
