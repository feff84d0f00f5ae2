//! Taking people out of a document that nobody reads as records.
//!
//! A record that belongs to a person goes, with all that is inside it; a record that only names one (who changed it, who made it) stays and names
//! nobody. Which is which follows from the leaf's name ([`names`]), because that is all one can know of a document nobody declares. Whose files are whose follows from
//! their area ([`areas`]).

pub mod areas;
pub mod names;

use crate::error::Error;
use crate::xml::{NULL, Reader, Step, Writer};
use names::{Says, claim_in};
use std::io::{Read, Write};

/// What a conversion keeps inside an archive, of how it was before: a folder that no Moodle reads.
pub const ORIGINALS: &str = "parcours/";

/// Whether an entry goes as a whole where people go: the list of them, and what the archive was before somebody changed it, with everybody in it.
pub fn is_all_theirs(path: &str) -> bool {
    path == "users.xml" || path.starts_with(ORIGINALS)
}

/// Settings of the whole backup that say "with people" (MBZ-FORMAT §3.5).
const SETTINGS: &[&str] = &["users", "role_assignments", "userscompletion", "logs", "grade_histories", "comments", "xapistate", "anonymize"];
/// Documents that hold what people did or wrote, and nothing else.
const PEOPLES_OWN: &[&str] = &["comments.xml", "grade_history.xml", "loglastaccess.xml", "logs.xml", "logstores.xml", "xapistate.xml"];
/// Documents whose records are the course's own even where a `userid` says who made them.
const COURSES_OWN: &[&str] = &["calendar.xml", "scales.xml", "outcomes.xml", "questions.xml"];
/// Records that are the course's own in any document: what a workshop's learners practise on.
const EXAMPLES: &[&str] = &["examplesubmission", "referenceassessment"];
/// Containers that Moodle fills with people's work only, by document. What is in them goes even where no leaf names anybody: a group hands in, a guest
/// answers, a wiki is everybody's.
const WORK: &[(&str, &[&str])] = &[
    ("assign.xml", &["submissions", "grades", "userflags"]),
    ("assignment.xml", &["submissions"]),
    ("bigbluebuttonbn.xml", &["logs"]),
    ("chat.xml", &["messages"]),
    ("choice.xml", &["answers"]),
    ("data.xml", &["records", "recordstags"]),
    ("etherpadlite.xml", &["content"]),
    ("feedback.xml", &["completeds"]),
    ("forum.xml", &["discussions", "poststags"]),
    ("glossary.xml", &["entries", "entriestags", "category_entries"]),
    ("h5pactivity.xml", &["attempts"]),
    ("lesson.xml", &["attempts", "branches", "grades", "timers"]),
    ("lti.xml", &["ltisubmissions"]),
    ("questionnaire.xml", &["responses"]),
    ("questions.xml", &["comments"]),
    ("quiz.xml", &["attempts", "grades"]),
    ("scorm.xml", &["sco_tracks"]),
    ("studentquiz.xml", &["attempts"]),
    ("survey.xml", &["answers"]),
    ("wiki.xml", &["subwikis"]),
    ("workshop.xml", &["submissions", "aggregations"]),
];
/// The same in the document of a module that is not in the list, by what containers of people's work are called everywhere.
const WORK_ANYWHERE: &[&str] = &["attempts", "completeds", "submissions", "userflags"];
/// The list of people in every `inforef.xml`.
const REFERENCES: &str = "userref";

/// Whether a setting of the manifest says that there are people, or something of theirs, in the archive: without them it is 0, and a Moodle that reads the archive looks for
/// nobody.
pub fn is_setting(name: &str) -> bool {
    SETTINGS.contains(&name) || name.ends_with("_userinfo")
}

/// Copies a document without the records of people. `path` is the document's path in the archive. Answers how many records were taken out.
///
/// # Errors
/// What the reader finds wrong with the document, and what writing fails with.
pub fn strip<R: Read>(xml: Reader<R>, path: &str, out: impl Write) -> Result<u64, Error> {
    strip_known(xml, path, out, &|_| false)
}

/// The same where it is known who there is: a number under a name that may mean something else (`owner`, `student`) is a person's when it is one of theirs.
///
/// # Errors
/// As [`strip`].
pub fn strip_known<R: Read>(mut xml: Reader<R>, path: &str, out: impl Write, known: &dyn Fn(i64) -> bool) -> Result<u64, Error> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let main = module_of(path);
    let anywhere: &[&str] = if main.is_some_and(|m| !areas::is_moodles(m)) { WORK_ANYWHERE } else { &[] };
    let work = WORK.iter().find(|(document, _)| *document == name).map_or(anywhere, |(_, containers)| containers);
    let peoples = PEOPLES_OWN.contains(&name);
    let mut copy = Copy { out: Writer::new(out), open: Vec::new(), name, own: COURSES_OWN.contains(&name), peoples, main, work, known, taken: 0 };
    let mut pending: Option<Element> = None;
    loop {
        match xml.step()? {
            Step::Open => {
                if let Some(parent) = pending.take() {
                    copy.begin(parent)?;
                }
                let attributes = xml.attributes().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
                pending = Some(Element { name: xml.name().to_owned(), attributes, text: String::new() });
            }
            Step::Close => match pending.take() {
                Some(mut leaf) => {
                    leaf.text = xml.take_text();
                    copy.leaf(leaf)?;
                }
                None => copy.end()?,
            },
            Step::Comment => {}
            Step::End => {
                copy.out.finish()?;
                return Ok(copy.taken);
            }
        }
    }
}

/// The same for one element that stands inside a kept record (its XML, start tag to end tag), as [`Unknown`](parcours_course::Unknown) holds it. One that is
/// somebody's itself is left without content.
///
/// # Errors
/// As [`strip`].
pub fn strip_element(xml: &str) -> Result<String, Error> {
    let limits = crate::limits::Limits::default();
    let mut name = Reader::new(xml.as_bytes(), "", &limits);
    name.step()?;
    let around = format!("<_>{xml}</_>");
    let mut out = Vec::new();
    strip(Reader::new(around.as_bytes(), "", &limits), "", &mut out)?;
    let text = String::from_utf8_lossy(&out);
    let inside = text.strip_prefix(crate::xml::PROLOG).and_then(|t| t.strip_prefix("<_>")?.strip_suffix("</_>")).unwrap_or_default().trim();
    Ok(if inside.is_empty() { format!("<{0}></{0}>", name.name()) } else { inside.to_owned() })
}

struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

/// An element with children whose fate may still be open: it is written once its leaves are known, which is when the first child with children
/// begins or when it ends.
struct Frame {
    start: Element,
    leaves: Vec<Element>,
    fate: Fate,
}

#[derive(PartialEq, Clone, Copy)]
enum Fate {
    Open,
    Written,
    Gone,
}

struct Copy<'a, W: Write> {
    out: Writer<W>,
    open: Vec<Frame>,
    /// File name of the document.
    name: &'a str,
    /// Whether its records are the course's, or people's, whoever they name.
    own: bool,
    peoples: bool,
    /// In a module's own document, the name of its own record: that is the course's, whoever made it.
    main: Option<&'a str>,
    work: &'static [&'static str],
    known: &'a dyn Fn(i64) -> bool,
    taken: u64,
}

impl<W: Write> Copy<'_, W> {
    fn begin(&mut self, start: Element) -> Result<(), Error> {
        self.settle()?;
        let above = self.open.last();
        let gone = above.is_some_and(|f| f.fate == Fate::Gone);
        // What is in a container of people's work is counted where it is taken out, and not again for all that is inside.
        let taken = !gone && above.is_some_and(|f| self.holds_work(&f.start.name));
        self.taken += u64::from(taken);
        self.open.push(Frame { start, leaves: Vec::new(), fate: if gone || taken { Fate::Gone } else { Fate::Open } });
        Ok(())
    }

    fn holds_work(&self, name: &str) -> bool {
        name == REFERENCES || self.work.contains(&name)
    }

    fn leaf(&mut self, leaf: Element) -> Result<(), Error> {
        if self.open.last().is_some_and(|f| f.fate != Fate::Gone && self.holds_work(&f.start.name)) {
            self.taken += 1;
            return Ok(());
        }
        let theirs = leaf.attributes.iter().any(|(n, v)| names_person(self.name, n, v, self.known) == Some(Says::Theirs));
        if theirs && !self.own && self.open.last().is_some_and(|f| f.fate != Fate::Gone) {
            self.taken += 1;
            return Ok(());
        }
        match self.open.last_mut() {
            Some(frame) if frame.fate == Fate::Open => frame.leaves.push(leaf),
            Some(frame) if frame.fate == Fate::Gone => {}
            _ => self.write_leaf(&leaf)?,
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        self.settle()?;
        if self.open.pop().is_some_and(|f| f.fate == Fate::Written) {
            self.out.close()?;
        }
        Ok(())
    }

    /// Decides about the innermost open element. The root always stays.
    fn settle(&mut self) -> Result<(), Error> {
        let depth = self.open.len();
        let main = self.main;
        let Some(frame) = self.open.last_mut().filter(|f| f.fate == Fate::Open) else {
            return Ok(());
        };
        let somebodys = match (self.own, self.peoples) {
            (true, _) => frame.is_private(),
            (_, true) => frame.is_record(),
            _ => frame.is_somebodys(self.name, self.known),
        };
        let stays = depth == 1 || (depth == 2 && main == Some(frame.start.name.as_str()));
        if !stays && somebodys {
            frame.fate = Fate::Gone;
            self.taken += 1;
            return Ok(());
        }
        frame.fate = Fate::Written;
        let leaves = std::mem::take(&mut frame.leaves);
        self.out.open(&frame.start.name)?;
        for (name, value) in &frame.start.attributes {
            self.out.attribute(name, if names_person(self.name, name, value, self.known).is_some() { "0" } else { value });
        }
        leaves.iter().try_for_each(|leaf| self.write_leaf(leaf))
    }

    fn write_leaf(&mut self, leaf: &Element) -> Result<(), Error> {
        let text = if names_person(self.name, &leaf.name, &leaf.text, self.known).is_some() { "0" } else { &leaf.text };
        write_leaf(&mut self.out, leaf, text)
    }
}

impl Frame {
    /// An event of somebody's own calendar, in a document that is the course's.
    fn is_private(&self) -> bool {
        self.leaves.iter().any(|l| l.name == "eventtype" && l.text == "user")
    }

    /// A record of its own, and no container of others.
    fn is_record(&self) -> bool {
        self.start.attributes.iter().any(|(n, _)| n == "id") || !self.leaves.is_empty()
    }

    fn is_somebodys(&self, document: &str, known: &dyn Fn(i64) -> bool) -> bool {
        if EXAMPLES.contains(&self.start.name.as_str()) {
            return false;
        }
        let attributes = self.start.attributes.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let leaves = self.leaves.iter().map(|l| (l.name.as_str(), l.text.as_str()));
        attributes.chain(leaves).any(|(n, v)| names_person(document, n, v, known) == Some(Says::Theirs))
    }
}

/// What of a leaf or an attribute nobody declared stays: a number that names somebody becomes nobody's.
pub fn anonymous<'a>(name: &str, value: &'a str) -> &'a str {
    if names_person("", name, value, &|_| false).is_some() { "0" } else { value }
}

fn write_leaf<W: Write>(out: &mut Writer<W>, leaf: &Element, text: &str) -> Result<(), Error> {
    if leaf.attributes.is_empty() {
        out.leaf(&leaf.name, text)?;
        return Ok(());
    }
    // A leaf with attributes is rare (encrypted secrets): its XML is made by hand because the writer's leaves have none.
    let mut xml = format!("<{}", leaf.name);
    for (name, value) in &leaf.attributes {
        xml.push_str(&format!(" {name}=\""));
        crate::xml::push_attribute(&mut xml, value);
        xml.push('"');
    }
    xml.push('>');
    crate::xml::push_text(&mut xml, text);
    xml.push_str(&format!("</{}>", leaf.name));
    out.raw(&xml)?;
    Ok(())
}

/// What a value under a name says of its record; nothing where it names nobody.
fn names_person(document: &str, name: &str, value: &str, known: &dyn Fn(i64) -> bool) -> Option<Says> {
    let claim = claim_in(document, name).filter(|_| is_person(value))?;
    let is_known = || value.trim().parse().is_ok_and(known);
    (claim.certain || is_known()).then_some(claim.says)
}

/// `tracker` of its own document, `activities/tracker_7/tracker.xml`.
fn module_of(path: &str) -> Option<&str> {
    let (folder, file) = path.strip_prefix("activities/")?.split_once('/')?;
    let (module, _) = folder.rsplit_once('_')?;
    (file.strip_suffix(".xml") == Some(module)).then_some(module)
}

/// 0 and -1 are nobody, and so is null.
fn is_person(value: &str) -> bool {
    let value = value.trim();
    !value.is_empty() && value != NULL && value != "0" && value != "-1"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn stripped(path: &str, xml: &str) -> (u64, String) {
        let mut out = Vec::new();
        let taken = strip(Reader::new(xml.as_bytes(), path, &Limits::default()), path, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        (taken, text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_persons_record_goes_with_all_inside() {
        let xml = "<quiz id=\"1\"><name>Q</name><attempts><attempt id=\"7\"><userid>5</userid><steps><step><x>canary</x></step></steps></attempt></attempts><feedbacks><feedback id=\"2\"><t>ok</t></feedback></feedbacks></quiz>";
        let (taken, text) = stripped("activities/quiz_1/quiz.xml", xml);
        assert_eq!(taken, 1);
        assert!(!text.contains("canary") && !text.contains("attempt id"), "{text}");
        assert!(text.contains("<t>ok</t>") && text.contains("<name>Q</name>"));
    }

    #[test]
    fn a_record_that_only_names_its_author_stays_and_names_nobody() {
        let (taken, text) = stripped("activities/x_1/x.xml", "<a><b id=\"1\"><name>n</name><usermodified>5</usermodified></b></a>");
        assert_eq!(taken, 0);
        assert!(text.contains("<usermodified>0</usermodified>") && text.contains("<name>n</name>"));
        let (taken, text) = stripped("course/calendar.xml", "<events><event id=\"1\"><name>n</name><userid>5</userid></event></events>");
        assert_eq!((taken, text.contains("<userid>0</userid>")), (0, true));
    }

    #[test]
    fn an_element_inside_a_record_is_stripped_too() {
        let text =
            strip_element("<digests><digest id=\"1\"><userid>5</userid></digest><digest id=\"2\"><userid>0</userid></digest></digests>").unwrap();
        assert!(text.starts_with("<digests>") && !text.contains(">5<") && text.contains("id=\"2\""), "{text}");
        assert_eq!(strip_element("<extra><userid>5</userid><text>canary</text></extra>").unwrap(), "<extra></extra>");
    }

    #[test]
    fn what_a_group_or_a_guest_handed_in_goes_too() {
        let xml = "<activity id=\"1\"><assign id=\"2\"><name>A</name><submissions><submission id=\"3\"><userid>0</userid><groupid>7</groupid>\
                   <subplugin><text>canary</text></subplugin></submission></submissions><grades></grades></assign></activity>";
        let (taken, text) = stripped("activities/assign_1/assign.xml", xml);
        assert!(taken == 1 && !text.contains("canary") && text.contains("<submissions> </submissions>") && text.contains("<name>A</name>"), "{text}");
        let (_, text) = stripped("activities/page_1/page.xml", &xml.replace("assign", "page"));
        assert!(text.contains("canary"));
    }

    #[test]
    fn a_list_of_references_names_nobody() {
        let xml = "<inforef><userref><user><id>5</id></user><user><id>6</id></user></userref><fileref><file><id>5</id></file></fileref></inforef>";
        let (taken, text) = stripped("course/blocks/html_1/inforef.xml", xml);
        assert_eq!(taken, 2);
        assert!(!text.contains("<user>") && text.contains("<file> <id>5</id>"), "{text}");
    }

    #[test]
    fn a_persons_own_event_goes_and_a_workshops_example_stays() {
        let event = "<events><event id=\"1\"><name>dentist</name><userid>5</userid><eventtype>user</eventtype></event></events>";
        assert!(!stripped("course/calendar.xml", event).1.contains("dentist"));
        let example = "<a><examplesubmissions><examplesubmission id=\"1\"><authorid>5</authorid><content>try this</content></examplesubmission></examplesubmissions></a>";
        let (_, text) = stripped("activities/workshop_1/workshop.xml", example);
        assert!(text.contains("try this") && text.contains("<authorid>0</authorid>"), "{text}");
    }

    #[test]
    fn a_name_that_may_mean_a_person_does_where_the_number_is_one() {
        let xml = "<a><b id=\"1\"><owner>7</owner><k>mine</k></b><b id=\"2\"><reportedby>7</reportedby><k>canary</k></b><b id=\"3\"><student>1</student><k>flag</k></b></a>";
        let strip_known = |known: &dyn Fn(i64) -> bool| {
            let mut out = Vec::new();
            super::strip_known(Reader::new(xml.as_bytes(), "activities/x_1/x.xml", &Limits::default()), "activities/x_1/x.xml", &mut out, known)
                .unwrap();
            String::from_utf8(out).unwrap()
        };
        let text = strip_known(&|n| n == 7);
        assert!(
            text.contains("<owner>0</owner>") && text.contains("mine") && !text.contains("canary") && text.contains("<student>1</student>"),
            "{text}"
        );
        assert!(strip_known(&|_| false).contains("<owner>7</owner>"));
    }

    #[test]
    fn what_a_document_of_people_holds_goes_whoever_it_names() {
        let xml = "<logs><log id=\"1\"><userid>0</userid><other>canary</other></log></logs>";
        assert_eq!(stripped("course/logs.xml", xml).0, 1);
        let xml = "<q><question id=\"1\"><name>Q</name><plugin><comments><comment id=\"2\"><content>canary</content></comment></comments></plugin></question></q>";
        let (_, text) = stripped("questions.xml", xml);
        assert!(text.contains("<name>Q</name>") && !text.contains("canary"), "{text}");
    }

    #[test]
    fn what_is_handed_in_goes_in_modules_nobody_knows() {
        let xml = "<activity><strange id=\"1\"><submissions><s id=\"2\"><groupid>4</groupid><t>canary</t></s></submissions></strange></activity>";
        assert!(!stripped("activities/strange_5/strange.xml", xml).1.contains("canary"));
        assert!(stripped("activities/strange_5/other.xml", xml).1.contains("canary"));
    }

    #[test]
    fn an_activity_is_the_courses_whoever_made_it() {
        let xml = "<activity><strange id=\"1\"><userid>7</userid><name>Exercise</name><things><thing id=\"2\"><userid>7</userid><t>canary</t></thing></things></strange></activity>";
        let (taken, text) = stripped("activities/strange_5/strange.xml", xml);
        assert!(taken == 1 && text.contains("Exercise") && text.contains("<userid>0</userid>") && !text.contains("canary"), "{text}");
    }

    #[test]
    fn nobody_is_nobody() {
        let xml = "<a><b id=\"1\"><userid>0</userid></b><b id=\"2\"><userid>$@NULL@$</userid></b><b userid=\"9\"><k>v</k></b></a>";
        let (taken, text) = stripped("a.xml", xml);
        assert_eq!(taken, 1);
        assert!(text.contains("id=\"1\"") && text.contains("id=\"2\"") && !text.contains("<k>"));
        let (taken, text) = stripped("a.xml", "<a><b id=\"1\"><k user_id=\"9\">canary</k><l>kept</l></b></a>");
        assert!(taken == 1 && !text.contains("canary") && text.contains("kept"), "{text}");
    }

    #[test]
    fn what_was_kept_of_before_goes_as_a_whole() {
        assert!(is_all_theirs("users.xml") && is_all_theirs("parcours/original/users.xml.kept"));
        assert!(!is_all_theirs("course/users.xml") && !is_all_theirs("parcours.xml"));
    }
}
