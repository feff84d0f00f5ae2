//! The documents of the course, and those at the root.

use super::documents::{filters, roles};
use super::tree::{empty, leaves, nulls, references, text};
use super::words::{NAME, clip};
use super::{Build, CONTEXT, COURSE, grades, words};
use crate::error::Error;
use crate::xml::{Element, NULL};

/// Characters of a course's full name.
const FULLNAME: usize = 254;
/// The role of learners, whom the one way in is for.
const STUDENT: i64 = 5;

impl Build {
    pub(super) fn fullname(&self) -> String {
        let name = words::plain(&self.info.fullname);
        let name = name.trim();
        clip(if name.is_empty() { "?" } else { name }, FULLNAME).to_owned()
    }

    pub(super) fn shortname(&self) -> String {
        let short = words::plain(&self.info.shortname);
        let short = short.trim();
        if short.is_empty() { self.fullname() } else { clip(short, NAME).to_owned() }
    }

    pub(super) fn format(&self) -> &str {
        if self.info.format == "weeks" { "weeks" } else { "topics" }
    }

    pub(super) fn write_course(&mut self) -> Result<(), Error> {
        let lists = [
            references("roleref", "role", &[STUDENT]),
            references("fileref", "file", &self.files),
            references("question_categoryref", "question_category", &self.categories),
        ];
        let all = [
            ("course", self.course()),
            ("inforef", Element::group("inforef", lists.into_iter().flatten())),
            ("enrolments", enrolments(self.info.now)),
            ("roles", roles()),
            ("filters", filters()),
            ("comments", Element::group("comments", [])),
            ("calendar", Element::group("events", [])),
            ("competencies", Element::group("course_competencies", empty(&["competencies", "user_competencies"]))),
            ("completiondefaults", Element::group("course_completion_defaults", [])),
            ("contentbank", Element::group("contents", [])),
        ];
        all.iter().try_for_each(|(name, document)| self.put(&format!("course/{name}.xml"), document))
    }

    fn course(&self) -> Element {
        let info = &self.info;
        let mut all = vec![Element::new("shortname", self.shortname()), Element::new("fullname", self.fullname()), Element::new("idnumber", "")];
        all.extend(text("summary", &info.summary));
        all.push(Element::new("format", self.format()));
        all.extend(leaves(&[("showgrades", "1"), ("newsitems", "0")]));
        all.extend([Element::new("startdate", info.start), Element::new("enddate", info.end)]);
        all.extend(leaves(&[
            ("marker", "0"),
            ("maxbytes", "0"),
            ("legacyfiles", "0"),
            ("showreports", "0"),
            ("visible", "1"),
            ("groupmode", "0"),
            ("groupmodeforce", "0"),
            ("defaultgroupingid", "0"),
            ("lang", &info.language),
            ("theme", ""),
        ]));
        all.extend([Element::new("timecreated", info.now), Element::new("timemodified", info.now)]);
        all.extend(leaves(&[
            ("requested", "0"),
            ("showactivitydates", "1"),
            ("showcompletionconditions", "1"),
            ("enablecompletion", "1"),
            ("completionnotify", "0"),
        ]));
        let category = Element::record("category", 1, [Element::new("name", ""), Element::new("description", NULL)]);
        all.push(category);
        all.extend(empty(&["tags", "customfields"]));
        let option = |(name, value): &(&str, &str)| {
            Element::group("courseformatoption", leaves(&[("format", self.format()), ("sectionid", "0"), ("name", name), ("value", value)]))
        };
        all.push(Element::group("courseformatoptions", [("hiddensections", "1"), ("coursedisplay", "0")].iter().map(option)));
        Element::record("course", COURSE, all).with("contextid", CONTEXT)
    }

    pub(super) fn write_root(&mut self) -> Result<(), Error> {
        let now = self.info.now;
        let student = Element::record(
            "role",
            STUDENT,
            leaves(&[
                ("name", ""),
                ("shortname", "student"),
                ("nameincourse", NULL),
                ("description", ""),
                ("sortorder", "5"),
                ("archetype", "student"),
            ]),
        );
        let all = [
            ("roles", Element::group("roles_definition", [student])),
            ("groups", Element::group("groups", empty(&["groupings"]))),
            ("scales", Element::group("scales_definition", [])),
            ("outcomes", Element::group("outcomes_definition", [])),
            ("gradebook", grades::gradebook(now)),
            ("grade_history", Element::group("grade_history", empty(&["grade_grades"]))),
            ("completion", Element::group("course_completion", [])),
            ("badges", Element::group("badges", [])),
        ];
        all.iter().try_for_each(|(name, document)| self.put(&format!("{name}.xml"), document))?;
        if !self.to.has("questions.xml") {
            self.put("questions.xml", &Element::group("question_categories", []))?;
        }
        if self.work {
            self.put("users.xml", &Element::group("users", []))?;
        }
        self.listing.write(&mut self.to, now)?;
        self.to.put_bytes("moodle_backup.log", b"")
    }
}

fn enrolments(now: i64) -> Element {
    let mut all = leaves(&[("enrol", "manual"), ("status", "0"), ("name", NULL)]);
    all.extend(leaves(&[("enrolperiod", "0"), ("enrolstartdate", "0"), ("enrolenddate", "0"), ("expirynotify", "0")]));
    all.extend(leaves(&[("expirythreshold", "86400"), ("notifyall", "0"), ("password", NULL), ("cost", NULL), ("currency", NULL)]));
    all.push(Element::new("roleid", STUDENT));
    all.extend((1..=8).map(|n| Element::new(&format!("customint{n}"), NULL)));
    all.extend((1..=3).map(|n| Element::new(&format!("customchar{n}"), NULL)));
    all.extend((1..=2).map(|n| Element::new(&format!("customdec{n}"), NULL)));
    all.extend(nulls(&["customtext1", "customtext2", "customtext3", "customtext4"]));
    all.extend([Element::new("timecreated", now), Element::new("timemodified", now), Element::group("user_enrolments", [])]);
    Element::group("enrolments", [Element::group("enrols", [Element::record("enrol", 1, all)])])
}
