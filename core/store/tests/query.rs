//! What a module may ask, and where it ends.
#![allow(clippy::unwrap_used)]

mod common;
use common::*;
use parcours_course::Value;
use parcours_store::query::{Agg, Aggregate, Cond, Op, Order, Query, select, summarise};
use parcours_store::records::{self, Fields, Scope};
use parcours_store::{Domain, StoreError};

fn query(table: &str) -> Query {
    Query { table: table.into(), columns: vec!["id".into()], limit: Some(1000), ..Query::default() }
}

fn by(column: &str, descending: bool) -> Vec<Order> {
    vec![Order { column: column.into(), descending }]
}

fn ids(domain: &Domain, scope: &Scope, q: &Query) -> Vec<i64> {
    let mut q = q.clone();
    let mut all = Vec::new();
    loop {
        let page = select(&domain.read().unwrap(), scope, &q).unwrap();
        all.extend(page.rows.iter().filter_map(|r| r[0].int()));
        match page.next {
            Some(next) => q.after = Some(next),
            None => return all,
        }
    }
}

fn fields(list: &[(&str, Value)]) -> Fields {
    list.iter().map(|(c, v)| ((*c).to_owned(), v.clone())).collect()
}

#[test]
fn an_activity_sees_its_own_records_only() {
    let (_dir, domain) = domain();
    let (a, b) = (import(&domain, 3), import(&domain, 4));
    let (one, two, other) = (scope(&domain, a, 11), scope(&domain, a, 12), scope(&domain, b, 11));
    assert_eq!(ids(&domain, &one, &query("posts")), [1, 2, 3]);
    assert_eq!(ids(&domain, &two, &query("posts")), [500_000, 500_001, 500_002]);
    assert_eq!(ids(&domain, &other, &query("posts")).len(), 4);
    let read = domain.read().unwrap();
    assert!(records::get(&read, &one, "posts", 500_000, &[]).unwrap().is_none());
    assert!(records::get_many(&read, &one, "posts", &[3, 500_000, 1], &["id"]).unwrap().len() == 2);
    assert!(matches!(records::get(&read, &one, "user", 5, &[]), Err(StoreError::NoTable { .. })));
    let (s, t) = (one.clone(), one.clone());
    assert!(!write(&domain, move |w| records::update(w, &s, "posts", 500_000, fields(&[("subject", "x".into())]), None)).unwrap());
    assert!(!write(&domain, move |w| records::delete(w, &t, "posts", 500_000)).unwrap());
    let into = write(&domain, move |w| records::insert(w, &one, "posts", fields(&[("discussion", 500_000.into())])));
    assert!(matches!(into, Err(StoreError::Invalid(_))));
}

#[test]
fn pages_follow_each_other_in_every_order() {
    let (_dir, domain) = domain();
    let course = import(&domain, 25);
    let s = scope(&domain, course, 11);
    for (column, descending) in [("created", false), ("created", true), ("score", false), ("score", true), ("id", true), ("userid", true)] {
        let all = ids(&domain, &s, &Query { order: by(column, descending), ..query("posts") });
        let paged = ids(&domain, &s, &Query { order: by(column, descending), limit: Some(4), ..query("posts") });
        assert_eq!(all.len(), 25, "{column}");
        assert_eq!(all, paged, "{column} {descending}");
    }
    // Null first, then by size: 11.50000 stands after 9.50000.
    let scores = ids(&domain, &s, &Query { order: by("score", false), ..query("posts") });
    assert_eq!(scores[..14], [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 1, 3]);
    assert_eq!(scores[24], 25);
}

#[test]
fn a_cursor_of_another_list_is_refused() {
    let (_dir, domain) = domain();
    let course = import(&domain, 25);
    let (s, other) = (scope(&domain, course, 11), scope(&domain, course, 12));
    let q = Query { order: by("created", false), limit: Some(5), ..query("posts") };
    let read = domain.read().unwrap();
    let next = select(&read, &s, &q).unwrap().next.unwrap();
    let with = |scope: &Scope, order: Vec<Order>, cursor: String| {
        select(&read, scope, &Query { order, after: Some(cursor), ..q.clone() }).map(|p| p.rows.len())
    };
    assert_eq!(with(&s, q.order.clone(), next.clone()).unwrap(), 5);
    assert!(matches!(with(&other, q.order.clone(), next.clone()), Err(StoreError::Invalid(_))));
    assert!(matches!(with(&s, by("created", true), next.clone()), Err(StoreError::Invalid(_))));
    for at in 0..next.len() {
        let mut bad = next.clone().into_bytes();
        bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
        let bad = String::from_utf8(bad).unwrap();
        assert!(matches!(with(&s, q.order.clone(), bad), Err(StoreError::Invalid(_))), "{at}");
    }
    for bad in ["", "%", "AAAA", &next[..next.len() - 4]] {
        assert!(matches!(with(&s, q.order.clone(), bad.into()), Err(StoreError::Invalid(_))), "{bad}");
    }
}

#[test]
fn filters_say_what_they_mean() {
    let (_dir, domain) = domain();
    let course = import(&domain, 10);
    let s = scope(&domain, course, 11);
    let found = |filter: Vec<Vec<Cond>>| ids(&domain, &s, &Query { filter, ..query("posts") });
    let list = |op, values: Vec<Value>| Cond { column: "id".into(), op, values };
    assert_eq!(found(vec![vec![Cond::new("created", Op::Gt, 1008)]]), [9, 10]);
    assert_eq!(found(vec![vec![Cond::new("created", Op::Gt, 1008), Cond::new("id", Op::Ne, 9)], vec![Cond::new("id", Op::Eq, 1)]]), [1, 10]);
    assert_eq!(found(vec![vec![list(Op::AnyOf, vec![3.into(), 99.into()])]]), [3]);
    assert_eq!(found(vec![vec![list(Op::AnyOf, vec![])]]), [0i64; 0]);
    assert_eq!(found(vec![vec![list(Op::NoneOf, vec![])]]).len(), 10);
    assert_eq!(found(vec![vec![Cond { column: "score".into(), op: Op::IsNull, values: vec![] }]]), [2, 4, 6, 8, 10]);
    assert_eq!(found(vec![vec![Cond::new("score", Op::Lt, "9.5")]]), [1, 3, 5, 7]);
    assert_eq!(found(vec![vec![Cond::new("message", Op::Contains, "N°7 À TOUS")]]), [8]);
    assert_eq!(found(vec![vec![Cond::new("message", Op::Contains, "<p>")]]), [0i64; 0]);
    assert_eq!(found(vec![vec![Cond::new("subject", Op::Prefix, "SUJET 1")]]), [1, 10]);
    assert_eq!(found(vec![vec![Cond::new("subject", Op::Prefix, "%")]]), [0i64; 0]);
    let wrong = |filter| select(&domain.read().unwrap(), &s, &Query { filter, ..query("posts") });
    assert!(matches!(wrong(vec![vec![Cond::new("created", Op::Eq, "x")]]), Err(StoreError::Invalid(_))));
    assert!(matches!(wrong(vec![vec![Cond::new("created", Op::Eq, Value::Null)]]), Err(StoreError::Invalid(_))));
    assert!(matches!(wrong(vec![vec![Cond::new("_doc", Op::Eq, 1)]]), Err(StoreError::NoColumn { .. })));
    assert!(matches!(wrong(vec![vec![Cond::new("x\" OR 1=1 --", Op::Eq, 1)]]), Err(StoreError::NoColumn { .. })));
}

#[test]
fn a_large_activity_is_only_asked_what_an_index_answers() {
    let (_dir, domain) = domain();
    let course = import(&domain, 1500);
    let s = scope(&domain, course, 11);
    let ask = |filter: Vec<Cond>, order| select(&domain.read().unwrap(), &s, &Query { filter: vec![filter], order, ..query("posts") });
    assert!(ask(vec![Cond::new("discussion", Op::Eq, 1)], by("created", true)).is_ok());
    assert!(ask(vec![Cond::new("message", Op::Contains, "n°1499")], vec![]).is_ok());
    assert!(ask(vec![], by("id", true)).is_ok());
    match ask(vec![Cond::new("hidden", Op::Eq, 0)], by("created", false)) {
        Err(StoreError::Unsupported { table, columns }) => assert_eq!((table.as_str(), columns.as_str()), ("posts", "hidden, created")),
        other => panic!("{other:?}"),
    }
    let small = scope(&domain, import(&domain, 30), 11);
    assert!(select(&domain.read().unwrap(), &small, &Query { order: by("hidden", false), ..query("posts") }).is_ok());
}

#[test]
fn groups_are_counted() {
    let (_dir, domain) = domain();
    let course = import(&domain, 5);
    let s = scope(&domain, course, 11);
    let agg = |op, column: &str| Aggregate { op, column: column.into() };
    let aggs = [agg(Agg::Count, ""), agg(Agg::Count, "score"), agg(Agg::Max, "created"), agg(Agg::Sum, "score"), agg(Agg::CountDistinct, "userid")];
    let rows = summarise(&domain.read().unwrap(), &s, "posts", &vec![], &["discussion".into()], &aggs, None).unwrap();
    assert_eq!(rows, [vec![1.into(), 5.into(), 3.into(), 1005.into(), Value::Real(10.5), 1.into()]]);
    assert!(summarise(&domain.read().unwrap(), &s, "posts", &vec![], &[], &[agg(Agg::Sum, "subject")], None).is_err());
}

#[test]
fn an_update_knows_the_version_it_expects() {
    let (_dir, domain) = domain();
    let course = import(&domain, 2);
    let s = scope(&domain, course, 11);
    let update = |id, expect| {
        let s = s.clone();
        write(&domain, move |w| records::update(w, &s, "posts", id, fields(&[("subject", "Été".into())]), expect))
    };
    assert!(update(1, Some(1)).unwrap());
    assert!(matches!(update(1, Some(1)), Err(StoreError::Conflict { id: 1, .. })));
    assert!(update(1, Some(2)).unwrap());
    assert!(!update(99, Some(1)).unwrap());
    let found = Query { filter: vec![vec![Cond::new("subject", Op::Contains, "ETE")]], ..query("posts") };
    assert_eq!(ids(&domain, &s, &found), [1]);
    let version = records::get(&domain.read().unwrap(), &s, "posts", 1, &["_version"]).unwrap().unwrap();
    assert_eq!(version, [Value::Int(3)]);
}

#[test]
fn values_are_checked_by_kind() {
    let (_dir, domain) = domain();
    let course = import(&domain, 2);
    let s = scope(&domain, course, 11);
    let insert = |table: &'static str, list: &[(&str, Value)]| {
        let (s, list) = (s.clone(), fields(list));
        write(&domain, move |w| records::insert(w, &s, table, list))
    };
    let refused = |r: Result<i64, StoreError>| matches!(r, Err(StoreError::NotOfKind { .. }));
    assert!(refused(insert("posts", &[("discussion", 1.into()), ("created", "x".into())])));
    assert!(refused(insert("posts", &[("discussion", 1.into()), ("hidden", 2.into())])));
    assert!(refused(insert("posts", &[("discussion", 1.into()), ("score", "many".into())])));
    assert!(refused(insert("posts", &[("discussion", 1.into()), ("subject", Value::Null)])));
    assert!(refused(insert("discussions", &[("name", "more than ten".into())])));
    assert!(matches!(insert("posts", &[("subject", "no discussion".into())]), Err(StoreError::Invalid(_))));
    assert!(matches!(insert("instance", &[("name", "second".into())]), Err(StoreError::Invalid(_))));
    // Typed texts are composed: e + combining acute is é.
    let id = insert("discussions", &[("name", "e\u{301}t".into())]).unwrap();
    let name = records::get(&domain.read().unwrap(), &s, "discussions", id, &["name"]).unwrap().unwrap();
    assert_eq!(name, [Value::from("ét")]);
    assert_eq!(ids(&domain, &s, &query("posts")), [1, 2]);
}

#[test]
fn many_records_are_added_all_or_none() {
    let (_dir, domain) = domain();
    let course = import(&domain, 2);
    let s = scope(&domain, course, 11);
    let t = s.clone();
    // The module goes on after the error, and what it did besides is kept.
    write(&domain, move |w| {
        let rows = vec![vec![1.into()], vec![1.into()], vec![77.into()]];
        assert!(records::insert_many(w, &t, "posts", &["discussion".into()], rows).is_err());
        records::insert(w, &t, "posts", fields(&[("discussion", 1.into())]))
    })
    .unwrap();
    assert_eq!(ids(&domain, &s, &query("posts")).len(), 3);
}

#[test]
fn what_stands_inside_goes_with_its_record() {
    let (_dir, domain) = domain();
    let course = import(&domain, 3);
    let s = scope(&domain, course, 11);
    let (a, b, c) = (s.clone(), s.clone(), s.clone());
    let rows = vec![vec![1.into(), "x".into()], vec![1.into(), "y".into()]];
    let new = write(&domain, move |w| records::insert_many(w, &a, "posts", &["discussion".into(), "subject".into()], rows)).unwrap();
    assert_eq!(ids(&domain, &s, &query("posts")).len(), 5);
    let filter = vec![vec![Cond { column: "id".into(), op: Op::AnyOf, values: vec![new[0].into()] }]];
    assert_eq!(write(&domain, move |w| records::delete_where(w, &b, "posts", &filter)).unwrap(), 1);
    assert!(write(&domain, move |w| records::delete(w, &c, "discussions", 1)).unwrap());
    assert_eq!(ids(&domain, &s, &query("posts")), [0i64; 0]);
    assert_eq!(ids(&domain, &scope(&domain, course, 12), &query("posts")).len(), 3);
}
