//! Every M@gistère course of the corpus made plain and back, and every other archive with contributed modules.
//!
//! The corpus is not part of the repository: it is looked for in `../shared` beside it, or where PARCOURS_SHARED points.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use parcours_course::{Fate, Report};
use parcours_importers::magistere::{FOLDER, Options, plain, restore};
use parcours_mbz::php::Php;
use parcours_mbz::validate::{Severity, Verdict};
use parcours_mbz::xml::{Element, Rewrite, rewrite};
use parcours_mbz::{Container, Error, Limits, Spool, Unpacked, validate};
use parcours_samples::corpus as support;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Seek, sink};
use std::path::{Path, PathBuf};
use support::{each, is_shell, shared};

fn open(path: &Path) -> Result<Unpacked, String> {
    read(File::open(path).unwrap())
}

fn read(file: File) -> Result<Unpacked, String> {
    Unpacked::open(file, &Limits::default(), Spool::new().unwrap()).map_err(|e| e.to_string())
}

fn write(course: &mut Unpacked) -> Result<File, String> {
    let mut file = course.write(tempfile::tempfile().unwrap(), Container::Tgz).map_err(|e| e.to_string())?;
    file.rewind().unwrap();
    Ok(file)
}

fn converted(path: &Path, keep_original: bool) -> Result<(Unpacked, Report, File), String> {
    let mut course = open(path)?;
    let report = plain(&mut course, &Options { keep_original, ..Options::default() }).map_err(|e| e.to_string())?;
    let file = write(&mut course)?;
    Ok((course, report, file))
}

fn courses(shared: &Path) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(shared.join("corpus/magistere")).unwrap();
    let mut paths: Vec<PathBuf> = folder.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "mbz")).collect();
    paths.sort();
    assert!(paths.len() > 15);
    paths
}

/// Findings that count, by rule.
fn faults(verdict: &Verdict) -> BTreeMap<String, usize> {
    let mut faults = BTreeMap::new();
    for f in verdict.findings.iter().filter(|f| f.severity != Severity::Note) {
        *faults.entry(f.rule.code().to_owned()).or_default() += 1;
    }
    faults
}

fn judged(file: File) -> Result<Verdict, String> {
    validate(file, &Limits::default()).map_err(|e| e.to_string())
}

/// The rule that a text shows a picture which is not in the archive. It judges the texts of stock modules only.
const MISSING_IMAGE: &str = "file-of-text";

/// Pictures in the intro of a publication or a pad are in no backup (MAGISTERE-XML §1): they were missing before, and nobody was told.
fn has_publication(course: &Unpacked) -> bool {
    course.manifest().activities.iter().any(|a| matches!(a.modulename.as_str(), "publication" | "etherpadlite"))
}

#[test]
fn a_stock_moodle_restores_every_activity_block_and_condition() {
    let Some(shared) = shared() else { return };
    for path in courses(&shared) {
        let before = open(&path).unwrap();
        let (after, report, file) = converted(&path, true).unwrap();
        let list = |u: &Unpacked| u.manifest().activities.iter().map(|a| (a.moduleid, a.sectionid, a.title.clone())).collect::<Vec<_>>();
        assert_eq!(list(&before), list(&after), "{}", path.display());
        let (then, now) = (faults(&judged(File::open(&path).unwrap()).unwrap()), faults(&judged(file).unwrap()));
        let now: BTreeMap<_, _> = now.into_iter().filter(|(rule, _)| !(rule == MISSING_IMAGE && has_publication(&before))).collect();
        assert_eq!(now, BTreeMap::new(), "{}: was {then:?}", path.display());
        let counts = report.counts();
        // The portfolio lives in tables that no backup has: its block has nothing to become.
        let portfolios = before.paths().iter().filter(|p| p.contains("/exaport_") && p.ends_with("/block.xml")).count();
        assert_eq!((counts.kept, counts.refused), (portfolios, 0));
        let of = |item: &str| report.findings.iter().filter(|f| f.counts && f.item == item).count();
        let blocks = before.paths().iter().filter(|p| p.ends_with("/block.xml")).count();
        assert_eq!((of("activity"), of("section"), of("block")), (list(&before).len(), before.manifest().sections.len(), blocks));
    }
}

#[test]
fn conditions_completion_grades_and_order_are_what_they_were() {
    let Some(shared) = shared() else { return };
    let mut conditions = 0;
    for path in courses(&shared) {
        let mut before = open(&path).unwrap();
        let (mut after, _, _) = converted(&path, false).unwrap();
        let pairs: Vec<_> =
            before.manifest().activities.iter().zip(&after.manifest().activities).map(|(b, a)| (b.directory.clone(), a.directory.clone())).collect();
        for (old, new) in pairs {
            let mut doc = |name: &str| (before.document(&format!("{old}/{name}")).unwrap(), after.document(&format!("{new}/{name}")).unwrap());
            let (then, now) = doc("module.xml");
            let (then, now) = (then.unwrap(), now.unwrap());
            for leaf in
                ["sectionid", "sectionnumber", "idnumber", "indent", "groupmode", "groupingid", "completion", "completionexpected", "availability"]
            {
                assert_eq!(then.value(leaf), now.value(leaf), "{}: {old} {leaf}", path.display());
            }
            conditions += usize::from(then.value("availability").is_some());
            // Who completed it, and who has which grade.
            let (then, now) = doc("completion.xml");
            assert_eq!(then, now, "{}: {old}", path.display());
            let (then, now) = doc("grades.xml");
            let grades = |d: &Element| {
                let item = |i: &Element| (i.id(), i.leaf("grademax").to_owned(), i.child("grade_grades").cloned());
                d.records("grade_items", "grade_item").map(item).collect::<Vec<_>>()
            };
            assert_eq!(then.map(|d| grades(&d)), now.map(|d| grades(&d)), "{}: {old}", path.display());
        }
        for s in before.manifest().sections.clone() {
            let file = format!("{}/section.xml", s.directory);
            let (then, now) = (before.document(&file).unwrap().unwrap(), after.document(&file).unwrap().unwrap());
            for leaf in ["number", "sequence", "visible", "availabilityjson", "summary"] {
                assert_eq!(then.leaf(leaf), now.leaf(leaf), "{}: {file} {leaf}", path.display());
            }
            conditions += usize::from(then.value("availabilityjson").is_some());
        }
        let criteria = |u: &mut Unpacked| {
            let mut all = Vec::new();
            u.each("completion.xml", "course_completion_criteria", |_, c| {
                all.push(c.number("moduleinstance"));
                Ok(())
            })
            .unwrap();
            all
        };
        assert_eq!(criteria(&mut before), criteria(&mut after), "{}", path.display());
    }
    assert!(conditions > 10);
}

#[test]
fn no_archive_gets_worse() {
    let Some(shared) = shared() else { return };
    let failures = each(&shared, |path| {
        if is_shell(path) {
            return Ok(());
        }
        let then = faults(&judged(File::open(path).unwrap())?);
        let (course, _, file) = converted(path, true)?;
        let before = open(path)?;
        let activities = before.manifest().activities.len();
        if course.manifest().activities.len() != activities {
            return Err(format!("{activities} activities became {}", course.manifest().activities.len()));
        }
        let now = faults(&judged(file)?);
        // Made by hand, with numbers that contradict each other in modules that nobody judged before.
        let by_hand = path.ends_with("moodle2cc-unpacked-fixture.mbz");
        let known = |rule: &str| (rule == MISSING_IMAGE && has_publication(&before)) || (rule == "number-mismatch" && by_hand);
        let worse: Vec<_> = now.iter().filter(|(rule, n)| **n > then.get(*rule).copied().unwrap_or(0) && !known(rule)).collect();
        let left = ["unknown-module", "unknown-block", "unknown-format"].iter().filter(|r| now.contains_key(**r)).collect::<Vec<_>>();
        if worse.is_empty() && left.is_empty() { Ok(()) } else { Err(format!("worse: {worse:?}, left: {left:?}")) }
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Every text with markup or of some length, or simply every one, as what it says.
struct Texts<'a>(&'a mut BTreeSet<String>, bool);

impl Rewrite for Texts<'_> {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }
    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        Ok(())
    }
    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        if path.last().is_some_and(|n| n == "configdata") {
            if let Ok(Some(mut config)) = Php::read_config(text) {
                config.each_text(&mut |t| self.take(t));
            }
            return Ok(());
        }
        self.take(text);
        Ok(())
    }
}

impl Texts<'_> {
    fn take(&mut self, text: &str) {
        // Contents of H5P go into its package.
        let text = text.strip_prefix("!other=").unwrap_or(text);
        if self.1 || (text.contains('<') || text.contains(' ') && text.chars().count() > 12) && !text.starts_with('{') {
            self.0.insert(said(text));
        }
    }
}

/// Letters and digits of a text without its markup.
fn said(html: &str) -> String {
    let (mut out, mut inside) = (String::new(), false);
    for c in html.replace("&nbsp;", " ").replace("&amp;", "&").replace("&#233;", "é").replace("&#8226;", "•").replace("&#176;", "°").chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside && c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

fn texts(course: &mut Unpacked, short: bool) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for path in course.documents() {
        let name = path.rsplit('/').next().unwrap();
        let ours = ["activities/", "sections/", "course/"].iter().any(|p| path.starts_with(p)) || ["questions.xml", "badges.xml"].contains(&name);
        if ours && !["hvp_libraries.xml", "enrolments.xml"].contains(&name) {
            rewrite(course.reader(&path).unwrap().unwrap(), sink(), &mut Texts(&mut all, short)).unwrap();
        }
    }
    all
}

#[test]
fn what_texts_say_and_files_hold_is_still_there() {
    let Some(shared) = shared() else { return };
    let mut lost = Vec::new();
    for path in courses(&shared) {
        let mut before = open(&path).unwrap();
        // Without what is kept: only what a restore sees counts.
        let (mut after, _, _) = converted(&path, false).unwrap();
        assert!(after.paths().iter().all(|p| !p.starts_with(FOLDER)));
        let all = texts(&mut after, true).into_iter().collect::<Vec<_>>().join("\n");
        for text in texts(&mut before, false).iter().filter(|t| !t.is_empty() && !all.contains(t.as_str())) {
            lost.push(format!("{}: {text}", path.file_name().unwrap().to_string_lossy()));
        }
        let files = |u: &mut Unpacked| {
            let mut hashes = BTreeSet::new();
            u.each("files.xml", "file", |_, f| {
                hashes.insert((f.leaf("contenthash").to_owned(), f.leaf("filename").to_owned()));
                Ok(())
            })
            .unwrap();
            hashes
        };
        let (then, now) = (files(&mut before), files(&mut after));
        assert!(then.is_subset(&now), "{}", path.display());
        assert!(now.difference(&then).all(|(_, name)| name.ends_with(".h5p")), "{}", path.display());
        let pool = |u: &Unpacked| u.paths().into_iter().filter(|p| p.starts_with("files/")).collect::<BTreeSet<_>>();
        assert!(pool(&before).is_subset(&pool(&after)), "{}", path.display());
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

fn everything(course: &mut Unpacked) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for path in course.paths() {
        let mut bytes = Vec::new();
        course.bytes(&path).unwrap().unwrap().read_to_end(&mut bytes).unwrap();
        all.insert(path, bytes);
    }
    all
}

#[test]
fn a_course_comes_back_byte_for_byte() {
    let Some(shared) = shared() else { return };
    for path in courses(&shared) {
        let before = everything(&mut open(&path).unwrap());
        let (_, _, file) = converted(&path, true).unwrap();
        let mut again = read(file).unwrap();
        let report = restore(&mut again).unwrap();
        assert!(report.findings.iter().all(|f| f.fate == Fate::Imported));
        let after = everything(&mut again);
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{}", path.display());
        assert!(before == after, "{}", path.display());
        let list: Vec<_> = again.manifest().activities.iter().map(|a| a.modulename.clone()).collect();
        assert_eq!(list, open(&path).unwrap().manifest().activities.iter().map(|a| a.modulename.clone()).collect::<Vec<_>>());
    }
}

#[test]
fn an_h5p_package_holds_the_content_and_its_files() {
    let Some(shared) = shared() else { return };
    let mut packages = 0;
    for path in courses(&shared) {
        let mut before = open(&path).unwrap();
        let (mut after, _, _) = converted(&path, false).unwrap();
        for a in before.manifest().activities.clone().into_iter().filter(|a| a.modulename == "hvp") {
            let old = before.document(&format!("{}/hvp.xml", a.directory)).unwrap().unwrap();
            let (context, mut package, mut pictures) = (old.attribute("contextid").unwrap().to_owned(), String::new(), BTreeMap::new());
            after
                .each("files.xml", "file", |_, f| {
                    let name = || format!("content{}{}", f.leaf("filepath"), f.leaf("filename"));
                    match (f.leaf("contextid") == context, f.leaf("component"), f.leaf("filename")) {
                        (true, "mod_h5pactivity", name) if name != "." => f.leaf("contenthash").clone_into(&mut package),
                        (true, "mod_hvp", name_) if name_ != "." => _ = pictures.insert(name(), f.leaf("contenthash").to_owned()),
                        _ => {}
                    }
                    Ok(())
                })
                .unwrap();
            let mut bytes = Vec::new();
            after.content(&package).unwrap().unwrap().read_to_end(&mut bytes).unwrap();
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let mut entry = |name: &str| {
                let mut bytes = Vec::new();
                zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
                bytes
            };
            assert_eq!(String::from_utf8(entry("content/content.json")).unwrap(), old.child("hvp").unwrap().leaf("json_content"));
            assert!(String::from_utf8(entry("h5p.json")).unwrap().contains("\"mainLibrary\":\"H5P.TrueFalse\""));
            assert!(!pictures.is_empty());
            for (name, hash) in pictures {
                let mut content = Vec::new();
                after.content(&hash).unwrap().unwrap().read_to_end(&mut content).unwrap();
                assert_eq!(entry(&name), content);
            }
            packages += 1;
        }
    }
    assert!(packages > 5);
}

#[test]
fn made_plain_twice_it_changes_once() {
    let Some(shared) = shared() else { return };
    let path = shared.join("corpus/magistere/mag-modular1-users.mbz");
    let (_, _, file) = converted(&path, false).unwrap();
    let mut once = read(file).unwrap();
    let before = everything(&mut once);
    plain(&mut once, &Options::default()).unwrap();
    let after = everything(&mut once);
    let changed: Vec<_> = after.iter().filter(|(p, b)| before.get(*p) != Some(b)).map(|(p, _)| p).collect();
    assert_eq!(changed, Vec::<&String>::new());
}

#[test]
fn the_first_original_stays_the_original() {
    let Some(shared) = shared() else { return };
    let path = shared.join("corpus/magistere/mag-topics1-users.mbz");
    let before = everything(&mut open(&path).unwrap());
    let (mut course, _, _) = converted(&path, true).unwrap();
    // Somebody goes on with it, and a contributed block comes back.
    let block = "course/blocks/html_9/block.xml";
    course.put_bytes(block, b"<block id=\"9\" contextid=\"9\"><blockname>exaport</blockname><configdata></configdata></block>").unwrap();
    let page = course.paths().into_iter().find(|p| p.ends_with("/page.xml")).unwrap();
    course.put_bytes(&page, b"<activity><page><name>P</name></page></activity>").unwrap();
    plain(&mut course, &Options { keep_original: true, ..Options::default() }).unwrap();
    restore(&mut course).unwrap();
    course.remove_folder("course/blocks/html_9");
    let mut after = everything(&mut course);
    // What was written over in between by others was not ours to keep.
    after.insert(page.clone(), before[&page].clone());
    assert!(before == after);
    // Where nothing was kept there is nothing to put back, and that is said.
    let report = restore(&mut course).unwrap();
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].fate, Fate::Refused);
}

/// Leaves at random places become something else.
struct Spoiled {
    seed: u64,
    done: usize,
}

const ODD: &[&str] = &[
    "",
    "$@NULL@$",
    "-1",
    "9223372036854775807",
    "0",
    "x",
    "YTowOnt9",
    "{\"c\":[{\"c\":[]}],\"op\":1}",
    "<p>@@PLUGINFILE@@/%",
    "$@VIAVIEWBYID*99999999999999999999@$",
];

impl Spoiled {
    fn next(&mut self) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.seed >> 33).unwrap()
    }
}

impl Rewrite for Spoiled {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }
    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        Ok(())
    }
    fn leaf(&mut self, _: &[String], text: &mut String) -> Result<(), Error> {
        if self.next().is_multiple_of(12) {
            self.done += 1;
            ODD[self.next() % ODD.len()].clone_into(text);
        }
        Ok(())
    }
}

#[test]
fn odd_values_end_in_an_archive_or_an_error_and_no_activity_goes() {
    let Some(shared) = shared() else { return };
    let path = shared.join("corpus/magistere/mag-modular1-users.mbz");
    let mut odd = Spoiled { seed: 7, done: 0 };
    for _ in 0..40 {
        let mut course = open(&path).unwrap();
        for document in course.documents().into_iter().filter(|p| p != "moodle_backup.xml") {
            course.rewrite(&document, &mut odd).unwrap();
        }
        let activities = course.manifest().activities.len();
        if plain(&mut course, &Options { keep_original: true, ..Options::default() }).is_ok() {
            assert_eq!(course.manifest().activities.len(), activities);
            let now = faults(&judged(write(&mut course).unwrap()).unwrap());
            assert!(!now.contains_key("unknown-module") && !now.contains_key("not-well-formed"), "{now:?}");
        }
    }
    assert!(odd.done > 10_000);
}

/// The figure: `cargo test -p parcours-importers --test magistere -- --nocapture table`.
#[test]
fn table() {
    let Some(shared) = shared() else { return };
    let mut rows: BTreeMap<(String, String), [usize; 4]> = BTreeMap::new();
    let mut how: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for path in courses(&shared) {
        let before = open(&path).unwrap();
        let (_, report, _) = converted(&path, true).unwrap();
        let module = |place: &str| before.manifest().activities.iter().find(|a| a.directory == place).map(|a| a.modulename.clone());
        for f in report.findings.iter().filter(|f| f.counts && ["activity", "block", "course"].contains(&f.item.as_str())) {
            let name = match f.item.as_str() {
                "activity" => module(&f.place).unwrap(),
                "block" => f.name.clone(),
                _ => f.detail.split(' ').next().unwrap_or_default().to_owned(),
            };
            let key = (f.item.clone(), name);
            if f.fate != Fate::Imported && f.fate != Fate::Approximated {
                how.entry(key.clone()).or_default().insert(f.detail.clone());
            }
            let row = rows.entry(key.clone()).or_default();
            row[match f.fate {
                Fate::Imported => 0,
                Fate::Approximated => 1,
                Fate::Kept => 2,
                Fate::Refused => 3,
            }] += 1;
            if f.fate == Fate::Approximated {
                how.entry(key).or_default().insert(f.detail.split(';').next().unwrap_or_default().to_owned());
            }
        }
    }
    println!("{:9} {:22} {:>7} {:>13} {:>5} {:>8}  how", "", "component", "itself", "approximated", "kept", "refused");
    for ((item, name), [itself, approximated, kept, refused]) in &rows {
        let how = how.get(&(item.clone(), name.clone())).map(|h| h.iter().cloned().collect::<Vec<_>>().join(" | ")).unwrap_or_default();
        println!("{item:9} {name:22} {itself:7} {approximated:13} {kept:5} {refused:8}  {how}");
    }
    let [mut then, mut now] = [[0; 4]; 2];
    for path in courses(&shared) {
        let mut before = open(&path).unwrap();
        let (mut after, _, _) = converted(&path, false).unwrap();
        let said = texts(&mut after, true).into_iter().collect::<Vec<_>>().join("\n");
        let all = texts(&mut before, false);
        let count = |u: &mut Unpacked, texts: usize, sums: &mut [usize; 4]| {
            let mut files = 0;
            u.each("files.xml", "file", |_, f| {
                files += usize::from(f.leaf("filename") != ".");
                Ok(())
            })
            .unwrap();
            let blocks = u.paths().iter().filter(|p| p.ends_with("/block.xml")).count();
            for (sum, n) in sums.iter_mut().zip([u.manifest().activities.len(), blocks, texts, files]) {
                *sum += n;
            }
        };
        count(&mut before, all.len(), &mut then);
        count(&mut after, all.iter().filter(|t| said.contains(t.as_str())).count(), &mut now);
    }
    println!("\n{:10} {:>10} {:>6} {:>6} {:>6}", "", "activities", "blocks", "texts", "files");
    for (name, [activities, blocks, texts, files]) in [("in", then), ("out", now)] {
        println!("{name:10} {activities:10} {blocks:6} {texts:6} {files:6}");
    }
    println!("(out: one hidden block more beside each block of roles, one package more for each H5P)");
    let left: Vec<&str> = rows.iter().filter(|(_, r)| r[2] + r[3] > 0).map(|((_, name), _)| name.as_str()).collect();
    assert_eq!(left, ["exaport"]);
}
