//! The records of one place, step by step.

use super::{Export, shape};
use crate::error::Result;
use crate::row::{self, bad};
use crate::schema::Table;
use parcours_course::Record;
use rusqlite::params_from_iter;
use std::collections::VecDeque;
use std::sync::Arc;

/// Records of one step of the stream, and bytes after which a step ends early.
const STEP: i64 = 256;
const BYTES: usize = 1 << 20;

/// A stream of records. It holds at most one step of them.
pub struct Rows<'e, 'c> {
    export: &'e Export<'c>,
    table: Arc<Table>,
    doc: i64,
    parent: Option<i64>,
    last: Option<(i64, i64)>,
    ready: VecDeque<Record>,
    end: bool,
}

impl Iterator for Rows<'_, '_> {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Result<Record>> {
        if self.ready.is_empty()
            && !self.end
            && let Err(e) = self.step()
        {
            self.end = true;
            return Some(Err(e));
        }
        self.ready.pop_front().map(Ok)
    }
}

impl<'e, 'c> Rows<'e, 'c> {
    pub(super) fn new(export: &'e Export<'c>, table: Arc<Table>, doc: i64, parent: Option<i64>) -> Rows<'e, 'c> {
        Rows { export, table, doc, parent, last: None, ready: VecDeque::new(), end: false }
    }

    fn step(&mut self) -> Result<()> {
        let t = &self.table;
        let comma = if t.list.is_empty() { "" } else { "," };
        let own = if self.parent.is_some() { "= ?4" } else { "IS NULL AND ?4 IS NULL" };
        let after = if self.last.is_some() { "AND (_seq, id) > (?5, ?6)" } else { "" };
        let text = format!(
            "SELECT id, _parent, _seq, _version, _shape, _unknown{comma}{} FROM \"{}\" WHERE _course = ?1 AND _doc = ?2 AND _parent {own} {after} ORDER BY _seq, id LIMIT ?3",
            t.list, t.sql
        );
        let (course, doc) = (self.export.course, self.doc);
        let mut bound: Vec<Option<i64>> = vec![Some(course), Some(doc), Some(STEP), self.parent];
        bound.extend(self.last.iter().flat_map(|(seq, id)| [Some(*seq), Some(*id)]));
        let mut statement = self.export.conn.prepare(&text)?;
        let mut rows = statement.query(params_from_iter(bound))?;
        let mut bytes = 0;
        let mut count = 0;
        self.end = true;
        while let Some(r) = rows.next()? {
            let (id, seq): (i64, i64) = (r.get(0)?, r.get(2)?);
            let values = row::values(r, 6, t.columns.len()).map_err(|e| bad(&t.name, "*", id, e.to_string()))?;
            let (version, shape): (i64, Option<i64>) = (r.get(3)?, r.get(4)?);
            let written = match shape {
                Some(shape) => self.export.shape(shape)?,
                None => self.export.sibling(t, doc)?,
            };
            let changed = version > 1 || shape.is_none();
            let shape = if changed { shape::complete(t, &written, &values) } else { (*written).clone() };
            let unknown: Option<String> = r.get(5)?;
            bytes += 200 + unknown.as_ref().map_or(0, String::len) + values.iter().filter_map(|v| v.text()).map(str::len).sum::<usize>();
            count += 1;
            let unknown = row::unpack(&t.name, id, unknown)?;
            self.ready.push_back(Record { table: t.name.clone(), id, parent: r.get(1)?, seq, values, shape, unknown });
            self.last = Some((seq, id));
            if bytes > BYTES || count == STEP {
                self.end = false;
                break;
            }
        }
        Ok(())
    }
}
