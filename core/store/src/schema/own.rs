//! The store's own tables: what is not a record of an archive.

use super::ddl::KEY_ONCE;
use crate::StoreError;
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension};

/// Grows with every change of the tables below.
const VERSION: i64 = 2;

/// What led from each version to the next, the first from 1. A course that was there before courses could be closed was open.
const STEPS: &[&str] = &[
    "ALTER TABLE course ADD COLUMN opened BIGINT; ALTER TABLE course ADD COLUMN opener BIGINT; UPDATE course SET opened = coalesce(published,created)",
];

pub(super) fn create(sql: &Connection) -> Result<()> {
    sql.execute_batch("CREATE TABLE IF NOT EXISTS setting(name TEXT PRIMARY KEY, value TEXT NOT NULL)")?;
    let found: Option<i64> = sql.query_row("SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'store.schema'", [], |r| r.get(0)).optional()?;
    match found {
        Some(VERSION) => return Ok(()),
        Some(found) if found > VERSION => return Err(StoreError::LaterRelease { found, known: VERSION }),
        Some(found) => {
            let behind = STEPS.get(usize::try_from(found - 1).unwrap_or(0)..).unwrap_or_default();
            behind.iter().try_for_each(|step| sql.execute_batch(step)).map_err(StoreError::sql("changing the tables"))?;
        }
        None => sql.execute_batch(&tables()).map_err(StoreError::sql("making the tables"))?,
    }
    const SAY: &str = "INSERT INTO setting(name,value) VALUES('store.schema',?1) ON CONFLICT(name) DO UPDATE SET value = excluded.value";
    sql.execute(SAY, [VERSION.to_string()])?;
    Ok(())
}

/// `course.state` is `live`, `staging` (an import under way, seen by nobody) or `withdrawn` (being deleted). A live course is seen by its people when `opened` says since when.
///
/// `document` lists every document of each course; `body` holds a small kept one (deflated), `hash` names a large one in the pool, and `root` is
/// the frame of one held as records. `shape` holds each way of writing a record once; it belongs to the course, so that it leaves with it. `content`
/// says which stored file each content of the archive is: the name an archive gives one is not always its SHA-1.
fn tables() -> String {
    format!(
        "
CREATE TABLE course(id {KEY_ONCE}, state TEXT NOT NULL, created BIGINT NOT NULL, published BIGINT, source TEXT NOT NULL,
  fullname TEXT NOT NULL, shortname TEXT NOT NULL, visible BIGINT NOT NULL, startdate BIGINT NOT NULL, enddate BIGINT NOT NULL,
  opened BIGINT, opener BIGINT);
CREATE TABLE document(course BIGINT NOT NULL REFERENCES course(id), doc BIGINT NOT NULL, path TEXT NOT NULL, owner TEXT NOT NULL, cm BIGINT NOT NULL,
  kind TEXT NOT NULL, context BIGINT NOT NULL, instance BIGINT NOT NULL, root TEXT, body BLOB, hash TEXT, size BIGINT NOT NULL,
  PRIMARY KEY(course,doc), UNIQUE(course,path));
CREATE INDEX document_cm ON document(course,cm,owner);
CREATE INDEX document_hash ON document(hash);
CREATE TABLE shape(course BIGINT NOT NULL REFERENCES course(id), shape BIGINT NOT NULL, text TEXT NOT NULL, PRIMARY KEY(course,shape));
CREATE TABLE counter(course BIGINT NOT NULL REFERENCES course(id), space TEXT NOT NULL, next BIGINT NOT NULL, PRIMARY KEY(course,space));
CREATE TABLE pool_file(hash TEXT PRIMARY KEY, sha1 TEXT NOT NULL, size BIGINT NOT NULL, mime TEXT);
CREATE INDEX pool_file_sha1 ON pool_file(sha1);
CREATE TABLE content(course BIGINT NOT NULL REFERENCES course(id), name TEXT NOT NULL, hash TEXT NOT NULL REFERENCES pool_file(hash), PRIMARY KEY(course,name));
CREATE INDEX content_hash ON content(hash);
CREATE TABLE report(course BIGINT PRIMARY KEY REFERENCES course(id), report TEXT NOT NULL);
CREATE TABLE account(id {KEY_ONCE}, username TEXT NOT NULL UNIQUE, email TEXT NOT NULL, firstname TEXT NOT NULL, lastname TEXT NOT NULL,
  password TEXT, admin BIGINT NOT NULL, lang TEXT NOT NULL, timezone TEXT NOT NULL, created BIGINT NOT NULL, suspended BIGINT NOT NULL);
CREATE TABLE person(course BIGINT NOT NULL REFERENCES course(id), number BIGINT NOT NULL, account BIGINT NOT NULL REFERENCES account(id),
  PRIMARY KEY(course,number), UNIQUE(account,course));
CREATE TABLE session(token TEXT PRIMARY KEY, account BIGINT NOT NULL REFERENCES account(id), created BIGINT NOT NULL, used BIGINT NOT NULL,
  address TEXT NOT NULL, agent TEXT NOT NULL);
CREATE INDEX session_account ON session(account);
CREATE INDEX session_used ON session(used);
CREATE TABLE attempt(subject TEXT PRIMARY KEY, since BIGINT NOT NULL, failures BIGINT NOT NULL);
CREATE INDEX attempt_since ON attempt(since);
CREATE TABLE declared(owner TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY(owner,name));
"
    )
}
