use super::{Error, Options};
use parcours_course::Report;
use parcours_mbz::container::Input;
use parcours_mbz::{Limits, Spool, Unpacked};
pub fn read(_input: impl Input + 'static, _s: Spool, _t: Spool, _limits: &Limits, _options: &Options) -> Result<(Unpacked, Report), Error> { Err(Error::NoManifest) }
