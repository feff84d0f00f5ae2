//! Grade items: one for each graded activity, and that of the course (MBZ-FORMAT §8).

use super::NewActivity;
use super::numbers::Numbers;
use super::tree::{decimal, empty};
use crate::xml::{Element, NULL};
use parcours_course::outline::Content;

/// The one grade category, which is the course.
const CATEGORY: i64 = 1;
/// Its item's place in the gradebook; activities follow.
const FIRST: i64 = 1;

/// Points an activity is worth; nothing where it has no grade.
fn worth(content: &Content) -> Option<f64> {
    let points = match content {
        Content::Quiz(quiz) => quiz.grade,
        Content::Assign(assign) => assign.grade as f64,
        Content::Lti(lti) => lti.grade as f64,
        _ => 0.0,
    };
    (points.is_finite() && points > 0.0).then_some(points)
}

/// The item of an activity, if it is graded.
pub(super) fn item(numbers: &mut Numbers, new: &NewActivity, module: &str, instance: i64, now: i64) -> Option<Element> {
    let most = worth(&new.content)?;
    // The first number is that of the course.
    let id = numbers.next("grade_item") + FIRST;
    let whose = [
        Element::new("categoryid", CATEGORY),
        Element::new("itemname", &new.name),
        Element::new("itemtype", "mod"),
        Element::new("itemmodule", module),
        Element::new("iteminstance", instance),
        Element::new("itemnumber", 0),
    ];
    Some(grade_item(id, whose, most, now))
}

pub(super) fn of_activity(item: Option<Element>) -> Element {
    Element::group("activity_gradebook", [Element::group("grade_items", item), Element::group("grade_letters", [])])
}

pub(super) fn gradebook(now: i64) -> Element {
    let category = Element::record(
        "grade_category",
        CATEGORY,
        [
            Element::new("parent", NULL),
            Element::new("depth", 1),
            Element::new("path", format!("/{CATEGORY}/")),
            Element::new("fullname", "?"),
            Element::new("aggregation", 13),
            Element::new("keephigh", 0),
            Element::new("droplow", 0),
            Element::new("aggregateonlygraded", 1),
            Element::new("aggregateoutcomes", 0),
            Element::new("timecreated", now),
            Element::new("timemodified", now),
            Element::new("hidden", 0),
        ],
    );
    let whose = [
        Element::new("categoryid", NULL),
        Element::new("itemname", NULL),
        Element::new("itemtype", "course"),
        Element::new("itemmodule", NULL),
        Element::new("iteminstance", CATEGORY),
        Element::new("itemnumber", NULL),
    ];
    let mut all = empty(&["attributes"]);
    all.extend([Element::group("grade_categories", [category]), Element::group("grade_items", [grade_item(FIRST, whose, 100.0, now)])]);
    all.extend(empty(&["grade_letters", "grade_settings"]));
    Element::group("gradebook", all)
}

fn grade_item(id: i64, whose: [Element; 6], most: f64, now: i64) -> Element {
    let mut all = whose.to_vec();
    all.extend(["iteminfo", "idnumber", "calculation"].map(|n| Element::new(n, NULL)));
    all.extend([Element::new("gradetype", 1), decimal("grademax", most), decimal("grademin", 0.0)]);
    all.extend(["scaleid", "outcomeid"].map(|n| Element::new(n, NULL)));
    all.extend(
        [("gradepass", 0.0), ("multfactor", 1.0), ("plusfactor", 0.0), ("aggregationcoef", 0.0), ("aggregationcoef2", 0.0)]
            .map(|(n, v)| decimal(n, v)),
    );
    all.extend([("weightoverride", 0), ("sortorder", id), ("display", 0)].map(|(n, v)| Element::new(n, v)));
    all.push(Element::new("decimals", NULL));
    all.extend([("hidden", 0), ("locked", 0), ("locktime", 0), ("needsupdate", 1)].map(|(n, v)| Element::new(n, v)));
    all.extend([Element::new("timecreated", now), Element::new("timemodified", now), Element::group("grade_grades", [])]);
    Element::record("grade_item", id, all)
}
