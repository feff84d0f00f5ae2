//! Databases, as a stock Moodle has them.

use crate::magistere::activity::Activity;
use crate::magistere::cx::{Cx, record, with};
use crate::magistere::words::escape;
use parcours_mbz::xml::{Element, NULL};

/// A column. `params` are what its type says (MBZ-FORMAT §12).
pub(super) struct Field {
    pub id: i64,
    pub kind: &'static str,
    pub name: String,
    pub description: String,
    pub params: [String; 3],
}

/// What a database is made with.
pub(super) struct Rules {
    pub intro: String,
    pub opens: i64,
    pub closes: i64,
    /// Entries of one person; 0 is any number.
    pub most: i64,
    /// Whether only what a trainer approved is seen by others.
    pub approval: bool,
    pub comments: bool,
    pub by_entries: i64,
}

pub(super) fn data(a: &Activity, rules: &Rules, fields: &[Field], records: Vec<Element>) -> Element {
    let rows = |edit: bool| -> String {
        fields
            .iter()
            .map(|f| {
                let label = if edit { format!("<p>{}</p>", escape(&f.description)) } else { String::new() };
                format!("<dt>{}</dt><dd>{label}[[{}]]</dd>", escape(&f.name), f.name)
            })
            .collect()
    };
    let shown = format!("<dl>{}</dl><p>##user## ##timeadded## ##edit## ##delete## ##approve## ##disapprove##</p>", rows(false));
    let single = if rules.comments { format!("{shown}<div>##comments##</div>") } else { shown.clone() };
    let head = record!("data", a.id;
        name: a.name(), intro: rules.intro, introformat: 1, comments: i64::from(rules.comments), timeavailablefrom: rules.opens,
        timeavailableto: rules.closes, timeviewfrom: 0, timeviewto: 0, requiredentries: 0, requiredentriestoview: 0, maxentries: rules.most,
        rssarticles: 0, singletemplate: single, listtemplate: format!("{shown}<p>##more##</p><hr />"), listtemplateheader: "", listtemplatefooter: "",
        addtemplate: format!("<dl>{}</dl>", rows(true)), rsstemplate: "", rsstitletemplate: "", csstemplate: "", jstemplate: "", asearchtemplate: "",
        approval: i64::from(rules.approval), manageapproved: 1, scale: 0, assessed: 0, assesstimestart: 0, assesstimefinish: 0, defaultsort: 0,
        defaultsortdir: 0, editany: 0, notification: 0, timemodified: a.modified(), config: NULL, completionentries: rules.by_entries);
    let fields = fields.iter().map(|f| {
        let [one, two, three] = &f.params;
        record!("field", f.id; type: f.kind, name: f.name, description: f.description, required: 0, param1: one, param2: two, param3: three, param4: NULL,
            param5: NULL, param6: NULL, param7: NULL, param8: NULL, param9: NULL, param10: NULL)
    });
    let fields = Element::group("fields", fields.collect::<Vec<_>>());
    with(head, [fields, Element::group("records", records), Element::group("recordstags", [])])
}

/// An entry. `contents` are its fields with their contents and what goes with them.
pub(super) fn entry(id: i64, user: i64, group: i64, times: [i64; 2], approved: bool, contents: Vec<Element>) -> Element {
    let [created, modified] = times;
    let head = record!("record", id; userid: user, groupid: group, timecreated: created, timemodified: modified, approved: i64::from(approved));
    with(head, [Element::group("contents", contents), Element::group("ratings", [])])
}

pub(super) fn content(cx: &mut Cx<'_>, field: i64, content: &str, more: Option<&str>) -> Element {
    numbered(cx.id(), field, content, more)
}

pub(super) fn numbered(id: i64, field: i64, content: &str, more: Option<&str>) -> Element {
    record!("content", id; fieldid: field, content: content, content1: more.unwrap_or(NULL), content2: NULL, content3: NULL, content4: NULL)
}
