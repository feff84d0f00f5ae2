use thiserror::Error;

pub type Result<T> = std::result::Result<T, ActionError>;

/// Why an action did not happen, in the words of the person who asked. The shell maps each to a status and a page, the command line to an exit code.
#[derive(Debug, Error)]
pub enum ActionError {
    /// It is not there, or this person may not know that it is.
    #[error("there is nothing here, or it is not yours to see")]
    NotFound,
    /// It is there and this person may not do that.
    #[error("you may not do this: {0}")]
    Denied(String),
    /// The activity's module refuses, in words of the viewer's language.
    #[error("{0}")]
    Refused(String),
    /// Log in first.
    #[error("log in first")]
    LoginNeeded,
    /// Something in the input is wrong; `field` is the form field it belongs to, when it belongs to one.
    #[error("{message}")]
    Invalid { field: Option<String>, message: String },
    /// Somebody else changed it in the meantime.
    #[error("somebody changed this in the meantime; look at it again and redo your change")]
    Conflict,
    /// More uploads of one person wait than are kept.
    #[error("too many uploads are waiting: finish or cancel one of them first")]
    Waiting,
    /// It was done already, and happens once.
    #[error("this import has been started already")]
    Started,
    /// The person ended it; nothing of it is left.
    #[error("cancelled; nothing was kept")]
    Cancelled,
    /// Too many tries; come back after so many seconds.
    #[error("too many tries; wait {0} seconds")]
    TooMany(u64),
    /// A part of the machine is resting (a module that failed repeatedly, a full queue); come back after so many seconds.
    #[error("this activity is resting after repeated failures; try again in {0} seconds")]
    Busy(u64),
    /// The module failed; the incident number stands in the log with the cause.
    #[error("this activity failed (incident {incident}); what you sent was not stored")]
    Module { incident: String, cause: String },
    /// A package of another kind than those that are read; what its manifest says it is.
    #[error("this is a package of a kind that is not read here ({0}): send a Moodle backup, a Common Cartridge or a QTI package")]
    Foreign(String),
    /// A file of questions in which none can be read; the first reason, where there is one.
    #[error("no question could be read in this file: {0}")]
    NoQuestions(String),
    /// The archive cannot be read.
    #[error(transparent)]
    Archive(#[from] parcours_mbz::Error),
    #[error(transparent)]
    Store(#[from] parcours_store::StoreError),
    #[error("{doing}: {source}")]
    Io { doing: String, source: std::io::Error },
}

impl From<parcours_importers::common_cartridge::Error> for ActionError {
    fn from(e: parcours_importers::common_cartridge::Error) -> Self {
        match e {
            parcours_importers::common_cartridge::Error::Archive(e) => ActionError::Archive(e),
            parcours_importers::common_cartridge::Error::OtherPackage { found } => ActionError::Foreign(found),
            _ => ActionError::Foreign("imsmanifest.xml?".to_owned()),
        }
    }
}

impl From<parcours_convert::Error> for ActionError {
    fn from(e: parcours_convert::Error) -> Self {
        match e {
            parcours_convert::Error::Archive(e) => ActionError::Archive(e),
            other @ parcours_convert::Error::Number => ActionError::invalid(other.to_string()),
        }
    }
}

impl ActionError {
    pub fn io(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> ActionError {
        let doing = doing.into();
        move |source| ActionError::Io { doing, source }
    }

    pub fn invalid(message: impl Into<String>) -> ActionError {
        ActionError::Invalid { field: None, message: message.into() }
    }
}
