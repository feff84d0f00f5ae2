//! Records of the module's tables, in this activity.

use super::call::{Call, Hold};
use super::values::{self, refused};
use parcours_host::abilities::records::{Aggregate, Field, Filter, Query, Row, Rows};
use parcours_host::abilities::{Fault, Records, Refused};
use parcours_store::{query, records};

impl Records for Call {
    fn get(&mut self, table: &str, id: i64, columns: &[String]) -> Result<Option<Row>, Refused> {
        let found = records::get(&self.hold, &self.scope, table, id, &names(columns)).map_err(refused)?;
        Ok(found.map(values::row))
    }

    fn get_many(&mut self, table: &str, ids: &[i64], columns: &[String]) -> Result<Vec<Row>, Refused> {
        let found = records::get_many(&self.hold, &self.scope, table, ids, &names(columns)).map_err(refused)?;
        Ok(values::rows(found))
    }

    fn select(&mut self, q: &Query) -> Result<Rows, Refused> {
        let page = query::select(&self.hold, &self.scope, &values::query(q)).map_err(refused)?;
        Ok(Rows { rows: values::rows(page.rows), next: page.next })
    }

    fn summarise(&mut self, table: &str, filter: &Filter, group_by: &[String], aggregates: &[Aggregate], limit: u32) -> Result<Vec<Row>, Refused> {
        let aggregates = values::aggregates(aggregates);
        let found = query::summarise(&self.hold, &self.scope, table, &values::filter(filter), group_by, &aggregates, Some(limit)).map_err(refused)?;
        Ok(values::rows(found))
    }

    fn insert(&mut self, table: &str, fields: Vec<Field>) -> Result<i64, Refused> {
        let scope = self.scope.clone();
        records::insert(self.write()?, &scope, table, values::fields(fields)).map_err(refused)
    }

    fn insert_many(&mut self, table: &str, columns: &[String], rows: Vec<Row>) -> Result<Vec<i64>, Refused> {
        let scope = self.scope.clone();
        let rows = rows.into_iter().map(|r| r.into_iter().map(values::to_store).collect()).collect();
        records::insert_many(self.write()?, &scope, table, columns, rows).map_err(refused)
    }

    fn update(&mut self, table: &str, id: i64, fields: Vec<Field>, expect_version: Option<i64>) -> Result<bool, Refused> {
        let scope = self.scope.clone();
        records::update(self.write()?, &scope, table, id, values::fields(fields), expect_version).map_err(refused)
    }

    fn update_where(&mut self, table: &str, filter: &Filter, fields: Vec<Field>) -> Result<u64, Refused> {
        let scope = self.scope.clone();
        records::update_where(self.write()?, &scope, table, &values::filter(filter), values::fields(fields)).map_err(refused)
    }

    fn delete(&mut self, table: &str, id: i64) -> Result<bool, Refused> {
        let scope = self.scope.clone();
        records::delete(self.write()?, &scope, table, id).map_err(refused)
    }

    fn delete_where(&mut self, table: &str, filter: &Filter) -> Result<u64, Refused> {
        let scope = self.scope.clone();
        records::delete_where(self.write()?, &scope, table, &values::filter(filter)).map_err(refused)
    }

    fn savepoint(&mut self, number: u32) -> Result<(), Fault> {
        if let Hold::Write(w) = &mut self.hold {
            let mark = w.mark().map_err(Fault::new)?;
            self.marks.push((number, mark));
        }
        Ok(())
    }

    fn release(&mut self, number: u32) -> Result<(), Fault> {
        self.end(number, false)
    }

    fn rollback_to(&mut self, number: u32) -> Result<(), Fault> {
        self.end(number, true)
    }
}

impl Call {
    /// Ends a scope and those opened after it.
    fn end(&mut self, number: u32, back: bool) -> Result<(), Fault> {
        let Some(at) = self.marks.iter().position(|(n, _)| *n == number) else {
            return Ok(());
        };
        let mut ended = self.marks.split_off(at).into_iter();
        if let (Some((_, mark)), Hold::Write(w)) = (ended.next(), &mut self.hold) {
            if back { w.back(mark) } else { w.release(mark) }.map_err(Fault::new)?;
        }
        Ok(())
    }
}

fn names(columns: &[String]) -> Vec<&str> {
    columns.iter().map(String::as_str).collect()
}
