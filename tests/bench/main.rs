//! `bench-archive OUT [--seed N] [--posts N] [--steps N] [--logs N] [--megabytes N]`: a large archive, the same for the same numbers.
//!
//! By default 100,000 posts, 50,000 steps of quiz attempts and 300 MB, most of it files that do not compress: what a course of some years weighs.

#![forbid(unsafe_code)]

mod archive;
mod chance;
mod forum;
mod logs;
mod people;
mod quiz;
mod stored;

use anyhow::{Context, Result, bail};
use archive::Size;
use std::fs::File;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let out = args.next().context("bench-archive OUT [--seed N] [--posts N] [--steps N] [--logs N] [--megabytes N]")?;
    let mut size = Size::default();
    while let Some(option) = args.next() {
        let value = args.next().with_context(|| format!("{option} wants a number"))?;
        let value = value.parse().with_context(|| format!("{value} is no number"))?;
        match option.as_str() {
            "--seed" => size.seed = value,
            "--posts" => size.posts = value,
            "--steps" => size.steps = value,
            "--logs" => size.logs = value,
            "--megabytes" => size.megabytes = value,
            _ => bail!("there is no option {option}"),
        }
    }
    let file = File::create(&out).with_context(|| format!("creating {out}"))?;
    let written = archive::write(file, &size)?.metadata()?.len();
    println!("{out}: {written} bytes, {} posts, {} steps, {} lines of log", size.posts, size.steps, size.logs);
    Ok(())
}
