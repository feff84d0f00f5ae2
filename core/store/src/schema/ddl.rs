//! The text of the schema. Types are those PostgreSQL knows too; only the key of a table is spelled differently there.

use super::Table;
use super::table::Column;
use parcours_declare::Kind;

/// A key the database gives.
pub(super) const KEY: &str = "INTEGER PRIMARY KEY";
/// A key that is never given twice, not even after its row is gone.
pub(super) const KEY_ONCE: &str = "INTEGER PRIMARY KEY AUTOINCREMENT";

pub(super) fn create(t: &Table) -> Vec<String> {
    let mut columns = vec![
        format!("_key {KEY}"),
        "_course BIGINT NOT NULL REFERENCES course(id)".into(),
        "_doc BIGINT NOT NULL".into(),
        "_cm BIGINT NOT NULL".into(),
        "id BIGINT NOT NULL".into(),
        "_parent BIGINT".into(),
        "_seq BIGINT NOT NULL".into(),
        "_version BIGINT NOT NULL".into(),
        "_shape BIGINT".into(),
        "_unknown TEXT".into(),
    ];
    columns.extend(t.columns.iter().map(|c| format!("\"{}\" {}", c.name, kind(&c.def.kind))));
    columns.extend(t.columns.iter().filter(|c| c.def.search).map(|c| format!("\"_fold_{}\" TEXT", c.name)));
    columns.push("UNIQUE(_course,id)".into());
    let mut all = vec![format!("CREATE TABLE \"{}\"({})", t.sql, columns.join(","))];
    all.push(format!("CREATE INDEX \"d_{0}\" ON \"{0}\"(_course,_doc,_parent,_seq,id)", t.sql));
    if t.owner != super::CORE {
        all.push(format!("CREATE INDEX \"i_{0}\" ON \"{0}\"(_course,_cm,id)", t.sql));
    }
    all.extend(t.indexes.iter().map(|i| index(t, i)));
    all
}

pub(super) fn index(t: &Table, columns: &[usize]) -> String {
    let names: Vec<String> = columns.iter().filter_map(|c| t.columns.get(*c)).map(|c| format!(",\"{}\"", c.name)).collect();
    format!("CREATE INDEX \"{}\" ON \"{}\"(_course,_cm{},id)", index_name(t, columns), t.sql, names.concat())
}

/// Names are cut by some databases, so the columns stand in it as a hash.
pub(super) fn index_name(t: &Table, columns: &[usize]) -> String {
    let names: Vec<&str> = columns.iter().filter_map(|c| t.columns.get(*c)).map(|c| c.name.as_str()).collect();
    let hash = blake3::hash(names.join(",").as_bytes()).to_hex();
    format!("x_{}_{}", t.sql, &hash.as_str()[..8])
}

/// A column that comes to a table that has rows: they hold what an absent leaf means.
pub(super) fn add(t: &Table, c: &Column) -> Vec<String> {
    let default = match c.def.absent() {
        None => String::new(),
        Some(d) if c.def.kind.is_number() => format!(" DEFAULT {}", d.parse::<i64>().unwrap_or(0)),
        Some(d) => format!(" DEFAULT '{}'", d.replace('\'', "''")),
    };
    let mut all = vec![format!("ALTER TABLE \"{}\" ADD COLUMN \"{}\" {}{default}", t.sql, c.name, kind(&c.def.kind))];
    all.extend(c.def.search.then(|| add_fold(t, c)));
    all
}

pub(super) fn add_fold(t: &Table, c: &Column) -> String {
    format!("ALTER TABLE \"{}\" ADD COLUMN \"_fold_{}\" TEXT", t.sql, c.name)
}

fn kind(k: &Kind) -> &'static str {
    if k.is_number() { "BIGINT" } else { "TEXT" }
}
