//! A help desk. A database with an entry for each ticket: its questions are columns, its comments comments. Where each saw only their own tickets, they still do.

use super::data::{Field, Rules, data, entry, numbered};
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, record};
use crate::magistere::files::Item;
use crate::magistere::stream::{self, Fill, Heavy};
use crate::magistere::words::{intro, plain, short};
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::xml::{Element, Writer};
use std::collections::HashMap;

/// States of a ticket, by their number.
const STATES: &[(&str, &str)] = &[
    ("Posted", "Posté"),
    ("Open", "Ouvert"),
    ("Resolving", "En cours"),
    ("Waiting", "En attente"),
    ("Resolved", "Résolu"),
    ("Abandoned", "Abandonné"),
    ("Transferred", "Transféré"),
    ("Testing", "En test"),
    ("Published", "Publié"),
    ("Validated", "Validé"),
];

/// A question of the tracker's own.
struct Asked {
    field: i64,
    items: HashMap<i64, String>,
    kind: &'static str,
}

/// Numbers of the columns every ticket has.
#[derive(Clone, Copy)]
struct Columns {
    summary: i64,
    description: i64,
    state: i64,
    resolution: i64,
}

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let columns = Columns { summary: cx.id(), description: cx.id(), state: cx.id(), resolution: cx.id() };
    let states: Vec<&'static str> = STATES.iter().map(|(en, fr)| cx.of(en, fr)).collect();
    let mut fields = vec![
        column(columns.summary, "text", cx.of("Summary", "Résumé"), String::new()),
        column(columns.description, "textarea", cx.of("Description", "Description"), String::new()),
        column(columns.state, "menu", cx.of("State", "État"), states.join("\n")),
        column(columns.resolution, "textarea", cx.of("Resolution", "Solution"), String::new()),
    ];
    let asked = questions(cx, r, &mut fields);
    // Numbers of entries are given before: comments and files name them.
    let (mut entries, mut descriptions, mut comments, mut lost) = (HashMap::new(), HashMap::new(), 0, 0);
    let mut tickets = Vec::new();
    stream::records(cx.course, &a.path, "issues", "elementused", |issue| {
        tickets.push(issue.id().unwrap_or(0));
        comments += issue.records("comments", "comment").count();
        lost += ["ccs", "ownerships", "statechanges"].iter().filter_map(|n| issue.child(n)).map(|c| c.children.len()).sum::<usize>();
        Ok(())
    })?;
    for ticket in tickets {
        entries.insert(ticket, cx.id());
        descriptions.insert(ticket, cx.id());
    }
    if lost > 0 {
        let words =
            cx.of("notes of who followed, took or moved a ticket have no place", "mentions de qui a suivi, pris ou déplacé un ticket, sans place");
        cx.remark(Fate::Kept, Reason::OtherFormat, "activity", &a.folder, format!("{lost} {words}"));
    }
    if comments > 0 && cx.course.manifest().root_setting("comments") == Some("0") {
        let words =
            cx.of("comments, which the settings of this backup leave out", "commentaires, que les réglages de cette sauvegarde laissent de côté");
        cx.remark(Fate::Kept, Reason::OtherFormat, "activity", &a.folder, format!("{comments} {words}"));
    } else if comments > 0 {
        write_comments(cx, a, &entries, comments)?;
    }
    cx.files.send(a.context, ("mod_tracker", "issuedescription"), ("mod_data", "content"), Item::Of(descriptions.clone()));
    let next = cx.range(entries.len() * (asked.len() + 4));
    let own_only = r.leaf("supportmode") != "bugtracker";
    let rules = Rules {
        intro: format!("{}{}", intro(r), r.leaf("thanksmessage")),
        opens: 0,
        closes: 0,
        most: 0,
        approval: own_only,
        comments: r.leaf("enablecomments") == "1",
        by_entries: i64::from(a.automatic),
    };
    let fill = Tickets { columns, asked, entries, descriptions, states, next, approved: !own_only };
    let detail = cx.of(
        "a database with an entry for each ticket, its answers and comments; no assignment of tickets to people",
        "une base de données avec une fiche par ticket, ses réponses et commentaires ; sans attribution des tickets",
    );
    let mut made = Made::new("data", data(a, &rules, &fields, Vec::new()), detail);
    made.heavy = Some(Heavy { into: "records", from: ("issues", "elementused"), fill: Box::new(fill) });
    made.rule = a.automatic;
    Ok(Some(made))
}

fn column(id: i64, kind: &'static str, name: &str, first: String) -> Field {
    let size = |s: &str| if kind == "textarea" { s.to_owned() } else { String::new() };
    Field { id, kind, name: name.to_owned(), description: String::new(), params: [first, size("60"), size("15")] }
}

/// The tracker's own questions, as columns. Elements of other trackers of the course are repeated in each (MAGISTERE-XML §1): those used here count.
fn questions(cx: &mut Cx<'_>, r: &Element, fields: &mut Vec<Field>) -> HashMap<i64, Asked> {
    let used: Vec<i64> = r.records("usedelements", "used").filter_map(|u| u.number("elementid")).collect();
    let mut asked = HashMap::new();
    for e in r.records("elements", "element") {
        let Some(id) = e.id().filter(|id| used.contains(id)) else { continue };
        let kind = match e.leaf("type") {
            "dropdown" => "menu",
            "radio" | "radiohoriz" => "radiobutton",
            "checkbox" | "checkboxhoriz" => "checkbox",
            "textarea" => "textarea",
            _ => "text",
        };
        let text = |item: &Element| short(&plain(item.leaf("description")), 255).replace('\n', " ");
        let items: Vec<(i64, String)> = e.records("elementitems", "elementitem").map(|i| (i.id().unwrap_or(0), text(i))).collect();
        let options = items.iter().map(|(_, t)| t.clone()).collect::<Vec<_>>().join("\n");
        // Brackets are how templates name columns.
        let name = plain(e.leaf("description")).replace(['[', ']', '<', '>'], "");
        let name = if name.is_empty() { e.leaf("name").to_owned() } else { name };
        let name = if fields.iter().any(|f| f.name == name) { format!("{name} ({id})") } else { name };
        let field = cx.id();
        fields.push(column(field, kind, &short(&name, 255), if ["text", "textarea"].contains(&kind) { String::new() } else { options }));
        asked.insert(id, Asked { field, items: items.into_iter().collect(), kind });
    }
    asked
}

/// `comments.xml` of the activity, with one for each of a ticket's.
fn write_comments(cx: &mut Cx<'_>, a: &Activity, entries: &HashMap<i64, i64>, count: usize) -> Result<(), Error> {
    let path = format!("{}/comments.xml", a.folder);
    let Some(source) = cx.course.reader(&a.path)? else { return Ok(()) };
    let mut id = cx.range(count);
    cx.course.put_by(&path, |out| {
        let mut out = Writer::new(out);
        out.open("comments")?;
        let mut by = stream::Show {
            container: "issues",
            record: "elementused",
            see: |issue: Element| {
                let entry = issue.id().and_then(|id| entries.get(&id)).copied().unwrap_or(0);
                for c in issue.records("comments", "comment") {
                    id += 1;
                    let comment = record!("comment", id;
                        component: "mod_data", commentarea: "database_entry", itemid: entry, content: c.leaf("comment"),
                        format: c.number("commentformat").unwrap_or(1), userid: c.leaf("userid"), timecreated: c.leaf("datecreated"));
                    comment.write(&mut out)?;
                }
                Ok(())
            },
        };
        parcours_mbz::xml::rewrite(source, std::io::sink(), &mut by)?;
        out.close()?;
        out.finish()?;
        Ok(())
    })
}

struct Tickets {
    columns: Columns,
    asked: HashMap<i64, Asked>,
    entries: HashMap<i64, i64>,
    descriptions: HashMap<i64, i64>,
    states: Vec<&'static str>,
    /// Numbers behind this one are free.
    next: i64,
    approved: bool,
}

impl Fill for Tickets {
    fn record(&mut self, _: usize, issue: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        let ticket = issue.id().unwrap_or(0);
        let (Some(id), Some(description)) = (self.entries.get(&ticket), self.descriptions.get(&ticket)) else { return Ok(()) };
        let mut next = || {
            self.next += 1;
            self.next
        };
        let c = self.columns;
        let state = issue.number("status").and_then(|n| self.states.get(usize::try_from(n).ok()?)).copied().unwrap_or_default();
        let mut contents = vec![
            numbered(next(), c.summary, issue.leaf("summary"), None),
            numbered(*description, c.description, issue.leaf("description"), Some("1")),
            numbered(next(), c.state, state, None),
            numbered(next(), c.resolution, issue.leaf("resolution"), Some("1")),
        ];
        let mut answers: Vec<(&Asked, Vec<String>)> = Vec::new();
        for attribute in issue.records("issueattributes", "issueattribute") {
            let Some(asked) = attribute.number("elementid").and_then(|e| self.asked.get(&e)) else { continue };
            // What is no item's number is the answer itself.
            let answer = attribute.leaf("elementitemid");
            let answer = answer.parse().ok().and_then(|n: i64| asked.items.get(&n)).map_or(answer, String::as_str).to_owned();
            match answers.iter_mut().find(|(a, _)| a.field == asked.field) {
                Some((_, all)) => all.push(answer),
                None => answers.push((asked, vec![answer])),
            }
        }
        for (asked, all) in answers {
            let format = (asked.kind == "textarea").then_some("1");
            contents.push(numbered(next(), asked.field, &all.join("##"), format));
        }
        let time = issue.number("datereported").unwrap_or(0);
        out.push(entry(*id, issue.number("reportedby").unwrap_or(0), 0, [time, time], self.approved, contents));
        Ok(())
    }
}
