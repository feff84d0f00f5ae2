//! Jobs that wait for the writer, in two rows.

use super::Write;
use crate::error::Result;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender};

pub(super) struct Job {
    /// Runs the caller's function, keeps its result aside, and says whether it was `Ok`.
    pub run: Box<dyn FnOnce(Write) -> bool + Send>,
    pub done: SyncSender<Result<()>>,
    /// Whether it lets others go first.
    pub patient: bool,
}

/// Both rows come in through one channel and are told apart here; within each, who came first goes first.
pub(super) struct Queue {
    jobs: Receiver<Job>,
    prompt: VecDeque<Job>,
    patient: VecDeque<Job>,
    /// Whether the patient waited for others the last time.
    waited: bool,
}

impl Queue {
    pub fn new(jobs: Receiver<Job>) -> Queue {
        Queue { jobs, prompt: VecDeque::new(), patient: VecDeque::new(), waited: false }
    }

    /// The next job, when there is one; `None` when there will be none any more. After others, one of the patient has its turn, or they would wait for
    /// ever where somebody always comes.
    pub fn next(&mut self) -> Option<Job> {
        self.sort();
        let (first, second) = if self.waited { (&mut self.patient, &mut self.prompt) } else { (&mut self.prompt, &mut self.patient) };
        let job = first.pop_front().or_else(|| second.pop_front()).or_else(|| self.jobs.recv().ok())?;
        self.waited = !job.patient;
        Some(job)
    }

    /// A job that waits already and is not patient.
    pub fn company(&mut self) -> Option<Job> {
        self.sort();
        self.prompt.pop_front()
    }

    fn sort(&mut self) {
        while let Ok(job) = self.jobs.try_recv() {
            if job.patient { self.patient.push_back(job) } else { self.prompt.push_back(job) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{channel, sync_channel};

    fn job(patient: bool) -> (Job, Receiver<Result<()>>) {
        let (done, wait) = sync_channel(1);
        (Job { run: Box::new(|_| true), done, patient }, wait)
    }

    #[test]
    fn the_patient_come_after_others_and_have_their_turn() {
        let (send, jobs) = channel();
        let mut queue = Queue::new(jobs);
        let sent: Vec<_> = [true, false, true, false, false].map(job).into_iter().collect();
        let mut waits = Vec::new();
        for (job, wait) in sent {
            waits.push(wait);
            assert!(send.send(job).is_ok());
        }
        let which = |job: Option<Job>| {
            job.and_then(|job| job.done.send(Ok(())).ok())?;
            waits.iter().position(|wait| wait.try_recv().is_ok())
        };
        assert_eq!(which(queue.next()), Some(1));
        assert_eq!(which(queue.company()), Some(3));
        assert_eq!(which(queue.next()), Some(0), "it has waited once");
        assert_eq!(which(queue.next()), Some(4));
        assert_eq!(which(queue.company()), None, "who is patient is no company");
        assert_eq!(which(queue.next()), Some(2));
        drop(send);
        assert_eq!(which(queue.next()), None);
    }
}
