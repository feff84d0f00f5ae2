//! The rules a declaration keeps.

use crate::{Backup, Branch, Declaration, DeclareError, Kind, Table};
use indexmap::IndexMap;
use std::collections::HashSet;

pub(crate) fn module(d: &Declaration) -> Result<(), DeclareError> {
    if d.format != 1 {
        return Err(DeclareError::Format(d.format));
    }
    name(&d.name)?;
    tables(&d.tables)?;
    for (area, a) in &d.areas {
        name(area)?;
        if let Some(t) = &a.item {
            table(&format!("areas.{area}"), &d.tables, t)?;
        }
    }
    d.capabilities.keys().try_for_each(|c| name(c))?;
    match &d.backup {
        Some(b) => backup(&d.tables, b),
        None => Ok(()),
    }
}

/// Names become SQL identifiers, so only the plainest are allowed.
pub(crate) fn name(n: &str) -> Result<(), DeclareError> {
    let ok = n.len() <= 60
        && n.starts_with(|c: char| c.is_ascii_lowercase())
        && n.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if ok { Ok(()) } else { Err(DeclareError::Name(n.to_owned())) }
}

pub(crate) fn tables(all: &IndexMap<String, Table>) -> Result<(), DeclareError> {
    for (t, def) in all {
        name(t)?;
        for (c, column) in &def.columns {
            name(c)?;
            if c == "id" {
                return Err(DeclareError::Name("id".into()));
            }
            let place = format!("tables.{t}.{c}");
            if let Kind::RecordRef { table: to } = &column.kind {
                table(&place, all, to)?;
            }
            if let Kind::RichText { format, item, .. } = &column.kind {
                for other in [format, item].into_iter().flatten() {
                    has(&place, t, def, other)?;
                }
            }
        }
        for index in &def.indexes {
            for c in index {
                has(&format!("tables.{t}.indexes"), t, def, c)?;
            }
        }
    }
    Ok(())
}

pub(crate) fn backup(all: &IndexMap<String, Table>, b: &Backup) -> Result<(), DeclareError> {
    let mut seen = HashSet::new();
    if let Some(t) = &b.table {
        table(&b.file, all, t)?;
        seen.insert(t.clone());
    }
    branches(&b.file, all, &b.children, &mut seen)
}

fn branches(place: &str, all: &IndexMap<String, Table>, list: &IndexMap<String, Branch>, seen: &mut HashSet<String>) -> Result<(), DeclareError> {
    let mut heads = HashSet::new();
    for (path, branch) in list {
        if !heads.insert(path.split('/').next().unwrap_or_default()) {
            return Err(DeclareError::SharedContainer { place: place.to_owned(), path: path.clone() });
        }
        let ok = !path.is_empty() && path.split('/').all(|s| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
        if !ok {
            return Err(DeclareError::Path { place: place.to_owned(), path: path.clone() });
        }
        let here = format!("{place}/{path}");
        let def = table(&here, all, &branch.table)?;
        if !seen.insert(branch.table.clone()) {
            return Err(DeclareError::TableTwice { table: branch.table.clone() });
        }
        if let Some(parent) = &branch.parent {
            has(&here, &branch.table, def, parent)?;
        }
        branches(&here, all, &branch.children, seen)?;
    }
    Ok(())
}

fn table<'a>(place: &str, all: &'a IndexMap<String, Table>, t: &str) -> Result<&'a Table, DeclareError> {
    all.get(t).ok_or_else(|| DeclareError::NoTable { place: place.to_owned(), table: t.to_owned() })
}

fn has(place: &str, t: &str, def: &Table, c: &str) -> Result<(), DeclareError> {
    if def.columns.contains_key(c) {
        return Ok(());
    }
    Err(DeclareError::NoColumn { place: place.to_owned(), table: t.to_owned(), column: c.to_owned() })
}
