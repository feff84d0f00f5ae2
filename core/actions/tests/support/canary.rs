//! A text that no course has, put wherever an archive says something about somebody.
//!
//! What is somebody's is decided here by the names Moodle gives its leaves, and not by anything the program declares, so that a mistake there cannot hide behind itself.

use super::archive::Archive;
use super::tree::Element;
use std::collections::HashSet;

pub const CANARY: &str = "canari7f3a";

/// Leaves that make a record, and all in it, somebody's.
const OWNERS: &[&str] =
    &["userid", "authorid", "reviewerid", "recipientid", "raterid", "relateduserid", "realuserid", "gradeeid", "loggeduser", "user_id", "studentid"];
/// Leaves that say who had a hand in what stays the course's.
const HANDS: &[&str] = &[
    "usermodified",
    "modifierid",
    "createdby",
    "modifiedby",
    "ownerid",
    "usercreated",
    "grader",
    "issuerid",
    "gradeoverby",
    "lasttakenby",
    "creator",
];
/// Documents whose records are the course's own, whoever made them.
const COURSES_OWN: &[&str] = &["calendar.xml", "scales.xml", "outcomes.xml", "questions.xml", "files.xml", "users.xml", "moodle_backup.xml"];
/// Texts of people that are often empty: they get one.
const SAID: &[&str] = &[
    "feedback",
    "message",
    "subject",
    "content",
    "description",
    "comment",
    "onlinetext",
    "firstname",
    "lastname",
    "email",
    "phone1",
    "city",
    "address",
];
/// Records that are the course's own although they name an author: what a workshop's learners practise on.
const EXAMPLES: &[&str] = &["examplesubmission", "referenceassessment"];
/// Areas whose files are somebody's work.
const WORK: &[(&str, &str)] = &[
    ("mod_forum", "post"),
    ("mod_forum", "attachment"),
    ("assignsubmission_file", "submission_files"),
    ("assignsubmission_onlinetext", "submissions_onlinetext"),
    ("assignfeedback_file", "feedback_files"),
    ("mod_data", "content"),
    ("mod_glossary", "attachment"),
    ("mod_glossary", "entry"),
    ("mod_workshop", "submission_content"),
    ("mod_workshop", "submission_attachment"),
    ("mod_wiki", "attachments"),
    ("question", "response_attachments"),
    ("question", "response_answer"),
    ("user", "icon"),
    ("user", "profile"),
];

/// What was planted, and what it is to be known by afterwards.
#[derive(Default)]
pub struct Planted {
    /// Numbers of people, as written.
    pub people: HashSet<String>,
    /// Contents that only people's work names.
    pub works: HashSet<String>,
    pub canaries: usize,
}

pub fn plant(archive: &mut Archive) -> Planted {
    let mut planted = Planted::default();
    let documents: Vec<(String, Element)> = archive.documents().map(|(p, e)| (p.to_owned(), e)).collect();
    for (_, users) in documents.iter().filter(|(p, _)| p == "users.xml") {
        planted.people.extend(users.all("user").iter().filter_map(|u| u.attribute("id")).map(str::to_owned));
    }
    for (path, mut root) in documents {
        let before = planted.canaries;
        let name = path.rsplit('/').next().unwrap_or_default();
        match name {
            "users.xml" => root.children.iter_mut().for_each(|user| say(user, &mut planted.canaries)),
            "files.xml" => files(&mut root, &mut planted),
            "calendar.xml" => root.each_mut(&mut |e| {
                if e.name == "event" && e.leaf("eventtype") == Some("user") {
                    e.children.iter_mut().filter(|c| ["name", "description"].contains(&c.name.as_str())).for_each(|c| say(c, &mut planted.canaries));
                }
            }),
            _ if COURSES_OWN.contains(&name) => {}
            _ => root.children.iter_mut().for_each(|e| owned(e, &mut planted.canaries)),
        }
        if planted.canaries > before {
            archive.put(&path, &root);
        }
    }
    if let Some(log) = archive.0.get_mut("moodle_backup.log") {
        log.extend(CANARY.as_bytes());
    }
    planted
}

fn owned(e: &mut Element, count: &mut usize) {
    let example = EXAMPLES.contains(&e.name.as_str());
    if !example && OWNERS.iter().any(|o| e.leaf(o).or(e.attribute(o)).is_some_and(is_person)) {
        return say(e, count);
    }
    e.children.iter_mut().for_each(|c| owned(c, count));
}

/// Puts the canary into every text of an element.
fn say(e: &mut Element, count: &mut usize) {
    e.each_mut(&mut |leaf| {
        let text = leaf.text.trim();
        let number = text.parse::<f64>().is_ok();
        let empty = text.is_empty() || text == "$@NULL@$";
        if !leaf.children.is_empty() || number || (empty && !SAID.contains(&leaf.name.as_str())) {
            return;
        }
        leaf.text = if empty { CANARY.to_owned() } else { format!("{}{CANARY}", leaf.text) };
        *count += 1;
    });
}

fn files(root: &mut Element, planted: &mut Planted) {
    let is_work = |f: &Element| f.leaf("component").zip(f.leaf("filearea")).is_some_and(|place| WORK.contains(&place));
    let hash = |f: &Element| f.leaf("contenthash").unwrap_or_default().to_owned();
    let courses: HashSet<String> = root.all("file").into_iter().filter(|f| !is_work(f)).map(hash).collect();
    let works = root.all("file").into_iter().filter(|f| is_work(f) && f.leaf("filename") != Some("."));
    planted.works = works.map(hash).filter(|h| !courses.contains(h)).collect();
    for file in &mut root.children {
        let mine = is_work(file) && file.leaf("filename") != Some(".");
        for leaf in &mut file.children {
            if leaf.name == "author" || (mine && leaf.name == "filename") {
                leaf.text = format!("{CANARY} {}", leaf.text);
                planted.canaries += 1;
            }
        }
    }
}

/// What of people is in an archive that was made without them.
pub fn leaks(archive: &Archive, planted: &Planted) -> Vec<String> {
    let mut found = Vec::new();
    for (path, body) in &archive.0 {
        if let Some(at) = body.windows(CANARY.len()).position(|w| w == CANARY.as_bytes()) {
            let from = at.saturating_sub(60);
            found.push(format!("{path}: {}", String::from_utf8_lossy(&body[from..at + CANARY.len()])));
        }
    }
    for (path, root) in archive.documents() {
        root.each(&mut |e| {
            let attributes = e.attributes.iter().map(|(n, v)| (n.as_str(), v.as_str()));
            for (name, value) in attributes.chain([(e.name.as_str(), e.text.as_str())]) {
                let names = OWNERS.contains(&name) || HANDS.contains(&name) || name.contains("userid");
                if names && planted.people.contains(value.trim()) {
                    found.push(format!("{path}: <{name}>{value}"));
                }
            }
            if e.name == "userref" && !e.children.is_empty() {
                found.push(format!("{path}: {} people in its references", e.children.len()));
            }
        });
    }
    found.extend(archive.contents().filter(|c| planted.works.contains(*c)).map(|c| format!("content {c} is somebody's work")));
    found.extend(settings(archive));
    found
}

/// Settings that promise people.
fn settings(archive: &Archive) -> Vec<String> {
    let manifest = archive.document("moodle_backup.xml");
    let all = manifest.all("setting").into_iter().map(|s| (s.leaf("name").unwrap_or_default(), s.leaf("value").unwrap_or_default()));
    let wrong = all.filter(|(name, value)| (*name == "users" || name.ends_with("_userinfo")) && *value != "0");
    let mut wrong: Vec<String> = wrong.map(|(name, value)| format!("setting {name} is {value}")).collect();
    let users = archive.0.get("users.xml").map_or(0, |_| archive.document("users.xml").all("user").len());
    if users > 0 {
        wrong.push(format!("users.xml has {users} people"));
    }
    wrong
}

fn is_person(value: &str) -> bool {
    value.trim().parse::<i64>().is_ok_and(|n| n > 0)
}
