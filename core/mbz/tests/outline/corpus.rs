//! The outline of every archive has all that its manifest lists, in the words of its manifest.

use crate::support::{each, is_shell, shared};
use parcours_course::outline::{Content, Outline, Slotted};
use parcours_mbz::outline::{content, people, posts, read};
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::Path;

fn open(path: &Path) -> Result<Unpacked, Error> {
    Unpacked::open(File::open(path)?, &Limits::default(), Spool::new()?)
}

#[test]
fn every_outline_has_what_the_manifest_lists() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| {
        let mut archive = match open(path) {
            Err(Error::EmptyManifest) if is_shell(path) => return Ok(()),
            other => other.map_err(|e| e.to_string())?,
        };
        let outline = read(&mut archive).map_err(|e| e.to_string())?;
        lists(&outline, &archive)
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn lists(outline: &Outline, archive: &Unpacked) -> Result<(), String> {
    let m = archive.manifest();
    let found: HashMap<i64, (i64, &str)> = outline.activities().map(|(s, a)| (a.cm, (s.id, a.name.as_str()))).collect();
    if found.len() != m.activities.len() || outline.activities().count() != m.activities.len() {
        return Err(format!("{} activities of {}", found.len(), m.activities.len()));
    }
    for a in &m.activities {
        let (section, name) = found[&a.moduleid];
        if section != a.sectionid || !same(name, &a.title) {
            return Err(format!("{} in {section}: {name:?}, not {:?} in {}", a.directory, a.title, a.sectionid));
        }
    }
    let listed = outline.sections.iter().filter(|s| m.sections.iter().any(|l| l.sectionid == s.id)).count();
    let alone = outline.sections.len() - listed;
    // An activity may stand in a section that is not in the archive.
    let elsewhere: HashSet<i64> = m.activities.iter().map(|a| a.sectionid).filter(|id| m.sections.iter().all(|s| s.sectionid != *id)).collect();
    if listed != m.sections.len() || alone != elsewhere.len() {
        return Err(format!("{listed} sections of {}, and {alone}", m.sections.len()));
    }
    for l in &m.sections {
        let s = outline.sections.iter().find(|s| s.id == l.sectionid).unwrap();
        if !(same(&s.name, &l.title) || (s.name.is_empty() && l.title == s.number.to_string())) {
            return Err(format!("section {}: {:?}, not {:?}", s.id, s.name, l.title));
        }
        if l.parentcmid != s.delegate {
            return Err(format!("section {}: delegated to {:?}", s.id, s.delegate));
        }
    }
    Ok(())
}

/// Titles of a manifest are names without tags and spaces around.
fn same(name: &str, title: &str) -> bool {
    name.trim() == title.trim()
}

#[test]
fn every_activity_has_its_content() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| {
        let mut archive = match open(path) {
            Err(Error::EmptyManifest) if is_shell(path) => return Ok(()),
            other => other.map_err(|e| e.to_string())?,
        };
        let outline = read(&mut archive).map_err(|e| e.to_string())?;
        for (_, a) in outline.activities() {
            let what = content(&mut archive, a).map_err(|e| format!("{}: {e}", a.name))?;
            let known = !matches!((&what, a.module.as_str()), (Content::Other, "page" | "quiz" | "book" | "forum" | "url" | "wiki"));
            if !known {
                return Err(format!("{} is a {} without content", a.name, a.module));
            }
        }
        Ok(())
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_rich_course_is_seen_as_a_reader_sees_it() {
    let Some(shared) = shared() else { return };
    let mut archive = open(&shared.join("corpus/m41-richA-users-full.mbz")).unwrap();
    let outline = read(&mut archive).unwrap();
    assert_eq!((outline.shortname.as_str(), outline.release.as_str(), outline.sections.len()), ("RA41", "4.1", archive.manifest().sections.len()));
    assert!(outline.files.iter().any(|f| f.area == "overviewfiles" && f.path == "/vignette.png"));
    let html = outline.blocks.iter().find(|b| b.name == "html").unwrap();
    assert!(html.text.as_ref().is_some_and(|t| t.text.contains("@@PLUGINFILE@@/bloc.png")) && html.files.len() == 1, "{html:?}");
    let of = |module: &str| outline.activities().map(|(_, a)| a).find(|a| a.module == module).unwrap();
    let Content::Page(page) = content(&mut archive, of("page")).unwrap() else { panic!() };
    assert!(page.text.contains("$@PAGEVIEWBYID*"));
    let Content::Book(book) = content(&mut archive, of("book")).unwrap() else { panic!() };
    assert!(book.len() > 3 && book[1].sub && of("book").area("chapter", book[0].id).count() == 1);
    let Content::Quiz(quiz) = content(&mut archive, of("quiz")).unwrap() else { panic!() };
    assert!(quiz.slots.iter().any(|s| matches!(s.what, Slotted::Random { subcategories: false, .. })));
    assert!(quiz.slots.len() > 15 && quiz.grade == 20.0 && quiz.feedbacks.len() == 3 && quiz.headings[1].shuffle, "{quiz:?}");
    let Content::Glossary(entries) = content(&mut archive, of("glossary")).unwrap() else { panic!() };
    assert!(!entries.is_empty() && entries.iter().any(|e| !e.aliases.is_empty()));
    let Content::Wiki(pages) = content(&mut archive, of("wiki")).unwrap() else { panic!() };
    assert!(pages.iter().any(|p| p.content.text.contains('[')), "{pages:?}");
    let names = people(&mut archive).unwrap();
    let mut said = 0;
    for (_, forum) in outline.activities().filter(|(_, a)| a.module == "forum") {
        posts(&mut archive, forum, |discussion, post| {
            said += 1;
            assert!(!discussion.name.is_empty() && discussion.first > 0 && names.contains_key(&post.user), "{post:?}");
            Ok(())
        })
        .unwrap();
    }
    assert!(said > 50, "{said}");
}
