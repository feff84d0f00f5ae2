//! The targets, a file each.

pub mod availability;
pub mod container;
pub mod gift;
pub mod links;
pub mod manifest;
pub mod numbers;
pub mod php;
pub mod validate;
pub mod xml;

use parcours_mbz::{Error, Limits};

/// Limits that an input of a few kilobytes can reach.
fn small() -> Limits {
    Limits {
        archive_bytes: 256 << 10,
        total_bytes: 128 << 10,
        total_ratio: 10,
        total_ratio_from: 64 << 10,
        entries: 48,
        entry_bytes: 64 << 10,
        xml_bytes: 32 << 10,
        xml_ratio: 50,
        content_ratio: 200,
        ratio_from: 8 << 10,
        path_bytes: 120,
        path_depth: 6,
        header_bytes: 2 << 10,
        directory_bytes: 8 << 10,
        xml_depth: 12,
        tag_bytes: 512,
        attributes: 8,
        text_bytes: 4 << 10,
        record_bytes: 16 << 10,
    }
}

/// An error has a code, says something, and is never the device's: everything here is in memory.
#[track_caller]
fn refused(e: &Error) {
    assert!(!e.code().is_empty() && !e.to_string().is_empty());
    assert_ne!(e.code(), "io", "{e}");
}
