//! Where a page ended: base64url of a checksum and of (query, order values, number).

use super::{Bound, Key, Query};
use crate::StoreError;
use crate::error::Result;
use crate::records::Scope;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use parcours_course::Value;
use serde::{Deserialize, Serialize};

/// Bytes of the checksum in front.
const SUM: usize = 8;

#[derive(Serialize, Deserialize)]
struct Place {
    #[serde(rename = "q")]
    query: u64,
    #[serde(rename = "v")]
    values: Vec<Value>,
}

pub(super) fn write(scope: &Scope, q: &Query, values: Vec<Value>) -> Result<String> {
    let json = serde_json::to_vec(&Place { query: fingerprint(scope, q)?, values }).map_err(|e| StoreError::invalid(e.to_string()))?;
    let mut bytes = sum(&json).to_vec();
    bytes.extend(json);
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The order values, and the number, after which the next page begins.
pub(super) fn read(cursor: &str, scope: &Scope, q: &Query) -> Result<(Vec<Value>, i64)> {
    let foreign = || StoreError::invalid("this place in the list belongs to another list, or the list changed; begin again at its first page");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| foreign())?;
    let (found, json) = bytes.split_at_checked(SUM).ok_or_else(foreign)?;
    if found != sum(json) {
        return Err(foreign());
    }
    let mut place: Place = serde_json::from_slice(json).map_err(|_| foreign())?;
    if place.query != fingerprint(scope, q)? {
        return Err(foreign());
    }
    let id = place.values.pop().and_then(|v| v.int()).ok_or_else(foreign)?;
    Ok((place.values, id))
}

/// The same list: scope, table, filter and order. How many rows and which columns a page has may change on the way.
fn fingerprint(scope: &Scope, q: &Query) -> Result<u64> {
    let what = (scope.course, scope.cm, &scope.module, &q.table, &q.filter, &q.order);
    let json = serde_json::to_vec(&what).map_err(|e| StoreError::invalid(e.to_string()))?;
    Ok(u64::from_le_bytes(sum(&json)))
}

fn sum(bytes: &[u8]) -> [u8; SUM] {
    let mut out = [0; SUM];
    blake3::Hasher::new_derive_key("parcours store cursor 1").update(bytes).finalize_xof().fill(&mut out);
    out
}

/// `AND` what comes after these values in this order. Null is the smallest.
pub(super) fn clause(keys: &[Key], values: &[Value], id: i64, bound: &mut Bound) -> Result<String> {
    if values.len() + 1 != keys.len() {
        return Err(StoreError::invalid("this place in the list has not as many keys as its order"));
    }
    let id = Value::Int(id);
    let mut any = Vec::new();
    let mut same = String::new();
    for (key, v) in keys.iter().zip(values.iter().chain([&id])) {
        let beyond = match (v, key.descending) {
            (Value::Null, false) => format!("{} IS NOT NULL", key.expr),
            (Value::Null, true) => "1 = 0".into(),
            (v, false) => format!("{} > {}", key.expr, bound.add(v)),
            (v, true) => format!("({0} < {1} OR {0} IS NULL)", key.expr, bound.add(v)),
        };
        any.push(format!("({same}{beyond})"));
        if any.len() == keys.len() {
            break;
        }
        match v {
            Value::Null => same.push_str(&format!("{} IS NULL AND ", key.expr)),
            v => same.push_str(&format!("{} = {} AND ", key.expr, bound.add(v))),
        }
    }
    let mut text = format!(" AND ({})", any.join(" OR "));
    // Said once more in a form that an index can begin at.
    if let (Some(key), Some(v)) = (keys.first(), values.iter().chain([&id]).next())
        && !v.is_null()
    {
        match (key.descending, key.expr == "id") {
            (false, _) => text.push_str(&format!(" AND {} >= {}", key.expr, bound.add(v))),
            (true, true) => text.push_str(&format!(" AND id <= {}", bound.add(v))),
            (true, false) => {}
        }
    }
    Ok(text)
}
