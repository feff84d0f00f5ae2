//! A domain in a folder of its own, with the modules that ship.

use super::files_below;
use parcours_actions::activity::{self, Answer, Request, Upload};
use parcours_actions::import::{self, Choices, Imported};
use parcours_actions::user::{self, NewUser};
use parcours_actions::{ActionError, App, Options, Viewer, export, session};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// The tests' now: 21 January 2026, when everything in the sample course has opened.
pub const NOW: i64 = 1_769_000_000;

pub struct House {
    pub app: Arc<App>,
    pub dir: TempDir,
}

impl House {
    pub fn new() -> House {
        House::with(modules())
    }

    /// With these modules and no others.
    pub fn with(modules: &[&'static [u8]]) -> House {
        let dir = tempfile::tempdir().unwrap();
        let app = Arc::new(open(dir.path(), modules).unwrap());
        House { app, dir }
    }

    /// The domain's folder.
    pub fn folder(&self) -> PathBuf {
        self.dir.path().join("main")
    }

    pub fn import(&self, archive: &Path) -> Imported {
        self.try_import(archive, false).unwrap()
    }

    pub fn try_import(&self, archive: &Path, without_people: bool) -> parcours_actions::Result<Imported> {
        self.bring(archive, &Choices { without_people, publish: true, ..Choices::default() })
    }

    pub fn bring(&self, archive: &Path, choices: &Choices) -> parcours_actions::Result<Imported> {
        import::run(&self.app, archive, choices, &mut |_| true)
    }

    /// The course as an archive in the house's folder.
    pub fn export(&self, course: i64, name: &str, without_people: bool) -> PathBuf {
        let out = self.dir.path().join(name);
        export::run(&self.app, None, course, export::Choices { without_people, ..Default::default() }, &out).unwrap();
        out
    }

    /// Somebody who runs the domain and takes part in nothing.
    pub fn admin(&self) -> Viewer {
        self.account("admin", true)
    }

    /// Logs somebody in, who gets an account first when there is none of that name.
    pub fn login(&self, username: &str) -> Viewer {
        self.account(username, false)
    }

    fn account(&self, username: &str, admin: bool) -> Viewer {
        let password = "correct horse battery";
        let new = NewUser {
            username: username.into(),
            email: format!("{username}@example.org"),
            first_name: "Zoé".into(),
            last_name: format!("Dupont-{username}"),
            password: password.into(),
            admin,
        };
        user::add(&self.app, &new).unwrap();
        session::login(&self.app, username, password, "127.0.0.1").unwrap().viewer
    }

    /// A page of an activity.
    pub fn view(&self, viewer: &Viewer, ask: Ask) -> parcours_actions::Result<Answer> {
        activity::view(&self.app, viewer, ask.request())
    }

    pub fn act(&self, viewer: &Viewer, ask: Ask) -> parcours_actions::Result<Answer> {
        activity::act(&self.app, viewer, ask.request())
    }

    /// What is there that should not be, when no course is.
    pub fn leftovers(&self) -> Vec<String> {
        let mut found: Vec<String> =
            self.app.census().unwrap().into_iter().filter(|(t, _)| t != "account").map(|(t, n)| format!("{n} rows of {t}")).collect();
        for folder in ["pool", "jobs"] {
            found.extend(files_below(&self.folder().join(folder)).into_iter().map(|p| p.display().to_string()));
        }
        let known = |name: &str| ["domain.sqlite3", "domain.sqlite3-wal", "domain.sqlite3-shm", "domain.lock", "pool", "jobs"].contains(&name);
        let here = std::fs::read_dir(self.folder()).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned());
        found.extend(here.filter(|name| !known(name)));
        found
    }
}

/// A request in one line: `Ask::of(1, "forum", 403).route("reply").query("post", 6015)`.
pub struct Ask(Request);

impl Ask {
    pub fn of(course: i64, module: &str, cm: i64) -> Ask {
        Ask(Request { course, cm, module: module.into(), lang: "fr".into(), csrf: "token".into(), ..Request::default() })
    }

    pub fn route(mut self, route: &str) -> Ask {
        self.0.route = route.into();
        self
    }

    pub fn query(mut self, name: &str, value: impl ToString) -> Ask {
        self.0.query.push((name.into(), value.to_string()));
        self
    }

    pub fn form(mut self, name: &str, value: impl ToString) -> Ask {
        self.0.form.push((name.into(), value.to_string()));
        self
    }

    pub fn upload(mut self, field: &str, name: &str, content: &[u8]) -> Ask {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(content).unwrap();
        file.rewind().unwrap();
        self.0.uploads.push(Upload { field: field.into(), name: name.into(), file, size: content.len() as u64 });
        self
    }

    fn request(self) -> Request {
        self.0
    }
}

/// The HTML of a page, or nothing for every other answer.
pub fn html(answer: &Answer) -> &str {
    match answer {
        Answer::Page(page) => &page.html,
        _ => "",
    }
}

/// An outcome as one word.
pub fn word<T>(result: &parcours_actions::Result<T>) -> &'static str {
    match result {
        Ok(_) => "open",
        Err(ActionError::NotFound) => "not found",
        Err(ActionError::Denied(_) | ActionError::Refused(_)) => "denied",
        Err(ActionError::Invalid { .. }) => "invalid",
        Err(ActionError::Busy(_)) => "busy",
        Err(ActionError::Module { .. }) => "module",
        Err(_) => "other",
    }
}

pub fn open(data: &Path, modules: &[&'static [u8]]) -> parcours_actions::Result<App> {
    App::open(&Options { clock: || NOW, ..Options::new(data) }, modules)
}

/// The modules that ship, as `cargo xtask modules` left them.
pub fn modules() -> &'static [&'static [u8]] {
    static ALL: OnceLock<Vec<&'static [u8]>> = OnceLock::new();
    ALL.get_or_init(|| {
        let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache/parcours");
        let folder = std::env::var_os("PARCOURS_CACHE").map_or_else(home, PathBuf::from).join("modules");
        let mut paths = files_below(&folder);
        paths.retain(|p| p.extension().is_some_and(|e| e == "wasm"));
        paths.sort();
        assert!(!paths.is_empty(), "no modules in {}: run `cargo xtask modules` first", folder.display());
        paths.iter().map(|p| &*Box::leak(std::fs::read(p).unwrap().into_boxed_slice())).collect()
    })
}
