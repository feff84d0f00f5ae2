//! H5P by the contributed module. An activity of Moodle's own H5P: content, files and libraries are packed into the package it runs.

mod library;
mod package;

use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, or_null, record};
use crate::magistere::files::Row;
use library::{Library, libraries};
use package::Package;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::xml::Element;
use serde_json::{Value, json};

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
    let mut package = Package::new()?;
    package.text("h5p.json", &h5p(r, &libraries).to_string())?;
    package.text("content/content.json", r.leaf("json_content"))?;
    for file in &files {
        package.file(cx, &format!("content{}{}", file.path, file.name), file)?;
    }
    // A package with a library that lacks files is refused; without it, the site's own is taken.
    for library in whole {
        library.pack(cx, &mut package)?;
    }
    let (packed, missing) = package.finish()?;
    let (hash, size) = cx.course.put_content(packed)?;
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
