//! A later declaration meets the data of an earlier one.
#![allow(clippy::unwrap_used)]

mod common;
use common::*;
use parcours_course::Value;
use parcours_declare::Declaration;
use parcours_store::query::{Cond, Op, Query, select};
use parcours_store::{Domain, Options, StoreError, courses, records};

fn later(from: &str, to: &str) -> Declaration {
    let text = FORUM.replace(from, to);
    assert_ne!(text, FORUM);
    Declaration::parse(&text).unwrap()
}

fn reopen(dir: &tempfile::TempDir, d: &Declaration) -> Result<Domain, StoreError> {
    Domain::open(dir.path(), &[d], Options::default())
}

#[test]
fn a_new_column_holds_its_default_and_a_new_index_serves() {
    let (dir, domain) = domain();
    let course = import(&domain, 1200);
    drop(domain);
    let d = later(
        r#""hidden": {"kind": "bool"}"#,
        r#""hidden": {"kind": "bool"}, "mark": {"kind": "int", "default": "7"}, "note": {"kind": "text", "null": true, "search": true}"#,
    );
    let text = serde_json::to_string(&d).unwrap().replace(r#"["userid"]"#, r#"["hidden"]"#);
    let domain = reopen(&dir, &Declaration::parse(&text).unwrap()).unwrap();
    let s = scope(&domain, course, 11);
    let read = domain.read().unwrap();
    assert_eq!(records::get(&read, &s, "posts", 1, &["mark", "note"]).unwrap().unwrap(), [Value::Int(7), Value::Null]);
    let ask = |column| {
        let filter = vec![vec![Cond::new(column, Op::Eq, 0)]];
        select(&read, &s, &Query { table: "posts".into(), filter, ..Query::default() }).map(|p| p.rows.len())
    };
    assert_eq!(ask("hidden").unwrap(), 50);
    assert!(matches!(ask("userid"), Err(StoreError::Unsupported { .. })));
    drop(read);
    let t = s.clone();
    write(&domain, move |w| records::update(w, &t, "posts", 1, vec![("note".into(), "Été".into())], None)).unwrap();
    let filter = vec![vec![Cond::new("note", Op::Contains, "ete")]];
    let q = Query { table: "posts".into(), filter, ..Query::default() };
    assert_eq!(select(&domain.read().unwrap(), &s, &q).unwrap().rows.len(), 1);
}

#[test]
fn a_column_that_becomes_searchable_is_searched_in_old_records_too() {
    let (dir, domain) = domain();
    let course = import(&domain, 3);
    drop(domain);
    let d = later(r#""name": {"kind": "text", "max": 10}"#, r#""name": {"kind": "text", "max": 10, "search": true}"#);
    let domain = reopen(&dir, &d).unwrap();
    let filter = vec![vec![Cond::new("name", Op::Prefix, "d")]];
    let q = Query { table: "discussions".into(), filter, ..Query::default() };
    assert_eq!(select(&domain.read().unwrap(), &scope(&domain, course, 11), &q).unwrap().rows.len(), 1);
}

#[test]
fn any_other_change_is_refused_and_changes_nothing() {
    let (dir, domain) = domain();
    drop(domain);
    for (from, to) in [(r#""created": {"kind": "time"}"#, r#""created": {"kind": "text"}"#), (r#", "hidden": {"kind": "bool"}"#, "")] {
        match reopen(&dir, &later(from, to)) {
            Err(StoreError::Redeclared { owner, table, .. }) => assert_eq!((owner.as_str(), table.as_str()), ("forum", "posts")),
            other => panic!("{:?}", other.err()),
        }
    }
    drop(open(&dir));
}

#[test]
fn a_module_can_be_added_while_the_domain_is_open() {
    let (_dir, domain) = domain();
    let other = Declaration::parse(&FORUM.replace(r#""name": "forum""#, r#""name": "club""#)).unwrap();
    assert!(domain.schema().table("club", "posts").is_err());
    domain.declare(&[&other]).unwrap();
    assert!(domain.schema().table("club", "posts").is_ok());
    assert!(domain.read().unwrap().schema().table("forum", "posts").is_ok());
}

#[test]
fn a_course_of_before_courses_could_be_closed_is_open() {
    let (dir, domain) = domain();
    let course = import(&domain, 1);
    assert_eq!(courses::get(&domain.read().unwrap(), course).unwrap().unwrap().opened, None);
    drop(domain);
    let sql = rusqlite::Connection::open(dir.path().join("domain.sqlite3")).unwrap();
    sql.execute_batch(
        "ALTER TABLE course DROP COLUMN opened; ALTER TABLE course DROP COLUMN opener; UPDATE setting SET value = '1' WHERE name = 'store.schema'",
    )
    .unwrap();
    drop(sql);
    for _ in 0..2 {
        let domain = open(&dir);
        assert_eq!(courses::get(&domain.read().unwrap(), course).unwrap().unwrap().opened, Some(20));
    }
}
