//! zip as Moodle writes it (MBZ-FORMAT §1.3).

use super::order::Line;
use super::{Content, Exact, Output};
use crate::container::NO_TIME;
use crate::error::Error;
use ::zip::result::ZipError;
use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter};
use std::io::BufWriter;

const BUFFER: usize = 1 << 20;
/// From here on the sizes of an entry need the zip64 form.
const LARGE: u64 = 0xffff_ffff;

pub(super) fn write<W: Output, K>(out: W, lines: &[Line<K>], content: &mut Content<'_, K>) -> Result<W, Error> {
    let mut zip = ZipWriter::new(BufWriter::with_capacity(BUFFER, out));
    for line in lines {
        match line {
            Line::Directory(path) => zip.add_directory(path.as_str(), options(NO_TIME).unix_permissions(0o755)).map_err(failure)?,
            Line::File(item) => {
                let options = options(item.mtime.unwrap_or(NO_TIME)).large_file(item.size >= LARGE);
                let options = match item.size {
                    0 => options,
                    _ => options.compression_method(CompressionMethod::Deflated).compression_level(Some(6)),
                };
                zip.start_file(item.path.as_str(), options.unix_permissions(0o644)).map_err(failure)?;
                let mut body = Exact::new(&mut zip, item.size);
                let result = content(item, &mut body);
                body.end(&item.path, result)?;
            }
        }
    }
    let out = zip.finish().map_err(failure)?;
    out.into_inner().map_err(|e| e.into_error().into())
}

fn options(mtime: i64) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored).last_modified_time(time(mtime))
}

/// Zip times have no zone and begin in 1980; written as UTC, so that the same items give the same bytes everywhere.
fn time(unix: i64) -> DateTime {
    let (days, seconds) = (unix.div_euclid(86_400), unix.rem_euclid(86_400));
    // A civil date from days, with years that begin in March.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let small = |n: i64| u8::try_from(n).unwrap_or_default();
    DateTime::from_date_and_time(
        u16::try_from(year).unwrap_or_default(),
        small(month),
        small(day),
        small(seconds / 3600),
        small(seconds / 60 % 60),
        small(seconds % 60),
    )
    .unwrap_or_default()
}

fn failure(e: ZipError) -> Error {
    match e {
        ZipError::Io(e) => e.into(),
        other => std::io::Error::other(other).into(),
    }
}
