//! One value of a record, and what Rust types it may become.

use crate::{Error, Result};

/// What a column holds. Decimals are texts, exactly as written (`12.50000`).
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A type that a column's value can be read as.
///
/// Archives hold nulls where Moodle's own schema has none, so a null reads as the type's zero; use `Option` where the difference matters.
pub trait FromValue: Sized {
    /// # Errors
    /// [`crate::Code::Internal`] when the value is of another kind: the record and the declaration do not agree.
    fn from_value(v: Value) -> Result<Self>;
}

#[inline(never)]
fn wrong(wanted: &str, v: &Value) -> Error {
    let found = match v {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Int(_) => "a whole number",
        Value::Real(_) => "a real number",
        Value::Text(_) => "a text",
        Value::Bytes(_) => "bytes",
    };
    Error::internal(format!("expected {wanted}, found {found}"))
}

impl FromValue for i64 {
    #[inline(never)]
    fn from_value(v: Value) -> Result<i64> {
        match v {
            Value::Null => Ok(0),
            Value::Int(n) => Ok(n),
            Value::Bool(b) => Ok(b.into()),
            Value::Text(ref s) => s.trim().parse().map_err(|_| wrong("a whole number", &v)),
            _ => Err(wrong("a whole number", &v)),
        }
    }
}

impl FromValue for bool {
    fn from_value(v: Value) -> Result<bool> {
        match v {
            Value::Bool(b) => Ok(b),
            other => i64::from_value(other).map(|n| n != 0),
        }
    }
}

impl FromValue for f64 {
    fn from_value(v: Value) -> Result<f64> {
        match v {
            Value::Null => Ok(0.0),
            Value::Real(x) => Ok(x),
            Value::Int(n) => Ok(n as f64),
            Value::Text(ref s) => s.trim().parse().map_err(|_| wrong("a number", &v)),
            _ => Err(wrong("a number", &v)),
        }
    }
}

impl FromValue for String {
    #[inline(never)]
    fn from_value(v: Value) -> Result<String> {
        match v {
            Value::Null => Ok(String::new()),
            Value::Text(s) => Ok(s),
            Value::Int(n) => Ok(n.to_string()),
            other => Err(wrong("a text", &other)),
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(v: Value) -> Result<Option<T>> {
        match v {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Value {
        Value::Bool(b)
    }
}
impl From<i64> for Value {
    fn from(n: i64) -> Value {
        Value::Int(n)
    }
}
impl From<&str> for Value {
    #[inline(never)]
    fn from(s: &str) -> Value {
        Value::Text(s.to_owned())
    }
}
impl From<String> for Value {
    #[inline(never)]
    fn from(s: String) -> Value {
        Value::Text(s)
    }
}
impl From<&String> for Value {
    fn from(s: &String) -> Value {
        Value::Text(s.clone())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Value {
        v.map_or(Value::Null, Into::into)
    }
}
