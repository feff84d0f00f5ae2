//! Links inside texts that name a record of an activity: where they lead here (MBZ-FORMAT §11).

use crate::look::Look;
use crate::{ActionError, App, Result, Viewer};
use parcours_declare::{Declaration, Link};
use parcours_store::{Conn, records};

/// Path of what a token names: its name in any case, and its numbers.
///
/// # Errors
/// `NotFound` when no module knows the token, or what it names is not there or not for this viewer.
pub fn resolve(app: &App, viewer: &Viewer, course: i64, token: &str, numbers: &[i64]) -> Result<String> {
    let token = token.to_ascii_uppercase();
    let known = app.modules.declarations().find_map(|d| d.moodle_links.get(&token).map(|link| (d, link)));
    let (declaration, link) = known.ok_or(ActionError::NotFound)?;
    let read = app.domain.read()?;
    let look = Look::at(&read, viewer, course, app.now())?;
    let first = *numbers.first().ok_or(ActionError::NotFound)?;
    let cm = home(&read, &look, declaration, link, first)?.ok_or(ActionError::NotFound)?;
    look.enter(cm)?;
    let mut path = format!("/course/{course}/{}/{cm}", declaration.name);
    if !link.route.is_empty() {
        path.push('/');
        path.push_str(&link.route);
    }
    let mut mark = '?';
    for (name, number) in link.numbers.iter().zip(numbers) {
        let name = name.rsplit(':').next().unwrap_or(name);
        if name != "cm" && name != "instance" {
            path.push_str(&format!("{mark}{name}={number}"));
            mark = '&';
        }
    }
    Ok(path)
}

/// The activity the first number leads to.
fn home(conn: &Conn, look: &Look, d: &Declaration, link: &Link, number: i64) -> Result<Option<i64>> {
    let what = link.numbers.first().map_or("", String::as_str);
    let mut activities = look.outline.activities().filter(|a| a.module == d.name);
    Ok(match what.split_once(':') {
        None if what == "cm" => Some(number),
        None if what == "instance" => activities.find(|a| a.instance == number).map(|a| a.cm),
        None => None,
        Some((table, _)) => records::home(conn, look.member.course, &d.name, table, number)?,
    })
}
