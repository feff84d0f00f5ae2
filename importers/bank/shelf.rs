//! Categories being made of paths.

use super::path::{NAME, names};
use super::store::{LINE, Limited, weight};
use super::{Bank, Fated};
use parcours_course::question::{Category, Question};
use parcours_course::report::Report;
use parcours_mbz::{Error, Limits};
use std::collections::HashMap;

/// A bank that is being read: a question goes into the category entered last.
pub(crate) struct Shelves {
    bank: Bank,
    by: HashMap<String, usize>,
    at: Option<usize>,
    /// What questions are put into where no category was entered.
    default: String,
    count: usize,
    left: Limited,
}

impl Shelves {
    /// `place` is what errors call the source.
    pub fn new(default: &str, place: &str, limits: &Limits) -> Self {
        let top = Category { id: 1, name: "top".to_owned(), ..Category::default() };
        let bank = Bank { categories: vec![(top, Vec::new())], report: Report::default() };
        Shelves { bank, by: HashMap::new(), at: None, default: default.to_owned(), count: 0, left: Limited::new(place, limits) }
    }

    /// Goes to the category of a path, which is made with those above it where it is not there yet.
    ///
    /// # Errors
    /// As all here: [`Error::Limit`] when there is too much in the source.
    pub fn enter(&mut self, path: &str) -> Result<(), Error> {
        let root = path.split('/').next().filter(|r| r.starts_with('$') && r.len() <= NAME).unwrap_or("$course$");
        let mut names = names(path);
        // Moodle puts no question into the top itself.
        if names.is_empty() {
            names.push(self.default.clone());
        }
        let mut at = 0;
        for name in names {
            let key = format!("{root}\0{at}\0{name}");
            at = match self.by.get(&key) {
                Some(known) => *known,
                None => {
                    self.left.take(LINE + 4 * key.len())?;
                    let parent = self.bank.categories.get(at).map_or(0, |(c, _)| c.id);
                    let new = self.bank.categories.len();
                    self.bank.categories.push((Category { id: id(new), parent, name, ..Category::default() }, Vec::new()));
                    self.by.insert(key, new);
                    new
                }
            };
        }
        self.at = Some(at);
        Ok(())
    }

    /// The category entered last.
    pub fn category(&mut self) -> Result<Option<&mut (Category, Vec<Question>)>, Error> {
        if self.at.is_none() {
            self.enter("")?;
        }
        Ok(self.at.and_then(|at| self.bank.categories.get_mut(at)))
    }

    pub fn put(&mut self, question: Question, fated: Fated) -> Result<(), Error> {
        self.left.take(weight(&question))?;
        self.note(&question.name, fated)?;
        if let Some((_, questions)) = self.category()? {
            questions.push(question);
        }
        Ok(())
    }

    /// A question that is not taken.
    pub fn refuse(&mut self, name: &str, fated: Fated) -> Result<(), Error> {
        self.note(name, fated)
    }

    fn note(&mut self, name: &str, fated: Fated) -> Result<(), Error> {
        self.left.take(LINE + name.len() + fated.detail.len())?;
        self.count += 1;
        self.bank.report.findings.push(fated.of(format!("question {}", self.count), name));
        Ok(())
    }

    pub fn finish(self) -> Bank {
        self.bank
    }
}

fn id(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_made_once_with_those_above_them() {
        let mut shelves = Shelves::new("Import", "x", &Limits::default());
        shelves.put(Question::default(), Fated::imported()).unwrap();
        let mut ids = Vec::new();
        for path in ["$course$/top/a/b", "$course$/top/a", "$module$/top/a"] {
            shelves.enter(path).unwrap();
            ids.push(shelves.category().unwrap().unwrap().0.id);
        }
        assert_eq!(ids, [4, 3, 5]);
        shelves.put(Question::default(), Fated::imported()).unwrap();
        let names: Vec<_> = shelves.finish().categories.into_iter().map(|(c, q)| (c.name, c.parent, q.len())).collect();
        let expected = [("top", 0, 0), ("Import", 1, 1), ("a", 1, 0), ("b", 3, 0), ("a", 1, 1)];
        assert_eq!(names.iter().map(|(n, p, q)| (n.as_str(), *p, *q)).collect::<Vec<_>>(), expected);
    }
}
