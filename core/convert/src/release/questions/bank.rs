//! Question banks: activities since 5.0, made for what had no activity, and taken away before (MBZ-FORMAT §10.1, §12).

use super::super::contents;
use super::super::documents;
use super::super::work::Work;
use super::plan::{COURSE, NewBank, Plan};
use super::survey::Survey;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::manifest::Section;
use parcours_mbz::xml::{Element, NULL};

const MODULE: &str = "qbank";

/// Makes the banks of the plan, in the first section of the course.
pub(super) fn make(work: &mut Work, survey: &Survey, plan: &mut Plan) -> Result<(), Error> {
    if plan.banks.is_empty() {
        return Ok(());
    }
    let mut instance = 0;
    for bank in contents::of_module(work.course.manifest(), MODULE) {
        instance = instance.max(super::super::context::root(work.course, &bank)?.map_or(0, |r| r.instance));
    }
    let Some((section, number)) = first_section(work)? else { return Ok(()) };
    for bank in plan.banks.clone() {
        instance = instance.saturating_add(1);
        let name = title(work, bank.level);
        one(work, survey, plan, &bank, instance, &name, &section, number)?;
        let folder = folder(&bank);
        work.remark(
            Fate::Approximated,
            Reason::Invented,
            "activity",
            &folder,
            format!("question bank `{name}`, for categories that belonged to no activity"),
            format!("banque de questions « {name} », pour les catégories qui n'étaient à aucune activité"),
        );
    }
    Ok(())
}

fn folder(bank: &NewBank) -> String {
    format!("activities/{MODULE}_{}", bank.place.instance)
}

fn title(work: &Work, level: i64) -> String {
    let name = work.language().of("Question bank", "Banque de questions");
    match level {
        COURSE => name.to_owned(),
        40 => format!("{name} ({})", work.language().of("course category", "catégorie de cours")),
        10 => format!("{name} ({})", work.language().of("site", "site")),
        _ => format!("{name} ({})", work.language().of("activities elsewhere", "activités d'ailleurs")),
    }
}

/// Section 0, or the first that the archive holds, with its number.
fn first_section(work: &mut Work) -> Result<Option<(Section, i64)>, Error> {
    let mut first: Option<(Section, i64)> = None;
    for section in work.course.manifest().sections.clone() {
        let number = work.course.document(&format!("{}/section.xml", section.directory))?.and_then(|s| s.number("number")).unwrap_or(i64::MAX);
        if first.as_ref().is_none_or(|(_, n)| number < *n) {
            first = Some((section, number));
        }
    }
    Ok(first.map(|(section, n)| (section, if n == i64::MAX { 0 } else { n })))
}

#[allow(clippy::too_many_arguments)]
fn one(
    work: &mut Work,
    survey: &Survey,
    plan: &Plan,
    bank: &NewBank,
    instance: i64,
    name: &str,
    section: &Section,
    number: i64,
) -> Result<(), Error> {
    let (folder, module) = (folder(bank), bank.place.instance);
    // A backup has no other clock than its own date.
    let time = work.course.manifest().information.backup_date;
    let own = [
        Element::new("name", name),
        Element::new("timecreated", time),
        Element::new("timemodified", time),
        Element::new("intro", ""),
        Element::new("introformat", 1),
        Element::new("type", "standard"),
    ];
    let root = Element::record("activity", instance, [Element::record(MODULE, instance, own)])
        .with("moduleid", module)
        .with("modulename", MODULE)
        .with("contextid", bank.place.context);
    work.course.put(&format!("{folder}/{MODULE}.xml"), &root)?;
    work.course.put(&format!("{folder}/module.xml"), &module_document(work, module, section.sectionid, number, time))?;
    let states = work.course.manifest().root_setting("xapistate") == Some("1");
    for document in documents::of_a_task().filter(|d| states || *d != "xapistate.xml") {
        if let Some(empty) = documents::empty(document) {
            work.course.put(&format!("{folder}/{document}"), &empty)?;
        }
    }
    let here = |id: &i64| plan.context_of(*id) == Some(bank.place.context);
    let ids = survey
        .categories
        .iter()
        .filter_map(|c| c.id)
        .filter(|id| plan.homes.contains_key(id))
        .filter(here)
        .chain(plan.tops.iter().map(|t| t.id).filter(here));
    let references = ids.map(|id| Element::group("question_category", [Element::new("id", id)]));
    work.course.put(&format!("{folder}/inforef.xml"), &Element::group("inforef", [Element::group("question_categoryref", references)]))?;
    list(work, module, name, &folder, section)
}

fn module_document(work: &Work, module: i64, section: i64, number: i64, time: i64) -> Element {
    let mut leaves = vec![
        Element::new("modulename", MODULE),
        Element::new("sectionid", section),
        Element::new("sectionnumber", number),
        Element::new("idnumber", ""),
        Element::new("added", time),
    ];
    let numbers = [
        ("score", "0"),
        ("indent", "0"),
        ("visible", "1"),
        ("visibleoncoursepage", "1"),
        ("visibleold", "1"),
        ("groupmode", "0"),
        ("groupingid", "0"),
        ("completion", "0"),
        ("completiongradeitemnumber", NULL),
        ("completionpassgrade", "0"),
        ("completionview", "0"),
        ("completionexpected", "0"),
        ("availability", NULL),
        ("showdescription", "0"),
        ("downloadcontent", "1"),
        ("lang", NULL),
        ("enableaitools", NULL),
        ("enabledaiactions", NULL),
    ];
    leaves.extend(numbers.map(|(name, value)| Element::new(name, value)));
    leaves.push(Element::group("tags", []));
    Element::record("module", module, leaves).with("version", work.release.numbers().moodle_version)
}

/// Names a new activity in contents, settings, and its section's sequence.
fn list(work: &mut Work, module: i64, name: &str, folder: &str, section: &Section) -> Result<(), Error> {
    let path = format!("{}/section.xml", section.directory);
    if let Some(mut document) = work.course.document(&path)? {
        let sequence = document.leaf("sequence").to_owned();
        document.set("sequence", if sequence.is_empty() { module.to_string() } else { format!("{sequence},{module}") });
        work.course.put(&path, &document)?;
    }
    let m = work.course.manifest();
    let last = m.activities.iter().rposition(|a| a.sectionid == section.sectionid).map_or(0, |at| at + 1);
    // What is in a subsection follows it.
    let behind = last + m.activities.iter().skip(last).take_while(|a| a.insubsection).count();
    let users = m.root_setting("users").unwrap_or("0").to_owned();
    contents::edit(work.course, |information| {
        let leaves = [
            Element::new("moduleid", module),
            Element::new("sectionid", section.sectionid),
            Element::new("modulename", MODULE),
            Element::new("title", name),
            Element::new("directory", folder),
            Element::new("insubsection", ""),
        ];
        let activities = contents::list(information, "activities");
        let at = behind.min(activities.children.len());
        activities.children.insert(at, Element::group("activity", leaves));
        let owner = contents::owner(folder);
        for (what, value) in [("included", "1"), ("userinfo", users.as_str())] {
            contents::settings(information).push(contents::setting("activity", owner, what, value));
        }
    })
}

/// Takes banks out of the archive: their categories are the course's now.
pub(super) fn take_away(work: &mut Work, plan: &Plan) -> Result<(), Error> {
    for (bank, _) in &plan.gone {
        let release = work.release;
        work.fate(&bank.directory, Fate::Approximated, Reason::OtherRelease);
        work.remark(
            Fate::Approximated,
            Reason::OtherRelease,
            "activity",
            &bank.directory,
            format!("Moodle {release} has no question banks: the questions of `{}` are the course's", bank.title),
            format!("Moodle {release} n'a pas de banques de questions : les questions de « {} » sont celles du cours", bank.title),
        );
        work.course.remove_folder(&bank.directory);
        contents::edit(work.course, |information| contents::forget(information, &bank.directory))?;
        for section in work.course.manifest().sections.clone() {
            let path = format!("{}/section.xml", section.directory);
            let Some(mut document) = work.course.document(&path)? else { continue };
            let sequence = document.leaf("sequence").to_owned();
            let left: Vec<&str> = sequence.split(',').filter(|m| m.trim().parse() != Ok(bank.moduleid)).collect();
            if left.join(",") != sequence {
                document.set("sequence", left.join(","));
                work.course.put(&path, &document)?;
            }
        }
    }
    Ok(())
}
