//! The same thing done to every archive of a folder: several at a time, each on its own, with a journal to go on by after a stop.
//!
//! One archive that fails does not keep the others. What was done is written to the journal line by line, each on the disk before the next thing begins, so that a batch that was
//! stopped goes on where it was: an archive counts as done when its line names the same size, time and wishes.

mod files;
mod journal;

pub use files::{File, list};
pub use journal::{Journal, Line};

use crate::{ActionError, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;

/// What became of one archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome<T> {
    /// Relative to the folder that was given.
    pub name: String,
    #[serde(flatten)]
    pub end: End<T>,
    /// Whether an earlier run did it.
    pub before: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End<T> {
    Done(T),
    /// Why not, in a sentence.
    Failed(String),
}

/// How a batch is run.
pub struct Batch<'a> {
    /// A folder, looked through to its last subfolder, or one archive.
    pub from: &'a Path,
    /// Where the journal is; without one everything is done again.
    pub journal: Option<&'a Path>,
    /// Whatever changes what is done to an archive: a line written with other wishes does not count.
    pub wishes: String,
    /// Archives at a time; at least one.
    pub at_a_time: usize,
}

impl Batch<'_> {
    /// Does it. Results come in the order of the names; `tell` hears each as it ends.
    ///
    /// `still` is asked about what an earlier run did: whether it is still there.
    ///
    /// # Errors
    /// `Io` when the folder or the journal cannot be read or written. What one archive fails with is its [`End::Failed`].
    pub fn run<T: Serialize + DeserializeOwned + Clone + Send>(
        &self,
        still: impl Fn(&File, &T) -> bool,
        work: impl Fn(&File) -> Result<T> + Sync,
        tell: impl Fn(&Outcome<T>) + Sync,
    ) -> Result<Vec<Outcome<T>>> {
        let files = list(self.from)?;
        let journal = self.journal.map(Journal::open).transpose()?;
        let mut ends: Vec<Option<Outcome<T>>> = Vec::new();
        for file in &files {
            let done = journal.as_ref().and_then(|j| j.done::<T>(file, &self.wishes)).filter(|t| still(file, t));
            ends.push(done.map(|t| Outcome { name: file.name.clone(), end: End::Done(t), before: true }));
        }
        ends.iter().flatten().for_each(&tell);
        let left: Vec<(usize, &File)> = files.iter().enumerate().filter(|(at, _)| ends.get(*at).is_some_and(Option::is_none)).collect();
        let shared = Shared { ends: Mutex::new(ends), journal: Mutex::new(journal), next: Mutex::new(left.iter()) };
        let broken = Mutex::new(None);
        std::thread::scope(|scope| {
            for _ in 0..self.at_a_time.max(1).min(left.len()) {
                scope.spawn(|| {
                    while let Some((at, file)) = shared.take() {
                        let end = match work(file) {
                            Ok(done) => End::Done(done),
                            Err(e) => End::Failed(sentence(&e)),
                        };
                        let outcome = Outcome { name: file.name.clone(), end, before: false };
                        tell(&outcome);
                        if let Err(e) = shared.note(*at, file, &self.wishes, outcome) {
                            *broken.lock().unwrap_or_else(PoisonError::into_inner) = Some(e);
                            return;
                        }
                    }
                });
            }
        });
        match broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(e) => Err(e),
            None => Ok(shared.ends.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()),
        }
    }
}

struct Shared<T, I> {
    ends: Mutex<Vec<Option<Outcome<T>>>>,
    journal: Mutex<Option<Journal>>,
    next: Mutex<I>,
}

impl<'a, T: Serialize, I: Iterator<Item = &'a (usize, &'a File)>> Shared<T, I> {
    fn take(&self) -> Option<&'a (usize, &'a File)> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner).next()
    }

    fn note(&self, at: usize, file: &File, wishes: &str, outcome: Outcome<T>) -> Result<()> {
        if let Some(journal) = self.journal.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            journal.write(file, wishes, &outcome.end)?;
        }
        if let Some(place) = self.ends.lock().unwrap_or_else(PoisonError::into_inner).get_mut(at) {
            *place = Some(outcome);
        }
        Ok(())
    }
}

/// An error with what it comes from.
fn sentence(e: &ActionError) -> String {
    let mut text = e.to_string();
    let mut source = std::error::Error::source(e);
    while let Some(s) = source {
        let more = s.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        source = s.source();
    }
    text
}

#[cfg(test)]
mod tests;
