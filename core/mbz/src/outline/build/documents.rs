//! The documents of one activity and of the sections.

use super::record::Making;
use super::tree::{empty, flag, leaves, nulls, references};
use super::words::clip;
use super::{Build, NewActivity, grades, words};
use crate::error::Error;
use crate::xml::{Element, NULL};
use parcours_course::outline::{Content, File};
use std::collections::HashMap;

/// Version of every module at the time of 4.1.
const VERSION: i64 = 2_022_112_800;
/// Characters of an idnumber.
const IDNUMBER: usize = 100;

impl Build {
    pub(super) fn write(&mut self, module: &'static str, new: NewActivity, section: i64, number: i64) -> Result<i64, Error> {
        let mut new = new;
        let (cm, now) = (new.cm, self.info.now);
        let (context, instance) = (self.numbers.next("context"), self.numbers.next(module));
        let mut making = Making { now, instance, context, numbers: &mut self.numbers, moved: HashMap::new() };
        let record = Element::record(module, instance, making.record(&new));
        let moved = making.moved;
        let folder = format!("activities/{module}_{cm}");
        let document = Element::record("activity", instance, [record]).with("moduleid", cm).with("modulename", module).with("contextid", context);
        self.put(&format!("{folder}/{module}.xml"), &document)?;
        self.put(&format!("{folder}/module.xml"), &self::module(module, &new, section, number, now))?;
        let item = grades::item(&mut self.numbers, &new, module, instance, now);
        let items: Vec<i64> = item.iter().filter_map(Element::id).collect();
        self.put(&format!("{folder}/grades.xml"), &grades::of_activity(item))?;
        let files = files_of(std::mem::take(&mut new.files), module, &moved);
        let files = self.listing.add(context, &format!("mod_{module}"), files);
        let lists = [references("fileref", "file", &files), references("grade_itemref", "grade_item", &items)];
        self.put(&format!("{folder}/inforef.xml"), &Element::group("inforef", lists.into_iter().flatten()))?;
        for (name, document) in rest(matches!(new.content, Content::Assign(_) | Content::Forum(_))) {
            self.put(&format!("{folder}/{name}.xml"), &document)?;
        }
        Ok(cm)
    }

    pub(super) fn write_sections(&mut self) -> Result<(), Error> {
        let mut documents = Vec::new();
        for section in &self.sections {
            let sequence: Vec<String> = self.activities.iter().filter(|a| a.section == section.id).map(|a| a.cm.to_string()).collect();
            let mut record = Element::record("section", section.id, [Element::new("number", section.number)]);
            record.push(Element::nullable("name", Some(clip(&section.new.name, words::NAME)).filter(|n| !n.is_empty())));
            record.children.extend(super::tree::text("summary", &section.new.summary));
            record.push(Element::new("sequence", sequence.join(",")));
            record.push(flag("visible", section.new.visible));
            record.push(Element::nullable("availabilityjson", section.new.availability.as_deref()));
            record.push(Element::new("timemodified", self.info.now));
            let folder = format!("sections/section_{}", section.id);
            documents.push((format!("{folder}/section.xml"), record));
            documents.push((format!("{folder}/inforef.xml"), Element::group("inforef", references("fileref", "file", &section.files))));
        }
        documents.iter().try_for_each(|(path, document)| self.put(path, document))
    }
}

/// Files belong to the records that their numbers were asked for.
fn files_of(files: Vec<File>, module: &str, moved: &HashMap<(&'static str, i64), i64>) -> Vec<File> {
    let to = |f: &File| moved.iter().find(|((area, item), _)| *area == f.area && *item == f.item).map(|(_, to)| *to);
    let mut files: Vec<File> = files.into_iter().map(|f| File { item: to(&f).unwrap_or(f.item), component: format!("mod_{module}"), ..f }).collect();
    // The one file of a resource is what it opens (MBZ-FORMAT §12).
    if module == "resource" && !files.iter().any(|f| f.main) {
        files.iter_mut().filter(|f| f.area == "content").take(1).for_each(|f| f.main = true);
    }
    files
}

fn module(module: &str, new: &NewActivity, section: i64, number: i64, now: i64) -> Element {
    // Rules need one that can be met; that it was looked at is one for all that can be opened.
    let rules = new.completion == 2;
    let completion = if rules && module == "label" { 1 } else { new.completion.clamp(0, 2) };
    let mut all = vec![
        Element::new("modulename", module),
        Element::new("sectionid", section),
        Element::new("sectionnumber", number),
        Element::new("idnumber", clip(&new.idnumber, IDNUMBER)),
        Element::new("added", now),
        Element::new("score", 0),
        Element::new("indent", new.indent.clamp(0, 16)),
        flag("visible", new.visible || new.stealth),
        flag("visibleoncoursepage", !new.stealth),
        flag("visibleold", new.visible || new.stealth),
    ];
    all.extend(leaves(&[("groupmode", "0"), ("groupingid", "0")]));
    all.push(Element::new("completion", completion));
    all.extend(nulls(&["completiongradeitemnumber"]));
    all.push(Element::new("completionpassgrade", 0));
    all.push(flag("completionview", rules && module != "label"));
    all.push(Element::new("completionexpected", 0));
    all.push(Element::nullable("availability", new.availability.as_deref()));
    all.push(flag("showdescription", new.show_intro));
    all.push(Element::new("downloadcontent", 1));
    all.push(Element::new("lang", NULL));
    all.push(Element::group("tags", []));
    Element::record("module", new.cm, all).with("version", VERSION)
}

/// Documents of an activity that hold nothing yet.
fn rest(graded: bool) -> Vec<(&'static str, Element)> {
    let mut all = vec![
        ("roles", roles()),
        ("grade_history", Element::group("grade_history", empty(&["grade_grades"]))),
        ("filters", filters()),
        ("comments", Element::group("comments", [])),
        ("calendar", Element::group("events", [])),
        ("completion", Element::group("completions", empty(&["completionviews"]))),
        ("competencies", Element::group("course_module_competencies", empty(&["competencies"]))),
    ];
    if graded {
        all.push(("grading", Element::group("areas", [])));
    }
    all
}

pub(super) fn roles() -> Element {
    Element::group("roles", empty(&["role_overrides", "role_assignments"]))
}

pub(super) fn filters() -> Element {
    Element::group("filters", empty(&["filter_actives", "filter_configs"]))
}
