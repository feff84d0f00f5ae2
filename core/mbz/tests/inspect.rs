//! `inspect`: what it says is there, and what would be needed for it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use parcours_mbz::inspect::{Inventory, inspect, losses};
use parcours_mbz::validate::{Release, Rule};
use parcours_mbz::{Container, Limits, Spool, Unpacked, validate};
use parcours_samples::corpus as support;
use std::fs::File;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use support::{each, is_shell, shared};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name)
}

fn inventory(path: &Path) -> Inventory {
    inspect(File::open(path).unwrap(), &Limits::default(), |_| true).unwrap()
}

/// The small sample with documents put in the place of its own.
fn with(documents: &[(&str, &str)]) -> Vec<u8> {
    let file = File::open(sample("petit.mbz")).unwrap();
    let mut archive = Unpacked::open(file, &Limits::default(), Spool::new().unwrap()).unwrap();
    for (path, xml) in documents {
        archive.put_bytes(path, format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}").as_bytes()).unwrap();
    }
    archive.write(Cursor::new(Vec::new()), Container::Zip).unwrap().into_inner()
}

fn inventory_with(documents: &[(&str, &str)]) -> Inventory {
    inspect(Cursor::new(with(documents)), &Limits::default(), |_| true).unwrap()
}

#[test]
fn sections_stand_in_their_order_with_what_is_in_them() {
    let i = inventory(&sample("formation.mbz"));
    assert_eq!(i.sections.len(), i.manifest.sections.len());
    assert!(i.sections.is_sorted_by_key(|s| s.number) && i.sections[0].number == Some(0));
    assert_eq!(i.sections.iter().map(|s| s.activities).sum::<u64>(), i.manifest.activities.len() as u64);
}

#[test]
fn what_the_documents_name_is_counted() {
    let question = |n, qtype| format!("<question id=\"{n}\"><qtype>{qtype}</qtype></question>");
    let questions = [question(1, "essay"), question(2, "stack"), question(3, "essay"), question(4, "ordering")].concat();
    let file = |n, hash: char, name| {
        format!("<file id=\"{n}\"><contenthash>{}</contenthash><filename>{name}</filename></file>", hash.to_string().repeat(40))
    };
    let i = inventory_with(&[
        (
            "questions.xml",
            &format!("<question_categories><question_category id=\"1\"><questions>{questions}</questions></question_category></question_categories>"),
        ),
        ("course/blocks/progress_1/block.xml", "<block id=\"1\"><blockname>progress</blockname></block>"),
        ("activities/page_12/blocks/html_2/block.xml", "<block id=\"2\"><blockname>html</blockname></block>"),
        ("badges.xml", "<badges><badge id=\"1\"><name>B</name></badge><badge id=\"2\"><name>C</name></badge></badges>"),
        ("files.xml", &format!("<files>{}{}{}</files>", file(1, 'a', "x.h5p"), file(2, 'a', "y.H5P"), file(3, 'b', "h5p"))),
        (
            "activities/page_12/grades.xml",
            "<activity_gradebook><grade_items><grade_item id=\"9\"><x>1</x></grade_item></grade_items></activity_gradebook>",
        ),
    ]);
    assert_eq!(i.parts.questions.iter().map(|(k, n)| (k.as_str(), *n)).collect::<Vec<_>>(), [("essay", 2), ("ordering", 1), ("stack", 1)]);
    assert_eq!(i.parts.blocks.iter().map(|(k, n)| (k.as_str(), *n)).collect::<Vec<_>>(), [("html", 1), ("progress", 1)]);
    assert_eq!((i.parts.badges, i.parts.h5p_packages), (2, 1));
    assert_eq!(i.parts.grade_items, inventory(&sample("petit.mbz")).parts.grade_items + 1);
}

#[test]
fn plug_ins_beyond_a_stock_moodle_are_named_with_who_lacks_them() {
    let condition = "{\"op\":\"|\",\"c\":[{\"type\":\"date\"},{\"op\":\"|\",\"c\":[{\"type\":\"relativedate\"}]}],\"show\":true}";
    let i = inventory_with(&[
        ("course/course.xml", "<course id=\"3\" contextid=\"45\"><format>tiles</format><a><b><format>flexsections</format></b></a></course>"),
        (
            "course/enrolments.xml",
            "<enrolments><enrols><enrol id=\"1\"><enrol>apply</enrol></enrol><enrol id=\"2\"><enrol>manual</enrol></enrol></enrols></enrolments>",
        ),
        ("course/filters.xml", "<filters><filter_actives><filter_active><filter>tidy</filter></filter_active></filter_actives></filters>"),
        ("activities/page_12/module.xml", &format!("<module id=\"12\"><availability>{condition}</availability></module>")),
        (
            "activities/forum_13/grading.xml",
            "<areas><area id=\"1\"><definitions><definition id=\"1\"><method>btec</method></definition></definitions></area></areas>",
        ),
        (
            "activities/forum_13/forum.xml",
            "<activity id=\"1\"><forum id=\"1\"><name>F</name><subplugin_forumx_y_forum><l><r id=\"1\"><v>1</v></r></l></subplugin_forumx_y_forum>\
             <plugin_local_empty_forum>\n</plugin_local_empty_forum></forum></activity>",
        ),
    ]);
    let named: Vec<_> = i.plugins.iter().map(|p| (p.component.as_str(), p.used, p.absent_from.len())).collect();
    let expected = [
        ("format_tiles", 1, 3),
        ("enrol_apply", 1, 3),
        ("filter_tidy", 1, 2),
        ("availability_relativedate", 1, 3),
        ("gradingform_btec", 1, 3),
        ("forumx_y", 1, 3),
    ];
    assert_eq!(named, expected);
    assert!(!i.plugins[2].is_absent_from(Release::M41) && i.plugins[2].is_absent_from(Release::M45));
}

#[test]
fn losses_are_the_verdicts_of_each_moodle() {
    let [old, long, new] = losses(File::open(sample("petit.mbz")).unwrap(), &Limits::default()).unwrap();
    assert_eq!([old.target, long.target, new.target], Release::ALL);
    assert!(old.breaks(Rule::NewerRelease) && new.is_clean());
}

#[test]
fn the_corpus_needs_what_it_is_judged_to_lack() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| {
        if is_shell(path) {
            return Ok(());
        }
        let i = inventory(path);
        let verdict = validate(File::open(path).unwrap(), &Limits::default()).unwrap();
        let absent: Vec<_> = i.plugins.iter().filter(|p| p.is_absent_from(Release::M51)).map(|p| p.component.as_str()).collect();
        for (rule, prefix) in [(Rule::UnknownModule, "mod_"), (Rule::UnknownFormat, "format_"), (Rule::UnknownFilter, "filter_")] {
            if verdict.breaks(rule) && !absent.iter().any(|c| c.starts_with(prefix)) {
                return Err(format!("{rule:?} and {absent:?}"));
            }
        }
        let held: u64 = i.sections.iter().map(|s| s.activities).sum();
        match i.manifest.kind() == "activity" || held <= i.manifest.activities.len() as u64 {
            true => Ok(()),
            false => Err(format!("{held} activities in sections")),
        }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_page_lists_the_keys_that_there_are() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/inspect.md")).unwrap();
    let (_, table) = page.split_once("## JSON").unwrap();
    let listed: Vec<&str> = table.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next()).collect();
    let value = serde_json::to_value(inventory(&sample("petit.mbz"))).unwrap();
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys, listed);
}
