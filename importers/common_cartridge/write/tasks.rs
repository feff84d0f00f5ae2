//! Forums and assignments.

use super::manifest::Item;
use super::package::{Resource, document};
use super::texts::Files;
use super::{Outcome, Writing};
use crate::common_cartridge::{Error, Version};
use parcours_course::outline::{Activity, Assign};
use parcours_mbz::links::encode;
use parcours_mbz::xml::Element;
use std::io::{Seek, Write};

/// A text as descriptors have it.
pub(super) fn text(html: &str) -> Element {
    Element::new("text", html).with("texttype", "text/html")
}

impl<W: Write + Seek> Writing<'_, W> {
    /// A topic: what the forum is about, without what was written in it.
    pub fn forum(&mut self, of: &Activity, files: &Files, place: &str) -> Result<Outcome, Error> {
        let version = self.package.version;
        let id = format!("forum_{}", of.cm);
        let html = self.based(&of.intro, files, ("intro", 0), place);
        let topic = Element::group("topic", [Element::new("title", &of.name), text(&html)]).with("xmlns", version.descriptor("dt"));
        let dependencies = self.package.companions(&id, files.all());
        self.package.descriptor(&id, version.kind("dt"), topic, dependencies)?;
        Ok(Outcome::of(Item::new(format!("{id}_item"), &of.name).to(&id)))
    }

    /// A page that says what to do; in 1.3 an assignment stands behind it, for those who know assignments.
    pub fn assign(&mut self, of: &Activity, assign: &Assign, files: &Files, place: &str) -> Result<Outcome, Error> {
        let path = self.planned_path(of);
        let mut html = self.html(&of.intro, &path, files, ("intro", 0), place);
        html += &self.html(&assign.activity, &path, files, ("activityattachment", 0), place);
        let id = format!("assign_{}", of.cm);
        self.page(&id, &path, &of.name, &html, files.all())?;
        let item = Item::new(format!("{id}_item"), &of.name).to(&id);
        if self.package.version != Version::V11 {
            self.package.resources.iter_mut().filter(|r| r.id == id).for_each(|r| r.intended = Some("assignment"));
        }
        if self.package.version != Version::V13 {
            return Ok(Outcome::of(item).without(self.words("a page: work is handed in elsewhere", "une page : le travail se rend ailleurs")));
        }
        let assignment = self.assignment(of, assign, files, place);
        let real = format!("{id}_assignment");
        self.package.resources.iter_mut().filter(|r| r.id == id).for_each(|r| r.variant = Some(real.clone()));
        let path = self.package.reserve(&format!("descriptors/{real}.xml"));
        let bytes = document(&assignment);
        self.package.put(&path, bytes.as_slice(), bytes.len() as u64)?;
        let kind = "assignment_xmlv1p0".to_owned();
        let dependencies = vec![id];
        self.package.resources.push(Resource { id: real, kind, href: Some(path.clone()), files: vec![path], dependencies, ..Resource::default() });
        let outcome = Outcome::of(item);
        let outcome = match assign.open != 0 || assign.due != 0 || assign.cutoff != 0 {
            true => outcome.without(self.words("its dates", "ses dates")),
            false => outcome,
        };
        Ok(match assign.grade < 0 {
            true => outcome.without(self.words("its scale", "son barème")),
            false => outcome,
        })
    }

    fn assignment(&mut self, of: &Activity, assign: &Assign, files: &Files, place: &str) -> Element {
        let mut html = self.based(&of.intro, files, ("intro", 0), place);
        html += &self.based(&assign.activity, files, ("activityattachment", 0), place);
        let mut parts = vec![Element::new("title", &of.name), text(&html)];
        let attached: Vec<Element> = of
            .area("introattachment", 0)
            .filter_map(|f| files.get("introattachment", 0, &f.path))
            .map(|to| Element::new("attachment", "").with("href", format!("../{}", encode(to))).with("role", "All"))
            .collect();
        if !attached.is_empty() {
            parts.push(Element::group("attachments", attached));
        }
        parts.push(match assign.grade {
            points @ 1.. => Element::new("gradable", "true").with("points_possible", points),
            _ => Element::new("gradable", assign.grade != 0),
        });
        let format = |kind: &str| Element::new("format", "").with("type", kind);
        let formats: Vec<Element> =
            [(assign.text, "html"), (assign.files > 0, "file")].into_iter().filter(|(on, _)| *on).map(|(_, k)| format(k)).collect();
        if !formats.is_empty() {
            parts.push(Element::group("submission_formats", formats));
        }
        Element::group("assignment", parts)
            .with("xmlns", "http://www.imsglobal.org/xsd/imscc_extensions/assignment")
            .with("identifier", format!("assignment_{}", of.cm))
    }
}
