//! A domain with a small course in it, in one line.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use parcours_course::{Doc, Record, Shape, Unknown, Value};
use parcours_declare::{Declaration, core};
use parcours_store::records::Scope;
use parcours_store::{Domain, Limits, OpenDocument, Options, Place, Publish, Staging, StoreError, Write};
use tempfile::TempDir;

pub const FORUM: &str = r#"{
  "format": 1, "name": "forum", "version": 1, "release": "1.0", "world": "parcours:activity@0.1.0", "license": "MIT",
  "title": {"en": "Forum"}, "capabilities": {},
  "areas": {"attachment": {"item": "posts", "people": true}},
  "tables": {
    "instance": {"columns": {"name": {"kind": "text"}}},
    "discussions": {"indexes": [["timemodified"]], "columns": {"name": {"kind": "text", "max": 10}, "userid": {"kind": "user-ref"},
      "timemodified": {"kind": "time"}}},
    "posts": {"indexes": [["discussion", "created"], ["userid"]], "columns": {
      "discussion": {"kind": "record-ref", "table": "discussions", "stored": false},
      "parent": {"kind": "record-ref", "table": "posts"}, "userid": {"kind": "user-ref"}, "created": {"kind": "time"},
      "subject": {"kind": "text", "search": true}, "message": {"kind": "rich-text", "search": true},
      "score": {"kind": "decimal", "null": true}, "hidden": {"kind": "bool"}}}
  },
  "backup": {"file": "forum.xml", "root": "activity", "children": {"forum": {"table": "instance", "children": {
    "discussions/discussion": {"table": "discussions", "children": {"posts/post": {"table": "posts", "parent": "discussion"}}}}}}}
}"#;

pub fn forum() -> Declaration {
    Declaration::parse(FORUM).unwrap()
}

pub fn domain() -> (TempDir, Domain) {
    let dir = tempfile::tempdir().unwrap();
    let domain = open(&dir);
    (dir, domain)
}

pub fn open(dir: &TempDir) -> Domain {
    Domain::open(dir.path(), &[&forum()], Options { quick_check: true, ..Options::default() }).unwrap()
}

/// A record of a core table with these columns set.
pub fn core_record(table: &str, id: i64, seq: i64, shape: &str, set: &[(&str, Value)]) -> Record {
    let def = core().tables.get(table).unwrap();
    let values = def
        .columns
        .iter()
        .map(|(name, c)| {
            let absent = match c.absent() {
                None => Value::Null,
                Some(t) if c.kind.is_number() => Value::Int(t.parse().unwrap()),
                Some(t) => t.into(),
            };
            set.iter().find(|(n, _)| n == name).map_or(absent, |(_, v)| v.clone())
        })
        .collect();
    Record { table: table.into(), id, parent: None, seq, values, shape: Shape(shape.into()), unknown: None }
}

pub fn record(table: &str, id: i64, parent: Option<i64>, seq: i64, values: Vec<Value>) -> Record {
    let shape = if table == "posts" { "@id parent userid created ?odd subject message score hidden" } else { "@id name" };
    let unknown = (table == "posts").then(|| Unknown { texts: vec!["kept".into()], ..Unknown::default() });
    Record { table: table.into(), id, parent, seq, values, shape: Shape(shape.into()), unknown }
}

pub fn post(id: i64, discussion: i64, seq: i64, message: &str) -> Record {
    let values = vec![
        discussion.into(),
        0.into(),
        5.into(),
        (1000 + id).into(),
        format!("Sujet {id}").into(),
        message.into(),
        if id % 2 == 0 { Value::Null } else { format!("{id}.50000").into() },
        0.into(),
    ];
    record("posts", id, Some(discussion), seq, values)
}

pub fn one(s: &mut Staging, path: &str, cm: i64, records: Vec<Record>) -> Result<(), StoreError> {
    let doc = s.document(path, "core", cm)?;
    for r in records {
        s.insert(&doc, r)?;
    }
    s.close(doc, &Doc { shape: Shape("+x".into()), unknown: None }, Place { cm, ..Place::default() })
}

/// A forum activity `cm` of one discussion with `posts` posts, numbered from `first`.
pub fn activity(s: &mut Staging, cm: i64, first: i64, posts: i64) -> Result<OpenDocument, StoreError> {
    let module = [("modulename", "forum".into()), ("sectionid", 3.into()), ("completion", 2.into())];
    one(s, &format!("activities/forum_{cm}/module.xml"), cm, vec![core_record("module", cm, 0, "@id @version modulename", &module)])?;
    let doc = s.document(&format!("activities/forum_{cm}/forum.xml"), "forum", cm)?;
    for n in 0..posts {
        s.insert(&doc, post(first + n, first, 2 + n, &format!("<p>Bonjour n°{n} &agrave; tous</p>")))?;
    }
    s.insert(&doc, record("discussions", first, Some(first), 1, vec![format!("D{first}").into(), 5.into(), 77.into()]))?;
    s.insert(&doc, record("instance", first, None, 0, vec![format!("Forum {cm}").into()]))?;
    Ok(doc)
}

pub fn place(cm: i64) -> Place {
    Place { cm, context: 100 + cm, instance: cm }
}

/// A course with a section, a person and two forums: cm 11 (records from 1), cm 12 (records from 500).
pub fn fill(s: &mut Staging, posts: i64) -> Result<(), StoreError> {
    let course = [("fullname", "Cours d'essai".into()), ("shortname", "CE".into()), ("contextid", 90.into())];
    one(s, "course/course.xml", 0, vec![core_record("course", 2, 0, "@id @contextid shortname fullname", &course)])?;
    let user = [("username", "ada".into()), ("email", "Ada@example.org".into()), ("firstname", "Ada".into()), ("contextid", 95.into())];
    one(s, "users.xml", 0, vec![core_record("user", 5, 0, "@id @contextid username email firstname", &user)])?;
    let section = [("number", 1.into()), ("sequence", "12,11".into())];
    one(s, "sections/section_3/section.xml", 0, vec![core_record("section", 3, 0, "@id number sequence", &section)])?;
    one(s, "files.xml", 0, vec![])?;
    for (cm, first) in [(11, 1), (12, 500_000)] {
        let doc = activity(s, cm, first, posts)?;
        s.close(doc, &Doc { shape: Shape("?@id +forum".into()), unknown: None }, place(cm))?;
    }
    s.keep("activities/forum_11/calendar.xml", "", place(11), &mut &b"<events/>"[..])?;
    s.keep("questions.xml", "", Place::default(), &mut vec![b'x'; 200_000].as_slice())?;
    s.content("a9993e364706816aba3e25717850c26c9cd0d89d", &mut &b"abc"[..], Limits::default()).map(drop)
}

pub fn import(domain: &Domain, posts: i64) -> i64 {
    let mut s = Staging::begin(domain, "{}", 10).unwrap();
    fill(&mut s, posts).unwrap();
    s.publish(Publish { now: 20, ..Publish::default() }, |_| "{}".into()).unwrap().course
}

pub fn scope(domain: &Domain, course: i64, cm: i64) -> Scope {
    Scope::open(&domain.read().unwrap(), course, cm).unwrap()
}

/// Runs a write whose job borrows the transaction.
pub fn write<T: Send + 'static>(domain: &Domain, job: impl FnOnce(&mut Write) -> Result<T, StoreError> + Send + 'static) -> Result<T, StoreError> {
    domain.write(move |mut w| {
        let done = job(&mut w);
        (w, done)
    })
}

pub fn files_below(dir: &std::path::Path) -> usize {
    std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).map(|p| if p.is_dir() { files_below(&p) } else { 1 }).sum()
}
