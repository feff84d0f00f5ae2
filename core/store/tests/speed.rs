//! How fast rows come in. Measured and printed, not asserted: machines differ.
#![allow(clippy::unwrap_used)]

mod common;
use common::{activity, domain, place};
use parcours_course::Doc;
use parcours_store::{Publish, Staging};
use std::time::Instant;

#[test]
fn a_hundred_thousand_rows_come_in() {
    let (dir, domain) = domain();
    let began = Instant::now();
    let mut s = Staging::begin(&domain, "{}", 1).unwrap();
    let doc = activity(&mut s, 11, 1, 100_000).unwrap();
    s.close(doc, &Doc::default(), place(11)).unwrap();
    let rows = s.rows();
    let staged = began.elapsed();
    s.publish(Publish::default(), |_| String::new()).unwrap();
    let published = began.elapsed() - staged;
    let size = std::fs::metadata(dir.path().join("domain.sqlite3")).unwrap().len();
    println!("{rows} rows in {staged:?} ({:.0} rows/s), published in {published:?}, {} bytes a row", rows as f64 / staged.as_secs_f64(), size / rows);
    assert_eq!(rows, 100_003);
}
