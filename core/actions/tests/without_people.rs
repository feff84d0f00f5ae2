//! An import or export without people has nobody in it (SECURITY J06).
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use parcours_actions::import;
use std::path::{Path, PathBuf};
use support::archive::Archive;
use support::canary::{CANARY, Planted, leaks, plant};
use support::{House, each, every_archive, files_below, is_shell, judge, sample};

/// The archive with canaries in it, and what they are.
fn planted(path: &Path, to: &Path) -> Planted {
    let mut archive = Archive::read(path);
    let planted = plant(&mut archive);
    archive.write(to);
    planted
}

#[test]
fn nobody_of_any_archive_comes_along() {
    let tools = judge::tools();
    let house = House::new();
    let admin = house.admin();
    let all: Vec<PathBuf> = every_archive().into_iter().filter(|p| !is_shell(p)).collect();
    let complaints = each(
        &all,
        |path| path.file_name().unwrap().to_string_lossy().into_owned(),
        |path| {
            let name = path.file_name().unwrap().to_string_lossy();
            let with = house.dir.path().join(format!("{name}.canaries"));
            let planted = planted(path, &with);
            let mut found = Vec::new();
            for left_out_at_import in [true, false] {
                let way = if left_out_at_import { "left out by the import" } else { "left out by the export" };
                let course = house.try_import(&with, left_out_at_import).map_err(|e| e.to_string())?.course;
                let out = house.export(course, &format!("{name}.out"), !left_out_at_import);
                let archive = Archive::read(&out);
                found.extend(leaks(&archive, &planted).into_iter().take(12).map(|l| format!("{way}: {l}")));
                found.extend(lacks(&with, &archive).into_iter().map(|l| format!("{way}: {l}")));
                if let Some(tools) = &tools {
                    found.extend(judge::new_faults(tools, &with, &out)?.into_iter().take(5).map(|f| format!("{way}: {f}")));
                }
                import::withdraw(&house.app, &admin, course).map_err(|e| e.to_string())?;
                std::fs::remove_file(&out).unwrap();
            }
            std::fs::remove_file(&with).unwrap();
            if found.is_empty() { Ok(()) } else { Err(found.join("\n  ")) }
        },
    );
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), all.len(), complaints.join("\n"));
}

/// What the course itself consists of, and is not there any more.
fn lacks(original: &Path, out: &Archive) -> Vec<String> {
    let original = Archive::read(original);
    let frame = |p: &&String| p.ends_with(".xml") && *p != "users.xml" && !p.starts_with("files/");
    let mut found: Vec<String> = original.0.keys().filter(frame).filter(|p| !out.0.contains_key(*p)).map(|p| format!("{p} is gone")).collect();
    // Introductions, pages and packages are the course's, whoever uploaded them.
    if original.0.get("files.xml").is_some_and(|b| !b.is_empty()) {
        let ids = |archive: &Archive| -> Vec<i64> {
            let files = archive.document("files.xml");
            let own = files
                .all("file")
                .into_iter()
                .filter(|f| ["intro", "content", "summary", "section", "package"].contains(&f.leaf("filearea").unwrap_or_default()));
            own.filter(|f| f.leaf("component") != Some("mod_data")).filter_map(support::tree::Element::id).collect()
        };
        let after = ids(out);
        let missing: Vec<i64> = ids(&original).into_iter().filter(|id| !after.contains(id)).collect();
        if !missing.is_empty() {
            found.push(format!("files {missing:?} of the course are gone"));
        }
    }
    found
}

#[test]
fn nothing_of_anybody_reaches_the_disk() {
    let house = House::new();
    let with = house.dir.path().join("canaries.mbz");
    let planted = planted(&sample("formation"), &with);
    assert!(planted.canaries > 200, "only {} canaries were planted", planted.canaries);
    assert!(planted.works.len() > 1);
    let admin = house.admin();
    let course = house.try_import(&with, true).unwrap().course;
    let census = house.app.census().unwrap();
    for table in [
        "person",
        "c_user",
        "m_forum_posts",
        "m_forum_discussions",
        "m_forum_ratings",
        "c_completion",
        "c_grade_grade",
        "c_group_member",
        "c_enrolment",
    ] {
        assert_eq!(census.get(table), None, "{table}");
    }
    for path in files_below(&house.folder()) {
        let body = std::fs::read(&path).unwrap();
        assert!(!body.windows(CANARY.len()).any(|w| w == CANARY.as_bytes()), "{}", path.display());
    }
    let report = serde_json::to_string(&import::report(&house.app, &admin, course).unwrap()).unwrap();
    assert!(!report.contains(CANARY) && report.contains("without-people"));
}

/// Tables of the core that hold nothing but what people are and did, beside those of the sample.
const PEOPLES: &[&str] = &[
    "c_badge_award",
    "c_comment",
    "c_course_completed",
    "c_course_criterion_met",
    "c_grade_history",
    "c_grading_instance",
    "c_inforef_user",
    "c_last_access",
    "c_rubric_filling",
    "c_user_competency",
    "c_user_field",
    "c_user_preference",
    "c_user_roles",
    "c_user_tag",
];

#[test]
fn no_table_of_peoples_doings_is_filled() {
    let Some(shared) = support::shared() else { return };
    let house = House::new();
    let archive = shared.join("corpus/m51-richA-users-logs.mbz");
    let without = house.try_import(&archive, true).unwrap().course;
    let census = house.app.census().unwrap();
    let filled: Vec<&&str> = PEOPLES.iter().filter(|t| census.contains_key(**t)).collect();
    assert!(filled.is_empty(), "{filled:?}");
    for course in ["c_event", "c_badge", "c_rubric_level", "c_question", "c_block", "c_grade_category"] {
        assert!(census.contains_key(course), "{course} is the course's own");
    }
    import::withdraw(&house.app, &house.admin(), without).unwrap();
    house.import(&archive);
    let census = house.app.census().unwrap();
    let empty: Vec<&&str> = PEOPLES.iter().filter(|t| !census.contains_key(**t)).collect();
    assert!(empty.is_empty(), "this says nothing about {empty:?}");
}

#[test]
fn a_course_without_people_is_the_same_course() {
    let house = House::new();
    let course = house.import(&sample("formation")).course;
    let out = Archive::read(&house.export(course, "without.mbz", true));
    let original = Archive::read(&sample("formation"));
    for path in
        ["activities/page_411/page.xml", "activities/label_401/label.xml", "activities/folder_423/folder.xml", "sections/section_32/section.xml"]
    {
        assert_eq!(out.document(path), original.document(path), "{path}");
    }
    let forum = out.document("activities/forum_403/forum.xml");
    assert_eq!(forum.all("name").first().map(|n| n.text.as_str()), Some("Se présenter"));
    assert_eq!(forum.all("post").len() + forum.all("discussion").len() + forum.all("subscription").len(), 0);
    assert_eq!(out.document("groups.xml").all("group").len(), 2);
    assert_eq!(out.document("groups.xml").all("group_member").len(), 0);
}

#[test]
fn what_was_made_without_people_makes_itself_again() {
    let house = House::new();
    let course = house.import(&sample("formation")).course;
    let once = house.export(course, "once.mbz", true);
    let again = house.import(&once).course;
    let twice = house.export(again, "twice.mbz", true);
    let left_out = house.try_import(&sample("formation"), true).unwrap().course;
    let at_import = house.export(left_out, "at-import.mbz", false);
    let (once, twice, at_import) = (Archive::read(&once), Archive::read(&twice), Archive::read(&at_import));
    assert!(once.0 == twice.0);
    let differ: Vec<&String> = once.0.keys().filter(|p| once.0.get(*p) != at_import.0.get(*p)).collect();
    assert!(differ.is_empty(), "left out by the import and by the export: {differ:?}");
}
