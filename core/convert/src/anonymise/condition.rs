//! Restrictions to something in people's profiles (MBZ-FORMAT §7.4).

use super::cast::Cast;
use super::mention::Kind;
use parcours_mbz::people::names::claim;
use serde_json::{Value, json};

/// An address nobody has.
const NOBODY: &str = "nobody@example.invalid";

/// Makes every restriction to a profile one that lets nobody in, or that keeps everybody out where it stands under a "not": whoever it let in or kept out, it opens nothing. One that
/// asks for the mail address of a person of the archive asks for the made-up one. Answers how many were changed.
pub fn close(tree: &mut Value, cast: &mut Cast) -> usize {
    walk(tree, false, cast)
}

fn walk(value: &mut Value, negated: bool, cast: &mut Cast) -> usize {
    let negated = negated != value.get("op").and_then(Value::as_str).is_some_and(|op| op.starts_with('!') && value.get("c").is_some());
    if let Some(children) = value.get_mut("c").and_then(Value::as_array_mut) {
        return children.iter_mut().map(|child| walk(child, negated, cast)).sum();
    }
    match value.get("type").and_then(Value::as_str) {
        Some("profile") => *value = profile(value, negated, cast),
        Some(_) if !cast.replaces() && names_somebody(value) => *value = closed(negated),
        _ => return 0,
    }
    1
}

/// A condition of a plugin that lets some people in by their numbers.
fn names_somebody(value: &Value) -> bool {
    value.as_object().is_some_and(|o| o.iter().any(|(key, _)| claim(key).is_some_and(|c| c.certain)))
}

fn profile(value: &Value, negated: bool, cast: &mut Cast) -> Value {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let person = cast.mentions.whole(text("v"));
    if let (true, "isequalto", "email", Some((person, Kind::Mail))) = (cast.replaces(), text("op"), text("sf"), person) {
        return json!({"type": "profile", "sf": "email", "op": "isequalto", "v": cast.identity(person).mail});
    }
    closed(negated)
}

fn closed(negated: bool) -> Value {
    match negated {
        false => json!({"type": "profile", "sf": "email", "op": "isequalto", "v": NOBODY}),
        true => json!({"type": "profile", "sf": "email", "op": "isnotempty"}),
    }
}

/// The same before 2.7: leaves of an `availability_field`, all of which had to be met.
pub fn close_field(field: &mut parcours_mbz::xml::Element) {
    for (leaf, text) in [("userfield", "email"), ("operator", "isequalto"), ("value", NOBODY)] {
        field.set(leaf, text);
    }
    for leaf in ["customfield", "customfieldtype"] {
        if field.child(leaf).is_some() {
            field.set(leaf, parcours_mbz::xml::NULL);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_course::Language;
    use parcours_mbz::xml::Element;
    use parcours_mbz::{Limits, Spool, Unpacked};

    fn through(tree: &str, seed: Option<&[u8]>) -> String {
        let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        let user = Element::record("user", 5, [Element::new("username", "lmoreau"), Element::new("email", "l@x.fr")]);
        course.put("users.xml", &Element::group("users", [user])).unwrap();
        let mut cast = Cast::of(&mut course, seed, Language::English).unwrap();
        let mut value: Value = serde_json::from_str(tree).unwrap();
        close(&mut value, &mut cast);
        value.to_string()
    }

    #[test]
    fn what_asked_for_a_profile_opens_to_nobody() {
        let tree = r#"{"op":"&","c":[{"type":"profile","sf":"email","op":"doesnotcontain","v":"@ac.fr"},{"type":"date","d":">=","t":5}],"showc":[true,true]}"#;
        let out = through(tree, Some(b"s"));
        assert!(out.contains(NOBODY) && out.contains("isequalto") && !out.contains("ac.fr") && out.contains(r#""t":5"#), "{out}");
    }

    #[test]
    fn under_a_not_it_holds_for_everybody() {
        let tree = r#"{"op":"!&","c":[{"op":"|","c":[{"type":"profile","cf":"rank","op":"isequalto","v":"secret"}]}],"show":true}"#;
        let out = through(tree, Some(b"s"));
        assert!(out.contains("isnotempty") && !out.contains("secret"), "{out}");
        let twice = r#"{"op":"!&","c":[{"op":"!|","c":[{"type":"profile","cf":"rank","op":"isequalto","v":"secret"}]}],"show":true}"#;
        assert!(through(twice, Some(b"s")).contains(NOBODY));
    }

    #[test]
    fn a_restriction_to_one_person_follows_them() {
        let tree = r#"{"op":"&","c":[{"type":"profile","sf":"email","op":"isequalto","v":"L@x.fr"}],"showc":[true]}"#;
        assert!(through(tree, Some(b"s")).contains("@example.invalid") && !through(tree, Some(b"s")).contains(NOBODY));
        assert!(through(tree, None).contains(NOBODY));
        let other = r#"{"op":"&","c":[{"type":"user","userid":5}],"showc":[true]}"#;
        assert!(through(other, None).contains(NOBODY) && !through(other, Some(b"s")).contains(NOBODY));
    }
}
