//! How much a domain holds.

use crate::Conn;
use crate::error::Result;
use std::collections::BTreeMap;

/// Tables of the store's own whose rows belong to courses, accounts or contents.
const OWN: [&str; 9] = ["course", "content", "document", "shape", "counter", "report", "person", "pool_file", "account"];

/// Rows of each table that has any, by the table's name in the database: what an operator looks at when a disk fills, and what a test counts to see that nothing stayed behind.
pub fn census(conn: &Conn) -> Result<BTreeMap<String, i64>> {
    let declared = conn.schema().tables().map(|t| t.sql.clone());
    let mut found = BTreeMap::new();
    for table in OWN.iter().map(|t| (*t).to_owned()).chain(declared) {
        let rows = conn.one(&format!("SELECT count(*) FROM \"{table}\""), [], |r| r.get::<_, i64>(0))?.unwrap_or(0);
        if rows > 0 {
            found.insert(table, rows);
        }
    }
    Ok(found)
}
