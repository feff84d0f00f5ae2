//! Groups and what can be counted of them.

use super::{Bound, Filter, expression, filter, plan, wrong};
use crate::error::Result;
use crate::records::{Row, Scope};
use crate::row;
use crate::{Conn, StoreError};
use parcours_declare::Kind;
use rusqlite::params_from_iter;

/// What to make of a group's values. Nulls are left out, except by [`Agg::Count`] without a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agg {
    Count,
    CountDistinct,
    Sum,
    Min,
    Max,
    Avg,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    pub op: Agg,
    /// Empty with [`Agg::Count`]: the records themselves.
    pub column: String,
}

/// One row a group: its columns, then the aggregates in order; groups in the order of their columns.
///
/// # Errors
/// As [`super::select`], for the filter.
pub fn summarise(
    conn: &Conn,
    scope: &Scope,
    table: &str,
    filter: &Filter,
    group_by: &[String],
    aggs: &[Aggregate],
    limit: Option<u32>,
) -> Result<Vec<Row>> {
    let table = scope.table(conn, table)?;
    plan::check(conn, scope, &table, filter, &[])?;
    let mut list = Vec::new();
    for column in group_by {
        list.push(if column == "id" { "id".to_owned() } else { table.position(column).map(|_| format!("\"{column}\""))? });
    }
    let groups = list.clone();
    for a in aggs {
        list.push(aggregate(&table, a)?);
    }
    if list.is_empty() {
        return Err(StoreError::invalid("name at least one column or aggregate"));
    }
    let mut bound = Bound::new(scope);
    let clause = filter::clause(&table, filter, &mut bound)?;
    let mut text = format!("SELECT {} FROM \"{}\" WHERE {clause}", list.join(","), table.sql);
    if !groups.is_empty() {
        let by: Vec<String> = groups.iter().map(|g| format!("{g} ASC NULLS FIRST")).collect();
        text.push_str(&format!(" GROUP BY {} ORDER BY {}", groups.join(","), by.join(",")));
    }
    text.push_str(&format!(" LIMIT {}", limit.unwrap_or(super::MOST).clamp(1, super::MOST)));
    conn.all(&text, params_from_iter(bound.0), |r| row::values(r, 0, list.len()))
}

fn aggregate(table: &crate::schema::Table, a: &Aggregate) -> Result<String> {
    if a.op == Agg::Count && a.column.is_empty() {
        return Ok("count(*)".into());
    }
    let expr = expression(table, &a.column)?;
    let counts = matches!(a.op, Agg::Sum | Agg::Avg);
    let kind = table.position(&a.column).ok().and_then(|at| table.columns.get(at)).map(|c| &c.def.kind);
    if counts && kind.is_some_and(|k| !k.is_number() && *k != Kind::Decimal) {
        return Err(wrong(&a.column, "is a text; texts have no sum"));
    }
    Ok(match a.op {
        Agg::Count => format!("count({expr})"),
        Agg::CountDistinct => format!("count(DISTINCT {expr})"),
        Agg::Sum => format!("sum({expr})"),
        Agg::Min => format!("min({expr})"),
        Agg::Max => format!("max({expr})"),
        Agg::Avg => format!("avg({expr})"),
    })
}
