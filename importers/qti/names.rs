//! The names of QTI 2.1, which everything here speaks, and those of QTI 3.0: `choiceInteraction` and `qti-choice-interaction`.

use crate::bank::node::Node;

/// Elements that are QTI's and not HTML's.
const OWN: &[&str] = &[
    "and",
    "areaMapEntry",
    "areaMapping",
    "assessmentItem",
    "assessmentItemRef",
    "assessmentSection",
    "assessmentTest",
    "associableHotspot",
    "baseValue",
    "choiceInteraction",
    "contentBody",
    "correct",
    "correctResponse",
    "defaultValue",
    "equal",
    "extendedTextInteraction",
    "feedbackBlock",
    "feedbackInline",
    "gap",
    "gapImg",
    "gapMatchInteraction",
    "gapText",
    "graphicGapMatchInteraction",
    "gt",
    "gte",
    "inlineChoice",
    "inlineChoiceInteraction",
    "itemBody",
    "mapEntry",
    "mapResponse",
    "mapResponsePoint",
    "mapping",
    "match",
    "matchInteraction",
    "modalFeedback",
    "orderInteraction",
    "outcomeDeclaration",
    "patternMatch",
    "positionObjectInteraction",
    "positionObjectStage",
    "prompt",
    "responseCondition",
    "responseDeclaration",
    "responseElse",
    "responseElseIf",
    "responseIf",
    "responseProcessing",
    "rubricBlock",
    "setOutcomeValue",
    "simpleAssociableChoice",
    "simpleChoice",
    "simpleMatchSet",
    "stringMatch",
    "sum",
    "testPart",
    "textEntryInteraction",
    "uploadInteraction",
    "value",
    "variable",
];

/// To the names of 3.0.
pub(super) fn to_3(node: &mut Node) {
    if OWN.contains(&node.name.as_str()) {
        node.name = format!("qti-{}", kebab(&node.name));
        node.attributes.iter_mut().filter(|(n, _)| !n.contains(':')).for_each(|(n, _)| *n = kebab(n));
        // Feedback and rubrics hold their markup in a body of their own.
        if matches!(node.name.as_str(), "qti-modal-feedback" | "qti-rubric-block") {
            node.children = vec![Node::new("contentBody", &[], std::mem::take(&mut node.children))];
        }
    }
    node.children.iter_mut().for_each(to_3);
}

/// From the names of 3.0, where it has them.
pub(super) fn from_3(node: &mut Node) {
    if let Some(name) = node.name.strip_prefix("qti-") {
        node.name = camel(name);
        node.attributes.iter_mut().filter(|(n, _)| !n.contains(':')).for_each(|(n, _)| *n = camel(n));
    }
    node.children.iter_mut().for_each(from_3);
    let open = |child: Node| if child.name == "contentBody" { child.children } else { vec![child] };
    node.children = std::mem::take(&mut node.children).into_iter().flat_map(open).collect();
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut up = false;
    for c in name.chars() {
        match (c, up) {
            ('-', _) => up = true,
            (c, true) => {
                out.push(c.to_ascii_uppercase());
                up = false;
            }
            (c, false) => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_there_and_back() {
        let body = Node::new(
            "itemBody",
            &[],
            [Node::new("p", &[], [Node::new("textEntryInteraction", &[("responseIdentifier", "R"), ("xml:lang", "fr")], [])])],
        );
        let item = Node::new(
            "assessmentItem",
            &[("timeDependent", "false")],
            [body, Node::new("modalFeedback", &[("outcomeIdentifier", "F")], [Node::words("x")])],
        );
        let mut three = item.clone();
        to_3(&mut three);
        let xml = crate::bank::node::to_xml(&three);
        assert!(xml.contains("<qti-assessment-item time-dependent=\"false\"><qti-item-body><p><qti-text-entry-interaction response-identifier=\"R\" xml:lang=\"fr\"/></p>"), "{xml}");
        assert!(xml.contains("<qti-modal-feedback outcome-identifier=\"F\"><qti-content-body>x</qti-content-body></qti-modal-feedback>"), "{xml}");
        from_3(&mut three);
        assert_eq!(three, item);
    }
}
