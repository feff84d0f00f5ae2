//! Question banks on their way: what the question formats ([`moodle_xml`](crate::moodle_xml), [`gift`](crate::gift), [`qti`](crate::qti)) share.
//!
//! A reader gives a [`Bank`], which [`into_course`](Bank::into_course) makes an archive of; a writer takes an archive and says in a report what became of each question. What a
//! format does not hold is not guessed: every question is read back as it was written, and the report names the fields that differ.

pub(crate) mod cloze;
mod loss;
pub(crate) mod node;
mod number;
pub(crate) mod out;
mod path;
mod shelf;
mod store;
pub(crate) mod text;

pub use loss::fields;
pub use store::Store;

pub(crate) use loss::lost;
pub(crate) use number::number;
pub(crate) use path::{Paths, names};
pub(crate) use shelf::Shelves;

use parcours_course::outline::{self, Content, Quiz, Slot, Slotted};
use parcours_course::question::{Body, Category, Level, Question, Status};
use parcours_course::report::{Fate, Finding, Reason, Report};
use parcours_course::{Language, Text};
use parcours_mbz::outline::{Build, NewActivity, NewSection};
use parcours_mbz::question::Numbers;
use parcours_mbz::{Error, Unpacked};

/// Questions read from another format.
///
/// Categories have numbers from 1 on and stand behind their parents. Numbers in a question (of answers, hints, pairs, dragged things) tell its files where they belong, and mean nothing beyond it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bank {
    pub categories: Vec<(Category, Vec<Question>)>,
    /// Every question of the source is one item in it.
    pub report: Report,
}

impl Bank {
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.categories.iter().flat_map(|(_, questions)| questions)
    }

    /// A course with this question bank, and with a quiz of all its questions, so that people see them. `build` is the one whose [store](Store) the files were read into; the quiz is called as its
    /// course.
    ///
    /// # Errors
    /// The device.
    pub fn into_course(self, mut build: Build, name: &str, now: i64) -> Result<(Unpacked, Report), Error> {
        let (context, course) = build.bank_context();
        let mut numbers = Numbers::default();
        let mut files = Vec::new();
        let mut slots = Vec::new();
        let mut categories = self.categories;
        for (category, questions) in &mut categories {
            category.level = Level::Course;
            (category.context, category.instance) = (context, course);
            category.stamp = format!("parcours+{now}+{}", category.id);
            for question in questions {
                number(question, &mut numbers);
                if let Body::Calculated(c) = &mut question.body {
                    c.datasets.iter_mut().filter(|d| d.category != 0).for_each(|d| d.category = category.id);
                }
                (question.created, question.modified) = (or(question.created, now), or(question.modified, now));
                files.extend(question.files.iter().map(file));
                if let Body::Cloze(cloze) = &question.body {
                    files.extend(cloze.questions.iter().flat_map(|part| &part.files).map(file));
                }
                if question.status == Status::Ready {
                    let page = i64::try_from(slots.len()).unwrap_or(i64::MAX).saturating_add(1);
                    slots.push(Slot { page, mark: question.mark, what: Slotted::Entry(question.entry) });
                }
            }
        }
        let xml = parcours_mbz::question::bank(&categories, &mut numbers);
        let ids: Vec<i64> = categories.iter().map(|(c, _)| c.id).collect();
        build.put_questions(&xml, &ids, files)?;
        let section = build.section(NewSection::default())?;
        let quiz = Quiz { method: 1, grade: 10.0, behaviour: "deferredfeedback".to_owned(), free: true, slots, ..Quiz::default() };
        build.activity(section, NewActivity::new(name, Content::Quiz(quiz)))?;
        Ok((build.finish()?, self.report))
    }
}

fn or(time: i64, now: i64) -> i64 {
    if time > 0 { time } else { now }
}

fn file(f: &parcours_course::question::File) -> outline::File {
    outline::File { component: f.component.clone(), mime: f.mime.clone(), ..outline::File::new(&f.area, f.item, &f.path, &f.hash, f.size) }
}

/// One question, in a report.
pub(crate) struct Fated {
    pub fate: Fate,
    pub reason: Reason,
    pub detail: String,
}

impl Fated {
    pub fn imported() -> Self {
        Fated { fate: Fate::Imported, reason: Reason::AsItCame, detail: String::new() }
    }

    pub fn refused(reason: Reason, detail: impl Into<String>) -> Self {
        Fated { fate: Fate::Refused, reason, detail: detail.into() }
    }

    /// Imported where nothing was lost, else approximated with what was.
    pub fn without(lost: &[String], language: Language) -> Self {
        if lost.is_empty() {
            return Fated::imported();
        }
        let detail = format!("{}{}", language.of("Not in that format: ", "Absent de ce format : "), lost.join(", "));
        Fated { fate: Fate::Approximated, reason: Reason::OtherFormat, detail }
    }

    /// The same of a question that was read: what of it was left.
    pub fn read_without(left: &[String], language: Language) -> Self {
        if left.is_empty() {
            return Fated::imported();
        }
        let detail = format!("{}{}", language.of("Not taken over: ", "Non repris : "), left.join(", "));
        Fated { fate: Fate::Approximated, reason: Reason::Unreadable, detail }
    }

    pub fn of(self, place: impl Into<String>, name: impl Into<String>) -> Finding {
        let item = "question".to_owned();
        Finding { fate: self.fate, reason: self.reason, item, place: place.into(), name: name.into(), detail: self.detail, counts: true }
    }
}

/// The penalty that a Moodle gives a new question of a type: a second try at true or false is worth nothing, and some have no right answer.
pub(crate) fn penalty(body: &Body) -> f64 {
    match body {
        Body::TrueFalse(_) => 1.0,
        Body::Description | Body::Essay(_) => 0.0,
        _ => 0.3333333,
    }
}

/// A name for a question that has none: the beginning of its text.
pub(crate) fn named(text: &Text) -> String {
    let words = text::plain(text);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = words.chars().take(80).collect();
    if name.is_empty() { "?".to_owned() } else { name }
}
