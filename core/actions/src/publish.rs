//! Opening a course that came in to its people, and closing it again (SECURITY C19).
//!
//! An archive may say what it likes about who sees its course: somebody of this domain looks at it first. This is a state of the domain's, and in no export.

use crate::course::Publication;
use crate::dates::{self, Style};
use crate::member::Member;
use crate::{ActionError, App, Result, Viewer};
use parcours_rules::visibility;
use parcours_store::{Conn, accounts, courses};

/// Opens the course to its people (`open`), or leaves it to those who run the domain. Opening says when and by whom; `None` as viewer is the command line, which may.
///
/// # Errors
/// `NotFound` when there is no such course for this viewer; `Denied` when they do not run the domain.
pub fn set(app: &App, viewer: Option<&Viewer>, course: i64, open: bool) -> Result<()> {
    let (viewer, now) = (viewer.cloned(), app.now());
    app.domain.write(move |mut w| {
        let work = |w: &mut parcours_store::Write| -> Result<()> {
            match &viewer {
                Some(v) if !visibility::may_publish(&Member::of(w, v, course, None, now)?.rights) => {
                    return Err(ActionError::Denied("only those who run the domain publish courses".into()));
                }
                Some(_) => {}
                None => drop(courses::get(w, course)?.ok_or(ActionError::NotFound)?),
            }
            let by = viewer.as_ref().map(|v| v.account);
            let done = if open { courses::open(w, course, by, now) } else { courses::close(w, course) };
            Ok(done?)
        };
        let done = work(&mut w);
        (w, done)
    })
}

/// Who sees a course, for those who may change it.
pub(crate) fn publication(app: &App, conn: &Conn, member: &Member, course: &courses::Course, lang: &str) -> Result<Option<Publication>> {
    if !visibility::may_publish(&member.rights) {
        return Ok(None);
    }
    let by = course.opener.map(|account| accounts::get(conn, account)).transpose()?.flatten();
    let day = |at| (at, dates::format(at, Style::Date, lang, &app.zone, app.now()));
    let by = by.map(|a| Viewer::of(&a).name).unwrap_or_default();
    Ok(Some(Publication { since: course.opened.map(day), by, hidden: !course.visible }))
}
