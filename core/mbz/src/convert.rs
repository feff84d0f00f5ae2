//! An archive into an archive, through reader and writer and no store.

use crate::container::{Container, Input};
use crate::error::Error;
use crate::limits::Limits;
use crate::spool::Spool;
use crate::unpacked::{Counts, Unpacked};
use crate::write::Output;
use parcours_course::report::Report;

/// What [`convert`] has done.
#[derive(Debug)]
pub struct Converted<W> {
    pub out: W,
    pub counts: Counts,
    /// What was found and kept: contents that are missing, or are not what their name says; documents without content.
    pub report: Report,
}

/// Reads every entry of an archive ([`Unpacked::open`]) and writes it to another, in either container: every leaf comes out as it was.
///
/// Everything unpacked lies in `spool` meanwhile, because an archive begins with the sizes of all its entries; memory stays small.
///
/// # Errors
/// All of [`Error`]. Nothing has been written to `out` when reading fails.
pub fn convert<W: Output>(input: impl Input + 'static, out: W, to: Container, limits: &Limits, spool: Spool) -> Result<Converted<W>, Error> {
    let mut unpacked = Unpacked::open(input, limits, spool)?;
    let out = unpacked.write(out, to)?;
    Ok(Converted { out, counts: unpacked.counts, report: unpacked.report })
}
