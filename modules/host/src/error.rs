//! What can go wrong: with a module at the door, and in a call.

use std::path::PathBuf;
use std::time::Duration;

use crate::abilities::Fault;
use crate::{ErrorCode, ModuleError};

/// Why a module cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("the module has {bytes} bytes, and {limit} are allowed; a larger one needs the administrator's `module.bytes`.")]
    TooLarge { bytes: usize, limit: usize },
    #[error("this is not a WebAssembly component: {0}. Build it with `cargo xtask modules`.")]
    NotAComponent(String),
    #[error("the section `{0}` is missing. Build the module with `cargo xtask modules`, which adds it.")]
    MissingSection(&'static str),
    #[error("the section `{0}` is there twice.")]
    RepeatedSection(&'static str),
    #[error("the section `{section}` cannot be read: {why}")]
    BadSection { section: &'static str, why: String },
    #[error(transparent)]
    Declaration(#[from] parcours_declare::DeclareError),
    #[error("the module is built for {0}, and this host offers parcours:activity@0.1.0. Build it with the SDK of that version.")]
    OtherWorld(String),
    #[error("the module asks for `{0}`, which no module is given. Only `parcours:activity/*@0.1.0` may be imported.")]
    ForbiddenImport(String),
    #[error("the module does not export `{0}`. Implement the trait `Activity` and call `export!`.")]
    MissingExport(&'static str),
    #[error("the module could not be compiled: {0}")]
    Compile(String),
    #[error("the module does not fit the interface: {0}")]
    DoesNotFit(String),
    #[error("{path}: {source}. The cache of compiled modules must be a folder that only this program writes.")]
    Cache { path: PathBuf, source: std::io::Error },
    #[error("the engine could not start: {0}")]
    Engine(String),
}

/// Why a call gave no answer. After each of them the caller rolls back.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The module answered an error: an ordinary answer, for people.
    #[error("{}", .0.message)]
    Module(ModuleError),
    /// All instances are in use; a little later there will be one.
    #[error("all instances of modules are in use; try again in a moment.")]
    Busy,
    /// An ability failed in a way the module is not told of, such as a lost database.
    #[error("an ability failed: {0}")]
    Ability(Fault),
    #[error("the module used more than {} ms of CPU time.", .0.as_millis())]
    CpuTime(Duration),
    #[error("the module took longer than {} ms.", .0.as_millis())]
    WallTime(Duration),
    #[error("the module asked for more than {0} bytes of memory.")]
    Memory(usize),
    #[error("the module's calls went too deep for its stack.")]
    Stack,
    #[error("the module called the host more than {0} times.")]
    HostCalls(u64),
    #[error("the module moved more bytes than allowed: {0}")]
    Bytes(String),
    #[error("the page breaks a rule of the HTML subset at byte {at}: {why}")]
    BadHtml { at: usize, why: String },
    #[error("the module broke off: {0}")]
    Trap(String),
}

impl CallError {
    /// Whether the module is to blame, which is what its [`crate::Breaker`] counts.
    pub fn is_fault(&self) -> bool {
        !matches!(self, CallError::Module(_) | CallError::Busy | CallError::Ability(_))
    }

    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            CallError::Busy => 503,
            CallError::Module(error) => match error.code {
                ErrorCode::Denied => 403,
                ErrorCode::NotFound => 404,
                ErrorCode::Invalid => 422,
                ErrorCode::Conflict => 409,
                ErrorCode::Quota => 429,
                ErrorCode::TooLarge => 413,
                ErrorCode::Unsupported => 405,
                ErrorCode::Internal => 500,
            },
            _ => 500,
        }
    }
}
