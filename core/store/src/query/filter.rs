//! A filter as SQL.

use super::{Bound, Cond, Filter, Op, expression, wrong};
use crate::error::Result;
use crate::fold::plain;
use crate::schema::Table;
use parcours_course::Value;
use parcours_declare::Kind;

/// Most conditions, and values of one list, of a filter.
const MOST: usize = 1000;

/// The whole WHERE: the scope, and the filter inside it.
pub(super) fn clause(table: &Table, filter: &Filter, bound: &mut Bound) -> Result<String> {
    let mut text = String::from("_course = ?1 AND _cm = ?2");
    if filter.is_empty() {
        return Ok(text);
    }
    if filter.iter().map(Vec::len).sum::<usize>() > MOST {
        return Err(crate::StoreError::invalid("a filter has at most 1,000 conditions"));
    }
    let mut any = Vec::new();
    for all in filter {
        let all: Vec<String> = all.iter().map(|c| condition(table, c, bound)).collect::<Result<_>>()?;
        any.push(if all.is_empty() { "1 = 1".to_owned() } else { all.join(" AND ") });
    }
    text.push_str(&format!(" AND ({})", any.iter().map(|a| format!("({a})")).collect::<Vec<_>>().join(" OR ")));
    Ok(text)
}

fn condition(table: &Table, cond: &Cond, bound: &mut Bound) -> Result<String> {
    let column = cond.column.as_str();
    let expr = expression(table, column)?;
    let sign = match cond.op {
        Op::IsNull => return Ok(format!("{expr} IS NULL")),
        Op::NotNull => return Ok(format!("{expr} IS NOT NULL")),
        Op::AnyOf | Op::NoneOf => return list(table, cond, &expr, bound),
        Op::Prefix | Op::Contains => return search(table, cond, bound),
        Op::Eq => "=",
        Op::Ne => "<>",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge => ">=",
    };
    let [v] = cond.values.as_slice() else { return Err(wrong(column, "compares with one value")) };
    Ok(format!("{expr} {sign} {}", bound.add(&comparable(table, column, v)?)))
}

fn list(table: &Table, cond: &Cond, expr: &str, bound: &mut Bound) -> Result<String> {
    let any = cond.op == Op::AnyOf;
    if cond.values.is_empty() {
        return Ok(if any { "1 = 0" } else { "1 = 1" }.to_owned());
    }
    if cond.values.len() > MOST {
        return Err(wrong(&cond.column, "a list has at most 1,000 values"));
    }
    let mut places = Vec::new();
    for v in &cond.values {
        places.push(bound.add(&comparable(table, &cond.column, v)?));
    }
    Ok(format!("{expr} {} ({})", if any { "IN" } else { "NOT IN" }, places.join(",")))
}

fn search(table: &Table, cond: &Cond, bound: &mut Bound) -> Result<String> {
    let column = cond.column.as_str();
    let at = table.position(column)?;
    if !table.columns.get(at).is_some_and(|c| c.def.search) {
        return Err(wrong(column, "is not declared with `search`, so its words cannot be looked for"));
    }
    let [Value::Text(words)] = cond.values.as_slice() else { return Err(wrong(column, "is searched for one text")) };
    let mut pattern = String::from(if cond.op == Op::Contains { "%" } else { "" });
    for c in plain(words).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Ok(format!("\"_fold_{column}\" LIKE {} ESCAPE '\\'", bound.add(&Value::Text(pattern))))
}

/// The value as the column's expression compares it.
fn comparable(table: &Table, column: &str, v: &Value) -> Result<Value> {
    let kind = if column == "id" { &Kind::Int } else { table.columns.get(table.position(column)?).map_or(&Kind::Int, |c| &c.def.kind) };
    match (kind, v) {
        (_, Value::Null) => Err(wrong(column, "null is asked for with is-null and not-null")),
        (Kind::Decimal, Value::Int(_) | Value::Real(_)) => Ok(v.clone()),
        (Kind::Decimal, Value::Text(t)) => t.parse().map(Value::Real).map_err(|_| wrong(column, "compares with a number")),
        (k, Value::Int(_)) if k.is_number() => Ok(v.clone()),
        (k, Value::Text(_)) if !k.is_number() => Ok(v.clone()),
        (k, _) => Err(wrong(column, if k.is_number() { "compares with a whole number" } else { "compares with a text" })),
    }
}
