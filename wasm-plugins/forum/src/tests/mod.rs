//! The forum on the test host.

use crate::Forum;
use parcours_sdk::test::{Host, same_strings};
use parcours_sdk::{Outcome, Value};

mod files;
mod groups;
mod large;
mod lists;
mod moderating;
mod private;
mod qanda;
mod reading;
mod writing;

pub const ADA: i64 = 2;
pub const BOB: i64 = 3;
pub const CLEO: i64 = 4;
pub const TEACHER: i64 = 5;
pub const GUEST: i64 = 6;

pub const NOW: i64 = 1_700_000_000;
pub const MINUTE: i64 = 60;
pub const DAY: i64 = 86_400;

/// A forum of a type, three learners, a teacher and a guest; Ada is asking.
pub fn forum(kind: &str) -> Host {
    let host = Host::new(include_str!("../../module.json"))
        .strings("en", include_str!("../../lang/en.json"))
        .strings("fr", include_str!("../../lang/fr.json"));
    host.person(ADA, "Ada", "student").person(BOB, "Bob", "student").person(CLEO, "Cleo", "student");
    host.person(TEACHER, "Théo", "editingteacher").person(GUEST, "Guest", "guest");
    host.set(&[("type", kind.into()), ("name", "Forum".into()), ("maxattachments", 2.into())]);
    host
}

pub fn discussion(host: &Host, id: i64, user: i64, first: i64, at: i64) {
    let fields = [
        ("name", format!("Discussion {id}").into()),
        ("firstpost", first.into()),
        ("userid", user.into()),
        ("usermodified", user.into()),
        ("timemodified", at.into()),
    ];
    host.put("discussions", id, &fields);
    post(host, first, id, 0, user, at);
}

pub fn post(host: &Host, id: i64, d: i64, parent: i64, user: i64, at: i64) {
    let fields = [
        ("discussion", d.into()),
        ("parent", parent.into()),
        ("userid", user.into()),
        ("created", at.into()),
        ("modified", at.into()),
        ("subject", format!("Subject {id}").into()),
        ("message", format!("<p>Text {id}</p>").into()),
        ("messageformat", Value::Int(1)),
    ];
    host.put("posts", id, &fields);
}

/// Whether the text of a post stands on the page.
pub fn shows(html: &str, post: i64) -> bool {
    html.contains(&format!(r#"<pc-text table="posts" id="{post}" column="message">"#))
}

/// Where a successful act leads.
pub fn led(host: &Host, address: &str, form: &[(&str, &str)]) -> String {
    match host.act::<Forum>(address, form) {
        Ok(Outcome::Redirect(to)) => to,
        other => panic!("{address}: {other:?}"),
    }
}

/// The message of a refusal.
pub fn refused(host: &Host, address: &str, form: &[(&str, &str)]) -> String {
    match host.act::<Forum>(address, form) {
        Err(e) => e.message,
        other => panic!("{address} was not refused: {other:?}"),
    }
}

/// A form that came back, with status 422.
pub fn came_back(host: &Host, address: &str, form: &[(&str, &str)]) -> String {
    match host.act::<Forum>(address, form) {
        Ok(Outcome::Page(p)) if p.status == 422 => p.html.into_string(),
        other => panic!("{address}: {other:?}"),
    }
}

pub const HELLO: &[(&str, &str)] = &[("subject", "Hello"), ("message", "<p>World</p>"), ("message-format", "1")];

#[test]
fn both_languages_say_the_same() {
    assert_eq!(same_strings(include_str!("../../lang/en.json"), include_str!("../../lang/fr.json")), Ok(()));
}

/// Every `lang/` key in the code exists, and every key is used.
#[test]
fn strings_and_code_agree() {
    let mut code = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true if !path.ends_with("tests") => folders.push(path),
                true => {}
                false => code.push_str(&std::fs::read_to_string(path).unwrap()),
            }
        }
    }
    let en = include_str!("../../lang/en.json");
    // `not_found` and `denied` and the sizes are the SDK's; `sort_…` and `mode_…` are put together.
    let built = ["sort_", "mode_", "not_found", "denied", "bytes", "kilobytes", "megabytes"];
    for line in en.lines().filter(|l| l.contains("\":")) {
        let key = line.trim().split('"').nth(1).unwrap();
        let base = key.trim_end_matches("_one").trim_end_matches("_many");
        let used = code.contains(&format!("\"{key}\"")) || code.contains(&format!("\"{base}\"")) || built.iter().any(|b| key.starts_with(b));
        assert!(used, "`{key}` is not used");
    }
}
