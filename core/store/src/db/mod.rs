//! The connections of a domain.

mod conn;
mod lock;
mod open;
mod queue;
mod read;
mod write;
mod writer;

pub use conn::Conn;
#[cfg(test)]
pub(crate) use conn::SEEN;
pub use open::Options;
pub use read::Read;
pub use write::{Mark, Write};
pub use writer::Pending;

use crate::error::Result;
use crate::pool::{self, Pool};
use crate::schema::{self, Schema};
use crate::{StoreError, staging};
use lock::Lock;
use parcours_declare::Declaration;
use read::Readers;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};
use writer::Writer;

/// An open domain. Cheap to clone; the data directory is let go when the last clone, [`Read`] and [`Pending`] job are gone.
#[derive(Clone)]
pub struct Domain(Arc<Inner>);

struct Inner {
    // Before the readers, so that the last commit is done while the lock still holds.
    writer: Writer,
    readers: Arc<Readers>,
    declaring: Mutex<()>,
}

/// What every connection of a domain shares.
pub(crate) struct Shared {
    pub(crate) file: PathBuf,
    pub(crate) options: Options,
    pub(crate) pool: Arc<Pool>,
    pub(crate) schema: RwLock<Arc<Schema>>,
    lock: Lock,
}

impl Shared {
    pub(crate) fn schema(&self) -> Arc<Schema> {
        match self.schema.read() {
            Ok(s) => s.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }
}

impl Domain {
    /// Opens the domain in `dir`, making it when it is not there, and removes what a killed import or withdrawal left behind.
    ///
    /// Tables that `declarations` and the core name are created or extended.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process has it open, [`StoreError::Redeclared`] when a declaration changed in a way that needs more than new
    /// columns and indexes, [`StoreError::LaterRelease`], [`StoreError::Damaged`], or what the disk said.
    pub fn open(dir: &Path, declarations: &[&Declaration], options: Options) -> Result<Domain> {
        std::fs::create_dir_all(dir).map_err(StoreError::io("cannot make", dir))?;
        let lock = Lock::take(dir)?;
        let pool = Arc::new(Pool::open(&dir.join("pool"))?);
        let file = dir.join("domain.sqlite3");
        let sql = open::connect(&file, &options, open::Access::Write)?;
        let schema = Arc::new(schema::prepare(&sql, declarations)?);
        let shared = Arc::new(Shared { file, options, pool, schema: RwLock::new(schema), lock });
        let writer = Writer::start(shared.clone(), sql)?;
        let domain = Domain(Arc::new(Inner { writer, readers: Arc::new(Readers::new(shared)), declaring: Mutex::new(()) }));
        staging::sweep(&domain, !domain.0.readers.shared().lock.clean)?;
        Ok(domain)
    }

    /// Adds the tables of modules that were installed since the domain was opened.
    ///
    /// # Errors
    /// [`StoreError::Redeclared`], or what the database said; then nothing changed.
    pub fn declare(&self, declarations: &[&Declaration]) -> Result<()> {
        let shared = self.0.readers.shared().clone();
        let list: Vec<Declaration> = declarations.iter().map(|d| (*d).clone()).collect();
        // One after the other, each beginning with what the one before it made.
        let _turn = self.0.declaring.lock();
        let now = shared.schema();
        let next = self.write(move |w| {
            let done = schema::declare(&w, (*now).clone(), &list);
            (w, done)
        })?;
        match shared.schema.write() {
            Ok(mut s) => *s = Arc::new(next),
            Err(poisoned) => *poisoned.into_inner() = Arc::new(next),
        }
        Ok(())
    }

    /// A snapshot to read from. It sees what was committed when its first query ran, and nothing later.
    ///
    /// # Errors
    /// What the database said when a new connection was needed.
    pub fn read(&self) -> Result<Read> {
        Readers::take(&self.0.readers)
    }

    /// Runs `job` on the writer thread and waits until what it wrote is durable.
    ///
    /// The job owns the transaction while it runs and gives it back with its result. `Err`, a panic, and a [`Write`] that does not come back undo what
    /// this job wrote, and only that: other jobs of the same commit are kept.
    ///
    /// # Errors
    /// The job's own; [`StoreError::Lost`], [`StoreError::NotCommitted`], [`StoreError::Nested`] or [`StoreError::Stopped`] turned into its type.
    pub fn write<T, E>(&self, job: impl FnOnce(Write) -> (Write, Result<T, E>) + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.submit(job).wait()
    }

    /// [`Domain::write`] without waiting. The job runs even if nobody waits for it.
    pub fn submit<T, E>(&self, job: impl FnOnce(Write) -> (Write, Result<T, E>) + Send + 'static) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.0.writer.submit(false, job)
    }

    /// [`Domain::submit`] of one of many jobs nobody waits for in person: everybody else's go first.
    pub(crate) fn submit_patiently<T, E>(&self, job: impl FnOnce(Write) -> (Write, Result<T, E>) + Send + 'static) -> Pending<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.0.writer.submit(true, job)
    }

    /// Removes contents that nothing names any more, and says how many. Worth doing now and then: files that were replaced or removed leave theirs.
    ///
    /// # Errors
    /// What the database or the disk said.
    pub fn sweep(&self) -> Result<usize> {
        pool::sweep(self, false)
    }

    /// How often the writer has committed, for measurements and tests.
    pub fn commits(&self) -> u64 {
        self.0.writer.commits()
    }

    pub fn pool(&self) -> &Arc<Pool> {
        &self.0.readers.shared().pool
    }

    /// The declared tables as they are now.
    pub fn schema(&self) -> Arc<Schema> {
        self.0.readers.shared().schema()
    }

    pub(crate) fn options(&self) -> &Options {
        &self.0.readers.shared().options
    }
}
