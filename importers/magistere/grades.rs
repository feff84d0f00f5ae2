//! Grade items name the module and its record; those of a module without grades become items of the trainer's own.

use super::cx::Cx;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::{Element, NULL, Rewrite};
use parcours_mbz::{Error, Unpacked};

const GRADEBOOK: &str = "gradebook.xml";

/// The highest grade of an activity's first item.
pub(super) fn highest(course: &mut Unpacked, folder: &str) -> Result<Option<String>, Error> {
    let mut highest = None;
    course.each(&format!("{folder}/grades.xml"), "grade_item", |_, item| {
        if item.leaf("itemtype") == "mod" && item.leaf("itemnumber") == "0" && item.leaf("gradetype") == "1" {
            highest.get_or_insert_with(|| item.leaf("grademax").to_owned());
        }
        Ok(())
    })?;
    Ok(highest)
}

struct Items<'a> {
    module: &'a str,
    id: i64,
    /// Where the new module has no grades: those that leave.
    leaving: Option<Vec<Element>>,
}

impl Rewrite for Items<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        path.last().is_some_and(|n| n == "grade_item")
    }

    fn element(&mut self, _: &[String], mut item: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        match &mut self.leaving {
            Some(leaving) => {
                item.set("itemtype", "manual");
                for leaf in ["itemmodule", "iteminstance", "itemnumber"] {
                    item.set(leaf, NULL);
                }
                leaving.push(item);
            }
            None => {
                item.set("itemmodule", self.module);
                item.set("iteminstance", self.id);
                out.push(item);
            }
        }
        Ok(())
    }
}

/// The gradebook gets items.
struct Joining(Vec<Element>);

impl Rewrite for Joining {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], item: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        out.push(item);
        Ok(())
    }

    fn end(&mut self, path: &[String], out: &mut Vec<Element>) -> Result<(), Error> {
        if matches!(path, [_, list] if list == "grade_items") {
            out.append(&mut self.0);
        }
        Ok(())
    }
}

pub(super) fn convert(cx: &mut Cx<'_>, folder: &str, module: &str, id: i64, graded: bool) -> Result<(), Error> {
    let path = format!("{folder}/grades.xml");
    let mut any = false;
    cx.course.each(&path, "grade_item", |_, _| {
        any = true;
        Ok(())
    })?;
    if !any {
        return Ok(());
    }
    let mut has_list = false;
    cx.course.each(GRADEBOOK, "grade_item", |_, _| {
        has_list = true;
        Ok(())
    })?;
    let mut items = Items { module, id, leaving: (!graded).then(Vec::new) };
    cx.course.rewrite(&path, &mut items)?;
    let Some(leaving) = items.leaving else { return Ok(()) };
    for item in &leaving {
        let (fate, detail) = match has_list {
            true => (
                Fate::Approximated,
                cx.of("its grades are an item of the gradebook’s own", "ses notes deviennent un élément propre du carnet de notes"),
            ),
            false => (Fate::Kept, cx.of("there is no gradebook to put its grades in", "pas de carnet de notes où mettre ses notes")),
        };
        cx.remark(fate, Reason::Converted, "grade", folder, format!("{}: {detail}", item.leaf("itemname")));
    }
    if has_list {
        cx.course.rewrite(GRADEBOOK, &mut Joining(leaving))?;
    }
    unlist(cx.course, folder)
}

/// Its items are no longer the activity's.
fn unlist(course: &mut Unpacked, folder: &str) -> Result<(), Error> {
    let path = format!("{folder}/inforef.xml");
    let Some(mut doc) = course.document(&path)? else { return Ok(()) };
    if doc.remove("grade_itemref").is_empty() { Ok(()) } else { course.put(&path, &doc) }
}
