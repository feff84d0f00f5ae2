//! An activity of a module that a stock Moodle lacks becomes one of a module that it has.

use super::activities::other;
use super::cx::Cx;
use super::stream::{self, Heavy};
use super::{ACTIVITIES, grades, inforef, stock};
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::container::MANIFEST;
use parcours_mbz::xml::{Element, NULL};
use std::collections::HashMap;

/// How a module is read and what it becomes.
pub(super) struct Mapping {
    pub module: &'static str,
    /// Containers of the module's record that are left out of [`Activity::record`].
    pub heavy: &'static [&'static str],
    /// Nothing when the record holds too little to make that of it.
    pub make: fn(&mut Cx<'_>, &Activity) -> Result<Option<Made>, Error>,
}

/// An activity to be made another.
pub(super) struct Activity {
    pub cm: i64,
    pub module: String,
    pub title: String,
    /// `activities/via_1081`.
    pub folder: String,
    /// The module's own document.
    pub path: String,
    pub context: i64,
    /// Number of its record, before and after.
    pub old: i64,
    pub id: i64,
    /// Visible without conditions.
    pub open: bool,
    /// Whether it has groups of its own.
    pub grouped: bool,
    /// Highest grade of its first grade item.
    pub grade: Option<String>,
    /// Whether completion is asked of what people do, and not of a view or a grade alone.
    pub automatic: bool,
    pub record: Element,
}

/// What it became.
pub(super) struct Made {
    pub module: &'static str,
    pub record: Element,
    pub heavy: Option<Heavy>,
    /// Whether its record has a completion rule of its own.
    pub rule: bool,
    /// To be shown to nobody but those who may see what is hidden.
    pub hidden: bool,
    /// People that its records name.
    pub people: Vec<i64>,
    /// New files.
    pub files: Vec<i64>,
    /// What became of it, for the report.
    pub detail: String,
}

impl Made {
    pub(super) fn new(module: &'static str, record: Element, detail: impl Into<String>) -> Self {
        Made { module, record, heavy: None, rule: false, hidden: false, people: Vec::new(), files: Vec::new(), detail: detail.into() }
    }
}

/// Modules whose activities have grades, and those that a view completes.
const GRADED: &[&str] = &["assign", "h5pactivity"];
const VIEWED_NEVER: &[&str] = &["label"];

pub(super) fn convert_all(cx: &mut Cx<'_>) -> Result<(), Error> {
    let listed: Vec<(i64, String, String, String)> =
        cx.known.activities.iter().map(|a| (a.id, a.module.clone(), a.folder.clone(), a.title.clone())).collect();
    let mut renamed = HashMap::new();
    for (cm, module, folder, title) in listed {
        if stock(&module) {
            cx.item(Fate::Imported, "activity", &folder, &title, "");
        } else if let Some(activity) = read(cx, cm)? {
            let made = make(cx, &activity)?;
            // Two activities of one number: the archive is broken, and neither may take the other's folder.
            if cx.course.has(&format!("activities/{}_{cm}/module.xml", made.module)) && made.module != module {
                cx.item(Fate::Kept, "activity", &folder, &title, module);
                continue;
            }
            cx.item(Fate::Approximated, "activity", &folder, &title, format!("{module} → {}: {}", made.module, made.detail));
            let to = put(cx, activity, made)?;
            renamed.insert(folder, to);
        } else {
            cx.item(Fate::Kept, "activity", &folder, &title, module);
        }
    }
    if !renamed.is_empty() {
        contents(cx, &renamed)?;
    }
    Ok(())
}

fn read(cx: &mut Cx<'_>, cm: i64) -> Result<Option<Activity>, Error> {
    let id = cx.id();
    let Some(a) = cx.known.activity(cm) else { return Ok(None) };
    let path = format!("{}/{}.xml", a.folder, a.module);
    if !cx.course.has(&path) {
        return Ok(None);
    }
    let mut activity = Activity {
        cm,
        module: a.module.clone(),
        title: a.title.clone(),
        folder: a.folder.clone(),
        path,
        context: a.context,
        old: a.instance,
        id,
        open: a.open,
        grouped: a.grouped,
        grade: None,
        automatic: false,
        record: Element::default(),
    };
    let module = cx.course.document(&format!("{}/module.xml", activity.folder))?.unwrap_or_default();
    activity.automatic =
        module.leaf("completion") == "2" && module.leaf("completionview") != "1" && module.value("completiongradeitemnumber").is_none();
    activity.grade = grades::highest(cx.course, &activity.folder)?;
    Ok(Some(activity))
}

fn make(cx: &mut Cx<'_>, activity: &Activity) -> Result<Made, Error> {
    let mapping = ACTIVITIES.iter().find(|m| m.module == activity.module);
    if let Some(mapping) = mapping {
        match stream::head(cx.course, &activity.path, &activity.module, mapping.heavy) {
            Ok(record) => {
                let activity = Activity { record, ..activity.bare() };
                if let Some(made) = (mapping.make)(cx, &activity)? {
                    return Ok(made);
                }
            }
            Err(Error::Limit { .. }) => cx.remark(Fate::Kept, Reason::Unreadable, "activity", &activity.folder, ""),
            Err(e) => return Err(e),
        }
    }
    other::make(cx, activity)
}

impl Activity {
    fn bare(&self) -> Activity {
        Activity {
            module: self.module.clone(),
            title: self.title.clone(),
            folder: self.folder.clone(),
            path: self.path.clone(),
            grade: self.grade.clone(),
            record: Element::default(),
            ..*self
        }
    }

    /// The name it has, or the title of the contents list.
    pub(super) fn name(&self) -> &str {
        let name = self.record.leaf("name");
        if name.is_empty() { &self.title } else { name }
    }

    pub(super) fn modified(&self) -> i64 {
        self.record.number("timemodified").unwrap_or(0)
    }
}

/// Writes what it became and takes out what it was. Answers its folder.
fn put(cx: &mut Cx<'_>, activity: Activity, made: Made) -> Result<String, Error> {
    let Made { module, record, heavy, rule, hidden, people, files, .. } = made;
    let folder = format!("activities/{module}_{}", activity.cm);
    let root = Element::group("activity", [record])
        .with("id", activity.id)
        .with("moduleid", activity.cm)
        .with("modulename", module)
        .with("contextid", activity.context);
    let own = format!("mod_{}", activity.module);
    cx.files.send(activity.context, (&own, "intro"), (&format!("mod_{module}"), "intro"), super::files::Item::Same);
    for (area, count) in cx.files.unsent(activity.context, &own) {
        cx.remark(Fate::Kept, Reason::NotRead, "file", &activity.folder, format!("{own}/{area}: {count}"));
    }
    let path = format!("{folder}/{module}.xml");
    stream::put(cx.course, &activity.path, &path, &root, heavy)?;
    if path != activity.path {
        cx.course.remove(&activity.path);
    }
    let inside = format!("{}/", activity.folder);
    for path in cx.course.paths() {
        if let Some(rest) = path.strip_prefix(&inside) {
            cx.course.rename(&path, &format!("{folder}/{rest}"))?;
        }
    }
    if let Some(known) = cx.known.activities.iter_mut().find(|a| a.id == activity.cm) {
        module.clone_into(&mut known.now);
        known.folder.clone_from(&folder);
        known.visible &= !hidden;
        known.open &= !hidden;
        known.shown &= !hidden;
    }
    let graded = GRADED.contains(&module);
    module_xml(cx, &folder, &activity, module, rule, graded, hidden)?;
    grades::convert(cx, &folder, module, activity.id, graded)?;
    inforef::add(cx.course, &folder, &people, &files)?;
    calendar(cx, &folder, module, activity.id)?;
    overrides(cx, &folder, &activity.module)?;
    Ok(folder)
}

/// `module.xml`: the name, and completion by rules that the new module has.
fn module_xml(cx: &mut Cx<'_>, folder: &str, activity: &Activity, module: &str, rule: bool, graded: bool, hidden: bool) -> Result<(), Error> {
    let path = format!("{folder}/module.xml");
    let Some(mut doc) = cx.course.document(&path)? else { return Ok(()) };
    doc.set("modulename", module);
    if cx.known.version.parse::<u64>().is_ok() {
        doc.set_attribute("version", &cx.known.version);
    }
    if hidden {
        doc.set("visible", 0);
        doc.set("visibleold", 0);
    }
    if doc.leaf("completion") == "2" {
        let by_grade = doc.value("completiongradeitemnumber").is_some();
        if by_grade && !graded {
            doc.set("completiongradeitemnumber", NULL);
            doc.set("completionpassgrade", 0);
        }
        let viewed = doc.leaf("completionview") == "1";
        if VIEWED_NEVER.contains(&module) {
            doc.set("completion", 1);
            doc.set("completionview", 0);
            cx.remark(
                Fate::Approximated,
                Reason::Converted,
                "activity",
                &activity.folder,
                cx.of("completion is marked by hand", "l’achèvement se coche à la main"),
            );
        } else if !(viewed || rule || by_grade && graded) {
            doc.set("completionview", 1);
            cx.remark(
                Fate::Approximated,
                Reason::Converted,
                "activity",
                &activity.folder,
                cx.of("a view completes it", "l’affichage vaut achèvement"),
            );
        }
    }
    cx.course.put(&path, &doc)
}

/// Events name the module and its record.
fn calendar(cx: &mut Cx<'_>, folder: &str, module: &str, id: i64) -> Result<(), Error> {
    let path = format!("{folder}/calendar.xml");
    let Some(mut doc) = cx.course.document(&path)? else { return Ok(()) };
    let mut any = false;
    for event in doc.children.iter_mut().filter(|e| e.name == "event") {
        event.set("modulename", module);
        event.set("instance", id);
        any = true;
    }
    if any { cx.course.put(&path, &doc) } else { Ok(()) }
}

/// Rights of a module that is no more here mean nothing.
fn overrides(cx: &mut Cx<'_>, folder: &str, module: &str) -> Result<(), Error> {
    let path = format!("{folder}/roles.xml");
    let Some(mut doc) = cx.course.document(&path)? else { return Ok(()) };
    let Some(list) = doc.child_mut("role_overrides") else { return Ok(()) };
    let before = list.children.len();
    let own = format!("mod/{module}:");
    list.children.retain(|o| !o.leaf("capability").starts_with(&own));
    let gone = before - list.children.len();
    if gone == 0 {
        return Ok(());
    }
    cx.remark(Fate::Kept, Reason::OtherFormat, "role", &path, format!("{own}… × {gone}"));
    cx.course.put(&path, &doc)
}

/// The contents list and the settings.
fn contents(cx: &mut Cx<'_>, renamed: &HashMap<String, String>) -> Result<(), Error> {
    let Some(mut doc) = cx.course.document(MANIFEST)? else { return Ok(()) };
    let owner = |folder: &str| folder.rsplit('/').next().unwrap_or(folder).to_owned();
    let owners: HashMap<String, String> = renamed.iter().map(|(from, to)| (owner(from), owner(to))).collect();
    doc.walk_mut(&mut |e| match e.name.as_str() {
        "activity" if e.child("directory").is_some() => {
            let Some(to) = renamed.get(e.leaf("directory")) else { return };
            let module = owner(to);
            e.set("modulename", module.rsplit_once('_').map_or("", |(m, _)| m));
            e.set("directory", to);
        }
        "setting" if e.leaf("level") == "activity" => {
            let from = e.leaf("activity").to_owned();
            let Some(to) = owners.get(&from) else { return };
            let name = e.leaf("name").strip_prefix(&from).map(|rest| format!("{to}{rest}"));
            e.set("activity", to);
            if let Some(name) = name {
                e.set("name", name);
            }
        }
        _ => {}
    });
    cx.course.put(MANIFEST, &doc)
}
