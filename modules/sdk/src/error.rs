//! What may go wrong in a call.

use std::fmt;

pub type Result<T> = std::result::Result<T, Error>;

/// Kinds of failure the host knows; it chooses the HTTP status and the page from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The person may not do this (403).
    Denied,
    /// There is no such thing here (404).
    NotFound,
    /// What was sent cannot be used (422).
    Invalid,
    /// Somebody else changed it meanwhile (409).
    Conflict,
    /// A quota is used up (429 or 507).
    Quota,
    /// More than is allowed (413).
    TooLarge,
    /// This module does not do this.
    Unsupported,
    /// A fault of the module (500).
    Internal,
}

/// An error of a module or of the host, as it crosses the border between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub code: Code,
    /// For people, in their language where the module made it.
    pub message: String,
    /// Name of the form field it is about.
    pub field: Option<String>,
}

impl Error {
    pub fn new(code: Code, message: impl Into<String>) -> Error {
        Error { code, message: message.into(), field: None }
    }
    pub fn denied(message: impl Into<String>) -> Error {
        Error::new(Code::Denied, message)
    }
    pub fn not_found(message: impl Into<String>) -> Error {
        Error::new(Code::NotFound, message)
    }
    pub fn invalid(message: impl Into<String>) -> Error {
        Error::new(Code::Invalid, message)
    }
    pub fn unsupported(message: impl Into<String>) -> Error {
        Error::new(Code::Unsupported, message)
    }
    pub fn internal(message: impl Into<String>) -> Error {
        Error::new(Code::Internal, message)
    }
    /// Says which form field it is about.
    pub fn on(mut self, field: &str) -> Error {
        self.field = Some(field.to_owned());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{:?} ({field}): {}", self.code, self.message),
            None => write!(f, "{:?}: {}", self.code, self.message),
        }
    }
}

impl std::error::Error for Error {}
