//! `imsmanifest.xml`, whoever wrote it.

use super::super::{Error, Version, path};
use indexmap::IndexMap;
use parcours_mbz::links::decode;
use parcours_mbz::xml::Element;

#[derive(Debug, Clone, Default)]
pub(super) struct Manifest {
    /// Nothing where it does not say.
    pub version: Option<Version>,
    pub title: String,
    pub description: String,
    pub language: String,
    /// On the first level, below the one root that a cartridge has.
    pub items: Vec<Item>,
    pub resources: IndexMap<String, Resource>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Item {
    pub id: String,
    pub title: String,
    pub resource: Option<String>,
    pub children: Vec<Item>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Resource {
    pub id: String,
    /// In lower case.
    pub kind: String,
    /// From the root of the cartridge, decoded; so are the files.
    pub href: Option<String>,
    pub files: Vec<String>,
    pub dependencies: Vec<String>,
    /// Resources that are preferred to it by those who know their type.
    pub variants: Vec<String>,
    /// What web content is meant for: `assignment`, `lessonplan` …
    pub intended: String,
    /// In plain words.
    pub description: String,
    /// The descriptor itself, where it is no file.
    pub inline: Option<Element>,
}

/// Takes the prefixes off all names: which one stands for a namespace is everybody's own choice.
pub(super) fn local(element: &mut Element) {
    element.walk_mut(&mut |e| {
        let short = |name: &str| name.rsplit(':').next().unwrap_or(name).to_owned();
        e.name = short(&e.name);
        e.attributes.iter_mut().filter(|(n, _)| !n.starts_with("xmlns")).for_each(|(n, _)| *n = short(n));
    });
}

/// Reads a manifest whose names are [`local`].
pub(super) fn read(root: &Element) -> Result<Manifest, Error> {
    if root.name != "manifest" {
        return Err(Error::OtherPackage { found: root.name.clone() });
    }
    let (schema, schemaversion) = (root.at(&["metadata", "schema"]), root.at(&["metadata", "schemaversion"]));
    let text = |e: Option<&Element>| e.map(|e| e.text.trim().to_owned()).unwrap_or_default();
    let schema = text(schema);
    if schema.to_ascii_lowercase().contains("scorm") {
        return Err(Error::OtherPackage { found: schema });
    }
    let namespaces: String = root.attributes.iter().filter(|(n, _)| n.starts_with("xmlns")).map(|(_, v)| format!("{v} ")).collect();
    let general = root.at(&["metadata", "lom", "general"]);
    let string = |name: &str| text(general.and_then(|g| g.child(name)).map(|e| e.child("string").or_else(|| e.child("langstring")).unwrap_or(e)));
    let base = folder(root.attribute("base").unwrap_or_default());
    let resources = root.child("resources");
    let base = base + &folder(resources.and_then(|r| r.attribute("base")).unwrap_or_default());
    let resources = resources.into_iter().flat_map(|r| r.all("resource")).map(|r| resource(r, &base));
    Ok(Manifest {
        version: Version::of(&schema, &text(schemaversion), &namespaces),
        title: string("title"),
        description: string("description"),
        language: string("language"),
        items: items(root),
        resources: resources.map(|r| (r.id.clone(), r)).collect(),
    })
}

fn folder(base: &str) -> String {
    let base = decode(base.trim());
    if base.is_empty() || base.ends_with('/') { base } else { base + "/" }
}

fn items(root: &Element) -> Vec<Item> {
    let organizations = root.child("organizations");
    let default = organizations.and_then(|o| o.attribute("default"));
    let all: Vec<&Element> = organizations.into_iter().flat_map(|o| o.all("organization")).collect();
    let chosen = all.iter().find(|o| default.is_some() && o.attribute("identifier") == default).or_else(|| all.first());
    let mut items: Vec<Item> = chosen.into_iter().flat_map(|o| o.all("item")).map(item).collect();
    // The root of the tree is no section: it has neither title nor resource. Others leave it out.
    match items.as_mut_slice() {
        [root] if root.resource.is_none() && (root.title.is_empty() || root.children.iter().any(|c| !c.children.is_empty())) => {
            std::mem::take(&mut root.children)
        }
        _ => items,
    }
}

fn item(of: &Element) -> Item {
    Item {
        id: of.attribute("identifier").unwrap_or_default().to_owned(),
        title: of.leaf("title").split_whitespace().collect::<Vec<_>>().join(" "),
        resource: of.attribute("identifierref").filter(|r| !r.is_empty()).map(str::to_owned),
        children: of.all("item").map(item).collect(),
    }
}

/// Descriptors by the name of their root.
const DESCRIPTORS: &[&str] = &["webLink", "wl", "cartridge_basiclti_link", "topic", "questestinterop", "assignment"];

fn resource(of: &Element, base: &str) -> Resource {
    let base = format!("{base}{}", folder(of.attribute("base").unwrap_or_default()));
    let place = |e: &Element| path::join(&base, &path::parts(e.attribute("href")?.trim()).0).filter(|p| !p.is_empty());
    let references = |name: &str| of.all(name).filter_map(|d| d.attribute("identifierref")).map(str::to_owned).collect();
    Resource {
        id: of.attribute("identifier").unwrap_or_default().to_owned(),
        kind: of.attribute("type").unwrap_or_default().trim().to_ascii_lowercase(),
        href: place(of),
        files: of.all("file").filter_map(place).collect(),
        dependencies: references("dependency"),
        variants: references("variant"),
        intended: of.attribute("intendeduse").unwrap_or_default().to_ascii_lowercase(),
        description: of.at(&["metadata", "lom", "general", "description", "string"]).map(|d| d.text.trim().to_owned()).unwrap_or_default(),
        inline: of.children.iter().find(|c| DESCRIPTORS.contains(&c.name.as_str())).cloned(),
    }
}

impl Resource {
    /// What it opens: its address, or its first file.
    pub fn main(&self) -> Option<&str> {
        self.href.as_deref().or_else(|| self.files.first().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_mbz::Limits;
    use parcours_mbz::xml::Reader;

    fn manifest(xml: &str) -> Result<Manifest, Error> {
        let mut root = Element::document(Reader::new(xml.as_bytes(), "imsmanifest.xml", &Limits::default())).unwrap();
        local(&mut root);
        read(&root)
    }

    #[test]
    fn prefixes_and_bases_and_a_missing_root_item_are_borne() {
        let m = manifest(
            "<p:manifest xmlns:p=\"http://www.imsglobal.org/xsd/imsccv1p2/imscp_v1p1\" xml:base=\"a b\"><p:metadata><l:lom xmlns:l=\"x\"><l:general><l:title><l:string> T </l:string></l:title></l:general></l:lom></p:metadata>\
             <p:organizations><p:organization><p:item identifier=\"1\"><p:title>A\n b</p:title><p:item identifier=\"2\" identifierref=\"r\"/></p:item><p:item identifier=\"3\"/></p:organization></p:organizations>\
             <p:resources xml:base=\"c/\"><p:resource identifier=\"r\" type=\"WebContent\" href=\"d%20e.html?x=1\" xml:base=\"../f\"><p:file href=\"../../../g\"/></p:resource></p:resources></p:manifest>",
        );
        let m = m.unwrap();
        assert_eq!((m.version, m.title.as_str(), m.items.len(), m.items[0].title.as_str()), (Some(Version::V12), "T", 2, "A b"));
        let r = &m.resources["r"];
        assert_eq!((r.kind.as_str(), r.main(), r.files.as_slice()), ("webcontent", Some("a b/f/d e.html"), &[][..]));
    }

    #[test]
    fn what_is_no_cartridge_is_refused() {
        assert!(matches!(manifest("<html/>"), Err(Error::OtherPackage { found }) if found == "html"));
        let scorm = manifest("<manifest><metadata><schema>ADL SCORM</schema></metadata></manifest>");
        assert!(matches!(scorm, Err(Error::OtherPackage { .. })));
    }
}
