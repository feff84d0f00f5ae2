//! What went wrong, on its way to a page.
//!
//! A handler answers `Err(Fault)`; the fault rides on a bare response to the outermost layer ([`crate::routes::dress`]), which knows the reader's language and
//! makes the page.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use parcours_actions::ActionError;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// To the login page, and back here afterwards.
    Login,
    NotFound,
    /// The method is not one of this address.
    Method,
    Denied,
    /// The activity says no, in the reader's language.
    Refused(String),
    /// The request does not come from a page of ours, or its form is from another session.
    Forged,
    /// The form could not be read; the words are ours.
    Unreadable(&'static str),
    /// Something in the input is wrong; the words come from below.
    Invalid(String),
    Conflict,
    /// Too many uploads of this person wait for their import.
    Waiting,
    /// It had been started before.
    Started,
    /// More bytes than the limit, which is given.
    TooLarge(u64),
    TooMany(u64),
    Busy(u64),
    /// Not an archive, or one that cannot be read.
    Archive(Arc<parcours_mbz::Error>),
    /// A package of another kind; what its manifest says it is.
    Foreign(String),
    /// A file of questions without any; why, in English.
    NoQuestions(String),
    /// A module failed; its incident stands in the log already.
    Module(String),
    /// We failed.
    Incident {
        incident: String,
    },
}

impl Fault {
    /// Writes the cause to the log under a new incident number.
    pub fn incident(cause: impl std::fmt::Display) -> Fault {
        let incident = number();
        eprintln!("level=error incident={incident} cause={:?}", cause.to_string());
        Fault::Incident { incident }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Fault::Login => StatusCode::SEE_OTHER,
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::Method => StatusCode::METHOD_NOT_ALLOWED,
            Fault::Denied | Fault::Refused(_) | Fault::Forged => StatusCode::FORBIDDEN,
            Fault::Unreadable(_) => StatusCode::BAD_REQUEST,
            Fault::Invalid(_) | Fault::Archive(_) | Fault::Foreign(_) | Fault::NoQuestions(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Fault::Conflict | Fault::Waiting | Fault::Started => StatusCode::CONFLICT,
            Fault::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Fault::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Fault::Module(_) | Fault::Incident { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Seconds after which to try again.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Fault::TooMany(s) | Fault::Busy(s) => Some((*s).max(1)),
            _ => None,
        }
    }
}

/// 48 random bits: enough to find a line in a log, and no secret.
fn number() -> String {
    let random = std::hash::RandomState::new().build_hasher().finish();
    format!("{:012x}", random >> 16)
}

impl From<ActionError> for Fault {
    fn from(e: ActionError) -> Fault {
        match e {
            ActionError::NotFound => Fault::NotFound,
            ActionError::Denied(_) => Fault::Denied,
            ActionError::Refused(message) => Fault::Refused(message),
            ActionError::Waiting => Fault::Waiting,
            ActionError::Started => Fault::Started,
            ActionError::LoginNeeded => Fault::Login,
            ActionError::Invalid { message, .. } => Fault::Invalid(message),
            ActionError::Conflict => Fault::Conflict,
            ActionError::TooMany(s) => Fault::TooMany(s),
            ActionError::Busy(s) => Fault::Busy(s),
            ActionError::Module { incident, cause } => {
                eprintln!("level=error incident={incident} cause={cause:?}");
                Fault::Module(incident)
            }
            ActionError::Foreign(what) => Fault::Foreign(what),
            ActionError::NoQuestions(why) => Fault::NoQuestions(why),
            ActionError::Archive(e) => Fault::Archive(Arc::new(e)),
            e => Fault::incident(e),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
