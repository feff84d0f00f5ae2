//! Serving a stored file to somebody who may read it.

use crate::{App, Result, Viewer};

/// Where a file stands, in the archive's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub course: i64,
    pub context: i64,
    pub component: String,
    pub area: String,
    pub item: i64,
    /// With leading `/`: folders and name.
    pub path: String,
}

/// A file ready to be sent.
#[derive(Debug)]
pub struct Served {
    pub name: String,
    /// From the content's first bytes, never from the archive (SECURITY E03).
    pub mime: String,
    /// Whether a browser may show it in place: raster images, audio, video, PDF, plain text. Everything else is a download.
    pub inline: bool,
    pub size: u64,
    /// Strong: the content's hash.
    pub etag: String,
    pub file: std::fs::File,
}

/// Opens a file after checking that the viewer may see the activity and the record it belongs to.
pub fn open(app: &App, viewer: &Viewer, address: &Address) -> Result<Served> {
    let _ = (app, viewer, address);
    Err(crate::ActionError::NotFound)
}
