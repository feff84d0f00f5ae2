//! Assessments and question banks.

use super::Reading;
use super::qti::{Why, field, material, question};
use crate::common_cartridge::Error;
use indexmap::IndexMap;
use parcours_course::outline::{Content, File, Quiz, Slot, Slotted};
use parcours_course::question::{Body, Category, Level, Question};
use parcours_course::report::{Fate, Reason};
use parcours_course::{Format, Text};
use parcours_mbz::error::Place;
use parcours_mbz::limits::Limit;
use parcours_mbz::outline::NewActivity;
use parcours_mbz::question::{Numbers, bank};
use parcours_mbz::xml::Element;

/// The questions met so far.
#[derive(Default)]
pub(super) struct Questions {
    /// Without the top one, which is always there.
    pub categories: Vec<(String, Vec<Question>)>,
    files: Vec<File>,
}

fn items<'a>(within: &'a Element, out: &mut Vec<&'a Element>) {
    for child in &within.children {
        if child.name == "item" { out.push(child) } else { items(child, out) }
    }
}

impl Reading {
    /// A quiz, its questions in a category of their own.
    pub fn assessment(&mut self, document: &Element, from: &str, title: &str, place: &str) -> Result<Option<NewActivity>, Error> {
        let Some(assessment) = document.child("assessment") else { return Ok(None) };
        let own = assessment.attribute("title").unwrap_or_default().trim();
        let name = if title.is_empty() { own } else { title };
        let questions = self.read_items(assessment, from, place)?;
        let slots = questions.iter().enumerate().map(|(at, (_, q))| Slot {
            page: i64::try_from(at + 1).unwrap_or(1),
            mark: q.mark,
            what: Slotted::Entry(q.entry),
        });
        let slots: Vec<Slot> = slots.collect();
        let marks: f64 = slots.iter().map(|s| s.mark).sum();
        let settings = Element::group("settings", assessment.all("qtimetadata").cloned());
        let number = |name| field(&settings, name).and_then(|v| v.parse::<i64>().ok()).filter(|n| *n > 0);
        let quiz = Quiz {
            limit: number("qmd_timelimit").unwrap_or(0).saturating_mul(60),
            attempts: number("cc_maxattempts").unwrap_or(0),
            method: 1,
            grade: if marks > 0.0 { marks } else { 10.0 },
            behaviour: "deferredfeedback".to_owned(),
            free: true,
            slots,
            ..Quiz::default()
        };
        let rubric: String = assessment
            .all("rubric")
            .chain(assessment.all("presentation_material"))
            .flat_map(|r| r.children.iter())
            .flat_map(|c| if c.name == "material" { vec![c] } else { c.all("material").collect() })
            .map(material)
            .collect();
        let (intro, files) = self.html(&rubric, from, ("intro", 0), place)?;
        let questions = questions.into_iter().map(|(_, q)| q).collect();
        self.questions.categories.push((name.to_owned(), questions));
        Ok(Some(NewActivity { intro: Text::html(intro), files, ..NewActivity::new(name, Content::Quiz(quiz)) }))
    }

    /// A bank, in the categories that its items say.
    pub fn bank(&mut self, document: &Element, from: &str, title: &str, place: &str) -> Result<(), Error> {
        let mut all: IndexMap<String, Vec<Question>> = IndexMap::new();
        for (category, question) in self.read_items(document, from, place)? {
            let name = if category.is_empty() { title.to_owned() } else { category };
            all.entry(name).or_default().push(question);
        }
        self.questions.categories.extend(all);
        Ok(())
    }

    /// The questions of a document, with the category that each says.
    fn read_items(&mut self, within: &Element, from: &str, place: &str) -> Result<Vec<(String, Question)>, Error> {
        // All questions are held until the end.
        self.question_bytes += self.cartridge.size(from);
        if self.question_bytes > self.limits.record_bytes {
            let (place, limit, value) = (Place::entry(from), Limit::RecordBytes, self.limits.record_bytes);
            return Err(parcours_mbz::Error::Limit { place, limit, value }.into());
        }
        let mut all = Vec::new();
        items(within, &mut all);
        let mut read = Vec::new();
        for item in all {
            match question(item, &mut self.counter) {
                Ok(mut q) => {
                    self.relink(&mut q, from, place)?;
                    self.report.item(Fate::Imported, Reason::AsItCame, "question", place, &q.name);
                    read.push((field(item, "cc_question_category").unwrap_or_default(), q));
                }
                Err(Why(english, french, what)) => {
                    let why = format!("{} {what}", self.options.language.of(english, french));
                    self.report.item(Fate::Refused, Reason::OtherFormat, "question", place, item.attribute("title").unwrap_or_default());
                    self.report.remark(Fate::Refused, Reason::OtherFormat, "question", place, why.trim_end());
                }
            }
        }
        Ok(read)
    }

    /// Links of every text of a question.
    fn relink(&mut self, q: &mut Question, from: &str, place: &str) -> Result<(), Error> {
        let id = q.id;
        let mut texts: Vec<(&mut Text, &str, i64)> = vec![(&mut q.text, "questiontext", id), (&mut q.general_feedback, "generalfeedback", id)];
        match &mut q.body {
            Body::Choice(c) => {
                texts.extend([(&mut c.combined.right, "correctfeedback", id), (&mut c.combined.wrong, "incorrectfeedback", id)]);
                for a in &mut c.answers {
                    texts.extend([(&mut a.text, "answer", a.id), (&mut a.feedback, "answerfeedback", a.id)]);
                }
            }
            Body::TrueFalse(t) => texts.extend([(&mut t.yes.feedback, "answerfeedback", t.yes.id), (&mut t.no.feedback, "answerfeedback", t.no.id)]),
            _ => {}
        }
        for (text, area, record) in texts {
            let (html, files) = self.html(&text.text, from, (area, record), place)?;
            text.text = html;
            self.questions.files.extend(files.into_iter().map(|f| File { component: "question".to_owned(), ..f }));
        }
        Ok(())
    }

    /// Puts all questions into the archive.
    pub fn put_questions(&mut self) -> Result<(), Error> {
        let questions = std::mem::take(&mut self.questions);
        if questions.categories.is_empty() {
            return Ok(());
        }
        let (context, instance) = self.build.bank_context();
        let category = |id: i64, parent: i64, name: &str| Category {
            id,
            parent,
            name: name.chars().take(255).collect(),
            info: Text::new("", Format::Moodle),
            stamp: format!("parcours+category+{id}"),
            level: Level::Course,
            context,
            instance,
            ..Category::default()
        };
        let mut all = vec![(category(1, 0, "top"), Vec::new())];
        for (name, questions) in questions.categories {
            let id = i64::try_from(all.len() + 1).unwrap_or(i64::MAX);
            let name = if name.trim().is_empty() { self.options.language.of("Questions", "Questions") } else { name.trim() };
            all.push((category(id, 1, name), questions));
        }
        let ids: Vec<i64> = all.iter().map(|(c, _)| c.id).collect();
        let document = bank(&all, &mut Numbers::default());
        self.build.put_questions(&document, &ids, questions.files)?;
        Ok(())
    }
}
