//! Grades: each rated forum's own item, the course total, and the scales they use (MBZ-FORMAT §8).

use super::{Made, Refs};
use crate::source::{Activity, Course};
use crate::xml::{self, Element, group, leaf, nullable, record};
use anyhow::Result;
use std::collections::BTreeMap;

const CATEGORY: i64 = 31;
const TOTAL: i64 = 70;

/// What the forums' ratings came to.
#[derive(Default)]
pub struct Grades {
    /// Averages by person, per activity (its course module number).
    averages: BTreeMap<i64, BTreeMap<i64, f64>>,
    items: Vec<Item>,
}

/// A grade item that the course total counts.
struct Item {
    id: i64,
    max: f64,
    grades: BTreeMap<i64, f64>,
}

impl Grades {
    /// Notes the ratings that the authors of a forum received; an `assessed` of 1 is their average.
    pub fn rated(&mut self, activity: &Activity, received: BTreeMap<i64, Vec<i64>>) {
        let average = |values: Vec<i64>| values.iter().sum::<i64>() as f64 / values.len().max(1) as f64;
        self.averages.insert(activity.cm, received.into_iter().map(|(user, values)| (user, average(values))).collect());
    }
}

/// `grades.xml` of an activity: an item when its source names one with `gradeitem`.
pub fn activity(activity: &Activity, made: &mut Made, refs: &mut Refs) -> Result<Element> {
    let sheet = &activity.sheet;
    let mut items = group("grade_items", []);
    if sheet.get("gradeitem").is_some() {
        let (id, scale) = (sheet.number("gradeitem")?, sheet.number("scale")?);
        refs.grade_items.insert(id);
        // Below 0 a scale is meant (MBZ-FORMAT §5.3); this course has one, of four steps.
        let (kind, min, max, scale) = if scale < 0 { (2, 1.0, 4.0, Some(-scale)) } else { (1, 0.0, scale as f64, None) };
        refs.scales.extend(scale);
        let grades = made.grades.averages.remove(&activity.cm).unwrap_or_default();
        refs.users.extend(grades.keys());
        let order = 2 + made.grades.items.len() as i64;
        let mut rows = group("grade_grades", []);
        for (user, grade) in &grades {
            rows.push(row(made.number("grade_grade"), *user, Some(*grade), *grade, (min, max), scale));
        }
        let leaves = item(Kind {
            category: Some(CATEGORY),
            name: Some(format!("{} (évaluation)", sheet.need("name")?)),
            kind: "mod",
            module: Some("forum"),
            instance: activity.instance,
            number: Some(0),
            gradetype: kind,
            range: (min, max),
            scale,
            order,
        });
        items.push(record("grade_item", id, leaves.into_iter().chain([rows])));
        made.grades.items.push(Item { id, max, grades });
    }
    Ok(group("activity_gradebook", [items, group("grade_letters", [])]))
}

/// `gradebook.xml`, `scales.xml`, `grade_history.xml`.
pub fn write(course: &Course, made: &mut Made) -> Result<()> {
    let time = course.sheet.time("timecreated")?;
    let category = record(
        "grade_category",
        CATEGORY,
        [
            leaf("parent", xml::NULL),
            leaf("depth", 1),
            leaf("path", format!("/{CATEGORY}/")),
            leaf("fullname", "?"),
            leaf("aggregation", 13),
            leaf("keephigh", 0),
            leaf("droplow", 0),
            leaf("aggregateonlygraded", 1),
            leaf("aggregateoutcomes", 0),
            leaf("timecreated", time),
            leaf("timemodified", time),
            leaf("hidden", 0),
        ],
    );
    let items = std::mem::take(&mut made.grades.items);
    debug_assert!(items.iter().all(|item| item.id != TOTAL));
    // Natural sum over what is graded.
    let mut totals: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
    for item in &items {
        for (user, grade) in &item.grades {
            let total = totals.entry(*user).or_default();
            *total = (total.0 + grade, total.1 + item.max);
        }
    }
    let mut rows = group("grade_grades", []);
    for (user, (sum, max)) in totals {
        rows.push(row(made.number("grade_grade"), user, None, sum, (0.0, max), None));
    }
    let max = items.iter().map(|i| i.max).sum::<f64>();
    let leaves = item(Kind {
        category: None,
        name: None,
        kind: "course",
        module: None,
        instance: CATEGORY,
        number: None,
        gradetype: 1,
        range: (0.0, if max > 0.0 { max } else { 100.0 }),
        scale: None,
        order: 1,
    });
    let root = group(
        "gradebook",
        [
            group("attributes", []),
            group("grade_categories", [category]),
            group("grade_items", [record("grade_item", TOTAL, leaves.into_iter().chain([rows]))]),
            group("grade_letters", []),
            group("grade_settings", [group("grade_setting", [leaf("name", "minmaxtouse"), leaf("value", 1)]).with("id", "")]),
        ],
    );
    made.document("gradebook.xml", &root);
    made.document("grade_history.xml", &group("grade_history", [group("grade_grades", [])]));
    let scales = course.extras.iter().filter(|b| b.get("scale").is_some()).map(|sheet| {
        let leaves = [
            leaf("courseid", sheet.number("courseid")?),
            leaf("userid", course.people.owner().unwrap_or(0)),
            leaf("name", sheet.need("name")?),
            leaf("scale", sheet.need("steps")?),
            leaf("description", &sheet.body),
            leaf("descriptionformat", 1),
            leaf("timemodified", time),
        ];
        Ok(record("scale", sheet.number("scale")?, leaves))
    });
    made.document("scales.xml", &group("scales_definition", scales.collect::<Result<Vec<_>>>()?));
    Ok(())
}

/// What tells one grade item from another.
struct Kind {
    category: Option<i64>,
    name: Option<String>,
    kind: &'static str,
    module: Option<&'static str>,
    instance: i64,
    number: Option<i64>,
    gradetype: i64,
    range: (f64, f64),
    scale: Option<i64>,
    order: i64,
}

fn item(kind: Kind) -> Vec<Element> {
    let null = || xml::NULL;
    vec![
        nullable("categoryid", kind.category),
        nullable("itemname", kind.name),
        leaf("itemtype", kind.kind),
        nullable("itemmodule", kind.module),
        leaf("iteminstance", kind.instance),
        nullable("itemnumber", kind.number),
        leaf("iteminfo", null()),
        leaf("idnumber", if kind.module.is_some() { "" } else { null() }),
        leaf("calculation", null()),
        leaf("gradetype", kind.gradetype),
        leaf("grademax", decimal(kind.range.1)),
        leaf("grademin", decimal(kind.range.0)),
        nullable("scaleid", kind.scale),
        leaf("outcomeid", null()),
        leaf("gradepass", decimal(0.0)),
        leaf("multfactor", decimal(1.0)),
        leaf("plusfactor", decimal(0.0)),
        leaf("aggregationcoef", decimal(0.0)),
        leaf("aggregationcoef2", decimal(0.0)),
        leaf("weightoverride", 0),
        leaf("sortorder", kind.order),
        leaf("display", 0),
        leaf("decimals", null()),
        leaf("hidden", 0),
        leaf("locked", 0),
        leaf("locktime", 0),
        // Weights are the reader's to work out.
        leaf("needsupdate", 1),
        leaf("timecreated", 0),
        leaf("timemodified", 0),
    ]
}

fn row(id: i64, user: i64, raw: Option<f64>, grade: f64, range: (f64, f64), scale: Option<i64>) -> Element {
    let null = || xml::NULL;
    record(
        "grade_grade",
        id,
        [
            leaf("userid", user),
            nullable("rawgrade", raw.map(decimal)),
            leaf("rawgrademax", decimal(range.1)),
            leaf("rawgrademin", decimal(range.0)),
            nullable("rawscaleid", scale),
            leaf("usermodified", null()),
            leaf("finalgrade", decimal(grade)),
            leaf("hidden", 0),
            leaf("locked", 0),
            leaf("locktime", 0),
            leaf("exported", 0),
            leaf("overridden", 0),
            leaf("excluded", 0),
            leaf("feedback", null()),
            leaf("feedbackformat", 2),
            leaf("information", null()),
            leaf("informationformat", 2),
            leaf("timecreated", null()),
            leaf("timemodified", null()),
            leaf("aggregationstatus", if raw.is_some() { "used" } else { "unknown" }),
            nullable("aggregationweight", raw.map(|_| decimal(0.0))),
        ],
    )
}

/// As the database prints numeric(10,5).
fn decimal(value: f64) -> String {
    format!("{value:.5}")
}
