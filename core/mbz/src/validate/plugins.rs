//! What plug-ins write into the documents of others: methods of grading, and elements of their own (MBZ-FORMAT §4, §8.6, §12).

use super::depends::uses;
use super::doc::{Doc, Kind};
use super::element::Element;
use super::facts::Facts;
use super::finding::Findings;
use super::rule::Rule;
use super::stock;

/// Plug-ins of these kinds are looked at by what names them.
const NAMED: &[&str] = &["format", "gradingform", "qtype"];

pub(super) fn record(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    if let Some(component) = component(e.name()).filter(|_| e.is_full()) {
        uses(facts, doc, stock::Plugin::Other, component, component, e.name());
    } else if doc.kind == Kind::Other && e.name() == "definition" && doc.path.ends_with("/grading.xml") {
        uses(facts, doc, stock::Plugin::Grading, e.leaf("method"), e.leaf("name"), e.leaf("method"));
    } else if doc.kind == Kind::Other
        && e.name() == "competency"
        && doc.path.ends_with("/competencies.xml")
        && facts.first(Rule::Competencies, doc, 0)
    {
        out.add(Rule::Competencies, doc.path, e.leaf("idnumber"), "");
    }
}

/// `quizaccess_seb` of `subplugin_quizaccess_seb_quiz`: what stands last is where it was hooked in.
pub(crate) fn component(element: &str) -> Option<&str> {
    let rest = element.strip_prefix("subplugin_").or_else(|| element.strip_prefix("plugin_"))?;
    let (component, _) = rest.rsplit_once('_')?;
    let (kind, _) = component.split_once('_')?;
    Some(component).filter(|_| !NAMED.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_is_read_from_its_element() {
        assert_eq!(component("subplugin_quizaccess_seb_quiz"), Some("quizaccess_seb"));
        assert_eq!(component("plugin_local_my_own_course"), Some("local_my_own"));
        assert_eq!(component("plugin_qtype_stack_question"), None);
        assert_eq!(component("plugin_x"), None);
        assert_eq!(component("plugins"), None);
    }
}
