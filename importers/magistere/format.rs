//! The course's format, and the hierarchy of sections that it showed.

use super::cx::{Cx, group};
use super::stream;
use super::words::short;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::container::MANIFEST;
use parcours_mbz::validate::Plugin;
use parcours_mbz::xml::Element;
use std::collections::HashMap;

const COURSE: &str = "course/course.xml";
const PLAIN: &str = "topics";
/// Between the name of a section and that of the one above it.
const BELOW: &str = " › ";
/// Sections above each other; a section above itself would go on for ever.
const DEEPEST: usize = 32;
/// What grows in a forum.
const FORUM: &[&str] = &["discussions", "subscriptions", "digests", "readposts", "trackedprefs", "poststags", "grades"];
/// Characters that Moodle keeps of a section's name.
const NAME: usize = 255;

pub(super) fn convert(cx: &mut Cx<'_>) -> Result<(), Error> {
    // The backup of a section has no course, but says what format it stood in.
    let course = cx.course.document(COURSE)?;
    let format = course.as_ref().map_or_else(|| cx.course.manifest().information.course_format.clone(), |c| c.leaf("format").to_owned());
    let name = course.as_ref().map(|c| c.leaf("fullname").to_owned()).unwrap_or_default();
    if format.is_empty() || Plugin::Format.is_stock(&format) {
        if course.is_some() {
            cx.item(Fate::Imported, "course", COURSE, &name, "");
        }
        for s in cx.course.manifest().sections.clone() {
            cx.item(Fate::Imported, "section", &s.directory, &s.title, "");
        }
        return Ok(());
    }
    if let Some(mut doc) = course {
        doc.set("format", PLAIN);
        options(&mut doc, &format);
        cx.course.put(COURSE, &doc)?;
        let own: Vec<String> = doc.children.iter().map(|c| c.name.clone()).filter(|n| n.starts_with("plugin_format_")).collect();
        let words = cx.of("one section a page, in the same order", "une section par page, dans le même ordre");
        cx.item(Fate::Approximated, "course", COURSE, &name, format!("{format} → {PLAIN}: {words}"));
        // Pages and regions of a format of its own, such as flexpage, stay in the document; nothing reads them.
        for own in own {
            cx.remark(Fate::Kept, Reason::NotRead, "course", COURSE, own);
        }
    }
    if let Some(mut manifest) = cx.course.document(MANIFEST)? {
        if let Some(information) = manifest.child_mut("information").filter(|i| i.child("original_course_format").is_some()) {
            information.set("original_course_format", PLAIN);
        }
        cx.course.put(MANIFEST, &manifest)?;
    }
    sections(cx)
}

/// Options of the old format that the plain one has too are its own; one section a page where the old format showed them so.
fn options(course: &mut Element, old: &str) {
    let pages = ["flexpage", "magistere_topics", "modular"].contains(&old);
    let Some(list) = course.child_mut("courseformatoptions") else {
        // Until 3.10 options are leaves of the course.
        if pages && course.child("coursedisplay").is_none() {
            course.set("coursedisplay", 1);
        }
        return;
    };
    for option in list.children.iter_mut().filter(|o| o.leaf("format") == old && ["coursedisplay", "hiddensections"].contains(&o.leaf("name"))) {
        option.set("format", PLAIN);
    }
    if pages && !list.children.iter().any(|o| o.leaf("format") == PLAIN && o.leaf("name") == "coursedisplay") {
        list.push(group!("courseformatoption"; format: PLAIN, sectionid: 0, name: "coursedisplay", value: 1));
    }
}

/// A section below another says so in its name.
fn sections(cx: &mut Cx<'_>) -> Result<(), Error> {
    let listed: Vec<(i64, String, String)> =
        cx.course.manifest().sections.iter().map(|s| (s.sectionid, s.directory.clone(), s.title.clone())).collect();
    let paths = names(cx);
    let mut titles = HashMap::new();
    for (id, folder, title) in listed {
        let path = format!("{folder}/section.xml");
        match paths.get(&id) {
            Some(name) => {
                let Some(mut doc) = cx.course.document(&path)? else { continue };
                doc.set("name", name);
                cx.course.put(&path, &doc)?;
                let words = cx.of("its name begins with that of the section above it", "son nom commence par celui de la section au-dessus");
                cx.item(Fate::Approximated, "section", &folder, &title, words);
                titles.insert(id, name.clone());
            }
            None => cx.item(Fate::Imported, "section", &folder, &title, ""),
        }
        hide(cx, id, &folder)?;
        if cx.known.sections.get(&id).is_some_and(|s| s.number == 0 && !s.visible) {
            unlisted(cx, id, &folder)?;
        }
    }
    if titles.is_empty() {
        return Ok(());
    }
    let Some(mut manifest) = cx.course.document(MANIFEST)? else { return Ok(()) };
    manifest.walk_mut(&mut |e| {
        let Some(name) = e.number("sectionid").filter(|_| e.name == "section").and_then(|id| titles.get(&id)) else { return };
        e.set("title", name);
    });
    cx.course.put(MANIFEST, &manifest)
}

/// Section 0 was hidden, and a Moodle always shows it: what is in it stays reachable and off the page, but for the announcements, which every course shows there.
fn unlisted(cx: &mut Cx<'_>, id: i64, folder: &str) -> Result<(), Error> {
    let inside: Vec<(String, String)> =
        cx.known.activities.iter().filter(|a| a.section == id).map(|a| (a.module.clone(), a.folder.clone())).collect();
    let mut off = 0;
    for (module, folder) in inside {
        let forum = module == "forum" && stream::head(cx.course, &format!("{folder}/forum.xml"), "forum", FORUM)?.leaf("type") == "news";
        let path = format!("{folder}/module.xml");
        let Some(mut doc) = cx.course.document(&path)?.filter(|_| !forum) else { continue };
        doc.set("visibleoncoursepage", 0);
        cx.course.put(&path, &doc)?;
        off += 1;
    }
    let words = cx.of(
        "section 0 was hidden, and a Moodle always shows it: its announcements are shown, and this many other activities are reachable by their links only:",
        "la section 0 était cachée, et Moodle l’affiche toujours : ses annonces se voient, et ses autres activités restent accessibles par leurs liens seulement :",
    );
    cx.remark(Fate::Approximated, Reason::OtherFormat, "section", folder, format!("{words} {off}"));
    Ok(())
}

/// What stood below a hidden section was not shown either.
fn hide(cx: &mut Cx<'_>, id: i64, folder: &str) -> Result<(), Error> {
    let sections = &cx.known.sections;
    let mut above = sections.get(&id).filter(|s| s.visible).and_then(|s| s.parent);
    for _ in 0..DEEPEST {
        let Some(parent) = above.and_then(|n| sections.values().find(|s| s.number == n)) else { return Ok(()) };
        if !parent.visible {
            let (section, words) =
                (format!("{folder}/section.xml"), cx.of("hidden, as the section above it is", "cachée, comme la section au-dessus"));
            let inside: Vec<String> =
                cx.known.activities.iter().filter(|a| a.section == id && a.visible).map(|a| format!("{}/module.xml", a.folder)).collect();
            for (path, before) in [(section, None)].into_iter().chain(inside.into_iter().map(|p| (p, Some(1)))) {
                let Some(mut doc) = cx.course.document(&path)? else { continue };
                doc.set("visible", 0);
                if let Some(before) = before {
                    doc.set("visibleold", before);
                }
                cx.course.put(&path, &doc)?;
            }
            cx.remark(Fate::Approximated, Reason::Converted, "section", folder, words);
            if let Some(section) = cx.known.sections.get_mut(&id) {
                (section.visible, section.open) = (false, false);
            }
            for a in cx.known.activities.iter_mut().filter(|a| a.section == id) {
                (a.visible, a.open, a.shown) = (false, false, false);
            }
            return Ok(());
        }
        above = parent.parent;
    }
    Ok(())
}

/// New names, by section.
fn names(cx: &Cx<'_>) -> HashMap<i64, String> {
    let sections = &cx.known.sections;
    let numbered = |n: i64| sections.values().find(|s| s.number == n);
    let mut names = HashMap::new();
    for (id, section) in sections.iter().filter(|(_, s)| !s.name.is_empty()) {
        let mut path = vec![section.name.as_str()];
        let mut above = section.parent;
        // A parent that is its own descendant ends the walk.
        while let Some(parent) = above.and_then(numbered).filter(|_| path.len() <= DEEPEST) {
            if !parent.name.is_empty() {
                path.push(&parent.name);
            }
            above = parent.parent;
        }
        if path.len() == 1 || path.len() > DEEPEST {
            continue;
        }
        let of = |parts: &[&str]| parts.iter().rev().copied().collect::<Vec<_>>().join(BELOW);
        // The nearest ones where all do not fit.
        let name = (2..=path.len()).rev().filter_map(|n| path.get(..n)).map(of).find(|n| n.chars().count() <= NAME);
        if let Some(name) = name {
            names.insert(*id, short(&name, NAME));
        }
    }
    names
}
