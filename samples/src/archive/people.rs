//! `users.xml`, `groups.xml`, `roles.xml`, and in the course who is enrolled as what.

use super::{Columns, Made, columns, has, no_roles, user_context};
use crate::source::{Course, Person};
use crate::xml::{self, Element, group, leaf, record};
use anyhow::{Context, Result};

const USER: Columns = &[
    ("username", ""),
    ("idnumber", ""),
    ("email", ""),
    ("phone1", ""),
    ("phone2", ""),
    ("institution", ""),
    ("department", ""),
    ("address", ""),
    ("city", ""),
    ("country", "FR"),
    ("lastip", "0.0.0.0"),
    ("picture", "0"),
];
const USER_AFTER: Columns = &[
    ("descriptionformat", "1"),
    ("imagealt", "null"),
    ("auth", "manual"),
    ("firstnamephonetic", ""),
    ("lastnamephonetic", ""),
    ("middlename", ""),
    ("alternatename", ""),
    ("firstname", ""),
    ("lastname", ""),
    ("confirmed", "1"),
    ("policyagreed", "0"),
    ("deleted", "0"),
    ("lang", "fr"),
    ("theme", ""),
    ("timezone", "99"),
    ("firstaccess", "0"),
    ("lastaccess", "0"),
    ("lastlogin", "0"),
    ("currentlogin", "0"),
    ("mailformat", "1"),
    ("maildigest", "0"),
    ("maildisplay", "2"),
    ("autosubscribe", "1"),
    ("trackforums", "1"),
    ("timecreated", "0"),
    ("timemodified", "0"),
    ("trustbitmask", "0"),
];

/// Moodle's built-in roles that this course uses, with the numbers they have on every site.
const ROLES: &[(i64, &str)] = &[(3, "editingteacher"), (4, "teacher"), (5, "student")];

pub fn write(course: &Course, made: &mut Made) -> Result<()> {
    if !course.people.is_empty() {
        let users = course.people.persons.iter().map(user).collect::<Result<Vec<_>>>()?;
        made.document("users.xml", &group("users", users));
    }
    let groups = groups(course, made)?;
    made.document("groups.xml", &groups);
    let roles = ROLES.iter().filter(|(id, _)| *id == 5 || !course.people.is_empty()).map(|(id, name)| {
        let leaves = [
            leaf("name", ""),
            leaf("shortname", name),
            leaf("nameincourse", xml::NULL),
            leaf("description", ""),
            leaf("sortorder", id),
            leaf("archetype", name),
        ];
        record("role", *id, leaves)
    });
    made.document("roles.xml", &group("roles_definition", roles));
    Ok(())
}

fn user(person: &Person) -> Result<Element> {
    let sheet = &person.sheet;
    sheet.only(|key| matches!(key, "id" | "role" | "enrolled") || has(USER, key) || has(USER_AFTER, key))?;
    let mut element = record("user", person.id, columns(sheet, USER)).with("contextid", user_context(person.id));
    element.push(leaf("description", &sheet.body));
    columns(sheet, USER_AFTER).into_iter().for_each(|column| element.push(column));
    for name in ["custom_fields", "tags", "preferences"] {
        element.push(group(name, []));
    }
    element.push(no_roles());
    Ok(element)
}

fn groups(course: &Course, made: &mut Made) -> Result<Element> {
    let time = course.sheet.time("timecreated")?;
    let mut root = group("groups", []);
    for one in &course.people.groups {
        one.sheet.only(|key| matches!(key, "group" | "name" | "idnumber" | "members"))?;
        let members = one.members.iter().map(|user| {
            let leaves = [leaf("userid", user), leaf("timeadded", time), leaf("component", ""), leaf("itemid", 0)];
            record("group_member", made.number("group_member"), leaves)
        });
        let members = group("group_members", members);
        let leaves = [
            leaf("name", one.sheet.need("name")?),
            leaf("idnumber", one.sheet.leaf("idnumber", "")),
            leaf("description", &one.sheet.body),
            leaf("descriptionformat", 1),
            leaf("enrolmentkey", ""),
            leaf("picture", 0),
            leaf("visibility", 0),
            leaf("participation", 1),
            leaf("timecreated", time),
            leaf("timemodified", time),
            members,
        ];
        root.push(record("group", one.id, leaves));
    }
    root.push(group("groupcustomfields", []));
    let mut groupings = group("groupings", []);
    for one in &course.people.groupings {
        let inside = one.groups.iter().map(|id| {
            let leaves = [leaf("groupid", id), leaf("timeadded", time)];
            record("grouping_group", made.number("grouping_group"), leaves)
        });
        let inside = group("grouping_groups", inside);
        let leaves = [
            leaf("name", one.sheet.need("name")?),
            leaf("idnumber", one.sheet.leaf("idnumber", "")),
            leaf("description", &one.sheet.body),
            leaf("descriptionformat", 1),
            leaf("configdata", xml::NULL),
            leaf("timecreated", time),
            leaf("timemodified", time),
            inside,
        ];
        groupings.push(record("grouping", one.id, leaves));
    }
    groupings.push(group("groupingcustomfields", []));
    root.push(groupings);
    Ok(root)
}

/// `course/enrolments.xml`: everyone by the manual method.
pub fn enrolments(course: &Course, made: &mut Made) -> Result<Element> {
    let time = course.sheet.time("timecreated")?;
    let mut enrolled = group("user_enrolments", []);
    for person in &course.people.persons {
        let start = person.sheet.time("enrolled")?;
        let leaves = [
            leaf("status", 0),
            leaf("userid", person.id),
            leaf("timestart", start),
            leaf("timeend", 0),
            leaf("modifierid", course.people.owner().unwrap_or(0)),
            leaf("timemodified", start),
        ];
        enrolled.push(record("enrolment", made.number("enrolment"), leaves));
    }
    let mut leaves = vec![leaf("enrol", "manual"), leaf("status", 0), leaf("name", xml::NULL)];
    leaves.extend([("enrolperiod", 0), ("enrolstartdate", 0), ("enrolenddate", 0), ("expirynotify", 0)].map(|(n, v)| leaf(n, v)));
    leaves.extend([leaf("expirythreshold", 86400), leaf("notifyall", 0)]);
    leaves.extend(["password", "cost", "currency"].map(|name| leaf(name, xml::NULL)));
    leaves.push(leaf("roleid", 5));
    for (kind, count) in [("customint", 8), ("customchar", 3), ("customdec", 2), ("customtext", 4)] {
        leaves.extend((1..=count).map(|n| leaf(&format!("{kind}{n}"), xml::NULL)));
    }
    leaves.extend([leaf("timecreated", time), leaf("timemodified", time), enrolled]);
    Ok(group("enrolments", [group("enrols", [record("enrol", 41, leaves)])]))
}

/// `course/roles.xml`, and the numbers of the roles it names.
pub fn assignments(course: &Course, made: &mut Made) -> Result<(Element, Vec<i64>)> {
    let mut all = group("role_assignments", []);
    let mut used = vec![5];
    for person in &course.people.persons {
        let role = ROLES.iter().find(|(_, name)| *name == person.role).with_context(|| format!("there is no role {}", person.role))?.0;
        used.push(role);
        let leaves = [
            leaf("roleid", role),
            leaf("userid", person.id),
            leaf("timemodified", person.sheet.time("enrolled")?),
            leaf("modifierid", course.people.owner().unwrap_or(0)),
            leaf("component", ""),
            leaf("itemid", 0),
            leaf("sortorder", 0),
        ];
        all.push(record("assignment", made.number("role_assignment"), leaves));
    }
    Ok((group("roles", [group("role_overrides", []), all]), used))
}
