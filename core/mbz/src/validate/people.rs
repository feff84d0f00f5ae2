//! Users, roles, enrolments and what is theirs (MBZ-FORMAT §5.3 to §5.5, §7.7).

use super::depends;
use super::doc::{self, Doc};
use super::element::{Element, number};
use super::facts::{Facts, Space};
use super::finding::Findings;
use super::rule::Rule;
use super::stock::{self, Plugin};
use crate::manifest::Manifest;
use std::collections::{HashMap, HashSet};

/// Leaves that make a record somebody's.
const THEIRS: &[&str] = &["userid", "authorid", "reviewerid", "recipientid"];
const USERS: &str = "users.xml";

#[derive(Default)]
pub(super) struct People {
    /// People whom some record belongs to.
    active: HashSet<i64>,
    /// People whom no inforef listed when users.xml was read.
    unlisted: HashMap<i64, String>,
    /// Accounts that may stand in the way, deleted ones: number and username.
    common: Vec<(i64, String)>,
    deleted: Vec<(i64, String)>,
    guests: u64,
    /// Document, person and second of a comment.
    comments: HashSet<(u32, i64, i64)>,
}

pub(super) fn leaf(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, parent: Element<'_>, name: &str, text: &str) {
    if !matches!(
        doc.kind,
        doc::Kind::Own
            | doc::Kind::Enrolments
            | doc::Kind::Groups
            | doc::Kind::Grades
            | doc::Kind::Gradebook
            | doc::Kind::Theirs
            | doc::Kind::Criteria
            | doc::Kind::Comments
    ) {
        return;
    }
    if name == "privatereplyto" && number(text).is_some_and(|n| n > 0) && facts.first(Rule::PrivateReply, doc, 0) {
        out.add(Rule::PrivateReply, doc.path, "", "");
    }
    if let Some(group) = number(text).filter(|n| *n > 0 && name == "groupid" && doc.kind == doc::Kind::Own) {
        facts.want(Rule::GroupTarget, doc, Space::Group, group, "");
    }
    let Some(person) = number(text).filter(|n| *n > 0 && THEIRS.contains(&name)) else { return };
    facts.people.active.insert(person);
    let rule = match doc.kind == doc::Kind::Own && parent.name() == "attempt" && doc.path.ends_with("/quiz.xml") {
        true => Rule::AttemptOfMissingPerson,
        false => Rule::MissingPerson,
    };
    facts.want(rule, doc, Space::Person, person, "");
}

pub(super) fn record(facts: &mut Facts, out: &mut Findings, doc: &Doc<'_>, e: Element<'_>) {
    match (doc.kind, e.name(), e.id()) {
        (doc::Kind::Users, "user", Some(id)) if e.depth() == 2 => {
            facts.know(Space::Person, id);
            if let Some(context) = e.attribute("contextid").and_then(number) {
                facts.know(Space::Context, context);
            }
            let name = e.leaf("username");
            if !facts.lists(Space::Person, id) {
                facts.people.unlisted.insert(id, name.to_owned());
            }
            if stock::is_in(stock::COMMON_USERNAMES, name) {
                facts.people.common.push((id, name.to_owned()));
            }
            if e.leaf("deleted") == "1" {
                facts.people.deleted.push((id, name.to_owned()));
            }
        }
        (doc::Kind::Roles, "role", Some(id)) if e.depth() == 2 => {
            let name = e.leaf("shortname");
            facts.share(Rule::RoleNotInInforef, Space::Role, id, "roles.xml", || name.to_owned());
            if !stock::is_in(stock::ROLES, name) && !stock::is_in(stock::ROLES, e.leaf("archetype")) {
                out.add(Rule::UnknownRole, doc.path, name, format!("role {id}"));
            }
        }
        (doc::Kind::Enrolments, "enrol", Some(id)) => {
            let method = e.leaf("enrol");
            depends::uses(facts, doc, Plugin::Enrolment, method, method, format!("enrol {id}"));
            facts.people.guests += u64::from(method == "guest");
            if method == "guest" && facts.people.guests > 1 {
                out.add(Rule::SecondGuest, doc.path, "", format!("enrol {id}"));
            }
        }
        (doc::Kind::Theirs, "assignment" | "override", _) => {
            if let Some(role) = e.number("roleid").filter(|id| *id > 0) {
                facts.want(Rule::RoleTarget, doc, Space::Role, role, "");
            }
        }
        (doc::Kind::Comments, "comment", Some(id)) => {
            if let (Some(person), Some(time)) = (e.number("userid"), e.number("timecreated"))
                && !facts.people.comments.insert((doc.at, person, time))
            {
                out.add(Rule::CommentTwice, doc.path, "", format!("comment {id} of user {person}"));
            }
        }
        _ => {}
    }
}

pub(super) fn judge(facts: &Facts, m: &Manifest, out: &mut Findings) {
    if !m.has_people() {
        return;
    }
    let people = &facts.people;
    for (id, name) in &people.common {
        out.add(Rule::CommonUsername, USERS, name, format!("user {id}"));
    }
    for (id, name) in &people.deleted {
        out.add(Rule::DeletedPerson, USERS, name, format!("user {id}"));
    }
    for (id, name) in people.unlisted.iter().filter(|(id, _)| people.active.contains(id) && !facts.lists(Space::Person, **id)) {
        out.add(Rule::PersonNotInInforef, USERS, name, format!("user {id}"));
    }
}
