//! A question of before 4.0 as an entry of the question bank (MBZ-FORMAT §10.2).

use parcours_mbz::xml::{Element, NULL};

/// Wraps a question into its entry, with one version: it is what all its versions were then. The columns that became the entry's or the version's leave it.
pub(super) fn lift(mut question: Element, category: i64, number: i64, entry: i64) -> Element {
    let hidden = question.number("hidden") == Some(1);
    let idnumber = question.value("idnumber").map(str::to_owned);
    let owner = question.value("createdby").map(str::to_owned);
    for gone in ["version", "hidden", "idnumber"] {
        question.remove(gone);
    }
    // Its name up to 2.0.
    if question.child("defaultmark").is_none()
        && let Some(mark) = question.child_mut("defaultgrade")
    {
        "defaultmark".clone_into(&mut mark.name);
    }
    let version =
        [Element::new("version", 1), Element::new("status", if hidden { "hidden" } else { "ready" }), Element::group("questions", [question])];
    let versions = Element::group("question_version", [Element::record("question_versions", number, version)]);
    let entry_leaves = [
        Element::new("questioncategoryid", category),
        Element::new("idnumber", idnumber.as_deref().unwrap_or(NULL)),
        Element::new("ownerid", owner.as_deref().unwrap_or(NULL)),
        versions,
    ];
    Element::record("question_bank_entry", entry, entry_leaves)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_where_they_belong() {
        let leaves = [("name", "Q"), ("defaultgrade", "2"), ("version", "site+1"), ("hidden", "1"), ("createdby", "4"), ("idnumber", "q7")];
        let question = Element::record("question", 7, leaves.map(|(n, v)| Element::new(n, v)));
        let entry = lift(question, 3, 7, 107);
        assert_eq!((entry.id(), entry.leaf("idnumber"), entry.leaf("ownerid"), entry.number("questioncategoryid")), (Some(107), "q7", "4", Some(3)));
        let version = entry.at(&["question_version", "question_versions"]).unwrap();
        assert_eq!((version.id(), version.leaf("status")), (Some(7), "hidden"));
        let question = version.at(&["questions", "question"]).unwrap();
        let names: Vec<_> = question.children.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["name", "defaultmark", "createdby"]);
    }

    #[test]
    fn what_is_not_said_is_null() {
        let entry = lift(Element::record("question", 7, []), 3, 7, 7);
        assert_eq!((entry.value("idnumber"), entry.value("ownerid")), (None, None));
        assert_eq!(entry.at(&["question_version", "question_versions"]).unwrap().leaf("status"), "ready");
    }
}
