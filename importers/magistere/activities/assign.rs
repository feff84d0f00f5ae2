//! Assignments, as a stock Moodle has them.

use crate::magistere::activity::Activity;
use crate::magistere::cx::{Cx, group, or_null, record, with};
use parcours_mbz::xml::{Element, NULL};

/// What an assignment is made with.
pub(super) struct Rules {
    pub opens: i64,
    pub due: i64,
    pub closes: i64,
    pub grade: i64,
    /// How many files one hands in; none where files are not handed in.
    pub files: i64,
    pub by_submission: bool,
}

/// One person's work.
pub(super) struct Work {
    pub id: i64,
    pub user: i64,
    pub created: i64,
    pub modified: i64,
    pub handed_in: bool,
    pub text: String,
    pub files: usize,
}

/// One person's grade.
pub(super) struct Mark {
    pub id: i64,
    pub user: i64,
    pub grader: i64,
    pub time: i64,
    pub grade: String,
    pub comment: String,
    pub format: i64,
}

pub(super) struct Flag {
    pub user: i64,
    pub locked: i64,
    pub extension: i64,
}

pub(super) fn assign(cx: &mut Cx<'_>, a: &Activity, rules: &Rules, works: &[Work], marks: &[Mark], flags: &[Flag]) -> Element {
    let head = record!("assign", a.id;
        name: a.name(), intro: or_null(a.record.value("intro")), introformat: a.record.number("introformat").unwrap_or(1), alwaysshowdescription: 1,
        submissiondrafts: 0, sendnotifications: 0, sendlatenotifications: 0, sendstudentnotifications: 1, duedate: rules.due, cutoffdate: rules.closes,
        gradingduedate: 0, allowsubmissionsfromdate: rules.opens, grade: rules.grade, timemodified: a.modified(),
        completionsubmit: i64::from(rules.by_submission), requiresubmissionstatement: 0, teamsubmission: 0, requireallteammemberssubmit: 0,
        teamsubmissiongroupingid: 0, blindmarking: 0, hidegrader: 0, revealidentities: 0, attemptreopenmethod: "none", maxattempts: -1,
        markingworkflow: 0, markingallocation: 0, preventsubmissionnotingroup: 0, activity: NULL, activityformat: 0, timelimit: 0,
        submissionattachments: 0);
    let flags = flags.iter().map(|f| {
        record!("userflag", cx.id(); userid: f.user, assignment: a.id, mailed: 1, locked: f.locked, extensionduedate: f.extension, workflowstate: "", allocatedmarker: 0)
    });
    let flags = Element::group("userflags", flags.collect::<Vec<_>>());
    let works = Element::group("submissions", works.iter().map(work));
    let marks = Element::group("grades", marks.iter().map(mark));
    let configs = Element::group("plugin_configs", configs(cx, rules));
    with(head, [flags, works, marks, configs, Element::group("overrides", [])])
}

fn work(w: &Work) -> Element {
    let head = record!("submission", w.id;
        userid: w.user, timecreated: w.created, timemodified: w.modified, timestarted: NULL, status: if w.handed_in { "submitted" } else { "draft" },
        groupid: 0, attemptnumber: 0, latest: 1);
    let files = (w.files > 0).then(|| group!("submission_file"; numfiles: w.files, submission: w.id));
    let text = (!w.text.is_empty()).then(|| group!("submission_onlinetext"; onlinetext: w.text, onlineformat: 1, submission: w.id));
    with(
        head,
        [
            Element::group("subplugin_assignsubmission_file_submission", files),
            Element::group("subplugin_assignsubmission_onlinetext_submission", text),
        ],
    )
}

fn mark(m: &Mark) -> Element {
    let head = record!("grade", m.id;
        userid: m.user, timecreated: m.time, timemodified: m.time, grader: m.grader, grade: m.grade, attemptnumber: 0);
    let comment = (!m.comment.is_empty()).then(|| group!("feedback_comments"; commenttext: m.comment, commentformat: m.format, grade: m.id));
    with(head, [Element::group("subplugin_assignfeedback_comments_grade", comment)])
}

fn configs(cx: &mut Cx<'_>, rules: &Rules) -> Vec<Element> {
    let files = i64::from(rules.files > 0);
    [
        ("file", "assignsubmission", "enabled", files.to_string()),
        ("file", "assignsubmission", "maxfilesubmissions", rules.files.clamp(1, 20).to_string()),
        ("file", "assignsubmission", "maxsubmissionsizebytes", "0".to_owned()),
        ("onlinetext", "assignsubmission", "enabled", "1".to_owned()),
        ("comments", "assignfeedback", "enabled", "1".to_owned()),
    ]
    .into_iter()
    .map(|(plugin, subtype, name, value)| record!("plugin_config", cx.id(); plugin: plugin, subtype: subtype, name: name, value: value))
    .collect()
}
