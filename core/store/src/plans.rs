//! No question on the way of a page reads a whole table: the plans of the statements the store really runs.
#![allow(clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use crate::db::SEEN;
use common::*;
use parcours_store::export::Export;
use parcours_store::files::{self, Area};
use parcours_store::query::{Cond, Op, Order, Query, select};
use parcours_store::{accounts, activities, completion, courses, groups, people, records, roles, sections, sessions};

#[test]
fn no_page_reads_a_whole_table() {
    let (dir, domain) = domain();
    let course = import(&domain, 50);
    let s = scope(&domain, course, 11);
    let read = domain.read().unwrap();
    SEEN.take();
    let area = Area::of(&read, &s, "attachment", 1).unwrap();
    let order = vec![Order { column: "created".into(), descending: true }];
    let filter = vec![vec![Cond::new("discussion", Op::Eq, 1)]];
    let mut q = Query { table: "posts".into(), filter, order, limit: Some(5), ..Query::default() };
    q.after = select(&read, &s, &q).unwrap().next;
    assert_eq!(select(&read, &s, &q).unwrap().rows.len(), 5);
    records::get(&read, &s, "posts", 1, &[]).unwrap();
    files::find(&read, &area, "/", "x").unwrap();
    files::list(&read, &area).unwrap();
    files::list_area(&read, course, 111, "mod_forum", "attachment").unwrap();
    courses::of_account(&read, 1).unwrap();
    courses::get(&read, course).unwrap();
    courses::details(&read, course).unwrap();
    sections::outline(&read, course).unwrap();
    sections::by_number(&read, course, 1).unwrap();
    activities::get(&read, course, 11).unwrap();
    people::get(&read, course, 5).unwrap();
    people::list(&read, course).unwrap();
    people::enrolments(&read, course, Some(5)).unwrap();
    roles::of_person(&read, course, Some(11), 5).unwrap();
    roles::overrides(&read, course, Some(11)).unwrap();
    groups::of_person(&read, course, 5).unwrap();
    groups::members(&read, course, 1).unwrap();
    completion::of_person(&read, course, 5).unwrap();
    accounts::person(&read, course, 1).unwrap();
    accounts::find(&read, "ada").unwrap();
    sessions::find(&read, "x").unwrap();
    let e = Export::open(&read, course).unwrap();
    for d in e.documents().unwrap().iter().filter(|d| d.owner == "forum") {
        assert!(e.has("forum", "posts", d.doc).unwrap());
        e.rows("forum", "posts", d.doc, Some(1)).unwrap().for_each(|r| drop(r.unwrap()));
    }
    let seen = SEEN.take();
    drop(e);
    drop(read);
    let sql = rusqlite::Connection::open(dir.path().join("domain.sqlite3")).unwrap();
    assert!(seen.len() > 25);
    for text in seen.iter() {
        let mut plan = sql.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
        // The plan does not depend on what is bound, so nothing is.
        let mut rows = plan.raw_query();
        let mut steps: Vec<String> = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            steps.push(row.get(3).unwrap());
        }
        // A subquery or a constant row that was worked out before may be read through; it is as small as its own plan made it.
        let whole =
            steps.iter().find(|s| s.starts_with("SCAN") && !s.contains("SUBQUERY") && !s.contains("CONSTANT") && *s != "SCAN n" && *s != "SCAN x");
        assert!(whole.is_none(), "{whole:?} in {text}");
    }
}
