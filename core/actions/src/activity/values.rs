//! Between the interface's values and the store's.

use parcours_course::Value;
use parcours_host::abilities::Refused;
use parcours_host::abilities::records::{Agg, Aggregate, Cmp, Cond, Field, Filter, Query, Row, Value as Wire};
use parcours_host::{ErrorCode, ModuleError};
use parcours_store::StoreError;
use parcours_store::query;

pub fn to_store(v: Wire) -> Value {
    match v {
        Wire::Null => Value::Null,
        Wire::Boolean(b) => Value::Int(b.into()),
        Wire::Int(n) => Value::Int(n),
        Wire::Real(x) => Value::Real(x),
        Wire::Text(s) => Value::Text(s),
        Wire::Bytes(b) => Value::Bytes(b),
    }
}

pub fn to_wire(v: Value) -> Wire {
    match v {
        Value::Null => Wire::Null,
        Value::Int(n) => Wire::Int(n),
        Value::Real(x) => Wire::Real(x),
        Value::Text(s) => Wire::Text(s),
        Value::Bytes(b) => Wire::Bytes(b),
    }
}

pub fn row(values: Vec<Value>) -> Row {
    values.into_iter().map(to_wire).collect()
}

pub fn rows(all: Vec<Vec<Value>>) -> Vec<Row> {
    all.into_iter().map(row).collect()
}

pub fn fields(fields: Vec<Field>) -> Vec<(String, Value)> {
    fields.into_iter().map(|f| (f.name, to_store(f.value))).collect()
}

pub fn filter(filter: &Filter) -> query::Filter {
    filter.iter().map(|all| all.iter().map(cond).collect()).collect()
}

fn cond(c: &Cond) -> query::Cond {
    let op = match c.op {
        Cmp::Eq => query::Op::Eq,
        Cmp::Ne => query::Op::Ne,
        Cmp::Lt => query::Op::Lt,
        Cmp::Le => query::Op::Le,
        Cmp::Gt => query::Op::Gt,
        Cmp::Ge => query::Op::Ge,
        Cmp::AnyOf => query::Op::AnyOf,
        Cmp::NoneOf => query::Op::NoneOf,
        Cmp::IsNull => query::Op::IsNull,
        Cmp::NotNull => query::Op::NotNull,
        Cmp::Prefix => query::Op::Prefix,
        Cmp::Contains => query::Op::Contains,
    };
    query::Cond { column: c.column.clone(), op, values: c.values.iter().cloned().map(to_store).collect() }
}

pub fn query(q: &Query) -> query::Query {
    query::Query {
        table: q.table.clone(),
        columns: q.columns.clone(),
        filter: filter(&q.filter),
        order: q.order.iter().map(|o| query::Order { column: o.column.clone(), descending: o.descending }).collect(),
        limit: Some(q.limit),
        after: q.after.clone(),
    }
}

pub fn aggregates(all: &[Aggregate]) -> Vec<query::Aggregate> {
    all.iter()
        .map(|a| {
            let op = match a.op {
                Agg::Count => query::Agg::Count,
                Agg::CountDistinct => query::Agg::CountDistinct,
                Agg::Sum => query::Agg::Sum,
                Agg::Min => query::Agg::Min,
                Agg::Max => query::Agg::Max,
                Agg::Avg => query::Agg::Avg,
            };
            query::Aggregate { op, column: a.column.clone() }
        })
        .collect()
}

/// What a module is told of a refusal, and what only the administrator is.
pub fn refused(e: StoreError) -> Refused {
    let code = match &e {
        StoreError::NoTable { .. } | StoreError::NoColumn { .. } | StoreError::NotOfKind { .. } | StoreError::Invalid(_) => ErrorCode::Invalid,
        StoreError::Unsupported { .. } => ErrorCode::Unsupported,
        StoreError::Conflict { .. } => ErrorCode::Conflict,
        StoreError::TooLarge { .. } => ErrorCode::TooLarge,
        StoreError::Missing { .. } | StoreError::NoActivity { .. } | StoreError::NoCourse(_) => ErrorCode::NotFound,
        _ => return Refused::Fault(parcours_host::abilities::Fault::new(e)),
    };
    Refused::Told(ModuleError { code, message: e.to_string(), field: None })
}
