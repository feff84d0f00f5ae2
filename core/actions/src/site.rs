//! What this domain is called in archives (MBZ-FORMAT §3.2): 32 hexadecimal digits, as Moodle's hash of a secret of its own.

use crate::{ActionError, Result, chance};
use parcours_course::{Record, Value};
use parcours_store::{Conn, Domain, accounts, settings};

const SETTING: &str = "site";

/// Gives a new domain its name.
pub(crate) fn settle(domain: &Domain) -> Result<()> {
    if settings::get(&*domain.read()?, SETTING)?.is_some() {
        return Ok(());
    }
    let name = chance::name::<16>()?;
    domain.write(move |mut w| {
        let done = settings::set(&mut w, SETTING, &name).map_err(ActionError::from);
        (w, done)
    })
}

/// The name an archive of this course carries, when it is not the one it came with.
///
/// Once people joined the course here, an archive of it is not the first site's any more: a Moodle of that site would look for them by numbers it gave to
/// others (MBZ-FORMAT §5.4). Under another name they are matched by user name and address.
pub(crate) fn of(conn: &Conn, course: i64) -> Result<Option<String>> {
    if accounts::newcomers(conn, course)? == 0 {
        return Ok(None);
    }
    Ok(settings::get(conn, SETTING)?)
}

/// Writes the name into the manifest's record.
pub(crate) fn rename(record: &mut Record, name: &str) {
    let column = parcours_declare::core().tables.get("backup").and_then(|t| t.columns.get_index_of("original_site_identifier_hash"));
    if let Some(value) = column.and_then(|at| record.values.get_mut(at)) {
        *value = Value::from(name);
    }
}
