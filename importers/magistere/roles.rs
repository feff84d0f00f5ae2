//! Roles, enrolment methods and filters that a stock site lacks.

use super::cx::Cx;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::validate::Plugin;
use parcours_mbz::xml::{Element, Rewrite};

/// The platform's own roles, and what they come from (MAGISTERE §5).
const ROLES: &[(&str, &str)] = &[
    ("administrateurlocal", "manager"),
    ("administrateurnational", "manager"),
    ("concepteur", "editingteacher"),
    ("formateur", "editingteacher"),
    ("gestionnaire", "manager"),
    ("participant", "student"),
    ("tuteur", "teacher"),
];

/// What a role comes from: a restore matches roles by it where no role has the short name.
pub(super) fn archetype<'a>(shortname: &str, archetype: &'a str) -> &'a str {
    match archetype {
        "" => ROLES.iter().find(|(name, _)| *name == shortname).map_or("", |(_, a)| *a),
        archetype => archetype,
    }
}

pub(super) fn convert(cx: &mut Cx<'_>) -> Result<(), Error> {
    let mut by = Known::default();
    cx.course.rewrite("roles.xml", &mut by)?;
    for (name, archetype) in by.roles {
        let words = cx.of("a restore without a role of this name takes it for", "une restauration sans rôle de ce nom le prend pour");
        cx.remark(Fate::Approximated, Reason::Converted, "role", "roles.xml", format!("{name}: {words} {archetype}"));
    }
    let mut by = Known::default();
    cx.course.rewrite("course/enrolments.xml", &mut by)?;
    for method in &by.methods {
        let words = cx.of("became manual enrolment", "devenu inscription manuelle");
        cx.remark(Fate::Approximated, Reason::Converted, "enrolment", "course/enrolments.xml", format!("{method}: {words}"));
    }
    if !by.methods.is_empty() {
        cx.course.rewrite("course/roles.xml", &mut Assigned)?;
    }
    let mut paths = vec!["course/filters.xml".to_owned()];
    paths.extend(cx.known.activities.iter().map(|a| format!("{}/filters.xml", a.folder)));
    for path in paths {
        let mut by = Known::default();
        cx.course.rewrite(&path, &mut by)?;
        for filter in by.filters {
            let words = cx.of("filter taken out: what it did to texts is not done", "filtre retiré : les textes qu’il traitait restent tels quels");
            cx.remark(Fate::Kept, Reason::OtherFormat, "filter", &path, format!("{filter}: {words}"));
        }
    }
    Ok(())
}

/// Whatever is known by name.
#[derive(Default)]
struct Known {
    roles: Vec<(String, String)>,
    methods: Vec<String>,
    filters: Vec<String>,
}

impl Rewrite for Known {
    fn takes(&mut self, path: &[String]) -> bool {
        match path {
            [root, record] => root == "roles_definition" && record == "role",
            [_, list, record] => list.starts_with("filter_") && record.starts_with("filter_"),
            _ => false,
        }
    }

    fn element(&mut self, _: &[String], mut e: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        if e.name == "role" {
            let now = archetype(e.leaf("shortname"), e.leaf("archetype")).to_owned();
            if now != e.leaf("archetype") {
                self.roles.push((e.leaf("shortname").to_owned(), now.clone()));
                e.set("archetype", now);
            }
        } else if !Plugin::Filter.is_stock(e.leaf("filter")) {
            let filter = e.leaf("filter").to_owned();
            if !self.filters.contains(&filter) {
                self.filters.push(filter);
            }
            return Ok(());
        }
        out.push(e);
        Ok(())
    }

    /// An enrolment method's record holds everybody enrolled, so it is not taken whole.
    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        if let [.., list, record, leaf] = path
            && (list == "enrols" && record == "enrol" && leaf == "enrol" && !Plugin::Enrolment.is_stock(text))
        {
            self.methods.push(std::mem::replace(text, "manual".to_owned()));
        }
        Ok(())
    }
}

/// Roles given by an enrolment method that is no more are given by hand.
struct Assigned;

impl Rewrite for Assigned {
    fn takes(&mut self, path: &[String]) -> bool {
        path.last().is_some_and(|n| n == "assignment")
    }

    fn element(&mut self, _: &[String], mut e: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        if e.leaf("component").strip_prefix("enrol_").is_some_and(|method| !Plugin::Enrolment.is_stock(method)) {
            e.set("component", "");
            e.set("itemid", 0);
        }
        out.push(e);
        Ok(())
    }
}
