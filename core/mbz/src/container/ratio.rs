//! Watches how far an archive unpacks.

use super::is_xml;
use crate::error::Error;
use crate::limits::{Limit, Limits};

/// Counts what comes out against what went in, for one entry and for the archive as a whole.
pub(super) struct Ratio {
    limits: Limits,
    /// Size of the archive file.
    archive: u64,
    total: u64,
    path: String,
    out: u64,
}

impl Ratio {
    pub(super) fn new(archive: u64, limits: &Limits) -> Self {
        Ratio { limits: limits.clone(), archive, total: 0, path: String::new(), out: 0 }
    }

    pub(super) fn start(&mut self, path: &str) {
        path.clone_into(&mut self.path);
        self.out = 0;
    }

    /// `bytes` more came out of the entry, for which `packed` bytes have been taken in altogether.
    pub(super) fn add(&mut self, bytes: u64, packed: u64) -> Result<(), Error> {
        self.out += bytes;
        self.total += bytes;
        let limits = &self.limits;
        let over = |limit, value| Err(Error::limit(&self.path, limit, value));
        if self.total > limits.total_bytes {
            return over(Limit::TotalBytes, limits.total_bytes);
        }
        if self.total > limits.total_ratio_from && self.total > self.archive.saturating_mul(limits.total_ratio) {
            return over(Limit::TotalRatio, limits.total_ratio);
        }
        if self.out > limits.ratio_from {
            let (limit, ratio) = match is_xml(&self.path) {
                true => (Limit::XmlRatio, limits.xml_ratio),
                false => (Limit::ContentRatio, limits.content_ratio),
            };
            if self.out > packed.max(1).saturating_mul(ratio) {
                return over(limit, ratio);
            }
        }
        Ok(())
    }
}
