//! All works there are, and the threads they run on.

use super::{Done, KEPT, Part, Progress, State, What, Work};
use crate::convert::{Did, Watch};
use crate::{ActionError, App, Result, Viewer};
use std::collections::HashMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;

/// Works of one domain that may run at the same time (SECURITY §4).
const RUNNING: usize = 3;
/// Works of one person that are kept; the one that ended first makes room.
const MOST: usize = 8;

/// The works since the program started. Their folders stand in the folder of uploads, which is empty when a program starts.
pub struct Works {
    folder: PathBuf,
    all: Mutex<HashMap<String, Arc<Held>>>,
}

/// A work with its folder, which is there as long as anybody holds it.
pub(super) struct Held {
    owner: i64,
    name: String,
    what: What,
    folder: TempDir,
    watch: Arc<Watch>,
    now: Mutex<Now>,
}

struct Now {
    state: State,
    /// Unix seconds of the last change.
    since: i64,
}

/// What a work is given to work with.
pub(super) struct Bench<'a> {
    held: &'a Held,
    pub app: &'a App,
}

impl Works {
    pub fn new(folder: PathBuf) -> Works {
        Works { folder, all: Mutex::default() }
    }

    /// A folder for a work that is about to begin.
    pub(super) fn room(&self) -> Result<TempDir> {
        tempfile::Builder::new().prefix("work-").tempdir_in(&self.folder).map_err(ActionError::io("making room for the work"))
    }

    /// Begins a work on a thread of its own. `steps` is what it will do.
    pub(super) fn begin(
        &self,
        app: &Arc<App>,
        viewer: &Viewer,
        (name, what, folder): (String, What, TempDir),
        steps: Vec<Did>,
        work: impl FnOnce(&Bench<'_>) -> Result<Done> + Send + 'static,
    ) -> Result<Work> {
        let (id, now) = (crate::chance::name::<16>()?, app.now());
        self.sweep(now);
        let state = State::Running(Progress { steps, ..Progress::default() });
        let held = Arc::new(Held { owner: viewer.account, name, what, folder, watch: Arc::default(), now: Mutex::new(Now { state, since: now }) });
        {
            let mut all = self.lock();
            if all.values().filter(|h| h.is_running()).count() >= RUNNING {
                return Err(ActionError::Busy(30));
            }
            make_room(&mut all, viewer.account);
            all.insert(id.clone(), held.clone());
        }
        let (app, worker) = (app.clone(), held.clone());
        let started = std::thread::Builder::new().name("work".into()).spawn(move || worker.run(&app, work));
        if let Err(e) = started {
            self.lock().remove(&id);
            return Err(ActionError::Io { doing: "starting the work".into(), source: e });
        }
        Ok(held.work(id))
    }

    pub(super) fn get(&self, now: i64, viewer: &Viewer, id: &str) -> Result<Work> {
        self.sweep(now);
        Ok(self.held(viewer, id)?.work(id.to_owned()))
    }

    pub(super) fn list(&self, now: i64, viewer: &Viewer) -> Vec<Work> {
        self.sweep(now);
        let all = self.lock();
        let mine = all.iter().filter(|(_, h)| h.owner == viewer.account);
        let mut mine: Vec<(i64, Work)> = mine.map(|(id, h)| (h.since(), h.work(id.clone()))).collect();
        mine.sort_by(|a, b| (-a.0, &a.1.id).cmp(&(-b.0, &b.1.id)));
        mine.into_iter().map(|(_, work)| work).collect()
    }

    pub(super) fn open(&self, viewer: &Viewer, id: &str, part: Part) -> Result<File> {
        let held = self.held(viewer, id)?;
        File::open(held.path(part)).map_err(ActionError::io("opening what the work left"))
    }

    pub(super) fn cancel(&self, viewer: &Viewer, id: &str) -> Result<()> {
        self.held(viewer, id)?.watch.stop();
        Ok(())
    }

    pub(super) fn remove(&self, viewer: &Viewer, id: &str) -> Result<()> {
        self.cancel(viewer, id)?;
        self.lock().remove(id);
        Ok(())
    }

    /// Everything that came out of a course goes with it.
    pub(crate) fn forget(&self, gone: i64) {
        self.lock().retain(|_, h| !matches!(h.what, What::Export { course, .. } if course == gone));
    }

    pub(super) fn sweep(&self, now: i64) {
        self.lock().retain(|_, h| h.is_running() || h.since() + KEPT > now);
    }

    /// Another person's work is as good as none (SECURITY C34).
    pub(super) fn held(&self, viewer: &Viewer, id: &str) -> Result<Arc<Held>> {
        self.lock().get(id).filter(|h| h.owner == viewer.account).cloned().ok_or(ActionError::NotFound)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Held>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The works of one person that ended longest ago go, until there is room for one more.
fn make_room(all: &mut HashMap<String, Arc<Held>>, owner: i64) {
    while all.values().filter(|h| h.owner == owner).count() >= MOST {
        let oldest = all.iter().filter(|(_, h)| h.owner == owner && !h.is_running()).min_by_key(|(id, h)| (h.since(), (*id).clone()));
        let Some(id) = oldest.map(|(id, _)| id.clone()) else { return };
        all.remove(&id);
    }
}

impl Held {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn since(&self) -> i64 {
        self.now().since
    }

    fn is_running(&self) -> bool {
        matches!(self.now().state, State::Running(_))
    }

    fn work(&self, id: String) -> Work {
        let mut state = self.now().state.clone();
        if let State::Running(progress) = &mut state {
            progress.percent = self.watch.percent();
        }
        Work { id, name: self.name.clone(), what: self.what.clone(), state }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn done(&self) -> Option<Arc<Done>> {
        if let State::Done(done) = &self.now().state { Some(done.clone()) } else { None }
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn path(&self, part: Part) -> PathBuf {
        self.folder().join(part.to_string())
    }

    fn run(&self, app: &App, work: impl FnOnce(&Bench<'_>) -> Result<Done>) {
        let bench = Bench { held: self, app };
        // A work that fell over has ended too: nobody waits for it, and its place is free.
        let ended = catch_unwind(AssertUnwindSafe(|| work(&bench)));
        let ended =
            ended.unwrap_or_else(|_| Err(ActionError::Io { doing: "working".into(), source: std::io::Error::other("it stopped on its way") }));
        let state = match ended {
            _ if self.watch.is_stopped() => State::Cancelled,
            Ok(done) => State::Done(Arc::new(done)),
            Err(e) => State::Failed(Arc::new(e)),
        };
        if !matches!(state, State::Done(_)) {
            // Nothing of it stays, not even until it is swept.
            let here = std::fs::read_dir(self.folder()).into_iter().flatten().flatten();
            here.for_each(|entry| drop(std::fs::remove_file(entry.path())));
        }
        *self.now() = Now { state, since: app.now() };
    }
}

impl Bench<'_> {
    pub fn folder(&self) -> &Path {
        self.held.folder()
    }

    pub fn path(&self, part: Part) -> PathBuf {
        self.held.path(part)
    }

    /// Where a step says how far it is.
    pub fn watch(&self) -> Arc<Watch> {
        self.held.watch.clone()
    }

    /// Says what comes next, and hears whether to go on.
    pub fn next(&self, did: Did) -> bool {
        self.held.watch.begin(0);
        if let State::Running(progress) = &mut self.held.now().state {
            progress.at = progress.steps.iter().position(|s| *s == did).unwrap_or(progress.at);
        }
        !self.held.watch.is_stopped()
    }

    /// The same, as an error when it is not to go on.
    pub fn step(&self, did: Did) -> Result<()> {
        if self.next(did) { Ok(()) } else { Err(ActionError::Cancelled) }
    }
}
