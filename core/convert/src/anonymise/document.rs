//! A document, value by value.

use super::condition;
use super::files::Gone;
use super::scrub::{Mentioned, Scrub};
use parcours_course::report::{Fate, Reason, Report};
use parcours_mbz::Error;
use parcours_mbz::xml::{Element, Rewrite, Tag};

/// Rewrites one document so that it names nobody of the archive, and says who its texts mention.
pub struct Document<'a> {
    path: &'a str,
    scrub: Scrub<'a>,
    gone: &'a Gone,
    report: &'a mut Report,
    /// Name and number of the elements around.
    around: Vec<String>,
    /// A questionnaire whose answers were to be anonymous.
    anonymous: bool,
    /// Remarks made, and those only counted.
    told: usize,
}

/// Remarks on one document; more are counted only, so that a report does not grow with what people wrote.
const TOLD: usize = 2000;

impl<'a> Document<'a> {
    pub fn new(path: &'a str, scrub: Scrub<'a>, gone: &'a Gone, report: &'a mut Report) -> Self {
        Document { path, scrub, gone, report, around: Vec::new(), anonymous: false, told: 0 }
    }

    /// Says what was only counted.
    pub fn finish(self) {
        if let Some(more) = self.told.checked_sub(TOLD).filter(|n| *n > 0) {
            let words = self.scrub.language().of("more of the same in this document", "autres cas dans ce document");
            self.report.remark(Fate::Kept, Reason::NamesPerson, "document", self.path, format!("{more} {words}"));
        }
    }

    fn whole(&mut self, element: &mut Element, depth: usize) {
        self.enter(depth, &element.name, &element.attributes);
        for (name, value) in &mut element.attributes {
            self.scrub.value(name, value);
        }
        if element.is_leaf() {
            let name = std::mem::take(&mut element.name);
            self.value(&name, &mut element.text);
            element.name = name;
        }
        element.children.iter_mut().for_each(|c| self.whole(c, depth + 1));
    }

    fn enter(&mut self, depth: usize, name: &str, attributes: &[(String, String)]) {
        self.around.truncate(depth.saturating_sub(1));
        let id = attributes.iter().find(|(n, _)| n == "id").map(|(_, v)| v.as_str());
        self.around.push(id.map_or_else(|| name.to_owned(), |id| format!("{name} {id}")));
    }

    fn value(&mut self, name: &str, text: &mut String) {
        self.scrub.value(name, text);
        self.note(name);
    }

    /// What was found in the value just seen.
    fn note(&mut self, leaf: &str) {
        let Mentioned { people, stands } = std::mem::take(&mut self.scrub.mentioned);
        let (closed, profile) = (std::mem::take(&mut self.scrub.closed), std::mem::take(&mut self.scrub.addresses));
        if people.is_empty() && closed == 0 && profile == 0 {
            return;
        }
        self.told += 1;
        if self.told > TOLD {
            return;
        }
        let record = self.around.iter().rev().find(|e| e.contains(' ')).cloned().unwrap_or_default();
        let place = format!("{} ({record}{}{leaf})", self.path, if record.is_empty() { "" } else { ", " });
        if !people.is_empty() {
            let who = describe(&mut self.scrub, &people);
            let fate = if stands { Fate::Kept } else { Fate::Approximated };
            self.report.remark(fate, Reason::NamesPerson, "text", &place, who);
        }
        if closed > 0 {
            let language = self.scrub.language();
            let words = language.of(
                "a restriction to something in people’s profiles opens to nobody now",
                "une restriction portant sur le profil des personnes n’ouvre plus à personne",
            );
            self.report.remark(Fate::Approximated, Reason::Replaced, "condition", &place, words);
        }
        if profile > 0 {
            self.report.remark(Fate::Approximated, Reason::Replaced, "value", &place, "");
        }
    }
}

/// By made-up names, never by real ones.
pub fn describe(scrub: &mut Scrub, people: &std::collections::BTreeMap<(i64, super::mention::Kind), usize>) -> String {
    use super::mention::Kind;
    let language = scrub.language();
    let parts: Vec<String> = people
        .iter()
        .map(|((person, kind), times)| {
            let what = match kind {
                Kind::Full => language.of("full name", "nom complet"),
                Kind::Mail => language.of("mail address", "adresse électronique"),
                Kind::Username => language.of("username", "identifiant"),
                Kind::Other => language.of("profile", "profil"),
                Kind::Alone => language.of("first or last name alone", "prénom ou nom seul"),
            };
            match person {
                0 => format!("{} ×{times}", language.of("mail addresses of others", "adresses électroniques d’autres personnes")),
                _ => format!("{}: {what} ×{times}", scrub.cast.identity(*person).full()),
            }
        })
        .collect();
    parts.join(" ; ")
}

impl Rewrite for Document<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        let name = path.last().map_or("", String::as_str);
        let log = name.starts_with("logstore_") && name.ends_with("_log");
        let above = path.iter().rev().nth(1).map_or("", String::as_str);
        log || matches!(
            (above, name),
            ("logs", "log") | ("completeds", "completed") | ("fileref", "file") | ("userref", "user") | (_, "availability_field")
        )
    }

    fn element(&mut self, path: &[String], mut element: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        match element.name.as_str() {
            "file" if self.gone.has(element.number("id")) => return Ok(()),
            "file" => {}
            "user" => {
                if let Some(id) = element.number("id") {
                    element.set("id", self.scrub.cast.number(id));
                }
            }
            "availability_field" => {
                condition::close_field(&mut element);
                self.scrub.closed += 1;
                self.enter(path.len(), &element.name, &element.attributes);
                self.note("value");
            }
            _ => {
                unlink(&mut element);
                about_somebody(&mut element, &mut self.scrub);
                self.whole(&mut element, path.len());
            }
        }
        out.push(element);
        Ok(())
    }

    fn start(&mut self, path: &[String], tag: &mut Tag, _: &mut Vec<Element>) -> Result<(), Error> {
        self.enter(path.len(), path.last().map_or("", String::as_str), &tag.attributes);
        for (name, value) in &mut tag.attributes {
            self.scrub.value(name, value);
        }
        self.note("@");
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        let name = path.last().map_or("", String::as_str);
        match name {
            "respondenttype" => self.anonymous = text == "anonymous",
            "userid" if self.anonymous && path.iter().any(|n| n == "responses") => "0".clone_into(text),
            _ => self.value(name, text),
        }
        Ok(())
    }
}

/// A record that was to be anonymous belongs to nobody, so that it cannot be joined with the rest (MBZ-FORMAT §15.15). 1 is yes; surveys have 2 for no.
fn unlink(record: &mut Element) {
    if record.leaf("anonymous_response") != "1" && record.leaf("anonymous") != "1" {
        return;
    }
    for leaf in ["userid", "relateduserid", "realuserid"] {
        if record.number(leaf).is_some_and(|n| n > 0) {
            record.set(leaf, 0);
        }
    }
    // What a log adds for restoring may name them again.
    for leaf in ["other", "ip"] {
        if record.child(leaf).is_some() {
            record.set(leaf, parcours_mbz::xml::NULL);
        }
    }
}

/// A log line about a person names them by the number of the thing it is about.
fn about_somebody(log: &mut Element, scrub: &mut Scrub) {
    let leaf = match (log.leaf("objecttable"), log.leaf("module")) {
        ("user", _) => "objectid",
        (_, "user") => "info",
        _ => return,
    };
    if let Some(id) = log.number(leaf).filter(|id| *id > 0 && (leaf == "objectid" || scrub.cast.knows(*id))) {
        log.set(leaf, scrub.cast.number(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anonymise::cast::Cast;
    use crate::anonymise::{Options, files};
    use parcours_course::Language;
    use parcours_mbz::{Limits, Spool, Unpacked};

    /// A document through it, with person 5 as they become.
    fn through(path: &str, xml: &str) -> (String, String, Report) {
        let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        let leaves = [("username", "lmoreau"), ("email", "l@x.fr"), ("firstname", "Lucie"), ("lastname", "Moreau")];
        course.put("users.xml", &Element::group("users", [Element::record("user", 5, leaves.map(|(n, v)| Element::new(n, v)))])).unwrap();
        course.put_bytes(path, xml.as_bytes()).unwrap();
        let mut cast = Cast::of(&mut course, Some(b"s"), Language::English).unwrap();
        let mut report = Report::default();
        let gone = files::pass(&mut course, &mut cast, Options::default(), &mut report).unwrap();
        let mut document = Document::new(path, Scrub::new(&mut cast, Options::default(), path), &gone, &mut report);
        course.rewrite(path, &mut document).unwrap();
        document.finish();
        let text = String::from_utf8(course.document(path).unwrap().unwrap().to_document()).unwrap();
        (text.split_whitespace().collect::<Vec<_>>().join(" "), cast.number(5).to_string(), report)
    }

    #[test]
    fn an_anonymous_answer_is_nobodys_and_another_is_theirs() {
        let answer = |id: u8, anonymous: u8| {
            format!("<completed id=\"{id}\"><userid>5</userid><anonymous_response>{anonymous}</anonymous_response></completed>")
        };
        let xml = format!("<activity><feedback id=\"1\"><completeds>{}{}</completeds></feedback></activity>", answer(1, 1), answer(2, 2));
        let (text, new, _) = through("activities/feedback_1/feedback.xml", &xml);
        assert!(
            text.contains("<completed id=\"1\"> <userid>0</userid>") && text.contains(&format!("<completed id=\"2\"> <userid>{new}</userid>")),
            "{text}"
        );
        let xml = "<a><questionnaire id=\"1\"><respondenttype>anonymous</respondenttype><responses><response id=\"1\"><userid>5</userid></response></responses></questionnaire></a>";
        assert!(through("activities/questionnaire_1/questionnaire.xml", xml).0.contains("<userid>0</userid>"));
    }

    #[test]
    fn a_log_names_people_by_what_it_is_about_too() {
        let log = |leaves: &str| format!("<logs><logstore_standard_log id=\"1\">{leaves}</logstore_standard_log></logs>");
        let (text, new, _) =
            through("course/logstores.xml", &log("<objecttable>user</objecttable><objectid>5</objectid><userid>5</userid><ip>1.2.3.4</ip>"));
        assert!(text.contains(&format!("<objectid>{new}</objectid> <userid>{new}</userid> <ip>0.0.0.0</ip>")), "{text}");
        let (text, _, _) = through(
            "course/logstores.xml",
            &log("<objecttable>post</objecttable><objectid>5</objectid><userid>5</userid><anonymous>1</anonymous><other>x</other>"),
        );
        assert!(text.contains("<objectid>5</objectid> <userid>0</userid>") && !text.contains("<other>x"), "{text}");
    }

    #[test]
    fn lists_of_references_and_attributes_follow() {
        let xml = "<inforef><userref><user><id>5</id></user></userref><fileref><file><id>5</id></file></fileref></inforef>";
        let (text, new, _) = through("course/inforef.xml", xml);
        assert!(text.contains(&format!("<user> <id>{new}</id>")) && text.contains("<file> <id>5</id>"), "{text}");
        let (text, new, _) = through("activities/x_1/x.xml", "<a><b user_id=\"5\" id=\"5\"><k user_id=\"5\">v</k></b></a>");
        assert!(text.contains(&format!("<b user_id=\"{new}\" id=\"5\"> <k user_id=\"{new}\">v</k>")), "{text}");
    }

    #[test]
    fn who_a_text_mentions_is_told_by_their_made_up_name() {
        let xml = "<forum id=\"1\"><posts><post id=\"7\"><message>Merci Lucie Moreau ! a@b.org</message></post></posts></forum>";
        let (text, new, report) = through("activities/forum_1/forum.xml", xml);
        assert!(text.contains("Lucie Moreau"));
        let told: Vec<_> = report.findings.iter().map(|f| (f.fate, f.reason, f.place.as_str(), f.detail.clone())).collect();
        let detail = format!("mail addresses of others ×1 ; Person {new}: full name ×1");
        assert_eq!(told, [(Fate::Kept, Reason::NamesPerson, "activities/forum_1/forum.xml (post 7, message)", detail)]);
    }

    #[test]
    fn an_old_restriction_to_a_profile_opens_to_nobody() {
        let xml = "<module id=\"1\"><availability_info><availability_field id=\"2\"><userfield>email</userfield><customfield>$@NULL@$</customfield><operator>contains</operator><value>@ac.fr</value></availability_field></availability_info></module>";
        let (text, _, report) = through("activities/page_1/module.xml", xml);
        assert!(
            text.contains("nobody@example.invalid") && !text.contains("ac.fr") && report.findings.iter().any(|f| f.item == "condition"),
            "{text}"
        );
    }
}
