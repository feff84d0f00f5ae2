//! Records as Rust structs.

use crate::{Result, Value};

/// One row as the store gives it: values in the order of the columns asked for.
pub type Row = Vec<Value>;

/// A struct that rows of one declared table can be read into. Written by [`record!`](crate::record!).
pub trait Record: Sized {
    /// The declared table.
    const TABLE: &'static str;
    /// The columns it reads, `id` first.
    const COLUMNS: &'static [&'static str];
    /// # Errors
    /// [`crate::Code::Internal`] when a value is not of the field's type.
    fn from_row(row: Row) -> Result<Self>;
}

/// Declares a struct and how it is read from a table. Fields are columns of the same name; `id` comes by itself. A struct may name fewer
/// columns than its table has: what is not named is not fetched, so a light struct for lists and a full one for editing may share a table.
///
/// ```
/// parcours_sdk::record! {
///     /// What the list shows of a discussion.
///     pub struct Discussion in "discussions" {
///         name: String,
///         pinned: bool,
///         timelocked: i64,
///     }
/// }
/// use parcours_sdk::Record;
/// assert_eq!(Discussion::COLUMNS, ["id", "name", "pinned", "timelocked"]);
/// ```
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident in $table:literal { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        $vis struct $name {
            /// The record's number in its course.
            pub id: i64,
            $($(#[$fmeta])* pub $field: $ty,)*
        }
        impl $crate::Record for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &["id", $($crate::record::column(stringify!($field))),*];
            fn from_row(row: $crate::Row) -> $crate::Result<Self> {
                let mut values = row.into_iter();
                Ok($name {
                    id: $crate::record::next(&mut values)?,
                    $($field: $crate::record::next(&mut values)?,)*
                })
            }
        }
    };
}

/// A field's column: `r#type` is the column `type`. Used by [`record!`](crate::record!).
#[doc(hidden)]
pub const fn column(field: &'static str) -> &'static str {
    if let [b'r', b'#', ..] = field.as_bytes() { field.split_at(2).1 } else { field }
}

/// Reads the next value of a row; used by [`record!`](crate::record!).
#[doc(hidden)]
pub fn next<T: crate::FromValue>(values: &mut impl Iterator<Item = Value>) -> Result<T> {
    T::from_value(values.next().unwrap_or_default())
}
