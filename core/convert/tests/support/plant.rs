//! Canaries: something unmistakable in every place that says something about a person.
//!
//! Nothing here asks the anonymiser what it knows. Who is named where follows from `users.xml` (a number of a person under any name that has to do with people) and, for what
//! is the course's own, from what Moodle itself leaves in backups without users.

use super::walk;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parcours_mbz::Unpacked;
use parcours_mbz::php::Php;
use parcours_mbz::xml::{Element, NULL};
use std::collections::{BTreeMap, BTreeSet};

/// In every text canary.
pub const WORD: &str = "zqcnry";
/// In every one that somebody wrote, and that says nothing of who they are.
pub const WRITTEN: &str = "zqcnrywritten";
/// The first digits of every number canary.
pub const NUMBER: &str = "90071992547";

/// Parts of names under which a number may be a person's: many more than there are.
const PEOPLE: &[&str] = &[
    "user",
    "author",
    "owner",
    "grader",
    "rater",
    "reviewer",
    "recipient",
    "issuer",
    "creator",
    "modifier",
    "assignedto",
    "assignee",
    "by",
    "privatereplyto",
    "marker",
    "student",
    "teacher",
    "learner",
    "sender",
    "participant",
];
/// Names with such a part whose values are settings: looked at one by one in the corpus.
const SETTINGS: &[&str] = &[
    "useranswer",
    "teacherapproval",
    "studentapproval",
    "participanttype",
    "canbemodifiedby",
    "sortgroupsby",
    "showuserpicture",
    "maxusers",
    "userlimit",
    "usepassword",
    "teacherentry",
    "obtainteacherapproval",
    "obtainstudentapproval",
    "showparticipants",
    "emailteachers",
    "studentlogs",
    "studentquizid",
    "studentquizquestionid",
    "studentscanmark",
    "userrole",
    "markinganonymous",
    "markingworkflow",
    "markingallocation",
    "graderinfoformat",
    "feedbackauthorformat",
    "feedbackauthorattachment",
    "feedbackreviewerformat",
    "usedynalink",
    "useexamples",
    "usepeerassessment",
    "useselfassessment",
    "instructorchoicesendname",
    "preventlatesubmissions",
    "descriptionmarkersformat",
    "hidegrader",
    "mnet_remoteusers",
    "userflag",
    "sendstudentnotifications",
    "participation",
    "usecase",
    "users",
    "forcedownload",
    "bycourse",
    "studentavailability",
    "participants",
    "showextrauserdetails",
    "markedby",
    "usemaxgrade",
    "standby",
    "mustapproveuser",
    "userfield",
    "groupmembersonly",
    "usingcontextid",
    "reviewmode",
    "assumereal",
    "bystudent",
    "authors",
    "author_comments",
    "studentpassword",
];
/// Leaves that say what the others mean: changing them would make another record.
const KEYS: &[&str] = &[
    "component",
    "commentarea",
    "filearea",
    "objecttable",
    "modulename",
    "eventtype",
    "eventname",
    "action",
    "target",
    "itemtype",
    "itemmodule",
    "respondenttype",
    "contenthash",
    "capability",
    "qtype",
    "enrol",
    "mimetype",
    "field_type",
    "source",
    "timecreated",
    "timemodified",
];

/// Who is planted.
#[derive(Default)]
pub struct Garden {
    /// Real number to planted number, real context to planted context.
    pub people: BTreeMap<String, String>,
    pub contexts: BTreeMap<String, String>,
    /// Every canary planted: each is counted once.
    pub planted: u64,
    next: u64,
    /// Paths of records that Moodle leaves in backups without users.
    own: BTreeSet<String>,
}

impl Garden {
    pub fn new(mut own: BTreeSet<String>) -> Self {
        // What Moodle leaves although it is somebody's.
        let somebodys = ["/overrides/override", "manual_award", "comments/comment", "participant", "survey/answers/answer"];
        own.retain(|path| !somebodys.iter().any(|end| path.ends_with(end)));
        Garden { own, ..Garden::default() }
    }

    fn count(&mut self) -> u64 {
        self.planted += 1;
        self.next += 1;
        self.next
    }

    fn who(&self, id: &str) -> String {
        let n = id.trim_start_matches(NUMBER);
        format!("Zqcnryf{n} Zqcnryl{n} zqcnrym{n}@canary.example zqcnryu{n}")
    }

    fn written(&mut self, id: &str, own: bool) -> String {
        let n = self.count();
        self.planted += 3;
        let who = self.who(id);
        // What is the course's own stays when people go.
        if own { format!(" {who}") } else { format!(" {WRITTEN}{n}q {who}") }
    }

    /// Plants everything.
    pub fn plant(&mut self, course: &mut Unpacked) {
        self.users(course);
        for path in course.documents().into_iter().filter(|p| p != "users.xml") {
            let Some(mut root) = course.document(&path).unwrap() else { continue };
            let document = path.rsplit('/').next().unwrap().to_owned();
            let mut names = format!("{document}:{}", root.name);
            self.element(&document, &mut root, &mut names, None);
            course.put(&path, &root).unwrap();
        }
        self.strange(course);
        if course.has("moodle_backup.log") {
            let n = self.count();
            course.put_bytes("moodle_backup.log", format!("{WORD}log{n}").as_bytes()).unwrap();
        }
    }

    /// Every attribute and leaf of everybody.
    fn users(&mut self, course: &mut Unpacked) {
        let Some(mut users) = course.document("users.xml").unwrap() else { return };
        for (n, user) in users.children.iter_mut().enumerate() {
            let (id, context) = (user.attribute("id").unwrap_or_default().to_owned(), user.attribute("contextid").unwrap_or_default().to_owned());
            let (planted, place) = (format!("{NUMBER}1{n:04}"), format!("{NUMBER}2{n:04}"));
            self.people.insert(id, planted.clone());
            self.contexts.insert(context, place.clone());
            user.walk_mut(&mut |e| {
                for (_, v) in &mut e.attributes {
                    *v = format!("{NUMBER}3{:06}", self.count());
                }
                if e.is_leaf() {
                    let tail = planted.trim_start_matches(NUMBER);
                    e.text = match e.name.as_str() {
                        "username" => format!("zqcnryu{tail}"),
                        "firstname" => format!("Zqcnryf{tail}"),
                        "lastname" => format!("Zqcnryl{tail}"),
                        "email" => format!("zqcnrym{tail}@canary.example"),
                        _ => format!("{WORD}profile{}q", self.count()),
                    };
                    self.planted += 1;
                }
            });
            user.set_attribute("id", &planted);
            user.set_attribute("contextid", &place);
        }
        course.put("users.xml", &users).unwrap();
    }

    /// `around` is the person whose record this stands in.
    fn element(&mut self, document: &str, e: &mut Element, names: &mut String, around: Option<&str>) {
        let mut person = None;
        for (name, value) in &mut e.attributes {
            self.number(document, name, value, &mut person);
        }
        for leaf in e.children.iter_mut().filter(|c| c.is_leaf()) {
            let name = if names.ends_with("/userref/user") && leaf.name == "id" { "userid" } else { &leaf.name };
            let name = if leaf.name == "objectid" { "objectid_" } else { name };
            self.number(document, name, &mut leaf.text, &mut person);
        }
        if e.leaf("objecttable") == "user"
            && let Some(planted) = self.people.get(e.leaf("objectid")).cloned()
        {
            e.set("objectid", planted);
        }
        let whose = person.as_deref().or(around);
        let own = self.own.contains(names.as_str());
        let around = if own { None } else { whose };
        let records = e.name == "file" && document == "files.xml";
        for child in &mut e.children {
            let back = names.len();
            names.push('/');
            names.push_str(&child.name);
            if !child.is_leaf() {
                self.element(document, child, names, around.filter(|_| !records));
            } else if let Some(whose) = whose {
                self.leaf(&e.name, child, whose, own, records);
            } else if let Some(first) = self.people.values().next().cloned() {
                self.anybodys(child, &first);
            }
            names.truncate(back);
        }
    }

    /// A number of a person, or of a person's context.
    fn number(&mut self, document: &str, name: &str, value: &mut String, person: &mut Option<String>) {
        let plain = name.to_lowercase();
        if plain.ends_with("contextid") {
            if let Some(context) = self.contexts.get(value.as_str()) {
                *value = context.clone();
                self.planted += 1;
            }
            return;
        }
        let peoples = PEOPLE.iter().any(|p| plain.contains(p))
            && !SETTINGS.contains(&plain.as_str())
            && (document, name) != ("questionnaire.xml", "owner")
            && (document, name) != ("course.xml", "marker");
        if let Some(planted) = self.people.get(value.as_str()).filter(|_| peoples) {
            *value = planted.clone();
            *person = Some(planted.clone());
            self.planted += 1;
        }
    }

    /// A leaf of somebody's record.
    fn leaf(&mut self, record: &str, leaf: &mut Element, whose: &str, own: bool, file: bool) {
        let name = leaf.name.as_str();
        match name {
            "ip" => leaf.text = format!("{WORD}ip{}q", self.count()),
            "other" => {
                let who = self.who(whose);
                let json = format!(r#"{{"relateduserid":{whose},"username":"zqcnryu","note":"{who}","ip":"{WORD}{}q"}}"#, self.count());
                leaf.text = if self.next.is_multiple_of(2) { json } else { STANDARD.encode(json) };
            }
            "author" if file => leaf.text = format!("{WORD}author{}q", self.count()),
            "source" if file => leaf.text = format!("{WORD}source{}q", self.count()),
            "filename" if file && leaf.text == "." => {}
            _ if file && name != "filename" => {}
            "name" if record == "variable" => {}
            _ if leaf.text.starts_with(NUMBER) => {}
            _ if KEYS.contains(&name) || name.starts_with("anonymous") || name.ends_with("id") => {}
            _ if leaf.text.starts_with("a:") || leaf.text.starts_with("O:") || leaf.text.starts_with('[') => {}
            _ if leaf.text.starts_with('{') => {
                let Ok(mut json) = serde_json::from_str::<serde_json::Value>(&leaf.text) else { return };
                self.planted += 4;
                json["authorid"] = whose.parse::<i64>().unwrap().into();
                json["by"] = self.who(whose).into();
                leaf.text = json.to_string();
            }
            _ if leaf.text == NULL => leaf.text = self.written(whose, own),
            _ => {
                let text = self.written(whose, own || file);
                leaf.text.push_str(&text);
            }
        }
    }

    /// A leaf of the course that may speak of somebody.
    fn anybodys(&mut self, leaf: &mut Element, person: &str) {
        let who = self.who(person);
        match leaf.name.as_str() {
            "intro" | "summary" | "content" | "questiontext" | "description" if leaf.text != NULL => {
                self.planted += 3;
                leaf.text.push_str(&format!(" <p>{who} <a href=\"https://x/user/view.php?id={person}&amp;course=1\">x</a></p>"));
            }
            "availability" | "availabilityjson" => {
                let n = self.count();
                let mail = who.split(' ').nth(2).unwrap();
                leaf.text = format!(
                    r#"{{"op":"&","c":[{{"type":"profile","sf":"email","op":"isequalto","v":"{mail}"}},{{"type":"profile","cf":"x","op":"doesnotcontain","v":"{WORD}cond{n}q"}}],"showc":[true,true]}}"#
                );
            }
            "configdata" => {
                self.planted += 4;
                let mut config = Php::read_config(&leaf.text).ok().flatten().unwrap_or_else(|| Php::object([]));
                config.set("ownerid", Php::Text(person.to_owned()));
                config.set("title", Php::Text(who.clone()));
                config.set("people", Php::Array(vec![(Php::Text("userid".into()), Php::Int(person.parse().unwrap()))]));
                leaf.text = config.to_config();
            }
            "issuercontact" | "reportingemail" | "imageauthoremail" => leaf.text = format!("{WORD}contact{}q@canary.example", self.count()),
            // Any text of some length.
            _ if leaf.text.len() > 20 && leaf.text.contains(' ') && !leaf.text.starts_with(['{', '[']) && !leaf.text.contains("\";") => {
                self.planted += 3;
                leaf.text.push_str(&format!(" {who}"));
            }
            _ => {}
        }
    }

    /// A module nobody knows, and a picture.
    fn strange(&mut self, course: &mut Unpacked) {
        let Some(person) = self.people.values().next().cloned() else { return };
        let text = format!("{WRITTEN}{}q {}", self.count(), self.who(&person));
        let record = |name: &str, id: i64| Element::record("thing", id, [Element::new(name, &person), Element::new("text", &text)]);
        let things = ["user_id", "from_userid", "studentid", "submittedby", "sender", "participant_id"].iter().zip(1..).map(|(n, id)| record(n, id));
        let attribute = Element::group("mark", [Element::new("text", &text)]).with("userid", &person);
        let list = format!("{person},{person}");
        let kept =
            Element::record("kept", 9, [Element::new("graded_by", &person), Element::new("defaultassignee", &person), Element::new("graders", list)]);
        let root = Element::group("activity", [Element::group("things", things.chain([attribute, kept]))]);
        course.put("activities/zstrange_1/zstrange.xml", &root).unwrap();
        self.planted += 40;
        let Some(mut files) = course.document("files.xml").unwrap() else { return };
        let (hash, size) = course.put_content(format!("{WORD}picture{}q", self.count()).as_bytes()).unwrap();
        let leaves = [
            ("contenthash", hash.as_str()),
            ("component", "user"),
            ("filearea", "icon"),
            ("itemid", "0"),
            ("filepath", "/"),
            ("filename", "f1.png"),
            ("userid", &person),
        ];
        files.push(Element::record("file", 987_654_321, leaves.map(|(n, v)| Element::new(n, v)).into_iter().chain([Element::new("filesize", size)])));
        course.put("files.xml", &files).unwrap();
    }
}

/// Paths of records in an archive without users.
pub fn own(course: &mut Unpacked, out: &mut BTreeSet<String>) {
    if course.manifest().settings.iter().any(|s| s.name == "users" && s.value == "1") {
        return;
    }
    for path in course.documents() {
        let document = path.rsplit('/').next().unwrap().to_owned();
        walk(course, &path, &mut |names, e| {
            if !e.is_leaf() {
                out.insert(format!("{document}:{}", names.join("/")));
            }
        });
    }
}
