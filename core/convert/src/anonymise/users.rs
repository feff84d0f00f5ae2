//! The people themselves.

use super::USERS;
use super::cast::Cast;
use super::scrub::Scrub;
use parcours_course::report::{Fate, Reason, Report};
use parcours_mbz::xml::{Element, NULL, Rewrite};
use parcours_mbz::{Error, Unpacked};

/// Numbers of a profile that say nothing of who somebody is: settings, and times.
const KEPT: &[&str] = &[
    "confirmed",
    "policyagreed",
    "deleted",
    "suspended",
    "descriptionformat",
    "mailformat",
    "maildigest",
    "autosubscribe",
    "trackforums",
    "trustbitmask",
    "firstaccess",
    "lastaccess",
    "lastlogin",
    "currentlogin",
    "timecreated",
    "timemodified",
    "htmleditor",
    "screenreader",
    "ajax",
    "emailstop",
    "maildisplay",
];

/// Gives everybody in `users.xml` a made-up profile. What is not known to say nothing of a person is emptied.
pub fn replace(course: &mut Unpacked, cast: &mut Cast, report: &mut Report) -> Result<(), Error> {
    course.rewrite(USERS, &mut Users { cast, report })
}

struct Users<'a> {
    cast: &'a mut Cast,
    report: &'a mut Report,
}

impl Rewrite for Users<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        path.last().is_some_and(|n| n == "user") && path.len() == 2
    }

    fn element(&mut self, _: &[String], mut user: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        let id = user.id().unwrap_or(0);
        let identity = self.cast.identity(id);
        let context = user.attribute("contextid").and_then(|c| c.trim().parse().ok()).and_then(|c| self.cast.context(c));
        user.attributes.retain(|(n, _)| n == "id" || n == "contextid");
        user.set_attribute("id", self.cast.number(id));
        if let Some(context) = context {
            user.set_attribute("contextid", context);
        }
        for child in &mut user.children {
            child.attributes.clear();
            match child.name.as_str() {
                "username" => child.text.clone_from(&identity.username),
                "firstname" => child.text.clone_from(&identity.first),
                "lastname" => child.text.clone_from(&identity.last),
                "email" => child.text.clone_from(&identity.mail),
                "auth" => "manual".clone_into(&mut child.text),
                "timezone" => "99".clone_into(&mut child.text),
                "lang" if is_language(&child.text) => {}
                "roles" => child.walk_mut(&mut |e| roles(e, self.cast)),
                name if KEPT.contains(&name) && child.text.len() <= 10 && child.text.parse::<i64>().is_ok() => {}
                _ => empty(child),
            }
        }
        self.report.item(Fate::Approximated, Reason::Replaced, "person", USERS, identity.full());
        out.push(user);
        Ok(())
    }
}

/// What a person may do about another: who, is somebody else now.
fn roles(element: &mut Element, cast: &mut Cast) {
    let name = std::mem::take(&mut element.name);
    if element.is_leaf() {
        let fine = matches!(name.as_str(), "capability" | "component")
            && element.text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b':' | b'_'));
        if element.text.parse::<i64>().is_ok() {
            Scrub::new(cast, super::Options::default(), USERS).value(&name, &mut element.text);
        } else if !fine && element.text != NULL {
            element.text.clear();
        }
    }
    element.attributes.retain(|(n, v)| n == "id" && v.parse::<i64>().is_ok());
    element.name = name;
}

/// Null stays null, a number becomes 0, a container has nothing in it any more.
fn empty(child: &mut Element) {
    if !child.is_leaf() {
        child.children.clear();
        "\n".clone_into(&mut child.text);
    } else if child.text != NULL {
        let number = child.text.parse::<i64>().is_ok() && !matches!(child.name.as_str(), "idnumber" | "phone1" | "phone2" | "icq");
        if number { "0" } else { "" }.clone_into(&mut child.text);
    }
}

/// `fr`, `pt_br`, `zh_tw`.
fn is_language(text: &str) -> bool {
    text.len() <= 8 && text.split('_').all(|part| (2..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_course::Language;
    use parcours_mbz::{Limits, Spool};

    #[test]
    fn of_a_profile_only_settings_and_times_are_left() {
        let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        let leaves = [
            ("username", "lmoreau"),
            ("idnumber", "12"),
            ("phone1", NULL),
            ("city", "Lyon"),
            ("country", "FR"),
            ("picture", "1234"),
            ("lastip", "1.2.3.4"),
            ("lang", "fr"),
            ("timezone", "Europe/Paris"),
            ("firstname", "Lucie"),
            ("strange", "canary"),
            ("timecreated", "1700000000"),
            ("confirmed", "canary"),
        ];
        let mut user = Element::record("user", 5, leaves.map(|(n, v)| Element::new(n, v))).with("contextid", 77).with("odd", "canary");
        user.push(Element::group("preferences", [Element::record("preference", 9, [Element::new("name", "canary")])]));
        user.push(Element::group(
            "roles",
            [Element::group("role_assignments", [Element::record("assignment", 1, [Element::new("roleid", 3), Element::new("userid", 5)])])],
        ));
        course.put(USERS, &Element::group("users", [user])).unwrap();
        let mut cast = Cast::of(&mut course, Some(b"s"), Language::English).unwrap();
        let mut report = Report::default();
        replace(&mut course, &mut cast, &mut report).unwrap();
        let new = cast.number(5);
        let document = course.document(USERS).unwrap().unwrap();
        let user = document.child("user").unwrap();
        let text = String::from_utf8(document.to_document()).unwrap();
        assert!(!text.contains("canary") && !text.contains("Lyon") && !text.contains("Paris") && !text.contains("1234<"), "{text}");
        let values: Vec<_> =
            ["username", "idnumber", "picture", "lang", "firstname", "timecreated"].iter().map(|l| user.leaf(l).to_owned()).collect();
        assert_eq!(values, [format!("person{new}").as_str(), "", "0", "fr", "Person", "1700000000"]);
        assert_eq!(user.at(&["roles", "role_assignments", "assignment"]).and_then(|a| a.number("userid")), Some(new));
        assert_eq!(user.child("phone1").map(|c| c.text.as_str()), Some(NULL));
        assert_eq!((report.findings.len(), report.findings[0].name.clone()), (1, format!("Person {new}")));
    }
}
