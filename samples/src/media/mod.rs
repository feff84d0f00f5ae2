//! The files of a sample: kept as they are under `files/`, or made from a recipe `NAME.txt` when the name ends in .png, .pdf or .wav.

mod pdf;
mod png;
mod wav;

use anyhow::{Context, Result};
use std::path::Path;

/// The content of a file of the sample.
pub fn content(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let make = match name.rsplit('.').next() {
        Some("png") => png::make,
        Some("pdf") => pdf::make,
        Some("wav") => wav::make,
        _ => return std::fs::read(folder.join(name)).with_context(|| format!("reading {name}")),
    };
    let recipe = std::fs::read_to_string(folder.join(format!("{name}.txt"))).with_context(|| format!("reading the recipe of {name}"))?;
    make(&recipe).with_context(|| format!("making {name}"))
}

pub fn mimetype(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("png") => "image/png",
        Some("pdf") => "application/pdf",
        Some("wav") => "audio/wav",
        Some("csv") => "text/csv",
        Some("html") => "text/html",
        Some("txt") => "text/plain",
        _ => "document/unknown",
    }
}
