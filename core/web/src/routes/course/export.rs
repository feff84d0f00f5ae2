//! `/course/{course}/export`: the course as an archive that a stock Moodle restores.

use super::managed;
use crate::fault::Fault;
use crate::form::{self, Bounds};
use crate::lang::say;
use crate::links;
use crate::page::{Frame, Page};
use crate::routes::At;
use crate::send::{self, Content, Parcel};
use crate::shell::Web;
use crate::visit::Person;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use parcours_actions::ActionError;
use parcours_actions::export::{self, Choices};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Export {
    name: String,
    back: String,
    /// Whether people may come along.
    people: bool,
    /// Whether passwords and keys may: only with those who run the domain.
    secrets: bool,
}

impl Page for Export {
    const TEMPLATE: &'static str = "export.html";
    #[cfg(test)]
    fn samples() -> Vec<Export> {
        [true, false].map(|people| Export { name: "Enseigner l’oral".into(), back: links::course(1), people, secrets: people }).into()
    }
}

pub(crate) async fn page(State(web): State<Web>, person: Person, At(course): At<i64>) -> Result<Response, Fault> {
    let lang = person.visit.lang;
    let found = managed(&web, &person, course).await?;
    let frame =
        Frame::of(&person, say(lang, "export.title", &[])).crumb(say(lang, "home.title", &[]), "/").crumb(found.name.clone(), links::course(course));
    Ok(web.page(
        StatusCode::OK,
        &frame,
        &Export { name: found.name, back: links::course(course), people: found.take_people, secrets: person.viewer.admin },
    ))
}

/// Writes the archive to disk and sends it from there; it is gone with the answer.
pub(crate) async fn send(State(web): State<Web>, person: Person, At(course): At<i64>, request: Request) -> Result<Response, Fault> {
    let form = form::of(&web, &person, request, Bounds::text_only(&web.options.limits)).await?;
    let found = managed(&web, &person, course).await?;
    let choices = Choices {
        without_people: form.field("people") != "with",
        without_secrets: form.field("secrets") == "without",
        zip: form.field("container") == "zip",
        language: person.visit.lang.into(),
    };
    let (app, viewer) = (web.app.clone(), person.viewer);
    let (file, size) = web
        .gate
        .run_long(move || {
            let folder = tempfile::Builder::new()
                .prefix("parcours-export-")
                .tempdir_in(app.uploads())
                .map_err(ActionError::io("making room for the archive"))?;
            let out = folder.path().join("course.mbz");
            export::run(&app, Some(&viewer), course, choices, &out)?;
            let file = std::fs::File::open(&out).map_err(ActionError::io("reading the archive back"))?;
            let size = file.metadata().map_err(ActionError::io("reading the archive back"))?.len();
            Ok::<_, ActionError>((file, size))
        })
        .await?;
    let mime = if choices.zip { "application/zip" } else { "application/gzip" };
    let parcel = Parcel {
        name: file_name(&found.short_name, course, choices),
        mime: mime.into(),
        inline: false,
        etag: String::new(),
        size,
        content: Content::File(file),
    };
    send::parcel(&HeaderMap::new(), parcel)
}

/// `backup-moodle2-course-12-oral-nu.mbz`: as Moodle names them, `nu` for "no users" (MBZ-FORMAT §1).
fn file_name(short: &str, course: i64, choices: Choices) -> String {
    let short: String = short.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).take(60).collect();
    let people = if choices.without_people { "-nu" } else { "" };
    format!("backup-moodle2-course-{course}-{short}{people}.mbz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_named_as_moodle_names_it() {
        let choices = |without_people| Choices { without_people, ..Choices::default() };
        assert_eq!(file_name("Oral 2026/a", 12, choices(true)), "backup-moodle2-course-12-oral_2026_a-nu.mbz");
        assert_eq!(file_name("", 1, choices(false)), "backup-moodle2-course-1-.mbz");
    }
}
