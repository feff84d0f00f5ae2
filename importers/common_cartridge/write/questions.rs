//! Quizzes and the question bank.

use super::manifest::Item;
use super::package::{Package, Resource, document};
use super::qti::{Written, field, item, material};
use super::texts::{DESCRIPTOR, Files, Linker};
use super::{Outcome, Writing};
use crate::common_cartridge::Error;
use parcours_course::outline::{Activity, Quiz, Slotted};
use parcours_course::question::{Question, Status};
use parcours_course::report::{Fate, Reason};
use parcours_mbz::xml::{Element, PROLOG};
use parcours_mbz::{Spool, question};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, Write};

/// Every question that can be written, laid down until a quiz or the bank takes it.
pub(super) struct Bank {
    spool: Spool,
    /// By number of the entry, in the order of the archive's categories.
    written: BTreeMap<i64, Laid>,
    order: Vec<i64>,
    /// Those that a quiz has.
    used: BTreeSet<i64>,
}

struct Laid {
    category: String,
    files: Vec<String>,
}

impl Bank {
    pub fn new(spool: Spool) -> Self {
        Bank { spool, written: BTreeMap::new(), order: Vec::new(), used: BTreeSet::new() }
    }
}

const NAMESPACE: &str = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2";
const PLACE: &str = "questions.xml";

impl<W: Write + Seek> Writing<'_, W> {
    /// Writes every question to the side, and says what becomes of each.
    pub fn questions(&mut self) -> Result<(), Error> {
        // Contents are read from the archive while its questions are: only what is left to copy is kept, by hash.
        let mut copies: Vec<(String, String, u64)> = Vec::new();
        let linker = Linker { outline: self.outline, targets: &self.targets, language: self.options.language };
        let thin = self.thin();
        let (package, bank, report) = (&mut self.package, &mut self.bank, &mut self.report);
        question::each(self.course, |category, q| {
            if !q.latest {
                return Ok(());
            }
            let place = format!("{PLACE}#{}", q.entry);
            let refused = |report: &mut parcours_course::Report, why: &str| {
                report.item(Fate::Refused, Reason::OtherFormat, "question", &place, &q.name);
                report.remark(Fate::Refused, Reason::OtherFormat, "question", &place, format!("{}: {why}", q.kind()));
            };
            if thin {
                refused(report, linker.language.of("a Thin cartridge holds links only", "une cartouche Thin ne contient que des liens"));
                return Ok(());
            }
            if q.status != Status::Ready {
                refused(report, linker.language.of("it is a draft, or deleted", "brouillon, ou supprimée"));
                return Ok(());
            }
            let (files, wanted) = places(&q, package);
            let mut texts =
                |text: &parcours_course::Text, area: &str, record: i64| linker.html(text, DESCRIPTOR, &files, (area, record), &place, report);
            match item(&q, linker.language, &mut texts) {
                Written::No(why) => refused(report, why),
                Written::Item(element, lost) => {
                    let (fate, reason) = if lost.is_empty() { (Fate::Imported, Reason::AsItCame) } else { (Fate::Approximated, Reason::OtherFormat) };
                    report.item(fate, reason, "question", &place, &q.name);
                    lost.iter().for_each(|what| report.remark(fate, reason, "question", &place, format!("{}: {what}", q.kind())));
                    let paths = wanted.iter().map(|(path, ..)| path.clone()).collect();
                    copies.extend(wanted);
                    let bytes = document(&element);
                    let mut sheet = bank.spool.sheet();
                    sheet.write_all(bytes.strip_prefix(PROLOG.as_bytes()).unwrap_or(&bytes))?;
                    sheet.finish(name(q.entry), None);
                    bank.order.push(q.entry);
                    bank.written.insert(q.entry, Laid { category: category.name.clone(), files: paths });
                }
            }
            Ok(())
        })?;
        let mut missing = BTreeSet::new();
        for (path, hash, size) in copies {
            match self.course.content(&hash)? {
                Some(content) => self.package.put(&path, content, size)?,
                None => {
                    self.report.remark(Fate::Refused, Reason::MissingContent, "file", PLACE, &path);
                    missing.insert(path);
                }
            }
        }
        self.bank.written.values_mut().for_each(|laid| laid.files.retain(|f| !missing.contains(f)));
        Ok(())
    }

    pub fn quiz(&mut self, of: &Activity, quiz: &Quiz, files: &Files, place: &str) -> Result<Outcome, Error> {
        let mut lost: Vec<String> = Vec::new();
        let mut entries = Vec::new();
        let (mut random, mut gone) = (0, 0);
        for slot in &quiz.slots {
            match slot.what {
                Slotted::Entry(entry) if self.bank.written.contains_key(&entry) => entries.push(entry),
                Slotted::Random { .. } => random += 1,
                Slotted::Entry(_) | Slotted::Nothing => gone += 1,
            }
        }
        if random > 0 {
            lost.push(format!("{random} {}", self.words("random questions", "questions aléatoires")));
        }
        if gone > 0 {
            lost.push(format!("{gone} {}", self.words("questions that a cartridge cannot hold", "questions qu’une cartouche ne peut pas contenir")));
        }
        if quiz.open != 0 || quiz.close != 0 {
            lost.push(self.words("its dates", "ses dates").to_owned());
        }
        if !quiz.feedbacks.iter().all(|b| b.text.text.trim().is_empty()) {
            lost.push(self.words("its overall feedback", "son commentaire global").to_owned());
        }
        if entries.is_empty() {
            self.loose(of, files.all());
            let mut outcome =
                Outcome::refused(self.words("it has no question that a cartridge can hold", "aucune de ses questions ne tient dans une cartouche"));
            outcome.details.extend(lost);
            return Ok(outcome);
        }
        self.bank.used.extend(&entries);
        let intro = self.based(&of.intro, files, ("intro", 0), place);
        let id = format!("quiz_{}", of.cm);
        let mut fields = vec![
            field("cc_profile", "cc.exam.v0p1"),
            field("qmd_assessmenttype", "Examination"),
            field("qmd_scoretype", "Percentage"),
            field("cc_maxattempts", if quiz.attempts > 0 { quiz.attempts.to_string() } else { "unlimited".to_owned() }),
        ];
        if quiz.limit > 0 {
            fields.push(field("qmd_timelimit", (quiz.limit + 59) / 60));
        }
        let mut head = vec![Element::group("qtimetadata", fields)];
        if !intro.trim().is_empty() {
            head.push(Element::group("rubric", [material(&intro, "text/html")]));
        }
        let open = format!("<assessment ident=\"{id}\" title=\"{}\">", attribute(&of.name));
        let kind = self.package.version.qti("assessment");
        let all: Vec<String> = files.all().into_iter().chain(self.files_of(&entries)).collect();
        let dependencies = self.package.companions(&id, all);
        self.document(&id, kind, dependencies, &entries, &[&open, &texts(&head), "<section ident=\"root_section\">"], "</section></assessment>")?;
        let outcome = Outcome::of(Item::new(format!("{id}_item"), &of.name).to(&id));
        Ok(lost.into_iter().fold(outcome, Outcome::without))
    }

    /// What no quiz has. There is one question bank at most in a cartridge.
    pub fn rest_of_bank(&mut self) -> Result<(), Error> {
        let entries: Vec<i64> = self.bank.order.iter().filter(|e| !self.bank.used.contains(e)).copied().collect();
        if entries.is_empty() {
            return Ok(());
        }
        let id = "question_bank";
        let kind = self.package.version.qti("question-bank");
        let files = self.files_of(&entries);
        let dependencies = self.package.companions(id, files);
        self.document(id, kind, dependencies, &entries, &[&format!("<objectbank ident=\"{id}\">")], "</objectbank>")
    }

    fn files_of(&self, entries: &[i64]) -> Vec<String> {
        let entries: BTreeSet<&i64> = entries.iter().collect();
        entries.into_iter().filter_map(|e| self.bank.written.get(e)).flat_map(|laid| laid.files.clone()).collect()
    }

    /// Questions in one document, copied one by one.
    fn document(&mut self, id: &str, kind: String, dependencies: Vec<String>, entries: &[i64], head: &[&str], tail: &str) -> Result<(), Error> {
        let path = self.package.reserve(&format!("descriptors/{id}.xml"));
        self.package.begin(&path, 0)?;
        let in_bank = tail.contains("objectbank");
        let out = self.package.body();
        write!(out, "{PROLOG}<questestinterop xmlns=\"{NAMESPACE}\">{}", head.concat())?;
        for entry in entries {
            let Some(slot) = self.bank.spool.slot(&name(*entry)) else { continue };
            let mut item = String::new();
            self.bank.spool.read(slot)?.read_to_string(&mut item)?;
            let category = self.bank.written.get(entry).map(|l| l.category.as_str()).filter(|c| in_bank && !c.is_empty());
            if let Some(category) = category {
                // In a bank an item says what category it stands in.
                item = item.replacen("</qtimetadata>", &format!("{}</qtimetadata>", texts(&[field("cc_question_category", category)])), 1);
            }
            out.write_all(item.as_bytes())?;
        }
        writeln!(out, "{tail}</questestinterop>")?;
        let resource = Resource { id: id.to_owned(), kind, href: Some(path.clone()), files: vec![path], dependencies, ..Resource::default() };
        self.package.resources.push(resource);
        Ok(())
    }
}

/// Where the files of a question will be, by area, record and path, and what is to be copied there.
fn places<W: Write + Seek>(q: &Question, package: &mut Package<W>) -> (Files, Vec<(String, String, u64)>) {
    let (mut files, mut wanted) = (Files::default(), Vec::new());
    for file in &q.files {
        let to = package.reserve(&format!("web_resources/questions/{}/{}_{}{}", q.entry, file.area, file.item, file.path));
        files.add(&file.area, file.item, &file.path, to.clone());
        wanted.push((to, file.hash.clone(), file.size));
    }
    (files, wanted)
}

fn name(entry: i64) -> String {
    format!("item_{entry}")
}

/// Elements as text, without the line that documents begin with.
fn texts(elements: &[Element]) -> String {
    let one = |e: &Element| String::from_utf8(document(e)).unwrap_or_default().trim_start_matches(PROLOG).to_owned();
    elements.iter().map(one).collect()
}

/// A text within the quotes of an attribute.
fn attribute(text: &str) -> String {
    let legal = |c: &char| !c.is_control() || matches!(c, '\t');
    crate::common_cartridge::markup::escape(&text.chars().filter(legal).collect::<String>())
}
