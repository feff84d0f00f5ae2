//! Libraries that a content runs on. The archive's list has all of the site's (MAGISTERE-XML §1): only those that are needed are held.

use super::package::Package;
use crate::magistere::cx::Cx;
use crate::magistere::files::Row;
use parcours_mbz::Error;
use parcours_mbz::unpacked::content_path;
use parcours_mbz::xml::Element;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const LIBRARIES: &str = "activities/hvp_libraries.xml";

/// What a library is called in contents, and what it needs: kind and number.
struct Listed {
    called: String,
    reference: Value,
    needs: Vec<(String, i64)>,
}

/// A library that a content needs.
pub(super) struct Library {
    name: String,
    major: i64,
    minor: i64,
    record: Element,
    needs: Vec<(String, Value)>,
}

/// The libraries that a content names, its own first, and those that they need.
pub(super) fn libraries(cx: &mut Cx<'_>, main: &str, content: &Value) -> Result<Vec<Library>, Error> {
    let mut all: BTreeMap<i64, Listed> = BTreeMap::new();
    cx.course.each(LIBRARIES, "library", |_, library| {
        if let Some(id) = library.id() {
            all.insert(id, listed(&library));
        }
        Ok(())
    })?;
    let mut names = BTreeSet::from([main.to_owned()]);
    named(content, &mut names);
    let mut open: Vec<i64> = all.iter().filter(|(_, l)| names.contains(&l.called)).map(|(id, _)| *id).collect();
    open.sort_by_key(|id| all.get(id).is_some_and(|l| l.called == main));
    let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
    while let Some(id) = open.pop() {
        let Some(library) = all.get(&id).filter(|_| seen.insert(id)) else { continue };
        order.push(id);
        open.extend(library.needs.iter().map(|(_, id)| *id));
    }
    let mut records = BTreeMap::new();
    cx.course.each(LIBRARIES, "library", |_, library| {
        if let Some(id) = library.id().filter(|id| seen.contains(id)) {
            records.insert(id, library);
        }
        Ok(())
    })?;
    let library = |id: &i64| {
        let record = records.remove(id)?;
        let needs = all.get(id)?.needs.iter().filter_map(|(kind, id)| Some((kind.clone(), all.get(id)?.reference.clone()))).collect();
        let number = |name: &str| record.number(name).unwrap_or(0);
        Some(Library { name: record.leaf("machine_name").to_owned(), major: number("major_version"), minor: number("minor_version"), needs, record })
    };
    Ok(order.iter().filter_map(library).collect())
}

fn listed(library: &Element) -> Listed {
    let number = |name: &str| library.number(name).unwrap_or(0);
    let (name, major, minor) = (library.leaf("machine_name"), number("major_version"), number("minor_version"));
    let need = |d: &Element| Some((d.leaf("dependency_type").to_owned(), d.attribute("required_library_id")?.parse().ok()?));
    Listed {
        called: format!("{name} {major}.{minor}"),
        reference: json!({"machineName": name, "majorVersion": major, "minorVersion": minor}),
        needs: library.records("dependencies", "dependency").filter_map(need).collect(),
    }
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

impl Library {
    /// `H5P.TrueFalse-1.6`.
    pub(super) fn folder(&self) -> String {
        format!("{}-{}.{}", self.name, self.major, self.minor)
    }

    pub(super) fn reference(&self) -> Value {
        json!({"machineName": self.name, "majorVersion": self.major, "minorVersion": self.minor})
    }

    /// Whether the archive has every file that it loads.
    pub(super) fn is_whole(&self, cx: &Cx<'_>) -> bool {
        let loads = ["preloaded_js", "preloaded_css"].into_iter().flat_map(|leaf| self.record.leaf(leaf).split(','));
        loads.map(str::trim).filter(|path| !path.is_empty()).all(|path| {
            let wanted = format!("/{}/{path}", self.folder());
            cx.files.everywhere("mod_hvp", "libraries").any(|f| format!("{}{}", f.path, f.name) == wanted && cx.course.has(&content_path(&f.hash)))
        })
    }

    /// Its folder in the package.
    pub(super) fn pack(&self, cx: &mut Cx<'_>, package: &mut Package) -> Result<(), Error> {
        let folder = self.folder();
        let r = &self.record;
        let number = |name: &str| r.number(name).unwrap_or(0);
        let mut head = json!({
            "title": r.leaf("title"), "machineName": self.name, "majorVersion": self.major, "minorVersion": self.minor,
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
            let needs: Vec<Value> = self.needs.iter().filter(|(k, _)| k == kind).map(|(_, l)| l.clone()).collect();
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
}
