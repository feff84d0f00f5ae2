//! Every archive of the corpus: nothing but the texts that are said to be cleaned changes, what they say stays, and a second time there is nothing to clean.

use crate::support::{archives, each, open, packed};
use html5ever::tendril::TendrilSink;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use parcours_convert::clean::media::{Files, Medium};
use parcours_convert::clean::{self, Media, Note, Options, Rule, Tally};
use parcours_mbz::php::Php;
use parcours_mbz::validate::{Counts, Severity, Verdict};
use parcours_mbz::xml::Step;
use parcours_mbz::{Limits, Unpacked, links, validate};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

#[test]
fn every_archive_is_cleaned_and_nothing_else_of_it_changes() {
    let Some(paths) = archives() else { return };
    let total = Mutex::new((Tally::default(), BTreeMap::<String, u64>::new()));
    let failures = each(&paths, |path| one(path, &total));
    let (tally, notes) = total.into_inner().unwrap();
    eprintln!("{} texts, {} changed: {:?}; remarks {notes:?}", tally.texts, tally.changed, tally.by_rule);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(tally.changed > 100, "{}", tally.changed);
}

fn one(path: &Path, total: &Mutex<(Tally, BTreeMap<String, u64>)>) -> Result<(), String> {
    if path.ends_with("moodle2cc-moodle2_shell.mbz") {
        return Ok(());
    }
    let bytes = std::fs::read(path).unwrap();
    let mut before = open(bytes.clone());
    let mut course = open(bytes.clone());
    let options = Options { rules: Rule::ALL.to_vec(), ..Options::default() };
    let mut cleaned = clean::run(&mut course, &options).map_err(|e| e.to_string())?;

    let mut said: HashMap<String, HashMap<String, String>> = HashMap::new();
    let mut notes = BTreeMap::new();
    let mut faults = Vec::new();
    cleaned
        .changes
        .each(|change| {
            for note in &change.notes {
                let name = format!("{note:?}");
                *notes.entry(name.split('(').next().unwrap_or_default().to_owned()).or_default() += 1;
            }
            if let Some(after) = change.after.clone() {
                faults.extend(same_words(&change.before, &after).err().map(|e| format!("{}: {e}\n{}\n{after}", change.place(), change.before)));
                faults.extend(same_links(&change.before, &after).err().map(|e| format!("{}: {e}", change.place())));
                said.entry(change.path.clone()).or_default().insert(change.before, after);
            }
            Ok(())
        })
        .unwrap();
    if let Some(fault) = faults.into_iter().next() {
        return Err(fault);
    }
    compare(&mut before, &mut course, &said)?;

    let written = packed(&mut course);
    let mut again = open(written.clone());
    let second = clean::run(&mut again, &options).map_err(|e| e.to_string())?;
    if second.tally.changed > 0 {
        return Err(format!("a second time {:?}", second.tally.by_rule));
    }
    no_new_faults(bytes, written)?;
    let mut total = total.lock().unwrap();
    total.0.texts += cleaned.tally.texts;
    total.0.changed += cleaned.tally.changed;
    for (rule, n) in cleaned.tally.by_rule {
        *total.0.by_rule.entry(rule).or_default() += n;
    }
    notes.into_iter().for_each(|(note, n): (String, u64)| *total.1.entry(note).or_default() += n);
    Ok(())
}

/// With a dump that has everything: media become files, and a restore would find them.
#[test]
fn media_of_a_dump_are_put_into_every_archive_that_asks_for_them() {
    let Some(mut paths) = archives() else { return };
    paths.retain(|p| p.components().any(|c| c.as_os_str() == "magistere"));
    let put = AtomicU64::new(0);
    let failures = each(&paths, |path| with_media(path, &put));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    eprintln!("{} files put", put.load(Ordering::Relaxed));
    assert!(put.load(Ordering::Relaxed) > 50);
}

/// Every medium there is, by its own number.
struct Everything;

impl Files for Everything {
    fn open(&self, medium: &Medium) -> std::io::Result<Option<Box<dyn Read>>> {
        Ok(Some(Box::new(Cursor::new(medium.id.clone().into_bytes()))))
    }
}

fn with_media(path: &Path, put: &AtomicU64) -> Result<(), String> {
    let bytes = std::fs::read(path).unwrap();
    let mut before = open(bytes.clone());
    let mut ids = BTreeSet::new();
    let mut without = clean::preview(&mut before, &Options::default()).map_err(|e| e.to_string())?;
    without
        .changes
        .each(|change| {
            ids.extend(change.notes.into_iter().filter_map(|n| match n {
                Note::Placeholder(id) => Some(id),
                _ => None,
            }));
            Ok(())
        })
        .unwrap();
    let list: Vec<_> = ids.iter().map(|id| format!("{{\"resourceid\":\"{id}\",\"cleanname\":\"le film.mp4\",\"type\":\"video\"}}")).collect();
    let media = Media::read(format!("[{}]", list.join(",")).as_bytes(), Everything).map_err(|e| e.to_string())?;
    let options = Options { media: Some(media), ..Options::default() };
    let mut course = open(bytes.clone());
    clean::run(&mut course, &options).map_err(|e| e.to_string())?;

    let rows = |course: &mut Unpacked| course.document("files.xml").unwrap().map_or(Vec::new(), |f| f.children);
    let (old, new) = (rows(&mut before), rows(&mut course));
    if new.get(..old.len()) != Some(old.as_slice()) {
        return Err("a file that was there has changed".into());
    }
    let added = new.get(old.len()..).unwrap_or_default();
    let mut listed = BTreeSet::new();
    for path in course.documents().into_iter().filter(|p| p.ends_with("inforef.xml")) {
        course
            .each(&path, "file", |_, f| {
                listed.extend(f.number("id"));
                Ok(())
            })
            .unwrap();
    }
    for row in added {
        put.fetch_add(1, Ordering::Relaxed);
        let loose = row.leaf("component").starts_with("q") || row.leaf("component").starts_with("group");
        if !loose && !row.id().is_some_and(|id| listed.contains(&id)) {
            return Err(format!("{row:?} is in no list"));
        }
        if course.content(row.leaf("contenthash")).unwrap().is_none() {
            return Err(format!("{row:?} has no content"));
        }
    }
    let written = packed(&mut course);
    let second = clean::run(&mut open(written.clone()), &options).map_err(|e| e.to_string())?;
    if second.tally.changed > 0 {
        return Err(format!("a second time {:?}", second.tally.by_rule));
    }
    no_new_faults(bytes, written)
}

fn no_new_faults(before: Vec<u8>, after: Vec<u8>) -> Result<(), String> {
    if let (Ok(was), Ok(is)) = (validate(Cursor::new(before), &Limits::default()), validate(Cursor::new(after), &Limits::default())) {
        let grew = |of: fn(&Counts) -> u64| of(&is.counts) > of(&was.counts);
        if grew(|c| c.refused) || grew(|c| c.dropped) || grew(|c| c.degraded) {
            return Err(format!("validate found {:?} and finds {:?}", was.counts, is.counts));
        }
        let (was, is) = (faults_of(&was), faults_of(&is));
        if let Some((rule, n)) = is.iter().find(|(rule, n)| was.get(*rule).unwrap_or(&0) < *n) {
            return Err(format!("validate finds {rule} {n} times"));
        }
    }
    Ok(())
}

fn faults_of(verdict: &Verdict) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    verdict.findings.iter().filter(|f| f.severity != Severity::Note).for_each(|f| *out.entry(f.rule.code().to_owned()).or_default() += 1);
    out
}

/// Entry by entry, and in documents with changes leaf by leaf.
fn compare(before: &mut Unpacked, after: &mut Unpacked, said: &HashMap<String, HashMap<String, String>>) -> Result<(), String> {
    if before.paths() != after.paths() {
        return Err("other entries".into());
    }
    for path in before.paths() {
        if bytes(before, &path) == bytes(after, &path) {
            continue;
        }
        let Some(said) = said.get(&path) else { return Err(format!("{path} changed and nobody said so")) };
        let (a, b) = (leaves(before, &path), leaves(after, &path));
        if a.len() != b.len() {
            return Err(format!("{path}: {} steps became {}", a.len(), b.len()));
        }
        for ((name, text), (name2, text2)) in a.iter().zip(&b) {
            let fine =
                name == name2 && (text == text2 || said.get(text) == Some(text2) || (name.ends_with("configdata") && same_config(text, text2, said)));
            if !fine {
                return Err(format!("{path}: {name} {text:?} became {name2} {text2:?}"));
            }
        }
    }
    Ok(())
}

fn same_config(a: &str, b: &str, said: &HashMap<String, String>) -> bool {
    let (Ok(Some(a)), Ok(Some(b))) = (Php::read_config(a), Php::read_config(b)) else { return false };
    let same = |x: &Php, y: &Php| x == y || x.text().is_some_and(|x| said.get(x).map(String::as_str) == y.text());
    a.entries().len() == b.entries().len() && a.entries().iter().zip(b.entries()).all(|((k, v), (l, w))| k == l && same(v, w))
}

fn bytes(course: &mut Unpacked, path: &str) -> Vec<u8> {
    let mut all = Vec::new();
    course.bytes(path).unwrap().unwrap().read_to_end(&mut all).unwrap();
    all
}

/// Every tag with its attributes, and every text.
fn leaves(course: &mut Unpacked, path: &str) -> Vec<(String, String)> {
    let mut xml = course.reader(path).unwrap().unwrap();
    let mut out = Vec::new();
    loop {
        match xml.step().unwrap() {
            Step::Open => out.push((format!("{} {:?}", xml.name(), xml.attributes().collect::<Vec<_>>()), String::new())),
            Step::Close => {
                let text = xml.take_text();
                out.push((format!("/{}", xml.name()), text));
            }
            Step::Comment => {}
            Step::End => return out,
        }
    }
}

/// What a browser shows of a text without white space, placeholders, icons and tokens that these stand for.
fn words(text: &str) -> String {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(RcDom::default(), Default::default(), context, Vec::new(), false).one(text);
    let mut out = String::new();
    let mut left: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = left.pop() {
        match &node.data {
            NodeData::Text { contents } => out.push_str(&contents.borrow()),
            NodeData::Element { name, attrs, .. } => {
                let role = attrs.borrow().iter().any(|a| &*a.name.local == "role" && &*a.value == "note");
                if role || matches!(&*name.local, "script" | "style" | "template") {
                    continue;
                }
            }
            _ => {}
        }
        left.extend(node.children.borrow().iter().rev().cloned());
    }
    let mut plain: String = out.chars().filter(|c| !c.is_whitespace()).collect();
    for mark in ["[fa", "[icon", "[[[cr_"] {
        while let Some(at) = plain.find(mark) {
            let end = plain[at..].find(']').map_or(plain.len(), |n| at + n + 1);
            plain.replace_range(at..end, "");
        }
    }
    plain.replace("]]", "")
}

fn same_words(before: &str, after: &str) -> Result<(), String> {
    let (a, b) = (words(before), words(after));
    if a == b { Ok(()) } else { Err(format!("{a}\nbecame\n{b}")) }
}

fn same_links(before: &str, after: &str) -> Result<(), String> {
    let all =
        |t: &str| -> Vec<String> { links::files(t).map(|f| f.path).chain(links::tokens(t).map(|t| format!("{} {:?}", t.name, t.ids))).collect() };
    let mut left = all(after);
    for link in all(before) {
        let Some(at) = left.iter().position(|l| *l == link) else { return Err(format!("{link} is gone")) };
        left.swap_remove(at);
    }
    Ok(())
}
