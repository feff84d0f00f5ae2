//! Ratings are kept as they came, and shown summed up the way the forum says.

use crate::here::Here;
use crate::records::Light;
use parcours_sdk::{Agg, Result, Value, all};
use std::collections::HashMap;

impl Here<'_> {
    /// What to say about the ratings of each post that has some and whose ratings may be seen.
    pub fn rated(&self, posts: &[Light]) -> Result<HashMap<i64, String>> {
        let own = |p: &&Light| self.is_mine(p.userid);
        let may = |p: &&Light| self.can(if own(p) { "viewrating" } else { "viewanyrating" });
        let ids: Vec<i64> = posts.iter().filter(may).map(|p| p.id).collect();
        let agg = match self.forum.assessed {
            1 => Agg::Avg,
            3 => Agg::Max,
            4 => Agg::Min,
            5 => Agg::Sum,
            2 => Agg::Count,
            _ => return Ok(HashMap::new()),
        };
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let given = all().any_of("post", ids).eq("ratingarea", "post");
        let rows = self.summarise("ratings", &given.into(), &["post"], &[(Agg::Count, "id"), (agg, "value")], 1000)?;
        Ok(rows.iter().filter_map(|row| self.said(row)).collect())
    }

    fn said(&self, row: &[Value]) -> Option<(i64, String)> {
        let [Value::Int(post), Value::Int(count), value] = row else { return None };
        let count = self.count("ratings", usize::try_from(*count).unwrap_or(0));
        // Points add up; the words of a scale are not known to a module, so only their number is said.
        let points = self.forum.scale > 0 && self.forum.assessed != 2;
        let text = match (points, number(value)) {
            (true, Some(n)) => {
                let key = ["", "rated_avg", "", "rated_max", "rated_min", "rated_sum"][usize::try_from(self.forum.assessed).unwrap_or(0).min(5)];
                self.tr(key, &[("value", &n), ("scale", &self.forum.scale.to_string()), ("count", &count)])
            }
            _ => count,
        };
        Some((*post, text))
    }
}

/// At most one decimal. Whole numbers do the work: printing any real number would be a tenth of the module.
fn number(v: &Value) -> Option<String> {
    match v {
        Value::Int(n) => Some(n.to_string()),
        Value::Real(x) => {
            let tenths = (x * 10.0).round() as i64;
            let whole = tenths / 10;
            Some(if tenths % 10 == 0 { whole.to_string() } else { format!("{whole}.{}", (tenths % 10).abs()) })
        }
        _ => None,
    }
}
