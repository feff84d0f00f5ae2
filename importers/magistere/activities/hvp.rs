//! H5P by the contributed module. An activity of Moodle's own H5P: content, files and libraries are packed into the package it runs.

use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, or_null, record};
use crate::magistere::files::Row;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::unpacked::content_path;
use parcours_mbz::xml::Element;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const LIBRARIES: &str = "activities/hvp_libraries.xml";

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let main = r.leaf("machine_name");
    let Ok(content) = serde_json::from_str::<Value>(r.leaf("json_content")) else { return Ok(None) };
    if main.is_empty() {
        return Ok(None);
    }
    let wanted = format!("{main} {}.{}", r.leaf("major_version"), r.leaf("minor_version"));
    let libraries = libraries(cx, &wanted, &content)?;
    let (whole, partly): (Vec<&Library>, Vec<&Library>) = libraries.iter().partition(|l| l.is_whole(cx));
    let mut files: Vec<Row> = cx.files.of(a.context, "mod_hvp", "content").filter(|f| f.item == a.old).cloned().collect();
    files.sort_by(|x, y| (&x.path, &x.name).cmp(&(&y.path, &y.name)));
    let mut package = Package { zip: ZipWriter::new(tempfile::tempfile()?), missing: 0, names: BTreeSet::new() };
    package.text("h5p.json", &h5p(r, &libraries).to_string())?;
    package.text("content/content.json", r.leaf("json_content"))?;
    for file in &files {
        package.file(cx, &format!("content{}{}", file.path, file.name), file)?;
    }
    // A package with a library that lacks files is refused; without it, the site's own is taken.
    for library in whole {
        library_files(cx, &mut package, library)?;
    }
    let missing = package.missing;
    let mut made_file = package.zip.finish().map_err(io::Error::from)?;
    made_file.rewind()?;
    let (hash, size) = cx.course.put_content(made_file)?;
    let (id, slug) = (cx.id(), r.leaf("slug"));
    let name = if slug.is_empty() { "contenu.h5p".to_owned() } else { format!("{slug}.h5p") };
    cx.files.add(id, a.context, "mod_h5pactivity", "package", &name, &hash, size, a.modified());
    cx.files.keep(a.context, "mod_hvp", "content");
    let absent = if libraries.is_empty() { vec![wanted] } else { partly.iter().map(|l| l.folder()).collect() };
    if !absent.is_empty() {
        let words = cx.of(
            "libraries that the archive does not hold whole, and the site must have:",
            "bibliothèques que l’archive ne contient pas entières, et que le site doit avoir :",
        );
        cx.remark(Fate::Approximated, Reason::MissingContent, "activity", &a.folder, format!("{words} {}", absent.join(", ")));
    }
    if missing > 0 {
        cx.remark(Fate::Kept, Reason::MissingContent, "file", &a.folder, missing.to_string());
    }
    let grade = a.grade.as_deref().and_then(|g| g.parse::<f64>().ok()).map_or(100, |g| g as i64);
    let record = record!("h5pactivity", a.id;
        name: a.name(), timecreated: r.leaf("timecreated"), timemodified: a.modified(), intro: or_null(r.value("intro")),
        introformat: r.number("introformat").unwrap_or(1), grade: grade, displayoptions: r.number("disable").unwrap_or(0), enabletracking: 1,
        grademethod: 1, reviewmode: 1);
    let mut record = record;
    record.push(Element::group("attempts", []));
    let detail = cx.of(
        "the same content in a package that Moodle’s own H5P runs, with its files and libraries; states people had left it in are not taken along",
        "le même contenu dans un paquet que le H5P de Moodle sait lire, avec ses fichiers et bibliothèques ; les états laissés en cours ne suivent pas",
    );
    let mut made = Made::new("h5pactivity", record, detail);
    made.files.push(id);
    Ok(Some(made))
}

/// A library of the package.
struct Library {
    name: String,
    major: i64,
    minor: i64,
    record: Element,
    needs: Vec<(String, Value)>,
}

impl Library {
    fn folder(&self) -> String {
        format!("{}-{}.{}", self.name, self.major, self.minor)
    }

    /// Whether the archive has every file that it loads.
    fn is_whole(&self, cx: &Cx<'_>) -> bool {
        let loads = ["preloaded_js", "preloaded_css"].into_iter().flat_map(|leaf| self.record.leaf(leaf).split(','));
        loads.map(str::trim).filter(|path| !path.is_empty()).all(|path| {
            let wanted = format!("/{}/{path}", self.folder());
            cx.files.everywhere("mod_hvp", "libraries").any(|f| format!("{}{}", f.path, f.name) == wanted && cx.course.has(&content_path(&f.hash)))
        })
    }

    fn reference(&self) -> Value {
        json!({"machineName": self.name, "majorVersion": self.major, "minorVersion": self.minor})
    }
}

/// The libraries that the content names, and those that they need. The archive's list has all of the site's (MAGISTERE-XML §1).
fn libraries(cx: &mut Cx<'_>, main: &str, content: &Value) -> Result<Vec<Library>, Error> {
    let mut all: BTreeMap<i64, Element> = BTreeMap::new();
    cx.course.each(LIBRARIES, "library", |_, library| {
        if let Some(id) = library.id() {
            all.insert(id, library);
        }
        Ok(())
    })?;
    let called = |l: &Element| format!("{} {}.{}", l.leaf("machine_name"), l.leaf("major_version"), l.leaf("minor_version"));
    let mut names = BTreeSet::from([main.to_owned()]);
    named(content, &mut names);
    let mut open: Vec<i64> = all.iter().filter(|(_, l)| names.contains(&called(l))).map(|(id, _)| *id).collect();
    // The main library stands first.
    open.sort_by_key(|id| all.get(id).is_some_and(|l| called(l) == main));
    let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
    while let Some(id) = open.pop() {
        let Some(library) = all.get(&id).filter(|_| seen.insert(id)) else { continue };
        order.push(id);
        open.extend(library.records("dependencies", "dependency").filter_map(needed));
    }
    let mut out = Vec::new();
    for id in order {
        let Some(record) = all.get(&id) else { continue };
        let number = |name: &str| record.number(name).unwrap_or(0);
        let need = |d: &Element| {
            let l = all.get(&needed(d)?)?;
            let number = |name: &str| l.number(name).unwrap_or(0);
            let reference =
                json!({"machineName": l.leaf("machine_name"), "majorVersion": number("major_version"), "minorVersion": number("minor_version")});
            Some((d.leaf("dependency_type").to_owned(), reference))
        };
        out.push(Library {
            name: record.leaf("machine_name").to_owned(),
            major: number("major_version"),
            minor: number("minor_version"),
            needs: record.records("dependencies", "dependency").filter_map(need).collect(),
            record: record.clone(),
        });
    }
    Ok(out)
}

fn needed(dependency: &Element) -> Option<i64> {
    dependency.attribute("required_library_id")?.parse().ok()
}

/// `"library": "H5P.Image 1.1"` anywhere in a content.
fn named(content: &Value, names: &mut BTreeSet<String>) {
    match content {
        Value::Object(fields) => {
            for (key, value) in fields {
                if let (true, Some(name)) = (key == "library", value.as_str()) {
                    names.insert(name.to_owned());
                }
                named(value, names);
            }
        }
        Value::Array(values) => values.iter().for_each(|v| named(v, names)),
        _ => {}
    }
}

fn h5p(r: &Element, libraries: &[Library]) -> Value {
    let list = |name: &str| serde_json::from_str::<Value>(r.leaf(name)).ok().filter(Value::is_array);
    let embed: Vec<&str> = r.leaf("embed_type").split(',').map(str::trim).filter(|e| !e.is_empty()).collect();
    let mut references: Vec<Value> = libraries.iter().map(Library::reference).collect();
    if references.is_empty() {
        let number = |name: &str| r.number(name).unwrap_or(0);
        references
            .push(json!({"machineName": r.leaf("machine_name"), "majorVersion": number("major_version"), "minorVersion": number("minor_version")}));
    }
    let mut h5p = json!({
        "title": r.leaf("name"),
        "language": "und",
        "mainLibrary": r.leaf("machine_name"),
        "embedTypes": if embed.is_empty() { vec!["div"] } else { embed },
        "preloadedDependencies": references,
    });
    let pairs = [
        ("license", "license"),
        ("license_version", "licenseVersion"),
        ("source", "source"),
        ("license_extras", "licenseExtras"),
        ("author_comments", "authorComments"),
    ];
    for (leaf, key) in pairs.into_iter().filter(|(leaf, _)| !r.leaf(leaf).is_empty()) {
        h5p[key] = json!(r.leaf(leaf));
    }
    for (leaf, key) in [("year_from", "yearFrom"), ("year_to", "yearTo")] {
        if let Some(year) = r.number(leaf) {
            h5p[key] = json!(year);
        }
    }
    for name in ["authors", "changes"] {
        if let Some(value) = list(name) {
            h5p[name] = value;
        }
    }
    h5p
}

struct Package {
    zip: ZipWriter<std::fs::File>,
    /// Listed files whose content the archive does not hold.
    missing: usize,
    names: BTreeSet<String>,
}

impl Package {
    fn begin(&mut self, path: &str) -> Result<bool, Error> {
        if !self.names.insert(path.to_owned()) {
            return Ok(false);
        }
        // The same bytes whenever it is made: no date is written.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
        self.zip.start_file(path, options).map_err(io::Error::from)?;
        Ok(true)
    }

    fn text(&mut self, path: &str, text: &str) -> Result<(), Error> {
        if self.begin(path)? {
            self.zip.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    fn file(&mut self, cx: &mut Cx<'_>, path: &str, row: &Row) -> Result<(), Error> {
        let Some(mut content) = cx.course.content(&row.hash)? else {
            // An empty file need not have a content (MBZ-FORMAT §6.1).
            self.missing += usize::from(row.size > 0);
            return self.text(path, "");
        };
        if self.begin(path)? {
            io::copy(&mut content, &mut self.zip)?;
        }
        Ok(())
    }
}

fn library_files(cx: &mut Cx<'_>, package: &mut Package, library: &Library) -> Result<(), Error> {
    let folder = library.folder();
    let r = &library.record;
    let number = |name: &str| r.number(name).unwrap_or(0);
    let mut head = json!({
        "title": r.leaf("title"), "machineName": library.name, "majorVersion": library.major, "minorVersion": library.minor,
        "patchVersion": number("patch_version"), "runnable": number("runnable"), "fullscreen": number("fullscreen"),
    });
    for (leaf, key) in [("preloaded_js", "preloadedJs"), ("preloaded_css", "preloadedCss")] {
        let paths: Vec<Value> = r.leaf(leaf).split(',').map(str::trim).filter(|p| !p.is_empty()).map(|p| json!({"path": p})).collect();
        if !paths.is_empty() {
            head[key] = Value::Array(paths);
        }
    }
    let embed: Vec<&str> = r.leaf("embed_types").split(',').map(str::trim).filter(|e| !e.is_empty()).collect();
    if !embed.is_empty() {
        head["embedTypes"] = json!(embed);
    }
    for kind in ["preloaded", "dynamic", "editor"] {
        let needs: Vec<Value> = library.needs.iter().filter(|(k, _)| k == kind).map(|(_, l)| l.clone()).collect();
        if !needs.is_empty() {
            head[format!("{kind}Dependencies")] = Value::Array(needs);
        }
    }
    package.text(&format!("{folder}/library.json"), &head.to_string())?;
    if !r.leaf("semantics").is_empty() {
        package.text(&format!("{folder}/semantics.json"), r.leaf("semantics"))?;
    }
    for t in r.records("translations", "translation") {
        let code = t.attribute("language_code").unwrap_or_default();
        if !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            package.text(&format!("{folder}/language/{code}.json"), t.leaf("language_json"))?;
        }
    }
    let inside = format!("/{folder}/");
    let mut rows: Vec<Row> = cx.files.everywhere("mod_hvp", "libraries").filter(|f| f.path.starts_with(&inside)).cloned().collect();
    rows.sort_by(|x, y| (&x.path, &x.name).cmp(&(&y.path, &y.name)));
    for row in rows {
        let path = format!("{}{}", row.path.trim_start_matches('/'), row.name);
        package.file(cx, &path, &row)?;
    }
    Ok(())
}
