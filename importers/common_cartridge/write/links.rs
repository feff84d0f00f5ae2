//! Where links between activities will lead, before any of them is written.

use super::Writing;
use super::texts::Targets;
use crate::common_cartridge::{Error, path};
use parcours_course::outline::{Activity, Content};
use parcours_mbz::outline;
use std::io::{Seek, Write};

impl<W: Write + Seek> Writing<'_, W> {
    pub fn plan(&mut self) -> Result<Targets, Error> {
        let mut targets = Targets::default();
        let outline = self.outline;
        for (section, activity) in outline.activities() {
            let shown = self.options.hidden || section.visible && activity.visible;
            if !shown {
                continue;
            }
            match outline::content(self.course, activity)? {
                Content::Url(address) if address.contains("://") => {
                    targets.activities.insert(activity.cm, address);
                }
                _ if self.thin() => {}
                Content::Book(chapters) => {
                    for chapter in chapters.iter().filter(|c| !c.hidden || self.options.hidden) {
                        let path = self.package.reserve(&format!("pages/book_{}/{}.html", activity.cm, chapter.id));
                        targets.activities.entry(activity.cm).or_insert_with(|| path.clone());
                        targets.chapters.insert((activity.cm, chapter.id), path);
                    }
                }
                content => {
                    if let Some(path) = self.planned(activity, &content) {
                        targets.activities.insert(activity.cm, path);
                    }
                }
            }
        }
        Ok(targets)
    }

    /// The page of an activity that has one, or the file it opens.
    fn planned(&mut self, activity: &Activity, content: &Content) -> Option<String> {
        if let (Content::Resource, Some(file)) = (content, activity.main_file()) {
            return Some(path::safe(&format!("web_resources/{}_{}{}", activity.module, activity.cm, file.path)));
        }
        let page = match content {
            Content::Label | Content::Resource | Content::Forum(_) | Content::Quiz(_) | Content::Lti(_) | Content::Subsection | Content::Folder => {
                false
            }
            Content::Url(_) | Content::H5p | Content::Scorm | Content::Imscp => false,
            Content::Data | Content::Workshop | Content::Other => !activity.intro.text.trim().is_empty(),
            _ => true,
        };
        page.then(|| self.package.reserve(&format!("pages/{}_{}.html", activity.module, activity.cm)))
    }
}
