//! Texts of leaves and the values they stand for.

use crate::xml::NULL;
use parcours_course::Value;
use parcours_declare::Column;

/// What a column's text may be.
#[derive(Debug, Clone)]
pub(super) struct Form {
    number: bool,
    null: bool,
    /// Value of an absent leaf.
    pub(super) absent: Value,
}

impl Form {
    pub(super) fn of(column: &Column) -> Form {
        let number = column.kind.is_number();
        let absent = match column.absent() {
            None => Value::Null,
            Some(text) if number => Value::Int(text.parse().unwrap_or(0)),
            Some(text) => Value::from(text),
        };
        Form { number, null: column.null, absent }
    }

    /// The value of a text, and whether the value written again gives this text. What is no value of the column stands for its default.
    pub(super) fn read(&self, text: &str) -> (Value, bool) {
        if text == NULL {
            return if self.null { (Value::Null, true) } else { (self.absent.clone(), false) };
        }
        if !self.number {
            return (Value::from(text), true);
        }
        match text.parse::<i64>() {
            Ok(n) => (Value::Int(n), is_plain(text)),
            Err(_) => (text.trim().parse().map_or_else(|_| self.absent.clone(), Value::Int), false),
        }
    }
}

/// Whether a number is written as any program would: no `+`, no zeros in front, nothing around it.
pub(super) fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    text == "0" || (digits.starts_with(|c: char| ('1'..='9').contains(&c)) && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The text of a value.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => NULL.to_owned(),
        Value::Int(n) => n.to_string(),
        Value::Real(x) => x.to_string(),
        Value::Text(s) => s.clone(),
        // No column of a declaration holds bytes; what they would mean here, nobody has said.
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}
