//! What several tests share.

use parcours_convert::diff::{Diff, Options, compare, text};
use parcours_course::Language;
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The corpus, or nothing, with a word why.
pub fn corpus() -> Option<PathBuf> {
    parcours_samples::corpus::shared().map(|shared| shared.join("corpus"))
}

/// Runs `test` on every archive, a few at a time, and gives what it complains of.
pub fn each(corpus: &Path, test: impl Fn(&Path) -> Result<(), String> + Sync) -> Vec<String> {
    corpus.parent().map(|shared| parcours_samples::corpus::each(shared, test)).unwrap_or_default()
}

pub fn open(path: &Path) -> Result<Unpacked, Error> {
    Unpacked::open(File::open(path)?, &Limits::default(), Spool::new()?)
}

pub fn differ(a: &mut Unpacked, b: &mut Unpacked) -> Diff {
    compare(a, b, &Options::default()).unwrap()
}

pub fn said(diff: &Diff) -> String {
    text(diff, Language::English)
}
