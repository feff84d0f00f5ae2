//! An activity of a module that a stock Moodle lacks becomes one of a module that it has.

use super::activities::other;
use super::cx::Cx;
use super::put::{contents, put};
use super::stream::{self, Heavy};
use super::{ACTIVITIES, grades, stock};
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::xml::Element;
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
