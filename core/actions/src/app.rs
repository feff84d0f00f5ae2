//! The program's parts, put together once.

use crate::forms::Forms;
use crate::import::Jobs;
use crate::modules::Modules;
use crate::rich::Rich;
use crate::work::Works;
use crate::{ActionError, Result};
use jiff::tz::TimeZone;
use parcours_declare::Declaration;
use parcours_store::Domain;
use std::path::PathBuf;
use std::sync::Arc;

/// What a running Parcours is made of. Shared behind an `Arc`.
pub struct App {
    pub(crate) domain: Domain,
    pub(crate) modules: Modules,
    pub(crate) forms: Forms,
    pub(crate) rich: Arc<Rich>,
    pub(crate) jobs: Jobs,
    pub(crate) works: Works,
    pub(crate) zone: TimeZone,
    pub(crate) clock: fn() -> i64,
    pub(crate) folder: PathBuf,
}

/// How to put it together.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data directory: one folder a domain below it.
    pub data: PathBuf,
    /// Name of the domain (`main` unless told).
    pub domain: String,
    /// Zone in which times are shown to people who did not choose one.
    pub zone: String,
    /// Unix seconds, now.
    pub clock: fn() -> i64,
}

impl Options {
    /// The domain `main` of a data directory, on the clock of the machine.
    pub fn new(data: impl Into<PathBuf>) -> Options {
        Options { data: data.into(), domain: "main".into(), zone: "Europe/Paris".into(), clock: system_clock }
    }
}

/// The machine's clock: the one place where time enters.
pub fn system_clock() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX))
}

impl App {
    /// Opens a domain with modules, each the bytes of its file. Modules are compiled when they are first called ([`App::warm`] does it now).
    ///
    /// # Errors
    /// `Invalid` for a domain name that is none or a module that is none; `Store` when the data directory is in use or damaged.
    pub fn open(options: &Options, modules: &[&'static [u8]]) -> Result<App> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if options.domain.is_empty() || options.domain.len() > 40 || !options.domain.chars().all(plain) {
            return Err(ActionError::invalid("a domain's name is made of lower-case letters, digits and `-`, at most 40"));
        }
        let folder = options.data.join(&options.domain);
        let modules = Modules::new(modules, options.data.join("modules"))?;
        let declarations: Vec<&Declaration> = modules.declarations().collect();
        let domain = Domain::open(&folder, &declarations, parcours_store::Options::default())?;
        crate::site::settle(&domain)?;
        let forms = Forms::new(&declarations);
        let jobs = Jobs::open(folder.join("jobs"))?;
        let works = Works::new(folder.join("jobs"));
        let zone = crate::dates::zone(&options.zone, "UTC");
        Ok(App { domain, modules, forms, rich: Arc::default(), jobs, works, zone, clock: options.clock, folder })
    }

    /// Compiles and links every module now, so that nobody waits for it later.
    ///
    /// # Errors
    /// `Module` when one does not load.
    pub fn warm(&self) -> Result<()> {
        self.modules.warm()
    }

    /// Where an upload lands on its way in: on the same disk as everything else.
    pub fn uploads(&self) -> &std::path::Path {
        self.jobs.folder()
    }

    /// Rows of each table of the domain that has any: see [`parcours_store::census`].
    ///
    /// # Errors
    /// What the store said.
    pub fn census(&self) -> Result<std::collections::BTreeMap<String, i64>> {
        Ok(parcours_store::census(&*self.domain.read()?)?)
    }

    pub(crate) fn now(&self) -> i64 {
        (self.clock)()
    }
}

/// What the modules in these files say of themselves, without opening a domain.
///
/// # Errors
/// `Invalid` when one is no module.
pub fn declared(modules: &[&'static [u8]]) -> Result<Vec<Declaration>> {
    modules.iter().map(|bytes| crate::modules::read(bytes).map(|p| p.declaration)).collect()
}
