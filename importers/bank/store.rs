//! Where the files of questions are kept while they are read.

use parcours_course::Text;
use parcours_course::question::{Answer, Body, Combined, Question};
use parcours_mbz::outline::{Build, Stored};
use parcours_mbz::{Error, Limit, Limits, Place};
use std::io::Read;

/// Takes contents in.
pub trait Store {
    /// # Errors
    /// What reading fails with, and the device.
    fn put(&mut self, content: &mut dyn Read) -> Result<Stored, Error>;
}

impl Store for Build {
    fn put(&mut self, content: &mut dyn Read) -> Result<Stored, Error> {
        self.store(content)
    }
}

/// Keeps no content: for the questions alone.
impl Store for () {
    fn put(&mut self, content: &mut dyn Read) -> Result<Stored, Error> {
        let size = std::io::copy(content, &mut std::io::sink())?;
        Ok(Stored { hash: String::new(), size })
    }
}

/// Counts what is held in memory of an input, and says no beyond [`Limits::record_bytes`] twice over: questions are held whole, so that a bank can be written in one piece.
#[derive(Debug, Clone)]
pub(super) struct Limited {
    left: usize,
    most: u64,
    place: String,
}

/// Bytes that a question takes beside its texts, as a question and as the element that is made of it; an answer; a category or a line of the report.
pub(super) const QUESTION: usize = 6 << 10;
pub(super) const ANSWER: usize = 1 << 10;
pub(super) const LINE: usize = 512;

impl Limited {
    pub fn new(place: &str, limits: &Limits) -> Self {
        let most = limits.record_bytes.saturating_mul(2);
        Limited { left: usize::try_from(most).unwrap_or(usize::MAX), most, place: place.to_owned() }
    }

    /// # Errors
    /// [`Error::Limit`] when it is too much.
    pub fn take(&mut self, bytes: usize) -> Result<(), Error> {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Error::Limit { place: Place::entry(&self.place), limit: Limit::RecordBytes, value: self.most }),
        }
    }
}

/// What a question holds in memory, in bytes, roughly. Its texts count three times: in the question, in the element made of it, in the document.
pub(super) fn weight(q: &Question) -> usize {
    let text = |t: &Text| t.text.len() * 3;
    let answer = |a: &Answer| ANSWER + text(&a.text) + text(&a.feedback);
    let combined = |c: &Combined| text(&c.right) + text(&c.partly) + text(&c.wrong);
    let own = QUESTION + 3 * (q.name.len() + q.idnumber.len()) + text(&q.text) + text(&q.general_feedback);
    let around = q.hints.iter().map(|h| ANSWER + text(&h.text) + 3 * h.options.len()).sum::<usize>()
        + q.tags.iter().map(|t| LINE + 3 * t.len()).sum::<usize>()
        + q.files.len() * ANSWER;
    own + around
        + match &q.body {
            Body::TrueFalse(t) => answer(&t.yes) + answer(&t.no),
            Body::Choice(c) => c.answers.iter().map(answer).sum::<usize>() + combined(&c.combined),
            Body::Short(s) => s.answers.iter().map(answer).sum(),
            Body::Numerical(n) => n.answers.iter().map(|t| ANSWER + answer(&t.answer)).sum::<usize>() + n.units.units.len() * ANSWER,
            Body::Calculated(c) => {
                c.answers.iter().map(|t| ANSWER + answer(&t.answer)).sum::<usize>()
                    + c.datasets.iter().map(|d| (1 + d.items.len()) * ANSWER).sum::<usize>()
                    + c.units.units.len() * ANSWER
                    + combined(&c.combined)
            }
            Body::Match(m) => m.pairs.iter().map(|p| ANSWER + text(&p.text) + 3 * p.answer.len()).sum::<usize>() + combined(&m.combined),
            Body::Ordering(o) => o.items.iter().map(answer).sum::<usize>() + combined(&o.combined),
            Body::Essay(e) => text(&e.grader_info) + text(&e.template),
            Body::Cloze(c) => c.questions.iter().map(weight).sum(),
            Body::Gaps(g) => g.choices.iter().map(|c| ANSWER + 3 * c.text.len()).sum::<usize>() + combined(&g.combined),
            Body::ImageDrop(d) => (d.drags.len() + d.drops.len()) * ANSWER + combined(&d.combined),
            Body::Markers(m) => (m.markers.len() + m.zones.len()) * ANSWER + combined(&m.combined),
            Body::RandomMatch(r) => combined(&r.combined),
            Body::Description | Body::Random(_) | Body::Other { .. } => 0,
        }
}
