//! The one thread that writes, and its group commit.
//!
//! While a commit waits for the disk, jobs queue up; the next transaction takes all that wait (at most [`super::Options::group`], for at most
//! [`super::Options::window`]), each inside a savepoint of its own, and commits them together. A job alone never waits for company.
//!
//! Batches of an import wait in a second row: each is a transaction of its own, and between two of them goes whoever else waits, so that nobody waits for
//! more than one. They are not flushed: nobody has been told that they are written, and the flush of the commit that publishes the course is one of the
//! whole log, theirs included.

use super::queue::{Job, Queue};
use super::write::Home;
use super::{Conn, Shared, Write};
use crate::StoreError;
use crate::error::Result;
use rusqlite::{Connection, ErrorCode};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, ThreadId};
use std::time::Instant;

pub(super) struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    id: ThreadId,
    commits: Arc<AtomicU64>,
}

/// A job under way.
#[must_use = "wait for it to know whether it was written"]
pub struct Pending<T, E> {
    result: Arc<Mutex<Option<Result<T, E>>>>,
    done: Receiver<Result<()>>,
}

impl<T, E: From<StoreError>> Pending<T, E> {
    /// Waits until the job is durable, or undone.
    ///
    /// # Errors
    /// As [`super::Domain::write`].
    pub fn wait(self) -> Result<T, E> {
        match self.done.recv() {
            Ok(Ok(())) => {}
            Ok(Err(e)) => return Err(e.into()),
            Err(_) => return Err(StoreError::Stopped("the writer has ended".into()).into()),
        }
        let result = self.result.lock().ok().and_then(|mut r| r.take());
        result.unwrap_or_else(|| Err(StoreError::Lost("its result is gone".into()).into()))
    }
}

impl Writer {
    pub(super) fn start(shared: Arc<Shared>, sql: Connection) -> Result<Writer> {
        let (jobs, queue) = channel();
        let commits = Arc::new(AtomicU64::new(0));
        let desk = Desk { conn: None, home: Home::default(), shared: shared.clone(), commits: commits.clone(), flushes: true, stopped: None };
        let conn = Conn { sql: Box::new(sql), schema: shared.schema(), pool: shared.pool.clone() };
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || Desk { conn: Some(conn), ..desk }.work(Queue::new(queue)))
            .map_err(StoreError::io("cannot start the writer of", &shared.file))?;
        Ok(Writer { jobs: Some(jobs), id: thread.thread().id(), thread: Some(thread), commits })
    }

    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// `patient`: it may wait for all that are not.
    pub(super) fn submit<T, E>(&self, patient: bool, job: impl FnOnce(Write) -> (Write, Result<T, E>) + Send + 'static) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (done, wait) = sync_channel(1);
        let result = Arc::new(Mutex::new(None));
        let keep = result.clone();
        let run = Box::new(move |w: Write| {
            let (w, outcome) = job(w);
            drop(w);
            let ok = outcome.is_ok();
            if let Ok(mut place) = keep.lock() {
                *place = Some(outcome);
            }
            ok
        });
        if std::thread::current().id() == self.id {
            // It would wait for itself.
            let _ = done.send(Err(StoreError::Nested));
        } else if let Some(jobs) = &self.jobs {
            // A send that fails drops `done`, which `wait` understands.
            let _ = jobs.send(Job { run, done, patient });
        }
        Pending { result, done: wait }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if std::thread::current().id() == self.id {
            return;
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the thread works with.
struct Desk {
    conn: Option<Conn>,
    home: Home,
    shared: Arc<Shared>,
    commits: Arc<AtomicU64>,
    /// Whether a commit waits for the disk, as the connection was told last.
    flushes: bool,
    /// Why nothing is written any more: after a failed write to the disk, what the file holds is only known again after a restart.
    stopped: Option<String>,
}

impl Desk {
    fn work(mut self, mut queue: Queue) {
        while let Some(first) = queue.next() {
            match (&self.stopped, self.conn.take()) {
                (None, Some(conn)) => self.group(conn, first, &mut queue),
                (why, _) => {
                    let why = why.clone().unwrap_or_else(|| "its connection was lost".into());
                    let _ = first.done.send(Err(StoreError::Stopped(why)));
                }
            }
        }
    }

    fn group(&mut self, mut conn: Conn, first: Job, queue: &mut Queue) {
        conn.schema = self.shared.schema();
        let alone = first.patient;
        if let Err(e) = self.flushing(&conn, !alone).and_then(|()| conn.sql.execute_batch("BEGIN IMMEDIATE")) {
            self.stop_if_broken(&e);
            let _ = first.done.send(Err(e.into()));
            self.conn = Some(conn);
            return;
        }
        let began = Instant::now();
        let mut kept = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next {
            let Some((back, done)) = self.one(conn, job) else {
                answer(kept, &StoreError::Lost("the transaction did not come back".into()).to_string());
                self.stopped = Some("a job did not give the transaction back".into());
                return;
            };
            conn = back;
            kept.extend(done);
            if conn.sql.is_autocommit() {
                // The database gave up the whole transaction (a full disk does that).
                answer(std::mem::take(&mut kept), "the database gave up the transaction");
                self.conn = Some(conn);
                return;
            }
            let full = alone || kept.len() >= self.shared.options.group || began.elapsed() >= self.shared.options.window;
            next = if full { None } else { queue.company() };
        }
        let outcome = conn.sql.execute_batch(if kept.is_empty() { "ROLLBACK" } else { "COMMIT" });
        match outcome {
            Ok(()) => {
                self.commits.fetch_add(u64::from(!kept.is_empty()), Ordering::Relaxed);
                kept.into_iter().for_each(|done| drop(done.send(Ok(()))));
            }
            Err(e) => {
                self.stop_if_broken(&e);
                if !conn.sql.is_autocommit() {
                    let _ = conn.sql.execute_batch("ROLLBACK");
                }
                answer(kept, &e.to_string());
            }
        }
        self.conn = Some(conn);
    }

    /// Runs one job in its savepoint. Gives the connection back, and who waits for the commit if the job is to be kept.
    fn one(&mut self, conn: Conn, job: Job) -> Option<(Conn, Option<SyncSender<Result<()>>>)> {
        if let Err(e) = conn.sql.execute_batch("SAVEPOINT job") {
            let _ = job.done.send(Err(e.into()));
            return Some((conn, None));
        }
        let w = Write::lend(conn, self.home.clone());
        let outcome = catch_unwind(AssertUnwindSafe(|| (job.run)(w)));
        let conn = self.home.lock().ok().and_then(|mut home| home.take())?;
        if let Ok(true) = outcome
            && conn.sql.execute_batch("RELEASE job").is_ok()
        {
            return Some((conn, Some(job.done)));
        }
        let undone = conn.sql.is_autocommit() || conn.sql.execute_batch("ROLLBACK TO job; RELEASE job").is_ok();
        let _ = job.done.send(match outcome {
            Ok(false) if undone => Ok(()),
            Ok(_) => Err(StoreError::Lost("it could not be ended in order".into())),
            Err(panic) => Err(StoreError::Lost(said(&*panic))),
        });
        Some((conn, None))
    }

    /// Whether the commits that follow wait for the disk. Not to be changed inside a transaction.
    fn flushing(&mut self, conn: &Conn, yes: bool) -> rusqlite::Result<()> {
        if self.flushes != yes {
            conn.sql.pragma_update(None, "synchronous", if yes { "full" } else { "normal" })?;
            self.flushes = yes;
        }
        Ok(())
    }

    fn stop_if_broken(&mut self, e: &rusqlite::Error) {
        let broken = matches!(e.sqlite_error_code(), Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase));
        if broken {
            self.stopped = Some(e.to_string());
        }
    }
}

fn answer(waiting: Vec<SyncSender<Result<()>>>, why: &str) {
    for done in waiting {
        let _ = done.send(Err(StoreError::NotCommitted(why.to_owned())));
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "it panicked".into())
}

#[cfg(test)]
mod tests {
    use crate::{Domain, Options, StoreError};

    #[test]
    fn only_the_patient_do_not_wait_for_the_disk() -> Result<(), StoreError> {
        let dir = tempfile::tempdir().map_err(StoreError::io("cannot make", "a folder"))?;
        let domain = Domain::open(dir.path(), &[], Options::default())?;
        let patient = |yes: bool| {
            let ask = |w: crate::Write| {
                let told = w.one("PRAGMA synchronous", [], |r| r.get::<_, i64>(0));
                (w, told)
            };
            if yes { domain.submit_patiently(ask) } else { domain.submit(ask) }.wait()
        };
        let (full, normal) = (Some(2), Some(1));
        for (yes, expected) in [(false, full), (true, normal), (true, normal), (false, full)] {
            assert_eq!(patient(yes)?, expected);
        }
        Ok(())
    }
}
