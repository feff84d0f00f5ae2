//! What each resource will be, before any is read: links lead to what comes later too.

use super::Reading;
use super::links::is_html;
use super::manifest::{Item, Resource};
use indexmap::IndexSet;
use parcours_mbz::outline::Build;
use std::collections::HashSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    /// A page without a title of its own in the course: a label.
    Label,
    File,
    Topic,
    Link,
    Lti,
    Assessment,
    Bank,
    Assignment,
    /// A page that says what to do, and nothing else about it.
    Task,
    /// The assignment of one platform: a page, and settings beside it.
    CanvasAssignment,
    /// Settings of one platform.
    Settings,
}

impl Kind {
    /// The module it becomes; nothing for what is no activity.
    pub fn module(self) -> Option<&'static str> {
        Some(match self {
            Kind::Page => "page",
            Kind::Label => "label",
            Kind::File => "resource",
            Kind::Topic => "forum",
            Kind::Link => "url",
            Kind::Lti => "lti",
            Kind::Assessment => "quiz",
            Kind::Assignment | Kind::Task | Kind::CanvasAssignment => "assign",
            Kind::Bank | Kind::Settings => return None,
        })
    }
}

/// By its type, and where that says little by its file.
pub(super) fn kind(of: &Resource) -> Kind {
    let has = |what: &str| of.kind.contains(what);
    let main = of.main().unwrap_or_default();
    match () {
        () if has("imsdt") => Kind::Topic,
        () if has("imswl") => Kind::Link,
        () if has("basiclti") || has("imslti") => Kind::Lti,
        () if has("question-bank") => Kind::Bank,
        () if has("imsqti") => Kind::Assessment,
        () if of.kind.starts_with("assignment") => Kind::Assignment,
        () if main.starts_with("course_settings/") => Kind::Settings,
        () if of.files.iter().any(|f| f.ends_with("assignment_settings.xml")) => Kind::CanvasAssignment,
        () if of.files.iter().any(|f| f.ends_with("assessment_meta.xml")) => Kind::Settings,
        () if is_html(main) && of.id.starts_with("label_page_") => Kind::Label,
        () if is_html(main) && of.intended == "assignment" => Kind::Task,
        // What stands there is a file to its platform, whatever is in it.
        () if is_html(main) && !main.starts_with("web_resources/") => Kind::Page,
        () => Kind::File,
    }
}

impl Reading {
    /// The resource that is read for another: itself, or an assignment that is preferred to a page.
    pub fn preferred(&self, id: &str) -> Option<Resource> {
        let own = self.manifest.resources.get(id)?;
        let known = |r: &&Resource| kind(r) == Kind::Assignment;
        Some(own.variants.iter().filter_map(|v| self.manifest.resources.get(v)).find(known).unwrap_or(own).clone())
    }

    /// Gives every resource that an item leads to, or that nothing but itself is for, its course module.
    pub fn plan(&mut self) {
        let mut ids = Vec::new();
        fn collect(items: &[Item], out: &mut Vec<String>) {
            for item in items.iter().filter(|i| !is_part(i)) {
                out.extend(item.resource.clone());
                if !holds_parts(item) {
                    collect(&item.children, out);
                }
            }
        }
        collect(&self.manifest.items, &mut ids);
        ids.extend(self.alone());
        self.manifest.items.clone().iter().for_each(|item| self.plan_books(item));
        for id in ids.into_iter().collect::<IndexSet<_>>() {
            let Some(resource) = self.preferred(&id) else { continue };
            let Some(module) = kind(&resource).module() else { continue };
            let cm = self.build.reserve();
            let own = self.manifest.resources.get(&id).and_then(|r| r.main()).map(str::to_owned);
            for path in [own, resource.main().map(str::to_owned)].into_iter().flatten() {
                if let Some(path) = self.cartridge.find(&path) {
                    self.tokens.entry(path).or_insert_with(|| Build::module_link(cm, module));
                }
            }
            self.reserved.insert(id, cm);
        }
    }

    /// Gives books and their chapters their numbers.
    fn plan_books(&mut self, item: &Item) {
        if !(holds_parts(item) && item.id.starts_with("book_")) {
            return item.children.iter().for_each(|c| self.plan_books(c));
        }
        let cm = self.build.reserve();
        let mut chapters = Vec::new();
        for child in &item.children {
            let id = self.build.number();
            chapters.push(id);
            let main = child.resource.as_ref().and_then(|r| self.manifest.resources.get(r)).and_then(|r| r.main());
            if let Some(path) = main.and_then(|m| self.cartridge.find(m)) {
                let token = match child.id.starts_with("bookintro_") {
                    true => Build::module_link(cm, "book"),
                    false => format!("$@BOOKVIEWBYIDCH*{cm}*{id}@$"),
                };
                self.tokens.entry(path).or_insert(token);
            }
        }
        self.books.insert(item.id.clone(), (cm, chapters));
    }

    /// Resources that no item leads to and no other depends on, and that are something by themselves. Plain files are not.
    pub fn alone(&self) -> Vec<String> {
        let resources = self.manifest.resources.values();
        let mut needed: HashSet<&str> = resources.clone().flat_map(|r| r.dependencies.iter().chain(&r.variants)).map(String::as_str).collect();
        let mut led = Vec::new();
        self.manifest.items.iter().for_each(|i| all_of(i, &mut led));
        needed.extend(led);
        let own = resources.filter(|r| !needed.contains(r.id.as_str()) && !matches!(kind(r), Kind::File | Kind::Bank | Kind::Settings));
        own.map(|r| r.id.clone()).collect()
    }
}

fn all_of<'a>(item: &'a Item, out: &mut Vec<&'a str>) {
    out.extend(item.resource.as_deref());
    item.children.iter().for_each(|c| all_of(c, out));
}

/// A book or folder as this program writes it: its children are parts of one activity.
pub(super) fn holds_parts(item: &Item) -> bool {
    item.resource.is_none() && (item.id.starts_with("book_") || item.id.starts_with("folder_"))
}

/// A page that is the summary of its section, as this program writes it.
pub(super) fn is_part(item: &Item) -> bool {
    item.id.starts_with("summary_") && item.children.is_empty() && item.resource.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_all_versions_and_platforms_are_known() {
        let of = |of: &str, files: &[&str]| {
            kind(&Resource { kind: of.to_owned(), files: files.iter().map(|f| (*f).to_owned()).collect(), ..Resource::default() })
        };
        assert_eq!(of("imsdt_xmlv1p3", &[]), Kind::Topic);
        assert_eq!(of("imswl_xmlv1p1", &[]), Kind::Link);
        assert_eq!(of("imsbasiclti_xmlv1p3", &[]), Kind::Lti);
        assert_eq!(of("imsqti_xmlv1p2/imscc_xmlv1p1/assessment", &[]), Kind::Assessment);
        assert_eq!(of("imsqti_xmlv1p2/imscc_xmlv1p1/question-bank", &[]), Kind::Bank);
        assert_eq!(of("assignment_xmlv1p0", &[]), Kind::Assignment);
        assert_eq!(of("webcontent", &["a/b.HTML"]), Kind::Page);
        assert_eq!(of("webcontent", &["web_resources/b.html"]), Kind::File);
        assert_eq!(of("webcontent", &["a.pdf"]), Kind::File);
        let canvas = "associatedcontent/imscc_xmlv1p1/learning-application-resource";
        assert_eq!(of(canvas, &["g1/a.html", "g1/assignment_settings.xml"]), Kind::CanvasAssignment);
        assert_eq!(of(canvas, &["course_settings/canvas_export.txt"]), Kind::Settings);
        assert_eq!(of(canvas, &["g2/assessment_meta.xml"]), Kind::Settings);
    }
}
