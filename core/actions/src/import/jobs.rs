//! The wizard's jobs: an uploaded archive that waits for choices, runs on a thread of its own, and ends as a course or as nothing.

use super::{Choices, Job, Made, Progress, State, other};
use crate::{ActionError, App, Result, Viewer};
use parcours_course::Language;
use parcours_mbz::Inventory;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Imports of one domain that may run at the same time (SECURITY §4).
const RUNNING: usize = 3;
/// Uploads one person may leave waiting.
const WAITING: usize = 8;

/// All jobs since the program started. A job that was waiting or running when it ended is gone, and its folder with it.
pub struct Jobs {
    folder: PathBuf,
    all: Mutex<HashMap<String, Arc<Held>>>,
}

struct Held {
    owner: i64,
    file_name: String,
    size: u64,
    archive: PathBuf,
    /// What it was before it was made a backup.
    made: Option<Made>,
    stop: AtomicBool,
    state: Mutex<State>,
}

impl Jobs {
    /// Starts with an empty folder: what an earlier run left behind was never finished.
    ///
    /// # Errors
    /// `Io` when the folder cannot be cleared or made.
    pub fn open(folder: PathBuf) -> Result<Jobs> {
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(ActionError::io(format!("clearing {}", folder.display())))?;
        }
        std::fs::create_dir_all(&folder).map_err(ActionError::io(format!("making {}", folder.display())))?;
        Ok(Jobs { folder, all: Mutex::default() })
    }

    /// A folder for an upload on its way in; on the same disk, so that [`super::receive`] only renames.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn receive(&self, app: &App, id: String, viewer: &Viewer, file_name: &str, language: Language, upload: &Path) -> Result<Job> {
        let waiting = self.lock().values().filter(|h| h.owner == viewer.account && matches!(*h.state(), State::Ready(_))).count();
        if waiting >= WAITING {
            let _ = std::fs::remove_file(upload);
            return Err(ActionError::Waiting);
        }
        let archive = self.folder.join(format!("{id}.mbz"));
        let looked = looked(app, upload, file_name, language, &archive).inspect_err(|_| {
            let _ = std::fs::remove_file(upload);
            let _ = std::fs::remove_file(&archive);
        });
        let (made, inventory) = looked?;
        let size = std::fs::metadata(&archive).map_or(0, |m| m.len());
        let held = Arc::new(Held {
            owner: viewer.account,
            file_name: file_name.to_owned(),
            size,
            archive,
            made,
            stop: AtomicBool::new(false),
            state: Mutex::new(State::Ready(Box::new(inventory))),
        });
        self.lock().insert(id.clone(), held.clone());
        Ok(held.job(id))
    }

    pub(super) fn job(&self, viewer: &Viewer, id: &str) -> Result<Job> {
        Ok(self.held(viewer, id)?.job(id.to_owned()))
    }

    pub(super) fn unfinished(&self, viewer: &Viewer) -> Vec<Job> {
        let all = self.lock();
        let mine = all.iter().filter(|(_, h)| h.owner == viewer.account).map(|(id, h)| h.job(id.clone()));
        let mut jobs: Vec<Job> = mine.filter(|j| matches!(j.state, State::Ready(_) | State::Running(_))).collect();
        jobs.sort_by(|a, b| (&a.file_name, &a.id).cmp(&(&b.file_name, &b.id)));
        jobs
    }

    pub(super) fn start(&self, app: &Arc<App>, viewer: &Viewer, id: &str, choices: Choices) -> Result<()> {
        let held = self.held(viewer, id)?;
        let running = self.lock().values().filter(|h| matches!(*h.state(), State::Running(_))).count();
        if running >= RUNNING {
            return Err(ActionError::Busy(30));
        }
        {
            let mut state = held.state();
            if !matches!(*state, State::Ready(_)) {
                return Err(ActionError::Started);
            }
            *state = State::Running(Progress::default());
        }
        let app = app.clone();
        std::thread::Builder::new().name("import".into()).spawn(move || held.run(&app, &choices)).map_err(ActionError::io("starting the import"))?;
        Ok(())
    }

    pub(super) fn cancel(&self, viewer: &Viewer, id: &str) -> Result<()> {
        let held = self.held(viewer, id)?;
        held.stop.store(true, Ordering::Relaxed);
        let mut state = held.state();
        if matches!(*state, State::Ready(_)) {
            *state = State::Cancelled;
            let _ = std::fs::remove_file(&held.archive);
        }
        Ok(())
    }

    /// Another person's job is as good as none (SECURITY C34).
    fn held(&self, viewer: &Viewer, id: &str) -> Result<Arc<Held>> {
        self.lock().get(id).filter(|h| h.owner == viewer.account).cloned().ok_or(ActionError::NotFound)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Held>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn job(&self, id: String) -> Job {
        Job { id, file_name: self.file_name.clone(), size: self.size, made: self.made.clone(), state: self.state().clone() }
    }

    fn run(&self, app: &App, choices: &Choices) {
        let done = super::run::run(app, &self.archive, choices, self.made.as_ref(), &mut |p| {
            *self.state() = State::Running(p);
            !self.stop.load(Ordering::Relaxed)
        });
        *self.state() = match done {
            Ok(imported) => State::Done { course: imported.course },
            Err(_) if self.stop.load(Ordering::Relaxed) => State::Cancelled,
            Err(e) => State::Failed(Arc::new(e)),
        };
        let _ = std::fs::remove_file(&self.archive);
    }
}

/// The upload as a backup at its place, and what is in it.
fn looked(app: &App, upload: &Path, name: &str, language: Language, archive: &Path) -> Result<(Option<Made>, Inventory)> {
    let made = other::backup(app, upload, name, language, archive)?;
    let inventory = crate::inspect::run(if made.is_some() { archive } else { upload }, |m| app.modules.has(m))?;
    match made {
        Some(_) => std::fs::remove_file(upload).map_err(ActionError::io("removing the upload"))?,
        None => std::fs::rename(upload, archive).map_err(ActionError::io("keeping the upload"))?,
    }
    Ok((made, inventory))
}
