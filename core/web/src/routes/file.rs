//! `/file/{course}/{context}/{component}/{area}/{item}/{path…}`: a stored file, to somebody who may read it.

use super::{Asked, At};
use crate::fault::Fault;
use crate::send::{self, Content, Parcel};
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use parcours_actions::file::{self, Address, Served};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Search {
    /// Anything but empty: as a download, whatever it is. `forcedownload` is what links written by Moodle say.
    download: String,
    forcedownload: String,
}

type Place = (i64, i64, String, String, i64, String);

pub(crate) async fn send(
    State(web): State<Web>,
    person: Person,
    At((course, context, component, area, item, path)): At<Place>,
    Asked(asked): Asked<Search>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let address = Address { course, context, component, area, item, path: format!("/{path}") };
    let (app, viewer) = (web.app.clone(), person.viewer);
    let served = web.gate.run(move || file::open(&app, &viewer, &address)).await?;
    let kept = |s: &str| !matches!(s, "" | "0");
    send::parcel(&headers, parcel(served, kept(&asked.download) || kept(&asked.forcedownload)))
}

pub(super) fn parcel(served: Served, download: bool) -> Parcel {
    Parcel {
        name: served.name,
        mime: served.mime,
        inline: served.inline && !download,
        etag: served.etag,
        size: served.size,
        content: Content::File(served.file),
    }
}
