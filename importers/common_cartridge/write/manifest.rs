//! `imsmanifest.xml`.

use super::super::Version;
use super::super::markup::words;
use super::package::Resource;
use parcours_course::outline::Outline;
use parcours_mbz::links::encode;
use parcours_mbz::xml::Element;

/// The extension by which one resource is preferred to another, in 1.3.
const EXTENSION: &str = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_extensionv1p2";

/// An item of the tree.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    pub id: String,
    pub title: String,
    /// A resource; nothing for a folder.
    pub resource: Option<String>,
    pub children: Vec<Item>,
}

impl Item {
    pub fn new(id: impl Into<String>, title: &str) -> Self {
        Item { id: id.into(), title: title.to_owned(), ..Item::default() }
    }

    pub fn to(mut self, resource: &str) -> Self {
        self.resource = Some(resource.to_owned());
        self
    }
}

pub(super) fn manifest(outline: &Outline, version: Version, items: &[Item], resources: &[Resource]) -> Element {
    let root = Element::group("item", items.iter().map(item)).with("identifier", "root");
    let organization = Element::group("organization", [root]).with("identifier", "organization").with("structure", "rooted-hierarchy");
    let parts =
        [metadata(outline, version), Element::group("organizations", [organization]), Element::group("resources", resources.iter().map(resource))];
    let mut all = Element::group("manifest", parts)
        .with("identifier", "manifest")
        .with("xmlns", version.manifest())
        .with("xmlns:lomimscc", version.metadata("manifest"))
        .with("xmlns:lom", version.metadata("resource"));
    if version == Version::V13 {
        all = all.with("xmlns:cpx", EXTENSION);
    }
    all
}

fn metadata(outline: &Outline, version: Version) -> Element {
    let language = outline.language.replace('_', "-");
    let string = |text: &str| {
        let string = Element::new("lomimscc:string", text);
        if language.is_empty() { string } else { string.with("language", &language) }
    };
    let mut general = vec![Element::group("lomimscc:title", [string(&outline.fullname)])];
    if !language.is_empty() {
        general.push(Element::new("lomimscc:language", &language));
    }
    let summary = words(&outline.summary.text).trim().to_owned();
    if !summary.is_empty() {
        general.push(Element::group("lomimscc:description", [string(&summary)]));
    }
    let lom = Element::group("lomimscc:lom", [Element::group("lomimscc:general", general)]);
    Element::group("metadata", [Element::new("schema", version.schema()), Element::new("schemaversion", version.schemaversion()), lom])
}

fn item(of: &Item) -> Element {
    let mut element = Element::group("item", [Element::new("title", of.title.trim())]).with("identifier", &of.id);
    if let Some(resource) = &of.resource {
        element.set_attribute("identifierref", resource);
    }
    element.children.extend(of.children.iter().map(item));
    element
}

fn resource(of: &Resource) -> Element {
    let file = |path: &String| Element::new("file", "").with("href", encode(path));
    let dependency = |id: &String| Element::new("dependency", "").with("identifierref", id);
    let described = Some(&of.description).filter(|d| !d.is_empty()).map(|d| {
        let description = Element::group("lom:description", [Element::new("lom:string", d)]);
        Element::group("metadata", [Element::group("lom:lom", [Element::group("lom:general", [description])])])
    });
    let mut element =
        Element::group("resource", described.into_iter().chain(of.files.iter().map(file))).with("identifier", &of.id).with("type", &of.kind);
    if let Some(href) = &of.href {
        element.set_attribute("href", encode(href));
    }
    if let Some(intended) = of.intended {
        element.set_attribute("intendeduse", intended);
    }
    element.children.extend(of.dependencies.iter().map(dependency));
    element.children.extend(of.inline.clone());
    if let Some(variant) = &of.variant {
        let empty = Element::group("cpx:metadata", []);
        element.push(Element::group("cpx:variant", [empty]).with("identifier", format!("{}_variant", of.id)).with("identifierref", variant));
    }
    element
}
