//! `course/`, and `completion.xml` at the root.

use super::files::{Area, Owner};
use super::{Columns, Made, Refs, columns, has, no_filters, no_roles, people};
use crate::source::{Block, Course};
use crate::xml::{self, Element, group, leaf, record};
use anyhow::{Context, Result};

const NAMES: Columns = &[("shortname", ""), ("fullname", ""), ("idnumber", "")];
const COLUMNS: Columns = &[
    ("format", "topics"),
    ("showgrades", "1"),
    ("newsitems", "3"),
    ("startdate", "0"),
    ("enddate", "0"),
    ("marker", "0"),
    ("maxbytes", "0"),
    ("legacyfiles", "0"),
    ("showreports", "0"),
    ("visible", "1"),
    ("groupmode", "0"),
    ("groupmodeforce", "0"),
    ("defaultgroupingid", "0"),
    ("lang", ""),
    ("theme", ""),
    ("timecreated", "0"),
    ("timemodified", "0"),
    ("requested", "0"),
    ("showactivitydates", "1"),
    ("showcompletionconditions", "1"),
    ("pdfexportfont", "null"),
    ("enablecompletion", "1"),
    ("completionnotify", "0"),
];
/// Keys of the course's block that are no columns.
const KEYS: &[&str] = &["id", "context", "wwwroot", "backup", "file", "tags", "criteria"];
const SCALE: &[&str] = &["scale", "courseid", "name", "steps"];
const EVENT: &[&str] = &["event", "name", "at", "minutes"];
const HTML: &[&str] = &["block", "title", "region"];

pub fn write(course: &Course, made: &mut Made) -> Result<()> {
    let sheet = &course.sheet;
    sheet.only(|key| KEYS.contains(&key) || has(NAMES, key) || has(COLUMNS, key))?;
    let context = sheet.number("context")?;
    let mut refs = Refs::default();
    refs.users.extend(course.people.persons.iter().map(|p| p.id));
    refs.groups.extend(course.people.groups.iter().map(|g| g.id));
    refs.groupings.extend(course.people.groupings.iter().map(|g| g.id));
    let owner = Owner { user: course.people.owner(), name: None, time: sheet.time("timecreated")? };
    for file in sheet.all("file") {
        let (area, path) = file.split_once(' ').context("a file is `AREA PATH`")?;
        made.files.add(Area { context, component: "course", area, item: 0 }, path, false, owner, &mut refs)?;
    }
    let (roles, used) = people::assignments(course, made)?;
    refs.roles.extend(used);
    let enrolments = people::enrolments(course, made)?;
    let mut events = group("events", []);
    for extra in &course.extras {
        if extra.get("event").is_some() {
            events.push(event(course, extra)?);
        } else if extra.get("block").is_some() {
            block(course, extra, made)?;
        } else {
            extra.only(|key| SCALE.contains(&key))?;
            refs.scales.insert(extra.number("scale")?);
        }
    }
    let tree = tree(course, context);
    for (name, root) in [
        ("course", tree),
        ("enrolments", enrolments),
        ("roles", roles),
        ("calendar", events),
        ("filters", no_filters()),
        ("comments", group("comments", [])),
        ("competencies", group("course_competencies", [group("competencies", []), group("user_competencies", [])])),
        ("completiondefaults", group("course_completion_defaults", [])),
        ("contentbank", group("contents", [])),
    ] {
        made.document(&format!("course/{name}.xml"), &root);
    }
    made.inforef("course", &refs);
    let completion = completion(course)?;
    made.document("completion.xml", &completion);
    Ok(())
}

fn tree(course: &Course, context: i64) -> Element {
    let sheet = &course.sheet;
    let id = sheet.number("id").unwrap_or(1);
    let mut element = record("course", id, columns(sheet, NAMES)).with("contextid", context);
    element.push(leaf("summary", &sheet.body));
    element.push(leaf("summaryformat", 1));
    columns(sheet, COLUMNS).into_iter().for_each(|column| element.push(column));
    element.push(record("category", 1, [leaf("name", "Formation continue"), leaf("description", xml::NULL)]));
    let tags = sheet.list("tags").enumerate().map(|(n, tag)| record("tag", 1 + n as i64, [leaf("name", tag.to_lowercase()), leaf("rawname", tag)]));
    element.push(group("tags", tags));
    element.push(group("customfields", []));
    let options = [("hiddensections", "1"), ("coursedisplay", "0")]
        .map(|(name, value)| group("courseformatoption", [leaf("format", "topics"), leaf("sectionid", 0), leaf("name", name), leaf("value", value)]));
    element.push(group("courseformatoptions", options));
    element
}

/// `event: NUMBER` with name, `at`, `minutes` and a description: an event of the whole course.
fn event(course: &Course, sheet: &Block) -> Result<Element> {
    sheet.only(|key| EVENT.contains(&key))?;
    let start = sheet.time("at")?;
    let leaves = [
        leaf("name", sheet.need("name")?),
        leaf("description", &sheet.body),
        leaf("format", 1),
        leaf("courseid", course.sheet.number("id")?),
        leaf("groupid", 0),
        leaf("userid", course.people.owner().unwrap_or(0)),
        leaf("repeatid", 0),
        leaf("modulename", 0),
        leaf("instance", 0),
        leaf("type", 0),
        leaf("eventtype", "course"),
        leaf("timestart", start),
        leaf("timeduration", sheet.number("minutes")? * 60),
        leaf("timesort", start),
        leaf("visible", 1),
        leaf("uuid", ""),
        leaf("sequence", 1),
        leaf("timemodified", course.sheet.time("timecreated")?),
        leaf("priority", xml::NULL),
        leaf("location", ""),
    ];
    Ok(record("event", sheet.number("event")?, leaves))
}

/// `block: NUMBER` with `title`, `region` and a text: an HTML block. Its settings are a serialised PHP object (MBZ-FORMAT §9.1).
fn block(course: &Course, sheet: &Block, made: &mut Made) -> Result<()> {
    sheet.only(|key| HTML.contains(&key))?;
    let id = sheet.number("block")?;
    let text = |s: &str| format!("s:{}:\"{s}\";", s.len());
    let fields = [("title", text(sheet.need("title")?)), ("format", text("1")), ("classes", text("")), ("text", text(&sheet.body))];
    let config: String = fields.iter().map(|(name, value)| text(name) + value).collect();
    let time = course.sheet.time("timecreated")?;
    let leaves = [
        leaf("blockname", "html"),
        leaf("parentcontextid", course.sheet.number("context")?),
        leaf("showinsubcontexts", 0),
        leaf("pagetypepattern", "course-view-*"),
        leaf("subpagepattern", xml::NULL),
        leaf("defaultregion", sheet.need("region")?),
        leaf("defaultweight", 0),
        leaf("configdata", base64(format!("O:8:\"stdClass\":{}:{{{config}}}", fields.len()).as_bytes())),
        leaf("timecreated", time),
        leaf("timemodified", time),
        group("block_positions", []),
    ];
    let folder = format!("course/blocks/html_{id}");
    let root = record("block", id, leaves).with("contextid", 900 + id).with("version", super::VERSION);
    made.document(&format!("{folder}/block.xml"), &root);
    made.document(&format!("{folder}/comments.xml"), &group("comments", []));
    made.document(&format!("{folder}/roles.xml"), &no_roles());
    made.inforef(&folder, &Refs::default());
    Ok(())
}

/// Course completion: `criteria` lists the course modules that must all be done (MBZ-FORMAT §7.9).
fn completion(course: &Course) -> Result<Element> {
    let id = course.sheet.number("id")?;
    let mut root = group("course_completion", []);
    let wanted = course.sheet.list("criteria").map(str::parse).collect::<Result<Vec<i64>, _>>()?;
    for (number, cm) in (1..).zip(&wanted) {
        let activity = course.sections.iter().flat_map(|s| &s.activities).find(|a| a.cm == *cm);
        let kind = &activity.with_context(|| format!("a criterion names course module {cm}, which is not there"))?.kind;
        let mut criterion = record(
            "course_completion_criteria",
            number,
            [leaf("course", id), leaf("criteriatype", 4), leaf("module", kind), leaf("moduleinstance", cm)],
        );
        for name in ["courseinstanceshortname", "enrolperiod", "timeend", "gradepass", "role", "roleshortname"] {
            criterion.push(leaf(name, xml::NULL));
        }
        criterion.push(group("course_completion_crit_completions", []));
        root.push(criterion);
    }
    if !wanted.is_empty() {
        for (number, kind) in [(1, xml::NULL), (2, "4")] {
            let leaves = [leaf("course", id), leaf("criteriatype", kind), leaf("method", 1), leaf("value", xml::NULL)];
            root.push(record("course_completion_aggr_methd", number, leaves));
        }
    }
    Ok(root)
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0u32, |w, n| w << 8 | u32::from(chunk.get(n).copied().unwrap_or(0)));
        let digits = (0..4).map(|n| char::from(DIGITS[(word >> (18 - 6 * n) & 63) as usize]));
        out.extend(digits.take(chunk.len() + 1));
        out.push_str(&"=".repeat(3 - chunk.len()));
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_pads_to_four() {
        assert_eq!(["", "f", "fo", "foo"].map(|s| super::base64(s.as_bytes())), ["", "Zg==", "Zm8=", "Zm9v"]);
    }
}
