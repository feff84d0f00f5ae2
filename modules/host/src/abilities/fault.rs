//! The two ways an ability says no.

use crate::{ErrorCode, ModuleError};

/// A failure the module is not told of: it is stopped, and the call ends with [`crate::CallError::Ability`].
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Fault(Box<dyn std::error::Error + Send + Sync>);

impl Fault {
    pub fn new(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Fault {
        Fault(error.into())
    }

    pub fn into_inner(self) -> Box<dyn std::error::Error + Send + Sync> {
        self.0
    }
}

/// Why an ability did not do what it was asked for.
#[derive(Debug)]
pub enum Refused {
    /// The module is told, and may go on.
    Told(ModuleError),
    /// The module is stopped.
    Fault(Fault),
}

impl Refused {
    pub fn told(code: ErrorCode, message: impl Into<String>) -> Refused {
        Refused::Told(ModuleError { code, message: message.into(), field: None })
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Refused {
        Refused::Fault(fault)
    }
}

impl From<ModuleError> for Refused {
    fn from(error: ModuleError) -> Refused {
        Refused::Told(error)
    }
}
