//! Which questions the store answers: any of a small table, and of a large one those a declared index serves.

use crate::{Cmp, Error, Filter, Result};

/// Rows of an activity below which any question may be asked.
const SMALL: usize = 1000;

/// # Errors
/// [`crate::Code::Unsupported`], as the store says it.
pub fn check(table: &str, indexes: &[Vec<String>], rows: usize, filter: &Filter, order: &[(&str, bool)]) -> Result<()> {
    if rows < SMALL {
        return Ok(());
    }
    let everything = vec![Vec::new()];
    for all in if filter.is_empty() { &everything } else { filter } {
        if !serves_itself(all, order) && !indexes.iter().any(|index| serves(index, all, order)) {
            return Err(Error::unsupported(format!("no index of `{table}` serves {all:?} in order {order:?}")));
        }
    }
    Ok(())
}

type All = Vec<crate::Cond>;

fn is_exact(op: Cmp) -> bool {
    matches!(op, Cmp::Eq | Cmp::AnyOf | Cmp::IsNull)
}

/// By number, or everything by number.
fn serves_itself(all: &All, order: &[(&str, bool)]) -> bool {
    let by_id = all.iter().any(|c| c.column == "id" && is_exact(c.op));
    let asks = all.iter().any(|c| c.column != "id" && !matches!(c.op, Cmp::Prefix | Cmp::Contains));
    by_id || (!asks && order.iter().all(|(c, _)| *c == "id"))
}

fn serves(index: &[String], all: &All, order: &[(&str, bool)]) -> bool {
    let asked: Vec<_> = all.iter().filter(|c| c.column != "id" && !matches!(c.op, Cmp::Prefix | Cmp::Contains)).collect();
    let fixed = |c: &String| asked.iter().any(|a| a.column == c && is_exact(a.op));
    let led = index.iter().take_while(|c| fixed(c)).count();
    let rest = &index[led..];
    let keys: Vec<&str> = order.iter().map(|(c, _)| *c).take_while(|c| *c != "id").filter(|c| !fixed(&(*c).to_owned())).collect();
    let ranged = rest.first().is_some_and(|c| asked.iter().any(|a| a.column == c && !is_exact(a.op)));
    let one_way = order.windows(2).all(|w| w[0].1 == w[1].1);
    let in_order = rest.len() >= keys.len() && rest.iter().zip(&keys).all(|(c, k)| c == k);
    (led > 0 || ranged || asked.is_empty()) && asked.iter().all(|a| index.iter().any(|c| c == a.column)) && in_order && (one_way || keys.is_empty())
}
