//! What a conversion says of itself, for a browser and for programs.

use super::{Step, whole};
use parcours_convert::report::{Head, html};
use parcours_course::Language;
use serde_json::{Value, json};

/// One page of all steps, each item once. `name` is the file's.
pub fn page(steps: &[Step], name: &str, language: Language) -> String {
    let done: Vec<&str> = steps.iter().map(|s| s.did.words(language)).collect();
    let done = done.join(", ");
    let facts = [(language.of("File", "Fichier"), name), (language.of("Steps", "Étapes"), done.as_str())];
    let title = language.of("What became of the course", "Ce qu’est devenu le parcours");
    html(&whole(steps), &Head { title, facts: &facts }, language)
}

/// An array of the steps, each with its counts and findings.
pub fn json(steps: &[Step]) -> Value {
    let each = |s: &Step| {
        let c = s.report.counts();
        json!({
            "did": s.did, "items_in": c.items_in, "imported": c.imported, "approximated": c.approximated, "kept": c.kept, "refused": c.refused,
            "report": s.report.findings,
        })
    };
    Value::Array(steps.iter().map(each).collect())
}
