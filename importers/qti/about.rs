//! Tags and ID number of a question, which stand in the manifest as metadata (IMS LRM: keywords, and an entry of a catalogue).

use crate::bank::node::Node;

const NAMESPACE: &str = "http://www.imsglobal.org/xsd/imsmd_v1p2";
/// The catalogue of ID numbers.
const CATALOGUE: &str = "Moodle";

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct About {
    pub idnumber: String,
    pub tags: Vec<String>,
}

pub(super) fn write(about: &About) -> Option<Node> {
    if *about == About::default() {
        return None;
    }
    let words = |text: &str| Node::leaf("imsmd:langstring", &[], text);
    let mut general = Vec::new();
    if !about.idnumber.is_empty() {
        let entry = Node::new("imsmd:entry", &[], [words(&about.idnumber)]);
        general.push(Node::new("imsmd:catalogentry", &[], [Node::leaf("imsmd:catalog", &[], CATALOGUE), entry]));
    }
    general.extend(about.tags.iter().map(|t| Node::new("imsmd:keyword", &[], [words(t)])));
    let lom = Node::new("imsmd:lom", &[("xmlns:imsmd", NAMESPACE)], [Node::new("imsmd:general", &[], general)]);
    Some(Node::new("metadata", &[], [lom]))
}

/// Of a resource. Keywords of any packer are tags; an entry of another catalogue is no ID number.
pub(super) fn read(resource: &Node) -> About {
    let (mut keywords, mut entries) = (Vec::new(), Vec::new());
    for metadata in resource.all("metadata") {
        metadata.find(&|n| n.name == "keyword", &mut keywords);
        metadata.find(&|n| n.name == "catalogentry", &mut entries);
    }
    let own = entries.into_iter().find(|e| e.child("catalog").is_some_and(|c| c.inner().trim() == CATALOGUE));
    let idnumber = own.and_then(|e| e.child("entry")).map(|e| e.inner().trim().to_owned()).unwrap_or_default();
    About { idnumber, tags: keywords.into_iter().map(|k| k.inner().trim().to_owned()).filter(|t| !t.is_empty()).collect() }
}
