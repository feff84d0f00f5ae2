//! Which questions a declared index answers. What none answers is only asked of a small table, so that no page grows slow with its activity.

use super::{Filter, Op, Order};
use crate::error::Result;
use crate::records::Scope;
use crate::schema::Table;
use crate::{Conn, StoreError};

/// Rows of an activity below which any question may be asked.
const SMALL: usize = 1000;

pub(super) fn check(conn: &Conn, scope: &Scope, table: &Table, filter: &Filter, order: &[Order]) -> Result<()> {
    let everything = [Vec::new()];
    let clauses = if filter.is_empty() { &everything[..] } else { filter };
    let missing = clauses.iter().find_map(|all| {
        let want = Want::new(table, all, order);
        (!table.indexes.iter().any(|i| want.served_by(i)) && !want.is_free()).then(|| want.index(table))
    });
    match missing {
        Some(columns) if !is_small(conn, scope, table)? => Err(StoreError::Unsupported { table: table.name.clone(), columns }),
        _ => Ok(()),
    }
}

/// What one clause needs of an index. Conditions on the folded copies need none: they look through what the others leave.
struct Want {
    /// Columns held to given values.
    fixed: Vec<usize>,
    /// Columns compared otherwise.
    other: Vec<usize>,
    order: Vec<usize>,
    mixed: bool,
    by_id: bool,
}

impl Want {
    fn new(table: &Table, all: &[super::Cond], order: &[Order]) -> Want {
        let mut want = Want { fixed: Vec::new(), other: Vec::new(), order: Vec::new(), mixed: false, by_id: false };
        for cond in all {
            let exact = matches!(cond.op, Op::Eq | Op::AnyOf | Op::IsNull);
            want.by_id |= cond.column == "id" && exact;
            let Ok(at) = table.position(&cond.column) else { continue };
            match cond.op {
                Op::Prefix | Op::Contains => {}
                _ if exact => want.fixed.push(at),
                _ => want.other.push(at),
            }
        }
        let one = order.first().map(|o| o.descending);
        want.mixed = order.iter().any(|o| Some(o.descending) != one);
        for o in order.iter().take_while(|o| o.column != "id") {
            if let Ok(at) = table.position(&o.column)
                && !want.fixed.contains(&at)
            {
                want.order.push(at);
            }
        }
        want
    }

    /// The scope, and the number as the only key, are always indexed.
    fn is_free(&self) -> bool {
        self.by_id || (self.fixed.is_empty() && self.other.is_empty() && self.order.is_empty())
    }

    fn served_by(&self, index: &[usize]) -> bool {
        let led = index.iter().take_while(|c| self.fixed.contains(c)).count();
        let rest = index.get(led..).unwrap_or_default();
        let narrows = led > 0 || rest.first().is_some_and(|c| self.other.contains(c)) || (self.fixed.is_empty() && self.other.is_empty());
        let covers = self.fixed.iter().chain(&self.other).all(|c| index.contains(c));
        let sorts = self.order.is_empty() || (!self.mixed && rest.starts_with(&self.order));
        narrows && covers && sorts
    }

    /// The index to declare.
    fn index(&self, table: &Table) -> String {
        let mut columns: Vec<usize> = Vec::new();
        for c in self.fixed.iter().chain(&self.order).chain(&self.other) {
            if !columns.contains(c) {
                columns.push(*c);
            }
        }
        let names: Vec<&str> = columns.iter().filter_map(|c| table.columns.get(*c)).map(|c| c.name.as_str()).collect();
        names.join(", ")
    }
}

fn is_small(conn: &Conn, scope: &Scope, table: &Table) -> Result<bool> {
    let text = format!("SELECT count(*) FROM (SELECT 1 FROM \"{}\" WHERE _course = ?1 AND _cm = ?2 LIMIT {SMALL}) AS some", table.sql);
    let rows: Option<i64> = conn.one(&text, [scope.course, scope.cm], |r| r.get(0))?;
    Ok(rows.unwrap_or(0) < SMALL as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn want(fixed: &[usize], other: &[usize], order: &[usize]) -> Want {
        Want { fixed: fixed.to_vec(), other: other.to_vec(), order: order.to_vec(), mixed: false, by_id: false }
    }

    #[test]
    fn a_prefix_of_an_index_serves() {
        let index = [0, 1, 2];
        assert!(want(&[0], &[], &[]).served_by(&index));
        assert!(want(&[0], &[], &[1]).served_by(&index));
        assert!(want(&[1, 0], &[2], &[]).served_by(&index));
        assert!(want(&[0], &[1], &[1]).served_by(&index));
        assert!(want(&[], &[], &[0, 1]).served_by(&index));
        assert!(want(&[], &[0], &[0]).served_by(&index));
    }

    #[test]
    fn anything_else_does_not() {
        let index = [0, 1, 2];
        assert!(!want(&[1], &[], &[]).served_by(&index));
        assert!(!want(&[0, 5], &[], &[]).served_by(&index));
        assert!(!want(&[0], &[], &[2]).served_by(&index));
        assert!(!want(&[], &[2], &[0]).served_by(&index));
    }
}
