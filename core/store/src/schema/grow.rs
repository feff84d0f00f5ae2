//! From the declaration the database was made with to the one at hand.

use super::{Schema, Table, ddl};
use crate::StoreError;
use crate::error::Result;
use crate::fold::fold;
use indexmap::IndexMap;
use parcours_declare as declare;
use rusqlite::{Connection, OptionalExtension};

/// Creates the tables of `owner` that are not there, and adds columns and indexes to those that are.
pub(super) fn all(sql: &Connection, owner: &str, tables: &IndexMap<String, declare::Table>, schema: &Schema) -> Result<()> {
    for (name, def) in tables {
        let table = schema.table(owner, name)?;
        let text = serde_json::to_string(def).map_err(|e| StoreError::invalid(e.to_string()))?;
        let before: Option<String> =
            sql.query_row("SELECT definition FROM declared WHERE owner = ?1 AND name = ?2", [owner, name], |r| r.get(0)).optional()?;
        match before {
            Some(before) if before == text => continue,
            Some(before) => {
                let before: declare::Table =
                    serde_json::from_str(&before).map_err(|e| StoreError::Damaged(format!("the declaration kept for `{owner}`.`{name}`: {e}")))?;
                grow(sql, table, &before, def)?;
            }
            None => run(sql, &ddl::create(table))?,
        }
        sql.execute(
            "INSERT INTO declared(owner,name,definition) VALUES(?1,?2,?3) ON CONFLICT(owner,name) DO UPDATE SET definition = excluded.definition",
            [owner, name, &text],
        )?;
    }
    Ok(())
}

fn grow(sql: &Connection, table: &Table, before: &declare::Table, now: &declare::Table) -> Result<()> {
    let refuse = |what: String| Err(StoreError::Redeclared { owner: table.owner.clone(), table: table.name.clone(), what });
    for (c, was) in &before.columns {
        match now.columns.get(c) {
            None => return refuse(format!("column `{c}` is gone")),
            Some(is) if is.kind.is_number() != was.kind.is_number() => return refuse(format!("column `{c}` changed its kind")),
            Some(_) => {}
        }
    }
    for column in &table.columns {
        match before.columns.get(&column.name) {
            None => run(sql, &ddl::add(table, column))?,
            Some(was) if column.def.search && !was.search => {
                // A column that stopped being searched keeps its copy; it may come back.
                if !has_column(sql, table, &format!("_fold_{}", column.name))? {
                    run(sql, &[ddl::add_fold(table, column)])?;
                }
                refold(sql, table, column)?;
            }
            Some(_) => {}
        }
    }
    for index in before.indexes.iter().filter(|i| !now.indexes.contains(i)) {
        let positions: Vec<usize> = index.iter().filter_map(|c| now.columns.get_index_of(c)).collect();
        sql.execute_batch(&format!("DROP INDEX IF EXISTS \"{}\"", ddl::index_name(table, &positions)))?;
    }
    for (index, positions) in now.indexes.iter().zip(&table.indexes) {
        if !before.indexes.contains(index) {
            run(sql, &[ddl::index(table, positions)])?;
        }
    }
    Ok(())
}

fn refold(sql: &Connection, table: &Table, column: &super::Column) -> Result<()> {
    let mut rows = sql.prepare(&format!("SELECT _key, \"{}\" FROM \"{}\" WHERE _key > ?1 ORDER BY _key LIMIT 500", column.name, table.sql))?;
    let mut set = sql.prepare(&format!("UPDATE \"{}\" SET \"_fold_{}\" = ?2 WHERE _key = ?1", table.sql, column.name))?;
    let mut last = i64::MIN;
    loop {
        let some: Vec<(i64, Option<String>)> = rows.query_map([last], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let Some((end, _)) = some.last() else { return Ok(()) };
        last = *end;
        for (key, text) in some {
            set.execute((key, text.map(|t| fold(&column.def.kind, &t))))?;
        }
    }
}

fn has_column(sql: &Connection, table: &Table, column: &str) -> Result<bool> {
    Ok(sql.prepare(&format!("SELECT * FROM \"{}\" WHERE 1 = 0", table.sql))?.column_names().any(|c| c == column))
}

fn run(sql: &Connection, statements: &[String]) -> Result<()> {
    for s in statements {
        sql.execute_batch(s).map_err(StoreError::sql(format!("running `{s}`")))?;
    }
    Ok(())
}
