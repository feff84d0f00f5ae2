//! Loads modules: checks them, compiles them once, links them.

use std::path::PathBuf;
use std::sync::Arc;

use wasmtime::Engine;
use wasmtime::component::{Component, HasSelf, Linker};

use crate::bindings::{Activity, ActivityPre};
use crate::cache::Cache;
use crate::cwasm::{self, Trusted};
use crate::engine::{self, Pool};
use crate::package::Package;
use crate::state::State;
use crate::{LoadError, Module};

/// How the host is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    pub pool: Pool,
    /// Folder of compiled modules, which only this program writes; `None` compiles at every start.
    pub cache: Option<PathBuf>,
    /// Bytes of a module's file. A Rust module has about 100 KiB, one with a JavaScript engine inside 13 MiB.
    pub module_bytes: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { pool: Pool::default(), cache: None, module_bytes: 16 * 1024 * 1024 }
    }
}

/// One a process: the engine and what it offers to modules. Cheap to share, safe to call from any thread.
pub struct Host {
    engine: Engine,
    linker: Linker<State>,
    cache: Option<Cache>,
    module_bytes: usize,
}

impl Host {
    /// # Errors
    /// The machine does not give the address space the pool asks for.
    pub fn new(settings: Settings) -> Result<Host, LoadError> {
        let engine = engine::start(&settings.pool)?;
        let mut linker = Linker::new(&engine);
        Activity::add_to_linker::<_, HasSelf<_>>(&mut linker, |state: &mut State| state).map_err(|e| LoadError::Engine(format!("{e:#}")))?;
        let cache = settings.cache.map(|dir| Cache::new(dir, &engine));
        Ok(Host { engine, linker, cache, module_bytes: settings.module_bytes })
    }

    /// Reads what a module says of itself, without compiling it.
    ///
    /// # Errors
    /// See [`Package::read`].
    pub fn inspect(&self, bytes: &[u8]) -> Result<Package, LoadError> {
        Package::read(bytes, self.module_bytes)
    }

    /// Loads a module: from the cache within a millisecond, else compiled in about 0.1 s for 100 KiB.
    ///
    /// Compiling a stranger's module for the first time is best done in a process of its own with limits, by calling this there with the same
    /// cache: afterwards loading it here runs no compiler.
    ///
    /// # Errors
    /// [`LoadError`] says what is wrong with the module, or with the cache.
    pub fn load(&self, bytes: &[u8]) -> Result<Module, LoadError> {
        let package = self.inspect(bytes)?;
        let component = self.component(&package.hash, bytes)?;
        let pre = self.linker.instantiate_pre(&component).and_then(ActivityPre::new);
        let pre = pre.map_err(|e| LoadError::DoesNotFit(format!("{e:#}")))?;
        Ok(Module { pre, strings: Arc::new(package.strings), declaration: package.declaration, css: package.css, hash: package.hash })
    }

    fn component(&self, hash: &str, bytes: &[u8]) -> Result<Component, LoadError> {
        if let Some(code) = self.cache.as_ref().and_then(|cache| cache.get(hash))
            && let Ok(component) = cwasm::component(&self.engine, Trusted::new(&code))
        {
            return Ok(component);
        }
        let compile = |e: wasmtime::Error| LoadError::Compile(format!("{e:#}"));
        let code = self.engine.precompile_component(bytes).map_err(compile)?;
        if let Some(cache) = &self.cache {
            cache.put(hash, &code)?;
        }
        cwasm::component(&self.engine, Trusted::new(&code)).map_err(compile)
    }
}
