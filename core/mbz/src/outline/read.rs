//! The outline of an archive.

use super::{files, modules};
use crate::error::Error;
use crate::manifest::Information;
use crate::php::Php;
use crate::unpacked::Unpacked;
use crate::xml::Element;
use parcours_course::outline::{Activity, Block, Outline, Section};
use parcours_course::{Format, Text};
use std::collections::HashMap;

/// Reads the outline. The manifest's list says what there is, not the folders (MBZ-FORMAT §3.4); what it lists and the archive lacks is there, and empty.
///
/// Memory holds names, intros and one line for each file; nothing that people wrote.
///
/// # Errors
/// What is wrong with a document, and the device.
pub fn read(from: &mut Unpacked) -> Result<Outline, Error> {
    let (mut outline, course) = course(from)?;
    outline.sections = sections(from)?;
    outline.blocks = blocks(from, course)?;
    files::deal(from, course, &mut outline)?;
    Ok(outline)
}

/// The course itself, and its context.
fn course(from: &mut Unpacked) -> Result<(Outline, i64), Error> {
    let record = from.document("course/course.xml")?.unwrap_or_default();
    let Information {
        wwwroot,
        backup_release,
        course_fullname,
        course_shortname,
        course_format,
        course_startdate,
        course_enddate,
        course_contextid,
        ..
    } = from.manifest().information.clone();
    let or = |leaf: &str, other: String| record.value(leaf).map_or(other, str::to_owned);
    let outline = Outline {
        fullname: or("fullname", course_fullname),
        shortname: or("shortname", course_shortname),
        summary: modules::text(&record, "summary"),
        language: record.leaf("lang").to_owned(),
        format: or("format", course_format),
        start: record.number("startdate").unwrap_or(course_startdate),
        end: record.number("enddate").unwrap_or(course_enddate),
        site: wwwroot.trim_end_matches('/').to_owned(),
        release: backup_release,
        ..Outline::default()
    };
    let context = record.attribute("contextid").and_then(|c| c.trim().parse().ok()).unwrap_or(course_contextid);
    Ok((outline, context))
}

fn sections(from: &mut Unpacked) -> Result<Vec<Section>, Error> {
    let manifest = from.manifest().clone();
    let mut read: Vec<(Section, Vec<i64>, i64)> = Vec::new();
    for listed in &manifest.sections {
        let record = from.document(&format!("{}/section.xml", listed.directory))?.unwrap_or_default();
        let parent = listed.parentcmid.filter(|cm| *cm != 0);
        // In numbers that read backwards are none: a section that does not say which it is stands where it is listed.
        let number = record.number("number").unwrap_or_else(|| i64::try_from(read.len()).unwrap_or(i64::MAX));
        let instance = record.number("itemid").filter(|_| record.leaf("component") == "mod_subsection").unwrap_or(0);
        read.push((section(listed.sectionid, number, parent, &record), sequence(&record), instance));
    }
    let places: HashMap<i64, usize> = read.iter().enumerate().map(|(at, (s, ..))| (s.id, at)).collect();
    let mut alone: Vec<Section> = Vec::new();
    for listed in &manifest.activities {
        let (activity, id, number) = modules::activity(from, listed)?;
        match places.get(&id).and_then(|at| read.get_mut(*at)) {
            Some((section, ..)) => section.activities.push(activity),
            // An activity that was backed up alone.
            None => match alone.iter_mut().find(|s| s.id == id) {
                Some(section) => section.activities.push(activity),
                None => alone.push(Section { id, number, visible: true, activities: vec![activity], ..Section::default() }),
            },
        }
    }
    let instances: HashMap<i64, i64> =
        read.iter().flat_map(|(s, ..)| &s.activities).filter(|a| a.module == "subsection").map(|a| (a.id, a.cm)).collect();
    let sections = read.into_iter().map(|(mut section, sequence, instance)| {
        section.delegate = section.delegate.or_else(|| instances.get(&instance).copied().filter(|_| instance != 0));
        order(&mut section.activities, &sequence);
        section
    });
    Ok(attach(sections.chain(alone).collect()))
}

fn section(id: i64, number: i64, delegate: Option<i64>, record: &Element) -> Section {
    Section {
        id,
        number,
        name: record.leaf("name").to_owned(),
        summary: modules::text(record, "summary"),
        visible: modules::flag(record, "visible").unwrap_or(true),
        availability: modules::availability(record, "availabilityjson"),
        delegate,
        ..Section::default()
    }
}

fn sequence(record: &Element) -> Vec<i64> {
    record.leaf("sequence").split(',').filter_map(|cm| cm.trim().parse().ok()).collect()
}

/// By the section's own list when that knows all of them (MBZ-FORMAT §7.2, §15.13); else they stay as the manifest lists them.
fn order(activities: &mut [Activity], sequence: &[i64]) {
    let places: HashMap<i64, usize> = sequence.iter().enumerate().map(|(at, cm)| (*cm, at)).collect();
    if activities.iter().all(|a| places.contains_key(&a.cm)) {
        activities.sort_by_key(|a| places.get(&a.cm).copied());
    }
}

/// By number, and what is delegated behind the section that its subsection stands in.
fn attach(mut sections: Vec<Section>) -> Vec<Section> {
    sections.sort_by_key(|s| s.number);
    let (delegated, mut attached): (Vec<Section>, Vec<Section>) = sections.into_iter().partition(|s| s.delegate.is_some());
    for section in delegated.into_iter().rev() {
        let holds = |s: &Section| s.activities.iter().any(|a| Some(a.cm) == section.delegate);
        let at = attached.iter().position(holds).map_or(attached.len(), |at| at + 1);
        attached.insert(at, section);
    }
    attached
}

/// The folder of the blocks of the course page.
const BLOCKS: &str = "course/blocks/";

fn blocks(from: &mut Unpacked, course: i64) -> Result<Vec<Block>, Error> {
    let mut blocks = Vec::new();
    for path in from.documents().iter().filter(|p| p.starts_with(BLOCKS) && p.ends_with("/block.xml")) {
        if let Some(record) = from.document(path)? {
            blocks.push(block(&record, course));
        }
    }
    blocks.sort_by(|a, b| (&a.region, a.weight, a.id).cmp(&(&b.region, b.weight, b.id)));
    Ok(blocks)
}

fn block(record: &Element, course: i64) -> Block {
    let config = Php::read_config(record.leaf("configdata")).ok().flatten();
    let field = |name| config.as_ref().and_then(|c| c.get(name));
    let text = field("text").and_then(Php::text).map(|text| Text::new(text, field("format").and_then(Php::int).map_or(Format::Html, Format::of)));
    let here = record.records("block_positions", "block_position").find(|p| p.number("contextid") == Some(course));
    Block {
        id: record.id().unwrap_or(0),
        context: record.attribute("contextid").and_then(|c| c.trim().parse().ok()).unwrap_or(0),
        name: record.leaf("blockname").to_owned(),
        region: here.map_or(record.leaf("defaultregion"), |p| p.leaf("region")).to_owned(),
        weight: here.map_or(record.number("defaultweight"), |p| p.number("weight")).unwrap_or(0),
        visible: here.is_none_or(|p| p.number("visible") != Some(0)),
        title: field("title").and_then(Php::text).unwrap_or_default().to_owned(),
        text,
        files: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: i64, number: i64, delegate: Option<i64>, cms: &[i64]) -> Section {
        let activities = cms.iter().map(|cm| Activity { cm: *cm, ..Activity::default() }).collect();
        Section { id, number, delegate, activities, ..Section::default() }
    }

    #[test]
    fn what_is_delegated_stands_behind_the_section_of_its_subsection() {
        let attached =
            attach(vec![section(9, 4, Some(31), &[]), section(2, 1, None, &[30, 31, 32]), section(8, 3, Some(30), &[]), section(3, 2, None, &[])]);
        assert_eq!(attached.iter().map(|s| s.id).collect::<Vec<_>>(), [2, 8, 9, 3]);
    }

    #[test]
    fn what_is_listed_and_missing_is_there_and_empty() {
        let backup = "<moodle_backup><information><original_course_fullname>C</original_course_fullname><contents><activities>\
                      <activity><moduleid>7</moduleid><sectionid>3</sectionid><modulename>page</modulename><title>P</title><directory>activities/page_7</directory></activity>\
                      <activity><moduleid>8</moduleid><sectionid>9</sectionid><modulename>quiz</modulename><title>Q</title><directory>activities/quiz_8</directory></activity>\
                      </activities><sections><section><sectionid>3</sectionid><title>S</title><directory>sections/section_3</directory></section></sections></contents></information></moodle_backup>";
        let mut archive = Unpacked::new(crate::Spool::new().unwrap(), &crate::Limits::default());
        archive.put_bytes("moodle_backup.xml", backup.as_bytes()).unwrap();
        let outline = read(&mut archive).unwrap();
        let names: Vec<_> = outline.activities().map(|(s, a)| (s.id, a.name.as_str(), a.visible)).collect();
        assert_eq!((outline.fullname.as_str(), names), ("C", vec![(3, "P", true), (9, "Q", true)]));
        let page = outline.activity(7).unwrap().clone();
        assert_eq!(crate::outline::content(&mut archive, &page).unwrap(), parcours_course::outline::Content::Page(Text::default()));
    }

    #[test]
    fn a_sequence_that_lacks_an_activity_is_not_believed() {
        let cms = |s: &Section| s.activities.iter().map(|a| a.cm).collect::<Vec<_>>();
        let mut s = section(1, 1, None, &[5, 6, 7]);
        order(&mut s.activities, &[7, 99, 5]);
        assert_eq!(cms(&s), [5, 6, 7]);
        order(&mut s.activities, &[7, 99, 5, 6]);
        assert_eq!(cms(&s), [7, 5, 6]);
    }
}
