use parcours_course::Report;
use serde_json::json;

/// Counts and findings, as `parcours import --json` gives them: `items_in`, `imported`, `approximated`, `kept`, `refused`, `report`.
pub fn json(report: &Report) -> String {
    let c = report.counts();
    let value = json!({
        "items_in": c.items_in, "imported": c.imported, "approximated": c.approximated, "kept": c.kept, "refused": c.refused,
        "report": report.findings,
    });
    format!("{value:#}\n")
}
