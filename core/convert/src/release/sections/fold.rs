//! Subsections in the backup of a section or of an activity: an older Moodle restores one section of it, or one activity (MBZ-FORMAT §3.4).

use super::super::contents;
use super::super::work::Work;
use super::subsections::Subsection;
use super::{Section, label};
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::{Element, NULL, Rewrite};

/// Puts what is in each subsection behind the label that takes its place, in the section around it.
pub(super) fn into_parent(work: &mut Work, sections: &[Section], subsections: &[Subsection]) -> Result<(), Error> {
    for subsection in subsections {
        let activity = &subsection.activity;
        let inside = subsection.delegated.and_then(|at| sections.get(at));
        let summary = inside.map_or("", |s| s.document.leaf("summary"));
        let text = format!("{}{summary}", label::heading(&activity.title));
        let folder = label::make(work, activity, &text)?;
        let parent = sections.iter().find(|s| s.id == activity.sectionid);
        if let (Some(inside), Some(parent)) = (inside, parent) {
            move_in(work, inside, parent, activity.moduleid)?;
            files(work, inside, &folder, subsection.context)?;
            work.course.remove_folder(&inside.directory);
            let (id, owner) = (inside.id, contents::owner(&inside.directory).to_owned());
            contents::edit(work.course, |information| {
                contents::list(information, "sections").children.retain(|s| s.number("sectionid") != Some(id));
                contents::settings(information).children.retain(|s| s.leaf("section") != owner);
            })?;
            work.fate(&inside.directory, Fate::Approximated, Reason::OtherRelease);
        }
        work.fate(&activity.directory, Fate::Approximated, Reason::OtherRelease);
        let release = work.release;
        work.remark(
            Fate::Approximated,
            Reason::OtherRelease,
            "activity",
            &activity.directory,
            format!("Moodle {release} has no subsections: what was in `{}` stands below a label of that name", activity.title),
            format!("Moodle {release} n'a pas de sous-sections : le contenu de « {} » suit une étiquette de ce nom", activity.title),
        );
    }
    Ok(())
}

fn move_in(work: &mut Work, inside: &Section, parent: &Section, behind: i64) -> Result<(), Error> {
    let number = parent.document.number("number").unwrap_or(0);
    for activity in work.course.manifest().activities.clone().iter().filter(|a| a.sectionid == inside.id) {
        let path = format!("{}/module.xml", activity.directory);
        if let Some(mut module) = work.course.document(&path)? {
            module.set("sectionid", parent.id);
            module.set("sectionnumber", number);
            work.course.put(&path, &module)?;
        }
    }
    contents::edit(work.course, |information| {
        for activity in contents::list(information, "activities").children.iter_mut().filter(|a| a.number("sectionid") == Some(inside.id)) {
            activity.set("sectionid", parent.id);
        }
    })?;
    // Several subsections of one section change it one after the other.
    if let Some(mut document) = work.course.document(&parent.path())? {
        let sequence = document.leaf("sequence").to_owned();
        let modules = sequence.split(',').flat_map(|m| {
            let more = (m.trim().parse() == Ok(behind)).then(|| inside.document.leaf("sequence")).filter(|s| !s.is_empty());
            [Some(m), more].into_iter().flatten()
        });
        document.set("sequence", modules.collect::<Vec<_>>().join(","));
        work.course.put(&parent.path(), &document)?;
    }
    Ok(())
}

/// Files of the section's summary become those of the label's text.
fn files(work: &mut Work, inside: &Section, label: &str, context: i64) -> Result<(), Error> {
    work.course.rewrite("files.xml", &mut Files { section: inside.id, context })?;
    let (from, to) = (format!("{}/inforef.xml", inside.directory), format!("{label}/inforef.xml"));
    let Some(listed) = work.course.document(&from)? else { return Ok(()) };
    let mut document = work.course.document(&to)?.unwrap_or_else(|| Element::group("inforef", []));
    for list in listed.children {
        contents::child(&mut document, &list.name.clone()).children.extend(list.children);
    }
    work.course.put(&to, &document)?;
    Ok(())
}

struct Files {
    section: i64,
    context: i64,
}

impl Rewrite for Files {
    fn takes(&mut self, path: &[String]) -> bool {
        path.len() == 2
    }

    fn element(&mut self, _: &[String], mut file: Element, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        if file.leaf("component") == "course" && file.leaf("filearea") == "section" && file.number("itemid") == Some(self.section) {
            let context = self.context.to_string();
            for (leaf, value) in [("component", "mod_label"), ("filearea", "intro"), ("itemid", "0"), ("contextid", context.as_str())] {
                file.set(leaf, value);
            }
        }
        out.push(file);
        Ok(())
    }
}

/// The backup of one subsection becomes the backup of its section.
pub(super) fn alone(work: &mut Work, sections: &mut [Section], subsections: &[Subsection]) -> Result<(), Error> {
    for subsection in subsections {
        let activity = &subsection.activity;
        let Some(section) = subsection.delegated.and_then(|at| sections.get_mut(at)) else { continue };
        for leaf in ["component", "itemid"] {
            section.document.set(leaf, NULL);
        }
        work.course.put(&section.path(), &section.document)?;
        work.course.remove_folder(&activity.directory);
        contents::edit(work.course, |information| {
            contents::forget(information, &activity.directory);
            let details = contents::child(information, "details");
            for detail in &mut details.children {
                detail.set("type", "section");
            }
        })?;
        work.fate(&section.directory, Fate::Approximated, Reason::OtherRelease);
        work.fate(&activity.directory, Fate::Approximated, Reason::OtherRelease);
        let release = work.release;
        work.remark(
            Fate::Approximated,
            Reason::OtherRelease,
            "activity",
            &activity.directory,
            format!("Moodle {release} has no subsections: this is the backup of a section now"),
            format!("Moodle {release} n'a pas de sous-sections : ceci est maintenant la sauvegarde d'une section"),
        );
    }
    Ok(())
}
